#include "services/5-disclosure/3-publication/publication_test.h"

#include "standards/csaf/csaf.h"

static str field(struct ctx *c, const struct bulletin *b, const char *pointer)
{
	return preflight_field(c, b, TEXT_EN, str_of(pointer));
}

TEST(a_finding_leads_to_the_text_that_became_the_note)
{
	struct bulletin b = { 0 };

	b.text[TEXT_EN] = (struct edition_text_get_row){ .summary = S("S"), .description = S("D"), .impact = S("I"),
		.solution = S("L"), .workaround = S("W") };
	check_str(field(c, &b, "/document/notes/0/text"), S("summary_en"));
	check_str(field(c, &b, "/document/notes/1/text"), S("description_en"));
	check_str(field(c, &b, "/document/notes/2"), S("impact_en"));
	check_str(field(c, &b, "/document/notes/3/title"), S("solution_en"));
	check_str(field(c, &b, "/document/notes/4/text"), S("workaround_en"));
	b.text[TEXT_EN].description = S("");   /* no note: the others move up */
	b.text[TEXT_EN].solution    = S("");
	check_str(field(c, &b, "/document/notes/1/text"), S("impact_en"));
	check_str(field(c, &b, "/document/notes/2/text"), S("workaround_en"));
	check(str_is_none(field(c, &b, "/document/notes/3/text")));
}

TEST(a_finding_leads_to_the_other_fields_or_to_none)
{
	struct bulletin b = { 0 };

	check_str(field(c, &b, "/document/title"), S("title_en"));
	check_str(field(c, &b, "/document/references/2/url"), S("refs_en"));
	check_str(field(c, &b, "/document/acknowledgments/0"), S("thanks_en"));
	check_str(field(c, &b, "/document/tracking/revision_history/0/summary"), S("change_note_en"));
	check(str_is_none(field(c, &b, "/document/titles")));
	check(str_is_none(field(c, &b, "/document/references")));   /* our own page, which nobody types */
	check(str_is_none(field(c, &b, "/document/references/1/url")));
	check(str_is_none(field(c, &b, "/vulnerabilities/0/notes/0")));
	check(str_is_none(field(c, &b, "")));
}

/* What the table says of notes is what the document has. */
TEST(each_text_of_the_table_stands_in_the_document_where_it_says)
{
	struct house       h;
	struct bulletin    b = { .severity = S("unknown"), .now = c->now };
	const struct json *root;
	str                doc;

	house_open(c, &h, all, 2);
	b.e.number = S("PSIRT-SA-2026-0007");
	b.e.ordinal = 1;
	b.e.first_at = b.e.published_at = TIME_NONE;
	for (size_t i = 0; i < TEXT_FIELDS; i++)   /* each text is its own name; no description */
		*(str *)(void *)((char *)&b.text[TEXT_EN] + text_fields[i].at) = str_of(i == 2 ? "" : i == 6 ? "https://example.org/ refs" : text_fields[i].stem);
	check_ok(c, bulletin_csaf(c, &b, TEXT_EN, &doc));
	check_ok(c, json_parse(c, doc, &csaf_limits, &root));
	root = json_get(root, S("document"));
	for (size_t i = 0; i < json_count(json_get(root, S("notes"))); i++) {
		const struct json *note = json_at(json_get(root, S("notes")), i);
		str pointer = str_fmt(c->arena, "/document/notes/%zu/text", i);

		check_str(preflight_field(c, &b, TEXT_EN, pointer), STR_CAT(c->arena, json_get_str(note, S("text")), S("_en")));
	}
	check_int((int64_t)json_count(json_get(root, S("notes"))), 4);
	house_close(c);
}

static const struct flaw *flaw_of(const struct flaws *f, const char *test)
{
	for (size_t i = 0; i < f->list.n; i++)
		if (str_eq(f->list.v[i].test, str_of(test)))
			return &f->list.v[i];
	return NULL;
}

