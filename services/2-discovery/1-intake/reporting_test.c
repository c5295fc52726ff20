#include "services/2-discovery/1-intake/reporting.h"

#include "record/house_test.h"

#include <stdlib.h>
#include <unistd.h>

static const struct service *const only[] = { &intake_service };

static void open_house(struct ctx *c, struct house *h)
{
	house_open(c, h, only, 1);
	c->zone = S("UTC");
}

static const char long_text[] =
	"Send an HTTP request with a session cookie of 4,000 bytes to the web console of the gateway. The service "
	"stops and the watchdog restarts it after 30 seconds. Expected: the request is refused with 400. Seen on "
	"firmware 4.2.1 and 4.3.0, default configuration, from the local network.";

static bool submit(struct ctx *c, struct house *h, struct sheet *out)
{
	return house_do(c, &h->nobody, "report.submit", out, "product", "Kestrel Gateway", "product_version", "4.2.1",
	                "title", "Long cookie stops the web console", "description", long_text,
	                "contact", "finder@example.org", NULL);
}

/* The finder who holds the code of an answer. */
static struct actor holder(struct ctx *c, const struct sheet *s)
{
	return receipt_actor(c, s->secret);
}

TEST(a_report_needs_a_product_and_a_description)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	check(!house_do(c, &h.nobody, "report.submit", &s, "description", "x", NULL));
	check_fault(c, E_INVALID, "product");
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "x", NULL));
	check_fault(c, E_INVALID, "description");
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "x", "description", " \n\t ", NULL));
	check_fault(c, E_INVALID, "description");
	check_ok(c, house_see(c, &h.lead, "report.list", &s, NULL));
	check_int(house_count(&s, "reports"), 0);
	house_close(c);
}

/* meets FIRST-1.1 2.1.1.1, 2.1.2.1 */
TEST(a_submitted_report_stands_in_the_inbox_as_new)
{
	struct house h;
	struct sheet s, l;

	open_house(c, &h);
	check_ok(c, submit(c, &h, &s));
	check_int(s.secret.n, 23);
	check_str(s.next, S("/report/received"));
	check_ok(c, house_see(c, &h.analyst, "report.list", &l, NULL));
	check_int(house_count(&l, "reports"), 1);
	check_str(house_cell(c, &l, "reports", 0, "state"), S("new"));
	check_str(house_cell(c, &l, "reports", 0, "number"), S("R-2026-0001"));
	check(house_has(house_page(c, "report.list", &l), "R-2026-0001"));
	check_ok(c, house_see(c, &h.analyst, "report.show", &l, "id", cstr(c->arena, s.object), NULL));
	check(house_has(house_page(c, "report.show", &l), "stops and the watchdog"));
	house_close(c);
}

TEST(the_same_submission_64_times_with_one_key_is_one_report_and_one_code)
{
	struct house h;
	struct sheet s, l;
	str          code = STR_NONE;

	open_house(c, &h);
	for (int i = 0; i < 64; i++) {
		check_ok(c, house_do_key(c, &h.nobody, "report.submit", S("key-1"), &s, "product", "Kestrel", "description",
		                         "text", "seed", "aaaabbbbccccddddeeeeffffgg", NULL));
		if (i == 0)
			code = s.secret;
		check_str(s.secret, code);
		check_str(s.next, S("/report/received"));
	}
	check_ok(c, house_see(c, &h.lead, "report.list", &l, NULL));
	check_int(house_count(&l, "reports"), 1);
	house_close(c);
}

/* A program has no page and so no seed: the code that a lost answer carried is told again, and opens the report. */
TEST(the_same_submission_of_a_program_shows_the_same_code_again)
{
	struct house h;
	struct actor finder = { .roles = ROLE_FINDER, .name = S(""), .sight = S(""), .zone = S("UTC") };
	struct sheet s, l;
	str          code = STR_NONE;

	open_house(c, &h);
	for (int i = 0; i < 3; i++) {
		check_ok(c, house_do_key(c, &h.nobody, "report.submit", S("key-1"), &s, "product", "Kestrel", "description", "text", NULL));
		if (i == 0)
			code = s.secret;
		check_str(s.secret, code);
	}
	finder.id = receipt_digest(c, code);
	check_ok(c, house_see(c, &finder, "report.mine", &l, NULL));
	check_ok(c, house_do_key(c, &h.nobody, "report.submit", S("key-2"), &s, "product", "Kestrel", "description", "text", NULL));
	check(!str_eq(s.secret, code));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "Kestrel", "description", "text", NULL));
	check(!str_eq(s.secret, code));
	house_close(c);
}

