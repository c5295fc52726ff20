#include "services/1-stakeholders/5-communication/seek.h"

#include "record/house.h"
#include "record/house_test.h"
#include "services/1-stakeholders/5-communication/tracking.h"

static const struct service *const some[] = { &intake_service, &tracking_service };

enum { CASES = 160 };   /* of the crowd; every fiftieth is for its members only */

static void open_crowd(struct ctx *c, struct house *h)
{
	const struct db_query q    = { .sqlite = "UPDATE account SET state = 'active'", .types = "", .writes = true };
	struct db_run        *r;
	int64_t               made = 0;

	house_open(c, h, some, 2);
	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
	check_ok(c, house_crowd(c, 0, CASES, &made));
	check_int(made, CASES);
}

static struct case_list_rows list(struct ctx *c, const struct actor *who, const struct case_filter *f, int64_t rare,
                                  enum case_list_sort sort)
{
	struct case_list_rows   rows = { 0 };
	struct case_filter      g    = *f;
	const struct db_viewer  v    = { who->id, who->sight };

	g.rare   = rare;
	c->actor = who;
	check_ok(c, db_begin(c, DB_READ, &v));
	check_ok(c, seek_cases(c, &g, sort, 500, 0, NULL, &rows));
	db_rollback(c);
	return rows;
}

/* The same from row `skip` on. */
static struct case_list_rows list_from(struct ctx *c, const struct actor *who, const struct case_filter *f, int64_t skip,
                                       int64_t rare, enum case_list_sort sort)
{
	struct case_list_rows   rows = { 0 };
	struct case_filter      g    = *f;
	const struct db_viewer  v    = { who->id, who->sight };

	g.rare   = rare;
	c->actor = who;
	check_ok(c, db_begin(c, DB_READ, &v));
	check_ok(c, seek_cases(c, &g, sort, 5, skip, NULL, &rows));
	db_rollback(c);
	return rows;
}

static struct case_filter filters_of(struct house *h, size_t i)
{
	struct case_filter f = { .open = INT_NONE, .exploited = INT_NONE };

	switch (i) {
	case 0: f.state = S("closed"); break;
	case 1: f.state = S("remedying"); break;
	case 2: f.severity = S("critical"); break;
	case 3: f.turn = S("engineer"); break;
	case 4: f.tlp = S("RED"); break;
	case 5: f.open = 1; break;
	case 6: f.open = 0; break;
	case 7: f.exploited = 1; break;
	case 8: f.owner.v = h->lead.id; break;
	case 9: f.mine.v = h->analyst.id; break;
	case 10: f.state = S("closed"), f.severity = S("low"), f.tlp = S("AMBER"); break;
	case 11: f.open = 1, f.turn = S("team"), f.severity = S("unknown"); break;
	case 12: f.state = S("closed"), f.open = 1; break;
	default: break;
	}
	return f;
}

enum { FILTERS = 14 };

TEST(a_list_of_cases_is_the_same_whether_it_is_walked_or_looked_up)
{
	struct house h;

	open_crowd(c, &h);
	for (size_t i = 0; i < FILTERS; i++) {
		struct case_filter f    = filters_of(&h, i);
		size_t             some_n = list(c, &h.lead, &f, 1, case_list_by_changed).n;
		check(i == 12 ? some_n == 0 : some_n > 0);
		check(i == 13 || some_n < CASES);
		for (size_t sort = 0; sort < case_list_sorts_n; sort++) {
			struct case_list_rows walked = list(c, &h.lead, &f, 1, (enum case_list_sort)sort);
			struct case_list_rows found  = list(c, &h.lead, &f, SEEK_RARE, (enum case_list_sort)sort);
			check_int((int64_t)walked.n, (int64_t)some_n);
			check_int((int64_t)found.n, (int64_t)some_n);
			for (size_t k = 0; k < walked.n && k < found.n; k++)
				check_str(walked.v[k].id.v, found.v[k].id.v);
		}
	}
	house_close(c);
}

TEST(a_page_far_down_the_list_has_the_rows_that_stand_there)
{
	struct house h;

	open_crowd(c, &h);
	for (size_t i = 0; i < FILTERS; i += 3)
		for (size_t sort = 0; sort < case_list_sorts_n; sort++) {
			struct case_filter    f   = filters_of(&h, i);
			struct case_list_rows all = list(c, &h.lead, &f, 0, (enum case_list_sort)sort);
			/* 3: counted off while it is fetched; 2 is deep from row 2 on; 200: no row is there */
			for (size_t skip = 3; skip <= 200; skip += 197)
				for (int64_t deep = 2; deep <= SEEK_RARE; deep += SEEK_RARE - 2) {
					struct case_list_rows page = list_from(c, &h.lead, &f, (int64_t)skip, deep, (enum case_list_sort)sort);
					size_t                left = all.n > skip ? all.n - skip : 0;
					check_int((int64_t)page.n, left > 5 ? 5 : (int64_t)left);
					for (size_t k = 0; k < page.n && skip + k < all.n; k++)
						check_str(page.v[k].id.v, all.v[skip + k].id.v);
				}
		}
	house_close(c);
}

