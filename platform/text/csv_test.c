#include "platform/text/csv.h"

#include "base/test.h"

#include <string.h>

static bool parse(struct ctx *c, str text, struct csv *t)
{
	*t       = (struct csv){ .rows = { .max = 100 } };
	c->fault = (struct fault){ 0 };
	return csv_parse(c, text, t);
}

TEST(csv_cells_are_read_with_quotes_commas_and_line_ends)
{
	struct csv t;

	check_ok(c, parse(c, S("\xEF\xBB\xBF" "a,b,c\r\n1,\"x,\"\"y\"\"\r\nz\",\n\n  2 ,鍵,\"\"\n"), &t));
	check_int(t.rows.n, 3);
	check_int(t.rows.v[1].n, 3);
	check_str(t.rows.v[0].v[0], S("a"));
	check_str(t.rows.v[1].v[1], S("x,\"y\"\r\nz"));
	check_str(t.rows.v[2].v[0], S("2"));
	check_str(t.rows.v[2].v[1], S("鍵"));
	check_int(t.rows.v[2].line, 5);
}

TEST(csv_of_nothing_has_no_rows)
{
	struct csv t;

	check_ok(c, parse(c, S(""), &t));
	check_int(t.rows.n, 0);
	check_ok(c, parse(c, S("\r\n\n"), &t));
	check_int(t.rows.n, 0);
}

TEST(csv_faults_name_line_and_column)
{
	static const struct { const char *text; size_t n; const char *line, *column; } bad[] = {
		{ "a\n1,\"x", 6, "2", "3" },         { "a\n1,x\"y", 7, "2", "4" },
		{ "a\n\"x\"y", 6, "2", "4" },        { "a,b\nc,\xFF", 7, "2", "3" },
		{ "a\nb\nc\0d", 7, "3", "2" },       { "\"a\nb\x1B\"", 6, "2", "2" },
	};
	struct csv t;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(!parse(c, (str){ bad[i].text, bad[i].n }, &t));
		check_fault(c, E_SYNTAX, "file");
		check_str(c->fault.arg[0], str_of(bad[i].line));
		check_str(c->fault.arg[1], str_of(bad[i].column));
	}
}

TEST(csv_with_too_many_rows_or_cells_is_refused)
{
	struct csv t;
	char       commas[200];

	memset(commas, ',', sizeof(commas));
	check(!parse(c, (str){ commas, sizeof(commas) }, &t));
	check_fault(c, E_LIMIT, "file");
	memset(commas, 'x', sizeof(commas));
	t = (struct csv){ .rows = { .max = 2 } };
	check(!csv_parse(c, S("a\nb\nc\n"), &t));
	check_fault(c, E_LIMIT, "file");
}

TEST(csv_takes_off_the_mark_against_formulas)
{
	struct csv t;

	check_ok(c, parse(c, S("'=1+1,'x,'\n"), &t));
	check_str(t.rows.v[0].v[0], S("=1+1"));
	check_str(t.rows.v[0].v[1], S("'x"));
	check_str(t.rows.v[0].v[2], S("'"));
}
