#include "services/3-triage/1-qualification/qualification.h"

#include "record/casefile.h"
#include "record/house_test.h"

static const struct service *const both[] = { &intake_service, &qualification_service };

#define V4 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"

struct story { struct house h; struct sheet sent, s; struct actor finder; const char *id, *k, *vuln; };

static void begin(struct ctx *c, struct story *t)
{
	house_open(c, &t->h, both, 2);
	check_ok(c, house_do(c, &t->h.nobody, "report.submit", &t->sent, "product", "Kestrel", "title", "Console stops",
	                     "description", "text", "contact", "finder@example.org", NULL));
	t->finder = receipt_actor(c, t->sent.secret);
	t->id     = cstr(c->arena, t->sent.object);
}

static void qualify(struct ctx *c, struct story *t)
{
	struct sheet v;

	check_ok(c, house_do(c, &t->h.analyst, "report.decide", &t->s, "id", t->id, "outcome", "qualified",
	                     "reason", "repeated on 4.2.1", "severity", "high", "message", "Thank you.", NULL));
	t->k = cstr(c->arena, t->s.casefile);
	check_str(t->s.next, STR_CAT(c->arena, S("/cases/"), str_of(t->k)));
	check_ok(c, house_see(c, &t->h.lead, "case.assess", &v, "id", t->k, NULL));
	check_int(house_count(&v, "vulns"), 1);
	t->vuln = cstr(c->arena, house_cell(c, &v, "vulns", 0, "id"));
}

static str finder_state(struct ctx *c, struct story *t, const char *col)
{
	struct sheet s;

	check_ok(c, house_see(c, &t->finder, "report.mine", &s, NULL));
	return house_cell(c, &s, "report", 0, col);
}

TEST(a_qualified_report_opens_a_case_with_its_first_vulnerability)
{
	struct story t;

	begin(c, &t);
	qualify(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_str(house_cell(c, &t.s, "case", 0, "state"), S("qualified"));
	check_str(house_cell(c, &t.s, "case", 0, "severity"), S("high"));
	check_str(house_cell(c, &t.s, "case", 0, "title"), S("Console stops"));
	check_str(finder_state(c, &t, "state"), S("qualified"));
	check_str(finder_state(c, &t, "step"), S("3"));
	check_ok(c, house_see(c, &t.finder, "report.mine", &t.s, NULL));
	check_int(house_count(&t.s, "messages"), 1);
	house_close(c);
}

/* meets FIRST-1.1 3.1.2.1 */
TEST(a_decision_needs_a_reason_and_is_made_once)
{
	struct story t;

	begin(c, &t);
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "not_security", NULL));
	check_fault(c, E_INVALID, "reason");
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "spam", "reason", "x", NULL));
	check_fault(c, E_INVALID, "outcome");
	check_ok(c, house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "not_security", "reason", "x", NULL));
	check(!house_do(c, &t.h.lead, "report.decide", &t.s, "id", t.id, "outcome", "qualified", "reason", "x", NULL));
	check_fault(c, E_STATE, NULL);
	check_str(finder_state(c, &t, "state"), S("declined"));
	house_close(c);
}

/* meets ISO-30111 7.1.4; FIRST-1.1 3.1.2.1 */
TEST(every_outcome_leads_to_exactly_one_state_and_has_a_letter_in_both_languages)
{
	static const struct { const char *outcome, *state; } all[] = {
		{ "needs_info", "needs_info" }, { "obsolete_product", "declined" }, { "not_security", "declined" },
		{ "other_vendor", "declined" }, { "not_reproducible", "declined" }, { "no_response", "declined" },
		{ "out_of_scope", "declined" }, { "works_as_designed", "declined" },
	};
	struct story t;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		begin(c, &t);
		check_ok(c, house_see(c, &t.h.analyst, "report.decision", &t.s, "id", t.id, "outcome", all[i].outcome, NULL));
		check(house_has(house_page(c, "report.decision", &t.s), "<textarea"));
		check_ok(c, house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", all[i].outcome,
		                     "reason", "because", "message", "Dear finder", NULL));
		check_str(finder_state(c, &t, "state"), str_of(all[i].state));
		check_str(finder_state(c, &t, "outcome"), str_of(all[i].outcome));
		house_close(c);
	}
}

