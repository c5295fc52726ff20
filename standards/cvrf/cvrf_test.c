#include "base/test.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "platform/json/json_text_test.h"
#include "standards/csaf/csaf_convert.h"
#include "standards/cvrf/cvrf.h"

static const struct cvrf_options publisher = { S_INIT("Example PSIRT"), S_INIT("https://psirt.example.com"), STR_NONE };

#define BEGIN "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cvrf:cvrfdoc xmlns:cvrf=\"http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/cvrf\"" \
	" xmlns=\"http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/cvrf\"" \
	" xmlns:prod=\"http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/prod\"" \
	" xmlns:vuln=\"http://docs.oasis-open.org/csaf/ns/csaf-cvrf/v1.2/vuln\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" \
	" xsi:schemaLocation=\"urn:x x.xsd\">"
#define HEAD "<DocumentTitle xml:lang=\"en\">Overflow in Example Device</DocumentTitle><DocumentType>Security Advisory</DocumentType>" \
	"<DocumentPublisher Type=\"Vendor\"><ContactDetails>psirt@example.com</ContactDetails></DocumentPublisher>" \
	"<DocumentTracking><Identification><ID> EX-1\n</ID><Alias>OLD-1</Alias></Identification><Status>Final</Status><Version>1.10</Version>" \
	"<RevisionHistory><Revision><Number>1.9</Number><Date>2024-01-01T00:00:00Z</Date><Description>First</Description></Revision>" \
	"<Revision><Number>1.10</Number><Date>2024-01-02T00:00:00</Date><Description>Second</Description></Revision></RevisionHistory>" \
	"<InitialReleaseDate>2024-01-01T00:00:00Z</InitialReleaseDate><CurrentReleaseDate>2024-01-02T00:00:00Z</CurrentReleaseDate>" \
	"<Generator><Engine>Writer 1</Engine></Generator></DocumentTracking>"
#define NOTES "<DocumentNotes><Note Title=\"Summary\" Type=\"Summary\" Ordinal=\"1\">An overflow &amp; more.</Note>" \
	"<Note Type=\"Legal Disclaimer\" Ordinal=\"7\">As is.</Note></DocumentNotes>"
#define TREE "<prod:ProductTree><prod:Branch Type=\"Vendor\" Name=\"Example\"><prod:Branch Type=\"Product Name\" Name=\"Device\">" \
	"<prod:Branch Type=\"Product Version\" Name=\"1.0\"><prod:FullProductName ProductID=\"P1\" CPE=\"cpe:/a:example:device:1.0\">Device 1.0" \
	"</prod:FullProductName></prod:Branch><prod:Branch Type=\"Realm\" Name=\"R\"><prod:FullProductName ProductID=\"P2\" CPE=\"cpe\">Device R" \
	"</prod:FullProductName></prod:Branch></prod:Branch></prod:Branch><prod:FullProductName ProductID=\"P3\">Case</prod:FullProductName>" \
	"<prod:Relationship ProductReference=\"P1\" RelationType=\"Installed On\" RelatesToProductReference=\"P3\">" \
	"<prod:FullProductName ProductID=\"P4\">Device 1.0 in Case</prod:FullProductName><prod:FullProductName ProductID=\"P5\">Second</prod:FullProductName>" \
	"</prod:Relationship><prod:ProductGroups><prod:Group GroupID=\"G\"><prod:Description>All</prod:Description><prod:ProductID>P1</prod:ProductID>" \
	"<prod:ProductID>P2</prod:ProductID></prod:Group></prod:ProductGroups></prod:ProductTree>"
#define SCORES "<vuln:CVSSScoreSets><vuln:ScoreSetV2><vuln:BaseScoreV2>10.0</vuln:BaseScoreV2><vuln:VectorV2>(AV:N/AC:L/Au:N/C:C/I:C/A:C)</vuln:VectorV2>" \
	"</vuln:ScoreSetV2><vuln:ScoreSetV3><vuln:BaseScoreV3>9.8</vuln:BaseScoreV3><vuln:VectorV3>CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</vuln:VectorV3>" \
	"<vuln:ProductID>P1</vuln:ProductID></vuln:ScoreSetV3><vuln:ScoreSetV3><vuln:BaseScoreV3>9.1</vuln:BaseScoreV3>" \
	"<vuln:VectorV3>AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</vuln:VectorV3></vuln:ScoreSetV3></vuln:CVSSScoreSets>"
