#include "record/role.h"

#include "base/buf.h"
#include "record/casefile.h"

static const struct { int64_t bit; const char *name, *sight; } roles[] = {
	{ ROLE_ADMIN, "administrator", "" },
	{ ROLE_LEAD, "lead", "team report audit" },
	{ ROLE_ANALYST, "analyst", "team report" },
	{ ROLE_ENGINEER, "engineer", "" },
	{ ROLE_EXECUTIVE, "executive", "team" },
	{ ROLE_LEGAL, "legal", "team" },
	{ ROLE_AUDITOR, "auditor", "team report audit" },
};

enum { ROLES = sizeof(roles) / sizeof(roles[0]) };

static str words(struct ctx *c, int64_t have, bool sight)
{
	struct buf b;

	buf_init(&b, c->arena, 400);
	for (size_t i = 0; i < ROLES; i++) {
		str word = str_of(sight ? roles[i].sight : roles[i].name);
		if (!(have & roles[i].bit) || word.n == 0)
			continue;
		if (b.n)
			buf_char(&b, ' ');
		buf_add(&b, word);
	}
	return buf_str(&b);
}

str role_sight(struct ctx *c, int64_t have)
{
	return words(c, have, true);
}

str role_print(struct ctx *c, int64_t have)
{
	return words(c, have, false);
}

bool role_asked(int64_t have, str names)
{
	str name;

	while (str_cut(&names, ' ', &name))
		for (size_t i = 0; i < ROLES; i++)
			if ((have & roles[i].bit) && str_eq(name, str_of(roles[i].name)))
				return true;
	return false;
}

static bool add_role(struct ctx *c, str word, int64_t *out)
{
	for (size_t i = 0; i < ROLES; i++)
		if (str_eq(word, str_of(roles[i].name))) {
			*out |= roles[i].bit;
			return true;
		}
	return fault(c, E_INVALID, "roles", N_("There is no role named {1}."), word);
}

bool role_parse(struct ctx *c, str names, int64_t *out)
{
	size_t from = 0;

	*out = 0;
	for (size_t i = 0; i <= names.n; i++) {
		if (i < names.n && names.p[i] != ' ' && names.p[i] != ',')
			continue;
		if (i > from)
			TRY(add_role(c, str_slice(names, from, i), out));
		from = i + 1;
	}
	return *out != 0 || fault(c, E_INVALID, "roles", N_("Please give at least one role."));
}

const struct choice role_choices[] = {
	{ "administrator", N_("Administrator"), N_("runs the system: accounts, settings, products; sees no case") },
	{ "lead", N_("PSIRT lead"), N_("leads the team: all reports and the cases of the team, policy, audit") },
	{ "analyst", N_("Analyst"), N_("works on reports and the cases of the team") },
	{ "engineer", N_("Product engineer"), N_("answers for products: sees the cases in which they are a member") },
	{ "executive", N_("Executive"), N_("reads the cases of the team and approves advisories") },
	{ "legal", N_("Legal and communications"), N_("reads the cases of the team, writes and approves advisories") },
	{ "auditor", N_("Auditor"), N_("reads reports, the cases of the team and the audit; changes nothing") },
	{ NULL, NULL },
};

str role_words(struct ctx *c, int64_t have)
{
	str names = role_print(c, have), name;
	struct buf b;

	buf_init(&b, c->arena, 1000);
	while (str_cut(&names, ' ', &name)) {
		if (b.n)
			buf_add(&b, S(" · "));
		buf_add(&b, choice_label(c, role_choices, name));
	}
	return buf_str(&b);
}
