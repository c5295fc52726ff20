#include "services/0-foundation/09-policies/settings.h"

#include "gen/user.sql.h"

#include "record/house_front.h"
#include "platform/text/word.h"
#include "record/house_test.h"
#include "record/setting.h"

static const struct service *const only[] = { &audit_service, &settings_service };

struct desk { struct house h; struct actor admin; struct sheet out; };

static void begin(struct ctx *c, struct desk *d)
{
	house_open(c, &d->h, only, 2);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	d->admin = house_person(c, "admin", ROLE_ADMIN);
	check_ok(c, db_commit(c));
}

static str value(struct ctx *c, struct desk *d, const char *name)
{
	struct sheet s;
	size_t       i = 0;

	check_ok(c, house_see(c, &d->h.lead, "setting.show", &s, NULL));
	while (i < house_count(&s, "settings") && !str_eq(house_cell(c, &s, "settings", i, "name"), str_of(name)))
		i++;
	return house_cell(c, &s, "settings", i, "value");
}

#define HOUSE(org, zone, prefix) "organisation", org, "zone", zone, "advisory_prefix", prefix

TEST(settings_have_defaults_and_are_set_by_group)
{
	struct desk d;

	begin(c, &d);
	check_str(value(c, &d, "zone"), S("UTC"));
	check_str(value(c, &d, "session_idle"), S("30"));
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("青空計器", "Asia/Tokyo", "AOZORA-2"), NULL));
	check_str(value(c, &d, "organisation"), S("青空計器"));
	check_str(value(c, &d, "zone"), S("Asia/Tokyo"));
	check_str(value(c, &d, "advisory_prefix"), S("AOZORA-2"));
	house_close(c);
}

TEST(readers_of_japanese_see_the_japanese_name_and_outsiders_the_houses_zone)
{
	struct desk         d;
	const struct front *f;

	begin(c, &d);
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("Aozora", "Asia/Tokyo", "P"), "organisation_ja", "青空計器", NULL));
	check_ok(c, house_front_read(c));
	c->front = f = house_front(c, c->front);
	check_str(f->zone, S("Asia/Tokyo"));
	check_str(house_name(c), S("Aozora"));
	c->lang = LANG_JA;
	check_str(house_name(c), S("青空計器"));
	c->front = &d.h.front;
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("Aozora", "UTC", "P"), "organisation_ja", "", NULL));
	check_ok(c, house_front_read(c));
	c->front = house_front(c, c->front);
	check_str(house_name(c), S("Aozora"));
	c->front = &d.h.front;
	c->lang  = LANG_EN;
	house_close(c);
}

TEST(the_audit_has_the_old_and_the_new_value)
{
	struct desk d;

	begin(c, &d);
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "PSIRT"), NULL));
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("B", "Asia/Tokyo", "PSIRT"), NULL));
	check_ok(c, house_see(c, &d.h.lead, "audit.list", &d.out, "verb", "setting.house", NULL));
	check_str(house_cell(c, &d.out, "entries", 0, "note"), S("organisation: A -> B; zone: UTC -> Asia/Tokyo"));
	check_str(house_cell(c, &d.out, "entries", 0, "who"), S("admin"));
	house_close(c);
}

TEST(values_out_of_their_limits_are_refused_at_their_field)
{
	static const char *const prefixes[] = { "acme", "-A", "A-", "A B", "1A", "ACME/..", "ÄCME", "A\xFF", "ABCDEFGHIJKLMNOPQRSTU" };
	struct desk d;

	begin(c, &d);
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", prefixes[i]), NULL));
		check_str(c->fault.where, S("advisory_prefix"));
	}
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "Mars/Olympus", "P"), NULL));
	check_fault(c, E_INVALID, "zone");
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "../../etc/passwd", "P"), NULL));
	check_fault(c, E_INVALID, "zone");
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE(" ", "UTC", "P"), NULL));
	check_fault(c, E_INVALID, "organisation");
	check(!house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "4", "session_hours", "12", NULL));
	check_fault(c, E_INVALID, "session_idle");
	check(!house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "30", "session_hours", "25", NULL));
	check_fault(c, E_INVALID, "session_hours");
	check(!house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "x", "session_hours", "12", NULL));
	check_fault(c, E_INVALID, "session_idle");
	check(!house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "30", "session_hours", "12", "second_factor", "king", NULL));
	check_fault(c, E_INVALID, "second_factor");
	house_close(c);
}

TEST(one_person_is_enough_only_for_a_reason_and_that_is_shown)
{
	struct desk d;

	begin(c, &d);
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "0", NULL));
	check_fault(c, E_INVALID, "two_persons_reason");
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "0", "two_persons_reason", "We are <two>.", NULL));
	check_ok(c, house_see(c, &d.admin, "setting.show", &d.out, NULL));
	check(house_has(house_page(c, "setting.show", &d.out), "We are &lt;two&gt;."));
	check_ok(c, house_front_read(c));
	check(!house_front(c, &d.h.front)->two_persons);
	/* back again: the reason goes */
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", "two_persons_reason", "old", NULL));
	check_str(value(c, &d, "two_persons_reason"), S(""));
	check_ok(c, house_front_read(c));
	check(house_front(c, &d.h.front)->two_persons);
	house_close(c);
}

