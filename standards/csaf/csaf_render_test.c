#include "base/test.h"

#include <string.h>

#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_plain.h"
#include "standards/csaf/csaf_render.h"

static str shown(struct ctx *c, str document, enum csaf_form form)
{
	const struct json *root;
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	check_ok(c, json_parse(c, document, &csaf_limits, &root));
	check_ok(c, csaf_render(c, root, form, 80, &b));
	return buf_str(&b);
}

static bool has(str s, const char *word)
{
	return str_find(s, str_of(word), 0) != SIZE_MAX;
}

static size_t times(str s, const char *word)
{
	size_t n = 0;

	for (size_t at = 0; (at = str_find(s, str_of(word), at)) != SIZE_MAX; at++)
		n++;
	return n;
}

/* ---- a page is what we wrote: our elements, nested, and no others ---- */

static bool is_one(str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eq(s, str_of(*words)))
			return true;
	return false;
}

/* Name of the element in "<name …>"; every attribute must be one of ours. */
static str element(str tag)
{
	static const char *const attributes[] = {
		"charset", "class", "content", "datetime", "href", "http-equiv", "id", "lang", "name", "rel", "scope", NULL,
	};
	str rest = tag, name, part;

	if (!str_cut(&rest, ' ', &name))
		name = tag;
	while (rest.n) {
		size_t is = str_find(rest, S("=\""), 0), end;

		if (is == SIZE_MAX)
			break;
		part = str_slice(rest, 0, is);
		check(is_one(part, attributes));
		end = str_find(rest, S("\""), is + 2);
		check(end != SIZE_MAX);
		if (end == SIZE_MAX)
			break;
		if (str_eq(part, S("href")))
			check(str_starts(str_slice(rest, is + 2, end), S("http")) || rest.p[is + 2] == '#');
		rest = str_slice(rest, end + 2, rest.n);
	}
	return name;
}

static void page_check(str page)
{
	static const char *const ours[] = {
		"html", "head", "title", "style", "body", "main", "h1", "h2", "h3", "dl", "dt", "dd", "p", "span", "a", "time", "table",
		"article", "caption", "thead", "tbody", "tr", "th", "td", "ul", "li", "code", NULL,
	};
	static const char *const empty[] = { "meta", "br", "!DOCTYPE", NULL };
	str    open[64];
	size_t depth = 0, level = 0;

	check(utf8_check(page, NULL));
	for (size_t at = 0; (at = str_find(page, S("<"), at)) != SIZE_MAX; at++) {
		size_t end = str_find(page, S(">"), at);
		str    tag = str_slice(page, at + 1, end), name;

		if (tag.n && tag.p[0] == '/') {
			check(depth > 0 && str_eq(open[depth - 1], str_slice(tag, 1, tag.n)));
			depth -= depth > 0;
			continue;
		}
		name = element(tag);
		if (is_one(name, empty))
			continue;
		check(is_one(name, ours));
		check(depth < 64);
		if (depth < 64)
			open[depth++] = name;
		if (name.n == 2 && name.p[0] == 'h' && name.p[1] <= '6') {
			check((size_t)(name.p[1] - '0') <= level + 1);   /* no level of headings is left out */
			level = (size_t)(name.p[1] - '0');
		}
	}
	check_int(depth, 0);
	check_int(times(page, "<h1"), 1);
	check_int(times(page, "<table>"), times(page, "<caption"));
	check_int(times(page, "<th"), times(page, "scope=\"col\"") + times(page, "scope=\"row\"") + times(page, "<thead"));
}

#define HEAD(more) "{\"document\":{\"csaf_version\":\"2.0\",\"category\":\"csaf_vex\",\"lang\":\"en\",\"title\":\"Overflow\"," more \
	"\"tracking\":{\"id\":\"EX-1\",\"version\":\"1\",\"status\":\"final\",\"current_release_date\":\"2026-11-24T10:00:00+09:00\"," \
	"\"revision_history\":[{\"number\":\"1\",\"date\":\"2026-11-24T10:00:00Z\",\"summary\":\"First\"}]}}"

