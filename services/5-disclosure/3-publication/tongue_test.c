#include "services/5-disclosure/3-publication/publication_test.h"

#include "platform/json/json.h"
#include "standards/csaf/csaf.h"

/* The documents in Japanese beside those in English. */

#define OURS "https://psirt.example.jp/.well-known/csaf/"

static const struct { const char *version, *folder; } versions[] = { { "2.0", "white/" }, { "2.1", "v2.1/clear/" } };

static str document_of(struct ctx *c, struct story *t, int i, const char *lang)
{
	check_ok(c, house_see(c, &t->h.nobody, "advisory.csaf", &t->v, "number", t->number, "version", versions[i].version, "lang", lang, NULL));
	return str_dup(c->arena, t->v.raw);
}

static const struct json *parsed(struct ctx *c, str doc)
{
	const struct json *root = NULL;

	check_ok(c, json_parse(c, doc, &csaf_limits, &root));
	return root;
}

/* Valid by every test, and nothing that it should have is missing. */
static void sound(struct ctx *c, str doc)
{
	struct csaf_options  how   = { .preset = CSAF_FULL };
	struct csaf_findings found = { 0 };

	check_ok(c, csaf_check(c, doc, &how, &found));
	check(found.valid);
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].class == CSAF_ERROR)
			check_str(csaf_sentence(c->arena, &found.v[i]), found.v[i].pointer);
}

static str of_document(struct ctx *c, str doc, const char *key)
{
	return json_get_str(json_get(parsed(c, doc), S("document")), str_of(key));
}

static str tracked(struct ctx *c, str doc, const char *key)
{
	return json_get_str(json_get(json_get(parsed(c, doc), S("document")), S("tracking")), str_of(key));
}

static str reference(struct ctx *c, str doc, size_t i, const char *key)
{
	const struct json *list = json_get(json_get(parsed(c, doc), S("document")), S("references")), *last = NULL;

	for (JSON_ITEMS(x, list)) {
		last = x;
		if (i-- == 0)
			return json_get_str(x, str_of(key));
	}
	return json_get_str(last, str_of(key));   /* beyond the end: the last one */
}

static void next_out(struct ctx *c, struct story *t)
{
	t->id = cstr(c->arena, t->s.object);
	check_ok(c, house_do(c, &t->h.lead, "edition.submit", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.analyst, "edition.approve", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.lead, "edition.publish", &t->s, "id", t->id, NULL));
}