TEST(each_group_has_its_own_people)
{
	struct desk d;

	begin(c, &d);
	check(!house_do(c, &d.admin, "setting.release", &d.out, "two_persons", "1", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &d.h.lead, "setting.house", &d.out, HOUSE("A", "UTC", "P"), NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_do(c, &d.h.lead, "setting.entry", &d.out, "session_idle", "30", "session_hours", "12", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check(!house_see(c, &d.h.analyst, "setting.show", &d.out, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_see(c, &d.h.auditor, "setting.show", &d.out, NULL));
	check(!house_has(house_page(c, "setting.show", &d.out), "<form"));
	house_close(c);
}

TEST(a_form_that_was_open_while_somebody_else_saved_is_refused)
{
	struct desk d;

	begin(c, &d);
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, "version", "0", HOUSE("A", "UTC", "P"), NULL));
	check(!house_do(c, &d.admin, "setting.house", &d.out, "version", "0", HOUSE("B", "UTC", "P"), NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_str(value(c, &d, "organisation"), S("A"));
	house_close(c);
}

TEST(roles_that_need_a_second_factor_are_kept_in_order_and_can_be_none)
{
	struct desk d;

	begin(c, &d);
	check_ok(c, house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "15", "session_hours", "8",
	                     "second_factor", "lead", "second_factor", "administrator", "second_factor", "lead", NULL));
	check_str(value(c, &d, "second_factor"), S("administrator lead"));
	check_ok(c, house_see(c, &d.admin, "setting.show", &d.out, NULL));
	check(house_has(house_page(c, "setting.show", &d.out), "value=\"lead\" checked"));
	check_ok(c, house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "15", "session_hours", "8", NULL));
	check_str(value(c, &d, "second_factor"), S(""));
	house_close(c);
}

TEST(sessions_end_after_the_minutes_and_hours_that_were_set)
{
	struct desk     d;
	struct actor    who;
	enum lang       lang;
	str             cookie;

	begin(c, &d);
	check_ok(c, house_do(c, &d.admin, "setting.entry", &d.out, "session_idle", "5", "session_hours", "1", NULL));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, sql_account_set_password(c, (user_id){ d.admin.id }, S("-")));
	check_ok(c, session_begin(c, (user_id){ d.admin.id }, SESSION_PLAIN, &cookie));
	check_ok(c, db_commit(c));
	for (int i = 0; i < 14; i++) {
		check_ok(c, session_actor(c, cookie, &who, &lang));
		check_str(who.id, d.admin.id);
		c->now += 4 * MINUTE;
	}
	c->now += 4 * MINUTE;
	check_ok(c, session_actor(c, cookie, &who, &lang));
	check_str(who.id, S(""));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, session_begin(c, (user_id){ d.admin.id }, SESSION_PLAIN, &cookie));
	check_ok(c, db_commit(c));
	c->now += 5 * MINUTE;
	check_ok(c, session_actor(c, cookie, &who, &lang));
	check_str(who.id, S(""));
	house_close(c);
}

TEST(a_pattern_of_numbers_makes_file_names_and_counts_once)
{
	static const char *const bad[] = { "{PREFIX}-SA", "{PREFIX}-{N}-{N}", "-{N}", "{N}", "{PREFIX}_{N}", "psirt-{N}", "{PREFIX}-{DAY}-{N}", "{PREFIX}-{N}-", "{PREFIX}-{N" };
	static const char *const good[] = { "{PREFIX}-{YEAR}-{N}", "A{N}", "ACME-SA{YEAR}-{N}" };
	struct desk d;

	begin(c, &d);
	check_str(value(c, &d, "advisory_pattern"), S("{PREFIX}-SA-{YEAR}-{N}"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "PSIRT"), "advisory_pattern", bad[i], NULL));
		check_fault(c, E_INVALID, "advisory_pattern");
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "PSIRT"), "advisory_pattern", good[i], NULL));
		check_str(value(c, &d, "advisory_pattern"), str_of(good[i]));
	}
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "PSIRT"), NULL));   /* not said: it stays */
	check_str(value(c, &d, "advisory_pattern"), S("ACME-SA{YEAR}-{N}"));
	house_close(c);
}

TEST(the_days_of_interim_and_final_are_numbers_of_days)
{
	struct desk d;

	begin(c, &d);
	check_str(value(c, &d, "interim_days"), S("21"));
	check_str(value(c, &d, "final_days"), S("42"));
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", "interim_days", "0", NULL));
	check_fault(c, E_INVALID, "interim_days");
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", "final_days", "366", NULL));
	check_fault(c, E_INVALID, "final_days");
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", "interim_days", "14", "final_days", "60", NULL));
	check_str(value(c, &d, "interim_days"), S("14"));
	check_str(value(c, &d, "spelling_words"), S(""));
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", "spelling_words", "Modbus OPC", NULL));
	check_str(value(c, &d, "spelling_words"), S("Modbus OPC"));
	check_str(value(c, &d, "final_days"), S("60"));
	house_close(c);
}

