#include "services/1-stakeholders/5-communication/tracking.h"

#include "record/house_test.h"

static const struct service *const some[] = { &tracking_service };

static void open_case(struct ctx *c, const char *access, case_id *id)
{
	struct casefile_draft d = { .title = S("A long story"), .access = str_of(access) };
	str                   number;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, casefile_open(c, &d, id, &number));
	check_ok(c, db_commit(c));
}

/* Notes "0", "1", …, three in each second; each followed by `fill`. */
static void tell(struct ctx *c, case_id id, int n, str fill)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	for (int i = 0; i < n; i++) {
		c->now += i % 3 ? 0 : SECOND;
		check_ok(c, timeline_note(c, id, S("AMBER"), STR_CAT(c->arena, str_fmt(c->arena, "%d", i), S(" "), fill)));
	}
	check_ok(c, db_commit(c));
}

/* Walks from the case page to the end; checks that each note is met once, in order, and counts the pages. */
static size_t walk(struct ctx *c, struct house *h, case_id id, int n)
{
	const char  *view = "case.show", *name = NULL, *at = NULL, *number = cstr(c->arena, id.v);
	struct sheet s;
	size_t       pages = 0;

	for (;;) {
		check_ok(c, house_see(c, &h->lead, view, &s, "id", number, name, at, NULL));
		check(house_page(c, view, &s).n <= 300000);
		check(house_count(&s, "timeline") <= TIMELINE_PAGE);
		pages++;
		for (size_t i = 0; i < house_count(&s, "timeline"); i++)
			if (str_eq(house_cell(c, &s, "timeline", i, "kind"), S("note")))
				check(str_starts(house_cell(c, &s, "timeline", i, "body"), str_fmt(c->arena, "%d ", --n)));
		if (!house_count(&s, "older"))
			break;
		check(house_has(house_page(c, view, &s), cstr(c->arena, house_cell(c, &s, "older", 0, "href"))));
		at   = cstr(c->arena, house_cell(c, &s, "older", 0, "before"));
		name = "before";
		view = "case.timeline";
	}
	check_int(n, 0);
	return pages;
}

/* meets FIRST-1.1 1.5.3.1 */
TEST(a_timeline_of_any_length_is_read_to_its_end_page_by_page)
{
	struct house h;
	case_id      id;

	house_open(c, &h, some, 1);
	c->actor = &h.lead;
	open_case(c, "team", &id);
	tell(c, id, 640, S("seen"));
	check_int((int64_t)walk(c, &h, id, 640), 7);
	house_close(c);
}

TEST(a_timeline_of_heavy_notes_makes_no_heavy_page)
{
	struct house h;
	struct buf   b;
	case_id      id;

	house_open(c, &h, some, 1);
	c->actor = &h.lead;
	open_case(c, "team", &id);
	buf_init(&b, c->arena, 2000);
	while (buf_str(&b).n < 1800)
		buf_char(&b, '<');
	tell(c, id, 120, buf_str(&b));
	check((int64_t)walk(c, &h, id, 120) >= 10);
	house_close(c);
}

TEST(exactly_one_page_of_entries_has_no_older_ones)
{
	struct house h;
	struct sheet s;
	case_id      id;

	house_open(c, &h, some, 1);
	c->actor = &h.lead;
	open_case(c, "team", &id);
	check_ok(c, house_see(c, &h.lead, "case.show", &s, "id", cstr(c->arena, id.v), NULL));
	tell(c, id, TIMELINE_PAGE - (int)house_count(&s, "timeline"), S("x"));
	check_ok(c, house_see(c, &h.lead, "case.show", &s, "id", cstr(c->arena, id.v), NULL));
	check_int((int64_t)house_count(&s, "timeline"), TIMELINE_PAGE);
	check_int((int64_t)house_count(&s, "older"), 0);
	house_close(c);
}

TEST(an_entry_of_another_case_is_no_place_in_this_one)
{
	struct house h;
	struct sheet s;
	case_id      id, other;
	const char  *entry;

	house_open(c, &h, some, 1);
	c->actor = &h.lead;
	open_case(c, "team", &id);
	open_case(c, "members", &other);
	tell(c, id, 3, S("x"));
	tell(c, other, 3, S("x"));
	check_ok(c, house_see(c, &h.lead, "case.timeline", &s, "id", cstr(c->arena, other.v), NULL));
	entry = cstr(c->arena, house_cell(c, &s, "timeline", 0, "id"));
	check(!house_see(c, &h.lead, "case.timeline", &s, "id", cstr(c->arena, id.v), "before", entry, NULL));
	check_int(c->fault.code, E_NOTFOUND);
	check(!house_see(c, &h.analyst, "case.timeline", &s, "id", cstr(c->arena, other.v), "before", entry, NULL));
	check_int(c->fault.code, E_NOTFOUND);
	house_close(c);
}
