#include "standards/openvex/openvex.h"

#include "base/list.h"
#include "standards/finding/embed.h"
#include "standards/purl/purl.h"

EMBED(openvex_schema_text, "standards/openvex/data/schema.json");

static struct schema_source source = { .text = { EMBEDDED(openvex_schema_text) } };

const struct json_limits openvex_limits = {
	.bytes = 64 << 20, .depth = 50, .members = 1000000, .string = 4 << 20,
};

#define CONTEXT "https://openvex.dev/ns"

bool openvex_is(const struct json *root)
{
	return str_starts(json_get_str(root, S("@context")), S(CONTEXT));
}

str openvex_version(const struct json *root)
{
	str context = json_get_str(root, S("@context"));

	return str_starts(context, S(CONTEXT "/v")) ? str_slice(context, sizeof(CONTEXT) + 1, context.n) : STR_NONE;
}

struct look { struct ctx *c; struct findings *f; const struct json *root; bool full; };

#define LOOK(l, test, class, text, one, two, ...) \
	look_find((l), (test), (class), (text), (one), (two), str_fmt((l)->c->arena, __VA_ARGS__))

static void look_find(struct look *l, const char *test, enum finding_class class, const char *text, str one, str two,
                      str pointer)
{
	if (!finding_add(l->c, l->f, (struct finding){ test, class, pointer, text, { one, two } }))
		l->full = true;
}

static bool known_status(str status)
{
	return str_eq(status, S("not_affected")) || str_eq(status, S("affected")) || str_eq(status, S("fixed")) ||
	       str_eq(status, S("under_investigation"));
}

/* meets OpenVEX-0.2.0 (statement requirements) */
static void statement_look(struct look *l, const struct json *s, size_t i)
{
	str status = json_get_str(s, S("status"));

	if (!known_status(status))
		LOOK(l, "openvex.statement", FINDING_ERROR, N_("“{1}” is no status."), status, STR_NONE, "/statements/%zu", i);
	if (str_eq(status, S("not_affected")) && !json_get(s, S("justification")) && !json_get(s, S("impact_statement")))
		LOOK(l, "openvex.statement", FINDING_ERROR, N_("“not affected” needs a justification or an impact statement."),
		     STR_NONE, STR_NONE, "/statements/%zu", i);
	if (!str_eq(status, S("not_affected")) && json_get(s, S("justification")))
		LOOK(l, "openvex.statement", FINDING_ERROR, N_("A justification belongs to “not affected” only."), STR_NONE, STR_NONE,
		     "/statements/%zu/justification", i);
	if (str_eq(status, S("affected")) && !json_get(s, S("action_statement")))
		LOOK(l, "openvex.statement", FINDING_ERROR, N_("“affected” needs an action statement."), STR_NONE, STR_NONE,
		     "/statements/%zu", i);
	if (json_count(json_get(s, S("products"))) == 0)
		LOOK(l, "openvex.statement", FINDING_WARNING, N_("The statement names no product."), STR_NONE, STR_NONE,
		     "/statements/%zu", i);
}

/* The name of a vulnerability or product, in the form of 0.2.0 or 0.0.1. */
static str name_of(const struct json *v, const char *member)
{
	return json_is(v, JSON_STRING) ? json_str(v) : json_get_str(v, str_of(member));
}

static void product_look(struct look *l, const struct json *p, size_t i, size_t k)
{
	str id = name_of(p, "@id"), named = json_get_str(json_get(p, S("identifiers")), S("purl"));
	struct ctx quiet = *l->c;
	struct purl u;

	if (str_starts(id, S("pkg:")) && !purl_parse(&quiet, id, &u))
		LOOK(l, "openvex.purl", FINDING_WARNING, N_("{1} is no package URL."), id, STR_NONE, "/statements/%zu/products/%zu", i, k);
	if (named.p && !purl_parse(&quiet, named, &u))
		LOOK(l, "openvex.purl", FINDING_WARNING, N_("{1} is no package URL."), named, STR_NONE,
		     "/statements/%zu/products/%zu/identifiers/purl", i, k);
}

