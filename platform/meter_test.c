#include "base/test.h"
#include "platform/meter.h"

static const char *const names[] = { "report.submit", "desk" };

static str print(struct ctx *c, const struct meter *m, bool open)
{
	struct buf       *b = NEW(c->arena, struct buf);
	struct meter_text t = { b, open };

	buf_init(b, c->arena, 1 << 16);
	meter_print(m, &t);
	meter_end(&t);
	return buf_str(b);
}

TEST(requests_are_counted_by_route_and_class)
{
	struct meter *m = meter_new(c->arena, names, 2);
	str           got;

	meter_count(m, "desk", 200, 900);
	meter_count(m, "desk", 204, 30000);
	meter_count(m, "desk", 503, 20000000);
	meter_count(m, "nowhere", 404, 10);
	meter_count(m, "nowhere", 7, 10);
	check_int(meter_total(m), 5);
	got = print(c, m, false);
	check(str_find(got, S("psirt_http_requests_total{route=\"desk\",status=\"2xx\"} 2\n"), 0) != SIZE_MAX);
	check(str_find(got, S("psirt_http_requests_total{route=\"desk\",status=\"5xx\"} 1\n"), 0) != SIZE_MAX);
	check(str_find(got, S("psirt_http_requests_total{route=\"other\",status=\"4xx\"} 1\n"), 0) != SIZE_MAX);
	check(str_find(got, S("{route=\"desk\",le=\"0.001\"} 1\n"), 0) != SIZE_MAX);
	check(str_find(got, S("{route=\"desk\",le=\"0.05\"} 2\n"), 0) != SIZE_MAX);
	check(str_find(got, S("{route=\"desk\",le=\"+Inf\"} 3\n"), 0) != SIZE_MAX);
	check(str_find(got, S("_sum{route=\"desk\"} 20.030900\n"), 0) != SIZE_MAX);
	check(str_find(got, S("report.submit"), 0) == SIZE_MAX);
}

TEST(openmetrics_names_the_family_and_ends)
{
	struct meter *m = meter_new(c->arena, names, 2);

	check(str_find(print(c, m, false), S("# TYPE psirt_http_requests_total counter\n"), 0) != SIZE_MAX);
	check(str_find(print(c, m, true), S("# TYPE psirt_http_requests counter\n"), 0) != SIZE_MAX);
	check(str_ends(print(c, m, true), S("# EOF\n")));
}
