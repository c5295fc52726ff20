#include "services/5-disclosure/3-publication/tongue_test.h"

#include "record/setting.h"
#include "services/5-disclosure/3-publication/cve/numbering.h"
#include "standards/csaf/csaf_convert.h"

/* Advisories that are written in Japanese: their documents in English are the translations. */

static bool choose(struct ctx *c, struct story *t, const char *lang)
{
	return house_do(c, &t->h.lead, "edition.original", &t->s, "id", t->id, "original", lang, NULL);
}

/* Drafted as usual, and then said to be of Japanese. */
static void drafted_ja(struct ctx *c, struct story *t)
{
	drafted(c, t, "team");
	check_ok(c, choose(c, t, "ja"));
}

static void out_ja(struct ctx *c, struct story *t)
{
	drafted_ja(c, t);
	t->s.object = str_of(t->id);
	next_out(c, t);
}

/* meets CSAF-2.0 3.2.1.10, 9.1.9; CSAF-2.1 3.2.2.11, 9.1.9 */
TEST(of_an_advisory_in_japanese_the_document_in_english_is_the_translation)
{
	struct story t;

	out_ja(c, &t);
	for (int i = 0; i < 2; i++) {
		str en = document_of(c, &t, i, "en"), ja = document_of(c, &t, i, "ja"), base = STR_CAT(c->arena, S(OURS), str_of(versions[i].folder));
		sound(c, en);
		sound(c, ja);
		check_str(tracked(c, ja, "id"), S("PSIRT-SA-2026-0001"));
		check_str(of_document(c, ja, "lang"), S("ja"));
		check(str_is_none(of_document(c, ja, "source_lang")));
		check_str(tracked(c, en, "id"), S("PSIRT-SA-2026-0001-EN"));
		check_str(of_document(c, en, "lang"), S("en"));
		check_str(of_document(c, en, "source_lang"), S("ja"));
		check_str(reference(c, en, 0, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001.json")));
		check_str(reference(c, en, 0, "category"), S("external"));
		check_str(reference(c, en, 1, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001-en.json")));
		check_str(reference(c, en, 1, "category"), S("self"));
		check_str(reference(c, ja, 0, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001.json")));
		check_str(reference(c, ja, 0, "summary"), S("正規URL"));
		check_str(reference(c, ja, 99, "url"), STR_CAT(c->arena, base, S("2026/psirt-sa-2026-0001-en.json")));
		check(!house_has(ja, "Canonical URL") && !house_has(en, "翻訳") && !house_has(en, "日本語"));
	}
	house_close(c);
}

/* meets CSAF-2.0 9.1.9: the references of the original stay at the end of the translation */
TEST(a_translation_into_english_keeps_the_references_of_its_original)
{
	struct story    t;
	struct bulletin b;
	str             en;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	b.original          = TEXT_JA;
	b.e.original        = S("ja");
	b.text[TEXT_EN].refs = S("https://example.org/en In English");
	b.text[TEXT_JA].refs = S("https://example.org/ja 日本語のみ");
	en = csaf_in(c, &b, TEXT_EN);
	check_str(reference(c, en, 99, "url"), S("https://example.org/ja"));
	check_str(reference(c, en, 3, "url"), S("https://example.org/en"));
	check(!house_has(csaf_in(c, &b, TEXT_JA), "example.org/en"));
	house_close(c);
}

/* meets CSAF-2.1 7.1.12, 7.1.15, 7.4.2 */
TEST(trees_feeds_and_lists_have_the_original_first_and_under_the_number)
{
	struct story t;
	str          feed, index, atom;

	out_ja(c, &t);
	check_ok(c, house_see(c, &t.h.nobody, "tree.feed", &t.v, "tree", "v2.1", "folder", "clear", NULL));
	feed = t.v.raw;
	check(house_has(feed, "\"PSIRT-SA-2026-0001-EN\"") && !house_has(feed, "-JA\""));
	check(str_find(feed, S("\"セッション無効化不備の脆弱性\""), 0) < str_find(feed, S("\"Sessions stay valid\""), 0));
	check_ok(c, house_see(c, &t.h.nobody, "tree.index", &t.v, "tree", "v2.0", "folder", "white", NULL));
	index = t.v.raw;
	check(house_has(index, "2026/psirt-sa-2026-0001.json") && house_has(index, "2026/psirt-sa-2026-0001-en.json"));
	check(house_has(raw(c, &t, "provider.changes"), "2026/psirt-sa-2026-0001-en.json"));
	atom = raw(c, &t, "advisory.atom");
	check(house_has(atom, "PSIRT-SA-2026-0001 セッション無効化不備の脆弱性") && house_has(atom, "/white/2026/psirt-sa-2026-0001-en.json\""));
	check(str_find(atom, S("<entry"), str_find(atom, S("<entry"), 0) + 1) == SIZE_MAX);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, NULL));
	check_str(house_cell(c, &t.v, "advisories", 0, "title"), S("Sessions stay valid"));
	check_str(house_cell(c, &t.v, "advisories", 0, "original"), S("ja"));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	check_str(house_cell(c, &t.v, "documents", 0, "lang"), S("ja"));
	check_str(house_cell(c, &t.v, "documents", 0, "translation"), S("0"));
	check_str(house_cell(c, &t.v, "documents", 1, "id"), S("PSIRT-SA-2026-0001-EN"));
	check_str(house_cell(c, &t.v, "documents", 1, "translation"), S("1"));
	house_close(c);
}

TEST(without_a_language_the_original_is_answered_and_the_pages_lead_to_each)
{
	struct story t;
	str          ja, page;

	out_ja(c, &t);
	ja = document_of(c, &t, 0, "ja");
	check_str(csaf_of(c, &t), ja);
	check_ok(c, house_see(c, &t.h.lead, "edition.csaf", &t.v, "id", t.id, NULL));
	check_str(t.v.raw, ja);
	check_str(t.v.raw_name, S("psirt-sa-2026-0001.json"));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(house_has(page, "This page is a translation; the original is in Japanese."));
	check(house_has(page, "/csaf?lang=en\"") && house_has(page, "/csaf?version=2.1&amp;lang=en\"") && house_has(page, "/csaf\" hreflang=\"ja\">CSAF 2.0 (日本語)"));
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(!house_has(page, "翻訳") && house_has(page, "/csaf\" hreflang=\"ja\">CSAF 2.0</a>") && house_has(page, "/csaf?lang=en\" hreflang=\"en\">CSAF 2.0 (英語)"));
	c->lang = LANG_EN;
	house_close(c);
}

TEST(an_advisory_in_japanese_is_revised_and_withdrawn_in_both_languages)
{
	struct story t;

	out_ja(c, &t);
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, save(c, &t, "1", "A session stays valid until it ends."));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_str(house_cell(c, &t.v, "changes", 0, "what"), S("notes.text [summary: Summary] (English)"));
	next_out(c, &t);
	check_str(tracked(c, document_of(c, &t, 1, "ja"), "version"), S("2"));
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.withdraw", &t.s, "id", t.id, "reason_en", "It was the network.", "reason_ja", "回線の問題でした。", NULL));
	next_out(c, &t);
	for (int i = 0; i < 2; i++) {
		str ja = document_of(c, &t, i, "ja"), en = document_of(c, &t, i, "en");
		sound(c, ja);
		sound(c, en);
		check_str(of_document(c, ja, "category"), i ? S("csaf_withdrawn") : S("csaf_base"));
		check_str(of_document(c, en, "category"), i ? S("csaf_withdrawn") : S("csaf_base"));
		check_str(tracked(c, en, "id"), S("PSIRT-SA-2026-0001-EN"));
	}
	house_close(c);
}

/* ---- choosing ---- */

TEST(the_house_writes_in_a_language_and_an_advisory_may_have_another)
{
	struct story t;

	house_open(c, &t.h, all, 2);
	case_make(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, NULL));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", cstr(c->arena, t.s.object), NULL));
	check_str(house_cell(c, &t.v, "edition", 0, "original"), S("en"));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "advisory_original", S("ja")));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, NULL));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", cstr(c->arena, t.s.object), NULL));
	check_str(house_cell(c, &t.v, "edition", 0, "original"), S("ja"));
	check_ok(c, house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "original", "en", NULL));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", cstr(c->arena, t.s.object), NULL));
	check_str(house_cell(c, &t.v, "edition", 0, "original"), S("en"));
	check(!house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, "original", "de", NULL));
	check_fault(c, E_INVALID, "original");
	house_close(c);
}