TEST(a_replay_key_with_another_text_is_refused)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	check_ok(c, house_do_key(c, &h.nobody, "report.submit", S("key-1"), &s, "product", "a", "description", "b", NULL));
	check(!house_do_key(c, &h.nobody, "report.submit", S("key-1"), &s, "product", "a", "description", "c", NULL));
	check_fault(c, E_REPLAY, NULL);
	house_close(c);
}

TEST(a_code_is_a_hundred_bits_in_letters_nobody_mistakes)
{
	str a = receipt_make(c, STR_NONE, STR_NONE), b = receipt_make(c, STR_NONE, STR_NONE);

	check(!str_eq(a, b));
	check_int(a.n, 23);
	for (size_t i = 0; i < a.n; i++)
		check(i % 6 == 5 ? a.p[i] == '-' : strchr("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", a.p[i]) != NULL);
	check(!str_eq(receipt_make(c, S("short"), STR_NONE), receipt_make(c, S("short"), STR_NONE)));
	check_str(receipt_make(c, S("aaaabbbbccccddddeeeeffffgg"), STR_NONE), receipt_make(c, S("aaaabbbbccccddddeeeeffffgg"), STR_NONE));
}

/* The seed stands in the page, which a browser may keep. */
TEST(a_code_cannot_be_told_from_the_seed_without_the_house_key)
{
	const str key = S("the key of the house: 32 bytes.."), other = S("another key of thirty-two bytes.");
	str       seed = S("aaaabbbbccccddddeeeeffffgg"), code;

	journal_key_set(key);
	code = receipt_make(c, seed, STR_NONE);
	journal_key_set(other);
	check(!str_eq(receipt_make(c, seed, STR_NONE), code));
	journal_key_set(key);
	check_str(receipt_make(c, seed, STR_NONE), code);
}

TEST(a_second_report_with_the_seed_of_the_first_is_told_so)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", "seed", "aaaabbbbccccddddeeeeffffgg", NULL));
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "c", "seed", "aaaabbbbccccddddeeeeffffgg", NULL));
	check_fault(c, E_REPLAY, NULL);
	house_close(c);
}

TEST(a_code_may_be_typed_small_spaced_or_full_width)
{
	str digest = receipt_digest(c, S("K7QM2-XRD94-TFHW3-C5PLA"));

	check_str(receipt_digest(c, receipt_plain(c, S(" k7qm2 xrd94 tfhw3 c5pla\n"))), digest);
	check_str(receipt_digest(c, receipt_plain(c, S("Ｋ７ＱＭ２－ＸＲＤ９４－ＴＦＨＷ３－Ｃ５ＰＬＡ"))), digest);
}

