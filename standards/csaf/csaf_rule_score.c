/* Tests of CVSS scores. */
#include "standards/csaf/csaf_rule.h"

#include <stdlib.h>

#include "platform/json/schema.h"
#include "standards/cvss/cvss.h"

static const char *const score_keys[] = { "cvss_v2", "cvss_v3", "cvss_v4" };

/* One CVSS object of the document. */
struct scored {
	const struct json *score, *cvss;
	const char *key;
	size_t      i, j;
};

typedef void score_fn(struct review *r, const struct scored *s);

/* The scores of a vulnerability; in 2.1 its metrics. */
static const struct json *score_list(const struct review *r, const struct json *v)
{
	return json_get(v, r->v21 ? S("metrics") : S("scores"));
}

/* What holds the CVSS objects of a score. */
static const struct json *score_holder(const struct review *r, const struct json *score)
{
	return r->v21 ? json_get(score, S("content")) : score;
}

static int key_count(const struct review *r)
{
	return r->v21 ? 3 : 2;
}

static void scores_of(struct review *r, const struct json *v, score_fn *fn)
{
	const struct json *list = score_list(r, v);

	for (JSON_ITEMS(x, list))
		for (int k = 0; k < key_count(r); k++) {
			struct scored s = { x, json_get(score_holder(r, x), str_of(score_keys[k])), score_keys[k],
			                    index_in(r->vulnerabilities, v), index_in(list, x) };

			if (json_is(s.cvss, JSON_OBJECT))
				fn(r, &s);
		}
}

static void each_score(struct review *r, score_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		scores_of(r, v, fn);
}

static str item_pointer(const struct review *r, size_t i, size_t j, const char *rest)
{
	return str_fmt(r->c->arena, "/vulnerabilities/%zu/%s/%zu%s%s", i, r->v21 ? "metrics" : "scores", j,
	               *rest ? "/" : "", rest);
}

static str score_pointer(struct review *r, const struct scored *s, const char *member)
{
	return str_fmt(r->c->arena, "/vulnerabilities/%zu/%s/%zu%s/%s%s%s", s->i,
	               r->v21 ? "metrics" : "scores", s->j, r->v21 ? "/content" : "", s->key,
	               *member ? "/" : "", member);
}

static str product_in(const struct review *r, size_t i, size_t j, size_t k)
{
	return STR_CAT(r->c->arena, item_pointer(r, i, j, "products"), str_fmt(r->c->arena, "/%zu", k));
}

enum { HAS_V2 = 1, HAS_30 = 2, HAS_31 = 4, HAS_V4 = 8, HAS_OTHER = 16 };

/* Which version the object is of; 0 when there is none. */
static uint32_t version_bit(const char *key, const struct json *cvss)
{
	str version = json_get_str(cvss, S("version"));

	if (!cvss)
		return 0;
	if (key == score_keys[0])
		return HAS_V2;
	if (key == score_keys[2])
		return HAS_V4;
	return str_eq(version, S("3.0")) ? HAS_30 : str_eq(version, S("3.1")) ? HAS_31 : HAS_OTHER;
}

static uint32_t version_bits(const struct review *r, const struct json *score)
{
	uint32_t bits = 0;

	for (int k = 0; k < key_count(r); k++)
		bits |= version_bit(score_keys[k], json_get(score_holder(r, score), str_of(score_keys[k])));
	return r->v21 ? bits : bits & ~(uint32_t)HAS_OTHER;
}

struct sourced { str source; const struct json *item; };

/* By source (none first), then by place. */
static int by_source(const void *a, const void *b)
{
	const struct sourced *x = a, *y = b;
	int r = str_cmp(x->source, y->source);

	return r ? r : x->item < y->item ? -1 : 1;
}

typedef void sourced_fn(struct review *r, const struct json *list, const struct json *item, size_t i);

/* The scores of each vulnerability by source; what is marked holds for one source. */
static void each_by_source(struct review *r, sourced_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *list = score_list(r, v);
		size_t n = json_length_(list, JSON_ARRAY);
		struct sourced *s = arena_alloc(r->c->arena, (n + 1) * sizeof(*s));

		if (!s) {
			r->full = true;
			return;
		}
		for (size_t k = 0; k < n; k++)
			s[k] = (struct sourced){ r->v21 ? json_get_str(&list->item[k], S("source")) : STR_NONE,
			                         &list->item[k] };
		qsort(s, n, sizeof(*s), by_source);
		for (size_t k = 0; k < n; k++) {
			if (k && !str_eq(s[k].source, s[k - 1].source))
				mark_clear(r);
			fn(r, list, s[k].item, index_in(r->vulnerabilities, v));
		}
		mark_clear(r);
	}
}

static void check_versions(struct review *r, const struct json *list, const struct json *x, size_t i)
{
	const struct json *products = json_get(x, S("products"));
	uint32_t bits = version_bits(r, x);

	for (JSON_ITEMS(p, products))
		if (mark_of(r, json_str(p)) & bits)
			FIND_AT(r, N_("The product {1} has more than one score of the same CVSS version."),
			        json_str(p), STR_NONE, product_in(r, i, index_in(list, x), index_in(products, p)));
	mark_add(r, products, bits);
}

