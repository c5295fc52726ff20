#include "services/4-remediation/2-remedy/remedy.h"

#include "platform/text/fold.h"
#include "record/facts.h"
#include "record/house_test.h"
#include "record/letter.h"
#include "record/product.h"
#include "record/report.h"
#include "record/vuln.h"

static const struct service *const only[] = { &remedy_service };

/* A case with two vulnerabilities, a product with three versions and an engineer in its team. */
struct scene {
	struct house h;
	struct actor other;            /* an engineer of nothing */
	const char *k, *v1, *v2, *product, *stranger, *r[3], *alien;
};

static const struct db_viewer all = { S_INIT("lead"), S_INIT("*") };

static void case_make(struct ctx *c, struct scene *s, const char *access)
{
	struct casefile_draft d = { .title = S("Long cookie stops the console"), .access = str_of(access) };
	struct vuln_draft     one = { .title = S("Cookie"), .cwe = INT_NONE }, two = { .title = S("Header"), .cwe = INT_NONE };
	case_id k;
	vuln_id v;
	str     number;

	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, casefile_move(c, k, "qualified", "case.qualified"));
	check_ok(c, vuln_add(c, k, &one, STR_NONE, &v));
	s->v1 = cstr(c->arena, v.v);
	check_ok(c, vuln_add(c, k, &two, STR_NONE, &v));
	s->v2 = cstr(c->arena, v.v);
	s->k  = cstr(c->arena, k.v);
}

static void product_make(struct ctx *c, struct scene *s)
{
	static const char *const names[] = { "1.0", "1.1", "2.0" };
	struct product_draft d = { .code = S("KES-G"), .name = S("Kestrel Gateway"), .name_ja = S("ケストレル") };
	product_id p, q;
	release_id r;

	check_ok(c, family_add(c, S("KES"), S("Kestrel"), STR_NONE, &d.family));
	check_ok(c, product_add(c, &d, &p));
	s->product = cstr(c->arena, p.v);
	for (size_t i = 0; i < 3; i++) {
		check_ok(c, release_add(c, p, str_of(names[i]), STR_NONE, STR_NONE, &r));
		s->r[i] = cstr(c->arena, r.v);
	}
	check_ok(c, product_admit(c, p, (user_id){ s->h.engineer.id }));
	d.code = S("KES-X");
	check_ok(c, product_add(c, &d, &q));
	s->stranger = cstr(c->arena, q.v);
	check_ok(c, release_add(c, q, S("9"), STR_NONE, STR_NONE, &r));
	s->alien = cstr(c->arena, r.v);
}

static void scene_open(struct ctx *c, struct scene *s, const char *access)
{
	house_open(c, &s->h, only, 1);
	c->actor = &s->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &all));
	s->other = house_person(c, "other", ROLE_ENGINEER);
	product_make(c, s);
	case_make(c, s, access);
	check_ok(c, db_commit(c));
}

static const char *cell(struct ctx *c, const char *v, const char *r, const char *rest)
{
	return cstr(c->arena, STR_CAT(c->arena, str_of(v), S(":"), str_of(r), S(":"), str_of(rest)));
}

static str state_of(struct ctx *c, struct scene *s)
{
	str state = STR_NONE;

	check_ok(c, db_begin(c, DB_READ, &all));
	check_ok(c, casefile_state(c, (case_id){ str_of(s->k) }, &state));
	db_rollback(c);
	return state;
}

TEST(why_a_version_is_not_affected_is_told_in_both_languages)
{
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "impact.range", &o, "id", s.k, "vuln", s.v1, "product", s.product, "status", "not_affected",
	                     "justification", "vulnerable_code_not_present", "note", "Another parser.", "note_ja", "別の解析処理です。", NULL));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_str(house_cell(c, &o, "impact", 0, "note"), S("Another parser."));
	check_str(house_cell(c, &o, "impact", 0, "note_ja"), S("別の解析処理です。"));
	check_ok(c, house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "not_affected:vulnerable_code_not_present"),
	                     "note", "Another parser.", "note_ja", "解析処理が異なります。", NULL));   /* that alone is a change */
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_str(house_cell(c, &o, "impact", 2, "note_ja"), S("解析処理が異なります。"));
	house_close(c);
}

