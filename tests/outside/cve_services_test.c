#include "tests/outside/cve_outside_test.h"

/* Reserving, records, the key: see cve_outside_test.h. */

/* ---- reserving ---- */

/* meets FIRST-1.1 5.3.2.5 */
TEST(ids_are_reserved_listed_and_counted)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "3"));
	check_str(last_errand(c, &t, "state"), S("waiting"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_str(last_errand(c, &t, "got"), S("3"));
	check_int(house_count(&t.v, "ids"), 3);
	check_str(id_cell(c, &t, 2, "number"), S("CVE-2026-10000"));
	check_str(id_cell(c, &t, 0, "state"), S("reserved"));
	check_str(house_cell(c, &t.v, "quota", 0, "available"), S("7"));
	check(house_has(house_page(c, "cve.list", &t.v), "Trial: these are not the real CVE Services."));
	check_int(t.d.s->changed, 1);
	chores(c, &t);
	check_int(t.d.s->changed, 1);
	/* IDs that were reserved elsewhere are seen when asked for, over several pages */
	memcpy(t.d.s->other_user, "ren@aozora.example", 19);
	t.d.s->ids[t.d.s->n++] = (struct double_id){ .number = "CVE-2025-4711", .state = CVE_REJECTED, .reserved = c->now };
	check_ok(c, house_do(c, &t.h.analyst, "cve.look", &t.s, NULL));
	chores(c, &t);
	check_int((check_ok(c, house_see(c, &t.h.lead, "cve.list", &t.v, NULL)), house_count(&t.v, "ids")), 4);
	check_str(house_cell(c, &t.v, "ids", 3, "number"), S("CVE-2025-4711"));
	check_str(house_cell(c, &t.v, "ids", 3, "state"), S("rejected"));
	check_int(house_count(&t.v, "users"), 1);
	outside_close(c, &t);
}

/* The answer is lost after CVE Services acted: what they hold is asked, and nothing is reserved twice. */
static void lost_answer(struct ctx *c, enum double_mood mood)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "2"));
	t.d.s->mood = mood;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("doubt"));
	check_int(house_count(&t.v, "ids"), 0);
	/* another reservation waits for the doubt to be settled */
	check_ok(c, reserve(c, &t, "1"));
	t.d.s->mood = DOUBLE_WELL;
	t.d.s->mute_reading = true;
	later(c, &t, 1);
	chores(c, &t);
	check_int(t.d.s->changed, 1);
	t.d.s->mute_reading = false;
	later(c, &t, 20);
	chores(c, &t);
	check_int(t.d.s->changed, 2);
	check_int(t.d.s->n, 3);
	check_int((check_ok(c, house_see(c, &t.h.lead, "cve.list", &t.v, NULL)), house_count(&t.v, "ids")), 3);
	for (size_t i = 0; i < 2; i++)
		check_str(house_cell(c, &t.v, "requests", i, "state"), S("done"));
	outside_close(c, &t);
}

TEST(an_answer_that_never_came_reserves_nothing_twice) { lost_answer(c, DOUBLE_MUTE); }
TEST(an_answer_of_nonsense_reserves_nothing_twice) { lost_answer(c, DOUBLE_GARBAGE); }
TEST(an_answer_of_500_reserves_nothing_twice) { lost_answer(c, DOUBLE_BROKEN); }
TEST(an_answer_of_100_megabytes_reserves_nothing_twice) { lost_answer(c, DOUBLE_HUGE); }
TEST(an_answer_that_comes_too_late_reserves_nothing_twice) { lost_answer(c, DOUBLE_SLOW); }

/* It was not carried out: it is asked again, and only then. */
static void not_done(struct ctx *c, enum double_mood mood, const char *state)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "2"));
	t.d.s->mood = mood;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), str_of(state));
	t.d.s->mood = DOUBLE_WELL;
	for (int i = 0; i < 4; i++) {
		later(c, &t, 5);
		chores(c, &t);
	}
	check_str(last_errand(c, &t, "state"), S("done"));
	check_int(t.d.s->n, 2);
	check_int(t.d.s->changed, 2);
	check_int(house_count(&t.v, "ids"), 2);
	outside_close(c, &t);
}

