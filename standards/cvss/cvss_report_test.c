#include "base/test.h"

#include "standards/cvss/cvss_report.h"

static str report(struct ctx *c, str text, bool json, bool ok)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 16);
	check(cvss_report_lines(c, text, json, &b) == ok);
	return buf_str(&b);
}

TEST(scores_are_printed_as_one_json_object_a_line)
{
	check_str(report(c, S("# ours\n\nCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P\r\n"
	                      "AV:N/AC:L/Au:N/C:P/I:P/A:P\n"), true, true),
	          S("{\"vector\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P\",\"version\":\"3.1\","
	            "\"base\":9.8,\"temporal\":9.3,\"environmental\":9.3,\"overall\":9.3,"
	            "\"severity\":\"CRITICAL\"}\n"
	            "{\"vector\":\"AV:N/AC:L/Au:N/C:P/I:P/A:P\",\"version\":\"2.0\","
	            "\"base\":7.5,\"temporal\":7.5,\"environmental\":7.5,\"overall\":7.5,"
	            "\"severity\":\"HIGH\"}\n"));
	check_str(report(c, S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P"),
	                 true, true),
	          S("{\"vector\":\"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P\","
	            "\"version\":\"4.0\",\"base\":10.0,\"threat\":9.3,\"environmental\":9.3,"
	            "\"overall\":9.3,\"severity\":\"CRITICAL\"}\n"));
}

TEST(scores_are_printed_for_people)
{
	check_str(report(c, S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), false, true),
	          S("9.8 Critical  CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H  "
	            "(base 9.8, temporal 9.8, environmental 9.8)\n"));
}

TEST(a_wrong_vector_is_reported_and_the_others_still_scored)
{
	check_str(report(c, S("CVSS:3.1/AV:Q\nAV:N/AC:L/Au:N/C:N/I:N/A:N\n"), true, false),
	          S("{\"vector\":\"CVSS:3.1/AV:Q\",\"error\":\"The metric AV cannot have the value Q; "
	            "it has one of N, A, L, P.\",\"column\":10}\n"
	            "{\"vector\":\"AV:N/AC:L/Au:N/C:N/I:N/A:N\",\"version\":\"2.0\",\"base\":0.0,"
	            "\"temporal\":0.0,\"environmental\":0.0,\"overall\":0.0,\"severity\":\"LOW\"}\n"));
	check_str(report(c, S("\xff\"\x01"), true, false),
	          S("{\"vector\":\"[FF]\\\"[U+0001]\",\"error\":\"? is not a metric with its value, "
	            "such as AV:N.\",\"column\":1}\n"));
	check_str(report(c, S(""), true, true), S(""));
}