/* Edition and its preflight as the lead has it. */
static void look(struct ctx *c, struct story *t, struct bulletin *b, struct flaws *f)
{
	struct db_viewer lead = { t->h.lead.id, t->h.lead.sight };

	check_ok(c, db_begin(c, DB_READ, &lead));
	check_ok(c, bulletin_load(c, (edition_id){ str_of(t->id) }, b));
	check_ok(c, preflight(c, b, f));
	db_rollback(c);
}

TEST(warnings_and_information_are_told_after_the_errors_and_block_nothing)
{
	struct story       t;
	struct bulletin    b;
	struct flaws       f;
	const struct flaw *x;

	drafted(c, &t, "team");
	look(c, &t, &b, &f);
	check_int(f.count[WEIGHT_MUST], 0);
	check(f.count[WEIGHT_SHOULD] > 0 && f.count[WEIGHT_MAY] > 0);
	for (size_t i = 1; i < f.list.n; i++)
		check(f.list.v[i - 1].weight <= f.list.v[i].weight);
	x = flaw_of(&f, "6.2.43");   /* our documents have no license yet */
	check(x != NULL && x->weight == WEIGHT_SHOULD);
	if (x) {
		check_str(x->class, S("warning"));
		check_str(x->document, S("CSAF 2.1"));
		check_str(x->pointer, S("/document/license_expression"));
		check(str_is_none(x->href));   /* nobody can mend it in the editor */
	}
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	house_close(c);
}

TEST(a_warning_stands_at_its_field)
{
	struct story    t;
	struct bulletin b;
	struct flaws    f;
	size_t          i = 0;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.save", &t.s, "id", t.id, "version", "2",
	                     "title_en", "T", "title_ja", "題名", "summary_en", "S", "summary_ja", "概要",
	                     "impact_en", "I", "impact_ja", "影響", "change_note_en", "First.", "change_note_ja", "初版",
	                     "refs_en", "our page", "refs_ja", "https://example.org/ 参考", NULL));
	look(c, &t, &b, &f);
	while (i < f.list.n && !str_eq(f.list.v[i].field, S("refs_en")))
		i++;
	check(i < f.list.n && f.list.v[i].weight == WEIGHT_SHOULD);
	check_str(f.list.v[i].href, S("#f-refs_en"));
	house_close(c);
}

TEST(an_address_that_is_none_is_an_error_at_the_references)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.save", &t.s, "id", t.id, "version", "2",
	                     "title_en", "T", "title_ja", "題名", "summary_en", "S", "summary_ja", "概要",
	                     "impact_en", "I", "impact_ja", "影響", "change_note_en", "First.", "change_note_ja", "初版",
	                     "refs_en", "https://[example A page", "refs_ja", "https://example.org/ 参考", NULL));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_str(house_cell(c, &t.v, "findings", 0, "class"), S("error"));
	check_str(house_cell(c, &t.v, "findings", 0, "field"), S("refs_en"));
	check_str(house_cell(c, &t.v, "findings", 0, "test"), S("schema"));
	check(!str_is_none(house_cell(c, &t.v, "check", 0, "unchecked")) && house_cell(c, &t.v, "check", 0, "unchecked").n);
	check(!house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* meets CSAF-2.1 6.2.22 */
TEST(a_title_with_the_number_is_told_for_csaf_2_1_takes_it_out)
{
	struct story t;
	bool         told = false;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.save", &t.s, "id", t.id, "version", "2", "title_en", "PSIRT-SA-2026-0001: Sessions stay valid",
	                     "title_ja", "題名", "summary_en", "S.", "summary_ja", "概要", "impact_en", "I.", "impact_ja", "影響",
	                     "change_note_en", "First edition.", "change_note_ja", "初版", NULL));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	for (size_t i = 0; i < house_count(&t.v, "findings"); i++)
		if (house_has(house_cell(c, &t.v, "findings", i, "text"), "holds the number of the advisory")) {
			check_str(house_cell(c, &t.v, "findings", i, "field"), S("title_en"));
			told = true;
		}
	check(told);
	check_str(house_cell(c, &t.v, "check", 0, "errors"), S("0"));
	house_close(c);
}