/* meets CSAF-2.0 3.2.1.10, 9.1.9; CSAF-2.1 3.2.2.11, 9.1.9 */
TEST(the_document_in_japanese_is_a_translation_that_names_its_original_first)
{
	struct story t;

	published(c, &t);
	for (int i = 0; i < 2; i++) {
		str en = document_of(c, &t, i, "en"), ja = document_of(c, &t, i, "ja"), base = STR_CAT(c->arena, S(OURS), str_of(versions[i].folder));
		sound(c, en);
		sound(c, ja);
		check_str(of_document(c, ja, "lang"), S("ja"));
		check_str(of_document(c, ja, "source_lang"), S("en"));
		check_str(of_document(c, en, "lang"), S("en"));
		check(str_is_none(of_document(c, en, "source_lang")));
		check_str(tracked(c, en, "id"), S("PSIRT-SA-2026-0001"));
		check_str(tracked(c, ja, "id"), S("PSIRT-SA-2026-0001-JA"));
		check_str(reference(c, ja, 0, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001.json")));
		check_str(reference(c, ja, 0, "category"), S("external"));
		check_str(reference(c, ja, 1, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001-ja.json")));
		check_str(reference(c, ja, 1, "category"), S("self"));
		check_str(reference(c, ja, 99, "url"), S("https://example.org/a"));   /* in Japanese words already: once */
		check_str(reference(c, en, 0, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001.json")));
		check_str(reference(c, en, 99, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001-ja.json")));
		check(house_has(ja, "\"category\": \"vendor\"") && !house_has(ja, "translator"));
	}
	house_close(c);
}

TEST(what_is_ours_in_a_document_is_in_its_language)
{
	struct story t;
	str          en, ja;

	published(c, &t);
	en = document_of(c, &t, 0, "en");
	ja = document_of(c, &t, 0, "ja");
	check_str(of_document(c, ja, "title"), S("セッション無効化不備の脆弱性"));
	check(house_has(ja, "以前のセッションが有効なまま残ります。") && !house_has(ja, "\"A session stays valid.\""));
	check(house_has(ja, "\"想定される影響\"") && house_has(ja, "\"初版\"") && house_has(ja, "\"参考\""));
	check(!house_has(ja, "\"Summary\"") && !house_has(ja, "Canonical URL"));
	check(house_has(en, "\"Summary\"") && !house_has(en, "概要") && !house_has(en, "初版"));
	c->lang = LANG_JA;   /* whoever asks */
	check_str(document_of(c, &t, 0, "en"), en);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.csaf", &t.v, "number", t.number, NULL));
	check_str(t.v.raw, en);
	c->lang = LANG_EN;
	house_close(c);
}

/* meets CSAF-2.1 7.1.12, 7.1.13, 7.1.15, 7.1.18, 7.4.2 */
TEST(the_tree_has_both_with_their_hashes_and_the_feed_an_entry_for_each)
{
	struct story t;
	str          ja, feed;

	published(c, &t);
	ja = document_of(c, &t, 1, "ja");
	check_ok(c, house_see(c, &t.h.nobody, "tree.file", &t.v, "tree", "v2.1", "folder", "clear", "year", "2026", "file",
	                      "psirt-sa-2026-0001-ja.json", NULL));
	check_str(t.v.raw, ja);
	check_ok(c, house_see(c, &t.h.nobody, "tree.file", &t.v, "tree", "v2.1", "folder", "clear", "year", "2026", "file",
	                      "psirt-sa-2026-0001-ja.json.sha512", NULL));
	check_str(t.v.raw, STR_CAT(c->arena, bytes_sha512(c, ja), S("  psirt-sa-2026-0001-ja.json\n")));
	check_ok(c, house_see(c, &t.h.nobody, "tree.feed", &t.v, "tree", "v2.1", "folder", "clear", NULL));
	feed = t.v.raw;
	check(house_has(feed, "\"PSIRT-SA-2026-0001-JA\"") && house_has(feed, "\"PSIRT-SA-2026-0001\""));
	check(house_has(feed, "\"セッション無効化不備の脆弱性\"") && house_has(feed, "\"Sessions stay valid\""));
	check(house_has(raw(c, &t, "advisory.atom"), "/white/2026/psirt-sa-2026-0001-ja.json\""));
	check_ok(c, house_see(c, &t.h.nobody, "tree.year", &t.v, "tree", "v2.0", "folder", "white", "year", "2026", NULL));
	check_int(house_count(&t.v, "documents"), 2);
	check_str(house_cell(c, &t.v, "documents", 1, "lang"), S("ja"));
	house_close(c);
}

/* The article is sealed when it goes out, in each language. */
TEST(the_page_leads_to_the_documents_of_its_own_language_first)
{
	struct story t;
	str          page;

	published(c, &t);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(str_find(page, S("/csaf?version=2.1\""), 0) < str_find(page, S("/csaf?lang=ja\""), 0));
	check_int(house_count(&t.v, "documents"), 4);
	for (size_t i = 0; i < 4; i++) {
		str url = house_cell(c, &t.v, "documents", i, "url"), lang = house_cell(c, &t.v, "documents", i, "lang");
		check_str(house_cell(c, &t.v, "documents", i, "id"), str_eq(lang, S("ja")) ? S("PSIRT-SA-2026-0001-JA") : S("PSIRT-SA-2026-0001"));
		check(str_starts(url, str_eq(house_cell(c, &t.v, "documents", i, "csaf_version"), S("2.0")) ? S(OURS "v2.0/white/2026/")
		                                                                                         : S(OURS "v2.1/clear/2026/")));
		check(str_ends(url, str_eq(lang, S("ja")) ? S("-0001-ja.json") : S("-0001.json")));
	}
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(str_find(page, S("lang=ja\""), 0) < str_find(page, S("/csaf\""), 0) && house_has(page, "/csaf\">CSAF 2.0 (英語)"));
	c->lang = LANG_EN;
	house_close(c);
}

TEST(a_revision_and_a_withdrawal_go_out_in_both_languages_and_what_was_out_is_kept)
{
	struct story t;
	const char  *first;
	str          was, ja;

	published(c, &t);
	first = t.id;
	was   = document_of(c, &t, 1, "ja");
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, save(c, &t, "1", "A session stays valid until it ends."));
	check_str(document_of(c, &t, 1, "ja"), was);
	next_out(c, &t);
	ja = document_of(c, &t, 1, "ja");
	check_str(tracked(c, ja, "version"), S("2"));
	check_ok(c, house_see(c, &t.h.lead, "edition.csaf", &t.v, "id", first, "version", "2.1", "lang", "ja", NULL));
	check_str(t.v.raw, was);
	check_str(t.v.raw_name, S("psirt-sa-2026-0001-ja.json"));
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.withdraw", &t.s, "id", t.id, "reason_en", "It was the network.",
	                     "reason_ja", "回線の問題でした。", NULL));
	next_out(c, &t);
	for (int i = 0; i < 2; i++) {
		ja = document_of(c, &t, i, "ja");
		sound(c, ja);
		check_str(tracked(c, ja, "version"), S("3"));
		check(house_has(ja, "\"取下げの理由\"") && house_has(ja, "回線の問題でした。"));
		check_str(of_document(c, ja, "category"), i ? S("csaf_withdrawn") : S("csaf_base"));
		check_str(of_document(c, document_of(c, &t, i, "en"), "category"), i ? S("csaf_withdrawn") : S("csaf_base"));
	}
	house_close(c);
}

/* meets CSAF-2.0 5.1: two documents never have one id or one file name */
TEST(no_other_advisory_takes_the_number_of_a_document_in_japanese)
{
	struct story t;

	drafted(c, &t, "team");
	check(!house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "number", "PSIRT-SA-2026-0001-JA", NULL));
	check_fault(c, E_INVALID, "number");
	check_ok(c, house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "number", "OTHER-JA", NULL));
	check(!house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "number", "OTHER", NULL));
	check_fault(c, E_INVALID, "number");
	check_ok(c, house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "number", "OTHER-EN", NULL));
	house_close(c);
}

/* A house from before that rule may have both numbers: then there is none in Japanese, and the preflight says so. */
TEST(an_advisory_whose_japanese_number_another_has_goes_out_in_english_alone)
{
	static const struct db_query take = { .sqlite = "INSERT INTO designation (number) VALUES ('PSIRT-SA-2026-0001-JA')", .types = "", .writes = true };
	struct db_run *r;
	struct story   t;
	int64_t        n;

	approved(c, &t, "team");
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check(db_start(c, &take, &r) && db_exec(c, r, &n));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(house_has(house_page(c, "edition.show", &t.v), "PSIRT-SA-2026-0001-JA"));
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	sound(c, document_of(c, &t, 0, "en"));
	check(!house_has(document_of(c, &t, 0, "en"), "-ja.json"));
	check(!house_see(c, &t.h.nobody, "advisory.csaf", &t.v, "number", t.number, "lang", "ja", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	check(!house_has(house_page(c, "advisory.show", &t.v), "lang=ja"));
	house_close(c);
}