TEST(the_language_of_the_original_changes_in_a_draft_until_the_advisory_is_out)
{
	struct story t;

	drafted_ja(c, &t);
	check_str(t.s.note, S("PSIRT-SA-2026-0001 ja"));
	check_ok(c, choose(c, &t, "en"));
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check(!choose(c, &t, "ja"));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.analyst, "edition.return", &t.s, "id", t.id, "reason", "In Japanese, please.", NULL));
	check_ok(c, choose(c, &t, "ja"));
	t.s.object = str_of(t.id);
	next_out(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check(!choose(c, &t, "en"));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_str(house_cell(c, &t.v, "edition", 0, "original"), S("ja"));
	check(!house_has(house_page(c, "edition.show", &t.v), "/original\""));
	check(!house_do(c, &t.h.nobody, "edition.original", &t.s, "id", t.id, "original", "en", NULL));
	house_close(c);
}

TEST(what_is_approved_holds_for_the_language_of_its_original)
{
	struct story    t;
	struct bulletin b;
	str             en;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	en           = bulletin_seal(c, &b);
	b.original   = TEXT_JA;
	b.e.original = S("ja");
	check(!str_eq(bulletin_seal(c, &b), en));
	house_close(c);
}

/* ---- the editor ---- */

static str editor(struct ctx *c, struct story *t, const char *preview)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, "preview", preview, NULL));
	return house_page(c, "edition.show", &t->v);
}