/* meets FIRST-1.1 1.5.3: need to know holds on both ways */
TEST(who_sees_own_cases_only_gets_them_on_both_ways)
{
	struct house            h;
	struct case_filter      all = { .open = INT_NONE, .exploited = INT_NONE };
	const struct db_viewer  v   = { S_INIT(""), S_INIT("*") };
	struct case_list_rows   rows;

	open_crowd(c, &h);
	rows = list(c, &h.lead, &all, 0, case_list_by_title);
	c->actor = &h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &v));
	check_ok(c, casefile_admit(c, rows.v[3].id, (user_id){ h.engineer.id }, "product"));
	check_ok(c, casefile_admit(c, rows.v[70].id, (user_id){ h.engineer.id }, "product"));
	check_ok(c, db_commit(c));
	for (int64_t rare = 1; rare <= SEEK_RARE; rare += SEEK_RARE - 1) {
		struct case_list_rows own = list(c, &h.engineer, &all, rare, case_list_by_title);
		check_int((int64_t)own.n, 2);
		check_str(own.v[0].id.v, rows.v[3].id.v);
		check_str(own.v[1].id.v, rows.v[70].id.v);
		check_int((int64_t)list(c, &h.executive, &all, rare, case_list_by_title).n, CASES - 4);   /* four are for members only */
	}
	house_close(c);
}

/* The address's words as the door would give them to the view; the page they show. */
static const struct case_list_page *follow(struct ctx *c, struct house *h, str href)
{
	const char  *n[8] = { NULL }, *v[8] = { NULL };
	struct sheet s;
	str          part, word;
	size_t       k = 0;

	(void)str_cut(&href, '?', &part);
	while (k < 8 && str_cut(&href, '&', &part)) {
		(void)str_cut(&part, '=', &word);
		n[k] = cstr(c->arena, word);
		v[k++] = cstr(c->arena, part);
	}
	check(k > 0 && k < 6);
	check_ok(c, house_see(c, &h->lead, "case.list", &s, n[0], v[0], n[1], v[1], n[2], v[2], n[3], v[3], n[4], v[4], NULL));
	return s.model;
}

TEST(the_list_walked_by_its_links_shows_each_case_once_whatever_moves_meanwhile)
{
	static const char *const starts[] = { "/cases?sort=changed", "/cases?sort=number", "/cases?sort=title", "/cases?sort=changed&open=0", "/cases?sort=number&mine=1" };
	struct house          h;

	open_crowd(c, &h);
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++) {
		const struct case_list_page *m = follow(c, &h, str_of(starts[i]));
		struct case_filter           f = { .open = i == 3 ? 0 : INT_NONE, .exploited = INT_NONE, .mine.v = i == 4 ? h.lead.id : STR_NONE };
		struct case_list_rows        all = list(c, &h.lead, &f, 0, i == 2 ? case_list_by_title : i % 3 ? case_list_by_number : case_list_by_changed);
		size_t                       at = 0;

		for (;;) {
			for (size_t k = 0; k < m->rows.n && at < all.n; k++)
				check_str(m->rows.v[k].id.v, all.v[at++].id.v);
			if (!m->more.n)
				break;
			check_int(str_find(m->more, S("&after="), 0) == SIZE_MAX, i == 2);
			/* The last one shown may be changed: it goes to the top, and none is passed over. */
			if (i == 3) {
				m = follow(c, &h, m->more);
				continue;
			}
			check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
			c->now += SECOND;
			check_ok(c, timeline_note(c, m->rows.v[m->rows.n - 1].id, S("AMBER"), S("meanwhile")));
			check_ok(c, db_commit(c));
			m = follow(c, &h, m->more);
		}
		check_int((int64_t)at, (int64_t)all.n);
	}
	house_close(c);
}

TEST(a_place_that_is_none_counts_rows_off_as_before)
{
	static const char *const odd[] = { "", ".", "x", "1", "1.", "x.y", "9223372036854775808.a", "-1", "\xff" };
	struct house h;

	open_crowd(c, &h);
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		check(!place_parse(c, case_list_by_changed, str_of(odd[i])));
		check(!place_parse(c, case_list_by_title, str_of(odd[i])));
	}
	check_str(follow(c, &h, S("/cases?sort=title&from=50&after=1.a"))->rows.v[0].id.v,
	          follow(c, &h, S("/cases?sort=title&from=50"))->rows.v[0].id.v);
	house_close(c);
}