/* meets FIRST-1.1 1.5.1.1 */
TEST(a_finder_sees_only_the_own_report)
{
	struct house h;
	struct sheet one, two, s;
	struct actor first, second, wrong = receipt_actor(c, S("AAAAA-BBBBB-CCCCC-DDDDD"));

	open_house(c, &h);
	check_ok(c, submit(c, &h, &one));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &two, "product", "Merlin", "description", "second text", NULL));
	first  = holder(c, &one);
	second = holder(c, &two);
	check_ok(c, house_see(c, &first, "report.mine", &s, NULL));
	check_str(house_cell(c, &s, "report", 0, "product"), S("Kestrel Gateway"));
	check_ok(c, house_see(c, &second, "report.mine", &s, NULL));
	check_str(house_cell(c, &s, "report", 0, "product"), S("Merlin"));
	check(!house_has(house_page(c, "report.mine", &s), "R-2026"));
	check(!house_see(c, &wrong, "report.mine", &s, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &first, "report.show", &s, "id", cstr(c->arena, two.object), NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &first, "report.list", &s, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

TEST(who_may_not_see_reports_is_answered_as_if_there_were_none)
{
	struct house h;
	struct sheet s, l;
	struct actor blind;
	struct fault hidden;

	open_house(c, &h);
	check_ok(c, submit(c, &h, &s));
	blind       = h.analyst;
	blind.sight = S("team");
	check(!house_see(c, &blind, "report.show", &l, "id", cstr(c->arena, s.object), NULL));
	hidden = c->fault;
	check(!house_see(c, &blind, "report.show", &l, "id", "aaaaaaaaaaaaaaaaaaaaaaaaaa", NULL));
	check_int(hidden.code, c->fault.code);
	check(hidden.text == c->fault.text);
	check_ok(c, house_see(c, &blind, "report.list", &l, NULL));
	check_int(house_count(&l, "reports"), 0);
	check(!house_do(c, &blind, "report.reply", &l, "id", cstr(c->arena, s.object), "body", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &h.engineer, "report.list", &l, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &h.nobody, "report.list", &l, NULL));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}

/* meets FIRST-1.1 2.1.2.3, 5.1.3 */
TEST(messages_go_both_ways_and_the_letter_says_nothing_of_them)
{
	struct house h;
	struct sheet s, l;
	struct actor f;
	const char  *id;

	open_house(c, &h);
	check_ok(c, submit(c, &h, &s));
	f  = holder(c, &s);
	id = cstr(c->arena, s.object);
	check_ok(c, house_do(c, &h.analyst, "report.reply", &l, "id", id, "body", "Which browser?", NULL));
	check_ok(c, house_see(c, &f, "report.mine", &l, NULL));
	check_int(house_count(&l, "messages"), 1);
	check_str(house_cell(c, &l, "messages", 0, "author_name"), S("PSIRT"));
	check(!house_has(house_page(c, "report.mine", &l), "analyst"));
	check_ok(c, house_do(c, &f, "report.add", &l, "body", "Firefox 128", NULL));
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", id, NULL));
	check_int(house_count(&l, "messages"), 2);
	check_str(house_cell(c, &l, "report", 0, "state"), S("in_review"));
	check_str(house_cell(c, &l, "report", 0, "unread"), S("1"));
	check_ok(c, house_do(c, &h.lead, "report.take", &l, "id", id, NULL));
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", id, NULL));
	check_str(house_cell(c, &l, "report", 0, "unread"), S("0"));
	house_close(c);
}

/* meets TLP-2.0 3 */
TEST(a_message_bears_its_label_and_without_one_that_of_the_case)
{
	struct house h;
	struct sheet s, l;
	struct actor f;
	const char  *id;

	open_house(c, &h);
	check_ok(c, submit(c, &h, &s));
	f  = holder(c, &s);
	id = cstr(c->arena, s.object);
	check_ok(c, house_do(c, &h.analyst, "report.reply", &l, "id", id, "body", "Which browser?", NULL));
	c->now += MINUTE;
	check_ok(c, house_do(c, &h.analyst, "report.reply", &l, "id", id, "body", "For you alone.", "marking", "RED", NULL));
	check(!house_do(c, &h.analyst, "report.reply", &l, "id", id, "body", "x", "marking", "PURPLE", NULL));
	check_fault(c, E_INVALID, "marking");
	check_ok(c, house_see(c, &f, "report.mine", &l, NULL));
	check_str(house_cell(c, &l, "messages", 0, "tlp"), S("AMBER"));
	check_str(house_cell(c, &l, "messages", 1, "tlp"), S("RED"));
	check(house_has(house_page(c, "report.mine", &l), "<span class=\"tlp red\">TLP:RED</span>"));
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", id, NULL));
	check(house_has(house_page(c, "report.show", &l), "<span class=\"tlp red\">TLP:RED</span>"));
	house_close(c);
}

TEST(a_message_of_nothing_is_refused)
{
	struct house h;
	struct sheet s, l;
	struct actor f;

	open_house(c, &h);
	check_ok(c, submit(c, &h, &s));
	f = holder(c, &s);
	check(!house_do(c, &f, "report.add", &l, "body", "", NULL));
	check_fault(c, E_INVALID, "body");
	check(!house_do(c, &h.nobody, "report.add", &l, "body", "x", NULL));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}

TEST(hostile_text_is_refused_or_shown_harmless)
{
	struct house h;
	struct sheet s, l;
	struct args  a;
	char        *big = arena_must(c->arena, 1, 70000);
	str          page;

	open_house(c, &h);
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a\xFF", "description", "b", NULL));
	check_fault(c, E_INVALID, "product");
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a\x01", "description", "b", NULL));
	check_fault(c, E_INVALID, "product");
	memset(big, 'x', 69999);
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", big, NULL));
	check_fault(c, E_LIMIT, "description");
	c->fault = (struct fault){ 0 };
	c->actor = &h.nobody;
	args_init(&a, op_find(front_of(c), S("report.submit"))->args);
	check_ok(c, args_take(c, &a, S("product"), S("a"), true));
	check_ok(c, args_take(c, &a, S("description"), S("b\0c"), true));
	check(!op_call(c, op_find(front_of(c), S("report.submit")), &a, STR_NONE, &s));
	check_fault(c, E_INVALID, "description");
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "<script>alert(1)</script>",
	                     "description", "\xE2\x80\xAE gnp.exe <img src=x onerror=y>", NULL));
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", cstr(c->arena, s.object), NULL));
	page = house_page(c, "report.show", &l);
	check(!house_has(page, "<script>"));
	check(!house_has(page, "<img"));
	check(house_has(page, "U+202E"));
	house_close(c);
}