TEST(the_editor_has_the_original_first)
{
	struct story t;
	str          page;

	drafted(c, &t, "team");
	page = editor(c, &t, "text");
	check(str_find(page, S("name=\"title_en\""), 0) < str_find(page, S("name=\"title_ja\""), 0));
	check(str_find(page, S("?preview=csaf21\""), 0) < str_find(page, S("?preview=csaf_ja\""), 0) && house_has(page, "CSAF 2.1 日本語"));
	check(house_has(page, "Number: PSIRT-SA-2026-0001\n"));
	check_ok(c, choose(c, &t, "ja"));
	page = editor(c, &t, "text");
	check(str_find(page, S("name=\"title_ja\""), 0) < str_find(page, S("name=\"title_en\""), 0));
	check(str_find(page, S("?preview=csaf21_ja\""), 0) < str_find(page, S("?preview=csaf\""), 0));
	check(house_has(page, "CSAF 2.1 English") && !house_has(page, "CSAF 2.1 日本語"));
	check(house_has(page, "以前のセッションが有効なまま残ります。") && house_has(page, "Number: PSIRT-SA-2026-0001\n"));
	house_close(c);
}

static bool tells(struct ctx *c, struct story *t, const char *words)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	for (size_t i = 0; i < house_count(&t->v, "findings"); i++)
		if (house_has(house_cell(c, &t->v, "findings", i, "text"), words))
			return true;
	return false;
}

TEST(the_preflight_tells_what_a_translation_into_english_lacks)
{
	struct story    t;
	struct bulletin b;
	struct flaws    f;
	size_t          n = 0;

	drafted_ja(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "edition.save", &t.s, "id", t.id, "version", "2", "title_ja", "題名", "summary_ja", "概要", "impact_ja", "影響",
	                     "change_note_ja", "初版", NULL));
	check(tells(c, &t, "Title is empty in English."));
	check_str(house_cell(c, &t.v, "check", 0, "unchecked"), S("The CSAF documents in English are checked once title and summary are there in English."));
	bulletin_make(c, &b);
	b.original         = TEXT_JA;
	b.e.original       = S("ja");
	b.remedies.v[0].body = S("最新版を適用してください。");
	b.impact.v[1].note   = S("該当する処理を含みません。");
	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, preflight(c, &b, &f));
	check_ok(c, db_commit(c));
	for (size_t i = 0; i < f.list.n; i++)
		n += house_has(f.list.v[i].text, "in English") && house_has(f.list.v[i].text, "in Japanese, and stands so");
	check_int((int64_t)n, 2);
	house_close(c);
}