TEST(a_question_answered_leads_back_to_review)
{
	struct story t;

	begin(c, &t);
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "needs_info", "reason", "x", NULL));
	check_fault(c, E_INVALID, "message");
	check_ok(c, house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "needs_info", "reason", "x",
	                     "message", "Which version?", NULL));
	check_str(finder_state(c, &t, "state"), S("needs_info"));
	check_ok(c, house_do(c, &t.finder, "report.add", &t.s, "body", "4.2.1", NULL));
	check_str(finder_state(c, &t, "state"), S("in_review"));
	house_close(c);
}

TEST(a_duplicate_is_attached_to_the_case_of_the_first)
{
	struct story t;
	struct sheet other;

	begin(c, &t);
	qualify(c, &t);
	check_ok(c, house_do(c, &t.h.nobody, "report.submit", &other, "product", "Kestrel", "description", "same", NULL));
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", cstr(c->arena, other.object), "outcome", "duplicate",
	                "reason", "same cause", NULL));
	check_fault(c, E_INVALID, "same_as");
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", cstr(c->arena, other.object), "outcome", "duplicate",
	                "reason", "same cause", "same_as", "R-2026-0002", NULL));
	check_fault(c, E_INVALID, "same_as");
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", cstr(c->arena, other.object), "outcome", "duplicate",
	                "reason", "same cause", "same_as", "R-2026-0009", NULL));
	check_fault(c, E_INVALID, "same_as");
	check_ok(c, house_do(c, &t.h.analyst, "report.decide", &t.s, "id", cstr(c->arena, other.object), "outcome", "duplicate",
	                     "reason", "same cause", "same_as", "R-2026-0001", NULL));
	check_str(t.s.casefile, str_of(t.k));
	house_close(c);
}

TEST(a_declined_report_can_be_opened_again)
{
	struct story t;

	begin(c, &t);
	check(!house_do(c, &t.h.analyst, "report.reopen", &t.s, "id", t.id, "reason", "x", NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "out_of_scope", "reason", "x", NULL));
	check_ok(c, house_do(c, &t.h.lead, "report.reopen", &t.s, "id", t.id, "reason", "the finder is right", NULL));
	check_str(finder_state(c, &t, "state"), S("in_review"));
	check_ok(c, house_see(c, &t.h.lead, "report.decision", &t.s, "id", t.id, NULL));
	check_int(house_count(&t.s, "decisions"), 2);
	house_close(c);
}

TEST(a_decision_on_an_old_view_is_a_conflict)
{
	struct story t;

	begin(c, &t);
	check_ok(c, house_do(c, &t.finder, "report.add", &t.s, "body", "one more thing", NULL));
	check(!house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "version", "1", "outcome", "not_security",
	                "reason", "x", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_str(finder_state(c, &t, "state"), S("new"));
	house_close(c);
}

/* meets FIRST-1.1 3.1.1 */
TEST(scores_are_computed_and_the_word_follows_them)
{
	struct story t;

	begin(c, &t);
	qualify(c, &t);
	check_ok(c, house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "vector", V4, NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_str(house_cell(c, &t.s, "vulns", 0, "score"), S("93"));
	check_str(house_cell(c, &t.s, "vulns", 0, "severity"), S("critical"));
	check_str(house_cell(c, &t.s, "case", 0, "severity"), S("critical"));
	check(house_has(house_page(c, "case.assess", &t.s), "9.3"));
	check_ok(c, house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "3.1", "AV", "N", "AC", "L",
	                     "PR", "N", "UI", "N", "S", "U", "C", "H", "I", "H", "A", "H", NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_str(house_cell(c, &t.s, "vulns", 0, "cvss31"), S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
	check_str(house_cell(c, &t.s, "vulns", 0, "score"), S("93"));
	house_close(c);
}

TEST(an_incomplete_or_foreign_vector_is_refused)
{
	struct story t;

	begin(c, &t);
	qualify(c, &t);
	check(!house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "AV", "N", NULL));
	check_fault(c, E_INVALID, "vector");
	check(!house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "3.1", "vector", V4, NULL));
	check_fault(c, E_INVALID, "vector");
	check(!house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "vector", "CVSS:4.0/", NULL));
	check_fault(c, E_INVALID, "vector");
	check(!house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "AV", "Z", NULL));
	check_fault(c, E_INVALID, NULL);
	house_close(c);
}

