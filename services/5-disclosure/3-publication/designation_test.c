#include "services/5-disclosure/3-publication/designation.h"
#include "services/5-disclosure/3-publication/publication_test.h"

#include "record/setting.h"

static void pattern(struct ctx *c, const char *text)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "advisory_pattern", str_of(text)));
	check_ok(c, db_commit(c));
}

static str shape(struct ctx *c)
{
	str s = S("");

	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, designation_shape(c, &s));
	db_rollback(c);
	return s;
}

static str draft(struct ctx *c, struct story *t)
{
	check_ok(c, house_do(c, &t->h.lead, "advisory.draft", &t->s, "id", t->k, NULL));
	return str_dup(c->arena, t->s.note);
}

static bool draft_as(struct ctx *c, struct story *t, const char *number)
{
	return house_do(c, &t->h.lead, "advisory.draft", &t->s, "id", t->k, "number", number, NULL);
}

/* meets CSAF-2.0 9.1.6: a tracking id is suggested */
TEST(numbers_are_given_by_the_pattern_of_the_house)
{
	struct story t;

	house_open(c, &t.h, all, 2);
	case_make(c, &t, "team");
	check_str(shape(c), S("PSIRT-SA-2026-…"));
	check_str(draft(c, &t), S("PSIRT-SA-2026-0001"));
	pattern(c, "{PREFIX}-{YEAR}-{N}");
	check_str(shape(c), S("PSIRT-2026-…"));
	check_str(draft(c, &t), S("PSIRT-2026-0002"));
	pattern(c, "ACME-{N}");   /* no year: the numbers run on */
	check_str(draft(c, &t), S("ACME-0001"));
	c->now += 366 * DAY;
	check_str(draft(c, &t), S("ACME-0002"));
	house_close(c);
}

TEST(a_number_of_ones_own_is_taken_once)
{
	struct story t;

	house_open(c, &t.h, all, 2);
	case_make(c, &t, "team");
	check_ok(c, draft_as(c, &t, "PSIRT-SA-2026-0002"));
	check(!draft_as(c, &t, "PSIRT-SA-2026-0002"));
	check_fault(c, E_INVALID, "number");
	check_str(draft(c, &t), S("PSIRT-SA-2026-0001"));
	check_str(draft(c, &t), S("PSIRT-SA-2026-0003"));   /* over the one that was chosen */
	house_close(c);
}

/* A second case, which the team sees. */
static void another(struct ctx *c, struct story *t)
{
	struct casefile_draft d    = { .title = S("Another"), .severity = S("low"), .access = S("team") };
	struct db_viewer      lead = { t->h.lead.id, t->h.lead.sight };
	case_id k;
	str     number;

	c->actor = &t->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, db_commit(c));
	t->k = cstr(c->arena, k.v);
}

/* Also when the one who asks may not see whose it is. */
TEST(a_number_of_a_hidden_case_is_taken)
{
	struct story t;

	house_open(c, &t.h, all, 2);
	case_make(c, &t, "members");
	check_ok(c, draft_as(c, &t, "PSIRT-SA-2026-0001"));
	check(!house_do(c, &t.h.analyst, "advisory.draft", &t.s, "id", t.k, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	another(c, &t);
	check(!house_do(c, &t.h.analyst, "advisory.draft", &t.s, "id", t.k, "number", "PSIRT-SA-2026-0001", NULL));
	check_fault(c, E_INVALID, "number");
	check_ok(c, house_do(c, &t.h.analyst, "advisory.draft", &t.s, "id", t.k, NULL));
	check_str(t.s.note, S("PSIRT-SA-2026-0002"));
	house_close(c);
}

/* meets CSAF-2.0 5.1: each number has a file name of its own */
TEST(numbers_that_make_no_file_name_are_refused)
{
	static const char *const bad[] = { "psirt-1", "PSIRT 1", "PSIRT_1", "1-PSIRT", "PSIRT-", "PSIRT/1", "-A", "セキュリティ", "A\"B", "A." };
	struct story t;

	house_open(c, &t.h, all, 2);
	case_make(c, &t, "team");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!draft_as(c, &t, bad[i]));
		check_fault(c, E_INVALID, "number");
	}
	check(!draft_as(c, &t, "A12345678901234567890123456789012345678901234567890123456789012345"));
	check_fault(c, E_LIMIT, "number");
	check_ok(c, draft_as(c, &t, "A"));
	house_close(c);
}
