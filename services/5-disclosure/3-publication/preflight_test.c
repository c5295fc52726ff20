#include "services/5-disclosure/3-publication/publication_test.h"

#include "standards/csaf/csaf.h"

static str field(struct ctx *c, const struct bulletin *b, const char *pointer)
{
	return preflight_field(c, b, str_of(pointer));
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
	check_str(field(c, &b, "/document/references/1/url"), S("refs_en"));
	check_str(field(c, &b, "/document/acknowledgments/0"), S("thanks_en"));
	check_str(field(c, &b, "/document/tracking/revision_history/0/summary"), S("change_note_en"));
	check(str_is_none(field(c, &b, "/document/titles")));
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
	check_ok(c, bulletin_csaf(c, &b, &doc));
	check_ok(c, json_parse(c, doc, &csaf_limits, &root));
	root = json_get(root, S("document"));
	for (size_t i = 0; i < json_count(json_get(root, S("notes"))); i++) {
		const struct json *note = json_at(json_get(root, S("notes")), i);
		str pointer = str_fmt(c->arena, "/document/notes/%zu/text", i);

		check_str(preflight_field(c, &b, pointer), STR_CAT(c->arena, json_get_str(note, S("text")), S("_en")));
	}
	check_int((int64_t)json_count(json_get(root, S("notes"))), 4);
	house_close(c);
}