TEST(an_address_that_is_none_is_refused)
{
	static const char *const bad[] = { "x", "@", "a@", "@b", "a@b@c", "a b@c", "a@b,c@d", "a@b>\"" };
	struct house h;
	struct sheet s;

	open_house(c, &h);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", "contact", bad[i], NULL));
		check_fault(c, E_INVALID, "contact");
	}
	house_close(c);
}

TEST(a_plan_in_a_gap_of_the_clocks_is_refused_and_one_in_a_zone_is_kept)
{
	struct house h;
	struct sheet s;
	struct actor f;

	open_house(c, &h);
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", "plan_date", "2027-03-28",
	                "plan_time", "02:30", "plan_zone", "Europe/Berlin", NULL));
	check_fault(c, E_INVALID, "plan_time");
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", "plan_date", "2027-03-28",
	                "plan_zone", "Nowhere/Land", NULL));
	check_fault(c, E_INVALID, "plan_zone");
	check(!house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", "plan_time", "25:00",
	                "plan_date", "2027-03-28", NULL));
	check_fault(c, E_INVALID, "plan_time");
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", "plan_date",
	                     "2026-12-01", "plan_time", "18:00", "plan_zone", "Asia/Tokyo", NULL));
	f = holder(c, &s);
	check_ok(c, house_see(c, &f, "report.mine", &s, NULL));
	check_str(house_cell(c, &s, "report", 0, "plan_at"), str_fmt(c->arena, "%lld", (long long)((civil_days(2026, 12, 1) * 24 + 9) * HOUR)));
	house_close(c);
}

TEST(a_promise_never_falls_on_a_weekend)
{
	time_us sunday = civil_days(2026, 11, 22) * DAY;

	for (int i = 0; i < 14; i++) {
		time_us t = report_promise(sunday + i * DAY, REPORT_ACK_DAYS);
		int     w = civil_weekday(t / DAY);
		check(w != 0 && w != 6);
		check(t >= sunday + (i + REPORT_ACK_DAYS) * DAY && t <= sunday + (i + REPORT_ACK_DAYS + 3) * DAY);
	}
}