/* meets CSAF-2.0 6.1.7, CSAF-2.1 6.1.7 */
void rule_6_1_7(struct review *r)
{
	each_by_source(r, check_versions);
}

enum { HAS_RATING = 32, HAS_CVSS = HAS_V2 | HAS_30 | HAS_31 | HAS_V4 | HAS_OTHER };

static void check_rating(struct review *r, const struct json *list, const struct json *x, size_t i)
{
	const struct json *products = json_get(x, S("products"));
	uint32_t bits = version_bits(r, x);

	if (json_get(score_holder(r, x), S("qualitative_severity_rating")))
		bits |= HAS_RATING;
	for (JSON_ITEMS(p, products)) {
		uint32_t all = bits | mark_of(r, json_str(p));

		if (all & HAS_RATING && all & HAS_CVSS)
			FIND_AT(r, N_("The product {1} has both a CVSS score and a qualitative severity rating."),
			        json_str(p), STR_NONE, product_in(r, i, index_in(list, x), index_in(products, p)));
	}
	mark_add(r, products, bits);
}

/* meets CSAF-2.1 6.1.56 */
void rule_6_1_56(struct review *r)
{
	each_by_source(r, check_rating);
}

static void check_form(struct review *r, const struct scored *s)
{
	enum csaf_schema which = s->key == score_keys[0] ? SCHEMA_CVSS2
	                       : s->key == score_keys[2] ? SCHEMA_CVSS40 : SCHEMA_CVSS31;
	struct schema_errors *e;

	if (which == SCHEMA_CVSS31 && version_bit(s->key, s->cvss) == HAS_30)
		which = SCHEMA_CVSS30;
	if (schema_check(csaf_schema(which), r->c, s->cvss, NULL))
		return;
	e = arena_alloc(r->c->arena, sizeof(*e));
	if (!e) {
		r->full = true;
		return;
	}
	(void)schema_check(csaf_schema(which), r->c, s->cvss, e);
	for (size_t i = 0; i < e->n; i++)
		FIND_AT(r, e->v[i].text, e->v[i].arg[0], e->v[i].arg[1],
		            STR_CAT(r->c->arena, score_pointer(r, s, ""), e->v[i].pointer));
}

/* meets CSAF-2.0 6.1.8, CSAF-2.1 6.1.8 */
void rule_6_1_8(struct review *r)
{
	each_score(r, check_form);
}

/* The vector, when it can be read and is of the object's version. */
static bool vector_of(struct review *r, const struct scored *s, struct cvss *out)
{
	struct ctx quiet = *r->c;
	str vector = json_get_str(s->cvss, S("vectorString"));

	return vector.p && cvss_parse(&quiet, vector, out) &&
	       (out->version == CVSS_2) == (s->key == score_keys[0]) &&
	       (out->version == CVSS_40) == (s->key == score_keys[2]);
}

static void compare_score(struct review *r, const struct scored *s, const char *member, int tenths)
{
	const struct json *given = json_get(s->cvss, str_of(member));
	str right = cvss_score_print(r->c->arena, tenths);

	if (json_is(given, JSON_NUMBER) && json_number_cmp(json_number(given), right) != 0)
		FIND_AT(r, N_("The vector gives {2}, not {1}."), json_number(given), right,
		            score_pointer(r, s, member));
}

static void compare_severity(struct review *r, const struct scored *s, const char *member,
                             enum cvss_version version, int tenths)
{
	str given = json_get_str(s->cvss, str_of(member));
	str right = str_of(cvss_severity_word(cvss_severity(version, tenths)));

	if (given.p && version != CVSS_2 && !str_eq(given, right))
		FIND_AT(r, N_("The vector gives {2}, not {1}."), given, right, score_pointer(r, s, member));
}

static void check_computation(struct review *r, const struct scored *s)
{
	struct cvss       v;
	struct cvss_score score;

	if (!vector_of(r, s, &v))
		return;
	score = cvss_scores(&v);
	/* In 4.0 the base score is the score of the whole vector. */
	if (v.version == CVSS_40)
		score.base = score.overall;
	compare_score(r, s, "baseScore", score.base);
	compare_severity(r, s, "baseSeverity", v.version, score.base);
	compare_score(r, s, "temporalScore", score.threat);
	compare_severity(r, s, "temporalSeverity", v.version, score.threat);
	compare_score(r, s, "environmentalScore", score.environmental);
	compare_severity(r, s, "environmentalSeverity", v.version, score.environmental);
}

/* meets CSAF-2.0 6.1.9 */
void rule_6_1_9(struct review *r)
{
	each_score(r, check_computation);
}