#define VULN "<vuln:Vulnerability Ordinal=\"1\"><vuln:Title>Overflow</vuln:Title><vuln:ID SystemName=\"Example Bugs\">B-1</vuln:ID>" \
	"<vuln:Notes><vuln:Note Type=\"Description\" Ordinal=\"1\">It overflows.</vuln:Note></vuln:Notes>" \
	"<vuln:DiscoveryDate>2023-12-01T00:00:00Z</vuln:DiscoveryDate><vuln:ReleaseDate>2024-01-01T00:00:00Z</vuln:ReleaseDate>" \
	"<vuln:Involvements><vuln:Involvement Party=\"Vendor\" Status=\"In Progress\"/></vuln:Involvements><vuln:CVE>CVE-2024-1000</vuln:CVE>" \
	"<vuln:CWE ID=\"CWE-787\"> Out-of-bounds Write </vuln:CWE><vuln:CWE ID=\"CWE-1\">None</vuln:CWE>" \
	"<vuln:ProductStatuses><vuln:Status Type=\"Known Affected\"><vuln:ProductID>P1</vuln:ProductID><vuln:ProductID>P2</vuln:ProductID></vuln:Status>" \
	"<vuln:Status Type=\"Fixed\"><vuln:ProductID>P3</vuln:ProductID></vuln:Status></vuln:ProductStatuses>" \
	"<vuln:Threats><vuln:Threat Type=\"Impact\"><vuln:Description>All of it.</vuln:Description></vuln:Threat></vuln:Threats>" SCORES \
	"<vuln:Remediations><vuln:Remediation Type=\"Workaround\"><vuln:Description>Switch it off.</vuln:Description></vuln:Remediation>" \
	"<vuln:Remediation Type=\"Will Not Fix\"><vuln:Description>Too old.</vuln:Description><vuln:GroupID>G</vuln:GroupID></vuln:Remediation>" \
	"</vuln:Remediations><vuln:References><vuln:Reference><vuln:URL>https://example.com/1</vuln:URL></vuln:Reference></vuln:References>" \
	"<vuln:Acknowledgments><vuln:Acknowledgment><vuln:Name>Ada</vuln:Name><vuln:Organization>One</vuln:Organization>" \
	"<vuln:Organization>Two</vuln:Organization></vuln:Acknowledgment></vuln:Acknowledgments></vuln:Vulnerability>"
#define END "</cvrf:cvrfdoc>"

static const struct json *turned(struct ctx *c, const char *xml, struct cvrf_converted *r)
{
	const struct json *out = NULL;
	struct buf b;

	buf_init(&b, c->arena, 8 << 20);
	check_ok(c, cvrf_convert(c, str_of(xml), &publisher, r, &b));
	for (size_t i = 0; i < r->judged.n; i++)
		check_str(STR_CAT(c->arena, str_of(r->judged.v[i].test), S(" "), r->judged.v[i].pointer), S(""));
	check_ok(c, json_parse(c, buf_str(&b), NULL, &out));
	return out;
}

static bool told(const struct cvrf_converted *r, const char *path, const char *one)
{
	for (size_t i = 0; i < r->notes.n; i++)
		if (str_eq(r->notes.v[i].pointer, str_of(path)) && (!one || str_eq(r->notes.v[i].arg[0], str_of(one))))
			return true;
	return false;
}