/* meets FIRST-1.1 3.3.5, 4.2.1.2 */
TEST(cells_are_decided_and_the_case_goes_into_remediation)
{
	struct scene s;
	struct sheet o;
	str          page;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.analyst, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[2], "fixed"), NULL));
	check_str(state_of(c, &s), S("qualified"));
	check_ok(c, house_do(c, &s.h.analyst, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "affected"),
	                     "cell", cell(c, s.v2, s.r[0], "not_affected:component_not_present"), NULL));
	check_str(state_of(c, &s), S("remedying"));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_int(house_count(&o, "impact"), 3);
	check_str(house_cell(c, &o, "impact", 0, "status"), S("fixed"));
	check_str(house_cell(c, &o, "impact", 0, "release_name"), S("2.0"));
	check_int(house_count(&o, "undecided"), 3);   /* two vulnerabilities, three versions, three decisions */
	check_str(house_cell(c, &o, "undecided", 0, "release_name"), S("2.0"));
	check_str(house_cell(c, &o, "undecided", 0, "vuln"), str_of(s.v2));
	page = house_page(c, "impact.show", &o);
	check(house_has(page, "data-state=\"not-affected\""));
	check(house_has(page, "Save the sheet"));
	check_ok(c, house_see(c, &s.h.auditor, "impact.show", &o, "id", s.k, NULL));
	check(!house_has(house_page(c, "impact.show", &o), "<select"));
	house_close(c);
}

/* meets CSAF-2.0 3.2.3.5, 6.1.27.8 */
TEST(not_affected_demands_a_justification)
{
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	check(!house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "not_affected"), NULL));
	check_fault(c, E_INVALID, "justification");
	check(!house_do(c, &s.h.lead, "impact.range", &o, "id", s.k, "vuln", s.v1, "product", s.product, "status", "not_affected", NULL));
	check_fault(c, E_INVALID, "justification");
	check(!house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "not_affected:because"), NULL));
	check_fault(c, E_INVALID, "justification");
	check_ok(c, house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "justification", "vulnerable_code_not_present",
	                     "cell", cell(c, s.v1, s.r[0], "not_affected"), NULL));
	house_close(c);
}

TEST(hostile_cells_are_refused_and_leave_nothing)
{
	static const struct { const char *text; enum fault_code code; } bad[] = {
		{ "x", E_INVALID }, { "::", E_NOTFOUND }, { ":::::::", E_NOTFOUND }, { "a:b:affected", E_NOTFOUND },
	};
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check(!house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "affected"), "cell", bad[i].text, NULL));
		check(c->fault.code == bad[i].code);
	}
	check(!house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, "nosuchrelease", "affected"), NULL));
	check_fault(c, E_NOTFOUND, "release");
	check(!house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "broken"), NULL));
	check_fault(c, E_INVALID, "status");
	check(!house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "affected::-1"), NULL));
	check_fault(c, E_INVALID, "cell");
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_int(house_count(&o, "impact"), 0);
	house_close(c);
}

static bool sheet_send(struct ctx *c, struct scene *s, struct sheet *o, const char *was, const char *a, const char *b)
{
	return house_do(c, &s->h.lead, "impact.set", o, "id", s->k, "vulns", s->v1, "releases",
	                cstr(c->arena, STR_CAT(c->arena, str_of(s->r[1]), S(" "), str_of(s->r[0]))),
	                "was", was, "s", a, "s", b, NULL);
}

TEST(a_sheet_in_two_tabs_is_a_conflict_where_both_changed_and_only_there)
{
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	check_ok(c, sheet_send(c, &s, &o, "0u.0u", "affected", "unknown"));
	check_ok(c, sheet_send(c, &s, &o, "0u.0u", "unknown", "fixed"));
	check(!sheet_send(c, &s, &o, "0u.0u", "fixed", "unknown"));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, sheet_send(c, &s, &o, "1a.1f", "unknown", "fixed"));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_int(house_count(&o, "impact"), 1);
	check_str(house_cell(c, &o, "impact", 0, "status"), S("fixed"));
	check(!sheet_send(c, &s, &o, "0u", "affected", "unknown"));
	check_fault(c, E_USAGE, "s");
	check(!sheet_send(c, &s, &o, "0u.uu", "affected", "fixed"));
	check_fault(c, E_USAGE, "s");
	house_close(c);
}

