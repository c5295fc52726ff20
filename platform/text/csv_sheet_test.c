#include "base/test.h"
#include "platform/text/csv_sheet.h"

struct line { str name, day, note; };

static const struct csv_column columns[] = {
	{ "name", offsetof(struct line, name), 10, true, CSV_TEXT }, { "day", offsetof(struct line, day), 10, false, CSV_DAY },
	{ "note", offsetof(struct line, note), 200, false, CSV_TEXT }, { .name = "ordinal", .kind = CSV_PASSED },
};

static const struct csv_form strict = { columns, 4, sizeof(struct line), 3, true };
static const struct csv_form loose  = { columns, 4, sizeof(struct line), 3, false };

TEST(rows_are_read_by_the_names_of_their_columns)
{
	struct csv_sheet   t;
	const struct line *l;

	check_ok(c, csv_sheet_read(c, S("day,ordinal,name\r\n2026-12-01,7,\xE9\x8D\xB5\n\n,,b\n"), &strict, &t));
	check_int(t.n, 2);
	l = csv_sheet_row(&t, 0);
	check_str(l->name, S("\xE9\x8D\xB5"));
	check_str(l->day, S("2026-12-01"));
	check(str_is_none(l->note));
	l = csv_sheet_row(&t, 1);
	check_str(l->name, S("b"));
	check_int(t.lines[1], 4);
	check_ok(c, csv_sheet_read(c, S("name,more\na,b\n"), &loose, &t));
	check_int(t.n, 1);
	check_ok(c, csv_sheet_read(c, S("name\n"), &strict, &t));
	check_int(t.n, 0);
}

TEST(what_is_wrong_is_told_with_line_and_column)
{
	static const struct { const char *text; long line, column; const char *in_text; } all[] = {
		{ "", 0, 0, "empty" }, { "day\n", 0, 0, "is missing" }, { "name,name\na,b\n", 0, 0, "twice" }, { "name,more\na,b\n", 0, 0, "no column" },
		{ "name,note\na,b\n,x\n", 3, 1, "fill this in" }, { "note,name\nx,12345678901\n", 2, 2, "at most" },
		{ "name,day\na,2026-13-01\n", 2, 2, "no date" }, { "name,note\na,\"x\ny\"\n", 2, 2, "line end" },
	};
	struct csv_sheet t;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		check(!csv_sheet_read(c, str_of(all[i].text), &strict, &t));
		check_fault(c, E_INVALID, "file");
		check(str_find(str_of(c->fault.text), str_of(all[i].in_text), 0) != SIZE_MAX);
		check_int(c->fault.line, all[i].line);
		check_int(c->fault.column, all[i].column);
	}
	check(!csv_sheet_read(c, S("name\na\nb\nc\nd\n"), &strict, &t));
	check_fault(c, E_LIMIT, NULL);
	check(!csv_sheet_read(c, S("name\n\xFF\n"), &strict, &t));
	check_fault(c, E_SYNTAX, NULL);
}
