#include "services/1-stakeholders/1-internal/desk.h"

#include "record/house_test.h"

#include "record/casefile.h"
#include "record/product.h"
#include "record/vuln.h"

static const struct service *const some[] = { &desk_service, &intake_service, &tracking_service, &remedy_service, &qualification_service };

static void open_house(struct ctx *c, struct house *h)
{
	house_open(c, h, some, 5);
	c->zone = S("UTC");
}

/* A case that the lead opened. */
static case_id case_of(struct ctx *c, struct house *h, const char *title, const char *access, const char *turn)
{
	struct casefile_draft  d = { .title = str_of(title), .severity = S("high"), .access = str_of(access) };
	const struct db_viewer v = { h->lead.id, h->lead.sight };
	case_id id = { STR_NONE };
	str     number;

	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &v));
	check_ok(c, casefile_open(c, &d, &id, &number));
	check_ok(c, casefile_turn(c, id, turn));
	check_ok(c, db_commit(c));
	return id;
}

static void embargo_set(struct ctx *c, struct house *h, case_id id, const char *when)
{
	struct sheet s, k;

	check_ok(c, house_see(c, &h->lead, "case.show", &k, "id", cstr(c->arena, id.v), NULL));
	check_ok(c, house_do(c, &h->lead, "case.edit", &s, "id", cstr(c->arena, id.v), "version",
	                     cstr(c->arena, house_cell(c, &k, "case", 0, "version")), "title", "Embargoed", "tlp", "AMBER",
	                     "access", "team", "turn", "nobody", "embargo", when, "zone", "UTC", NULL));
}

/* Rows of services that are not put together here. */
static void put(struct ctx *c, const char *sql)
{
	const struct db_query q = { .sqlite = sql, .types = "", .writes = true, .guarded = true };
	struct db_run        *r;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, NULL));
	check_ok(c, db_commit(c));
}

#define PUT(c, ...) put((c), cstr((c)->arena, str_fmt((c)->arena, __VA_ARGS__)))

/* An edition of a case's advisory, sent for approval by the lead. */
static void edition_put(struct ctx *c, struct house *h, case_id k, const char *state)
{
	PUT(c, "INSERT INTO advisory (id, casefile, number, state, tlp, severity, made_at, changed_at, version) "
	       "VALUES ('a-%s', '%.*s', 'SA-%s', 'draft', 'CLEAR', 'high', 0, 0, 1)", state, STR_ARG(k.v), state);
	PUT(c, "INSERT INTO edition (id, advisory, casefile, ordinal, state, withdraws, made_at, changed_at, submitted_by, publish_at, version) "
	       "VALUES ('e-%s', 'a-%s', '%.*s', 1, '%s', 0, 0, 0, '%.*s', %lld, 1)", state, state, STR_ARG(k.v), state,
	    STR_ARG(h->lead.id), (long long)(c->now + 2 * DAY));
}

/* A question to the engineer about a case. */
static void question_put(struct ctx *c, struct house *h, case_id k)
{
	PUT(c, "INSERT INTO case_member (casefile, account, why, since) VALUES ('%.*s', '%.*s', 'product', 0)", STR_ARG(k.v), STR_ARG(h->engineer.id));
	PUT(c, "INSERT INTO family (id, code, name, name_ja) VALUES ('f', 'F', 'Family', '')");
	PUT(c, "INSERT INTO product (id, family, code, name, name_ja, team, version) VALUES ('p', 'f', 'P', 'Kestrel', '', '', 1)");
	PUT(c, "INSERT INTO vuln (id, casefile, ordinal, title, summary, severity, version) VALUES ('v', '%.*s', 1, 'V', '', 'high', 1)", STR_ARG(k.v));
	PUT(c, "INSERT INTO question (id, casefile, vuln, product, asked_of, asked_at, due_at, words, answer_note, version) "
	       "VALUES ('q', '%.*s', 'v', 'p', '%.*s', 0, %lld, '', '', 1)", STR_ARG(k.v), STR_ARG(h->engineer.id), (long long)(c->now + DAY));
}