TEST(a_refused_sheet_comes_back_with_what_was_chosen)
{
	struct scene   s;
	struct sheet   o;
	struct args    a;
	struct fault   f;
	struct pending p;
	const struct op *op;
	str            vulns, page;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "impact.scope", &o, "id", s.k, "product", s.product, NULL));
	op = op_find(front_of(c), S("impact.set"));
	args_init(&a, op->args);
	vulns = STR_CAT(c->arena, str_of(s.v1), S(" "), str_of(s.v2));
	check_ok(c, args_take(c, &a, S("id"), str_of(s.k), true) && args_take(c, &a, S("vulns"), vulns, true) &&
	            args_take(c, &a, S("releases"), STR_CAT(c->arena, str_of(s.r[2]), S(" "), str_of(s.r[1]), S(" "), str_of(s.r[0])), true) &&
	            args_take(c, &a, S("was"), S("0u.0u.0u.0u.0u.0u"), true) && args_take(c, &a, S("s"), S("not-affected"), true));
	for (int i = 0; i < 5; i++)
		check_ok(c, args_take(c, &a, S("s"), S("unknown"), true));
	o = (struct sheet){ 0 };
	check(!op_call(c, op, &a, STR_NONE, &o));
	check_fault(c, E_INVALID, "justification");
	f = c->fault;
	p = (struct pending){ op, &a, &f };
	c->pending = &p;
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	page = house_page(c, "impact.show", &o);
	c->pending = NULL;
	check(house_has(page, "data-state=\"not-affected\" class=\"is-changed\""));
	check(house_has(page, "Please say why"));
	house_close(c);
}

TEST(a_range_sets_the_versions_between)
{
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "impact.range", &o, "id", s.k, "vuln", s.v1, "product", s.product, "from", s.r[0], "to", s.r[1], "status", "affected", NULL));
	check_str(o.note, S("2 cells"));
	check(!house_do(c, &s.h.lead, "impact.range", &o, "id", s.k, "vuln", s.v1, "product", s.product, "from", s.r[1], "to", s.r[0], "status", "affected", NULL));
	check_fault(c, E_INVALID, "to");
	check(!house_do(c, &s.h.lead, "impact.range", &o, "id", s.k, "vuln", s.v1, "product", s.product, "from", s.alien, "status", "affected", NULL));
	check_fault(c, E_INVALID, "from");
	house_close(c);
}

TEST(the_form_of_a_range_asks_for_the_notes_too)
{
	struct scene s;
	struct sheet o;
	str          page;
	size_t       at;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "impact.scope", &o, "id", s.k, "product", s.product, NULL));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	page = house_page(c, "impact.show", &o);
	at   = str_find(page, S("/impact/range\""), 0);
	check(at != SIZE_MAX && str_find(page, S("name=\"note\""), at) != SIZE_MAX && str_find(page, S("name=\"note_ja\""), at) != SIZE_MAX);
	house_close(c);
}

TEST(an_engineer_outside_the_case_meets_nothing)
{
	struct scene s;
	struct sheet o;
	const char  *q;

	scene_open(c, &s, "members");
	check_ok(c, house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.product, NULL));
	q = cstr(c->arena, o.object);
	check(!house_see(c, &s.other, "impact.show", &o, "id", s.k, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &s.other, "question.show", &o, "id", q, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &s.other, "question.answer", &o, "id", q, "version", "1", "answer", "affected", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &s.other, "question.answer", &o, "id", "nosuchquestion", "version", "1", "answer", "affected", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &s.other, "remedy.record", &o, "id", s.k, "product", s.product, "kind", "fix", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &s.h.analyst, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "affected"), NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &s.other, "question.list", &o, "all", "1", NULL));
	check_int(house_count(&o, "questions"), 0);
	house_close(c);
}

