#include "services/5-disclosure/3-publication/publication_test.h"
#include "services/5-disclosure/3-publication/signature.h"

#include "platform/json/json.h"
#include "standards/csaf/csaf.h"

static str state_of(struct ctx *c, struct story *t)
{
	check_ok(c, house_see(c, &t->h.lead, "edition.show", &t->v, "id", t->id, NULL));
	return house_cell(c, &t->v, "edition", 0, "state");
}

/* The viewer of the server's own clock. */
static void tick(struct ctx *c, struct story *t, time_us now)
{
	static const struct db_viewer clock  = { S_INIT(""), S_INIT("*") };
	static const struct actor     itself = { .id = S_INIT(""), .name = S_INIT("psirt"), .sight = S_INIT("*"), .channel = CHANNEL_JOB };

	(void)t;
	c->now   = now;
	c->actor = &itself;
	check_ok(c, db_begin(c, DB_WRITE, &clock));
	check_ok(c, fact_tell(c, "clock.ticked", S(""), S("")));
	check_ok(c, db_commit(c));
}

/* meets FIRST-1.1 5.3.2.8 */
TEST(the_submitter_cannot_approve_but_another_person_can)
{
	struct story t;

	drafted(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check(!house_do(c, &t.h.lead, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.auditor, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	check_str(state_of(c, &t), S("review"));
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_str(state_of(c, &t), S("approved"));
	house_close(c);
}

TEST(one_person_may_do_both_when_the_house_says_so)
{
	struct story t;

	drafted(c, &t, "team");
	t.h.front.two_persons = false;
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.approve", &t.s, "id", t.id, NULL));
	house_close(c);
}

TEST(nothing_goes_out_without_approval)
{
	struct story t;

	drafted(c, &t, "team");
	check(!house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &t.h.lead, "edition.schedule", &t.s, "id", t.id, "at", "2026-12-01T09:00:00+09:00", NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check(!house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* meets FIRST-1.1 5.3.2.1 */
TEST(a_missing_text_stops_the_submission_and_is_named)
{
	struct story t;
	struct sheet s;

	house_open(c, &t.h, all, 2);
	case_make(c, &t, "team");
	check_ok(c, house_do(c, &t.h.lead, "advisory.draft", &t.s, "id", t.k, NULL));
	t.id = cstr(c->arena, t.s.object);
	check(!house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &s, "id", t.id, NULL));
	check(house_count(&s, "findings") >= 4);
	check_str(house_cell(c, &s, "findings", 0, "field"), S("title_ja"));
	check(house_has(house_page(c, "edition.show", &s), "href=\"#f-title_ja\""));
	house_close(c);
}

TEST(two_editors_cannot_overwrite_each_other)
{
	struct story t;

	drafted(c, &t, "team");
	check(!save(c, &t, "1", "Late."));
	check_fault(c, E_CONFLICT, NULL);
	check_ok(c, save(c, &t, "2", "In time."));
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check(!save(c, &t, "4", "After sending."));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* meets FIRST-1.1 5.3.2.3; CSAF-2.0 4.4 */
TEST(a_published_advisory_is_valid_csaf_and_moves_its_case)
{
	struct story         t;
	struct csaf_options  how   = { .preset = CSAF_EXTENDED };
	struct csaf_findings found = { 0 };
	str                  doc;

	published(c, &t);
	doc = csaf_of(c, &t);
	check_ok(c, csaf_check(c, doc, &how, &found));
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].class == CSAF_ERROR)
			check_str(csaf_sentence(c->arena, &found.v[i]), found.v[i].pointer);
	check(found.valid);
	check(house_has(doc, "\"id\": \"PSIRT-SA-2026-0001\""));
	check_ok(c, house_see(c, &t.h.lead, "case.show", &t.v, "id", t.k, NULL));
	check_str(house_cell(c, &t.v, "case", 0, "state"), S("published"));
	check_int(house_count(&t.v, "advisories"), 1);
	check_int(house_count(&t.v, "published"), 1);
	house_close(c);
}

/* meets FIRST-1.1 5.3.2.2 */
TEST(the_public_page_speaks_both_languages)
{
	struct story t;
	str          page;

	published(c, &t);
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(house_has(page, "セッション無効化不備の脆弱性"));
	check(!house_has(page, "A session stays valid."));
	c->lang = LANG_EN;
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	check(house_has(house_page(c, "advisory.show", &t.v), "A session stays valid."));
	house_close(c);
}

/* meets CSAF-2.0 7.1 */
TEST(the_tree_of_the_provider_lists_what_is_out)
{
	struct story t;
	str          doc, index, line;

	published(c, &t);
	doc   = csaf_of(c, &t);
	index = raw(c, &t, "provider.index");
	check_str(index, S("2026/psirt-sa-2026-0001-ja.json\n2026/psirt-sa-2026-0001.json\n"));
	check_str(raw(c, &t, "provider.changes"), S("\"2026/psirt-sa-2026-0001-ja.json\",\"2026-11-24T00:00:00Z\"\n"
	                                           "\"2026/psirt-sa-2026-0001.json\",\"2026-11-24T00:00:00Z\"\n"));
	check_ok(c, house_see(c, &t.h.nobody, "provider.file", &t.v, "year", "2026", "file", "psirt-sa-2026-0001.json", NULL));
	check_str(t.v.raw, doc);
	check_ok(c, house_see(c, &t.h.nobody, "provider.file", &t.v, "year", "2026", "file", "psirt-sa-2026-0001.json.sha512", NULL));
	line = STR_CAT(c->arena, bytes_sha512(c, doc), S("  psirt-sa-2026-0001.json\n"));
	check_str(t.v.raw, line);
	check_ok(c, house_see(c, &t.h.nobody, "provider.file", &t.v, "year", "2026", "file", "psirt-sa-2026-0001.json.sha256", NULL));
	check(str_starts(t.v.raw, bytes_sha256(c, doc)));
	check(house_has(raw(c, &t, "provider.feed"), "psirt-sa-2026-0001.json.sha512"));
	check(house_has(raw(c, &t, "provider.show"), "https://psirt.example.jp/.well-known/csaf/v2.0/white/feed.json"));
	check(house_has(raw(c, &t, "advisory.atom"), "<id>https://psirt.example.jp/advisories/PSIRT-SA-2026-0001</id>"));
	check(house_has(raw(c, &t, "securitytxt.show"), "CSAF: https://psirt.example.jp/.well-known/csaf/provider-metadata.json"));
	house_close(c);
}

TEST(the_folders_list_what_is_out_and_nothing_else)
{
	struct story t;

	published(c, &t);
	check_ok(c, house_see(c, &t.h.nobody, "provider.folder", &t.v, NULL));
	check_str(house_cell(c, &t.v, "documents", 0, "path"), S("2026/psirt-sa-2026-0001.json"));
	check_ok(c, house_see(c, &t.h.nobody, "provider.year", &t.v, "year", "2026", NULL));
	check_str(house_cell(c, &t.v, "documents", 0, "path"), S("2026/psirt-sa-2026-0001.json"));
	check(!house_see(c, &t.h.nobody, "provider.year", &t.v, "year", "2025", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_see(c, &t.h.nobody, "provider.year", &t.v, "year", "2", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(house_has(raw(c, &t, "provider.service"), "https://psirt.example.jp/.well-known/csaf/white/feed.json"));
	check(house_has(raw(c, &t, "provider.show"), "https://psirt.example.jp/.well-known/csaf/v2.0/service.json"));
	house_close(c);
}

TEST(edition_one_stays_byte_for_byte_after_edition_two)
{
	struct story t;
	str          first, second, sha;
	const char  *old;

	published(c, &t);
	old   = t.id;
	first = csaf_of(c, &t);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", old, NULL));
	sha = str_dup(c->arena, house_cell(c, &t.v, "documents", 0, "sha256"));
	check_str(sha, bytes_sha256(c, first));
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check(house_has(house_page(c, "edition.show", &t.v), "id=\"diff\""));
	check_ok(c, save(c, &t, "1", "A session stays valid until it ends."));
	check_str(csaf_of(c, &t), first);
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	second = csaf_of(c, &t);
	check(!str_eq(first, second));
	check(house_has(second, "\"version\": \"2\""));
	check(house_has(second, "\"initial_release_date\": \"2026-11-24T00:00:00Z\""));
	check(house_has(second, "\"current_release_date\": \"2026-11-25T00:00:00Z\""));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", old, NULL));
	check_str(house_cell(c, &t.v, "documents", 0, "sha256"), sha);
	check_int(house_count(&t.v, "documents"), 6);
	house_close(c);
}

/* What is not out must answer like what does not exist. */
static void hidden_like_absent(struct ctx *c, struct story *t)
{
	static const char *const views[] = { "advisory.show", "advisory.csaf" };

	for (size_t i = 0; i < 2; i++) {
		check(!house_see(c, &t->h.nobody, views[i], &t->v, "number", t->number, NULL));
		check_fault(c, E_NOTFOUND, NULL);
		check(!house_see(c, &t->h.nobody, views[i], &t->v, "number", "PSIRT-SA-2026-9999", NULL));
		check_fault(c, E_NOTFOUND, NULL);
	}
	check(!house_see(c, &t->h.nobody, "provider.file", &t->v, "year", "2026", "file", "psirt-sa-2026-0001.json", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &t->h.nobody, "advisory.list", &t->v, NULL));
	check_int(house_count(&t->v, "advisories"), 0);
	check_str(raw(c, t, "provider.index"), S(""));
	check(!house_has(raw(c, t, "provider.feed"), "psirt-sa-2026-0001"));
	check(!house_has(raw(c, t, "advisory.atom"), "SA-2026-0001"));
	check(!house_see(c, &t->h.nobody, "edition.show", &t->v, "id", t->id, NULL));
	check_fault(c, E_AUTH, NULL);
}

TEST(what_is_not_published_is_never_visible_outside)
{
	struct story t;

	drafted(c, &t, "team");
	hidden_like_absent(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	hidden_like_absent(c, &t);
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	hidden_like_absent(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "edition.schedule", &t.s, "id", t.id, "at", "2026-12-01T09:00:00+09:00", NULL));
	hidden_like_absent(c, &t);
	house_close(c);
}

TEST(an_edition_of_a_hidden_case_is_absent_for_those_outside_it)
{
	struct story t;

	drafted(c, &t, "members");
	check(!house_see(c, &t.h.analyst, "edition.show", &t.v, "id", t.id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &t.h.analyst, "edition.list", &t.v, NULL));
	check_int(house_count(&t.v, "editions"), 0);
	check(!house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &t.h.analyst, "edition.return", &t.s, "id", t.id, "reason", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(a_scheduled_edition_goes_out_at_its_instant_and_not_before)
{
	struct story t;
	time_us      at;

	approved(c, &t, "team");
	check(time_parse(S("2026-12-01T00:00:00Z"), &at));
	check(!house_do(c, &t.h.lead, "edition.schedule", &t.s, "id", t.id, "at", "2026-11-01T09:00:00+09:00", NULL));
	check_fault(c, E_INVALID, "at");
	check_ok(c, house_do(c, &t.h.lead, "edition.schedule", &t.s, "id", t.id, "at", "2026-12-01T09:00:00+09:00", NULL));
	tick(c, &t, at - SECOND);
	check_str(state_of(c, &t), S("scheduled"));
	tick(c, &t, at);
	check_str(state_of(c, &t), S("published"));
	check(house_has(csaf_of(c, &t), "\"initial_release_date\": \"2026-12-01T00:00:00Z\""));
	house_close(c);
}

/* Change what the advisory says, behind its back: another vulnerability in the case. */
static void facts_change(struct ctx *c, struct story *t)
{
	struct db_viewer  lead = { t->h.lead.id, t->h.lead.sight };
	struct vuln_draft v    = { S("A second one"), S("Found later."), STR_NONE, 79 };
	vuln_id           id;

	c->actor = &t->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, vuln_add(c, (case_id){ str_of(t->k) }, &v, S("low"), &id));
	check_ok(c, db_commit(c));
}

TEST(what_was_not_approved_is_not_published)
{
	struct story t;

	approved(c, &t, "team");
	facts_change(c, &t);
	check(!house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	hidden_like_absent(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "edition.return", &t.s, "id", t.id, "reason", "new facts", NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	house_close(c);
}

TEST(a_due_edition_that_cannot_go_out_returns_to_its_writers)
{
	struct story t;
	time_us      at;

	approved(c, &t, "team");
	check(time_parse(S("2026-12-01T00:00:00Z"), &at));
	check_ok(c, house_do(c, &t.h.lead, "edition.schedule", &t.s, "id", t.id, "at", "2026-12-01T09:00:00+09:00", NULL));
	facts_change(c, &t);
	tick(c, &t, at);
	check_str(state_of(c, &t), S("draft"));
	check(house_cell(c, &t.v, "edition", 0, "returned_why").n > 10);
	tick(c, &t, at + SECOND);
	hidden_like_absent(c, &t);
	house_close(c);
}

static bool refuse(struct ctx *c, str file, str object)
{
	(void)file;
	(void)object;
	return fault(c, E_DISK, NULL, NULL);
}

TEST(publishing_is_all_or_nothing)
{
	static const struct hears   hears[]  = { { "advisory.published", refuse }, { 0 } };
	static const struct service broken   = { .number = "9.9", .title = "broken", .hears = hears };
	static const struct service *const with[] = { &tracking_service, &publication_service, &broken };
	struct story t;

	approved(c, &t, "team");
	t.h.front.services   = with;
	t.h.front.services_n = 3;
	check(!house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_fault(c, E_DISK, NULL);
	hidden_like_absent(c, &t);
	check_str(state_of(c, &t), S("approved"));
	check_ok(c, house_see(c, &t.h.lead, "case.show", &t.v, "id", t.k, NULL));
	check_str(house_cell(c, &t.v, "case", 0, "state"), S("disclosing"));
	house_close(c);
}

/* The list of what is out by words, severity and day; t: one advisory, changed now. */
static void filters_hold(struct ctx *c, struct story *t)
{
	str day      = str_slice(time_print(c->arena, c->now), 0, 10), later = str_slice(time_print(c->arena, c->now + 2 * DAY), 0, 10);
	str severity = str_dup(c->arena, house_cell(c, &t->v, "advisories", 0, "severity"));
	const struct { const char *name; str value; size_t found; } asked[] = {
		{ "q", S("ＳＡ-2026 psirt"), 1 }, { "q", S("psirt nowhere"), 0 }, { "q", S("   "), 1 }, { "q", S("%_"), 0 },
		{ "severity", severity, 1 }, { "severity", str_eq(severity, S("none")) ? S("low") : S("none"), 0 },
		{ "since", day, 1 }, { "since", later, 0 }, { "from", S("1"), 0 },
		{ "cve", S("CVE-2026-10042"), 1 }, { "cve", S(" cve-2026-10042 "), 1 }, { "cve", S("CVE-2026-1004"), 0 }, { "cve", S(""), 1 },
		{ "product", S("nowhere"), 0 }, { "product", S("%"), 0 }, { "product", S(" "), 1 },
	};

	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		check_ok(c, house_see(c, &t->h.nobody, "advisory.list", &t->v, asked[i].name, cstr(c->arena, asked[i].value), NULL));
		check_int(house_count(&t->v, "advisories"), asked[i].found);
	}
	check(!house_see(c, &t->h.nobody, "advisory.list", &t->v, "cve", "42", NULL));
	check_fault(c, E_INVALID, "cve");
	check(!house_see(c, &t->h.nobody, "advisory.list", &t->v, "severity", "awful", NULL));
	check_fault(c, E_INVALID, "severity");
	check(!house_see(c, &t->h.nobody, "advisory.list", &t->v, "since", "2026-02-30", NULL));
	check_fault(c, E_INVALID, "since");
}

TEST(a_withdrawal_is_approved_and_replaces_the_page)
{
	struct story t;
	struct csaf_options  how   = { .preset = CSAF_BASIC };
	struct csaf_findings found = { 0 };

	published(c, &t);
	check_ok(c, house_do(c, &t.h.lead, "advisory.withdraw", &t.s, "id", t.id, "reason_en", "It was no vulnerability.",
	                     "reason_ja", "脆弱性ではありませんでした。", NULL));
	t.id = cstr(c->arena, t.s.object);
	check(!house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	check(house_has(house_page(c, "advisory.show", &t.v), "It was no vulnerability."));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.list", &t.v, NULL));
	check_str(house_cell(c, &t.v, "advisories", 0, "state"), S("withdrawn"));
	filters_hold(c, &t);
	check_ok(c, csaf_check(c, csaf_of(c, &t), &how, &found));
	check(found.valid);
	check(!house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

TEST(hostile_text_stays_text)
{
	struct story t;
	str          page;

	drafted(c, &t, "team");
	check_ok(c, save(c, &t, "2", "<script>alert(1)</script> & \"quotes\" \xE2\x80\xAE turned"));
	check_ok(c, house_do(c, &t.h.lead, "edition.submit", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.analyst, "edition.approve", &t.s, "id", t.id, NULL));
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(!house_has(page, "<script"));
	check(house_has(page, "&lt;script"));
	check(house_has(raw(c, &t, "advisory.atom"), "&lt;script&gt;"));
	house_close(c);
}

TEST(references_are_addresses_with_words)
{
	struct references r;
	str               bad;

	references_read(c, S("https://a.example/x  A page \r\n\nno address\nhttp://b.example"), &r, &bad);
	check_int(r.list.n, 2);
	check_str(r.list.v[0].url, S("https://a.example/x"));
	check_str(r.list.v[0].summary, S("A page"));
	check_str(r.list.v[1].summary, S("http://b.example"));
	check_str(bad, S("no address"));
	references_read(c, S("javascript:alert(1) x"), &r, &bad);
	check_int(r.list.n, 0);
}

static int tool(struct ctx *c, const char *name, char **argv, int argc, str *said, str *wrong)
{
	struct buf out, err;
	int        status = -1;

	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 20);
	for (const struct tool *t = publication_service.tools; t->name; t++)
		if (strcmp(t->name, name) == 0)
			status = t->run(c, argc, argv, &out, &err);
	*said  = buf_str(&out);
	*wrong = buf_str(&err);
	return status;
}

TEST(the_tools_answer_with_their_exit_status)
{
	char *none[] = { (char[]){ "--json" } }, *absent[] = { (char[]){ "/nowhere/x.json" } };
	char *good[] = { (char[]){ V31 } }, *bad[] = { (char[]){ "CVSS:3.1/AV:Q" } };
	str   said, wrong;

	check_int(tool(c, "csaf check", none, 1, &said, &wrong), 2);
	check_int(tool(c, "csaf check", absent, 1, &said, &wrong), 3);
	check(house_has(wrong, "/nowhere/x.json: "));
	check_int(tool(c, "cvss", none, 0, &said, &wrong), 2);
	check_int(tool(c, "cvss", good, 1, &said, &wrong), 0);
	check(house_has(said, "9.8"));
	check_int(tool(c, "cvss", bad, 1, &said, &wrong), 1);
}

/* ---- a bulletin with everything in it, without a database ---- */

#define V40 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N"

static struct bulletin_impact_row cell(const char *vuln, const char *release, const char *name, const char *status,
                                       const char *why)
{
	return (struct bulletin_impact_row){ .vuln = { str_of(vuln) }, .product = { S("kestrel") }, .family_name = S("Gateways"),
		.product_name = S("Kestrel"), .product_name_ja = S("ケストレル"), .release = { str_of(release) },
		.release_name = str_of(name), .status = str_of(status), .justification = str_of(why),
		.note = why ? S("The code is not there.") : S("") };
}

static void bulletin_make(struct ctx *c, struct bulletin *b)
{
	struct bulletin_vulns_row  *v = NEWS(c->arena, struct bulletin_vulns_row, 2);
	struct bulletin_impact_row *i = NEWS(c->arena, struct bulletin_impact_row, 8);
	struct bulletin_remedy_row *r = NEWS(c->arena, struct bulletin_remedy_row, 3);

	*b = (struct bulletin){ .severity = S("high"), .now = c->now };
	b->e.number = S("PSIRT-SA-2026-0007");
	b->e.ordinal = 1;
	b->e.first_at = b->e.published_at = TIME_NONE;
	b->k.exploited = true;
	b->text[TEXT_EN] = (struct edition_text_get_row){ S("Sessions stay valid"), S("Summary."), S("Details."), S("Impact."),
		S("Update."), S("Close sessions."), S("https://example.org/ About"), S("Aoi Tanaka"), S("First edition.") };
	b->text[TEXT_JA] = (struct edition_text_get_row){ S("題名"), S("概要"), S("詳細"), S("影響"), S("更新"), S("回避"),
		S("https://example.org/ 参考"), S("田中 葵氏"), S("初版") };
	v[0] = (struct bulletin_vulns_row){ { S("v1") }, 1, S("Session not ended"), S("It stays."), S("CVE-2026-10042"), 613,
		S(V40), S(V31), 98, S("critical") };
	v[1] = (struct bulletin_vulns_row){ { S("v2") }, 2, S("Script in a name"), S(""), STR_NONE, 79, STR_NONE, STR_NONE,
		INT_NONE, S("low") };
	b->vulns.v = v;
	b->vulns.n = 2;
	i[0] = cell("v1", "r1", "4.2.0", "affected", NULL);
	i[1] = cell("v2", "r1", "4.2.0", "not_affected", "vulnerable_code_not_present");
	i[2] = cell("v1", "r2", "4.2.1", "affected", NULL);
	i[3] = cell("v2", "r2", "4.2.1", "affected", NULL);
	i[4] = cell("v1", "r3", "4.3.0", "fixed", NULL);
	i[5] = cell("v2", "r3", "4.3.0", "under_investigation", NULL);
	i[6] = cell("v1", "r4", "4.3.1", "fixed", NULL);
	i[7] = cell("v2", "r4", "4.3.1", "fixed", NULL);
	b->impact.v = i;
	b->impact.n = 8;
	r[0] = (struct bulletin_remedy_row){ .remedy = { S("m1") }, .vuln = { S("v1") }, .product = { S("kestrel") },
		.product_name = S("Kestrel"), .product_name_ja = S("ケストレル"), .kind = S("fix"), .fixed_in = S("4.3.1"),
		.body = S("Install it."), .body_ja = S("更新してください。"), .url = S("https://example.org/431"), .released_on = S("2026-11-20") };
	r[1] = r[0];
	r[1].vuln = (vuln_id){ S("v2") };
	r[2] = (struct bulletin_remedy_row){ .remedy = { S("m2") }, .vuln = { S("v2") }, .product = { S("kestrel") },
		.product_name = S("Kestrel"), .product_name_ja = S(""), .kind = S("will_not_fix"), .fixed_in = S(""), .body = S(""),
		.body_ja = S(""), .url = S(""), .released_on = STR_NONE };
	b->remedies.v = r;
	b->remedies.n = 3;
}

TEST(an_advisory_with_verdicts_and_remedies_is_valid_csaf)
{
	struct story         t;
	struct bulletin      b;
	struct csaf_options  how   = { .preset = CSAF_EXTENDED };
	struct csaf_findings found = { 0 };
	str                  doc;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	check_ok(c, bulletin_csaf(c, &b, TEXT_EN, &doc));
	check_ok(c, csaf_check(c, doc, &how, &found));
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].class == CSAF_ERROR)
			check_str(csaf_sentence(c->arena, &found.v[i]), found.v[i].pointer);
	check(found.valid);
	check(house_has(doc, "csaf_security_advisory"));
	check(house_has(doc, "\"vulnerable_code_not_present\""));
	check(house_has(doc, "\"no_fix_planned\""));
	check(house_has(doc, "Update to version 4.3.1. Install it."));
	check(house_has(doc, "\"baseScore\": 9.8"));
	check(house_has(doc, "2026/psirt-sa-2026-0007.json"));
	house_close(c);
}

static size_t flaws_of_21(struct ctx *c, const struct bulletin *b)
{
	struct flaws f;
	size_t       n = 0;

	check_ok(c, preflight(c, b, &f));
	for (size_t i = 0; i < f.list.n; i++)
		if (f.list.v[i].weight == WEIGHT_MUST && f.list.v[i].test.n) {
			check_str(f.list.v[i].document, S("CSAF 2.1"));
			check_str(f.list.v[i].test, S("6.1.35"));
			n++;
		}
	return n;
}

/* meets CSAF-2.1 7.1.1: a fix, and that there will be none, is valid by 2.0 alone */
TEST(what_csaf_2_1_alone_forbids_must_be_mended_too)
{
	struct story    t;
	struct bulletin b;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	check(flaws_of_21(c, &b) > 0);
	b.remedies.v[2].kind = S("workaround");
	check_int(flaws_of_21(c, &b), 0);
	house_close(c);
}

/* meets CSAF-2.0 3.1.3.3; CSAF-2.1 6.2.16 */
TEST(each_version_is_named_for_machines)
{
	struct story    t;
	struct bulletin b;
	str             doc;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	for (size_t i = 0; i < b.impact.n; i++) {
		b.impact.v[i].cpe    = S("cpe:2.3:o:k:g:*:*:*:*:*:*:*:*");
		b.impact.v[i].purl   = S("pkg:generic/k/g");
		b.impact.v[i].models = S("KC-1, KC-2?");
		b.impact.v[i].release_name = i ? b.impact.v[i].release_name : S("第1版");
	}
	check_ok(c, bulletin_csaf(c, &b, TEXT_EN, &doc));
	check(house_has(doc, "\"KC-2?\""));
	check(house_has(doc, "cpe:2.3:o:k:g:*:*"));   /* what a CPE name cannot hold stays open */
	check(house_has(doc, cstr(c->arena, STR_CAT(c->arena, S("cpe:2.3:o:k:g:"), b.impact.v[b.impact.n - 1].release_name, S(":*")))));
	check(house_has(doc, cstr(c->arena, STR_CAT(c->arena, S("pkg:generic/k/g@"), b.impact.v[b.impact.n - 1].release_name))));
	check(c->fault.code == 0);
	house_close(c);
}

TEST(the_verdict_table_joins_versions_and_names_the_fix)
{
	static const struct db_viewer nobody = { S_INIT(""), S_INIT("") };
	struct story    t;
	struct bulletin b;
	str             page;

	house_open(c, &t.h, all, 2);
	bulletin_make(c, &b);
	check_ok(c, db_begin(c, DB_READ, &nobody));
	check_ok(c, bulletin_html(c, &b, TEXT_EN, &page));
	check(house_has(page, "4.2.0 – 4.2.1</td><td class=\"word\" data-state=\"affected\" data-label=\"Verdict\">Affected</td>"
	                      "<td data-label=\"Fixed in\">4.3.1</td>"));
	check(house_has(page, "data-state=\"investigating\""));
	check_ok(c, bulletin_html(c, &b, TEXT_JA, &page));
	check(house_has(page, "ケストレル"));
	check(str_find(page, S("概要"), 0) < str_find(page, S("影響を受けるシステム"), 0));
	check(str_find(page, S("想定される影響"), 0) < str_find(page, S("対策方法"), 0));
	check(str_find(page, S("謝辞"), 0) < str_find(page, S("更新履歴"), 0));
	check_int(c->lang, LANG_EN);
	db_rollback(c);
	house_close(c);
}

TEST(the_seal_breaks_with_any_change)
{
	struct bulletin b;
	str             seal;

	bulletin_make(c, &b);
	seal = bulletin_seal(c, &b);
	b.now += DAY;
	check_str(bulletin_seal(c, &b), seal);
	b.impact.v[0].status = S("fixed");
	check(!str_eq(bulletin_seal(c, &b), seal));
	bulletin_make(c, &b);
	b.impact.v[0].cpe = S("cpe:2.3:o:k:g:*:*:*:*:*:*:*:*");
	check(!str_eq(bulletin_seal(c, &b), seal));
	bulletin_make(c, &b);
	b.remedies.v[0].url = S("https://example.org/432");
	check(!str_eq(bulletin_seal(c, &b), seal));
	bulletin_make(c, &b);
	b.text[TEXT_JA].thanks = S("");
	check(!str_eq(bulletin_seal(c, &b), seal));
}

/* ---- signatures ---- */

static int asked;   /* how often the keys were asked */

static bool no_key(struct ctx *c, bool clear, str bytes, str *fingerprint, str *out)
{
	(void)clear;
	(void)bytes;
	(void)fingerprint;
	(void)out;
	asked++;
	return fault(c, E_STATE, NULL, NULL);
}

static bool no_answer(struct ctx *c, bool clear, str bytes, str *fingerprint, str *out)
{
	(void)no_key(c, clear, bytes, fingerprint, out);
	return fault(c, E_UNAVAILABLE, NULL, NULL);
}

static bool sign(struct ctx *c, bool clear, str bytes, str *fingerprint, str *out)
{
	asked++;
	check(!c->tx);   /* nothing slow ever holds the writer */
	*fingerprint = S("ABCDEF");
	*out         = clear ? STR_CAT(c->arena, S("-----FRAME\n"), bytes) : STR_CAT(c->arena, S("signed "), bytes_sha256(c, bytes));
	return true;
}

static bool key_of(struct ctx *c, str fingerprint, str *out)
{
	*out = STR_CAT(c->arena, S("the key "), fingerprint);
	return true;
}

/* All that the chores have to do; false when one failed. */
static bool chores(struct ctx *c)
{
	bool done, ok = true;

	c->actor = &house_actor;
	for (const struct chore *h = signing_chores; h->name; h++)
		do {
			c->fault = (struct fault){ 0 };
			ok      &= chore_run(c, h, &done);
		} while (ok && done);
	return ok;
}

static str signature(struct ctx *c, struct story *t)
{
	bool ok = house_see(c, &t->h.nobody, "provider.file", &t->v, "year", "2026", "file", "psirt-sa-2026-0001.json.asc", NULL);

	return ok ? str_dup(c->arena, t->v.raw) : STR_NONE;
}

/* meets CSAF-2.0 7.1.19; CSAF-2.0 7.1.20; RFC 9116 2.3 */
TEST(signatures_follow_the_publication_and_never_hold_it_up)
{
	struct story t;

	asked = 0;
	approved(c, &t, "team");
	t.h.front.sign       = no_answer;
	t.h.front.public_key = key_of;
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	check_int(asked, 0);
	check(!chores(c));
	check_fault(c, E_UNAVAILABLE, NULL);
	t.h.front.sign = no_key;
	check(chores(c));
	check(asked >= 2);
	check(str_is_none(signature(c, &t)));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_str(house_cell(c, &t.v, "documents", 0, "waits"), S("1"));
	check(house_has(raw(c, &t, "provider.show"), "\"csaf_provider\""));
	check(!house_has(raw(c, &t, "provider.feed"), "\"signature\""));

	t.h.front.sign = sign;
	check(chores(c));
	check_str(signature(c, &t), STR_CAT(c->arena, S("signed "), bytes_sha256(c, csaf_of(c, &t))));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_str(house_cell(c, &t.v, "documents", 0, "waits"), S("0"));
	check_str(house_cell(c, &t.v, "documents", 0, "signed_by"), S("ABCDEF"));
	check(house_has(raw(c, &t, "provider.show"), "\"csaf_trusted_provider\""));
	check(house_has(raw(c, &t, "provider.show"), "https://psirt.example.jp/.well-known/csaf/openpgp/ABCDEF.asc"));
	check(house_has(raw(c, &t, "provider.feed"), "psirt-sa-2026-0001.json.asc"));
	check_ok(c, house_see(c, &t.h.nobody, "provider.key", &t.v, "file", "ABCDEF.asc", NULL));
	check_str(t.v.raw, S("the key ABCDEF"));
	check(!house_see(c, &t.h.nobody, "provider.key", &t.v, "file", "ABCDEF", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(security_txt_is_framed_while_it_says_what_was_signed)
{
	struct story t;
	int          before;

	published(c, &t);
	t.h.front.sign       = sign;
	t.h.front.public_key = key_of;
	check(str_starts(raw(c, &t, "securitytxt.show"), S("Contact: ")));
	check(chores(c));
	check(str_starts(raw(c, &t, "securitytxt.show"), S("-----FRAME\nContact: ")));
	check(house_has(raw(c, &t, "securitytxt.show"), "Encryption: https://psirt.example.jp/.well-known/csaf/openpgp/ABCDEF.asc"));
	before = asked;
	check(chores(c));
	check_int(asked, before);
	c->now += DAY;   /* a new day, a new end of validity */
	check(str_starts(raw(c, &t, "securitytxt.show"), S("Contact: ")));
	check(chores(c));
	check(str_starts(raw(c, &t, "securitytxt.show"), S("-----FRAME\nContact: ")));
	house_close(c);
}
