/* Ids of vulnerabilities: the registry RVISC and its mapping (version 1 of 2026-02-06). */
#include "standards/csaf/csaf_convert_part.h"

#include "standards/csaf/csaf_rule.h"

static const str issues_old = S_INIT("OASIS Open CSAF TC GitHub Issues");
static const str issues_new = S_INIT("https://github.com/oasis-tcs/csaf");

static bool is_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* "Issue #0123", "issues 123" and "123" are "#123"; none when it is none of them. */
static str issue_text(struct arena *a, str text)
{
	str s = text;

	if (s.n > 5 && str_eq_nocase(str_slice(s, 0, 5), S("issue"))) {
		s = str_slice(s, 5, s.n);
		if (s.p[0] == 's' || s.p[0] == 'S')
			s = str_slice(s, 1, s.n);
		if (!s.n || (s.p[0] != ' ' && s.p[0] != '\t'))
			return STR_NONE;
		s = str_slice(s, 1, s.n);
		if (s.n && s.p[0] == '#')
			s = str_slice(s, 1, s.n);
	}
	if (!is_digits(s))
		return STR_NONE;
	while (s.n > 1 && s.p[0] == '0')
		s = str_slice(s, 1, s.n);
	return STR_CAT(a, S("#"), s);
}

static void id_convert(struct convert *k, struct node *id)
{
	struct node  *system = node_get(k->a, id, "system_name"), *text = node_get(k->a, id, "text");
	enum id_state state = id_state_of(node_text(system), node_text(text));
	bool mapped = str_eq(node_text(system), issues_old) || str_eq(node_text(system), issues_new);
	str  was = STR_CAT(k->a, system->text, S(" "), text->text), now;

	if (state == ID_FITS)
		return;
	if (!mapped) {
		convert_say(k, FINDING_WARNING, "ids", id, state == ID_MISFITS ?
		            N_("The id {1} is of a registered system, but could not be converted: no mapping is known.") :
		            N_("The id {1} is of a system that may not be registered; it was not changed."), was, STR_NONE);
		return;
	}
	now = issue_text(k->a, text->text);
	if (!now.p || id_state_of(issues_new, now) != ID_FITS) {
		convert_say(k, FINDING_WARNING, "ids", id,
		            N_("The id {1} is of a system with a mapping to {2}, but could not be converted: it has not the form the mapping knows."),
		            was, issues_new);
		return;
	}
	node_set_text(system, issues_new);
	node_set_text(text, now);
	convert_say(k, FINDING_WARNING, "ids", id, N_("The id {1} became {2}."), was, STR_CAT(k->a, issues_new, S(" "), now));
}

/* meets CSAF-2.1 9.1.18: ids of registered systems */
void convert_ids(struct convert *k, struct node *vulnerability)
{
	for (NODES(k->a, x, node_get(k->a, vulnerability, "ids")))
		id_convert(k, x);
}
