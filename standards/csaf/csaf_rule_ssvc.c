/* Tests of SSVC selections (2.1 section 3.2.4.13 "Metrics"). */
#include "standards/csaf/csaf_rule.h"

#include "platform/json/schema.h"
#include "standards/ssvc/ssvc.h"
#include "standards/vers/order.h"

/* One SSVC object of the document and where it stands. */
struct selected {
	const struct json *vulnerability, *ssvc;
	size_t i, j;
};
typedef void ssvc_fn(struct review *r, const struct selected *s);
typedef void point_fn(struct review *r, const struct selected *s, const struct json *selection, size_t k);

static str place_of(const struct review *r, const struct selected *s, const char *rest)
{
	return str_fmt(r->c->arena, "/vulnerabilities/%zu/metrics/%zu/content/ssvc_v2%s", s->i, s->j, rest);
}

static str selection_at(const struct review *r, const struct selected *s, size_t k, const char *rest)
{
	return STR_CAT(r->c->arena, place_of(r, s, "/selections/"), str_fmt(r->c->arena, "%zu%s", k, rest));
}

/* The i-th vulnerability's SSVC objects, one after the other; false when there are no more. */
static bool next_ssvc(const struct review *r, struct selected *s)
{
	const struct json *metrics = json_get(s->vulnerability, S("metrics"));

	for (; s->j < json_length_(metrics, JSON_ARRAY); s->j++) {
		s->ssvc = json_get(json_get(json_at(metrics, s->j), S("content")), S("ssvc_v2"));
		s->i    = index_in(r->vulnerabilities, s->vulnerability);
		if (json_is(s->ssvc, JSON_OBJECT))
			return true;
	}
	return false;
}

static void each_ssvc(struct review *r, ssvc_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		for (struct selected s = { .vulnerability = v }; next_ssvc(r, &s); s.j++)
			fn(r, &s);
}

static void each_point(struct review *r, point_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		for (struct selected s = { .vulnerability = v }; next_ssvc(r, &s); s.j++) {
			const struct json *list = json_get(s.ssvc, S("selections"));

			for (JSON_ITEMS(x, list))
				fn(r, &s, x, index_in(list, x));
		}
}

static void check_form(struct review *r, const struct selected *s)
{
	struct schema_errors *e;

	if (schema_check(ssvc_selection_schema(), r->c, s->ssvc, NULL))
		return;
	e = arena_alloc(r->c->arena, sizeof(*e));
	if (!e) {
		r->full = true;
		return;
	}
	(void)schema_check(ssvc_selection_schema(), r->c, s->ssvc, e);
	for (size_t i = 0; i < e->n; i++)
		FIND_AT(r, e->v[i].text, e->v[i].arg[0], e->v[i].arg[1],
		        STR_CAT(r->c->arena, place_of(r, s, ""), e->v[i].pointer));
}

/* meets CSAF-2.1 6.1.46 */
void rule_6_1_46(struct review *r)
{
	each_ssvc(r, check_form);
}

/* The id is the CVE or another id of the vulnerability, or the document's if it has no other vulnerability. */
static bool target_known(const struct review *r, const struct selected *s, str id)
{
	if (str_eq(id, json_get_str(s->vulnerability, S("cve"))))
		return true;
	for (JSON_ITEMS(x, json_get(s->vulnerability, S("ids"))))
		if (str_eq(id, json_get_str(x, S("text"))))
			return true;
	return str_eq(id, json_get_str(r->tracking, S("id"))) && json_count(r->vulnerabilities) == 1;
}

static void check_targets(struct review *r, const struct selected *s)
{
	const struct json *targets = json_get(s->ssvc, S("target_ids"));

	for (JSON_ITEMS(x, targets)) {
		str id = json_str(x);

		if (!id.p)
			continue;
		if (!target_known(r, s, id) ||
		    (str_eq(id, json_get_str(r->tracking, S("id"))) && json_count(r->vulnerabilities) > 1))
			FIND_AT(r, N_("The target {1} is not an id of this vulnerability."), id, STR_NONE,
			        STR_CAT(r->c->arena, place_of(r, s, "/target_ids/"),
			                str_fmt(r->c->arena, "%zu", index_in(targets, x))));
	}
}

/* meets CSAF-2.1 6.1.47 */
void rule_6_1_47(struct review *r)
{
	each_ssvc(r, check_targets);
}

static str namespace_of(const struct json *selection)
{
	return json_get_str(selection, S("namespace"));
}

/* Reserved by SSVC: "invalid" is never right, "example" and "test" always are. */
static bool reserved(str namespace, str word)
{
	str base = ssvc_namespace_base(namespace);

	return str_eq(str_slice(base, 0, str_find(base, S("#"), 0)), word);
}

static bool for_trial(str namespace)
{
	return reserved(namespace, S("example")) || reserved(namespace, S("test"));
}

static bool has_extension(str namespace)
{
	return ssvc_namespace_base(namespace).n < namespace.n;
}

/* The last part of the extension is a language other than English: names there, and their order, are others. */
static bool translated(str namespace)
{
	for (size_t i = namespace.n; i > 0; i--)
		if (namespace.p[i - 1] == '$' || namespace.p[i - 1] == '/')
			return namespace.p[i - 1] == '$' && !str_starts(str_slice(namespace, i, namespace.n), S("en"));
	return false;
}