/* meets ISO-30111 7.1.4 b) */
TEST(reports_that_share_rare_words_are_named_as_possible_duplicates)
{
	struct house h;
	struct sheet s, l;
	const struct report_page *m;

	open_house(c, &h);
	check_ok(c, submit(c, &h, &s));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &l, "product", "Merlin Cloud", "description", "Stored script in a device name", NULL));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "KESTREL gateway", "description",
	                     "The web console stops on a long cookie; the watchdog restarts it", NULL));
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", cstr(c->arena, s.object), NULL));
	m = l.model;
	check_int(m->alikes.n, 1);
	check_str(m->alikes.v[0].number, S("R-2026-0001"));
	check(house_has(m->alikes.v[0].why, "watchdog"));
	check(house_has(m->alikes.v[0].why, "Same product"));
	house_close(c);
}

/* meets ISO-30111 7.1.4 b) */
TEST(the_words_that_two_japanese_reports_share_are_told_whole)
{
	struct house h;
	struct sheet s, l;
	const struct report_page *m;

	open_house(c, &h);
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "ケストレル", "title", "管理画面の認証回避",
	                     "description", "細工したプロジェクトファイルを開くと停止します。", NULL));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &l, "product", "ヘロン", "description", "通信が遅い", NULL));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "ケストレル", "title", "停止",
	                     "description", "あるプロジェクトファイルを開くと再起動します。TCP 4712を使います。", NULL));
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", cstr(c->arena, s.object), NULL));
	m = l.model;
	check_int(m->alikes.n, 1);
	check(house_has(m->alikes.v[0].why, ": プロジェクトファイルを開くと, "));
	house_close(c);
}