/* meets CSAF-2.0 9.1.5 */
TEST(a_whole_cvrf_document_becomes_csaf)
{
	struct cvrf_converted r;
	const struct json *d = turned(c, BEGIN HEAD NOTES TREE VULN END, &r), *v = json_point(d, S("/vulnerabilities/0"));

	check_str(json_text_at(c, d, "/document/category"), S("csaf_security_advisory"));
	check_str(json_text_at(c, d, "/document/lang"), S("en"));
	check_str(json_text_at(c, d, "/document/publisher"), S("{\"category\":\"vendor\",\"contact_details\":\"psirt@example.com\",\"name\":\"Example PSIRT\","
	          "\"namespace\":\"https://psirt.example.com\"}"));
	check_str(json_text_at(c, d, "/document/notes/0"), S("{\"category\":\"summary\",\"text\":\"An overflow & more.\",\"title\":\"Summary\"}"));
	check_str(json_text_at(c, d, "/document/notes/1/category"), S("legal_disclaimer"));
	/* 1.10 comes after 1.9; neither is a semantic version */
	check_str(json_text_at(c, d, "/document/tracking/version"), S("2"));
	check_str(json_text_at(c, d, "/document/tracking/revision_history/1"), S("{\"date\":\"2024-01-02T00:00:00Z\",\"legacy_version\":\"1.10\",\"number\":\"2\","
	          "\"summary\":\"Second\"}"));
	check_str(json_text_at(c, d, "/document/tracking/id"), S("EX-1"));
	check_str(json_text_at(c, d, "/document/tracking/generator"), S("{\"engine\":{\"name\":\"Writer 1\"}}"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/0/product"), S("{\"name\":\"Device 1.0\",\"product_id\":\"P1\","
	          "\"product_identification_helper\":{\"cpe\":\"cpe:/a:example:device:1.0\"}}"));
	check_str(json_text_at(c, d, "/product_tree/branches/0/branches/0/branches/1/category"), S("product_name"));
	check_str(json_text_at(c, d, "/product_tree/relationships/0/full_product_name/product_id"), S("P4"));
	check_str(json_text_at(c, d, "/product_tree/product_groups/0"), S("{\"group_id\":\"G\",\"product_ids\":[\"P1\",\"P2\"],\"summary\":\"All\"}"));
	check_str(json_text_at(c, v, "/cwe"), S("{\"id\":\"CWE-787\",\"name\":\"Out-of-bounds Write\"}"));
	check_str(json_text_at(c, v, "/ids"), S("[{\"system_name\":\"Example Bugs\",\"text\":\"B-1\"}]"));
	check_str(json_text_at(c, v, "/involvements/0"), S("{\"party\":\"vendor\",\"status\":\"in_progress\"}"));
	check_str(json_text_at(c, v, "/remediations/0/product_ids"), S("[\"P1\",\"P2\"]"));
	check_str(json_text_at(c, v, "/remediations/1"), S("{\"category\":\"no_fix_planned\",\"details\":\"Too old.\",\"group_ids\":[\"G\"]}"));
	check_str(json_text_at(c, v, "/references/0"), S("{\"summary\":\"https://example.com/1\",\"url\":\"https://example.com/1\"}"));
	check_str(json_text_at(c, v, "/acknowledgments/0/organization"), S("One"));
	check(told(&r, "/cvrfdoc/DocumentTracking/Identification/ID", " EX-1\n"));
	check(told(&r, "/cvrfdoc/DocumentTracking/RevisionHistory/Revision[2]", "2024-01-02T00:00:00"));
	check(told(&r, "/cvrfdoc/DocumentNotes/Note[2]", "7"));
	check(told(&r, "/cvrfdoc/ProductTree/Branch/Branch/Branch[2]", "Realm"));
	check(told(&r, "/cvrfdoc/ProductTree/Branch/Branch/Branch[2]/FullProductName", "cpe"));
	check(told(&r, "/cvrfdoc/ProductTree/Relationship/FullProductName[2]", "Second"));
	check(told(&r, "/cvrfdoc/Vulnerability/CWE[2]", "CWE-1"));
	check(told(&r, "/cvrfdoc/Vulnerability/Acknowledgments/Acknowledgment/Organization[2]", "Two"));
}

/* meets CSAF-2.0 9.1.5 */
TEST(scores_are_computed_and_the_newer_one_stays)
{
	struct cvrf_converted r;
	const struct json *d = turned(c, BEGIN HEAD NOTES TREE VULN END, &r), *v = json_point(d, S("/vulnerabilities/0/scores"));

	check_int(json_count(v), 3);
	check_str(json_text_at(c, v, "/0"), S("{\"cvss_v2\":{\"baseScore\":10.0,\"vectorString\":\"AV:N/AC:L/Au:N/C:C/I:C/A:C\",\"version\":\"2.0\"},"
	          "\"products\":[\"P1\",\"P2\"]}"));
	check_str(json_text_at(c, v, "/1/products"), S("[\"P1\"]"));
	check_str(json_text_at(c, v, "/1/cvss_v3/baseSeverity"), S("CRITICAL"));
	/* the third tells no version: 3.0, and P1 has one of 3.1 */
	check_str(json_text_at(c, v, "/2/cvss_v3/vectorString"), S("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
	check_str(json_text_at(c, v, "/2/products"), S("[\"P2\"]"));
	check(told(&r, "/cvrfdoc/Vulnerability/CVSSScoreSets/ScoreSetV3[2]", "3.0"));
	check(told(&r, "/cvrfdoc/Vulnerability/CVSSScoreSets/ScoreSetV3[2]", "P1"));
	check(told(&r, "/cvrfdoc/Vulnerability/CVSSScoreSets/ScoreSetV3[2]/BaseScoreV3", "9.1"));
}

/* meets CSAF-2.0 9.1.5 */
TEST(the_version_of_cvss_comes_from_the_namespace_first)
{
	static const char *const begins[] = {
		"<vuln:ScoreSetV3 xmlns:vuln=\"https://www.first.org/cvss/cvss-v3.1.xsd\">", "<vuln:ScoreSetV3>",
	};

	for (int i = 0; i < 2; i++) {
		struct cvrf_converted r;
		struct buf b;
		const struct json *d;

		buf_init(&b, c->arena, 1 << 16);
		buf_add(&b, S(BEGIN HEAD TREE "<vuln:Vulnerability><vuln:ProductStatuses><vuln:Status Type=\"Known Affected\"><vuln:ProductID>P1"
		              "</vuln:ProductID></vuln:Status></vuln:ProductStatuses><vuln:CVSSScoreSets>"));
		buf_add(&b, str_of(begins[i]));
		buf_add(&b, S("<vuln:VectorV3>AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H</vuln:VectorV3></vuln:ScoreSetV3></vuln:CVSSScoreSets>"
		              "</vuln:Vulnerability>" END));
		d = turned(c, cstr(c->arena, buf_str(&b)), &r);
		check_str(json_text_at(c, d, "/vulnerabilities/0/scores/0/cvss_v3/version"), i ? S("3.0") : S("3.1"));
		/* it says nothing else of the vulnerability: not enough for its profile */
		check_str(json_text_at(c, d, "/document/category"), S("csaf_base"));
	}
}

/* meets CSAF-2.0 9.1.5 */
TEST(what_is_no_part_of_cvrf_is_told_and_what_has_no_products_is_an_error)
{
	struct cvrf_converted r;

	(void)turned(c, BEGIN HEAD "<Own k=\"v\">text</Own>" TREE "<vuln:Vulnerability Own=\"1\"><vuln:Notes><vuln:Note Type=\"Odd\">N</vuln:Note></vuln:Notes>"
	             "<vuln:Remediations><vuln:Remediation Type=\"Vendor Fix\"><vuln:Description>D</vuln:Description></vuln:Remediation></vuln:Remediations>"
	             "<vuln:CVSSScoreSets><vuln:ScoreSetV3><vuln:BaseScoreV3>9.8</vuln:BaseScoreV3></vuln:ScoreSetV3></vuln:CVSSScoreSets>"
	             "</vuln:Vulnerability>" END, &r);
	check(told(&r, "/cvrfdoc/Own", "Own"));
	check(told(&r, "/cvrfdoc/Vulnerability", "Own"));
	check(told(&r, "/cvrfdoc/Vulnerability/Notes/Note", "Odd"));
	check(told(&r, "/cvrfdoc/Vulnerability/Remediations/Remediation", NULL));
	check(told(&r, "/cvrfdoc/Vulnerability/CVSSScoreSets/ScoreSetV3", NULL));
	check_int(r.notes.count[FINDING_ERROR], 2);
}

TEST(languages_that_differ_are_none)
{
	struct cvrf_converted r;
	const struct json *d = turned(c, BEGIN HEAD "<DocumentNotes><Note xml:lang=\"ja\" Type=\"Summary\">要約</Note></DocumentNotes>" END, &r);

	check_str(json_text_at(c, d, "/document/lang"), S("-"));
	check(told(&r, "/cvrfdoc", "en, ja"));
}

TEST(the_result_becomes_csaf_2_1_as_well)
{
	struct cvrf_converted r;
	struct csaf_converted r21;
	struct buf b, b21;

	buf_init(&b, c->arena, 8 << 20);
	buf_init(&b21, c->arena, 8 << 20);
	check_ok(c, cvrf_convert(c, S(BEGIN HEAD NOTES END), &publisher, &r, &b));
	check_ok(c, csaf_convert(c, buf_str(&b), NULL, &r21, &b21));
	for (size_t i = 0; i < r21.judged.n; i++)
		check_str(csaf_sentence(c->arena, &r21.judged.v[i]), S(""));
	check(r21.judged.valid);
}

/* meets CSAF-2.0 9.1.5 */
TEST(what_is_no_cvrf_or_has_no_publisher_is_refused)
{
	static const struct { const char *text; enum fault_code code; } bad[] = {
		{ "", E_SYNTAX }, { "<", E_SYNTAX }, { "\xff", E_SYNTAX }, { "{}", E_SYNTAX }, { "<a/>", E_INVALID }, { "<cvrfdoc/>", E_INVALID },
		{ "<!DOCTYPE cvrfdoc [<!ENTITY a \"b\">]><cvrfdoc>&a;</cvrfdoc>", E_INVALID },
		{ "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><cvrfdoc/>", E_INVALID },
	};
	struct cvrf_options nobody = { STR_NONE, STR_NONE, STR_NONE };
	struct cvrf_converted r;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!cvrf_convert(c, str_of(bad[i].text), &publisher, &r, &b));
		check_int(c->fault.code, bad[i].code);
	}
	check(!cvrf_convert(c, S(BEGIN END), &nobody, &r, &b));
	check_fault(c, E_INVALID, "author");
	nobody.author = S("A");
	check(!cvrf_convert(c, S(BEGIN END), &nobody, &r, &b));
	check_fault(c, E_INVALID, "site");
	/* well formed and empty: converted, not valid */
	check_ok(c, cvrf_convert(c, S(BEGIN END), &publisher, &r, &b));
	check(!r.judged.valid);
	check(cvrf_sniff(S("\xEF\xBB\xBF \n<a/>")) && !cvrf_sniff(S("{}")) && !cvrf_sniff(S("")));
}

/* Elements and attributes that vanish, are doubled or change their names. */
TEST(mutated_cvrf_is_converted_or_refused)
{
	static const char text[] = BEGIN HEAD NOTES TREE VULN END;
	static const char *const words[] = { "P1", "P2", "G", "Fixed", "Known Affected", "Vendor", "1.10", "1.9", "CVE", "ProductID", "2024-01-01T00:00:00Z" };
	enum { WORDS = 11 };
	uint64_t state = 88172645463325252u;
	int good = 0;

	for (int i = 0; i < 1500; i++) {
		struct cvrf_converted r;
		struct arena a;
		struct ctx d;
		struct buf b, t;

		arena_init(&a, 64 << 20);
		ctx_init(&d, &a);
		buf_init(&t, &a, 1 << 20);
		buf_init(&b, &a, 1 << 20);
		for (size_t at_ = 0; at_ < sizeof(text) - 1;) {
			size_t k = 0;

			while (k < WORDS && strncmp(text + at_, words[k], strlen(words[k])) != 0)
				k++;
			state ^= state << 13, state ^= state >> 7, state ^= state << 17;
			if (k < WORDS && state % 24 == 0) {
				buf_add(&t, str_of(words[(state >> 32) % WORDS]));
				at_ += strlen(words[k]);
			} else {
				buf_char(&t, text[at_++]);
			}
		}
		if (cvrf_convert(&d, buf_str(&t), &publisher, &r, &b))
			good++;
		else
			check(d.fault.code == E_SYNTAX);
		arena_done(&a);
	}
	check(good > 100);
}
