#include "base/test.h"

#include "platform/json/json.h"
#include "platform/json/schema.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_review.h"
#include "standards/csaf/csaf_write.h"
#include "standards/csaf/provider.h"

static str written(struct ctx *c, const struct csaf_doc *d)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, csaf_write(c, d, &b));
	return buf_str(&b);
}

/* No error, and of the warnings none but those named. */
static void check_clean(struct ctx *c, str text, const char *allowed)
{
	struct csaf_findings f;

	check_ok(c, csaf_check(c, text, NULL, &f));
	for (size_t i = 0; i < f.n; i++)
		if (f.v[i].class == CSAF_ERROR ||
		    (f.v[i].class == CSAF_WARNING && !(allowed && str_eq(str_of(f.v[i].test), str_of(allowed)))))
			check_str(STR_CAT(c->arena, str_of(f.v[i].test), S(" "), f.v[i].pointer, S(": "),
			                  csaf_sentence(c->arena, &f.v[i])), S("nothing"));
	check(f.valid);
}

static struct csaf_doc advisory(time_us now)
{
	static const struct csaf_release releases[] = {
		{ .vendor = S_INIT("Example"), .product = S_INIT("Gate"), .version = S_INIT("2.0"),
		  .id = S_INIT("CSAFPID-2"), .purl = S_INIT("pkg:generic/gate@2.0") },
		{ .vendor = S_INIT("Example"), .family = S_INIT("Lamps"), .product = S_INIT("Lamp"),
		  .version = S_INIT("vers:generic/<1.5"), .range = true, .id = S_INIT("CSAFPID-3"),
		  .cpe = S_INIT("cpe:2.3:h:example:lamp:-:*:*:*:*:*:*:*") },
		{ .vendor = S_INIT("Example"), .product = S_INIT("Gate"), .version = S_INIT("1.0"),
		  .id = S_INIT("CSAFPID-1"), .purl = S_INIT("pkg:generic/gate@1.0") },
	};
	static const str affected[] = { S_INIT("CSAFPID-1"), S_INIT("CSAFPID-3") };
	static const str fixed[] = { S_INIT("CSAFPID-2") };
	static const struct csaf_vector vectors[] = {
		{ S_INIT("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P"), { affected, 2 } },
		{ S_INIT("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"), { affected, 2 } },
	};
	static const struct csaf_remedy remedies[] = {
		{ .category = "vendor_fix", .details = S_INIT("Install 2.0."), .lang = S_INIT("en"),
		  .url = S_INIT("https://example.com/2.0"), .products = { affected, 2 }, .restart = "system" },
		{ .category = "vendor_fix", .details = S_INIT("2.0 を導入してください。"), .lang = S_INIT("ja"),
		  .products = { affected, 2 } },
	};
	static const struct csaf_note notes[] = {
		{ .category = "summary", .lang = S_INIT("en"), .title = S_INIT("Summary"),
		  .text = S_INIT("A remote attacker can open the gate.") },
		{ .category = "summary", .lang = S_INIT("ja"), .title = S_INIT("概要"),
		  .text = S_INIT("遠隔の攻撃者が門を開けることができます。") },
	};
	static const str names[] = { S_INIT("Jane Doe") };
	static const struct csaf_thanks thanks[] = {
		{ .names = { names, 1 }, .summary = S_INIT("for reporting it") },
	};
	static const struct csaf_id ids[] = { { S_INIT("Example"), S_INIT("PSIRT-2026-0001") } };
	static const struct csaf_link links[] = { { false, S_INIT("Manual"), S_INIT("https://example.com/") } };
	static struct csaf_revision revisions[1];
	static struct csaf_vulnerability vulnerability;

	revisions[0] = (struct csaf_revision){ .date = now, .number = S("1.0.0"), .summary = S("First.") };
	vulnerability = (struct csaf_vulnerability){
		.title = S("Open gate"), .cve = S("CVE-2026-0001"), .cwe = 79,
		.status = { [KNOWN_AFFECTED] = { affected, 2 }, [STATUS_FIXED] = { fixed, 1 } },
		.ids = { ids, 1 }, .vectors = { vectors, 2 }, .remedies = { remedies, 2 },
		.notes = { notes, 2 }, .links = { links, 1 }, .thanked = { thanks, 1 },
	};
	return (struct csaf_doc){
		.category = "csaf_security_advisory", .title = S("Open gate"), .lang = S("en"),
		.tlp = "WHITE", .severity = S("Critical"), .id = S("Example_2026_1"), .status = "final",
		.publisher = { "vendor", S("Example"), S("https://example.com"), S("psirt@example.com") },
		.version = S("1.0.0"), .initial_release = now, .current_release = now, .generated = now,
		.engine = S("psirt"), .engine_version = S("1.0"), .revisions = { revisions, 1 },
		.notes = { notes, 2 }, .base_url = S("https://example.com/csaf/white"),
		.releases = { releases, 3 }, .vulnerabilities = { &vulnerability, 1 },
	};
}