static void check_values(struct review *r, const struct selected *s, const struct ssvc_point *p,
                         const struct json *values, size_t k, bool ordered)
{
	int before = -1;

	for (JSON_ITEMS(x, values)) {
		str key = json_get_str(x, S("key")), at = selection_at(r, s, k, "/values/");
		int now = ssvc_value_find(p, key);

		at = STR_CAT(r->c->arena, at, str_fmt(r->c->arena, "%zu", index_in(values, x)));
		if (now < 0)
			FIND_AT(r, N_("The decision point {2} has no value {1}."), key, p->name, at);
		else if (ordered && now <= before)
			FIND_AT(r, N_("The values are not in the order of the decision point {1}."), p->name, STR_NONE, at);
		before = now > before ? now : before;
	}
}

/*
 * The decision point of the registry.  A version newer than all that our copy
 * has may be registered since; it is judged by the newest one known.
 */
static const struct ssvc_point *known_point(str namespace, str key, str version)
{
	const struct ssvc_point *p = ssvc_point_find(namespace, key, version);
	const struct ssvc_point *newest = ssvc_point_find(namespace, key, STR_NONE);

	return p || !newest || order_semver(version, newest->version) <= 0 ? p : newest;
}

static void check_point(struct review *r, const struct selected *s, const struct json *x, size_t k)
{
	str namespace = namespace_of(x), key = json_get_str(x, S("key")), version = json_get_str(x, S("version"));
	const struct ssvc_point *p;

	if (!namespace.p || for_trial(namespace))
		return;
	if (reserved(namespace, S("invalid"))) {
		FIND_AT(r, N_("The namespace {1} is never valid."), namespace, STR_NONE, selection_at(r, s, k, "/namespace"));
		return;
	}
	if (!ssvc_namespace_known(namespace) || !key.p || !version.p)
		return;
	p = known_point(ssvc_namespace_base(namespace), key, version);
	if (p)
		check_values(r, s, p, json_get(x, S("values")), k, !translated(namespace));
	else
		FIND_AT(r, N_("There is no decision point {1} in version {2}."), key, version,
		        selection_at(r, s, k, ""));
}

/* meets CSAF-2.1 6.1.48 */
void rule_6_1_48(struct review *r)
{
	each_point(r, check_point);
}

static void find_namespace(struct review *r, const struct selected *s, const struct json *x, size_t k,
                           const char *text)
{
	FIND_AT(r, text, namespace_of(x), STR_NONE, selection_at(r, s, k, "/namespace"));
}

static bool unregistered(str namespace)
{
	return namespace.p && !for_trial(namespace) && !ssvc_namespace_known(namespace);
}

static void check_base(struct review *r, const struct selected *s, const struct json *x, size_t k)
{
	if (unregistered(namespace_of(x)))
		find_namespace(r, s, x, k, N_("The namespace {1} is not registered."));
}

/* meets CSAF-2.1 6.2.34 */
void rule_6_2_34(struct review *r)
{
	each_point(r, check_base);
}

/* meets CSAF-2.1 6.2.35 */
void rule_6_2_35(struct review *r)
{
	if (tlp_clear(r))
		each_point(r, check_base);
}

static void check_extension(struct review *r, const struct selected *s, const struct json *x, size_t k)
{
	str namespace = namespace_of(x);

	if (namespace.p && !for_trial(namespace) && has_extension(namespace))
		find_namespace(r, s, x, k, N_("The namespace {1} is an extension that readers may not know."));
}

/* meets CSAF-2.1 6.2.36 */
void rule_6_2_36(struct review *r)
{
	if (tlp_clear(r))
		each_point(r, check_extension);
}

static void check_resource(struct review *r, const struct selected *s, const struct json *x, size_t k)
{
	str namespace = namespace_of(x);

	if (!namespace.p || for_trial(namespace) || (ssvc_namespace_known(namespace) && !has_extension(namespace)))
		return;
	for (JSON_ITEMS(d, json_get(s->ssvc, S("decision_point_resources")))) {
		str summary = json_get_str(d, S("summary"));

		if (summary.p && str_find(summary, namespace, 0) != SIZE_MAX)
			return;
	}
	find_namespace(r, s, x, k, N_("No resource explains the namespace {1}."));
}

/* meets CSAF-2.1 6.2.37 */
void rule_6_2_37(struct review *r)
{
	each_point(r, check_resource);
}

static void check_newest(struct review *r, const struct selected *s, const struct json *x, size_t k)
{
	str namespace = namespace_of(x), key = json_get_str(x, S("key")), version = json_get_str(x, S("version"));
	const struct ssvc_point *newest;

	if (!namespace.p || !key.p || !version.p || !ssvc_namespace_known(namespace))
		return;
	newest = ssvc_point_find(ssvc_namespace_base(namespace), key, STR_NONE);
	if (newest && !str_eq(newest->version, version))
		FIND_AT(r, N_("The newest version of the decision point is {2}, not {1}."), version, newest->version,
		        selection_at(r, s, k, "/version"));
}

/* meets CSAF-2.1 6.3.13 */
void rule_6_3_13(struct review *r)
{
	each_point(r, check_newest);
}

/* meets CSAF-2.1 6.3.14 */
void rule_6_3_14(struct review *r)
{
	if (!tlp_clear(r))
		each_point(r, check_base);
}

/* meets CSAF-2.1 6.3.15 */
void rule_6_3_15(struct review *r)
{
	if (!tlp_clear(r))
		each_point(r, check_extension);
}