TEST(words_for_all_documents_are_there_in_both_languages_or_in_none)
{
	struct desk d;

	begin(c, &d);
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_terms_en", "As it is.", NULL));
	check_fault(c, E_INVALID, "advisory_terms_ja");
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_terms_en", "As it is.", "advisory_terms_ja", "現状のまま", NULL));
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_terms_en", "", NULL));
	check_fault(c, E_INVALID, "advisory_terms_en");
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), NULL));   /* not given: they stay */
	check_str(value(c, &d, "advisory_terms_ja"), S("現状のまま"));
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_terms_en", "", "advisory_terms_ja", "", NULL));
	check_str(value(c, &d, "advisory_terms_ja"), S(""));
	house_close(c);
}

/* meets CSAF-2.1 6.1.54, 6.2.44, 6.2.45 */
TEST(a_license_is_an_expression_of_the_spdx_list)
{
	static const char *const good[] = { "CC-BY-4.0", "(MIT OR Apache-2.0)", "GPL-2.0-or-later WITH Classpath-exception-2.0", "LicenseRef-scancode-public-domain", "" };
	static const struct { const char *text, *word; } bad[] = {
		{ "CC-BY-4.0 AND", "no license expression" }, { "free for all", "no license expression" }, { "\"", "no license expression" },
		{ "CC-BY-9.0", "no license of the lists" }, { "LicenseRef-Kakuu", "no license of the lists" }, { "GPL-2.0", "deprecated" },
		{ "MIT OR GPL-2.0+", "deprecated" },
	};
	struct desk d;
	char        long_one[2 * 201 + 1];

	begin(c, &d);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_license", good[i], NULL));
		check_str(value(c, &d, "advisory_license"), str_of(good[i]));
	}
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_license", "MIT", NULL));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_license", bad[i].text, NULL));
		check(house_has(word_fault(c, &c->fault), bad[i].word));
		check_fault(c, E_INVALID, "advisory_license");
	}
	memset(long_one, '(', sizeof(long_one));
	long_one[sizeof(long_one) - 1] = 0;
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_license", long_one, NULL));
	check_fault(c, E_LIMIT, "advisory_license");
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), NULL));   /* not given: stays */
	check_str(value(c, &d, "advisory_license"), S("MIT"));
	check_ok(c, house_see(c, &d.h.lead, "audit.list", &d.out, "verb", "setting.house", NULL));
	check(house_has(house_cell(c, &d.out, "entries", 1, "note"), "advisory_license:  -> MIT"));
	house_close(c);
}

TEST(the_language_in_which_advisories_are_written_is_one_of_two)
{
	struct desk d;

	begin(c, &d);
	check_str(value(c, &d, "advisory_original"), S("en"));
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_original", "ja", NULL));
	check_str(value(c, &d, "advisory_original"), S("ja"));
	check_ok(c, house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), NULL));
	check_str(value(c, &d, "advisory_original"), S("ja"));
	check(!house_do(c, &d.admin, "setting.house", &d.out, HOUSE("A", "UTC", "P"), "advisory_original", "de", NULL));
	check_fault(c, E_INVALID, "advisory_original");
	house_close(c);
}

/* meets CSAF-2.1 7.4.1 */
TEST(the_days_of_the_move_to_csaf_2_1_come_in_their_order)
{
	struct desk d;

#define DAYS(a, b, e) "two_persons", "1", "csaf21_begin", a, "csaf21_rollover", b, "csaf20_end", e
	begin(c, &d);
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("2026-12-01", "2027-03-01", "2027-09-01"), NULL));
	check_str(value(c, &d, "csaf20_end"), S("2027-09-01"));
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("2027-03-02", "2027-03-01", "2027-09-01"), NULL));
	check_fault(c, E_INVALID, "csaf21_rollover");
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("2026-12-01", "2027-03-01", "2027-02-28"), NULL));
	check_fault(c, E_INVALID, "csaf20_end");
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("", "2027-03-01", ""), NULL));
	check_fault(c, E_INVALID, "csaf21_begin");
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("2026-12-01", "", "2027-09-01"), NULL));
	check_fault(c, E_INVALID, "csaf21_rollover");
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("2026-13-01", "", ""), NULL));
	check_fault(c, E_INVALID, "csaf21_begin");
	check(!house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", "csaf21_rollover", "2027-10-01", NULL));
	check_fault(c, E_INVALID, "csaf20_end");   /* with those that stand */
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, "two_persons", "1", NULL));
	check_str(value(c, &d, "csaf21_rollover"), S("2027-03-01"));
	check_ok(c, house_do(c, &d.h.lead, "setting.release", &d.out, DAYS("", "", ""), NULL));
	check_str(value(c, &d, "csaf21_begin"), S(""));
#undef DAYS
	house_close(c);
}
