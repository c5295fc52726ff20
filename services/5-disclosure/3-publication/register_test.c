#include "services/5-disclosure/3-publication/publication_test.h"

static size_t listed(struct ctx *c, struct story *t, const char *name, const char *value)
{
	check_ok(c, house_see(c, &t->h.analyst, "edition.list", &t->v, name, value, NULL));
	return house_count(&t->v, "editions");
}

/* meets CSAF-2.0 9.1.6 */
TEST(what_is_written_is_found_by_words_of_both_languages_by_severity_and_by_cve_id)
{
	struct story t;

	drafted(c, &t, "team");
	check_int(listed(c, &t, "q", "VALID sessions"), 1);
	check_int(listed(c, &t, "q", "ｾｯｼｮﾝ"), 1);
	check_int(listed(c, &t, "q", "sa-2026-0001"), 1);
	check_int(listed(c, &t, "q", "sessions elsewhere"), 0);
	check_int(listed(c, &t, "q", "  "), 1);
	check_int(listed(c, &t, "severity", "critical"), 1);
	check_int(listed(c, &t, "severity", "low"), 0);
	check_int(listed(c, &t, "cve", "cve‐2026‐10042"), 1);
	check_int(listed(c, &t, "cve", "CVE-2026-10043"), 0);
	check_int(listed(c, &t, "from", "1"), 0);
	check(!house_see(c, &t.h.analyst, "edition.list", &t.v, "severity", "worst", NULL));
	check_fault(c, E_INVALID, "severity");
	house_close(c);
}

TEST(a_state_keeps_what_was_asked_for_and_nothing_found_is_said)
{
	struct story t;
	str          page;

	drafted(c, &t, "team");
	check_ok(c, house_see(c, &t.h.analyst, "edition.list", &t.v, "q", "a&b", "severity", "low", NULL));
	page = house_page(c, "edition.list", &t.v);
	check(house_has(page, "/editions?state=review&amp;q=a%26b&amp;severity=low"));
	check(house_has(page, "No advisory matches"));
	check(house_has(page, "href=\"/editions\">Drop the filter"));
	house_close(c);
}

/* meets CSAF-2.0 9.1.6: by what the required fields of the document say, and by its products */
TEST(what_is_written_is_filtered_by_status_days_products_and_what_was_new)
{
	struct story t;

	drafted(c, &t, "team");
	check_int(listed(c, &t, "status", "final"), 1);
	check_int(listed(c, &t, "status", "interim"), 0);
	check_int(listed(c, &t, "since", "2026-11-24"), 1);
	check_int(listed(c, &t, "since", "2026-11-25"), 0);
	check_int(listed(c, &t, "until", "2026-11-24"), 1);   /* the day itself belongs to it */
	check_int(listed(c, &t, "until", "2026-11-23"), 0);
	check_int(listed(c, &t, "q", "first EDITION"), 1);
	check_int(listed(c, &t, "q", "初版"), 1);
	check_int(listed(c, &t, "product", "kestrel"), 0);   /* the case is of no product */
	check(!house_see(c, &t.h.analyst, "edition.list", &t.v, "since", "yesterday", NULL));
	check_fault(c, E_INVALID, "since");
	house_close(c);
}

static size_t out_listed(struct ctx *c, struct story *t, const char *name, const char *value)
{
	check_ok(c, house_see(c, &t->h.nobody, "advisory.list", &t->v, name, value, NULL));
	return house_count(&t->v, "advisories");
}

/* meets CSAF-2.0 9.1.6 */
TEST(what_is_out_is_filtered_by_the_same)
{
	struct story t;

	published(c, &t);
	check_int(out_listed(c, &t, "status", "final"), 1);
	check_int(out_listed(c, &t, "status", "interim"), 0);
	check_str((check_int(out_listed(c, &t, "edition", "1"), 1), house_cell(c, &t.v, "advisories", 0, "status")), S("final"));
	check_int(out_listed(c, &t, "edition", "2"), 0);
	check_int(out_listed(c, &t, "until", "2026-11-24"), 1);
	check_int(out_listed(c, &t, "until", "2026-11-23"), 0);
	check_int(out_listed(c, &t, "first_since", "2026-11-24"), 1);
	check_int(out_listed(c, &t, "first_since", "2026-11-25"), 0);
	check_int(out_listed(c, &t, "first_until", "2026-11-23"), 0);
	check_int(out_listed(c, &t, "q", "first edition"), 1);
	check(!house_see(c, &t.h.nobody, "advisory.list", &t.v, "status", "draft", NULL));   /* what is a draft is not out */
	check_fault(c, E_INVALID, "status");
	check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, "until", "2026-11-23", "status", "final", NULL));
	check(house_has(house_page(c, "advisory.list", &t.v), "No advisory matches"));
	house_close(c);
}
