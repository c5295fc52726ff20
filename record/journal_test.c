#include "record/checkpoint.h"

#include "record/house_test.h"

#include "record/casefile.h"

/* A statement of a tamperer, who has the file and not the key. */
static void tamper(struct ctx *c, const char *sql)
{
	const struct db_query q = { .sqlite = sql, .postgres = sql, .types = "", .writes = true, .guarded = true };
	struct db_run        *r;
	int64_t               changed;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, &changed));
	check_ok(c, db_commit(c));
	check(changed > 0);
}

static void note(struct ctx *c, const struct actor *who, const char *verb, str chain)
{
	struct journal_entry e = { .verb = verb, .chain = chain, .object = S("object"), .note = S("a note") };

	c->actor = who;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, journal_write(c, &e));
	check_ok(c, db_commit(c));
}

static case_id case_of(struct ctx *c, struct house *h, const char *access)
{
	struct casefile_draft d = { .title = S("Case"), .severity = S("high"), .access = str_of(access) };
	case_id id = { STR_NONE };
	str     number;

	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, &id, &number));
	check_ok(c, db_commit(c));
	return id;
}

/* Five entries of two people in the system's chain, three in a case's. */
static case_id open_house(struct ctx *c, struct house *h)
{
	case_id id;

	house_open(c, h, NULL, 0);
	id = case_of(c, h, "team");
	for (int i = 0; i < 5; i++)
		note(c, i % 2 ? &h->lead : &h->analyst, "thing.done", STR_NONE);
	for (int i = 0; i < 3; i++)
		note(c, &h->analyst, "case.note", id.v);
	return id;
}

static struct journal_verdict verify_as(struct ctx *c, const struct db_viewer *who)
{
	struct journal_verdict v = { 0 };

	check_ok(c, db_begin(c, DB_READ, who));
	check_ok(c, journal_verify(c, &v));
	db_rollback(c);
	return v;
}

static struct journal_verdict verify(struct ctx *c)
{
	return verify_as(c, &house_viewer);
}

/* The verdict after one act of tampering with a fresh house; what NULL: any, as chains have no fixed order. */
static void found(struct ctx *c, const char *sql, const char *what)
{
	struct house           h;
	struct journal_verdict v;

	(void)open_house(c, &h);
	check(verify(c).good);
	tamper(c, sql);
	v = verify(c);
	check(!v.good);
	if (what)
		check_str(str_of(v.what ? v.what : ""), str_of(what));
	house_close(c);
}

TEST(an_untouched_audit_is_whole)
{
	struct house           h;
	struct journal_verdict v;

	(void)open_house(c, &h);
	v = verify(c);
	check(v.good);
	check_int(v.entries, 8);
	check_int(v.chains, 2);
	check_int(v.erased, 0);
	house_close(c);
}

TEST(an_altered_entry_is_found)
{
	found(c, "UPDATE journal SET verb = 'thing.undone' WHERE chain = 'system' AND pos = 3", "The entry was altered or moved");
	found(c, "UPDATE journal SET at = at + 1 WHERE chain = 'system' AND pos = 3", "The entry was altered or moved");
	found(c, "UPDATE journal SET is_read = 1 WHERE chain = 'system' AND pos = 3", "The entry was altered or moved");
	found(c, "UPDATE journal SET actor = 'somebody' WHERE chain = 'system' AND pos = 3", "The entry was altered or moved");
	found(c, "UPDATE journal SET object = '' WHERE chain <> 'system' AND pos = 1", "The entry was altered or moved");
}

TEST(an_altered_name_or_note_is_found)
{
	found(c, "UPDATE journal SET who = 'somebody' WHERE chain = 'system' AND pos = 2", "The name or note of the entry was altered");
	found(c, "UPDATE journal SET note = '' WHERE chain = 'system' AND pos = 5", "The name or note of the entry was altered");
}

TEST(a_removed_entry_is_found)
{
	found(c, "DELETE FROM journal WHERE chain = 'system' AND pos = 3", "An entry is missing before this one");
	found(c, "DELETE FROM journal WHERE chain = 'system' AND pos = 1", "An entry is missing before this one");
	found(c, "DELETE FROM journal WHERE chain <> 'system'", "All entries of the chain are missing");
}