TEST(what_did_not_run_is_told_once)
{
	struct story t;
	str          not_run;

	drafted(c, &t, "team");
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	not_run = house_cell(c, &t.v, "check", 0, "not_run");
	check_str(not_run, S("6.3.6, 6.3.7, 6.3.16, 6.2.40"));
	check(house_has(house_page(c, "edition.show", &t.v), "answer was not asked (6.3.6, 6.3.7): psirt csaf check --network does it. Grammar was not checked (6.3.16), "));
	check(house_has(house_page(c, "edition.show", &t.v), "no such title in Japanese: 6.2.40."));
	for (size_t i = 0; i < house_count(&t.v, "findings"); i++)   /* a term that the standard lacks in Japanese is no finding */
		check(!str_eq(house_cell(c, &t.v, "findings", i, "test"), S("6.2.40")));
	check_str(house_cell(c, &t.v, "check", 0, "errors"), S("0"));
	house_close(c);
}

/* The same of many versions is one line, in the words of people. */
TEST(what_is_said_of_many_versions_is_one_line_and_names_the_first)
{
	struct story                t;
	struct bulletin             b;
	struct flaws                f;
	struct bulletin_impact_row *v = NEWS(c->arena, struct bulletin_impact_row, 3);
	size_t                      n = 0;

	drafted(c, &t, "team");
	look(c, &t, &b, &f);
	for (size_t i = 0; i < 3; i++)
		v[i] = (struct bulletin_impact_row){ .vuln = b.vulns.v[0].id, .product = { S("kestrel") }, .family_name = S("Gateways"),
			.product_name = S("Kestrel"), .product_name_ja = S("ケストレル"), .release = { str_fmt(c->arena, "r%zu", i) },
			.release_name = str_fmt(c->arena, "4.%zu", i), .status = S("affected"), .note = S("") };
	b.impact.v = v;
	b.impact.n = 3;
	check_ok(c, preflight(c, &b, &f));
	for (size_t i = 0; i < f.list.n; i++) {
		check(!house_has(f.list.v[i].text, "product r"));
		if (house_has(f.list.v[i].text, "Kestrel 4.0 has no identification helper")) {
			n++;
			check(house_has(f.list.v[i].text, "(and at 2 more places)"));
			check(house_has(f.list.v[i].href, "#impact"));
		}
	}
	check_int((int64_t)n, 1);
	house_close(c);
}

/* ---- while somebody types ---- */

static void type(struct ctx *c, struct story *t, const struct actor *who, const char *body)
{
	struct db_viewer v = viewer_of(&(struct ctx){ .actor = who });

	c->actor = who;
	check_ok(c, db_begin(c, DB_WRITE, &v));
	check_ok(c, draft_save(c, str_fmt(c->arena, "edition.save?id=%s", t->id), str_of(body)));
	check_ok(c, db_commit(c));
}

static bool check_has(struct ctx *c, struct story *t, const char *field, const char *class)
{
	for (size_t i = 0; i < house_count(&t->v, "findings"); i++)
		if (str_eq(house_cell(c, &t->v, "findings", i, "field"), str_of(field)) &&
		    str_eq(house_cell(c, &t->v, "findings", i, "class"), str_of(class)))
			return true;
	return false;
}

/* meets CSAF-2.0 9.1.6: checked while it is written */
TEST(what_one_types_is_checked_over_what_is_saved)
{
	struct story t;

	drafted(c, &t, "team");
	type(c, &t, &t.h.lead, "summary_ja=+%0D%0A&refs_en=https%3A%2F%2F%5Bexample+A+page");
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check(check_has(c, &t, "summary_ja", "error"));
	check(check_has(c, &t, "refs_en", "error"));
	check(!check_has(c, &t, "title_ja", "error"));   /* not typed: as saved */
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(!check_has(c, &t, "summary_ja", "error"));   /* what is saved has none */
	type(c, &t, &t.h.lead, "summary_ja=%E6%A6%82%E8%A6%81");
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check_int(house_count(&t.v, "findings") > 0, 1);
	check_str(house_cell(c, &t.v, "check", 0, "errors"), S("0"));
	house_close(c);
}