/* A house from before may have given the number away: then there is no translation, and the preflight says so. */
TEST(an_advisory_whose_english_number_another_has_goes_out_in_japanese_alone)
{
	static const struct db_query take = { .sqlite = "INSERT INTO designation (number) VALUES ('PSIRT-SA-2026-0001-EN')", .types = "", .writes = true };
	struct db_run *r;
	struct story   t;
	int64_t        n;

	drafted_ja(c, &t);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check(db_start(c, &take, &r) && db_exec(c, r, &n));
	check_ok(c, db_commit(c));
	check(tells(c, &t, "PSIRT-SA-2026-0001-EN, so this one gets no CSAF documents in English"));
	t.s.object = str_of(t.id);
	next_out(c, &t);
	sound(c, document_of(c, &t, 0, "ja"));
	check(!house_has(document_of(c, &t, 0, "ja"), "-en.json"));
	check(!house_see(c, &t.h.nobody, "advisory.csaf", &t.v, "number", t.number, "lang", "en", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, "cve", "CVE-2026-10042", NULL));
	check_int(house_count(&t.v, "advisories"), 1);   /* found by what the original mentions */
	house_close(c);
}

/* ---- CVE records ---- */

static str described(struct ctx *c, str record, size_t i, const char *key)
{
	const struct json *list = json_get(json_get(parsed(c, record), S("cnaContainer")), S("descriptions"));

	return json_get_str(json_at(list, i), str_of(key));
}

TEST(a_cve_record_is_described_in_the_language_of_the_original_first)
{
	struct story    t;
	struct bulletin b;
	str             record;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	check_ok(c, cve_record_of(c, &b, 0, &record));
	check_str(described(c, record, 0, "lang"), S("en"));
	b.original   = TEXT_JA;
	b.e.original = S("ja");
	check_ok(c, cve_record_of(c, &b, 0, &record));
	check_str(described(c, record, 0, "lang"), S("ja"));
	check_str(described(c, record, 0, "value"), S("概要"));
	check_str(described(c, record, 1, "lang"), S("en"));
	check_ok(c, cve_record_sound(c, record));
	house_close(c);
}

/* Of several vulnerabilities each says which one it is; never in another language than what follows. */
TEST(before_a_description_in_a_cve_record_stands_a_title_of_its_language)
{
	struct story                t;
	struct bulletin             b;
	struct bulletin_vulns_row   two[2];
	str                         record;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	two[0] = two[1] = b.vulns.v[0];
	two[1].id = (vuln_id){ S("v2") };
	b.vulns.v = two;
	b.vulns.n = 2;
	check_ok(c, cve_record_of(c, &b, 0, &record));
	check_str(described(c, record, 0, "value"), S("Cookie: S"));
	check_str(described(c, record, 1, "value"), S("概要"));
	two[0].title_ja = S("クッキー");
	check_ok(c, cve_record_of(c, &b, 0, &record));
	check_str(described(c, record, 1, "value"), S("クッキー：概要"));
	two[0].title    = S("クッキーの不備");   /* of a house that writes Japanese only */
	two[0].title_ja = S("");
	check_ok(c, cve_record_of(c, &b, 0, &record));
	check_str(described(c, record, 0, "value"), S("S"));
	check_str(described(c, record, 1, "value"), S("クッキーの不備：概要"));
	house_close(c);
}

/* ---- the license of the house ---- */

static bool warns_of(struct ctx *c, str doc, const char *test)
{
	struct csaf_options  how   = { .preset = CSAF_FULL };
	struct csaf_findings found = { 0 };

	check_ok(c, csaf_check(c, doc, &how, &found));
	for (size_t i = 0; i < found.n; i++)
		if (str_eq(str_of(found.v[i].test), str_of(test)))
			return true;
	return false;
}

/* meets CSAF-2.1 3.2.3.6, 6.2.43, 9.1.18 */
TEST(documents_tell_the_license_of_the_house)
{
	struct story          t;
	struct bulletin       b;
	struct csaf_findings  judged;
	const struct json    *note;
	str                   old, new, ja;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	check_ok(c, bulletin_csaf21(c, &b, TEXT_EN, &judged, &new));
	check(warns_of(c, new, "6.2.43") && !house_has(new, "SPDX"));
	b.license = S("(MIT OR CC-BY-4.0)");
	old = csaf_in(c, &b, TEXT_EN);
	ja  = csaf_in(c, &b, TEXT_JA);
	note = json_at(json_get(json_get(parsed(c, old), S("document")), S("notes")), 2);
	check_str(json_get_str(note, S("category")), S("legal_disclaimer"));
	check_str(json_get_str(note, S("text")), S("This document may be used under this license:\nSPDX-License-Identifier: (MIT OR CC-BY-4.0)"));
	check(house_has(ja, "\"利用条件\"") && house_has(ja, "適用されるライセンス:\\nSPDX-License-Identifier: (MIT OR CC-BY-4.0)\""));
	for (int lang = 0; lang < TEXT_LANGS; lang++) {
		check_ok(c, bulletin_csaf21(c, &b, lang, &judged, &new));
		sound(c, new);
		check(judged.valid && !warns_of(c, new, "6.2.43") && !warns_of(c, new, "6.2.46"));
		check_str(of_document(c, new, "license_expression"), S("(MIT OR CC-BY-4.0)"));
	}
	b.license = S("MIT OR ISC OR Zlib OR BSD-2-Clause OR BSD-3-Clause OR Apache-2.0 OR CC0-1.0 OR Unlicense OR 0BSD");   /* longer than one that is found in words */
	check_ok(c, bulletin_csaf21(c, &b, TEXT_EN, &judged, &new));
	check_str(of_document(c, new, "license_expression"), b.license);
	house_close(c);
}