TEST(a_request_that_was_not_heard_is_made_again) { not_done(c, DOUBLE_DEAF, "doubt"); }
TEST(a_request_that_services_were_down_for_is_made_again) { not_done(c, DOUBLE_DOWN, "doubt"); }
TEST(a_request_that_came_too_soon_is_made_again) { not_done(c, DOUBLE_BUSY, "waiting"); }

TEST(a_quota_that_is_used_up_is_told_and_not_tried_again)
{
	struct outside t;

	outside_open(c, &t);
	t.d.s->quota = 1;
	check_ok(c, reserve(c, &t, "2"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("refused"));
	check_str(house_cell(c, &t.v, "requests", 0, "code"), S("EXCEEDED_ID_QUOTA"));
	check(house_has(house_page(c, "cve.list", &t.v), "The quota of reserved IDs is used up"));
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &t.h.lead, "cve.list", &t.v, NULL));
	check(house_has(house_page(c, "cve.list", &t.v), "予約できるIDの上限に達しています"));
	c->lang = LANG_EN;
	later(c, &t, 600);
	chores(c, &t);
	check_int(t.d.s->changed, 1);
	outside_close(c, &t);
}

TEST(fewer_ids_than_asked_for_are_kept_and_told)
{
	struct outside t;

	outside_open(c, &t);
	t.d.s->mood = DOUBLE_FEWER;
	check_ok(c, reserve(c, &t, "3"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_str(house_cell(c, &t.v, "requests", 0, "code"), S("RESERVED_PARTIAL_AMOUNT"));
	check_int(house_count(&t.v, "ids"), 2);
	outside_close(c, &t);
}

/* psirt ended between the mark and the answer: on the next start the errand is in doubt, not sent again. */
TEST(a_request_under_way_when_psirt_ended_is_asked_about)
{
	const struct chore *h = publication_service.chores;
	struct outside      t;
	void               *work = NULL;
	bool                done, keep;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "2"));
	while (!str_eq(str_of(h->name), S("cve.errand")))
		h++;
	c->actor = &house_actor;
	check_ok(c, chore_run(c, h, &done));   /* armed */
	check_ok(c, db_begin(c, DB_READ, &db_viewer_all));
	check_ok(c, h->due(c, &work));
	db_rollback(c);
	check_ok(c, h->act(c, work, &keep));   /* sent, carried out, and then the power goes */
	check_int(t.d.s->n, 2);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("sending"));
	later(c, &t, 3);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("doubt"));
	later(c, &t, 1);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_int(t.d.s->changed, 1);
	check_int(house_count(&t.v, "ids"), 2);
	outside_close(c, &t);
}

/* What others of the organisation reserve meanwhile is not taken for ours. */
TEST(ids_of_others_do_not_settle_a_doubt)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "1"));
	t.d.s->mood = DOUBLE_DEAF;
	chores(c, &t);
	t.d.s->mood = DOUBLE_WELL;
	memcpy(t.d.s->other_user, "ren@aozora.example", 19);
	t.d.s->ids[t.d.s->n++] = (struct double_id){ .number = "CVE-2026-4711", .state = CVE_RESERVED, .reserved = c->now };
	later(c, &t, 2);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("waiting"));
	check_int(house_count(&t.v, "ids"), 1);   /* known now, as what it is */
	outside_close(c, &t);
}