TEST(what_saving_would_refuse_is_told_before_it_is_saved)
{
	struct story t;
	struct buf   b;

	drafted(c, &t, "team");
	buf_init(&b, c->arena, 1000);
	buf_add(&b, S("title_en="));
	for (int i = 0; i < 301; i++)
		buf_char(&b, 'x');
	type(c, &t, &t.h.lead, cstr(c->arena, buf_str(&b)));
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check(check_has(c, &t, "title_en", "error"));
	check_int(c->fault.code, E_NONE);
	type(c, &t, &t.h.lead, "title_en=a%07b");
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check(check_has(c, &t, "title_en", "error"));
	house_close(c);
}

/* No opening is written for it: so it answers nobody who has not typed there. */
TEST(the_check_answers_for_ones_own_draft_alone)
{
	struct story t;

	drafted(c, &t, "team");
	type(c, &t, &t.h.lead, "summary_ja=");
	check(!house_see(c, &t.h.analyst, "edition.check", &t.v, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_see(c, &t.h.auditor, "edition.check", &t.v, "id", t.id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &t.h.lead, "edition.check", &t.v, "id", "nothing", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, save(c, &t, "2", "A session stays valid."));   /* saved: the draft is gone */
	check(!house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* Without a script: at the field, for eyes and for those who listen. */
TEST(the_page_shows_a_finding_at_its_field)
{
	struct story t;
	struct page  w;
	str          page;

	drafted(c, &t, "team");
	check_ok(c, save(c, &t, "2", ""));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	page_init(&w, c, 4 << 20);
	edition_show(&w, t.v.model);
	page = buf_str(&w.out);
	check(house_has(page, "id=\"f-summary_en\" name=\"summary_en\" rows=\"8\" lang=\"en\" aria-describedby=\"f-summary_en-remarks\" aria-invalid=\"true\""));
	check(house_has(page, "<ul class=\"remarks\" id=\"f-summary_en-remarks\" lang=\"en\"><li class=\"error\">Must: Summary is empty in English.</li></ul>"));
	check(house_has(page, "id=\"f-summary_ja\" name=\"summary_ja\" rows=\"8\" lang=\"ja\" >"));
	check(house_has(page, "data-check=\"/editions/"));
	check(house_has(page, ">1 to mend before publication</output>"));
	house_close(c);
}

TEST(marks_and_the_wrong_language_are_told_at_their_field)
{
	struct story t;

	drafted(c, &t, "team");
	type(c, &t, &t.h.lead, "impact_ja=%23+%E5%BD%B1%E9%9F%BF&solution_ja=Update+to+the+fixed+version+as+soon+as+you+can."
	                       "&solution_en=Update.&thanks_en=%E9%AB%98%E6%A9%8B+%E3%81%82%E3%81%8A%E3%81%84&thanks_ja=Aoi+Takahashi");
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check(check_has(c, &t, "impact_ja", "warning"));
	check(check_has(c, &t, "solution_ja", "warning"));
	check(!check_has(c, &t, "solution_en", "warning"));
	check(!check_has(c, &t, "thanks_en", "warning"));   /* a name */
	check_str(house_cell(c, &t.v, "check", 0, "errors"), S("0"));
	house_close(c);
}

/* A draft is whatever a client sent. */
TEST(a_hostile_draft_is_checked_as_the_form_would_show_it)
{
	struct story t;
	struct buf   b;

	drafted(c, &t, "team");
	type(c, &t, &t.h.lead, "summary_ja=&summary_ja=%E6%A6%82%E8%A6%81&nothing=x&id=other&version=x");
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check(check_has(c, &t, "summary_ja", "error"));   /* the first, which is empty */
	buf_init(&b, c->arena, DRAFT_BODY);
	buf_add(&b, S("description_en="));
	while (b.n + 8 < DRAFT_BODY)
		buf_add(&b, b.n % 3 ? S("x+%0A") : S("%5B%22"));
	type(c, &t, &t.h.lead, cstr(c->arena, buf_str(&b)));
	check_ok(c, house_see(c, &t.h.lead, "edition.check", &t.v, "id", t.id, NULL));
	check(check_has(c, &t, "description_en", "error"));   /* longer than may be saved */
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, "preview", "csaf21", NULL));
	house_close(c);
}
