#include "record/pace.h"

#include "platform/clock.h"
#include "record/house_test.h"

static const struct service *const some[] = { &intake_service };

static bool report_from(struct ctx *c, struct house *h, const char *from, const char *contact)
{
	struct actor who = h->nobody;
	struct sheet s;

	who.from = str_of(from);
	return house_do(c, &who, "report.submit", &s, "product", "Kestrel", "description", "It opens.", "contact", contact, NULL);
}

static int count(str text, const char *word)
{
	int n = 0;

	for (size_t at = 0; (at = str_find(text, str_of(word), at)) != SIZE_MAX; at++)
		n++;
	return n;
}

TEST(very_many_reports_of_one_network_wait_and_those_of_others_do_not)
{
	struct house h;

	house_open(c, &h, some, 1);
	for (int i = 0; i < 30; i++)
		check_ok(c, report_from(c, &h, "198.51.100.7", ""));
	check(!report_from(c, &h, "198.51.100.7", ""));
	check_fault(c, E_RATE, NULL);
	check_ok(c, report_from(c, &h, "198.51.100.8", ""));
	check_ok(c, report_from(c, &h, "", ""));   /* behind a proxy that is not trusted: nobody is told from others */
	c->now += 10 * MINUTE;
	check_ok(c, report_from(c, &h, "198.51.100.7", ""));
	house_close(c);
}

TEST(files_of_one_network_have_a_limit_a_day_and_reports_go_on)
{
	struct house     h;
	struct actor     who;
	struct sheet     s = { 0 };
	struct file_part f = { S("dump.bin"), S("application/octet-stream"), -1, (int64_t)1025 << 20 };
	const struct op *o;
	struct args      a;

	house_open(c, &h, some, 1);
	who      = h.nobody;
	who.from = S("198.51.100.7");
	c->actor = &who;
	o        = op_find(front_of(c), S("report.submit"));
	args_init(&a, o->args);
	check_ok(c, args_take(c, &a, S("product"), S("Kestrel"), true));
	check_ok(c, args_take(c, &a, S("description"), S("It opens."), true));
	check_ok(c, args_take_file(c, &a, S("file"), &f));
	check(!op_call(c, o, &a, STR_NONE, &s));
	check_fault(c, E_RATE, "file");
	check_ok(c, report_from(c, &h, "198.51.100.7", ""));
	house_close(c);
}

/* Else anybody could have the house write to a stranger, as often as they like. */
TEST(an_address_gets_few_letters_of_arrival_a_day_and_no_report_is_lost)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, some, 1);
	for (int i = 0; i < 5; i++)
		check_ok(c, report_from(c, &h, "", i % 2 ? "stranger@example.org" : "Stranger@Example.org"));
	check_ok(c, report_from(c, &h, "", "other@example.org"));
	check_int(count(house_post(c), "tranger@"), 3);
	check_int(count(house_post(c), "other@"), 1);
	check_ok(c, house_see(c, &h.analyst, "report.list", &s, NULL));
	check_int(house_count(&s, "reports"), 6);
	c->now += DAY + SECOND;
	check_ok(c, report_from(c, &h, "", "stranger@example.org"));
	check_int(count(house_post(c), "tranger@"), 4);
	house_close(c);
}

TEST(a_domain_gets_many_letters_of_arrival_a_day_and_not_any_number)
{
	struct house h;

	house_open(c, &h, some, 1);
	for (int i = 0; i < 104; i++)
		check_ok(c, report_from(c, &h, "", cstr(c->arena, str_fmt(c->arena, "name%d@example.org", i))));
	check_int(count(house_post(c), "@example.org"), 100);
	house_close(c);
}
