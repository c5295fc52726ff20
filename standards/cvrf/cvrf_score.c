/* /vulnerabilities/…/scores. */
#include "standards/cvrf/cvrf_part.h"

#include "base/list.h"
#include "standards/csaf/csaf_review.h"
#include "standards/cvss/cvss.h"

struct set { struct xml *x; struct node *node, *products; enum cvss_version version; };
struct sets { struct set *v; size_t n, cap, max; };

/* The version of CVSS 3 in the name of a namespace. */
static str namespace_version(str ns)
{
	return !ns.p ? STR_NONE : str_find(ns, S("cvss-v3.1"), 0) != SIZE_MAX ? S("3.1") :
	       str_find(ns, S("cvss-v3.0"), 0) != SIZE_MAX ? S("3.0") : STR_NONE;
}

/* The only version that the root's namespaces name, or none. */
static str root_version(const struct xml *root)
{
	str found = STR_NONE;

	for (size_t i = 0; i < root->declares; i++) {
		str version = namespace_version(root->declared[i]);

		if (found.p && version.p && !str_eq(found, version))
			return STR_NONE;
		found = version.p ? version : found;
	}
	return found;
}

/* meets CSAF-2.0 9.1.5: the minor version of CVSS 3, of a vector that does not tell it */
static str version_guess(struct cvrf *k, struct xml *x)
{
	str version = namespace_version(x->ns);

	if (version.p) {
		cvrf_say(k, FINDING_WARNING, "scores", x, N_("The CVSS version {1} was guessed from the namespace of the element."), version, STR_NONE);
		return version;
	}
	version = root_version(k->root);
	if (version.p) {
		cvrf_say(k, FINDING_WARNING, "scores", x, N_("The CVSS version {1} was guessed from the namespaces of the document."), version, STR_NONE);
		return version;
	}
	version = k->how->cvss_version.n ? k->how->cvss_version : S("3.0");
	cvrf_say(k, FINDING_WARNING, "scores", x, N_("The CVSS version {1} was taken: neither the vector nor a namespace tells one."), version, STR_NONE);
	return version;
}

/* A score as computed; one that is given and differs is told. */
static void score_put(struct cvrf *k, struct set *s, const char *key, struct xml *given, int tenths)
{
	struct node *n = node_new(k->a, JSON_NUMBER);

	n->text = cvss_score_print(k->a, tenths);
	if (cvrf_text(given).p && json_number_cmp(cvrf_text(given), n->text) != 0)
		cvrf_say(k, FINDING_WARNING, "scores", given, N_("The score {1} is not that of the vector, which is {2}; the latter was taken."),
		         cvrf_text(given), n->text);
	node_put(k->a, s->node, key, n);
}

/* Only what JSON calls a number is compared as one. */
static struct xml *score_take(struct cvrf *k, struct xml *x, const char *name, const char *old)
{
	struct xml *score = cvrf_take(x, name);
	const struct json *v;
	struct ctx quiet = *k->c;

	score = score || !old ? score : cvrf_take(x, old);
	if (!cvrf_text(score).p)
		return score;
	if (json_parse(&quiet, cvrf_text(score), NULL, &v) && json_is(v, JSON_NUMBER))
		return score;
	cvrf_say(k, FINDING_WARNING, "scores", score, N_("The score {1} is no number; that of the vector was taken."), cvrf_text(score), STR_NONE);
	return NULL;
}

static void scores_put(struct cvrf *k, struct set *s, const struct cvss *v, bool two)
{
	struct cvss_score is = cvss_scores(v);
	struct xml *base = score_take(k, s->x, two ? "BaseScoreV2" : "BaseScoreV3", "BaseScore");
	struct xml *temporal = score_take(k, s->x, two ? "TemporalScoreV2" : "TemporalScoreV3", "TemporalScore");
	struct xml *environmental = score_take(k, s->x, two ? "EnvironmentalScoreV2" : "EnvironmentalScoreV3", "EnvironmentalScore");

	node_put_text(k->a, s->node, "version", str_of(cvss_version_name(v->version)));
	score_put(k, s, "baseScore", base, is.base);
	if (!two)
		node_put_text(k->a, s->node, "baseSeverity", str_of(cvss_severity_word(cvss_severity(v->version, is.base))));
	if (temporal || is.has_threat)
		score_put(k, s, "temporalScore", temporal, is.threat);
	if (!two && (temporal || is.has_threat))
		node_put_text(k->a, s->node, "temporalSeverity", str_of(cvss_severity_word(cvss_severity(v->version, is.threat))));
	if (environmental || is.has_environmental)
		score_put(k, s, "environmentalScore", environmental, is.environmental);
	if (!two && (environmental || is.has_environmental))
		node_put_text(k->a, s->node, "environmentalSeverity", str_of(cvss_severity_word(cvss_severity(v->version, is.environmental))));
}

