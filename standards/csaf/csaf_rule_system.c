/* Tests of ids against the Registry for Vulnerability ID Systems for CSAF (RVISC, version 1 of 2026-02-06). */
#include "standards/csaf/csaf_rule.h"

static bool all_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* ^#[1-9]\d*$ */
static bool issue_form(str s)
{
	return s.n > 1 && s.p[0] == '#' && s.p[1] != '0' && all_digits(str_slice(s, 1, s.n));
}

/* ^EUVD-[1-9][0-9]{3}-[0-9]{4,}$ */
static bool euvd_form(str s)
{
	return s.n >= 14 && str_starts(s, S("EUVD-")) && s.p[5] != '0' && all_digits(str_slice(s, 5, 9)) &&
	       s.p[9] == '-' && all_digits(str_slice(s, 10, s.n));
}

static const struct id_system { const char *name; bool (*form)(str text); } systems[] = {
	{ "https://github.com/oasis-tcs/csaf", issue_form },
	{ "https://euvd.enisa.europa.eu", euvd_form },
};

static const struct id_system *system_named(str name)
{
	for (size_t i = 0; i < sizeof(systems) / sizeof(*systems); i++)
		if (str_eq(name, str_of(systems[i].name)))
			return &systems[i];
	return NULL;
}

static const struct id_system *system_of(const struct json *id)
{
	return system_named(json_get_str(id, S("system_name")));
}

enum id_state id_state_of(str system_name, str text)
{
	const struct id_system *system = system_named(system_name);

	return !system ? ID_UNREGISTERED : text.p && system->form(text) ? ID_FITS : ID_MISFITS;
}

static void each_id_of(struct review *r, void (*fn)(struct review *r, const struct json *id, size_t i, size_t j))
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *ids = json_get(v, S("ids"));

		for (JSON_ITEMS(x, ids))
			fn(r, x, index_in(r->vulnerabilities, v), index_in(ids, x));
	}
}

static void check_text(struct review *r, const struct json *id, size_t i, size_t j)
{
	const struct id_system *system = system_of(id);
	str text = json_get_str(id, S("text"));

	if (system && text.p && !system->form(text))
		FIND(r, N_("{1} has not the form of ids of {2}."), text, str_of(system->name),
		     "/vulnerabilities/%zu/ids/%zu/text", i, j);
}

/* meets CSAF-2.1 6.2.53 */
void rule_6_2_53(struct review *r)
{
	each_id_of(r, check_text);
}

static void check_system(struct review *r, const struct json *id, size_t i, size_t j)
{
	if (!system_of(id))
		FIND(r, N_("The id system {1} is not registered."), json_get_str(id, S("system_name")), STR_NONE,
		     "/vulnerabilities/%zu/ids/%zu/system_name", i, j);
}

/* meets CSAF-2.1 6.3.20 */
void rule_6_3_20(struct review *r)
{
	each_id_of(r, check_system);
}