/* meets FIRST-1.1 3.1.1 */
TEST(a_severity_word_may_differ_with_a_reason_and_then_stays)
{
	struct story t;

	begin(c, &t);
	qualify(c, &t);
	check_ok(c, house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "vector", V4, NULL));
	check(!house_do(c, &t.h.analyst, "vuln.rate", &t.s, "id", t.k, "vuln", t.vuln, "severity", "medium", NULL));
	check_fault(c, E_INVALID, "reason");
	check_ok(c, house_do(c, &t.h.analyst, "vuln.rate", &t.s, "id", t.k, "vuln", t.vuln, "severity", "medium", "reason",
	                     "only on a bench", NULL));
	check_ok(c, house_do(c, &t.h.analyst, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "vector", V4, NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_str(house_cell(c, &t.s, "vulns", 0, "severity"), S("medium"));
	check(house_has(house_page(c, "case.assess", &t.s), "Critical"));
	house_close(c);
}

TEST(a_weakness_is_given_by_number_and_shown_by_name)
{
	struct story t;

	begin(c, &t);
	qualify(c, &t);
	check(!house_do(c, &t.h.analyst, "vuln.edit", &t.s, "id", t.k, "vuln", t.vuln, "title", "x", "cwe", "99999", NULL));
	check_fault(c, E_INVALID, "cwe");
	check(!house_do(c, &t.h.analyst, "vuln.edit", &t.s, "id", t.k, "vuln", t.vuln, "title", "x", "cve", "CVE-26-1", NULL));
	check_fault(c, E_INVALID, "cve");
	check_ok(c, house_do(c, &t.h.analyst, "vuln.edit", &t.s, "id", t.k, "vuln", t.vuln, "version", "1", "title", "x",
	                     "cwe", "787", "cve", "CVE-2026-10042", NULL));
	check(!house_do(c, &t.h.analyst, "vuln.edit", &t.s, "id", t.k, "vuln", t.vuln, "version", "1", "title", "y", NULL));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check(house_has(house_page(c, "case.assess", &t.s), "Out-of-bounds Write"));
	check(!house_do(c, &t.h.analyst, "vuln.add", &t.s, "id", t.k, "title", "second", "cve", "CVE-2026-10042", NULL));
	check_fault(c, E_EXISTS, "cve");
	check_ok(c, house_do(c, &t.h.analyst, "vuln.add", &t.s, "id", t.k, "title", "second", NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_int(house_count(&t.s, "vulns"), 2);
	house_close(c);
}

TEST(a_vulnerability_has_words_in_japanese_beside_its_own)
{
	struct story t;
	str          page;

	begin(c, &t);
	qualify(c, &t);
	check_ok(c, house_do(c, &t.h.analyst, "vuln.edit", &t.s, "id", t.k, "vuln", t.vuln, "title", "Long cookie", "title_ja", "長いクッキー",
	                     "summary", "It stops.", "summary_ja", "停止します。", NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_str(house_cell(c, &t.s, "vulns", 0, "title_ja"), S("長いクッキー"));
	check_str(house_cell(c, &t.s, "vulns", 0, "summary_ja"), S("停止します。"));
	page = house_page(c, "case.assess", &t.s);
	check(house_has(page, "1. Long cookie</h2>"));
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check(house_has(house_page(c, "case.assess", &t.s), "1. 長いクッキー</h2>"));
	c->lang = LANG_EN;
	check(!house_do(c, &t.h.analyst, "vuln.edit", &t.s, "id", t.k, "vuln", t.vuln, "title", "x",
	                "title_ja", cstr(c->arena, str_fmt(c->arena, "%0301d", 0)), NULL));
	check_fault(c, E_LIMIT, "title_ja");
	check_ok(c, house_do(c, &t.h.analyst, "vuln.add", &t.s, "id", t.k, "title", "second", "title_ja", "二番目", NULL));
	check_ok(c, house_see(c, &t.h.lead, "case.assess", &t.s, "id", t.k, NULL));
	check_str(house_cell(c, &t.s, "vulns", 1, "title_ja"), S("二番目"));
	house_close(c);
}

TEST(a_case_that_is_hidden_answers_as_if_it_were_absent)
{
	struct story t;
	struct actor blind;

	begin(c, &t);
	qualify(c, &t);
	blind       = t.h.lead;
	blind.sight = S("");
	check(!house_see(c, &blind, "case.assess", &t.s, "id", t.k, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &blind, "vuln.add", &t.s, "id", t.k, "title", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &blind, "vuln.assess", &t.s, "id", t.k, "vuln", t.vuln, "standard", "4.0", "vector", V4, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &blind, "report.decide", &t.s, "id", t.id, "outcome", "no_response", "reason", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &blind, "report.decision", &t.s, "id", t.id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &t.h.executive, "report.decide", &t.s, "id", t.id, "outcome", "no_response", "reason", "x", NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	house_close(c);
}

TEST(the_score_of_a_vector_is_told_to_those_inside)
{
	struct story t;

	begin(c, &t);
	check_ok(c, house_see(c, &t.h.engineer, "score.show", &t.s, "vector", V4, NULL));
	check_str(house_cell(c, &t.s, "score", 0, "severity"), S("critical"));
	check(!house_see(c, &t.h.engineer, "score.show", &t.s, "vector", "CVSS:9", NULL));
	check_fault(c, E_INVALID, "vector");
	check(!house_see(c, &t.h.nobody, "score.show", &t.s, "vector", V4, NULL));
	check_fault(c, E_AUTH, NULL);
	house_close(c);
}

TEST(panels_of_the_case_show_reports_talk_and_qualification)
{
	static const struct db_viewer team = { S_INIT(""), S_INIT("team report") };
	struct story t;
	const void  *model;

	begin(c, &t);
	qualify(c, &t);
	c->actor = &t.h.analyst;
	check_ok(c, db_begin(c, DB_READ, &team));
	for (size_t i = 0; i < 2; i++)
		for (const struct panel *p = both[i]->panels; p->name; p++) {
			struct page w;
			t.s = (struct sheet){ 0 };
			check_ok(c, p->rows(c, str_of(t.k), &t.s, &model));
			check(model != NULL);
			page_init(&w, c, 1 << 20);
			p->page(&w, model);
			check(buf_str(&w.out).n > 50);
		}
	db_rollback(c);
	house_close(c);
}

/* meets FIRST-1.1 1.5.1.1 */
TEST(the_finder_sees_the_steps_of_the_case_and_its_end)
{
	static const struct { const char *fact, *step, *state; } all[] = {
		{ "case.remedying", "4", "qualified" }, { "case.disclosing", "5", "qualified" },
		{ "case.published", "6", "qualified" }, { "case.closed", "6", "closed" }, { "case.reopened", "6", "qualified" },
	};
	static const struct db_viewer team = { S_INIT(""), S_INIT("team report") };
	struct story t;

	begin(c, &t);
	qualify(c, &t);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		c->actor = &t.h.lead;
		check_ok(c, db_begin(c, DB_WRITE, &team));
		check_ok(c, fact_tell(c, all[i].fact, str_of(t.k), STR_NONE));
		check_ok(c, db_commit(c));
		check_str(finder_state(c, &t, "step"), str_of(all[i].step));
		check_str(finder_state(c, &t, "state"), str_of(all[i].state));
	}
	house_close(c);
}

TEST(a_report_of_a_case_for_members_is_hidden_from_the_rest_of_the_team)
{
	static const struct db_query  q   = { .sqlite = "UPDATE casefile SET access = 'members'", .postgres = "",
	                                      .types = "", .writes = true, .guarded = true };
	struct story   t;
	struct db_run *r;
	int64_t        n;

	begin(c, &t);
	qualify(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "report.show", &t.s, "id", t.id, NULL));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	check_ok(c, db_exec(c, r, &n));
	check_ok(c, db_commit(c));
	check(!house_see(c, &t.h.lead, "report.show", &t.s, "id", t.id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &t.h.lead, "report.list", &t.s, NULL));
	check_int(house_count(&t.s, "reports"), 0);
	check_ok(c, house_see(c, &t.h.analyst, "report.show", &t.s, "id", t.id, NULL));
	check_str(finder_state(c, &t, "state"), S("qualified"));
	house_close(c);
}

static str decision_seen(struct ctx *c, struct story *t, const char *outcome)
{
	struct sheet s;

	check_ok(c, house_see(c, &t->h.analyst, "report.decision", &s, "id", t->id, outcome ? "outcome" : NULL, outcome, NULL));
	return house_page(c, "report.decision", &s);
}

static void decision_typed(struct ctx *c, struct story *t, const char *body)
{
	const struct db_viewer v = { t->h.analyst.id, t->h.analyst.sight };

	c->actor = &t->h.analyst;
	check_ok(c, db_begin(c, DB_WRITE, &v));
	check_ok(c, draft_save(c, STR_CAT(c->arena, S("report.decide?id="), str_of(t->id)), str_of(body)));
	check_ok(c, db_commit(c));
}

TEST(a_decision_that_was_not_sent_is_there_again_and_gone_when_it_is)
{
	struct story t;
	str          page;

	begin(c, &t);
	check(house_has(decision_seen(c, &t, NULL), "data-place=\"report.decide?id="));
	decision_typed(c, &t, "version=1&outcome=not_security&reason=Half+a+thought&message=Dear+finder");
	page = decision_seen(c, &t, NULL);
	check(house_has(page, "Half a thought"));
	check(house_has(page, "Dear finder"));
	check(house_has(page, "name=\"outcome\" value=\"not_security\""));
	check(house_has(page, "Discard the draft"));
	check_ok(c, house_do(c, &t.h.analyst, "report.decide", &t.s, "id", t.id, "outcome", "not_security", "reason", "A thought", NULL));
	check(!house_has(decision_seen(c, &t, NULL), "Half a thought"));
	house_close(c);
}

TEST(another_outcome_brings_its_template_but_takes_no_words_away)
{
	struct story t;
	str          page;

	begin(c, &t);
	decision_typed(c, &t, "version=1&outcome=not_security&reason=Half+a+thought&message=Dear+finder");
	page = decision_seen(c, &t, "qualified");
	check(house_has(page, "name=\"outcome\" value=\"qualified\""));
	check(house_has(page, "Half a thought"));
	check(house_has(page, "Dear finder"));
	decision_typed(c, &t, "version=1&outcome=qualified&reason=Half+a+thought&message=Thank+you+for+your+report.+We+have+examined+it+and+accept+it"
	               "+as+a+vulnerability+of+our+product.+We+are+now+looking+for+all+affected+versions+and+preparing+a+remedy,+and+we+will+agree"
	               "+with+you+on+the+day+of+publication.+You+can+follow+each+step+on+this+page.");
	page = decision_seen(c, &t, "needs_info");
	check(house_has(page, "files are welcome"));
	check(house_has(page, "Half a thought"));
	house_close(c);
}
