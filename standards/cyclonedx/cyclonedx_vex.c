#include "standards/cyclonedx/cyclonedx_vex.h"

#include <stdlib.h>

#include "base/list.h"
#include "standards/cvss/cvss.h"
#include "standards/cyclonedx/cyclonedx_schema.h"
#include "standards/vers/vers.h"

const struct json_limits cyclonedx_limits = {
	.bytes = 160 << 20, .depth = 200, .members = 5000000, .string = 16 << 20,
};

enum { REFS_MAX = 2000000 };

struct look { struct ctx *c; struct findings *f; bool full; };

static void look_find(struct look *l, const char *test, enum finding_class class, const char *text, str one, str two,
                      str pointer)
{
	if (!finding_add(l->c, l->f, (struct finding){ test, class, pointer, text, { one, two } }))
		l->full = true;
}

bool cyclonedx_is(const struct json *root)
{
	return str_eq(json_get_str(root, S("bomFormat")), S("CycloneDX"));
}

struct refs { str *v; size_t n, cap, max; };

static bool ref_add(struct look *l, struct refs *r, const struct json *v)
{
	str ref = json_get_str(v, S("bom-ref"));

	if (ref.p && !list_push(l->c->arena, r, ref))
		l->full = true;
	return !l->full;
}

/* bom-refs of components (nested too), services and vulnerabilities. */
static void refs_collect(struct look *l, struct refs *r, const struct json *list, const char *below)
{
	for (JSON_ITEMS(x, list)) {
		if (!ref_add(l, r, x))
			return;
		refs_collect(l, r, json_get(x, str_of(below)), below);
	}
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static void refs_check(struct look *l, const struct json *root, struct refs *r)
{
	const struct json *component = json_get(json_get(root, S("metadata")), S("component"));

	(void)ref_add(l, r, component);
	refs_collect(l, r, json_get(component, S("components")), "components");
	refs_collect(l, r, json_get(root, S("components")), "components");
	refs_collect(l, r, json_get(root, S("services")), "services");
	refs_collect(l, r, json_get(root, S("vulnerabilities")), "components");
	if (r->n)
		qsort(r->v, r->n, sizeof(*r->v), by_text);
	for (size_t i = 1; i < r->n; i++)
		if (str_eq(r->v[i], r->v[i - 1]))
			look_find(l, "cyclonedx.ref", FINDING_ERROR, N_("{1} stands twice."), r->v[i], STR_NONE, S(""));
}

static bool known(const struct refs *r, str ref)
{
	return str_starts(ref, S("urn:cdx:")) || (r->n && bsearch(&ref, r->v, r->n, sizeof(*r->v), by_text));
}

static void versions_look(struct look *l, const struct json *affected, str at)
{
	const struct json *list = json_get(affected, S("versions"));

	for (size_t i = 0; i < json_count(list); i++) {
		str range = json_get_str(json_at(list, i), S("range")), place = str_fmt(l->c->arena, "%.*s/versions/%zu", STR_ARG(at), i);
		struct ctx quiet = *l->c;
		struct vers v;

		if (range.p && !vers_parse(&quiet, range, &v))
			look_find(l, "cyclonedx.vers", FINDING_WARNING, N_("{1} is no version range."), range, STR_NONE, place);
	}
}

static void analysis_look(struct look *l, const struct json *v, str at)
{
	const struct json *analysis = json_get(v, S("analysis"));
	str state = json_get_str(analysis, S("state"));

	if (!state.p)
		look_find(l, "cyclonedx.analysis", FINDING_INFO, N_("No state is given: this reports a vulnerability, it judges none."),
		          STR_NONE, STR_NONE, at);
	else if (str_eq(state, S("not_affected")) && !json_get(analysis, S("justification")))
		look_find(l, "cyclonedx.analysis", FINDING_WARNING, N_("“not affected” has no justification."), STR_NONE, STR_NONE,
		          STR_CAT(l->c->arena, at, S("/analysis")));
	if (state.p && !str_eq(state, S("not_affected")) && json_get(analysis, S("justification")))
		look_find(l, "cyclonedx.analysis", FINDING_WARNING, N_("A justification belongs to “not affected” only."), STR_NONE,
		          STR_NONE, STR_CAT(l->c->arena, at, S("/analysis/justification")));
}

/* The vector with the prefix that CycloneDX lets away. */
static str whole_vector(struct look *l, str method, str vector)
{
	const char *prefix = str_eq(method, S("CVSSv31")) ? "CVSS:3.1/" : str_eq(method, S("CVSSv3")) ? "CVSS:3.0/" :
	                     str_eq(method, S("CVSSv4")) ? "CVSS:4.0/" : "";

	return str_starts(vector, S("CVSS:")) ? vector : STR_CAT(l->c->arena, str_of(prefix), vector);
}

static void ratings_look(struct look *l, const struct json *v, str at)
{
	const struct json *list = json_get(v, S("ratings"));

	for (size_t i = 0; i < json_count(list); i++) {
		str method = json_get_str(json_at(list, i), S("method")), vector = json_get_str(json_at(list, i), S("vector")), right;
		const struct json *score = json_get(json_at(list, i), S("score"));
		str place = str_fmt(l->c->arena, "%.*s/ratings/%zu", STR_ARG(at), i);
		struct ctx quiet = *l->c;
		struct cvss cvss;

		if (!vector.p || !str_starts(method, S("CVSS")))
			continue;
		if (!cvss_parse(&quiet, whole_vector(l, method, vector), &cvss)) {
			look_find(l, "cyclonedx.rating", FINDING_WARNING, N_("The vector {1} is not valid."), vector, STR_NONE, place);
			continue;
		}
		right = cvss_score_print(l->c->arena, cvss_scores(&cvss).overall);
		if (json_is(score, JSON_NUMBER) && json_number_cmp(json_number(score), right) != 0)
			look_find(l, "cyclonedx.rating", FINDING_WARNING, N_("The vector gives {2}, not {1}."), json_number(score), right, place);
	}
}

static void vulnerabilities_check(struct look *l, const struct json *root, const struct refs *r)
{
	const struct json *list = json_get(root, S("vulnerabilities"));

	if (json_count(list) == 0)
		look_find(l, "cyclonedx.analysis", FINDING_INFO, N_("The document names no vulnerability."), STR_NONE, STR_NONE, S(""));
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *v = json_at(list, i), *affects = json_get(v, S("affects"));
		str at = str_fmt(l->c->arena, "/vulnerabilities/%zu", i);

		analysis_look(l, v, at);
		ratings_look(l, v, at);
		for (size_t k = 0; k < json_count(affects); k++) {
			str ref = json_get_str(json_at(affects, k), S("ref")), place = str_fmt(l->c->arena, "%.*s/affects/%zu", STR_ARG(at), k);

			if (ref.p && !known(r, ref))
				look_find(l, "cyclonedx.affects", FINDING_WARNING, N_("{1} is no reference in this document, and no BOM-Link."), ref,
				          STR_NONE, place);
			versions_look(l, json_at(affects, k), place);
		}
	}
}

bool cyclonedx_vex_check(struct ctx *c, str bytes, struct findings *f)
{
	struct look l = { .c = c, .f = f };
	struct refs refs = { .max = REFS_MAX };
	const struct schema *schema;
	const struct json   *root;

	findings_init(f);
	TRY(findings_read(c, f, bytes, &cyclonedx_limits, &root));
	if (!root)
		return true;
	f->version = json_get_str(root, S("specVersion"));
	schema     = cyclonedx_schema(f->version);
	if (!cyclonedx_is(root))
		return finding_add(c, f, (struct finding){ "schema", FINDING_ERROR, S("/bomFormat"),
		                   N_("bomFormat is not CycloneDX."), { STR_NONE, STR_NONE } });
	if (!schema)
		return finding_add(c, f, (struct finding){ "schema", FINDING_ERROR, S("/specVersion"),
		                   N_("The version of CycloneDX is not known here; it is one of 1.2 to 1.7."), { STR_NONE, STR_NONE } });
	TRY(findings_schema(c, f, schema, root, S("")));
	if (f->valid) {
		refs_check(&l, root, &refs);
		vulnerabilities_check(&l, root, &refs);
	}
	return l.full ? fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document.")) : true;
}
