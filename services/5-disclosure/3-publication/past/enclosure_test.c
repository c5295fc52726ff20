#include "services/5-disclosure/3-publication/past/history_test.h"

#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/publication.h"

static const struct service *const only[] = { &publication_service };

#define SEAL "-----BEGIN PGP SIGNATURE-----\r\n\niHUEABYKAB0=\n=AbCd\n-----END PGP SIGNATURE-----\n\n"

enum { DOC, ASC, S256, S512, FILES };
static const char *const names[FILES] = { "ow-2019-1.json", "ow-2019-1.json.asc", "ow-2019-1.json.sha256", "ow-2019-1.json.sha512" };

static void whole(struct ctx *c, str document, str out[FILES])
{
	out[DOC]  = document;
	out[ASC]  = S(SEAL);
	out[S256] = STR_CAT(c->arena, bytes_sha256(c, document), S("  ow-2019-1.json\n"));
	out[S512] = str_dup(c->arena, bytes_sha512(c, document));
	for (size_t i = 0; i < 8; i++)   /* capitals count the same */
		if (out[S512].p[i] >= 'a')
			((char *)(uintptr_t)out[S512].p)[i] -= 32;
}

static str of_us(struct ctx *c)
{
	return past_with(c, "https://other.example\"", "https://psirt.example.jp\"", NULL);
}

/* meets CSAF-2.0 7.1.18, 7.1.19 */
TEST(a_signature_that_came_with_a_former_advisory_goes_out_with_it_as_it_came)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          texts[FILES], page;

	house_open(c, &h, only, 1);
	whole(c, of_us(c), texts);
	check_ok(c, past_import_as(c, &h.analyst, names, texts, FILES, &s));
	check_int(house_count(&s, "files"), 1);
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("stored"));
	id = cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
	check_ok(c, house_see(c, &h.auditor, "history.signature", &s, "id", id, NULL));
	check_str(s.raw, S(SEAL));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	page = house_page(c, "history.show", &s);
	check(house_has(page, "It came with the document"));
	check(!house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json.asc", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_do(c, &h.lead, "history.publish", &s, "id", id, NULL));
	check_ok(c, house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json.asc", NULL));
	check_str(s.raw, S(SEAL));
	check_ok(c, house_see(c, &h.nobody, "provider.feed", &s, NULL));
	check(house_has(s.raw, "ow-2019-1.json.asc"));
	/* Sent again nothing changes; alone the document does not lose it; another one is not taken for it. */
	check_ok(c, past_import_as(c, &h.analyst, names, texts, FILES, &s));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("there"));
	check_ok(c, past_import_as(c, &h.analyst, names, texts, 1, &s));
	texts[ASC] = S("-----BEGIN PGP SIGNATURE-----\nother\n-----END PGP SIGNATURE-----");
	check(!past_import_as(c, &h.analyst, names, texts, 2, &s));
	check_fault(c, E_CONFLICT, "file");
	check(house_has(word_fault(c, &c->fault), "ow-2019-1.json.asc"));
	check_ok(c, house_see(c, &h.auditor, "history.signature", &s, "id", id, NULL));
	check_str(s.raw, S(SEAL));
	house_close(c);
}

TEST(what_lies_beside_a_document_and_is_wrong_is_told_with_its_name_and_nothing_is_kept)
{
	static const struct { int file; const char *bytes; enum fault_code code; const char *says; } all[] = {
		{ S256, "0000000000000000000000000000000000000000000000000000000000000000  x\n", E_INVALID, "ow-2019-1.json.sha256 is not that" },
		{ S512, "00", E_SYNTAX, "ow-2019-1.json.sha512 does not begin" },
		{ S256, "", E_SYNTAX, "ow-2019-1.json.sha256 does not begin" },
		{ S256, "\xff\xff", E_SYNTAX, "ow-2019-1.json.sha256 does not begin" },
		{ ASC, "", E_SYNTAX, "ow-2019-1.json.asc is no OpenPGP" },
		{ ASC, "-----BEGIN PGP SIGNED MESSAGE-----", E_SYNTAX, "ow-2019-1.json.asc is no OpenPGP" },
	};
	static const char large[70000] = SEAL;
	struct house h;
	struct sheet s;
	str          texts[FILES];

	house_open(c, &h, only, 1);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		whole(c, str_of(past_document), texts);
		texts[all[i].file] = str_of(all[i].bytes);
		check(!past_import_as(c, &h.analyst, names, texts, FILES, &s));
		check_fault(c, all[i].code, "file");
		if (!house_has(word_fault(c, &c->fault), all[i].says))
			check_str(word_fault(c, &c->fault), str_of(all[i].says));
	}
	whole(c, str_of(past_document), texts);
	texts[ASC] = (str){ large, sizeof(large) };
	check(!past_import_as(c, &h.analyst, names, texts, FILES, &s));
	check_fault(c, E_LIMIT, "file");
	check(!past_import_as(c, &h.analyst, &names[ASC], &texts[ASC], 1, &s));
	check_fault(c, E_INVALID, "file");
	check(house_has(word_fault(c, &c->fault), "ow-2019-1.json.asc came without its document ow-2019-1.json."));
	check_ok(c, house_see(c, &h.lead, "history.list", &s, NULL));
	check_int(house_count(&s, "history"), 0);
	house_close(c);
}

TEST(of_several_documents_each_has_its_own_beside_it)
{
	static const char *const some[] = { "b.json.sha256", "a.json.asc", "a.json", "b.json", "c.json.asc" };
	struct house h;
	struct sheet s;
	str          texts[5];

	house_open(c, &h, only, 1);
	texts[2] = str_of(past_document);
	texts[3] = past_with(c, "OW-2019-1", "OW-2019-2", NULL);
	texts[0] = bytes_sha256(c, texts[2]);   /* of the other */
	texts[1] = texts[4] = S(SEAL);
	check_ok(c, past_import_as(c, &h.analyst, some, texts, 5, &s));
	check_int(house_count(&s, "files"), 3);
	check_str(house_cell(c, &s, "files", 0, "file"), S("a.json"));
	check_str(house_cell(c, &s, "files", 0, "outcome"), S("stored"));
	check_str(house_cell(c, &s, "files", 1, "file"), S("b.json"));
	check_str(house_cell(c, &s, "files", 1, "outcome"), S("refused"));
	check(house_has(house_cell(c, &s, "files", 1, "why"), "b.json.sha256"));
	check_str(house_cell(c, &s, "files", 2, "file"), S("c.json.asc"));
	check_str(house_cell(c, &s, "files", 2, "outcome"), S("refused"));
	house_close(c);
}