/* The need to know of a product engineer: what is asked and the versions, not what the finder wrote. */
TEST(the_one_who_is_asked_sees_the_case_and_the_rest_of_the_products_team_does_not)
{
	struct scene s;
	struct sheet o;
	struct actor mate;
	const char  *q;

	scene_open(c, &s, "team");
	mate = s.other;
	check_ok(c, db_begin(c, DB_WRITE, &all));
	check_ok(c, product_admit(c, (product_id){ str_of(s.product) }, (user_id){ mate.id }));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.product,
	                     "to", cstr(c->arena, s.h.engineer.id), NULL));
	q = cstr(c->arena, o.object);
	check_ok(c, house_see(c, &s.h.engineer, "question.show", &o, "id", q, NULL));
	check_int(house_count(&o, "versions"), 3);
	check_str(house_cell(c, &o, "versions", 0, "id"), str_of(s.r[2]));
	check_str(house_cell(c, &o, "versions", 0, "status"), S(""));
	check_ok(c, house_see(c, &s.h.engineer, "impact.show", &o, "id", s.k, NULL));
	/* no sight of reports comes with it, nor with being a member of the case */
	check(!house_has(s.h.engineer.sight, "report"));
	check(!house_see(c, &mate, "question.show", &o, "id", q, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &mate, "impact.show", &o, "id", s.k, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	/* asked in turn, the colleague sees it too */
	check_ok(c, house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v2, "product", s.product,
	                     "to", cstr(c->arena, mate.id), NULL));
	check_ok(c, house_see(c, &mate, "question.show", &o, "id", q, NULL));
	house_close(c);
}

/* meets FIRST-1.1 4.2.1 */
TEST(the_owner_is_asked_becomes_a_member_and_answers)
{
	struct scene s;
	struct sheet o;
	const char  *q;
	str          page;
	struct letter *letter;

	scene_open(c, &s, "members");
	check(!house_see(c, &s.h.engineer, "impact.show", &o, "id", s.k, NULL));
	check_ok(c, house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.product, "words", "See the log", NULL));
	q = cstr(c->arena, o.object);
	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, letter_next(c, &letter));
	db_rollback(c);
	check(letter && house_has(letter->body, "A question has been put to you") && !house_has(letter->body, "Kestrel"));
	check_str(letter->address, S("engineer@example.jp"));
	check_ok(c, house_see(c, &s.h.engineer, "question.list", &o, NULL));
	check_int(house_count(&o, "questions"), 1);
	check(house_has(house_page(c, "question.list", &o), "Is Kestrel Gateway affected?"));
	check_ok(c, house_see(c, &s.h.engineer, "question.show", &o, "id", q, NULL));
	page = house_page(c, "question.show", &o);
	check(house_has(page, "name=\"answer\" value=\"affected\""));
	check(house_has(page, "See the log"));
	check(!house_do(c, &s.h.engineer, "question.answer", &o, "id", q, "version", "1", "answer", "not_affected", NULL));
	check_fault(c, E_INVALID, "justification");
	check(!house_do(c, &s.h.engineer, "question.answer", &o, "id", q, "version", "1", "answer", "affected", "release", s.alien, NULL));
	check_fault(c, E_INVALID, "release");
	check_ok(c, house_do(c, &s.h.engineer, "question.answer", &o, "id", q, "version", "1", "answer", "need_time", NULL));
	check(!house_do(c, &s.h.engineer, "question.answer", &o, "id", q, "version", "1", "answer", "affected", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_do(c, &s.h.engineer, "question.answer", &o, "id", q, "version", "2", "answer", "affected", "release", s.r[0], "release", s.r[1], NULL));
	check_str(state_of(c, &s), S("remedying"));
	check_ok(c, house_see(c, &s.h.engineer, "impact.show", &o, "id", s.k, NULL));
	check_int(house_count(&o, "impact"), 3);
	check_str(house_cell(c, &o, "impact", 0, "status"), S("under_investigation"));
	check_str(house_cell(c, &o, "impact", 2, "status"), S("affected"));
	check(!house_do(c, &s.h.engineer, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "fixed"), NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, house_see(c, &s.h.engineer, "question.list", &o, NULL));
	check_int(house_count(&o, "questions"), 0);
	house_close(c);
}

