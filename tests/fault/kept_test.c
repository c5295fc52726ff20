#include "platform/db/books_test.h"
#include "tests/fault/point_test.h"

/* Nobody's books, by one of sixteen texts of the statement. */
struct nobodys {
	int64_t text;
	size_t  n;
};

static bool look_for_nobodys(struct ctx *c, void *arg)
{
	struct nobodys       *f = arg;
	struct book_list_rows r;

	TRY(db_begin(c, DB_READ, &shelf_team));
	TRY(sql_book_list(c, f->text & 1 ? shelf("s1") : shelf(NULL), S("nobody"), f->text & 2 ? 0 : TIME_NONE,
	                  f->text & 4 ? 5 : INT_NONE, f->text & 8 ? book_list_by_title : book_list_by_printed, &r));
	f->n = r.n;
	return true;
}

STORY(a_statement_is_kept_whole_or_not_at_all_when_memory_ends)
{
	struct nobodys f = { 0 };
	bool           ok, more = true;

	for (; more; f.text++) {
		point_arm(POINT_MEMORY, f.text + 1);
		ok   = ctx_net(c, look_for_nobodys, &f);
		more = point_tripped();
		point_arm(POINT_MEMORY, 0);
		check(ok != more);
		db_rollback(c);
		check_ok(c, ctx_net(c, look_for_nobodys, &f));
		check_int(f.n, 0);
		db_rollback(c);
	}
	check(f.text >= 4 && f.text <= 17);   /* allocations that failed, each for another text */
}