TEST(a_written_advisory_has_no_errors_and_no_warnings)
{
	struct csaf_doc d = advisory(c->now);
	const struct json *v;
	str text = written(c, &d);

	check_clean(c, text, NULL);
	check_ok(c, json_parse(c, text, NULL, &v));
	check_int(json_count(json_point(v, S("/product_tree/branches"))), 1);
	check_str(json_str(json_point(v, S("/document/references/0/url"))),
	          S("https://example.com/csaf/white/2026/example_2026_1.json"));
	check_str(json_number(json_point(v, S("/vulnerabilities/0/scores/0/cvss_v3/baseScore"))), S("9.8"));
	check_str(json_str(json_point(v, S("/vulnerabilities/0/notes/1/title"))), S("CVSS v4.0"));
	check_int(json_count(json_point(v, S("/vulnerabilities/0/remediations"))), 1);
}

TEST(the_japanese_edition_has_the_japanese_texts)
{
	struct csaf_doc d = advisory(c->now);
	const struct json *v;
	str text;

	d.lang = S("ja");
	text = written(c, &d);
	check_clean(c, text, NULL);
	check_ok(c, json_parse(c, text, NULL, &v));
	check_str(json_str(json_point(v, S("/document/notes/0/title"))), S("概要"));
}

TEST(a_vector_or_weakness_that_is_not_known_is_refused)
{
	struct csaf_doc d = advisory(c->now);
	struct csaf_vulnerability v = *d.vulnerabilities.v;
	struct csaf_vector bad = { S("CVSS:3.1/AV:Z"), { NULL, 0 } };
	struct buf b;

	d.vulnerabilities.v = &v;
	v.cwe = 999999;
	buf_init(&b, c->arena, 1 << 20);
	check(!csaf_write(c, &d, &b));
	check_fault(c, E_INVALID, "cwe");
	v.cwe = 79;
	v.vectors.v = &bad;
	v.vectors.n = 1;
	buf_init(&b, c->arena, 1 << 20);
	check(!csaf_write(c, &d, &b));
	check_fault(c, E_INVALID, "vector");
	d = advisory(c->now);
	buf_init(&b, c->arena, 100);
	check(!csaf_write(c, &d, &b));
	check_fault(c, E_LIMIT, NULL);
}

/* The same provider's metadata of CSAF 2.1. */
static void metadata21_check(struct ctx *c, struct provider p)
{
	const struct provider_feed feed = { p.feeds.v[0].summary, p.feeds.v[0].url, "CLEAR", c->now };
	struct schema_errors e;
	const struct json *v;
	struct buf b;

	p.v21           = true;
	p.maintained_from = c->now + DAY;
	p.directory_tlp = "CLEAR";
	p.feeds.v       = &feed;
	buf_init(&b, c->arena, 65536);
	provider_metadata_print(c, &p, &b);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	if (!schema_check(csaf_schema(SCHEMA_PROVIDER21), c, v, &e))
		check_str(STR_CAT(c->arena, e.v[0].pointer, str_of(e.v[0].text)), S("valid"));
	check_str(json_str(json_point(v, S("/distributions/0/directory/tlp_label"))), S("CLEAR"));
	check_str(json_str(json_point(v, S("/maintained_from"))), time_print(c->arena, p.maintained_from));
	check_str(json_str(json_point(v, S("/distributions/1/rolie/feeds/0/last_updated"))), S("2026-11-24T00:00:00Z"));
}

