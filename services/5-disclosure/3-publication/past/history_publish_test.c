#include "services/5-disclosure/3-publication/past/history_test.h"

#include "record/setting.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/past/history.h"
#include "services/5-disclosure/3-publication/publication.h"

static const struct service *const only[] = { &publication_service };



static const char *imported(struct ctx *c, const struct actor *who, str text)
{
	struct sheet s;

	check_ok(c, past_import_one(c, who, text, &s));
	return cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
}

static bool publish(struct ctx *c, const struct actor *who, const char *id)
{
	struct sheet s;

	return house_do(c, who, "history.publish", &s, "id", id, NULL);
}

/* Nothing of it is in any public place. */
static void not_outside(struct ctx *c, struct house *h, const char *number)
{
	static const char *const lists[] = { "provider.feed", "provider.index", "provider.changes", "advisory.atom" };
	struct sheet s;

	for (size_t i = 0; i < 4; i++) {
		check_ok(c, house_see(c, &h->nobody, lists[i], &s, NULL));
		check(!house_has(s.raw, number) && !house_has(s.raw, "ow-2019-1.json"));
	}
	check_ok(c, house_see(c, &h->nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 0);
	check(!house_see(c, &h->nobody, "advisory.show", &s, "number", number, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &h->nobody, "advisory.csaf", &s, "number", number, NULL));
	check(!house_see(c, &h->nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json", NULL));
	check_fault(c, E_NOTFOUND, NULL);
}

static str of_us(struct ctx *c)
{
	return past_with(c, "https://other.example\"", "https://psirt.example.jp\"", NULL);
}

/* meets CSAF-2.0 7.1.2, 7.1.11, 7.1.12, 7.1.13, 7.1.18; FIRST-1.1 5.3.2.3 */
TEST(a_former_advisory_of_ours_is_out_with_its_original_bytes)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          text, page;

	house_open(c, &h, only, 1);
	text = of_us(c);
	id   = imported(c, &h.analyst, text);
	not_outside(c, &h, "OW-2019-1");
	check_ok(c, publish(c, &h.lead, id));
	check_ok(c, house_see(c, &h.nobody, "advisory.csaf", &s, "number", "OW-2019-1", NULL));
	check_str(s.raw, text);
	check_ok(c, house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json", NULL));
	check_str(s.raw, text);
	check_ok(c, house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json.sha256", NULL));
	check(str_starts(s.raw, bytes_sha256(c, text)));
	check_ok(c, house_see(c, &h.nobody, "provider.index", &s, NULL));
	check_str(s.raw, S("2019/ow-2019-1.json\n"));
	check_ok(c, house_see(c, &h.nobody, "provider.changes", &s, NULL));
	check(house_has(s.raw, "\"2019/ow-2019-1.json\",\"2019-07-11T00:00:00Z\""));
	check_ok(c, house_see(c, &h.nobody, "tree.index", &s, "tree", "v2.0", "folder", "white", NULL));
	check_str(s.raw, S("2019/ow-2019-1.json\n"));
	check_ok(c, house_see(c, &h.nobody, "provider.feed", &s, NULL));
	check(house_has(s.raw, "2019/ow-2019-1.json") && house_has(s.raw, "2019-07-10T00:00:00Z"));
	check_ok(c, house_see(c, &h.nobody, "advisory.atom", &s, NULL));
	check(house_has(s.raw, "OW-2019-1 Open gate"));
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_str(house_cell(c, &s, "advisories", 0, "number"), S("OW-2019-1"));
	check_ok(c, house_see(c, &h.nobody, "advisory.show", &s, "number", "OW-2019-1", NULL));
	page = house_page(c, "advisory.show", &s);
	check(house_has(page, "Gate 1.0") && house_has(page, "before it came to this site"));
	check(!house_has(page, "analyst") && !house_has(page, "/history/"));
	check(!house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json.asc", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!publish(c, &h.lead, id));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

TEST(the_newest_public_edition_is_the_one_that_is_out)
{
	struct house h;
	struct sheet s;
	const char  *first, *second;

	house_open(c, &h, only, 1);
	second = imported(c, &h.analyst, past_with(c, "https://other.example\"", "https://psirt.example.jp\"", "\"First.\"}]",
	                                           "\"First.\"},{\"date\":\"2019-07-11T09:00:00+09:00\",\"number\":\"2\",\"summary\":\"Second.\"}]",
	                                           "\"version\":\"1\"}},", "\"version\":\"2\"}},", "Open gate", "Open gate again", NULL));
	check_ok(c, publish(c, &h.lead, second));
	first = imported(c, &h.analyst, of_us(c));
	check_ok(c, publish(c, &h.lead, first));
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 1);
	check_str(house_cell(c, &s, "advisories", 0, "title"), S("Open gate again"));
	check_ok(c, house_see(c, &h.nobody, "advisory.csaf", &s, "number", "OW-2019-1", NULL));
	check(house_has(s.raw, "Open gate again"));
	house_close(c);
}

/* meets FIRST-1.1 5.3.2.8 */
TEST(another_person_than_who_imported_it_publishes_it)
{
	struct house h;
	struct sheet s;
	const char  *id;

	house_open(c, &h, only, 1);
	id = imported(c, &h.lead, of_us(c));
	check(!publish(c, &h.lead, id));
	check_fault(c, E_STATE, NULL);
	check(!publish(c, &h.executive, id));
	check_fault(c, E_FORBIDDEN, NULL);
	not_outside(c, &h, "OW-2019-1");
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check(house_has(house_page(c, "history.show", &s), "Another person than the one who imported it"));
	h.front.two_persons = false;
	check_ok(c, publish(c, &h.lead, id));
	house_close(c);
}

/* meets FIRST-TLP-2.0 4: what is not TLP:CLEAR is not public */
TEST(what_must_not_be_public_cannot_be_made_public)
{
	static const char *const wrong[][2] = {
		{ "\"WHITE\"", "\"RED\"" }, { "\"WHITE\"", "\"AMBER\"" }, { "\"WHITE\"", "\"GREEN\"" },
		{ "\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},", "" },
		{ "\"status\":\"final\",\"version\":\"1\"", "\"status\":\"draft\",\"version\":\"1\"" },
		{ "\"known_affected\":[\"P1\"]", "\"known_affected\":[\"P9\"]" },
		{ "\"id\":\"OW-2019-1\"", "\"id\":\"OW/2019 1\"" },
		{ "https://psirt.example.jp\"", "https://psirt.example.jp.evil.example\"" },
		{ "https://psirt.example.jp\"", "http://psirt.example.jp\"" },
	};
	struct house h;
	struct sheet s;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const char *id;
		house_open(c, &h, only, 1);
		h.front.two_persons = false;
		id = imported(c, &h.analyst, past_with(c, "https://other.example\"", "https://psirt.example.jp\"", wrong[i][0], wrong[i][1], NULL));
		check(!publish(c, &h.analyst, id));
		check_fault(c, E_STATE, NULL);
		check(!house_do(c, &h.analyst, "history.release", &s, NULL));
		check_fault(c, E_STATE, NULL);
		not_outside(c, &h, "OW-2019-1");
		house_close(c);
	}
}

/* The last wall: the table itself refuses. */
TEST(the_database_refuses_what_is_not_clear_whatever_the_code_does)
{
	struct house h;
	int64_t      n;
	const char  *id;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, past_with(c, "\"WHITE\"", "\"RED\"", NULL));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check(!sql_past_publish(c, (past_id){ str_of(id) }, S("2019/a.json"), (user_id){ h.lead.id }, c->now, &n));
	db_rollback(c);
	house_close(c);
}

TEST(a_former_namespace_is_ours_when_the_settings_say_so)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	imported(c, &h.analyst, str_of(past_document));
	imported(c, &h.lead, past_with(c, "OW-2019-1", "OW-2019-2", NULL));
	imported(c, &h.analyst, past_with(c, "OW-2019-1", "TH-1", "https://other.example\"", "https://third.example\"", NULL));
	check(!house_do(c, &h.lead, "history.release", &s, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "publisher_namespaces", S("https://old.example https://other.example/")));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &h.lead, "history.list", &s, NULL));
	check(house_has(house_page(c, "history.list", &s), "Ours that are not public"));
	check_ok(c, house_do(c, &h.lead, "history.release", &s, NULL));
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 1);
	check_str(house_cell(c, &s, "advisories", 0, "number"), S("OW-2019-1"));
	check_ok(c, house_do(c, &h.analyst, "history.release", &s, NULL));
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 2);
	house_close(c);
}