TEST(what_a_document_says_never_becomes_markup)
{
#define EVIL "</p></h1><script>alert(1)</script><img src=x onerror=alert(1)>\\\"' & \\u0000\\u001b[31m\\u202e]]>&lt;"
	str page = shown(c, S("{\"document\":{\"csaf_version\":\"2.0\",\"category\":\"" EVIL "\",\"lang\":\"en\\\" onload=\\\"x\",\"title\":\"" EVIL "\","
		"\"publisher\":{\"name\":\"" EVIL "\",\"category\":\"" EVIL "\",\"namespace\":\"javascript:alert(1)\",\"contact_details\":\"" EVIL "\"},"
		"\"notes\":[{\"category\":\"" EVIL "\",\"title\":\"" EVIL "\",\"text\":\"" EVIL "\\n" EVIL "\"}],"
		"\"references\":[{\"summary\":\"" EVIL "\",\"url\":\"https://x\\\"><script>\"},{\"summary\":\"a\",\"url\":\"JavaScript:alert(1)\"},"
		"{\"summary\":\"b\",\"url\":\"data:text/html,x\"},{\"summary\":\"c\",\"url\":\"https://example.com/?a=1&b='2'\"}],"
		"\"acknowledgments\":[{\"names\":[\"" EVIL "\"],\"urls\":[\"" EVIL "\"]}],"
		"\"tracking\":{\"id\":\"" EVIL "\",\"version\":\"" EVIL "\",\"initial_release_date\":\"" EVIL "\",\"revision_history\":[{\"number\":\"" EVIL "\"}]}},"
		"\"product_tree\":{\"full_product_names\":[{\"product_id\":\"" EVIL "\",\"name\":\"" EVIL "\",\"product_identification_helper\":{\"" EVIL "\":\"" EVIL "\"}}]},"
		"\"vulnerabilities\":[{\"cve\":\"" EVIL "\",\"title\":\"" EVIL "x\",\"product_status\":{\"known_affected\":[\"" EVIL "\",\"none\"]},"
		"\"scores\":[{\"cvss_v3\":{\"vectorString\":\"" EVIL "\",\"baseScore\":7.5},\"products\":[\"" EVIL "\"]}],"
		"\"remediations\":[{\"category\":\"" EVIL "\",\"details\":\"" EVIL "\",\"url\":\"" EVIL "\",\"restart_required\":{\"category\":\"" EVIL "\"}}]}]}"), FORM_HTML);

	page_check(page);
	check(!has(page, "<script") && !has(page, "<img") && !has(page, "href=\"j") && !has(page, "href=\"J") && !has(page, "href=\"data"));
	check(has(page, "&lt;script&gt;"));
	check(has(page, "href=\"https://example.com/?a=1&amp;b=&#39;2&#39;\""));
	check(!has(page, "onload=\"") && has(page, "<h1 lang=\"\">"));
	for (size_t i = 0; i < page.n; i++)
		check((unsigned char)page.p[i] >= 0x20 || page.p[i] == '\n');
	check(!has(page, "\u202e"));
#undef EVIL
}

TEST(the_page_needs_nothing_from_outside)
{
	str page = shown(c, S(HEAD("") "}"), FORM_HTML);

	page_check(page);
	check(has(page, "default-src 'none'"));
	check(!has(page, "src=") && !has(page, "@import") && !has(page, "url(") && !has(page, "<link"));
	check(has(page, "<html lang=\"en\">") && has(page, "<title>Overflow</title>"));
	check(has(page, "<time datetime=\"2026-11-24T01:00:00Z\">2026-11-24 01:00 UTC</time>"));
}

TEST(frame_and_document_each_have_their_language)
{
	str page;

	c->lang = LANG_JA;
	page = shown(c, S(HEAD("") "}"), FORM_HTML);
	page_check(page);
	check(has(page, "<html lang=\"ja\">") && has(page, "<h1 lang=\"en\">Overflow</h1>"));
	check(has(page, "更新履歴"));
	c->lang = LANG_EN;
	check(has(shown(c, S(HEAD("") "}"), FORM_HTML), "<h1>Overflow</h1>"));
}