TEST(a_question_needs_somebody_to_answer_and_a_day_to_come)
{
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	check(!house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.stranger, NULL));
	check_fault(c, E_INVALID, "to");
	check(!house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.product, "to", cstr(c->arena, s.h.auditor.id), NULL));
	check_fault(c, E_INVALID, "to");
	check(!house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.product, "due", "2020-01-01", NULL));
	check_fault(c, E_INVALID, "due");
	check(!house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", "nosuchvuln", "product", s.product, NULL));
	check_fault(c, E_NOTFOUND, "vuln");
	house_close(c);
}

/* meets FIRST-1.1 4.2.1.6, 4.2.3 */
TEST(a_remedy_is_recorded_edited_in_one_tab_and_released)
{
	struct scene s;
	struct sheet o;
	const char  *r;

	scene_open(c, &s, "team");
	check(!house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "kind", "workaround", NULL));
	check_fault(c, E_INVALID, "body");
	check(!house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "kind", "fix", "url", "javascript:alert(1)", NULL));
	check_fault(c, E_INVALID, "url");
	check_ok(c, house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "vuln", s.v1, "kind", "fix", "fixed_in", "1.1", NULL));
	r = cstr(c->arena, o.object);
	check_str(state_of(c, &s), S("remedying"));
	check_ok(c, house_do(c, &s.h.lead, "remedy.edit", &o, "id", r, "version", "1", "kind", "fix", "fixed_in", "2.0", NULL));
	check(!house_do(c, &s.h.analyst, "remedy.edit", &o, "id", r, "version", "1", "kind", "fix", "fixed_in", "1.0", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check(!house_do(c, &s.h.lead, "remedy.release", &o, "id", r, "version", "1", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_do(c, &s.h.lead, "remedy.release", &o, "id", r, "version", "2", NULL));
	check(!house_do(c, &s.h.lead, "remedy.release", &o, "id", r, "version", "3", NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_int(house_count(&o, "impact"), 1);
	check_str(house_cell(c, &o, "impact", 0, "release_name"), S("2.0"));
	check_str(house_cell(c, &o, "impact", 0, "status"), S("fixed"));
	house_close(c);
}

TEST(an_edit_of_a_remedy_stands_on_the_timeline_and_says_what_changed)
{
	struct scene s;
	struct sheet o;
	const char  *r;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "kind", "fix", "fixed_in", "1.1", NULL));
	r = cstr(c->arena, o.object);
	check_ok(c, house_do(c, &s.h.analyst, "remedy.edit", &o, "id", r, "version", "1", "kind", "fix", "fixed_in", "2.0", "body", "Install 2.0.", NULL));
	check_str(o.note, S("fixed_in: 1.1 → 2.0; body"));
	check_ok(c, house_see(c, &s.h.lead, "remedy.show", &o, "id", r, NULL));
	check_str(house_cell(c, &o, "remedy", 0, "fixed_in"), S("2.0"));
	check(house_has(house_page(c, "remedy.show", &o), "name=\"version\" value=\"2\""));
	check_ok(c, house_see(c, &s.h.auditor, "remedy.show", &o, "id", r, NULL));
	check(!house_has(house_page(c, "remedy.show", &o), "<form"));
	check(!house_see(c, &s.h.engineer, "remedy.show", &o, "id", r, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

/* What a form holds when it was typed and the browser was closed. */
static void typed(struct ctx *c, const struct actor *who, const char *form, const char *id, const char *body)
{
	const struct db_viewer v = { who->id, who->sight };

	c->actor = who;
	check_ok(c, db_begin(c, DB_WRITE, &v));
	check_ok(c, draft_save(c, STR_CAT(c->arena, str_of(form), S("?id="), str_of(id)), str_of(body)));
	check_ok(c, db_commit(c));
}

TEST(an_answer_that_was_not_sent_is_there_again_and_gone_when_it_is)
{
	struct scene s;
	struct sheet o;
	const char  *q, *body;
	str          page;

	scene_open(c, &s, "members");
	check_ok(c, house_do(c, &s.h.lead, "impact.ask", &o, "id", s.k, "vuln", s.v1, "product", s.product, NULL));
	q    = cstr(c->arena, o.object);
	body = cstr(c->arena, STR_CAT(c->arena, S("version=1&release="), str_of(s.r[0]), S("&release="), str_of(s.r[2]),
	                              S("&justification=component_not_present&note=Not+built+in")));
	typed(c, &s.h.engineer, "question.answer", q, body);
	check_ok(c, house_see(c, &s.h.engineer, "question.show", &o, "id", q, NULL));
	page = house_page(c, "question.show", &o);
	check(house_has(page, "Discard the draft"));
	check(house_has(page, "data-draft-note"));
	check(house_has(page, "Not built in"));
	check(house_has(page, cstr(c->arena, STR_CAT(c->arena, S("value=\""), str_of(s.r[0]), S("\" checked")))));
	check(!house_has(page, cstr(c->arena, STR_CAT(c->arena, S("value=\""), str_of(s.r[1]), S("\" checked")))));
	check(house_has(page, "value=\"component_not_present\" checked"));
	check_ok(c, house_see(c, &s.h.lead, "question.show", &o, "id", q, NULL));
	check(!house_has(house_page(c, "question.show", &o), "Not built in"));
	check_ok(c, house_do(c, &s.h.engineer, "question.answer", &o, "id", q, "version", "1", "answer", "need_time", NULL));
	check_ok(c, house_see(c, &s.h.engineer, "question.show", &o, "id", q, NULL));
	check(!house_has(house_page(c, "question.show", &o), "Not built in"));
	house_close(c);
}

/* The panel of remedies, as the lead sees it. */
static str panel_page(struct ctx *c, struct scene *s)
{
	const struct panel    *p = remedy_service.panels + 1;
	const struct db_viewer v = { s->h.lead.id, s->h.lead.sight };
	struct page           *w = NEW(c->arena, struct page);
	struct sheet           o = { 0 };
	const void            *model;

	c->actor = &s->h.lead;
	check_ok(c, db_begin(c, DB_READ, &v));
	check_ok(c, p->rows(c, str_of(s->k), &o, &model));
	db_rollback(c);
	page_init(w, c, 1 << 20);
	p->page(w, model);
	return buf_str(&w->out);
}

TEST(a_remedy_that_was_not_sent_is_there_again_in_an_open_form)
{
	struct scene s;
	struct sheet o;
	str          page;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "impact.scope", &o, "id", s.k, "product", s.product, "product", s.stranger, NULL));
	check_ok(c, house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "kind", "fix", NULL));
	page = panel_page(c, &s);
	check(!house_has(page, "<details open"));
	typed(c, &s.h.lead, "remedy.record", s.k, cstr(c->arena, STR_CAT(c->arena, S("kind=workaround&body=Close+the+port&product="), str_of(s.stranger))));
	page = panel_page(c, &s);
	check(house_has(page, "<details open"));
	check(house_has(page, "Close the port"));
	check(house_has(page, cstr(c->arena, STR_CAT(c->arena, S("<option value=\""), str_of(s.stranger), S("\" selected")))));
	house_close(c);
}

/* Planned for a version that joins the catalogue when it is out. */
TEST(a_fix_in_a_version_that_comes_later_is_in_the_sheet_once_it_is_released)
{
	struct scene  s;
	struct sheet  o;
	const char   *r;
	release_id    id;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "vuln", s.v1, "kind", "fix", "fixed_in", "2.1", NULL));
	r = cstr(c->arena, o.object);
	check_ok(c, db_begin(c, DB_WRITE, &all));
	check_ok(c, release_add(c, (product_id){ str_of(s.product) }, S("2.1"), STR_NONE, STR_NONE, &id));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &s.h.lead, "remedy.release", &o, "id", r, "version", "1", NULL));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &o, "id", s.k, NULL));
	check_int(house_count(&o, "impact"), 1);
	check_str(house_cell(c, &o, "impact", 0, "release_name"), S("2.1"));
	check_str(house_cell(c, &o, "impact", 0, "status"), S("fixed"));
	house_close(c);
}

