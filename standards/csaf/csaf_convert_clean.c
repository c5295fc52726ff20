/* What a document of 2.0 may carry and one of 2.1 must not: additional properties, leap seconds. */
#include "standards/csaf/csaf_convert_part.h"

#include <string.h>

#include "standards/csaf/csaf_text.h"

struct clean {
	struct convert    *k;
	const struct json *schema, *cvss[3];   /* 2.0, 3.0, 3.1 */
};

/* ---- leap seconds ---- */

/* The days at whose end one was inserted: year, and whether June or December. */
static const struct { int year; const char *months; } leaps[] = {
	{ 1972, "JD" }, { 1973, "D" }, { 1974, "D" }, { 1975, "D" }, { 1976, "D" }, { 1977, "D" }, { 1978, "D" },
	{ 1979, "D" }, { 1981, "J" }, { 1982, "J" }, { 1983, "J" }, { 1985, "J" }, { 1987, "D" }, { 1989, "D" },
	{ 1990, "D" }, { 1992, "J" }, { 1993, "J" }, { 1994, "J" }, { 1995, "D" }, { 1997, "J" }, { 1998, "D" },
	{ 2005, "D" }, { 2008, "D" }, { 2012, "J" }, { 2015, "J" }, { 2016, "D" },
};

/* Was the second after this one inserted? */
static bool is_before_leap(str text)
{
	struct civil d;
	time_us t;

	if (!time_parse(text, &t))
		return false;
	d = time_civil(t);
	if (d.hour != 23 || d.minute != 59 || d.second != 59)
		return false;
	for (size_t i = 0; i < sizeof(leaps) / sizeof(*leaps); i++)
		if (leaps[i].year == d.year &&
		    ((d.month == 6 && d.day == 30 && strchr(leaps[i].months, 'J')) ||
		     (d.month == 12 && d.day == 31 && strchr(leaps[i].months, 'D'))))
			return true;
	return false;
}

/* "2016-12-31T23:59:60.5Z": seconds and their fraction become 59.999999. */
static void leap_fix(struct clean *l, struct node *n)
{
	struct arena *a = l->k->a;
	str    s = n->text;
	size_t end = 19;

	if (s.n < 20 || memcmp(s.p + 17, "60", 2) != 0)
		return;
	if (s.p[end] == '.')
		for (end++; end < s.n && s.p[end] >= '0' && s.p[end] <= '9'; end++)
			;
	if (is_before_leap(STR_CAT(a, str_slice(s, 0, 17), S("59"), str_slice(s, end, s.n))))
		convert_warn(l->k, "date-time", n, N_("{1} has a leap second; they are prohibited in CSAF 2.1, and it was "
		             "replaced by 59.999999. It was a valid leap second."), STR_NONE);
	else
		convert_warn(l->k, "date-time", n, N_("{1} has a leap second; they are prohibited in CSAF 2.1, and it was "
		             "replaced by 59.999999. It was not a valid leap second."), STR_NONE);
	node_set_text(n, STR_CAT(a, str_slice(s, 0, 17), S("59.999999"), str_slice(s, end, s.n)));
}

/* ---- the walk ---- */

/* What a schema refers to; CVSS by the version of the value. */
static const struct json *resolved(struct clean *l, const struct json *s, struct node *n)
{
	str ref = json_get_str(s, S("$ref"));

	if (json_get(s, S("oneOf")))
		return str_eq(node_get_text(l->k->a, n, "version"), S("3.0")) ? l->cvss[1] : l->cvss[2];
	if (!ref.p)
		return s;
	if (str_starts(ref, S("#/$defs/")))
		return resolved(l, json_get(json_get(l->schema, S("$defs")), str_slice(ref, 8, ref.n)), n);
	return str_ends(ref, S("cvss-v2.0.json")) ? l->cvss[0] : NULL;
}

static void clean_value(struct clean *l, const struct json *s, struct node *n);

static void clean_object(struct clean *l, const struct json *properties, struct node *n)
{
	for (NODES(l->k->a, x, n)) {
		const struct json *s = json_get(properties, x->key);

		if (s) {
			clean_value(l, s, x);
			continue;
		}
		if (n->from || !str_eq(x->key, S("$schema")))
			convert_say(l->k, FINDING_WARNING, "additional", x,
			            N_("The additional property {1} was not converted; its value was {2}."), x->key,
			            node_brief(l->k->a, x));
		node_remove(x);
	}
}

static void clean_value(struct clean *l, const struct json *s, struct node *n)
{
	const struct json *items;

	s = resolved(l, s, n);
	if (n->kind == JSON_OBJECT && json_get(s, S("properties")))
		clean_object(l, json_get(s, S("properties")), n);
	if (n->kind == JSON_STRING && str_eq(json_get_str(s, S("format")), S("date-time")))
		leap_fix(l, n);
	if (n->kind != JSON_ARRAY)
		return;
	items = resolved(l, json_get(s, S("items")), NULL);
	/* Lists of plain texts stay as they are. */
	if (!items || (str_eq(json_get_str(items, S("type")), S("string")) && !json_get(items, S("format"))))
		return;
	for (NODES(l->k->a, x, n))
		clean_value(l, items, x);
}

/* meets CSAF-2.1 9.1.18: additional properties are told and not converted, leap seconds replaced */
void convert_clean(struct convert *k, struct node *root)
{
	struct clean l = { .k = k };

#define PARSED(name, out) \
	if (!json_parse(k->c, (str){ name, (size_t)(name##_end - name) }, NULL, out)) { \
		k->full = true; \
		return; \
	}
	PARSED(schema_csaf, &l.schema);
	PARSED(schema_cvss2, &l.cvss[0]);
	PARSED(schema_cvss30, &l.cvss[1]);
	PARSED(schema_cvss31, &l.cvss[2]);
#undef PARSED
	clean_value(&l, l.schema, root);
}