/* How many tasks of a column the person sees. */
static int64_t tasks(struct ctx *c, const struct actor *who, const char *when)
{
	struct sheet s;
	int64_t      n = 0;

	check_ok(c, house_see(c, who, "desk", &s, NULL));
	for (size_t i = 0; i < house_count(&s, "tasks"); i++)
		n += str_eq(house_cell(c, &s, "tasks", i, "when"), str_of(when));
	check(house_page(c, "desk", &s).n > 0);
	return n;
}

TEST(an_empty_desk_says_what_to_do_next)
{
	struct house h;
	struct sheet s;
	struct actor admin;

	open_house(c, &h);
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check(house_has(house_page(c, "desk", &s), "Nothing waits for an answer"));
	check(house_has(house_page(c, "desk", &s), "href=\"/reports\""));
	check_ok(c, house_see(c, &h.executive, "desk", &s, NULL));
	check(house_has(house_page(c, "desk", &s), "href=\"/cases\""));
	admin       = h.executive;
	admin.roles = ROLE_ADMIN;
	admin.sight = S("");
	check_ok(c, house_see(c, &admin, "desk", &s, NULL));
	check(house_has(house_page(c, "desk", &s), "href=\"/people\""));
	house_close(c);
}

TEST(a_new_report_waits_for_the_team_and_for_nobody_else)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "Kestrel", "description", "It stops.",
	                     "title", "It stops", NULL));
	check_int(tasks(c, &h.analyst, "now"), 1);
	check_int(tasks(c, &h.lead, "now"), 1);
	check_int(tasks(c, &h.engineer, "now"), 0);
	check_int(tasks(c, &h.auditor, "now"), 0);
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check_str(house_cell(c, &s, "tasks", 0, "kind"), S("report"));
	check(house_has(house_page(c, "desk", &s), "nobody has looked at this report yet"));
	house_close(c);
}

/* A finder was promised a next word; deciding the report does not end the promise. */
TEST(a_qualified_report_whose_finder_waits_for_our_word_stands_on_the_desk)
{
	struct house h;
	struct sheet s;
	const char  *id;

	open_house(c, &h);
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "Kestrel", "description", "It stops.",
	                     "title", "It stops", NULL));
	check_ok(c, house_see(c, &h.analyst, "report.list", &s, NULL));
	id = cstr(c->arena, house_cell(c, &s, "reports", 0, "id"));
	check_ok(c, house_do(c, &h.lead, "report.decide", &s, "id", id, "outcome", "qualified", "reason", "Real.",
	                     "title", "It stops", "severity", "high", "version", "1", NULL));
	check_int(tasks(c, &h.analyst, "soon"), 0);
	c->now += 8 * DAY;
	check_int(tasks(c, &h.analyst, "soon"), 1);
	c->now += 10 * DAY;
	check_int(tasks(c, &h.analyst, "soon"), 0);
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check_str(house_cell(c, &s, "tasks", 0, "kind"), S("report"));
	check(house_has(house_page(c, "desk", &s), "our word to the finder is due"));
	check_ok(c, house_do(c, &h.analyst, "report.reply", &s, "id", id, "body", "We work on it.", NULL));
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check(!house_has(house_page(c, "desk", &s), "our word to the finder is due"));
	check_int(tasks(c, &h.analyst, "waiting"), 0);   /* a mere word leaves the case with the team */
	check_int(tasks(c, &h.analyst, "now"), 1);
	check_ok(c, house_do(c, &h.analyst, "report.reply", &s, "id", id, "body", "Which build?", "awaits", "1", NULL));
	check_int(tasks(c, &h.analyst, "waiting"), 1);
	check_int(tasks(c, &h.analyst, "now"), 0);
	house_close(c);
}