/* The vector as its version writes it: without brackets, with the prefix. */
static str vector_clean(struct cvrf *k, struct xml *x, str vector, bool two)
{
	if (vector.n > 2 && vector.p[0] == '(' && vector.p[vector.n - 1] == ')')
		vector = str_slice(vector, 1, vector.n - 1);
	if (two || str_starts(vector, S("CVSS:")))
		return vector;
	return STR_CAT(k->a, S("CVSS:"), version_guess(k, x), S("/"), vector);
}

static void set_convert(struct cvrf *k, struct sets *all, struct xml *x, bool two, struct node *affected)
{
	struct xml *vector = cvrf_take(x, two ? "VectorV2" : "VectorV3");
	struct set  s = { .x = x, .node = node_new(k->a, JSON_OBJECT), .products = node_new(k->a, JSON_ARRAY) };
	struct ctx  quiet = *k->c;
	struct cvss v;
	str text;

	vector = vector ? vector : cvrf_take(x, "Vector");
	for (struct xml *id = cvrf_take(x, "ProductID"); id; id = cvrf_again(id))
		if (cvrf_text(id).p)
			node_add(k->a, s.products, NULL, node_string(k->a, cvrf_text(id)));
	if (node_is_empty(k->a, s.products) && affected)
		s.products = node_copy(k->a, affected);
	text = cvrf_text(vector).p ? vector_clean(k, x, cvrf_text(vector), two) : STR_NONE;
	if (!text.p || !cvss_parse(&quiet, text, &v) || v.version == CVSS_40 || (v.version == CVSS_2) != two) {
		cvrf_say(k, FINDING_ERROR, "scores", x, !text.p ? N_("The score has no vector and was not converted.") :
		         N_("The vector {1} is none of its version of CVSS, or one that CSAF 2.0 has no place for; the score was not converted."),
		         text, STR_NONE);
		for (struct xml *child = x->first; child; child = child->next)
			child->taken = true;
		return;
	}
	if (node_is_empty(k->a, s.products)) {
		cvrf_say(k, FINDING_ERROR, "scores", x, N_("The score {1} names no product, and none is affected; it was not converted."), text, STR_NONE);
		return;
	}
	s.version = v.version;
	node_add(k->a, s.node, "vectorString", node_string(k->a, text));
	scores_put(k, &s, &v, two);
	if (!list_push(k->a, all, s))
		k->full = true;
}

/* meets CSAF-2.0 9.1.5: of CVSS 3.0 and 3.1 for one product, 3.1 */
static void older_drop(struct cvrf *k, struct sets *all)
{
	struct id_map newer = { 0 };

	for (size_t i = 0; i < all->n; i++)
		for (NODES(k->a, x, all->v[i].version == CVSS_31 ? all->v[i].products : NULL))
			(void)id_add(k->a, &newer, x->text);
	for (size_t i = 0; newer.n && i < all->n; i++)
		for (NODES(k->a, x, all->v[i].version == CVSS_30 ? all->v[i].products : NULL))
			if (id_find(&newer, x->text) != UINT32_MAX) {
				cvrf_say(k, FINDING_WARNING, "scores", all->v[i].x,
				         N_("The CVSS 3.0 score of the product {1} was not converted: it has one of CVSS 3.1."), x->text, STR_NONE);
				node_remove(x);
			}
}

enum { SETS_MAX = 1000 };

void cvrf_scores(struct cvrf *k, struct node *vulnerability, struct xml *sets, struct node *affected)
{
	static const struct { const char *name; bool two; } kinds[] = { { "ScoreSetV2", true }, { "ScoreSet", true }, { "ScoreSetV3", false } };
	struct node *list = node_new(k->a, JSON_ARRAY);
	struct sets  all = { .max = SETS_MAX };

	for (int i = 0; i < 3; i++)
		for (struct xml *x = cvrf_take(sets, kinds[i].name); x; x = cvrf_again(x))
			set_convert(k, &all, x, kinds[i].two, affected);
	older_drop(k, &all);
	for (size_t i = 0; i < all.n; i++) {
		struct node *score = node_new(k->a, JSON_OBJECT);

		if (node_is_empty(k->a, all.v[i].products))
			continue;
		node_add(k->a, score, all.v[i].version == CVSS_2 ? "cvss_v2" : "cvss_v3", all.v[i].node);
		node_add(k->a, score, "products", all.v[i].products);
		node_add(k->a, list, NULL, score);
	}
	cvrf_put_list(k, vulnerability, "scores", list);
}