TEST(without_a_connection_or_a_key_it_is_said_what_to_do)
{
	struct outside t;
	struct house   h;

	house_open(c, &h, all, 4);
	check(!house_do(c, &h.lead, "cve.reserve", &t.s, "amount", "1", NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
	outside_open(c, &t);
	check(!house_do(c, &t.h.lead, "cve.connect", &t.s, "url", "https://x.example/api", "org", "aozora", "user", "u", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &t.admin, "cve.connect", &t.s, "url", "file:///etc", "org", "aozora", "user", "u", NULL));
	check_fault(c, E_INVALID, "url");
	check(!house_do(c, &t.admin, "cve.connect", &t.s, "url", "https://x.example/api", "org", "aozora", "user", "u\r\nX: y", NULL));
	check(!reserve(c, &t, "0"));
	check_fault(c, E_INVALID, "amount");
	check(!house_do(c, &t.h.auditor, "cve.reserve", &t.s, "amount", "1", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(unlink(cstr(c->arena, STR_CAT(c->arena, t.home.real, S("/" CVE_KEY ".kept")))) == 0);
	check_ok(c, reserve(c, &t, "1"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("waiting"));
	check_str(house_cell(c, &t.v, "requests", 0, "code"), S("psirt.key"));
	check_int(t.d.s->asked, 0);
	key_keep(c, &t, false);
	later(c, &t, 10);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("refused"));
	check_str(house_cell(c, &t.v, "requests", 0, "code"), S("UNAUTHORIZED"));
	outside_close(c, &t);
}

TEST(a_request_that_waits_can_be_dropped)
{
	struct outside t;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "1"));
	check_ok(c, house_do(c, &t.h.lead, "cve.drop", &t.s, "id", cstr(c->arena, last_errand(c, &t, "id")), NULL));
	chores(c, &t);
	check_int(t.d.s->asked, 0);
	check(!house_do(c, &t.h.lead, "cve.drop", &t.s, "id", cstr(c->arena, last_errand(c, &t, "id")), NULL));
	check_fault(c, E_STATE, NULL);
	outside_close(c, &t);
}

/* ---- records ---- */

static const struct json *there(struct ctx *c, struct outside *t)
{
	const struct json *root;

	check_ok(c, json_parse(c, str_of(t->d.s->ids[0].record), NULL, &root));
	return json_get(root, S("cnaContainer"));
}

TEST(a_reserved_id_goes_to_its_vulnerability_and_can_be_taken_away)
{
	struct outside t;
	const char    *id = numbered(c, &t), *second;

	check_ok(c, house_see(c, &t.h.lead, "case.show", &t.v, "id", t.k, NULL));
	check_str(house_cell(c, &t.v, "cve", 0, "cve"), S("CVE-2026-10000"));
	check(house_has(house_page(c, "case.show", &t.v), "CVE-2026-10000"));
	check(!house_do(c, &t.h.lead, "cve.reserve", &t.s, "vuln", t.vuln, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, reserve(c, &t, "1"));
	chores(c, &t);
	second = cstr(c->arena, id_cell(c, &t, 0, "id"));
	check(!house_do(c, &t.h.lead, "cve.assign", &t.s, "vuln", t.vuln, "cve", second, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.lead, "cve.release", &t.s, "id", id, NULL));
	check_str(id_cell(c, &t, 1, "casefile"), S(""));
	check_ok(c, house_do(c, &t.h.lead, "cve.assign", &t.s, "vuln", t.vuln, "cve", second, NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.show", &t.v, "id", t.k, NULL));
	check_str(house_cell(c, &t.v, "cve", 0, "cve"), S("CVE-2026-10001"));
	outside_close(c, &t);
}

/* meets FIRST-1.1 5.3.2.5: the record says what the grid and the approved advisory say, and nothing internal */
TEST(a_record_is_published_from_the_case)
{
	struct outside     t;
	const char        *id = published(c, &t);
	const struct json *x  = there(c, &t);

	check_str(id_cell(c, &t, 0, "state"), S("published"));
	check_int(t.d.s->ids[0].state, CVE_PUBLISHED);
	check_str(json_str(json_point(x, S("/affected/0/vendor"))), S("Aozora Instruments"));
	check_str(json_str(json_point(x, S("/affected/0/versions/0/version"))), S("4.1.0"));
	check_str(json_str(json_point(x, S("/affected/0/versions/0/lessThan"))), S("4.2.1"));
	check_str(json_str(json_point(x, S("/references/0/url"))), S("https://psirt.example.jp/advisories/PSIRT-SA-2026-0001"));
	check_str(json_str(json_point(x, S("/metrics/0/cvssV3_1/vectorString"))), S(V31));
	check_str(json_str(json_point(x, S("/problemTypes/0/descriptions/0/cweId"))), S("CWE-613"));
	check_str(json_str(json_point(x, S("/credits/0/value"))), S("Kana Mori"));
	check(str_find(str_of(t.d.s->ids[0].record), S("INTERNAL"), 0) == SIZE_MAX);
	check_ok(c, house_see(c, &t.h.lead, "cve.show", &t.v, "id", id, NULL));
	check_int(house_count(&t.v, "requests"), 1);
	check(house_has(house_page(c, "cve.show", &t.v), "Update the CVE record"));
	check_ok(c, house_see(c, &t.h.lead, "case.show", &t.v, "id", t.k, NULL));
	check(house_has(house_page(c, "case.show", &t.v), "CVE record published"));
	check(!house_do(c, &t.h.lead, "cve.publish", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.lead, "cve.release", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	outside_close(c, &t);
}

/* A record discloses: nothing goes out before the advisory, nor what nobody approved. */
TEST(nothing_is_published_that_was_not_approved)
{
	struct outside t;
	const char    *id = numbered(c, &t);

	check(!house_do(c, &t.h.lead, "cve.publish", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_see(c, &t.h.lead, "cve.show", &t.v, "id", id, NULL));
	check(house_has(house_page(c, "cve.show", &t.v), "publish the advisory of the case first"));
	advisory_out(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "cve.list", &t.v, NULL));
	check(house_has(house_page(c, "cve.list", &t.v), "The advisory is out; the record is due by"));
	range(c, &t, 0, 0, "affected");
	check(!house_do(c, &t.h.lead, "cve.publish", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.engineer, "cve.publish", &t.s, "id", id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	chores(c, &t);
	check_int(t.d.s->changed, 1);
	outside_close(c, &t);
}

/* Lost after it was carried out: known again by what it holds. Lost before: made again. */
static void lost_record(struct ctx *c, enum double_mood mood, int changes)
{
	struct outside t;
	const char    *id = numbered(c, &t);

	advisory_out(c, &t);
	later(c, &t, 1);
	check_ok(c, house_do(c, &t.h.lead, "cve.publish", &t.s, "id", id, NULL));
	t.d.s->mood = mood;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("doubt"));
	check(!house_do(c, &t.h.lead, "cve.publish", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	t.d.s->mood = DOUBLE_WELL;
	for (int i = 0; i < 4; i++) {
		later(c, &t, 5);
		chores(c, &t);
	}
	check_str(last_errand(c, &t, "state"), S("done"));
	check_str(id_cell(c, &t, 0, "state"), S("published"));
	check_int(t.d.s->changed, 1 + changes);
	outside_close(c, &t);
}

TEST(a_record_whose_answer_was_lost_is_known_again) { lost_record(c, DOUBLE_MUTE, 1); }
TEST(a_record_whose_answer_was_nonsense_is_known_again) { lost_record(c, DOUBLE_GARBAGE, 1); }
TEST(a_record_that_was_not_heard_is_sent_again) { lost_record(c, DOUBLE_DEAF, 2); }

TEST(a_record_that_somebody_published_meanwhile_is_updated_to_ours)
{
	struct outside t;
	const char    *id = numbered(c, &t);

	advisory_out(c, &t);
	later(c, &t, 1);
	t.d.s->ids[0].state      = CVE_PUBLISHED;
	t.d.s->ids[0].has_record = true;
	memcpy(t.d.s->ids[0].record, "{\"cnaContainer\":{\"title\":\"Another\"}}", 37);
	check_ok(c, house_do(c, &t.h.lead, "cve.publish", &t.s, "id", id, NULL));
	for (int i = 0; i < 4; i++) {
		chores(c, &t);
		later(c, &t, 5);
	}
	check_str(last_errand(c, &t, "state"), S("done"));
	check_str(json_get_str(there(c, &t), S("title")), S("Session not ended"));
	outside_close(c, &t);
}

TEST(a_record_is_updated_after_a_new_edition_and_rejected_with_a_reason)
{
	struct outside t;
	const char    *id = published(c, &t);

	check(!house_do(c, &t.h.lead, "cve.reject", &t.s, "id", id, "reason", " ", NULL));
	check_fault(c, E_INVALID, "reason");
	later(c, &t, 1);
	check_ok(c, house_do(c, &t.h.lead, "cve.update", &t.s, "id", id, NULL));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_str(last_errand(c, &t, "kind"), S("update"));
	later(c, &t, 1);
	check(!house_do(c, &t.h.lead, "cve.reject", &t.s, "id", id, "reason", "Same as another.", "replaced_by", "CVE-2026-10000", NULL));
	check_fault(c, E_INVALID, "replaced_by");
	check_ok(c, house_do(c, &t.h.lead, "cve.reject", &t.s, "id", id, "reason", "It is the same flaw as the other one.", "replaced_by", "CVE-2026-10042", NULL));
	chores(c, &t);
	check_str(id_cell(c, &t, 0, "state"), S("rejected"));
	check_int(t.d.s->ids[0].state, CVE_REJECTED);
	check_str(json_str(json_point(there(c, &t), S("/rejectedReasons/0/value"))), S("It is the same flaw as the other one."));
	check(!house_do(c, &t.h.lead, "cve.update", &t.s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	outside_close(c, &t);
}

TEST(an_unused_id_is_rejected_without_a_record_before)
{
	struct outside t;
	const char    *id;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "1"));
	chores(c, &t);
	id = cstr(c->arena, id_cell(c, &t, 0, "id"));
	later(c, &t, 1);
	check_ok(c, house_do(c, &t.h.lead, "cve.reject", &t.s, "id", id, "reason", "This ID was not used.", NULL));
	t.d.s->mood = DOUBLE_MUTE;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("doubt"));
	t.d.s->mood = DOUBLE_WELL;
	later(c, &t, 5);
	chores(c, &t);
	check_str(id_cell(c, &t, 0, "state"), S("rejected"));
	check_int(t.d.s->changed, 2);
	outside_close(c, &t);
}

TEST(a_container_is_added_to_a_record_of_others)
{
	static const char good[] = "{\"adpContainer\":{\"title\":\"A note\",\"references\":[{\"url\":\"https://psirt.example.jp/note\"}]}}";
	struct outside    t;

	outside_open(c, &t);
	check(!house_do(c, &t.h.lead, "cve.adp", &t.s, "number", "CVE-1", "container", good, NULL));
	check_fault(c, E_INVALID, "number");
	check(!house_do(c, &t.h.lead, "cve.adp", &t.s, "number", "CVE-2026-4711", "container", "{\"adpContainer\":{\"references\":[]}}", NULL));
	check_fault(c, E_INVALID, "container");
	check(!house_do(c, &t.h.lead, "cve.adp", &t.s, "number", "CVE-2026-4711", "container", "{", NULL));
	check_fault(c, E_INVALID, "container");
	check_ok(c, house_do(c, &t.h.lead, "cve.adp", &t.s, "number", "CVE-2026-4711", "container", good, NULL));
	t.d.s->mood = DOUBLE_MUTE;
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("waiting"));
	t.d.s->mood = DOUBLE_WELL;
	later(c, &t, 5);
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_int(t.d.s->changed, 2);
	outside_close(c, &t);
}

/* ---- the key ---- */

/*
 * Main carries the key and never has it: not in its memory, where also the database of
 * this test lies with its answers, its audit and its pages; also when the server tells it.
 */
TEST(the_key_is_never_in_main)
{
	struct outside t;
	str            seen;

	outside_open(c, &t);
	check_ok(c, reserve(c, &t, "1"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("done"));
	check_ok(c, house_do(c, &t.admin, "cve.connect", &t.s, "url", cstr(c->arena, str_fmt(c->arena, "http://127.0.0.1:%d/api", t.d.port)),
	                     "org", "another", "user", "kana@aozora.example", NULL));
	check_ok(c, reserve(c, &t, "1"));
	chores(c, &t);
	check_str(last_errand(c, &t, "state"), S("refused"));
	check_str(house_cell(c, &t.v, "requests", 0, "detail"), S("Not ************************************"));
	check_int(key_in_memory(c, 0), 0);
	seen = double_key(c);
	check(seen.n == 36);
	check(key_in_memory(c, 0) > 0);   /* it would have been found */
	t.d.s->wrong[0] = '\0';
	outside_close(c, &t);
}