TEST(a_case_stands_in_the_column_of_whose_turn_it_is)
{
	struct house h;

	open_house(c, &h);
	(void)case_of(c, &h, "One", "team", "team");
	(void)case_of(c, &h, "Two", "team", "finder");
	(void)case_of(c, &h, "Three", "team", "approver");
	check_int(tasks(c, &h.analyst, "now"), 1);
	check_int(tasks(c, &h.analyst, "waiting"), 2);
	check_int(tasks(c, &h.lead, "now"), 2);
	check_int(tasks(c, &h.executive, "now"), 0);
	check_int(tasks(c, &h.executive, "waiting"), 3);
	check_int(tasks(c, &h.engineer, "waiting"), 0);
	house_close(c);
}

/* The case's vulnerability in a product of the house's engineer, who is asked about it. */
static void ask_engineer(struct ctx *c, struct house *h, case_id id)
{
	const struct db_viewer v = { h->lead.id, h->lead.sight };
	struct product_draft   d = { .code = S("KES-G"), .name = S("Kestrel Gateway") };
	struct vuln_draft      x = { .title = S("Cookie"), .cwe = INT_NONE };
	struct sheet s;
	product_id   p;
	release_id   r;
	vuln_id      vuln;

	c->actor = &h->lead;
	check_ok(c, db_begin(c, DB_WRITE, &v));
	check_ok(c, family_add(c, S("KES"), S("Kestrel"), STR_NONE, &d.family));
	check_ok(c, product_add(c, &d, &p));
	check_ok(c, release_add(c, p, S("1.0"), STR_NONE, STR_NONE, &r));
	check_ok(c, product_admit(c, p, (user_id){ h->engineer.id }));
	check_ok(c, vuln_add(c, id, &x, STR_NONE, &vuln));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &h->lead, "impact.ask", &s, "id", cstr(c->arena, id.v), "product", cstr(c->arena, p.v),
	                     "vuln", cstr(c->arena, vuln.v), "to", cstr(c->arena, h->engineer.id), NULL));
}

TEST(a_case_whose_question_stands_on_the_desk_does_not_stand_there_twice)
{
	struct house h;

	open_house(c, &h);
	ask_engineer(c, &h, case_of(c, &h, "Asked", "team", "team"));
	check_int(tasks(c, &h.analyst, "waiting"), 1);
	check_int(tasks(c, &h.engineer, "now"), 1);
	check_int(tasks(c, &h.executive, "waiting"), 1);   /* sees the case, not the question */
	house_close(c);
}

TEST(a_closed_case_is_nobodys_turn_and_a_reopened_one_the_teams)
{
	struct house h;
	struct sheet s;
	const char  *id;

	open_house(c, &h);
	id = cstr(c->arena, case_of(c, &h, "Done", "team", "approver").v);
	check_ok(c, house_do(c, &h.lead, "case.close", &s, "id", id, "reason", "Fixed.", NULL));
	check_ok(c, house_see(c, &h.lead, "case.show", &s, "id", id, NULL));
	check_str(house_cell(c, &s, "case", 0, "turn"), S("nobody"));
	check_int(tasks(c, &h.lead, "now"), 0);
	check_ok(c, house_do(c, &h.lead, "case.reopen", &s, "id", id, "reason", "It came back.", NULL));
	check_int(tasks(c, &h.analyst, "now"), 1);
	house_close(c);
}

