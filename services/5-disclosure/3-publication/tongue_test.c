#include "services/5-disclosure/3-publication/tongue_test.h"

#include "services/5-disclosure/3-publication/mention.h"

/* The documents in Japanese beside those in English. */

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
	check(str_find(page, S("/csaf?version=2.1\""), 0) < str_find(page, S("/csaf?lang=ja\""), 0) && !house_has(page, "is a translation"));
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
	check(str_find(page, S("lang=ja\""), 0) < str_find(page, S("/csaf\""), 0) && house_has(page, "/csaf\" hreflang=\"en\">CSAF 2.0 (英語)"));
	check(house_has(page, "原文は英語です"));
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
TEST(no_other_advisory_takes_the_number_of_a_translation)
{
	struct story t;

	drafted(c, &t, "team");
	check(!house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "number", "PSIRT-SA-2026-0001-JA", NULL));
	check_fault(c, E_INVALID, "number");
	check(!house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "number", "PSIRT-SA-2026-0001-EN", NULL));
	check_fault(c, E_INVALID, "number");   /* the first could become an original in Japanese */
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

/* ---- what is said of vulnerabilities, versions and remedies ---- */

/* Never half a sentence: what has no Japanese words is English as a whole. */
TEST(what_has_no_japanese_words_stands_in_the_document_in_english_whole)
{
	struct story    t;
	struct bulletin b;
	str             en, ja;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	t.h.front.organisation_ja = S("青空計器");
	en = csaf_in(c, &b, TEXT_EN);
	ja = csaf_in(c, &b, TEXT_JA);
	check(house_has(ja, "\"Update to version 4.4. Install it.\""));
	check(house_has(ja, "\"修正はまだありません。\"") && house_has(ja, "\"悪用が確認されています。\""));
	check(house_has(ja, "\"A long cookie.\"") && house_has(ja, "\"The parser is another one.\""));
	check(house_has(ja, "\"ケストレル\"") && house_has(ja, "青空計器 Kestrel Gateway 4.2") && !house_has(en, "青空計器"));
	check(house_has(en, "\"There is no fix yet.\"") && !house_has(en, "ケストレル"));
	b.remedies.v[0].body_ja = S("適用してください。");
	b.vulns.v[0].title_ja   = S("クッキー");
	b.vulns.v[0].summary_ja = S("長いクッキー。");
	b.impact.v[1].note_ja   = S("別の解析処理です。");
	ja = csaf_in(c, &b, TEXT_JA);
	check(house_has(ja, "\"バージョン4.4に更新してください。適用してください。\""));
	check(house_has(ja, "\"title\": \"クッキー\"") && house_has(ja, "\"長いクッキー。\"") && house_has(ja, "\"別の解析処理です。\""));
	check(!house_has(ja, "cookie") && !house_has(ja, "The parser") && !house_has(ja, "Install"));
	check_str(csaf_in(c, &b, TEXT_EN), en);
	b.remedies.v[0].body    = S("適用してください。");   /* a house that writes Japanese only */
	b.remedies.v[0].body_ja = S("");
	check(house_has(csaf_in(c, &b, TEXT_JA), "\"バージョン4.4に更新してください。適用してください。\""));
	house_close(c);
}

TEST(an_advisory_is_found_by_the_name_of_its_product_in_either_language)
{
	static const char *const words[] = { "ケストレル", "kestrel" };
	struct story    t;
	struct bulletin b;
	str             en, ja;

	published(c, &t);
	bulletin_make(c, &b);
	en = csaf_in(c, &b, TEXT_EN);
	ja = csaf_in(c, &b, TEXT_JA);
	c->actor = &t.h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, mention_keep(c, str_of(t.number), en, ja));
	check_ok(c, db_commit(c));
	for (size_t i = 0; i < 2; i++) {
		check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, "product", words[i], NULL));
		check_int(house_count(&t.v, "advisories"), 1);
	}
	house_close(c);
}

/* What was approved before there were Japanese words is approved still; none of them can change or move after that. */
TEST(the_seal_holds_every_word_in_japanese)
{
	struct story    t;
	struct bulletin b;
	str             seals[5];

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	b.impact.v[1].note_ja  = S("x");
	seals[0]               = bulletin_seal(c, &b);
	b.vulns.v[0].title_ja  = S("x");
	seals[1]               = bulletin_seal(c, &b);
	b.vulns.v[0].title_ja  = S("");
	b.vulns.v[0].summary_ja = S("x");
	seals[2]               = bulletin_seal(c, &b);
	b.impact.v[1].note_ja  = S("");
	seals[3]               = bulletin_seal(c, &b);
	b.impact.v[1].family_name_ja = S("");
	seals[4]               = bulletin_seal(c, &b);
	for (int i = 0; i < 5; i++)
		for (int k = 0; k < i; k++)
			check(!str_eq(seals[i], seals[k]));
	house_close(c);
}

static size_t told(struct ctx *c, struct story *t, const char *words)
{
	size_t n = 0;

	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	for (size_t i = 0; i < house_count(&t->v, "findings"); i++)
		n += house_has(house_cell(c, &t->v, "findings", i, "text"), words);
	return n;
}

static void vuln_say(struct ctx *c, struct story *t, str title, str title_ja, str summary_ja)
{
	struct vuln_draft d    = { .title = title, .title_ja = title_ja, .summary = S("It stays valid."), .summary_ja = summary_ja, .cwe = 613 };
	struct db_viewer  lead = { t->h.lead.id, t->h.lead.sight };
	case_id           k    = { str_of(t->k) };
	vuln_id           id;
	int64_t           n;

	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	id.v = str_dup(c->arena, house_cell(c, &t->v, "vulnerabilities", 0, "id"));
	c->actor = &t->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	for (n = 1; n < 20 && !vuln_edit(c, k, id, n, &d); n++)
		c->fault = (struct fault){ 0 };
	check(n < 20);
	check_ok(c, db_commit(c));
}

/* meets CSAF-2.1 3.2.2.6 */
TEST(the_preflight_names_what_has_no_words_in_a_language_and_waits_for_none)
{
	struct story t;

	drafted(c, &t, "team");
	check_int((int64_t)told(c, &t, "V1 has no title in Japanese"), 1);
	check_int((int64_t)told(c, &t, "V1 has no summary in Japanese"), 1);
	check_str(house_cell(c, &t.v, "check", 0, "errors"), S("0"));
	check(house_has(house_page(c, "edition.show", &t.v), "/assess?vuln="));
	vuln_say(c, &t, S("Session not ended"), S("セッションの不備"), S(""));
	check_int((int64_t)told(c, &t, "V1 has no title in Japanese"), 0);
	check_int((int64_t)told(c, &t, "V1 has no summary in Japanese"), 1);
	vuln_say(c, &t, S("セッションが終了しない"), S(""), S("残ります。"));
	check_int((int64_t)told(c, &t, "has no title in Japanese"), 0);   /* it is in Japanese; in English it lacks */
	check_int((int64_t)told(c, &t, "has no summary in Japanese"), 0);
	check_int((int64_t)told(c, &t, "stand so in the CSAF documents in English"), 1);
	house_close(c);
}

TEST(a_title_in_japanese_that_changes_after_the_approval_breaks_the_seal)
{
	struct story t;

	approved(c, &t, "team");
	vuln_say(c, &t, S("Session not ended"), S("セッションの不備"), S(""));
	check(!house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}
