#include "base/test.h"

#include "doors/serve/services.h"
#include "doors/serve/station.h"

static struct front all(void)
{
	struct front f = { .services = services };

	while (services[f.services_n])
		f.services_n++;
	return f;
}

static void shown(struct ctx *c, const char *method, const char *path, const char *route, const char *text)
{
	struct front f = all();
	bool         known;
	const char  *got = traffic_route(&f, str_of(method), str_of(path), &known);

	check_str(str_of(got), str_of(route));
	check_str(traffic_path(c, str_of(path), known), str_of(text));
}

TEST(a_path_is_logged_with_its_ids_and_the_name_of_its_operation)
{
	shown(c, "GET", "/reports", "report.list", "/reports");
	shown(c, "GET", "/reports/abcdefghijklmnopqrstuvwxyz", "report.show", "/reports/abcdefghijklmnopqrstuvwxyz");
	shown(c, "POST", "/api/v1/report", "report.submit", "/api/v1/report");
	shown(c, "GET", "/advisories/PSIRT-SA-2026-0001", "advisory.show", "/advisories/PSIRT-SA-2026-0001");
	shown(c, "GET", "/wp-login.php", "other", "/wp-login.php");
	shown(c, "GET", "/healthz", "/healthz", "/healthz");
	shown(c, "", "", "other", "");
}

TEST(what_may_be_a_secret_is_not_logged_even_in_a_path)
{
	shown(c, "GET", "/reports/AB1CD-EF2GH-JK3LM-NP4QR", "report.show", "/reports/…");
	shown(c, "GET", "/reports/AB1CDEF2GHJK3LMNP4QR", "report.show", "/reports/…");
	shown(c, "GET", "/reports/psirt_abc", "report.show", "/reports/…");
	shown(c, "GET", "/AB1CD-EF2GH-JK3LM-NP4QR", "other", "/…");
	shown(c, "GET", "/invitation/qvvg7jc2n4p4wjbusa5cxcjefc5zs5w3", "other", "/invitation/…");
	shown(c, "GET", "/x/The key is 1234", "other", "/x/…");
	shown(c, "GET", "/reports/鍵", "report.show", "/reports/…");
	shown(c, "GET", "/reports/abcdefghijklmnopqrstuvwxyzabcdefghijk", "report.show", "/reports/…");
}

TEST(a_cause_keeps_names_and_drops_values)
{
	struct fault f = { .code = E_DATABASE, .text = "Database: {1} ({2})",
	                   .arg = { S("no \"see_case\" near \"Secret 1\""), S("exec") } };

	check_str(traffic_cause(c, &f), S("Database: no \"see_case\" near \"…\" (exec)"));
	f.arg[0] = S("open \"quote is Secret");
	check_str(traffic_cause(c, &f), S("Database: open \"…\""));
}