TEST(a_removed_entry_is_found_when_the_rest_is_numbered_anew)
{
	struct house h;

	(void)open_house(c, &h);
	tamper(c, "DELETE FROM journal WHERE chain = 'system' AND pos = 3");
	tamper(c, "UPDATE journal SET pos = 3 WHERE chain = 'system' AND pos = 4");
	tamper(c, "UPDATE journal SET pos = 4 WHERE chain = 'system' AND pos = 5");
	check(!verify(c).good);
	house_close(c);
}

TEST(two_entries_changing_places_are_found)
{
	struct house           h;
	struct journal_verdict v;

	(void)open_house(c, &h);
	tamper(c, "UPDATE journal SET pos = 99 WHERE chain = 'system' AND pos = 2");
	tamper(c, "UPDATE journal SET pos = 2 WHERE chain = 'system' AND pos = 3");
	tamper(c, "UPDATE journal SET pos = 3 WHERE chain = 'system' AND pos = 99");
	v = verify(c);
	check(!v.good);
	check_int(v.pos, 2);
	house_close(c);
}

TEST(an_entry_moved_to_another_chain_is_found)
{
	found(c, "UPDATE journal SET chain = 'system', pos = 6 WHERE chain <> 'system' AND pos = 3", NULL);
}

TEST(a_chain_that_was_cut_off_is_found)
{
	found(c, "DELETE FROM journal WHERE chain = 'system' AND pos >= 4", "The end of the chain was cut off");
	found(c, "DELETE FROM journal_head WHERE chain = 'system'", "The head of the chain is missing");
}

TEST(a_head_that_was_turned_back_does_not_have_our_seal)
{
	struct house           h;
	struct journal_verdict v;

	(void)open_house(c, &h);
	tamper(c, "DELETE FROM journal WHERE chain = 'system' AND pos >= 4");
	tamper(c, "UPDATE journal_head SET pos = 3, hash = (SELECT j.hash FROM journal j WHERE j.chain = 'system' AND j.pos = 3) WHERE chain = 'system'");
	v = verify(c);
	check(!v.good);
	check_str(str_of(v.what), S("The seal of the chain is not ours"));
	check_str(v.chain, S("system"));
	house_close(c);
}

TEST(a_seal_of_another_key_is_not_ours)
{
	struct house h;

	(void)open_house(c, &h);
	journal_key_set(S("another key of thirty-two bytes!"));
	check(!verify(c).good);
	journal_key_set(S("0123456789abcdef0123456789abcdef"));
	check(verify(c).good);
	house_close(c);
}

TEST(erasing_a_person_keeps_the_chains_valid)
{
	struct house           h;
	struct journal_verdict v;
	int64_t                erased;

	(void)open_house(c, &h);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, journal_forget(c, h.analyst.id, &erased));
	check_ok(c, db_commit(c));
	check_int(erased, 6);
	v = verify(c);
	check(v.good);
	check_int(v.erased, 6);
	note(c, &h.lead, "thing.done", STR_NONE);
	check(verify(c).good);
	tamper(c, "UPDATE journal SET verb = 'x' WHERE salt IS NULL AND chain = 'system' AND pos = 1");
	check(!verify(c).good);
	house_close(c);
}

TEST(an_auditor_verifies_what_an_auditor_sees)
{
	struct house           h;
	struct db_viewer       auditor;
	struct journal_verdict v;
	case_id                hidden;

	(void)open_house(c, &h);
	hidden = case_of(c, &h, "members");
	note(c, &h.lead, "case.note", hidden.v);
	auditor = (struct db_viewer){ h.auditor.id, h.auditor.sight };
	check_int(verify(c).chains, 3);
	v = verify_as(c, &auditor);
	check(v.good);
	check_int(v.chains, 2);
	check_int(v.entries, 8);
	tamper(c, "DELETE FROM journal WHERE chain IN (SELECT k.id FROM casefile k WHERE k.access = 'members')");
	check(!verify(c).good);
	check(verify_as(c, &auditor).good);   /* as if that case did not exist */
	tamper(c, "DELETE FROM journal WHERE chain = 'system' AND pos = 5");
	check(!verify_as(c, &auditor).good);
	house_close(c);
}

/* ---- checkpoints ---- */

static void checkpoint(struct ctx *c)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, checkpoint_write(c));
	check_ok(c, db_commit(c));
}