/* ---- signatures ---- */

static str signed_bytes;

static bool sign(struct ctx *c, UNUSED bool clear, str bytes, str *fingerprint, str *out)
{
	signed_bytes = str_dup(c->arena, bytes);
	*fingerprint = S("0123456789ABCDEF0123456789ABCDEF01234567");
	*out         = S("-----BEGIN PGP SIGNATURE-----\n");
	return true;
}

static bool public_key(UNUSED struct ctx *c, UNUSED str fingerprint, str *out)
{
	*out = S("-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
	return true;
}

static const struct chore *chore_named(const char *name)
{
	for (const struct chore *x = publication_service.chores; x->name; x++)
		if (strcmp(x->name, name) == 0)
			return x;
	return NULL;
}

/* meets CSAF-2.0 7.1.19 */
TEST(what_is_ours_and_out_is_signed_by_us_and_nothing_else)
{
	struct house h;
	struct sheet s;
	bool         done;
	const char  *id;

	house_open(c, &h, only, 1);
	h.front.sign       = sign;
	h.front.public_key = public_key;
	imported(c, &h.analyst, str_of(past_document));
	id = imported(c, &h.analyst, past_with(c, "https://other.example\"", "https://psirt.example.jp\"", "OW-2019-1", "OW-2019-7", NULL));
	check_ok(c, chore_run(c, chore_named("history.sign"), &done));
	check(!done);
	check_ok(c, publish(c, &h.lead, id));
	check_ok(c, house_see(c, &h.nobody, "provider.show", &s, NULL));
	check(house_has(s.raw, "\"csaf_provider\""));
	check_ok(c, chore_run(c, chore_named("history.sign"), &done));
	check(done);
	check(house_has(signed_bytes, "OW-2019-7"));
	check_ok(c, chore_run(c, chore_named("history.sign"), &done));
	check(!done);
	check_ok(c, house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-7.json.asc", NULL));
	check_str(s.raw, S("-----BEGIN PGP SIGNATURE-----\n"));
	check_ok(c, house_see(c, &h.nobody, "provider.show", &s, NULL));
	check(house_has(s.raw, "\"csaf_trusted_provider\""));
	house_close(c);
}

/* meets FIRST-1.1 5.3.2.3 */
TEST(a_former_advisory_is_withdrawn_whole_and_its_address_says_why)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          page;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, of_us(c));
	check(!house_do(c, &h.lead, "history.withdraw", &s, "id", id, "reason_en", "x", "reason_ja", "x", NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, publish(c, &h.lead, id));
	c->now += HOUR;
	check(!house_do(c, &h.lead, "history.withdraw", &s, "id", id, "reason_en", "", "reason_ja", "x", NULL));
	check_fault(c, E_INVALID, "reason_en");
	check(!house_do(c, &h.auditor, "history.withdraw", &s, "id", id, "reason_en", "x", "reason_ja", "x", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_do(c, &h.lead, "history.withdraw", &s, "id", id, "reason_en", "Imported by mistake.", "reason_ja", "誤って取り込みました。", NULL));
	check_ok(c, house_see(c, &h.nobody, "advisory.show", &s, "number", "OW-2019-1", NULL));
	page = house_page(c, "advisory.show", &s);
	check(house_has(page, "Imported by mistake.") && house_has(page, "Withdrawn"));
	check(!house_has(page, "Open gate"));                      /* nothing of its content */
	check_ok(c, house_see(c, &h.nobody, "provider.index", &s, NULL));
	check_str(s.raw, S(""));
	check_ok(c, house_see(c, &h.nobody, "provider.changes", &s, NULL));
	check(!house_has(s.raw, "ow-2019-1"));
	check_ok(c, house_see(c, &h.nobody, "provider.feed", &s, NULL));
	check(!house_has(s.raw, "ow-2019-1") && house_has(s.raw, cstr(c->arena, time_print(c->arena, c->now))));
	check_ok(c, house_see(c, &h.nobody, "advisory.atom", &s, NULL));
	check(!house_has(s.raw, "OW-2019-1") && house_has(s.raw, cstr(c->arena, time_print(c->arena, c->now))));
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 0);
	check(!house_see(c, &h.nobody, "advisory.csaf", &s, "number", "OW-2019-1", NULL));
	check(!house_see(c, &h.nobody, "provider.file", &s, "year", "2019", "file", "ow-2019-1.json", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &h.analyst, "history.show", &s, "id", id, NULL));
	check(house_has(house_page(c, "history.show", &s), "Imported by mistake."));
	house_close(c);
}

TEST(what_was_withdrawn_is_not_published_with_the_others_but_alone)
{
	struct house h;
	struct sheet s;
	const char  *id;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, of_us(c));
	check_ok(c, publish(c, &h.lead, id));
	check_ok(c, house_do(c, &h.lead, "history.withdraw", &s, "id", id, "reason_en", "Mistake.", "reason_ja", "誤り。", NULL));
	check(!house_do(c, &h.lead, "history.release", &s, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, publish(c, &h.lead, id));
	check_ok(c, house_see(c, &h.nobody, "advisory.show", &s, "number", "OW-2019-1", NULL));
	check(house_has(house_page(c, "advisory.show", &s), "Gate 1.0"));
	check_ok(c, house_see(c, &h.nobody, "advisory.list", &s, NULL));
	check_int(house_count(&s, "advisories"), 1);
	house_close(c);
}