static void check_consistency(struct review *r, const struct scored *s)
{
	const struct cvss_metric *metric;
	struct cvss v;
	size_t      n;

	if (!vector_of(r, s, &v))
		return;
	metric = cvss_metrics(v.version, &n);
	for (size_t i = 0; i < n; i++) {
		str given = json_get_str(s->cvss, str_of(metric[i].property));
		str right = str_of(cvss_value(&v, (int)i)->word);

		/* What the vector leaves open, a property may settle. */
		if (!metric[i].mandatory && v.value[i] == 0)
			continue;
		if (given.p && !str_eq(given, right))
			FIND_AT(r, N_("The vector says {2}, not {1}."), given, right,
			            score_pointer(r, s, metric[i].property));
	}
}

/* meets CSAF-2.0 6.1.10 */
void rule_6_1_10(struct review *r)
{
	each_score(r, check_consistency);
}

static bool all_none(const struct json *cvss)
{
	static const char *const impacts[] = {
		"modifiedConfidentialityImpact", "modifiedIntegrityImpact", "modifiedAvailabilityImpact",
	};

	for (int i = 0; i < 3; i++)
		if (!str_eq(json_get_str(cvss, str_of(impacts[i])), S("NONE")))
			return false;
	return true;
}

/* The same in CVSS 4.0, where the subsequent system can only be negligible. */
static bool all_none_v4(const struct json *cvss)
{
	static const char *const impacts[] = {
		"modifiedVulnConfidentialityImpact", "modifiedVulnIntegrityImpact", "modifiedVulnAvailabilityImpact",
		"modifiedSubConfidentialityImpact", "modifiedSubIntegrityImpact", "modifiedSubAvailabilityImpact",
	};

	for (int i = 0; i < 6; i++)
		if (!str_eq(json_get_str(cvss, str_of(impacts[i])), i < 3 ? S("NONE") : S("NEGLIGIBLE")))
			return false;
	return true;
}

/* The environmental score is 0: as stated, by the vector, or by properties that make it so. */
static bool environment_is_zero(struct review *r, const struct scored *s)
{
	const struct json *stated = json_get(s->cvss, S("environmentalScore"));
	struct cvss       v;
	struct cvss_score score;

	if (json_is(stated, JSON_NUMBER))
		return json_number_cmp(json_number(stated), S("0")) == 0;
	if (s->key == score_keys[0] && str_eq(json_get_str(s->cvss, S("targetDistribution")), S("NONE")))
		return true;
	if ((s->key == score_keys[1] && all_none(s->cvss)) || (s->key == score_keys[2] && all_none_v4(s->cvss)))
		return true;
	if (!vector_of(r, s, &v))
		return false;
	score = cvss_scores(&v);
	return score.has_environmental && score.environmental == 0;
}

enum { FIXED = 1 };

static void check_fixed(struct review *r, const struct scored *s)
{
	const struct json *products = json_get(s->score, S("products"));

	if (environment_is_zero(r, s))
		return;
	for (JSON_ITEMS(p, products))
		if (mark_of(r, json_str(p)) & FIXED)
			FIND_AT(r, N_("The fixed product {1} has a score whose environmental part is not 0."),
			        json_str(p), STR_NONE, product_in(r, s->i, s->j, index_in(products, p)));
}

/* meets CSAF-2.0 6.2.19 */
void rule_6_2_19(struct review *r)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *status = json_get(v, S("product_status"));

		mark_add(r, json_get(status, S("fixed")), FIXED);
		mark_add(r, json_get(status, S("first_fixed")), FIXED);
		if (r->touches)
			scores_of(r, v, check_fixed);
		mark_clear(r);
	}
}

enum { NEWER_GIVEN = 1 };

/* A product of the score that no newer CVSS covers; none when there is no such. */
static str only_v2(const struct review *r, const struct json *score)
{
	const struct json *products = json_get(score, S("products"));

	for (JSON_ITEMS(p, products))
		if (!(mark_of(r, json_str(p)) & NEWER_GIVEN))
			return json_str(p);
	return json_count(products) ? STR_NONE : S("");
}

/* meets CSAF-2.0 6.3.1, CSAF-2.1 6.3.1 */
void rule_6_3_1(struct review *r)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *list = score_list(r, v);

		for (JSON_ITEMS(x, list)) {
			const struct json *holder = score_holder(r, x);

			if (json_get(holder, S("cvss_v3")) || (r->v21 && json_get(holder, S("cvss_v4"))))
				mark_add(r, json_get(x, S("products")), NEWER_GIVEN);
		}
		for (JSON_ITEMS(x, list)) {
			str product = json_get(score_holder(r, x), S("cvss_v2")) ? only_v2(r, x) : STR_NONE;

			if (product.p)
				FIND_AT(r, N_("CVSS v2 is the only score of the product {1}."), product, STR_NONE,
				        item_pointer(r, index_in(r->vulnerabilities, v), index_in(list, x), ""));
		}
		mark_clear(r);
	}
}

static void check_30(struct review *r, const struct scored *s)
{
	if (version_bit(s->key, s->cvss) == HAS_30)
		FIND_AT(r, N_("CVSS v3.0 is used; v3.1 has clearer definitions."), STR_NONE, STR_NONE,
		            score_pointer(r, s, "version"));
}

/* meets CSAF-2.0 6.3.2 */
void rule_6_3_2(struct review *r)
{
	each_score(r, check_30);
}
