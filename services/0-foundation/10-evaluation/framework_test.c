#include "services/0-foundation/10-evaluation/framework.h"

#include "base/buf.h"
#include "record/facts.h"
#include "record/house_test.h"

static bool nothing(struct ctx *c, const struct args *a, struct sheet *out)
{
	(void)c, (void)a, (void)out;
	return true;
}

static int64_t counted;
static time_us counted_at;

static bool count(struct ctx *c, int64_t *n, time_us *newest)
{
	(void)c;
	*n      = counted;
	*newest = counted_at;
	return true;
}

static const struct arg none[] = { { 0 } };
static const struct op two_ops[] = {
	{ .name = "a.b", .path = "POST /a", .may = MAY_MEMBER, .args = none, .run = nothing, .help = "A" },
	{ .name = "a.c", .path = "POST /c", .may = MAY_MEMBER, .args = none, .run = nothing, .help = "C" },
	{ 0 },
};
static const struct op one_op[] = {
	{ .name = "a.b", .path = "POST /a", .may = MAY_MEMBER, .args = none, .run = nothing, .help = "A" },
	{ 0 },
};
static const struct evidence proof[]      = { { "2.1.2", "Things", count }, { 0 } };
static const struct evidence both[]       = { { "2.1.1", "Things", count }, { "2.1.2.3", "Things", count }, { 0 } };
static const struct evidence foundation[] = { { "I.C", "Charters", count }, { 0 } };
static const struct evidence whole[]      = { { "6.5", "Lessons", count }, { 0 } };

static const struct service full  = { .number = "2.1", .title = "Intake", .ops = two_ops, .evidence = proof };
static const struct service fewer = { .number = "2.1", .title = "Intake", .ops = one_op, .evidence = proof };
static const struct service every = { .number = "2.1", .title = "Intake", .ops = two_ops, .evidence = both };
static const struct service base_service  = { .number = "0.3", .title = "Charter", .evidence = foundation };
static const struct service thin  = { .number = "6.5", .title = "Feedback", .evidence = whole };

/* The map with one service beside its own. */
static void see_map(struct ctx *c, const struct service *s, struct sheet *out)
{
	const struct service *two[] = { s, &evaluation_service };
	struct house          h;

	house_open(c, &h, two, 2);
	check_ok(c, house_see(c, &h.executive, "framework", out, NULL));
	check_int(house_count(out, "entries"), FRAMEWORK_FOUNDATIONS + FRAMEWORK_SERVICES);
	check_int(house_count(out, "functions"), FRAMEWORK_FUNCTIONS);
	check(house_has(house_page(c, "framework", out), "Stakeholder Ecosystem Management"));
	c->actor = NULL;
	house_close(c);
}

static str cell(struct ctx *c, const struct sheet *s, const char *number, const char *col)
{
	for (size_t i = 0; i < house_count(s, "entries"); i++)
		if (str_eq(house_cell(c, s, "entries", i, "number"), str_of(number)))
			return house_cell(c, s, "entries", i, col);
	return S("(no such entry)");
}

TEST(the_table_holds_10_foundations_28_services_and_84_functions_in_order)
{
	static const int64_t services[] = { 7, 5, 3, 4, 4, 5 }, functions[] = { 22, 15, 11, 12, 10, 14 };
	int64_t s[6] = { 0 }, f[6] = { 0 };

	(void)c;
	for (size_t i = 0; i < FRAMEWORK_FOUNDATIONS; i++)
		check(framework_entries[i].code && framework_entries[i].en && framework_entries[i].ja);
	for (size_t i = FRAMEWORK_FOUNDATIONS; i < FRAMEWORK_FOUNDATIONS + FRAMEWORK_SERVICES; i++) {
		check(!framework_entries[i].code && framework_entries[i].en[0] && framework_entries[i].ja[0]);
		s[framework_entries[i].number[0] - '1']++;
	}
	for (size_t i = 0; i < FRAMEWORK_FUNCTIONS; i++) {
		check(framework_functions[i].en[0] && framework_functions[i].ja[0]);
		check(i == 0 || str_cmp(str_of(framework_functions[i - 1].number), str_of(framework_functions[i].number)) < 0);
		f[framework_functions[i].number[0] - '1']++;
	}
	for (int i = 0; i < 6; i++) {
		check_int(s[i], services[i]);
		check_int(f[i], functions[i]);
	}
}

TEST(every_function_belongs_to_a_service_of_the_table)
{
	(void)c;
	for (size_t i = 0; i < FRAMEWORK_FUNCTIONS; i++) {
		bool found = false;
		for (size_t k = 0; k < FRAMEWORK_FOUNDATIONS + FRAMEWORK_SERVICES; k++)
			found |= str_eq(str_of(framework_entries[k].number), str_slice(str_of(framework_functions[i].number), 0, 3));
		check(found);
	}
}

TEST(code_alone_is_no_evidence)
{
	struct sheet s;

	counted    = 0;
	counted_at = TIME_NONE;
	see_map(c, &full, &s);
	check_str(cell(c, &s, "2.1", "operations"), S("2"));
	check_str(cell(c, &s, "2.1", "evidence"), S("0"));
	check_str(cell(c, &s, "2.1", "state"), S("blank"));
	check_str(cell(c, &s, "2.2", "operations"), S("0"));
	check_str(cell(c, &s, "0.10", "views"), S("2"));
	check_str(cell(c, &s, "0.10", "state"), S("blank"));
}

TEST(a_front_without_one_operation_shows_one_less)
{
	struct sheet s;

	see_map(c, &fewer, &s);
	check_str(cell(c, &s, "2.1", "operations"), S("1"));
}