/* meets CSAF-2.0 9.1.6 */
TEST(documents_and_pages_have_the_words_of_the_house)
{
	struct story         t;
	struct bulletin      b;
	struct csaf_findings judged;
	const struct json   *notes;
	struct db_viewer     nobody = { S(""), S("") };
	str                  new, page;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	b.advice[TEXT_EN] = S("Keep devices behind a firewall.");
	b.advice[TEXT_JA] = S("機器はファイアウォールの内側に設置してください。");
	b.terms[TEXT_EN]  = S("Given as it is.");
	b.terms[TEXT_JA]  = S("現状のまま提供します。");
	b.license         = S("CC-BY-4.0");
	notes = json_get(json_get(parsed(c, csaf_in(c, &b, TEXT_EN)), S("document")), S("notes"));
	check_str(json_get_str(json_at(notes, 2), S("category")), S("general"));
	check_str(json_get_str(json_at(notes, 2), S("text")), b.advice[TEXT_EN]);
	check_str(json_get_str(json_at(notes, 3), S("text")),
	          S("Given as it is.\n\nThis document may be used under this license:\nSPDX-License-Identifier: CC-BY-4.0"));
	notes = json_get(json_get(parsed(c, csaf_in(c, &b, TEXT_JA)), S("document")), S("notes"));
	check(str_starts(json_get_str(json_at(notes, 3), S("text")), b.terms[TEXT_JA]));
	for (int lang = 0; lang < TEXT_LANGS; lang++) {
		check_ok(c, bulletin_csaf21(c, &b, lang, &judged, &new));
		sound(c, new);
		check(judged.valid);
		check_str(of_document(c, new, "license_expression"), S("CC-BY-4.0"));
		check_ok(c, db_begin(c, DB_READ, &nobody));
		check_ok(c, bulletin_html(c, &b, lang, &page));
		check_ok(c, db_commit(c));
		check(house_has(page, cstr(c->arena, b.advice[lang])) && house_has(page, cstr(c->arena, b.terms[lang])));
	}
	house_close(c);
}

/* Also of what a converter of others makes of the document of CSAF 2.0, whatever words the license has. */
TEST(a_converter_finds_the_license_in_the_document_of_csaf_2_0)
{
	static const char *const licenses[] = { "MIT", "CC-BY-4.0", "Intel", "MIT OR (Apache-2.0 AND Zlib)", "GPL-2.0-or-later WITH Classpath-exception-2.0" };
	static const struct csaf_convert_options how = { .now = 1 };
	struct story          t;
	struct bulletin       b;
	struct csaf_converted r;
	struct buf            w;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	for (size_t i = 0; i < sizeof(licenses) / sizeof(*licenses); i++)
		for (int lang = 0; lang < TEXT_LANGS; lang++) {
			b.license = str_of(licenses[i]);
			buf_init(&w, c->arena, 8 << 20);
			check_ok(c, csaf_convert(c, csaf_in(c, &b, lang), &how, &r, &w));
			check_str(of_document(c, buf_str(&w), "license_expression"), b.license);
		}
	house_close(c);
}

TEST(the_page_tells_the_license_and_the_house_sets_it_for_what_goes_out)
{
	struct story t;

	approved(c, &t, "team");
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "advisory_license", S("CC-BY-4.0")));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));   /* as the house's name, it is no part of what was approved */
	check_str(of_document(c, document_of(c, &t, 1, "ja"), "license_expression"), S("CC-BY-4.0"));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	check(house_has(house_page(c, "advisory.show", &t.v), "License of this document: CC-BY-4.0"));
	house_close(c);
}
