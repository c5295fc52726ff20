#include "standards/ssvc/ssvc.h"

#include "standards/finding/embed.h"

EMBED(ssvc_selection_text, "standards/ssvc/data/SelectionList_2_0_0.schema.json");

static struct schema_source source = { .text = { EMBEDDED(ssvc_selection_text) } };

static const struct json_limits limits = {
	.bytes = 4 << 20, .depth = 50, .members = 100000, .string = 1 << 20,
};

const struct schema *ssvc_selection_schema(void)
{
	return schema_shared(&source);
}

static str place(struct arena *a, str base, size_t selection, const char *member, size_t value)
{
	struct buf b;

	buf_init(&b, a, base.n + 200);
	buf_add(&b, base);
	buf_fmt(&b, "/selections/%zu", selection);
	if (member)
		buf_fmt(&b, "/%s", member);
	if (value != SIZE_MAX)
		buf_fmt(&b, "/%zu/key", value);
	return buf_str(&b);
}

/* Values exist, in the order of the point, none twice (as CSAF-2.1 6.1.48). */
static bool values_check(struct ctx *c, const struct ssvc_point *p, const struct json *values,
                         str base, size_t at, struct findings *f)
{
	int before = -1;

	for (size_t i = 0; i < json_count(values); i++) {
		str key = json_get_str(json_at(values, i), S("key"));
		int now = ssvc_value_find(p, key);

		if (now < 0)
			TRY(finding_add(c, f, (struct finding){ "ssvc.value", FINDING_ERROR,
			                place(c->arena, base, at, "values", i),
			                N_("“{1}” has no value {2}."), { p->name, key } }));
		else if (now <= before)
			TRY(finding_add(c, f, (struct finding){ "ssvc.order", FINDING_ERROR,
			                place(c->arena, base, at, "values", i),
			                N_("The values are not in the order of “{1}”."), { p->name, STR_NONE } }));
		if (now > before)
			before = now;
	}
	return true;
}

static bool selection_one(struct ctx *c, const struct json *v, str base, size_t at, struct findings *f)
{
	str namespace = json_get_str(v, S("namespace")), key = json_get_str(v, S("key"));
	str version = json_get_str(v, S("version"));
	const struct ssvc_point *p = ssvc_point_find(ssvc_namespace_base(namespace), key, version), *newest;

	if (!p && !ssvc_namespace_known(namespace)) {
		if (str_starts(namespace, S("x_")))
			return true;
		return finding_add(c, f, (struct finding){ "ssvc.namespace", FINDING_WARNING,
		                   place(c->arena, base, at, "namespace", SIZE_MAX),
		                   N_("The namespace {1} is not registered."), { namespace, STR_NONE } });
	}
	if (!p)
		return finding_add(c, f, (struct finding){ "ssvc.point", FINDING_ERROR,
		                   place(c->arena, base, at, NULL, SIZE_MAX),
		                   N_("The decision point {1} is not registered."),
		                   { STR_CAT(c->arena, namespace, S(":"), key, S(":"), version), STR_NONE } });
	newest = ssvc_point_find(p->namespace, p->key, STR_NONE);
	if (newest != p)
		TRY(finding_add(c, f, (struct finding){ "ssvc.newest", FINDING_INFO,
		                place(c->arena, base, at, "version", SIZE_MAX),
		                N_("There is a newer version of “{1}”: {2}."), { p->name, newest->version } }));
	return values_check(c, p, json_get(v, S("values")), base, at, f);
}

bool ssvc_selection_check(struct ctx *c, const struct json *v, str base, struct findings *f)
{
	const struct json *list = json_get(v, S("selections"));
	size_t before = f->count[FINDING_ERROR];

	TRY(findings_schema(c, f, ssvc_selection_schema(), v, base));
	if (f->count[FINDING_ERROR] != before)
		return true;
	for (size_t i = 0; i < json_count(list); i++)
		TRY(selection_one(c, json_at(list, i), base, i, f));
	return true;
}

bool ssvc_check(struct ctx *c, str bytes, struct findings *f)
{
	const struct json *v;

	findings_init(f);
	TRY(findings_read(c, f, bytes, &limits, &v));
	if (!v)
		return true;
	f->version = json_get_str(v, S("schemaVersion"));
	return ssvc_selection_check(c, v, S(""), f);
}

/* Names are compared without case; "poc" stands for "Public PoC". */
static int value_named(const struct ssvc_point *p, str name)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq_nocase(p->values[i].name, name))
			return (int)i;
	if (str_eq(p->key, S("E")) && str_eq_nocase(name, S("poc")))
		return ssvc_value_find(p, S("P"));
	return -1;
}

static bool point_named(const struct ssvc_point *p, str name)
{
	return str_eq_nocase(p->name, name) ||
	       (str_eq(p->key, S("MWI")) && str_eq_nocase(name, S("Mission & Well-being")));
}

bool ssvc_options_read(const struct json *content, const struct ssvc_table *t, uint32_t possible[SSVC_OVER_MAX])
{
	const struct json *options = json_get(content, S("options"));

	for (size_t k = 0; k < t->n; k++)
		possible[k] = ssvc_any(t->over[k]);
	if (!json_is(options, JSON_ARRAY))
		return false;
	for (JSON_ITEMS(x, options))
		for (JSON_MEMBERS(m, x))
			for (size_t k = 0; k < t->n; k++) {
				int at = point_named(t->over[k], json_key(m)) ? value_named(t->over[k], json_str(&m->value)) : -1;

				if (at >= 0)
					possible[k] = (uint32_t)1 << at;
			}
	return true;
}