/* People say PSIRT-2026-0001; a number of what is hidden is as absent as one that was never given. */
TEST(a_case_or_report_is_named_by_its_number_too)
{
	struct house h;
	struct sheet s;
	const char  *id;

	open_house(c, &h);
	id = cstr(c->arena, case_of(c, &h, "Known", "team", "team").v);
	(void)case_of(c, &h, "Hidden", "members", "team");
	check_ok(c, house_see(c, &h.analyst, "case.show", &s, "id", "PSIRT-2026-0001", NULL));
	check_str(s.object, str_of(id));
	check_ok(c, house_do(c, &h.analyst, "case.note", &s, "id", "PSIRT-2026-0001", "body", "Looked at.", NULL));
	check_str(s.casefile, str_of(id));
	check(!house_see(c, &h.analyst, "case.show", &s, "id", "PSIRT-2026-0002", NULL));
	check_fault(c, E_NOTFOUND, "id");
	check(!house_see(c, &h.analyst, "case.show", &s, "id", "PSIRT-2026-0003", NULL));
	check_fault(c, E_NOTFOUND, "id");
	check_ok(c, house_do(c, &h.nobody, "report.submit", &s, "product", "Kestrel", "description", "It stops.", NULL));
	check_ok(c, house_see(c, &h.analyst, "report.show", &s, "id", "R-2026-0001", NULL));
	check(!house_see(c, &h.analyst, "report.show", &s, "id", "PSIRT-2026-0001", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(the_list_of_cases_is_narrowed_and_says_when_nothing_matches)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          page;

	open_house(c, &h);
	(void)case_of(c, &h, "Stays open", "team", "team");
	id = cstr(c->arena, case_of(c, &h, "Goes", "team", "engineer").v);
	check_ok(c, house_do(c, &h.lead, "case.close", &s, "id", id, "reason", "Done.", NULL));
	check_ok(c, house_see(c, &h.analyst, "case.list", &s, "open", "1", "turn", "team", NULL));
	check_int(house_count(&s, "cases"), 1);
	page = house_page(c, "case.list", &s);
	check(house_has(page, "Stays open") && !house_has(page, ">Goes<"));
	check(house_has(page, "<option value=\"team\" selected>"));
	check(house_has(page, "sort=title&amp;open=1&amp;turn=team\""));   /* another order keeps the filter */
	check_ok(c, house_see(c, &h.analyst, "case.list", &s, "severity", "low", NULL));
	check(house_has(house_page(c, "case.list", &s), "No case matches"));
	check_ok(c, house_see(c, &h.engineer, "case.list", &s, NULL));
	check(house_has(house_page(c, "case.list", &s), "No case here"));
	house_close(c);
}

TEST(the_case_that_has_waited_longest_comes_first)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	(void)case_of(c, &h, "Older", "team", "team");
	c->now += HOUR;
	(void)case_of(c, &h, "Newer", "team", "team");
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check_str(house_cell(c, &s, "tasks", 0, "title"), S("Older"));
	check_str(house_cell(c, &s, "tasks", 1, "title"), S("Newer"));
	house_close(c);
}

TEST(an_embargo_is_due_soon_within_seven_days_and_now_when_it_is_over)
{
	struct house h;
	case_id      id;

	open_house(c, &h);
	id = case_of(c, &h, "Embargoed", "team", "team");
	embargo_set(c, &h, id, "2026-12-24T00:00:00Z");
	check_int(tasks(c, &h.analyst, "soon"), 0);
	embargo_set(c, &h, id, "2026-11-30T00:00:00Z");
	check_int(tasks(c, &h.analyst, "soon"), 1);
	check_int(tasks(c, &h.analyst, "now"), 0);
	c->now += 8 * DAY;
	check_int(tasks(c, &h.analyst, "soon"), 0);
	check_int(tasks(c, &h.analyst, "now"), 1);
	house_close(c);
}

TEST(a_case_of_members_only_is_on_no_other_desk)
{
	struct house h;

	open_house(c, &h);
	(void)case_of(c, &h, "Hidden", "members", "team");
	check_int(tasks(c, &h.lead, "now"), 1);
	check_int(tasks(c, &h.analyst, "now"), 0);
	check_int(tasks(c, &h.auditor, "waiting"), 0);
	house_close(c);
}

TEST(an_administrator_sees_who_was_invited_and_no_case)
{
	struct house h;
	struct actor admin;

	open_house(c, &h);
	(void)case_of(c, &h, "One", "team", "team");
	admin       = h.executive;
	admin.roles = ROLE_ADMIN;
	admin.sight = S("");
	check_int(tasks(c, &admin, "waiting"), 5);
	check_int(tasks(c, &admin, "now"), 0);
	check_int(tasks(c, &h.lead, "waiting"), 0);
	house_close(c);
}

TEST(finders_and_strangers_have_no_desk)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	check(!house_see(c, &h.nobody, "desk", &s, NULL));
	check_fault(c, E_AUTH, NULL);
	h.finder = receipt_actor(c, S("K7QM2-XRD94-TFHW3-C5PLA"));
	check(!house_see(c, &h.finder, "desk", &s, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

TEST(a_question_is_on_the_desk_of_the_one_asked_until_it_is_answered)
{
	struct house h;
	struct sheet s;
	case_id      id;

	open_house(c, &h);
	id = case_of(c, &h, "Asked", "team", "nobody");
	question_put(c, &h, id);
	check_int(tasks(c, &h.engineer, "now"), 1);
	check_int(tasks(c, &h.analyst, "waiting"), 1);
	check_int(tasks(c, &h.executive, "waiting"), 0);
	check_ok(c, house_see(c, &h.engineer, "desk", &s, NULL));
	check_str(house_cell(c, &s, "tasks", 0, "title"), S("Kestrel · Asked"));
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check(house_has(house_page(c, "desk", &s), "engineer was asked"));
	PUT(c, "UPDATE question SET answered_at = 1");
	check_int(tasks(c, &h.engineer, "now"), 0);
	check_int(tasks(c, &h.analyst, "waiting"), 0);
	house_close(c);
}

TEST(an_approval_waits_for_everybody_but_the_one_who_sent_it)
{
	struct house h;
	case_id      id;

	open_house(c, &h);
	id = case_of(c, &h, "Advised", "team", "nobody");
	edition_put(c, &h, id, "review");
	check_int(tasks(c, &h.lead, "now"), 0);
	check_int(tasks(c, &h.lead, "waiting"), 1);
	check_int(tasks(c, &h.analyst, "now"), 1);
	check_int(tasks(c, &h.executive, "now"), 1);
	check_int(tasks(c, &h.auditor, "waiting"), 1);
	check_int(tasks(c, &h.engineer, "waiting"), 0);
	h.front.two_persons = false;
	check_int(tasks(c, &h.lead, "now"), 1);
	edition_put(c, &h, id, "scheduled");
	check_int(tasks(c, &h.lead, "soon"), 1);
	house_close(c);
}

TEST(comments_of_the_review_wait_for_the_team_before_anybody_approves)
{
	struct house h;
	case_id      id;

	open_house(c, &h);
	id = case_of(c, &h, "Advised", "team", "nobody");
	edition_put(c, &h, id, "review");
	PUT(c, "INSERT INTO comment (id, edition, casefile, field, body, returns, made_by, made_at, answer) "
	       "VALUES ('m', 'e-review', '%.*s', '', 'Which?', 0, '%.*s', 0, '')", STR_ARG(id.v), STR_ARG(h.executive.id));
	check_int(tasks(c, &h.lead, "now"), 1);
	check_int(tasks(c, &h.executive, "now"), 0);
	check_int(tasks(c, &h.executive, "waiting"), 1);
	PUT(c, "UPDATE comment SET resolved_at = 1 WHERE id = 'm'");
	check_int(tasks(c, &h.lead, "now"), 0);
	check_int(tasks(c, &h.executive, "now"), 1);
	house_close(c);
}

TEST(sixty_cases_show_as_fifty_and_more)
{
	struct house h;
	struct sheet s;

	open_house(c, &h);
	for (int i = 0; i < 60; i++)
		(void)case_of(c, &h, "Many", "team", "team");
	check_int(tasks(c, &h.analyst, "now"), 50);
	check_ok(c, house_see(c, &h.analyst, "desk", &s, NULL));
	check(house_has(house_page(c, "desk", &s), "50+"));
	house_close(c);
}

/* An interim edition that went out so many days ago. */
static void interim_put(struct ctx *c, case_id k, const char *name, int days)
{
	PUT(c, "INSERT INTO advisory (id, casefile, number, state, tlp, severity, made_at, changed_at, first_at, version) "
	       "VALUES ('a-%s', '%.*s', 'SA-%s', 'published', 'CLEAR', 'high', 0, 0, 0, 1)", name, STR_ARG(k.v), name);
	PUT(c, "INSERT INTO edition (id, advisory, casefile, ordinal, state, withdraws, status, made_at, changed_at, published_at, version) "
	       "VALUES ('e-%s', 'a-%s', '%.*s', 1, 'published', 0, 'interim', 0, 0, %lld, 1)", name, name, STR_ARG(k.v), (long long)(c->now - days * DAY));
}

static size_t task_of(struct ctx *c, struct sheet *s, const char *number)
{
	size_t i = 0;

	while (i < house_count(s, "tasks") && !str_eq(house_cell(c, s, "tasks", i, "number"), str_of(number)))
		i++;
	return i;
}

static bool has_task(struct ctx *c, const struct actor *who, const char *number, const char *when)
{
	struct sheet s;
	size_t       i;

	check_ok(c, house_see(c, who, "desk", &s, NULL));
	i = task_of(c, &s, number);
	return i < house_count(&s, "tasks") && str_eq(house_cell(c, &s, "tasks", i, "when"), str_of(when));
}

/* meets CSAF-2.0 9.1.6 */
TEST(a_quiet_interim_advisory_stands_on_the_desk_of_whose_case_it_is)
{
	struct house h;
	struct sheet s;
	case_id      mine, hidden;

	open_house(c, &h);
	mine   = case_of(c, &h, "Sessions", "team", "nobody");
	hidden = case_of(c, &h, "Secret", "members", "nobody");
	PUT(c, "UPDATE casefile SET owner = '%.*s' WHERE id = '%.*s'", STR_ARG(h.analyst.id), STR_ARG(mine.v));
	interim_put(c, mine, "due", 42);
	interim_put(c, mine, "young", 41);
	interim_put(c, hidden, "hidden", 50);
	check(has_task(c, &h.analyst, "SA-due", "now"));
	check(has_task(c, &h.lead, "SA-due", "waiting"));        /* somebody else's */
	check(!has_task(c, &h.executive, "SA-due", "now"));
	check(!has_task(c, &h.analyst, "SA-young", "now") && !has_task(c, &h.analyst, "SA-young", "waiting"));
	check(!has_task(c, &h.analyst, "SA-hidden", "now") && !has_task(c, &h.analyst, "SA-hidden", "waiting"));
	check(has_task(c, &h.lead, "SA-hidden", "now"));         /* a member; it belongs to nobody */
	check_ok(c, house_see(c, &h.lead, "desk", &s, NULL));
	check(house_has(house_cell(c, &s, "tasks", task_of(c, &s, "SA-due"), "why"), "quiet for 42 days; its case belongs to analyst"));
	check_str(house_cell(c, &s, "tasks", task_of(c, &s, "SA-due"), "owner"), S("analyst"));
	check(house_has(house_cell(c, &s, "tasks", task_of(c, &s, "SA-hidden"), "why"), "nobody owns its case"));
	/* The days are those of the settings; who is at work on another edition is not reminded. */
	PUT(c, "INSERT INTO setting (name, value, version) VALUES ('final_days', '41', 1)");
	check(has_task(c, &h.analyst, "SA-young", "now"));
	PUT(c, "INSERT INTO edition (id, advisory, casefile, ordinal, state, withdraws, made_at, changed_at, version) "
	       "VALUES ('next', 'a-due', '%.*s', 2, 'draft', 0, 0, 0, 1)", STR_ARG(mine.v));
	check(!has_task(c, &h.analyst, "SA-due", "now"));
	house_close(c);
}