TEST(a_product_with_decisions_stays_in_the_scope)
{
	struct scene s;
	struct sheet o;

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "impact.scope", &o, "id", s.k, "product", s.product, "product", s.stranger, NULL));
	check_ok(c, house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "affected"), NULL));
	check_ok(c, house_do(c, &s.h.lead, "impact.scope", &o, "id", s.k, "product", s.product, NULL));
	check(!house_do(c, &s.h.lead, "impact.scope", &o, "id", s.k, NULL));
	check_fault(c, E_STATE, "product");
	house_close(c);
}

/* The panels as the case page draws them. */
TEST(the_panels_show_impact_and_remedies_to_those_who_see_the_case)
{
	struct scene s;
	struct sheet o;
	const void  *model = NULL;
	struct page *w     = NEW(c->arena, struct page);

	scene_open(c, &s, "team");
	check_ok(c, house_do(c, &s.h.lead, "remedy.record", &o, "id", s.k, "product", s.product, "kind", "mitigation", "body", "Block <port> 80", NULL));
	check_ok(c, house_do(c, &s.h.lead, "impact.set", &o, "id", s.k, "cell", cell(c, s.v1, s.r[0], "affected"), NULL));
	c->actor = &s.h.lead;
	o        = (struct sheet){ 0 };
	page_init(w, c, 1 << 20);
	check_ok(c, db_begin(c, DB_READ, &all));
	for (const struct panel *p = remedy_service.panels; p->name; p++) {
		check_ok(c, p->rows(c, str_of(s.k), &o, &model));
		check(model != NULL);
		p->page(w, model);
	}
	db_rollback(c);
	check_int(house_count(&o, "impact"), 1);
	check_int(house_count(&o, "remedies"), 1);
	check(house_has(buf_str(&w->out), "Block &lt;port&gt; 80"));
	check(house_has(buf_str(&w->out), "data-impact"));
	house_close(c);
}