/* One claim: what is said of a product and a vulnerability. */
struct claim { str vulnerability, product, stamp, status; uint64_t hash; size_t i; };

static bool same_subject(const struct claim *a, const struct claim *b)
{
	return a->hash == b->hash && str_eq(a->vulnerability, b->vulnerability) && str_eq(a->product, b->product);
}

enum { CLAIMS_MAX = 1000000 };

/* Open addressing over the subjects; a second claim of the same instant may not say otherwise. */
static void claims_look(struct look *l)
{
	const struct json *list = json_get(l->root, S("statements"));
	str whole = json_get_str(l->root, S("timestamp"));
	struct claim *table;
	size_t n = 0, cap = 64;

	for (JSON_ITEMS(s, list))
		n += json_count(json_get(s, S("products")));
	while (cap < 2 * n)
		cap *= 2;
	table = n < CLAIMS_MAX ? arena_alloc(l->c->arena, cap * sizeof(*table)) : NULL;
	if (!table) {
		l->full = n < CLAIMS_MAX;
		return;
	}
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *s = json_at(list, i), *products = json_get(s, S("products"));
		str stamp = json_get_str(s, S("timestamp"));

		for (size_t k = 0; k < json_count(products); k++) {
			struct claim claim = { name_of(json_get(s, S("vulnerability")), "name"), name_of(json_at(products, k), "@id"),
			                       stamp.p ? stamp : whole, json_get_str(s, S("status")), 0, i };
			size_t at;

			product_look(l, json_at(products, k), i, k);
			if (!claim.product.p || json_count(json_get(json_at(products, k), S("subcomponents"))) > 0)
				continue;
			claim.hash = str_hash(claim.vulnerability) * 31 + str_hash(claim.product);
			for (at = claim.hash & (cap - 1); table[at].status.p && !same_subject(&table[at], &claim); at = (at + 1) & (cap - 1))
				;
			if (table[at].status.p && str_eq(table[at].stamp, claim.stamp) && !str_eq(table[at].status, claim.status))
				LOOK(l, "openvex.conflict", FINDING_WARNING, N_("{1} has the status {2} at the same instant elsewhere."),
				     claim.product, table[at].status, "/statements/%zu/products/%zu", i, k);
			table[at] = claim;
		}
	}
}

bool openvex_check(struct ctx *c, str bytes, struct findings *f)
{
	struct look l = { .c = c, .f = f };
	const struct json *list;
	bool old;

	findings_init(f);
	TRY(findings_read(c, f, bytes, &openvex_limits, &l.root));
	if (!l.root)
		return true;
	f->version = openvex_version(l.root);
	old = openvex_is(l.root) && (!f->version.p || str_eq(f->version, S("0.0.1")));
	if (old)
		look_find(&l, "openvex.version", FINDING_WARNING,
		          N_("This is the form of version 0.0.1; only its statements were judged."), STR_NONE, STR_NONE, S("/@context"));
	else
		TRY(findings_schema(c, f, schema_shared(&source), l.root, S("")));
	if (!old && f->valid && !str_eq(f->version, S("0.2.0")))
		look_find(&l, "openvex.version", FINDING_WARNING, N_("The context does not name version 0.2.0."), STR_NONE, STR_NONE,
		          S("/@context"));
	list = json_get(l.root, S("statements"));
	if (old && json_count(list) == 0)
		look_find(&l, "openvex.statement", FINDING_ERROR, N_("There is no statement."), STR_NONE, STR_NONE, S("/statements"));
	for (size_t i = 0; i < json_count(list); i++)
		statement_look(&l, json_at(list, i), i);
	claims_look(&l);
	return l.full ? fault(c, E_LIMIT, NULL, N_("There is not enough memory to check this document.")) : true;
}