static str many(struct ctx *c, int n, int items)
{
	struct buf b;

	buf_init(&b, c->arena, 64 << 20);
	buf_add(&b, S(HEAD("") ",\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":["
	              "{\"category\":\"product_name\",\"name\":\"Example Device\",\"branches\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s{\"category\":\"product_version\",\"name\":\"1.%d\",\"product\":{\"product_id\":\"P%d\",\"name\":\"Example Device 1.%d\"}}",
		        i ? "," : "", i, i, i);
	buf_add(&b, S("]}]}],\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":["));
	for (int i = 0; i < n; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("]}]},\"vulnerabilities\":[{\"cve\":\"CVE-2026-10001\",\"product_status\":{\"fixed\":["));
	for (int i = 0; i < n - 1; i++)
		buf_fmt(&b, "%s\"P%d\"", i ? "," : "", i);
	buf_add(&b, S("],\"known_affected\":[\"P9\"]},\"remediations\":["));
	for (int i = 0; i < items; i++)
		buf_fmt(&b, "%s{\"category\":\"vendor_fix\",\"details\":\"%d\",\"group_ids\":[\"G\"]}", i ? "," : "", i);
	buf_add(&b, S("]}]}"));
	return buf_str(&b);
}

TEST(twenty_thousand_products_make_a_short_page)
{
	str document = many(c, 20000, 1), page = shown(c, document, FORM_HTML), text = shown(c, document, FORM_TEXT);

	page_check(page);
	check(page.n < 10000 && text.n < 4000);
	check(has(text, "Example Device: all 20000 versions"));
	check(has(text, "Example Device: 1.0, 1.1, 1.2, 1.3,") && has(text, "19989 more versions"));
	check(has(text, "The document has 20000 products"));
	check(has(text, "Products: Example Device 1.9\n"));
}

TEST(many_references_to_a_large_group_stay_cheap_and_the_cut_is_told)
{
	str text = shown(c, many(c, 20000, 5000), FORM_TEXT);

	check(has(text, "… and 4800 more, which are not shown."));
	check(text.n < 100000);
}

TEST(the_vector_counts_before_what_stands_beside_it)
{
	str text = shown(c, S(HEAD("") ",\"vulnerabilities\":[{\"cve\":\"CVE-2026-10001\",\"scores\":[{\"cvss_v3\":{\"version\":\"3.1\","
		"\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":5.0,\"baseSeverity\":\"MEDIUM\"},\"products\":[\"P\"]}]}]}"), FORM_TEXT);

	check(has(text, "CVSS 3.1 9.8 Critical (of the vector; the document says 5.0)"));
	check(has(text, "Highest score: CVSS 3.1 9.8 Critical"));
}

/* meets CSAF-2.1 9.1.11: its own score before that of others, then the highest */
TEST(the_publishers_own_score_is_preferred)
{
#define SCORE(vector, score, more) "{\"content\":{\"cvss_v3\":{\"version\":\"3.1\",\"vectorString\":\"" vector "\",\"baseScore\":" score "}},\"products\":[\"P\"]" more "}"
	str text = shown(c, S("{\"document\":{\"csaf_version\":\"2.1\",\"title\":\"x\"},\"vulnerabilities\":[{\"cve\":\"CVE-2026-10001\",\"metrics\":["
		SCORE("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8", ",\"source\":\"https://example.com\"") ","
		SCORE("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N", "5.3", "") ","
		SCORE("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N", "6.5", "") "]}]}"), FORM_TEXT);

	check(has(text, "Highest score: CVSS 3.1 6.5 Medium"));
	check(has(text, "by https://example.com"));
#undef SCORE
}

TEST(text_keeps_to_its_columns_and_commands_no_terminal)
{
	str text, line;

	c->lang = LANG_JA;
	text = shown(c, S(HEAD("\"notes\":[{\"category\":\"summary\",\"text\":\"\\u001b]0;x\\u0007影響を受ける製品を使用している場合は、修正済みの版に更新してください。"
		"更新できない場合は、管理用の画面への接続を、信頼できるネットワークに限ってください。\\tword word\\r\\nnext\"}],") "}"), FORM_TEXT);
	check(has(text, "]0;x 影響を"));
	while (str_cut(&text, '\n', &line)) {
		check(plain_width(line) <= 80);
		check(line.n == 0 || line.p[line.n - 1] != ' ');
		for (size_t i = 0; i < line.n; i++)
			check((unsigned char)line.p[i] >= 0x20);
	}
}

TEST(what_is_no_csaf_is_refused)
{
	static const char *const none[] = { "{}", "[]", "7", "{\"document\":{}}", "{\"document\":{\"csaf_version\":2}}" };

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		const struct json *root;
		struct buf b;

		buf_init(&b, c->arena, 1 << 20);
		check_ok(c, json_parse(c, str_of(none[i]), NULL, &root));
		check(!csaf_render(c, root, FORM_HTML, 80, &b));
		check_fault(c, E_INVALID, "");
	}
	page_check(shown(c, S("{\"document\":{\"csaf_version\":\"2.1\",\"notes\":{},\"publisher\":[],\"tracking\":7},\"product_tree\":[1],\"vulnerabilities\":{\"a\":1}}"), FORM_HTML));
	page_check(shown(c, S("{\"document\":{\"csaf_version\":\"2.0\",\"notes\":[1,null,[]],\"references\":[{}]},\"product_tree\":{\"branches\":[{\"branches\":[{\"product\":{}}]}]},"
		"\"vulnerabilities\":[null,{\"scores\":[1],\"product_status\":{\"fixed\":[1,{}]},\"remediations\":[[]],\"flags\":[{}]}]}"), FORM_HTML));
}

static void example_check(struct ctx *c, str path)
{
	struct arena a;
	struct ctx   d;
	str          text;

	arena_init(&a, 512 << 20);
	ctx_init(&d, &a);
	text = test_file(&d, path);
	check(text.n > 0);
	if (text.n) {
		page_check(shown(&d, text, FORM_HTML));
		d.lang = LANG_JA;
		page_check(shown(&d, text, FORM_HTML));
		check(shown(&d, text, FORM_TEXT).n > 200);
	}
	arena_done(&a);
	(void)c;
}

TEST(the_official_examples_become_sound_pages)
{
	static const char *const names[] = {
		"bsi-2022-0001", "cisco-sa-20180328-smi2", "rhsa-2019_1862", "rhsa-2021_5186", "rhsa-2021_5217", "rhsa-2022_0011",
		"csaf_vex/2022-evd-uc-03-ms-001", "csaf_vex/2022-evd-uc-09-001",
	};
	str dir = test_vectors(c);

	if (str_is_none(dir))
		skip_test("official vectors are not here");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		for (int s = 0; s < 2; s++)
			example_check(c, str_fmt(c->arena, "%.*s/csaf/csaf2%d/examples/csaf/%s.json", STR_ARG(dir), s, names[i]));
}

/* For a page of our own: the same, without a head, a style or a script. */
TEST(a_part_is_the_body_of_the_page)
{
	str page = shown(c, S(HEAD("") "}"), FORM_HTML), part = shown(c, S(HEAD("") "}"), FORM_PART);
	size_t from = str_find(page, S("<h1>"), 0), to = str_find(page, S("</main>"), 0);

	page_check(part);
	check_str(part, STR_CAT(c->arena, S("<article>\n"), str_slice(page, from, to), S("</article>\n")));
	check(!has(part, "<style") && !has(part, "<meta"));
}

TEST(thanks_to_nobody_by_name_still_have_a_heading)
{
	str page = shown(c, S(HEAD("\"acknowledgments\":[{\"summary\":\"We thank all.\"}],") "}"), FORM_HTML);

	page_check(page);
	check(has(page, "<th scope=\"row\">–</th><td>"));
	check(!has(page, "<th scope=\"row\"></th>"));
}