/* meets CSAF-2.0 7.1.7; CSAF-2.1 7.1.7 */
TEST(provider_metadata_is_valid_by_its_schema)
{
	static const struct provider_feed feeds[] = {
		{ S_INIT("Public advisories"), S_INIT("https://example.com/csaf/feed-tlp-white.json"), "WHITE" },
	};
	static const struct provider_key keys[] = {
		{ S_INIT("8F5F267907B2C4559DB360DB2294BA7D2B2298B1"), S_INIT("https://example.com/key.asc") },
	};
	struct provider p = {
		.canonical_url = S("https://example.com/.well-known/csaf/provider-metadata.json"),
		.last_updated = c->now, .list = true, .mirror = true, .role = "csaf_trusted_provider",
		.publisher = { "vendor", S("Example"), S("https://example.com") },
		.directory_url = S("https://example.com/csaf/white/"), .feeds = { feeds, 1 }, .keys = { keys, 1 },
	};
	struct schema_errors e;
	const struct json *v;
	struct buf b;

	buf_init(&b, c->arena, 65536);
	provider_metadata_print(c, &p, &b);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &v));
	if (!schema_check(csaf_schema(SCHEMA_PROVIDER), c, v, &e))
		check_str(STR_CAT(c->arena, e.v[0].pointer, str_of(e.v[0].text)), S("valid"));
	metadata21_check(c, p);
}

TEST(official_provider_and_aggregator_examples_are_valid)
{
	str dir = test_vectors(c);
	const struct json *v;
	static const struct { const char *file; enum csaf_schema schema; } files[] = {
		{ "csaf20/examples/provider-metadata/example-01-provider-metadata.json", SCHEMA_PROVIDER },
		{ "csaf20/examples/aggregator/example-01-aggregator.json", SCHEMA_AGGREGATOR },
		{ "csaf20/examples/aggregator/example-02-aggregator.json", SCHEMA_AGGREGATOR },
		{ "csaf20/examples/aggregator/example-03-aggregator.json", SCHEMA_AGGREGATOR },
		{ "csaf21/examples/aggregator/example-01-aggregator.json", SCHEMA_AGGREGATOR21 },
		{ "csaf21/examples/aggregator/example-02-aggregator.json", SCHEMA_AGGREGATOR21 },
		{ "csaf21/examples/aggregator/example-03-aggregator.json", SCHEMA_AGGREGATOR21 },
	};

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		str path = STR_CAT(c->arena, dir, S("/csaf/"), str_of(files[i].file));

		check_ok(c, json_parse(c, test_file(c, path), NULL, &v));
		if (!schema_check(csaf_schema(files[i].schema), c, v, NULL))
			check_str(str_of(files[i].file), S("valid"));
	}
}

TEST(an_aggregator_of_2_1_without_providers_is_not_valid)
{
	const struct json *v;

	check_ok(c, json_parse(c, S("{\"$schema\":\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/aggregator.json\",\"aggregator_version\":\"2.1\","
		"\"aggregator\":{\"category\":\"lister\",\"name\":\"L\",\"namespace\":\"https://l.example\"},"
		"\"canonical_url\":\"https://l.example/.well-known/csaf-aggregator/aggregator.json\",\"csaf_providers\":[],"
		"\"last_updated\":\"2026-11-01T10:00:00Z\"}"), NULL, &v));
	check(!schema_check(csaf_schema(SCHEMA_AGGREGATOR21), c, v, NULL));
}

/* meets CSAF-2.0 7.1.12, 7.1.13; CSAF-2.1 7.1.13 */
TEST(index_and_changes_are_sorted)
{
	struct provider_file files[] = {
		{ S("2026/b.json"), c->now }, { S("2025/z.json"), c->now + DAY }, { S("2026/a.json"), c->now },
	};
	struct buf b;

	buf_init(&b, c->arena, 4096);
	check_ok(c, provider_index_print(c, files, 3, &b));
	check_str(buf_str(&b), S("2025/z.json\n2026/a.json\n2026/b.json\n"));
	buf_init(&b, c->arena, 4096);
	check_ok(c, provider_changes_print(c, files, 3, false, &b));
	check_str(buf_str(&b), S("\"2025/z.json\",\"2026-11-25T00:00:00Z\"\n"
	                         "\"2026/a.json\",\"2026-11-24T00:00:00Z\"\n"
	                         "\"2026/b.json\",\"2026-11-24T00:00:00Z\"\n"));
	buf_init(&b, c->arena, 4096);
	check_ok(c, provider_changes_print(c, files, 2, true, &b));
	check_str(buf_str(&b), S("2025/z.json,2026-11-25T00:00:00Z\n2026/b.json,2026-11-24T00:00:00Z\n"));
	check_str(provider_hash_line(c->arena, S("ab"), S("a.json")), S("ab  a.json\n"));
}