TEST(a_link_to_the_next_page_keeps_what_the_list_is_narrowed_to)
{
	struct house h;
	struct sheet s;
	const struct case_list_page *m;

	open_crowd(c, &h);
	check_ok(c, house_see(c, &h.lead, "case.list", &s, "open", "0", "tlp", "AMBER+STRICT", "sort", "title", NULL));
	m = s.model;
	check_str(m->states.v[0].href, S("/cases?sort=title&tlp=AMBER%2BSTRICT"));   /* all states of these */
	check_str(m->sorts.v[0].href, S("/cases?sort=number&open=0&tlp=AMBER%2BSTRICT"));
	house_close(c);
}

/* Cases of theirs by embargo, as memberships have it (rare: 1) and as the cases do: the first n, one by one. */
static void check_by_embargo(struct ctx *c, const struct actor *who, const case_id *want, size_t n)
{
	const struct db_viewer v    = { who->id, who->sight };
	struct case_filter     mine = { .open = INT_NONE, .exploited = INT_NONE, .mine.v = who->id };
	struct case_list_rows  rows;

	c->actor = who;
	check_ok(c, db_begin(c, DB_READ, &v));
	for (mine.rare = 1; mine.rare <= SEEK_RARE; mine.rare += SEEK_RARE - 1)
		for (size_t i = 0; i < n; i++) {
			check_ok(c, seek_cases(c, &mine, case_list_by_embargo, 1, (int64_t)i, NULL, &rows));
			check_int((int64_t)rows.n, 1);
			check_str(rows.v[0].id.v, want[i].v);
		}
	db_rollback(c);
}

static void edit(struct ctx *c, struct house *h, case_id id, const char *version, const char *embargo)
{
	struct sheet s;

	check_ok(c, house_do(c, &h->lead, "case.edit", &s, "id", cstr(c->arena, id.v), "version", version, "title", "A", "tlp", "AMBER",
	                     "access", "team", "turn", "team", "embargo", embargo, "zone", "UTC", NULL));
}

TEST(cases_of_mine_by_embargo_stand_where_each_change_of_it_puts_them)
{
	struct casefile_draft d = { .title = S("A") };
	struct house          h;
	case_id               id[3];
	str                   number;

	house_open(c, &h, some, 2);
	c->actor = &h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	for (size_t i = 0; i < 3; i++)
		check_ok(c, casefile_open(c, &d, &id[i], &number));
	check_ok(c, casefile_embargo_first(c, id[0], c->now + 30 * DAY, S("UTC"), S("agreed")));
	check_ok(c, db_commit(c));
	check_by_embargo(c, &h.lead, id, 1);
	edit(c, &h, id[2], "1", "2031-01-02T00:00:00Z");
	edit(c, &h, id[1], "1", "2031-01-01T00:00:00Z");
	check_by_embargo(c, &h.lead, id, 3);
	edit(c, &h, id[1], "2", "2031-01-03T00:00:00Z");
	check_by_embargo(c, &h.lead, (case_id[]){ id[0], id[2], id[1] }, 3);
	edit(c, &h, id[0], "2", "");
	check_by_embargo(c, &h.lead, (case_id[]){ id[2], id[1], id[0] }, 3);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_embargo_move(c, id[1], 3, c->now + DAY, S("UTC"), S("moved")));
	for (size_t i = 0; i < 3; i++)
		check_ok(c, casefile_admit(c, id[i], (user_id){ h.analyst.id }, "invited"));
	check_ok(c, db_commit(c));
	check_by_embargo(c, &h.lead, (case_id[]){ id[1], id[2], id[0] }, 3);
	check_by_embargo(c, &h.analyst, (case_id[]){ id[1], id[2], id[0] }, 3);
	house_close(c);
}

TEST(the_list_names_owners_also_when_they_are_not_active_any_more)
{
	const struct db_query q = { .sqlite = "UPDATE account SET state = 'disabled'", .types = "", .writes = true };
	struct house          h;
	struct sheet          s;
	struct db_run        *r;

	open_crowd(c, &h);
	for (int gone = 0; gone <= 1; gone++) {
		check_ok(c, house_see(c, &h.lead, "case.list", &s, "owner", cstr(c->arena, h.analyst.id), NULL));
		check(house_count(&s, "cases") > 10);
		for (size_t i = 0; i < house_count(&s, "cases"); i++)
			check_str(house_cell(c, &s, "cases", i, "owner_name"), h.analyst.name);
		check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
		check_ok(c, db_start(c, &q, &r));
		check_ok(c, db_exec(c, r, NULL));
		check_ok(c, db_commit(c));
	}
	house_close(c);
}