TEST(evidence_for_some_functions_is_a_beginning_for_all_of_them_it_works)
{
	struct sheet s;

	counted    = 3;
	counted_at = c->now - 12 * DAY;
	see_map(c, &full, &s);
	check_str(cell(c, &s, "2.1", "state"), S("starts"));
	check_str(cell(c, &s, "2.1", "evidence"), S("3"));
	check_str(cell(c, &s, "2.1", "shown"), S("1"));
	see_map(c, &every, &s);
	check_str(cell(c, &s, "2.1", "state"), S("works"));
	check_str(cell(c, &s, "2.1", "evidence"), S("6"));
	counted_at = c->now - 91 * DAY;
	see_map(c, &every, &s);
	check_str(cell(c, &s, "2.1", "state"), S("starts"));
	counted = 0;
	see_map(c, &every, &s);
	check_str(cell(c, &s, "2.1", "state"), S("blank"));
}

TEST(foundations_and_services_without_functions_have_evidence_of_their_own)
{
	struct sheet s;

	counted    = 1;
	counted_at = c->now;
	see_map(c, &base_service, &s);
	check_str(cell(c, &s, "0.3", "state"), S("works"));
	see_map(c, &thin, &s);
	check_str(cell(c, &s, "6.5", "state"), S("works"));
	check_str(cell(c, &s, "6.4", "state"), S("blank"));
}

TEST(an_emptied_table_shows_on_the_map)
{
	const struct service *real[] = { &staff_service, &evaluation_service };
	struct house          h;
	struct sheet          s;

	house_open(c, &h, real, 2);
	check_ok(c, house_see(c, &h.lead, "framework", &s, NULL));
	check_str(cell(c, &s, "0.7", "state"), S("blank"));   /* invited, nobody active yet */
	house_close(c);
}

TEST(the_page_of_an_entry_names_its_functions_and_what_is_registered)
{
	const struct service *two[] = { &full, &evaluation_service };
	struct house          h;
	struct sheet          s;
	str                   page;

	counted    = 2;
	counted_at = c->now - 3 * DAY;
	house_open(c, &h, two, 2);
	check_ok(c, house_see(c, &h.engineer, "framework.service", &s, "number", "2.1", NULL));
	check_int(house_count(&s, "functions"), 2);
	check_int(house_count(&s, "registered"), 2);
	page = house_page(c, "framework.service", &s);
	check(house_count(&s, "tests") > 0);
	check(house_has(page, "tests/journey/2.1-report-becomes-a-case.sh") && house_has(page, "The whole story"));
	check(house_has(page, "Ensure Reachability") && house_has(page, "a.c") && house_has(page, "脆弱性報告の受付"));
	check_ok(c, house_see(c, &h.engineer, "framework.service", &s, "number", "II.A", NULL));
	check(house_has(house_page(c, "framework.service", &s), "Nothing is registered here"));
	house_close(c);
}

TEST(tests_of_an_entry_are_those_beside_its_service_and_those_that_name_it)
{
	struct sheet s;
	str          n;

	counted = 0;
	see_map(c, &full, &s);
	n = cell(c, &s, "0.10", "tests");
	check(n.n > 1);   /* more than nine stand in this file */
	check_str(cell(c, &s, "6.5", "tests"), S("0"));
}

TEST(each_fact_has_somebody_who_tells_it_and_known_names_only)
{
	struct front f = { .services = (const struct service *const[]){ &evaluation_service }, .services_n = 1 };
	char        *json[] = { "--json" }, *odd[] = { "--what" };
	struct buf   out, err;
	const char  *name, *line;

	c->front = &f;
	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 20);
	check_int(facts_run(c, 0, NULL, &out, &err), 0);
	for (size_t i = 0; fact_nth(i, &name, &line); i++) {
		bool told = false;
		for (const struct telling *t = tellings; t->fact; t++)
			told |= strcmp(t->fact, name) == 0;
		check_str(told ? S("") : str_of(name), S(""));
		check(house_has(buf_str(&out), name) && line[0]);
	}
	check(house_has(buf_str(&out), "told by    services/2-discovery/1-intake draft_store"));
	check(house_has(buf_str(&out), "written by record casefile_open"));
	check_int(facts_run(c, 1, json, &out, &err), 0);
	check(house_has(buf_str(&out), "\"heard_by\": []"));
	check_int(facts_run(c, 1, odd, &out, &err), 2);
	c->front = NULL;
}

TEST(the_map_in_japanese_has_the_names_of_the_translation)
{
	const struct service *two[] = { &full, &evaluation_service };
	struct house          h;
	struct sheet          s;

	house_open(c, &h, two, 2);
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &h.analyst, "framework", &s, NULL));
	check(house_has(house_page(c, "framework", &s), "経営層の支援"));
	c->lang = LANG_EN;
	house_close(c);
}

TEST(an_entry_that_the_framework_does_not_have_is_not_found)
{
	const struct service *two[] = { &full, &evaluation_service };
	static const char *const odd[] = { "7.1", "2", "2.1.1", "../etc", "IV.A", "\xE2\x80\x8B" };
	struct house h;
	struct sheet s;

	house_open(c, &h, two, 2);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		check(!house_see(c, &h.lead, "framework.service", &s, "number", odd[i], NULL));
		check_fault(c, E_NOTFOUND, NULL);
	}
	check(!house_see(c, &h.nobody, "framework", &s, NULL));
	check_fault(c, E_AUTH, NULL);
	h.finder = receipt_actor(c, S("K7QM2-XRD94-TFHW3-C5PLA"));
	check(!house_see(c, &h.finder, "framework", &s, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}