static struct journal_verdict verify_marked(struct ctx *c)
{
	struct journal_verdict v;

	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, journal_verify(c, &v));
	check_ok(c, checkpoint_verify(c, &v));
	db_rollback(c);
	return v;
}

/* Three checkpoints, with work before and between them. */
static void open_marked(struct ctx *c, struct house *h, case_id *gone)
{
	(void)open_house(c, h);
	*gone = case_of(c, h, "team");
	note(c, &h->lead, "case.note", gone->v);
	for (int i = 0; i < 3; i++) {
		checkpoint(c);
		checkpoint(c);   /* too soon: nothing */
		c->now += 2 * MINUTE;
		note(c, &h->lead, "case.note", gone->v);
	}
}

TEST(checkpoints_list_the_heads_that_moved_once_a_minute)
{
	struct house           h;
	struct journal_verdict v;
	case_id                gone;

	open_marked(c, &h, &gone);
	v = verify_marked(c);
	check(v.good);
	check_int(v.checkpoints, 3);
	house_close(c);
}

TEST(a_chain_taken_away_with_its_head_is_missed_by_a_checkpoint)
{
	struct house           h;
	struct journal_verdict v;
	case_id                gone;
	const char            *id;

	open_marked(c, &h, &gone);
	id = cstr(c->arena, gone.v);
	tamper(c, cstr(c->arena, STR_CAT(c->arena, S("DELETE FROM journal WHERE chain = '"), str_of(id), S("'"))));
	tamper(c, cstr(c->arena, STR_CAT(c->arena, S("DELETE FROM journal_head WHERE chain = '"), str_of(id), S("'"))));
	check(verify(c).good);          /* the chains alone do not tell */
	v = verify_marked(c);
	check(!v.good);
	check_str(v.chain, gone.v);
	tamper(c, cstr(c->arena, STR_CAT(c->arena, S("DELETE FROM journal_mark WHERE chain = '"), str_of(id), S("'"))));
	v = verify_marked(c);
	check(!v.good);                 /* nor may it be struck from the lists */
	check_str(v.chain, S("checkpoint"));
	house_close(c);
}

TEST(a_checkpoint_cannot_be_taken_out_or_moved)
{
	struct house h;
	case_id      gone;

	open_marked(c, &h, &gone);
	tamper(c, "DELETE FROM journal_mark WHERE checkpoint = 2");
	check(!verify_marked(c).good);
	tamper(c, "UPDATE journal_mark SET checkpoint = 2 WHERE checkpoint = 3");
	check(!verify_marked(c).good);
	house_close(c);
}

TEST(the_last_checkpoints_taken_out_are_missed_by_the_heads_that_they_named)
{
	struct house           h;
	struct journal_verdict v;
	case_id                gone;

	open_marked(c, &h, &gone);
	tamper(c, "DELETE FROM journal_mark WHERE checkpoint = 3");
	v = verify_marked(c);
	check(!v.good);
	check_str(v.chain, gone.v);
	tamper(c, "DELETE FROM journal_mark");
	check(!verify_marked(c).good);
	house_close(c);
}

TEST(a_long_chain_is_verified_in_little_memory)
{
	struct house  h;
	struct arena  small, *whole = c->arena;
	struct journal_verdict v;
	struct journal_entry   e = { .verb = "thing.done" };

	house_open(c, &h, NULL, 0);
	c->actor = &h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	for (int i = 0; i < 3000; i++)
		check_ok(c, journal_write(c, &e));
	check_ok(c, db_commit(c));
	arena_init(&small, 256 << 10);
	c->arena = &small;
	v        = verify(c);
	c->arena = whole;
	check(v.good);
	check_int(v.entries, 3000);
	arena_done(&small);
	house_close(c);
}

TEST(a_replay_key_is_forgotten_after_ninety_days)
{
	struct house h;
	bool         found = false;
	str          result;

	(void)open_house(c, &h);
	c->actor = &h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, once_keep(c, S("key"), S("case.note"), S("digest"), S("result")));
	c->now += (ONCE_DAYS - 1) * DAY;
	check_ok(c, once_forget(c));
	check_ok(c, once_find(c, S("key"), S("case.note"), S("digest"), &found, &result));
	check(found);
	c->now += 2 * DAY;
	check_ok(c, once_forget(c));
	check_ok(c, once_find(c, S("key"), S("case.note"), S("digest"), &found, &result));
	check(!found);
	db_rollback(c);
	house_close(c);
}