/* meets FIRST-1.1 2.1.2.1; ISO-30111 7.1.3 a), b), c) */
TEST(staff_enter_a_report_with_its_source_and_channel)
{
	struct house h;
	struct sheet s, l;

	open_house(c, &h);
	check(!house_do(c, &h.analyst, "report.enter", &s, "product", "a", "description", "b", NULL));
	check_fault(c, E_INVALID, "source");
	check_ok(c, house_do(c, &h.analyst, "report.enter", &s, "product", "a", "description", "b", "source", "public",
	                     "channel", "phone", "lang", "ja", NULL));
	check_int(s.secret.n, 23);
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", cstr(c->arena, s.object), NULL));
	check_str(house_cell(c, &l, "report", 0, "channel"), S("phone"));
	check_str(house_cell(c, &l, "report", 0, "lang"), S("ja"));
	check(!house_do(c, &h.executive, "report.enter", &s, "product", "a", "description", "b", "source", "public",
	                "channel", "phone", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

/* meets FIRST-1.1 1.5.1.1 */
TEST(the_status_page_is_opened_by_code_in_the_body)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	check(!house_do(c, &h.nobody, "report.status", &s, "code", "abc", NULL));
	check_fault(c, E_INVALID, "code");
	check_ok(c, house_do(c, &h.nobody, "report.status", &s, "code", "k7qm2-xrd94-tfhw3-c5pla", NULL));
	check_str(s.cookie, S("receipt:k7qm2-xrd94-tfhw3-c5pla"));
	check_str(s.next, S("/report/mine"));
	house_close(c);
}

TEST(language_is_told_by_its_letters)
{
	check_str(text_lang(S("Buffer overflow")), S("en"));
	check_str(text_lang(S("バッファオーバーフロー in httpd")), S("ja"));
	check_str(text_lang(S("認証回避 CVE")), S("ja"));
	check_str(text_lang(S("Überlauf im Puffer")), S("und"));
	check_str(text_lang(S("")), S("en"));
}

TEST(public_pages_and_all_lists_are_drawn_in_both_languages)
{
	static const char *const pages[] = { "report.form", "report.received", "report.code" };
	struct house h;
	struct sheet s;

	open_house(c, &h);
	for (int l = 0; l < 2; l++) {
		c->lang = l ? LANG_JA : LANG_EN;
		for (size_t i = 0; i < 3; i++) {
			check_ok(c, house_see(c, &h.nobody, pages[i], &s, NULL));
			check(house_page(c, pages[i], &s).n > 100);
		}
		for (const struct choice *o = inbox_sort_choices; o->value; o++) {
			check_ok(c, house_see(c, &h.lead, "report.list", &s, "sort", o->value, "q", "100%_!", NULL));
			check(house_page(c, "report.list", &s).n > 100);
		}
	}
	house_close(c);
}

static const char *enter(struct ctx *c, struct house *h, const char *product, const char *title, const char *text, const char *contact, const char *channel, const char *exploited)
{
	struct sheet s;

	check_ok(c, house_do(c, &h->lead, "report.enter", &s, "source", "external", "channel", channel, "lang", "en", "product", product, "title", title,
	                     "description", text, "contact", contact, "credit", "Hana of Kumo", "exploited", exploited, NULL));
	return cstr(c->arena, s.object);
}

static int64_t found(struct ctx *c, struct house *h, const char *q, const char *channel, const char *exploited)
{
	struct sheet s;

	check_ok(c, house_see(c, &h->lead, "report.list", &s, "q", q, "channel", channel, "exploited", exploited, NULL));
	return (int64_t)house_count(&s, "reports");
}

TEST(reports_are_found_by_words_numbers_and_reporters_and_by_two_filters_at_once)
{
	struct house h;
	struct sheet s;
	str          page;

	open_house(c, &h);
	(void)enter(c, &h, "Kestrel Gateway", "Long cookie", "It stops.", "hana@kumo.example", "mail", "yes");
	(void)enter(c, &h, "Heron", "認証の鍵が固定", "ﾌｧｰﾑｳｪｱを見ました。", "ren@other.example", "phone", "yes");
	(void)enter(c, &h, "Heron", "Short cookie", "Nothing happens.", "100%_!@other.example", "mail", "no");
	check_int(found(c, &h, "cookie", "", ""), 2);
	check_int(found(c, &h, "cookie", "mail", "yes"), 1);
	check_int(found(c, &h, "", "mail", ""), 2);
	check_int(found(c, &h, "", "", "yes"), 2);
	check_int(found(c, &h, "kestrel", "", ""), 1);
	check_int(found(c, &h, "鍵", "", ""), 1);
	check_int(found(c, &h, "ファームウェア", "", ""), 1);
	check_int(found(c, &h, "hana@", "", ""), 1);
	check_int(found(c, &h, "Hana of", "", ""), 3);
	check_int(found(c, &h, "r-", "", ""), 3);
	check_int(found(c, &h, "100%_!", "", ""), 1);
	check_int(found(c, &h, "cookie heron", "", ""), 1);
	check_int(found(c, &h, "nothing of this", "", ""), 0);
	check_int(found(c, &h, " % ", "", ""), 0);
	/* What was chosen stands in every link. */
	check_ok(c, house_see(c, &h.lead, "report.list", &s, "q", "cookie & heron", "channel", "mail", "exploited", "yes", "state", "new", "sort", "title", NULL));
	page = house_page(c, "report.list", &s);
	check(house_has(page, "href=\"/reports?sort=title&amp;state=needs_info&amp;q=cookie%20%26%20heron&amp;channel=mail&amp;exploited=yes\""));
	check(house_has(page, "href=\"/reports?sort=title&amp;q=cookie%20%26%20heron&amp;channel=mail&amp;exploited=yes\""));
	check(house_has(page, "href=\"/reports?sort=title&amp;state=new&amp;channel=mail&amp;exploited=yes\""));
	house_close(c);
}

TEST(of_a_word_that_two_pages_of_reports_hold_the_newest_are_shown_and_the_list_says_so)
{
	static const char hint[] = "the newest of them were looked at";
	struct house h;
	struct sheet s;

	open_house(c, &h);
	for (int i = 0; i < 99; i++)
		(void)enter(c, &h, "Heron", "Long cookie", "It stops.", "", "mail", "no");
	check_ok(c, house_see(c, &h.lead, "report.list", &s, "q", "cookie", NULL));
	check(!house_has(house_page(c, "report.list", &s), hint));
	(void)enter(c, &h, "Heron", "Short cookie", "It stops.", "", "mail", "yes");
	check_ok(c, house_see(c, &h.lead, "report.list", &s, "q", "cookie", NULL));
	check_int((int64_t)house_count(&s, "reports"), 50);
	check(house_has(house_page(c, "report.list", &s), hint));
	check_int(found(c, &h, "cookie", "", "yes"), 1);
	check_int(found(c, &h, "short", "", ""), 1);
	house_close(c);
}

TEST(a_letter_holds_nothing_of_the_report_and_no_code)
{
	struct house h;
	struct sheet s, l;
	str          text;

	open_house(c, &h);
	c->lang = LANG_JA;
	check_ok(c, submit(c, &h, &s));
	c->lang = LANG_EN;
	check_ok(c, house_do(c, &h.analyst, "report.reply", &l, "id", cstr(c->arena, s.object), "body", "Which browser?", NULL));
	text = house_post(c);
	check(house_has(text, "finder@example.org"));
	check(house_has(text, "発見者様"));
	check(house_has(text, "https://psirt.example.jp/report/status"));
	check(!house_has(text, "Kestrel") && !house_has(text, "cookie") && !house_has(text, "browser"));
	check(!house_has(text, cstr(c->arena, s.secret)) && !house_has(text, "R-2026") && !house_has(text, cstr(c->arena, s.object)));
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "a", "description", "b", NULL));
	check_str(house_post(c), text);
	house_close(c);
}

