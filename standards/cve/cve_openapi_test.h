#ifndef STANDARDS_CVE_CVE_OPENAPI_TEST_H
#define STANDARDS_CVE_CVE_OPENAPI_TEST_H

/* Requests judged by the OpenAPI document of CVE Services; for tests, when the official vectors are there. */

#include "base/test.h"
#include "platform/json/schema.h"

#define OPENAPI_FOLDER "/cve/cve-services/"

/* The document, or NULL without vectors. */
static inline const struct json *openapi_load(struct ctx *c)
{
	const struct json *root = NULL;
	str                text;

	if (!test_vectors(c).p)
		return NULL;
	text = test_file(c, STR_CAT(c->arena, test_vectors(c), S(OPENAPI_FOLDER "openapi-2.3.3.json")));
	check_ok(c, json_parse(c, text, NULL, &root));
	return root;
}

/* "/cve/{id}/cna" and "/cve/CVE-2026-0001/cna" */
static inline bool openapi_path_is(str pattern, str path)
{
	str p, x;
	bool more = true;

	while (more) {
		bool one = str_cut(&pattern, '/', &p), two = str_cut(&path, '/', &x);
		if (one != two)
			return false;
		more = one;
		if (more && !(str_starts(p, S("{")) ? x.n > 0 : str_eq(p, x)))
			return false;
	}
	return true;
}

static inline bool openapi_value_ok(const struct json *schema, str value)
{
	int64_t n;

	if (str_eq(json_get_str(schema, S("type")), S("integer")) && !str_to_int(value, &n))
		return false;
	for (JSON_ITEMS(x, json_get(schema, S("enum"))))
		if (str_eq(json_str(x), value))
			return true;
	return json_count(json_get(schema, S("enum"))) == 0;
}

/* Is each parameter of the query known, of its type, and is none missing? */
static inline str openapi_query_wrong(struct ctx *c, const struct json *root, const struct json *op, str query)
{
	struct { str name; bool seen; } known[40];
	size_t n = 0, i;
	str    pair, name;

	for (JSON_ITEMS(x, json_get(op, S("parameters")))) {
		str                ref = json_get_str(x, S("$ref"));
		const struct json *p   = ref.n ? json_point(root, str_slice(ref, 1, ref.n)) : x;
		if (str_eq(json_get_str(p, S("in")), S("query"))) {
			known[n].name   = json_get_str(p, S("name"));
			known[n++].seen = !json_is(json_get(p, S("required")), JSON_TRUE);
		}
	}
	while (str_cut(&query, '&', &pair)) {
		const struct json *schema = NULL;
		str_cut(&pair, '=', &name);
		for (i = 0; i < n && !str_eq(known[i].name, name); i++)
			;
		if (i == n)
			return STR_CAT(c->arena, S("unknown parameter "), name);
		known[i].seen = true;
		for (JSON_ITEMS(x, json_get(op, S("parameters")))) {
			str                ref = json_get_str(x, S("$ref"));
			const struct json *p   = ref.n ? json_point(root, str_slice(ref, 1, ref.n)) : x;
			if (str_eq(json_get_str(p, S("name")), name))
				schema = json_get(p, S("schema"));
		}
		if (!openapi_value_ok(schema, pair))
			return STR_CAT(c->arena, S("wrong value of "), name);
	}
	for (i = 0; i < n; i++)
		if (!known[i].seen)
			return STR_CAT(c->arena, S("missing parameter "), known[i].name);
	return S("");
}

/*
 * The body by the schema that the operation names.  The service sets providerMetadata
 * itself; of tags, both branches of a oneOf are any text here, so none would do.
 */
static inline str openapi_body_wrong(struct ctx *c, const struct json *op, str body)
{
	static const char *const media[] = { "requestBody", "content", "application/json", "schema", "$ref" };
	const struct json   *v = op, *root;
	const struct schema *s;
	struct schema_errors *e = NEW(c->arena, struct schema_errors);
	str                  ref, file;

	for (int i = 0; i < 5; i++)
		v = json_get(v, str_of(media[i]));
	ref = json_str(v);
	if (!ref.n)
		return body.n ? S("a body that nobody wants") : S("");
	if (!json_parse(c, body, NULL, &root))
		return S("the body is no JSON");
	while (str_starts(ref, S("../")))
		ref = str_slice(ref, 3, ref.n);
	if (str_starts(ref, S("/")))
		ref = str_slice(ref, 1, ref.n);
	file = test_file(c, STR_CAT(c->arena, test_vectors(c), S(OPENAPI_FOLDER), ref));
	check_ok(c, schema_compile(c, &file, 1, &s));
	(void)schema_check(s, c, root, e);
	for (size_t i = 0; i < e->n; i++)
		if (!str_eq(e->v[i].arg[0], S("providerMetadata")) && str_find(e->v[i].pointer, S("/tags/"), 0) == SIZE_MAX)
			return STR_CAT(c->arena, e->v[i].pointer, S(": "), str_of(e->v[i].keyword), S(" "), e->v[i].arg[0]);
	return S("");
}

/* What is wrong with a request; "" when nothing is. target: below the base address. */
static inline str openapi_wrong(struct ctx *c, const struct json *root, str method, str target, str body)
{
	str  path = target, query, lower = str_dup(c->arena, method), wrong;
	bool found = false;

	query = path;
	(void)str_cut(&query, '?', &path);
	for (size_t i = 0; i < lower.n; i++)
		((char *)(uintptr_t)lower.p)[i] = (char)(lower.p[i] | 0x20);
	for (JSON_MEMBERS(m, json_get(root, S("paths")))) {
		const struct json *op = json_get(&m->value, lower);
		if (!op || !openapi_path_is(json_key(m), path))
			continue;
		found = true;
		wrong = openapi_query_wrong(c, root, op, query);
		return wrong.n ? wrong : openapi_body_wrong(c, op, body);
	}
	return found ? S("") : STR_CAT(c->arena, S("no operation "), method, S(" "), path);
}

#endif
