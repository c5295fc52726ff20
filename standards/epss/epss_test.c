#include "base/test.h"

#include "standards/epss/epss.h"

static str official(struct ctx *c, const char *name)
{
	return test_file(c, STR_CAT(c->arena, test_vectors(c), S("/epss/"), str_of(name)));
}

TEST(a_daily_file_is_read_with_model_date_and_exact_numbers)
{
	struct epss e;
	struct epss_row row;
	int rows = 0;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	check_ok(c, epss_open(c, official(c, "example-1.csv"), &e));
	check_str(e.model, S("v2023.03.01"));
	check_str(time_print(c->arena, e.date), S("2025-02-20T00:00:00Z"));
	check_ok(c, epss_next(c, &e, &row));
	check_str(row.cve, S("CVE-1999-0001"));
	check_str(row.probability, S("0.00383"));
	check_int(row.probability_n, 3830000);
	check_int(row.percentile_n, 730750000);
	for (; row.cve.p; rows++)
		check_ok(c, epss_next(c, &e, &row));
	check_int(rows, 5);
}

TEST(files_without_date_or_with_other_columns_are_refused)
{
	struct epss e;

	if (!test_vectors(c).p)
		skip_test("no official test vectors");
	check(!epss_open(c, official(c, "missing-date.csv"), &e));
	check_fault(c, E_SYNTAX, "epss");
	check_int(c->fault.line, 1);
	check(!epss_open(c, official(c, "invalid-header.csv"), &e));
	check_int(c->fault.line, 2);
}

#define HEAD "#model_version:v5,score_date:2026-11-24T00:00:00Z\ncve,epss,percentile\n"

TEST(broken_rows_are_refused_at_their_place)
{
	static const struct { const char *row; size_t n; long column; } bad[] = {
		{ "x", 1, 1 }, { "CVE-1999-1,0,0", 14, 1 }, { "CVE-1999-0001", 13, 15 }, { "CVE-1999-0001,0", 15, 17 },
		{ "CVE-1999-0001,0,0,0", 19, 17 }, { "CVE-1999-0001,1.1,0", 19, 15 }, { "CVE-1999-0001,-1,0", 18, 15 },
		{ "CVE-1999-0001,0.,0", 18, 15 }, { "CVE-1999-0001,.5,0", 18, 15 }, { "CVE-1999-0001,1e-5,0", 20, 15 },
		{ "CVE-1999-0001,0.0000000001,0", 28, 15 }, { "CVE-1999-0001,0,\xff", 17, 17 }, { "CVE-1999-0001\0,0,0", 18, 1 },
		{ "CVE-1999-0001,NaN,0", 19, 15 }, { "CVE-1999-0001,1.000000001,0", 27, 15 }, { " CVE-1999-0001,0,0", 18, 1 },
	};
	struct epss e;
	struct epss_row row;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check_ok(c, epss_open(c, STR_CAT(c->arena, S(HEAD), (str){ bad[i].row, bad[i].n }, S("\n")), &e));
		check(!epss_next(c, &e, &row));
		check_fault(c, E_SYNTAX, "epss");
		check_int(c->fault.line, 3);
		check_int(c->fault.column, bad[i].column);
	}
}

TEST(empty_and_headless_texts_are_refused_and_no_rows_are_allowed)
{
	struct epss e;
	struct epss_row row;

	check(!epss_open(c, S(""), &e));
	check(!epss_open(c, STR_NONE, &e));
	check(!epss_open(c, S("\xff\n"), &e));
	check(!epss_open(c, S("cve,epss,percentile\n"), &e));
	check(!epss_open(c, S("#model_version:v5,score_date:2026-11-24\ncve,epss,percentile\n"), &e));
	check_ok(c, epss_open(c, S(HEAD), &e));
	check_ok(c, epss_next(c, &e, &row));
	check(!row.cve.p);
	check_ok(c, epss_open(c, S("#model_version:v5,score_date:2026-11-24T00:00:00Z\r\ncve,epss,percentile\r\nCVE-2026-12345,1,1.0\r\n\r\n"), &e));
	check_ok(c, epss_next(c, &e, &row));
	check_int(row.probability_n, EPSS_SCALE);
	check_ok(c, epss_next(c, &e, &row));
	check(!row.cve.p);
}
