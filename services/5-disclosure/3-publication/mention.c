#include "services/5-disclosure/3-publication/mention.h"

#include "gen/mention.sql.h"

#include "base/buf.h"
#include "platform/json/json.h"
#include "platform/text/fold.h"
#include "services/5-disclosure/3-publication/past/history.h"
#include "standards/csaf/csaf.h"
#include "standards/cve/cve.h"

/* One advisory names at most so many products; more of a name than this finds nothing better. */
enum { PRODUCTS_MAX = 5000, WORD_MAX = 200, DEPTH_MAX = 40, PORTION = 20 };

struct reader { struct ctx *c; str number; int products; };

static bool cve_put(struct reader *r, str cve)
{
	return !cve_id_check(cve) || sql_mention_put(r->c, r->number, S("cve"), cve);
}

static bool product_put(struct reader *r, str name)
{
	str word;

	if (!str_trim(name).n || r->products++ >= PRODUCTS_MAX)
		return true;
	TRY(fold_text(r->c, name, &word));
	return sql_mention_put(r->c, r->number, S("product"), utf8_cut(str_trim(word), WORD_MAX));
}

/* What was read when less was kept is read again; nothing of it goes: a withdrawal is found by what was out before. */
#define READ_NOW S("2")

static bool begin(struct ctx *c, str number, bool anew, struct reader *r)
{
	*r = (struct reader){ .c = c, .number = number };
	if (anew)
		TRY(sql_mention_drop(c, number));
	return sql_mention_put(c, number, S("read"), READ_NOW);
}

/* What machines know it by: CPE name, package URLs, model and serial numbers, SKUs. */
static bool identifiers_read(struct reader *r, const struct json *product)
{
	static const char *const lists[] = { "purls", "model_numbers", "serial_numbers", "skus" };
	const struct json *h = json_get(product, S("product_identification_helper"));

	TRY(product_put(r, json_get_str(h, S("cpe"))));
	TRY(product_put(r, json_get_str(h, S("purl"))));
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		for (JSON_ITEMS(x, json_get(h, str_of(lists[i]))))
			TRY(product_put(r, json_str(x)));
	return true;
}

static bool full_read(struct reader *r, const struct json *product)
{
	TRY(product_put(r, json_get_str(product, S("name"))));
	return identifiers_read(r, product);
}

/* Names of vendors, products and whole products; versions alone say little. */
static bool branches_read(struct reader *r, const struct json *list, int depth)
{
	for (JSON_ITEMS(x, depth < DEPTH_MAX ? list : NULL)) {
		str kind = json_get_str(x, S("category"));

		if (!str_starts(kind, S("product_version")))
			TRY(product_put(r, json_get_str(x, S("name"))));
		TRY(full_read(r, json_get(x, S("product"))));
		TRY(branches_read(r, json_get(x, S("branches")), depth + 1));
	}
	return true;
}

static bool document_read(struct reader *r, str csaf)
{
	const struct json *root, *tree;

	TRY(json_parse(r->c, csaf, &csaf_limits, &root));
	for (JSON_ITEMS(v, json_get(root, S("vulnerabilities"))))
		TRY(cve_put(r, json_get_str(v, S("cve"))));
	tree = json_get(root, S("product_tree"));
	TRY(branches_read(r, json_get(tree, S("branches")), 0));
	for (JSON_ITEMS(x, json_get(tree, S("full_product_names"))))
		TRY(full_read(r, x));
	for (JSON_ITEMS(x, json_get(tree, S("relationships"))))
		TRY(full_read(r, json_get(x, S("full_product_name"))));
	return true;
}

bool mention_keep(struct ctx *c, str number, str csaf, str translation)
{
	struct reader r;

	TRY(begin(c, number, true, &r));
	TRY(document_read(&r, csaf));
	return !translation.n || document_read(&r, translation);
}

bool mention_keep_past(struct ctx *c, str number)
{
	struct mention_past_cves_rows     cves;
	struct mention_past_products_rows products;
	struct reader                     r;

	TRY(begin(c, number, true, &r));
	TRY(sql_mention_past_cves(c, number, &cves));
	for (size_t i = 0; i < cves.n; i++)
		TRY(cve_put(&r, cves.v[i].cve));
	TRY(sql_mention_past_products(c, number, &products));
	for (size_t i = 0; i < products.n; i++) {
		TRY(product_put(&r, products.v[i].name));
		TRY(product_put(&r, STR_CAT(c->arena, products.v[i].vendor, S(" "), products.v[i].product, S(" "), products.v[i].release)));
	}
	return true;
}

bool mention_catch_up(struct ctx *c)
{
	struct mention_missing_rows missing;
	struct mention_documents_rows d;
	struct reader               r;

	TRY(sql_mention_missing(c, READ_NOW, PORTION, &missing));
	for (size_t i = 0; i < missing.n; i++) {
		if (missing.v[i].past) {
			TRY(mention_keep_past(c, missing.v[i].number));
			continue;
		}
		TRY(begin(c, missing.v[i].number, false, &r));
		TRY(sql_mention_documents(c, missing.v[i].number, &d));
		for (size_t k = 0; k < d.n; k++)
			TRY(document_read(&r, d.v[k].bytes));
		TRY(search_put_all(c, &advisory_source, missing.v[i].number));
	}
	return true;
}

bool mention_cve(struct ctx *c, str cve, str *out)
{
	char *p;

	*out = STR_NONE;
	TRY(fold_text(c, cve, &cve));   /* any dash, any width */
	cve = str_trim(cve);
	if (!cve.n)
		return true;
	p = cstr(c->arena, cve);
	for (size_t i = 0; i < cve.n && i < 3; i++)
		if (p[i] >= 'a' && p[i] <= 'z')
			p[i] = (char)(p[i] - 32);
	*out = (str){ p, cve.n };
	return cve_id_check(*out) || fault(c, E_INVALID, "cve", N_("A CVE ID looks like CVE-2026-12345."));
}

bool mention_product(struct ctx *c, str product, str *out)
{
	struct buf b;
	str        word;

	*out = STR_NONE;
	TRY(fold_text(c, product, &word));
	word = utf8_cut(str_trim(word), WORD_MAX);
	if (!word.n)
		return true;
	buf_init(&b, c->arena, 2 * word.n + 2);
	buf_char(&b, '%');
	for (size_t i = 0; i < word.n; i++) {
		if (word.p[i] == '%' || word.p[i] == '_' || word.p[i] == '!')
			buf_char(&b, '!');
		buf_char(&b, word.p[i]);
	}
	buf_char(&b, '%');
	*out = buf_str(&b);
	return true;
}
