#include "services/5-disclosure/3-publication/mention.h"

#include "gen/mention.sql.h"

#include "services/5-disclosure/3-publication/past/history_test.h"
#include "services/5-disclosure/3-publication/publication_test.h"

static size_t found(struct ctx *c, struct house *h, const char *name, const char *value)
{
	struct sheet s;

	check_ok(c, house_see(c, &h->nobody, "advisory.list", &s, name, value, NULL));
	return house_count(&s, "advisories");
}

static void write_as_house(struct ctx *c, bool (*work)(struct ctx *c))
{
	struct db_viewer house = { S("system"), S("*") };

	check_ok(c, db_begin(c, DB_WRITE, &house));
	check_ok(c, work(c));
	check_ok(c, db_commit(c));
}

static bool forget(struct ctx *c)
{
	return sql_mention_drop(c, S("OW-2019-1")) && sql_mention_drop(c, S("PSIRT-SA-2026-0001"));
}

/* meets CSAF-2.0 9.1.6 */
TEST(a_former_advisory_is_found_by_its_cve_and_its_products)
{
	static const struct { const char *name, *value; size_t found; } rows[] = {
		{ "cve", "CVE-2019-10042", 1 }, { "cve", "CVE-2019-10043", 0 }, { "product", "gate 1", 1 }, { "product", "\xef\xbc\xa7\xef\xbc\xa1\xef\xbc\xb4\xef\xbc\xa5", 1 },
		{ "product", "Other Works", 1 }, { "product", "gate 3", 0 }, { "product", "g_te", 0 }, { "product", "!", 0 },
	};
	struct house h;
	struct sheet s;
	str          text = past_with(c, "https://other.example\"", "https://psirt.example.jp\"", NULL);

	house_open(c, &h, all, 2);
	check_ok(c, past_import(c, &h.analyst, &text, 1, &s));
	check_int(found(c, &h, "cve", "CVE-2019-10042"), 0);
	check_ok(c, house_do(c, &h.lead, "history.publish", &s, "id", cstr(c->arena, house_cell(c, &s, "files", 0, "id")), NULL));
	for (int again = 0; again < 2; again++) {
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			check_int(found(c, &h, rows[i].name, rows[i].value), rows[i].found);
		write_as_house(c, forget);
		check_int(found(c, &h, "cve", "CVE-2019-10042"), 0);
		write_as_house(c, mention_catch_up);
	}
	house_close(c);
}

TEST(what_was_out_before_is_read_by_the_clock)
{
	struct story t;

	published(c, &t);
	check_int(found(c, &t.h, "cve", "CVE-2026-10042"), 1);
	write_as_house(c, forget);
	check_int(found(c, &t.h, "cve", "CVE-2026-10042"), 0);
	write_as_house(c, mention_catch_up);
	check_int(found(c, &t.h, "cve", "CVE-2026-10042"), 1);
	write_as_house(c, mention_catch_up);
	house_close(c);
}

static bool keep(struct ctx *c)
{
	return mention_keep(c, S("PSIRT-SA-2026-0001"),
		S("{\"product_tree\":{\"branches\":[{\"category\":\"product_version\",\"name\":\"1.1\",\"product\":{\"product_id\":\"a\",\"name\":\"Gate 1.1\","
		  "\"product_identification_helper\":{\"cpe\":\"cpe:2.3:h:works:gate:1.1:*:*:*:*:*:*:*\",\"purl\":\"pkg:generic/works/gate@1.1\",\"model_numbers\":[\"GT-100\"]}}}],"
		  "\"full_product_names\":[{\"product_id\":\"b\",\"name\":\"Valve\",\"product_identification_helper\":{\"purls\":[\"pkg:npm/valve\"],\"skus\":[\"SKU-7\"]}}]}}"),
		STR_NONE);
}

/* meets CSAF-2.0 9.1.6: found by properties of the product tree, whatever machines know a product by */
TEST(what_is_out_is_found_by_the_identifiers_of_its_products)
{
	static const struct { const char *value; size_t found; } rows[] = {
		{ "cpe:2.3:h:works:gate", 1 }, { "pkg:generic/works", 1 }, { "gt-100", 1 }, { "pkg:npm/valve", 1 }, { "sku-7", 1 }, { "GT-200", 0 },
	};
	struct story t;

	published(c, &t);
	write_as_house(c, keep);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_int(found(c, &t.h, "product", rows[i].value), rows[i].found);
	house_close(c);
}