static int64_t product_spots(struct ctx *c, const char *text)
{
	struct spot at;
	str         folded;

	check_ok(c, fold_text(c, str_of(text), &folded) && product_spot(c, folded, S("KES-G"), S("Kestrel Gateway"), S("ケストレル"), &at));
	return (int64_t)at.n;
}

/* Whoever chooses the products finds those ticked that the finder named; nothing else, and nothing once it is chosen. */
TEST(the_product_that_a_report_names_is_ticked)
{
	struct scene        s;
	struct report_draft d = { .title = S("t"), .product = S("ＫＥＳ－Ｇ 2.0"), .description = S("d"), .lang = S("ja"), .channel = S("web"),
		.exploited = S("unknown"), .known = S("unknown"), .plan_at = TIME_NONE };
	struct report_move  m = { .state = "qualified", .step = 3, .version = INT_NONE };
	struct report_brief b;
	struct sheet        out;
	str                 number, page, ticked;
	report_id           id;

	scene_open(c, &s, "team");
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &out, "id", s.k, NULL));
	check(!house_has(house_page(c, "impact.show", &out), "\" checked>"));
	m.casefile = (case_id){ str_of(s.k) };
	check_ok(c, db_begin(c, DB_WRITE, &all));
	check_ok(c, report_open(c, &d, S("CODE"), &id, &number));
	check_ok(c, report_brief(c, id, &b));
	check_ok(c, report_move(c, &b, &m));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &out, "id", s.k, NULL));
	page   = house_page(c, "impact.show", &out);
	ticked = STR_CAT(c->arena, S("value=\""), str_of(s.product), S("\" checked"));
	check(str_find(page, ticked, 0) != SIZE_MAX);
	check(str_find(page, STR_CAT(c->arena, S("value=\""), str_of(s.stranger), S("\" checked")), 0) == SIZE_MAX);
	check_int(product_spots(c, "kestrel gateways"), 0);
	check_int(product_spots(c, "the Kestrel  Gateway"), 0);
	check_int(product_spots(c, "the ｋｅｓｔｒｅｌ gateway!"), 15);
	check_ok(c, house_do(c, &s.h.lead, "impact.scope", &out, "id", s.k, "product", s.stranger, NULL));
	check_ok(c, house_see(c, &s.h.lead, "impact.show", &out, "id", s.k, NULL));
	check(str_find(house_page(c, "impact.show", &out), ticked, 0) == SIZE_MAX);
	house_close(c);
}