/* One uploaded file of n bytes 'x'. */
static struct file_part upload(struct ctx *c, const char *name, size_t n)
{
	struct file_part f = { .name = str_of(name), .type = S("text/html"), .size = (int64_t)n };
	char             path[] = "/tmp/psirt-upload-XXXXXX";
	char            *bytes = arena_must(c->arena, 1, n + 1);

	memset(bytes, 'x', n);
	f.fd = mkstemp(path);
	unlink(path);
	check(f.fd >= 0 && write(f.fd, bytes, n) == (ssize_t)n);
	return f;
}

static bool submit_file(struct ctx *c, struct house *h, struct file_part *f, size_t copies, struct sheet *s)
{
	const struct op *o = op_find(front_of(c), S("report.submit"));
	struct args      a;

	*s       = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = &h->nobody;
	args_init(&a, o->args);
	TRY(args_take(c, &a, S("product"), S("Kestrel"), true));
	TRY(args_take(c, &a, S("description"), S("text"), true));
	for (size_t i = 0; i < copies; i++)
		TRY(args_take_file(c, &a, S("file"), f));
	return op_call(c, o, &a, STR_NONE, s);
}

/* meets FIRST-1.1 2.1.2.2, 3.3.4 */
TEST(files_are_kept_as_they_are_and_leave_only_as_bytes)
{
	struct house     h;
	struct sheet     s, l;
	struct file_part f = upload(c, "../../etc/<x>.html", 4), none = upload(c, "empty.txt", 0);
	const char      *id, *file;

	open_house(c, &h);
	check_ok(c, submit_file(c, &h, &f, 2, &s));
	id = cstr(c->arena, s.object);
	check_ok(c, house_see(c, &h.lead, "report.show", &l, "id", id, NULL));
	check_int(house_count(&l, "files"), 2);
	check(!house_has(house_page(c, "report.show", &l), "<x>"));
	file = cstr(c->arena, house_cell(c, &l, "files", 0, "id"));
	check_ok(c, house_see(c, &h.lead, "report.file", &l, "id", id, "file", file, NULL));
	check_str(l.raw, S("xxxx"));
	check_str(l.raw_type, S("application/octet-stream"));
	check_ok(c, submit_file(c, &h, &none, 1, &s));
	check(!house_see(c, &h.lead, "report.file", &l, "id", cstr(c->arena, s.object), "file", file, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	close(f.fd);
	close(none.fd);
	house_close(c);
}

TEST(a_file_above_the_limit_is_refused_with_the_limit_and_nothing_is_kept)
{
	struct house     h;
	struct sheet     s;
	struct file_part f = upload(c, "big.bin", 100001);

	open_house(c, &h);
	check(!submit_file(c, &h, &f, 1, &s));
	check_fault(c, E_LIMIT, "file");
	check_str(c->fault.arg[2], S("100000"));
	check_ok(c, house_see(c, &h.lead, "report.list", &s, NULL));
	check_int(house_count(&s, "reports"), 0);
	close(f.fd);
	house_close(c);
}
