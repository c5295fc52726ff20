#include "services/5-disclosure/3-publication/tongue_test.h"

#include "record/setting.h"

/* The move to CSAF 2.1: on which day which tree is where. */

static void day_set(struct ctx *c, const char *name, const char *day)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, name, str_of(day)));
	check_ok(c, db_commit(c));
}

static void moves(struct ctx *c)
{
	day_set(c, "csaf21_begin", "2026-12-01");
	day_set(c, "csaf21_rollover", "2027-03-01");
	day_set(c, "csaf20_end", "2027-09-01");
}

static void now_is(struct ctx *c, const char *instant)
{
	check(time_parse(str_of(instant), &c->now));
}

static str metadata(struct ctx *c, struct story *t, const char *tree)
{
	check_ok(c, tree ? house_see(c, &t->h.nobody, "tree.show", &t->v, "tree", tree, NULL) : house_see(c, &t->h.nobody, "provider.show", &t->v, NULL));
	return str_dup(c->arena, t->v.raw);
}

static bool serves(struct ctx *c, struct story *t, const char *tree, const char *folder)
{
	bool ok = house_see(c, &t->h.nobody, "tree.index", &t->v, "tree", tree, "folder", folder, NULL);

	if (!ok)
		check_fault(c, E_NOTFOUND, NULL);
	return ok;
}

/* meets CSAF-2.1 7.4.2 */
TEST(the_addresses_without_a_version_go_to_csaf_2_1_at_the_roll_over)
{
	struct story t;
	str          new;

	published(c, &t);
	t.h.front.zone = S("Asia/Tokyo");
	check_str(metadata(c, &t, NULL), metadata(c, &t, "v2.0"));
	check(!house_has(metadata(c, &t, "v2.1"), "maintained_from"));
	moves(c);
	now_is(c, "2027-02-28T14:59:59Z");   /* still February in Tokyo */
	check_str(metadata(c, &t, NULL), metadata(c, &t, "v2.0"));
	now_is(c, "2027-02-28T15:00:00Z");
	new = metadata(c, &t, "v2.1");
	check_str(metadata(c, &t, NULL), new);
	check_str(json_get_str(parsed(c, new), S("maintained_from")), S("2026-11-30T15:00:00Z"));
	check(house_has(raw(c, &t, "provider.service"), "/v2.1/clear/feed.json"));
	check(!house_has(metadata(c, &t, "v2.0"), "maintained") && serves(c, &t, "v2.0", "white"));
	check(house_has(raw(c, &t, "provider.index"), "psirt-sa-2026-0001.json"));   /* what is linked stays */
	house_close(c);
}

/* meets CSAF-2.1 7.4.2 */
TEST(after_its_end_csaf_2_0_is_nowhere_but_what_was_published_stays_kept)
{
	struct story t;
	str          atom;

	published(c, &t);
	t.h.front.zone = S("Asia/Tokyo");
	moves(c);
	now_is(c, "2027-08-31T14:59:59Z");
	check(serves(c, &t, "v2.0", "white") && house_has(raw(c, &t, "securitytxt.show"), "/v2.0/provider-metadata.json"));
	now_is(c, "2027-08-31T15:00:00Z");
	check(!serves(c, &t, "v2.0", "white") && serves(c, &t, "v2.1", "clear"));
	check(!house_see(c, &t.h.nobody, "provider.index", &t.v, NULL) && !house_see(c, &t.h.nobody, "tree.show", &t.v, "tree", "v2.0", NULL));
	check(!house_see(c, &t.h.nobody, "provider.file", &t.v, "year", "2026", "file", "psirt-sa-2026-0001.json", NULL));
	check_str(metadata(c, &t, NULL), metadata(c, &t, "v2.1"));
	check(!house_has(raw(c, &t, "securitytxt.show"), "v2.0") && house_has(raw(c, &t, "securitytxt.show"), "/v2.1/provider-metadata.json"));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	check_int(house_count(&t.v, "documents"), 2);
	check_str(house_cell(c, &t.v, "documents", 0, "csaf_version"), S("2.1"));
	atom = raw(c, &t, "advisory.atom");
	check(!house_has(atom, "/white/") && house_has(atom, "/advisories/PSIRT-SA-2026-0001/csaf?lang=ja\""));
	sound(c, csaf_of(c, &t));   /* links of pages that went out go on */
	check(!house_has((check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, NULL)), house_page(c, "advisory.list", &t.v)), "v2.0"));
	house_close(c);
}

/* meets CSAF-2.1 7.4.1 */
TEST(the_days_of_the_move_are_announced)
{
	struct story t;
	str          page;

	published(c, &t);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, NULL));
	check(!house_has(house_page(c, "advisory.list", &t.v), "id=\"transition\""));
	moves(c);
	check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, NULL));
	check_str(house_cell(c, &t.v, "transition", 0, "csaf21_rollover"), S("1803859200000000"));   /* 2027-03-01T00:00:00Z */
	page = house_page(c, "advisory.list", &t.v);
	check(house_has(page, "CSAF 2.1 in production:") && house_has(page, "1 Dec 2026") && house_has(page, "1 Mar 2027") && house_has(page, "1 Sep 2027"));
	house_close(c);
}

TEST(who_publishes_is_told_what_is_out_in_csaf_2_0_alone)
{
	static const struct db_query drop = { .sqlite = "DELETE FROM document WHERE kind IN ('csaf21', 'csaf21_ja')", .types = "", .writes = true };
	struct db_run *r;
	struct story   t;
	int64_t        n;

	published(c, &t);
	moves(c);
	check_ok(c, house_see(c, &t.h.lead, "edition.list", &t.v, NULL));
	check(!house_has(house_page(c, "edition.list", &t.v), "in CSAF 2.0 alone"));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check(db_start(c, &drop, &r) && db_exec(c, r, &n));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &t.h.lead, "edition.list", &t.v, NULL));
	check(house_has(house_page(c, "edition.list", &t.v), "Advisories that are out in CSAF 2.0 alone: 1."));
	day_set(c, "csaf21_rollover", "");
	check_ok(c, house_see(c, &t.h.lead, "edition.list", &t.v, NULL));
	check(!house_has(house_page(c, "edition.list", &t.v), "in CSAF 2.0 alone"));
	house_close(c);
}
