#ifndef FAULT_DEED_TEST_H
#define FAULT_DEED_TEST_H

/*
 * Deeds: representative operations in the world of tests/matrix, each with
 * what must be there before.  Failure loops, crash points and power cuts run
 * them.  Tests only.
 */

#include "tests/matrix/world_test.h"

struct deed_marks { const char *report, *report_version, *k, *cell, *edition, *past, *out; str papers[2]; };

struct deed {
	const char *name;
	bool (*run)(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out);
	bool  slow;      /* hashes a password */
};

static inline bool deed_submit(struct ctx *c, struct world *w, UNUSED const struct deed_marks *m, struct sheet *out)
{
	const struct op *o  = op_find(front_of(c), S("report.submit"));
	int              fd = memfd_create("file", MFD_CLOEXEC);
	struct file_part f  = { S("証拠.bin"), S("application/octet-stream"), fd, 70000 };
	struct args      a;
	bool             ok;

	check_int(ftruncate(fd, 70000), 0);
	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = &w->h.nobody;
	args_init(&a, o->args);
	ok = args_take(c, &a, S("product"), S("Kestrel Gateway"), true) &&
	     args_take(c, &a, S("title"), S("Cookies of any length"), true) &&
	     args_take(c, &a, S("description"), S("A long cookie stops the console. 長いクッキーで停止します。"), true) &&
	     args_take(c, &a, S("contact"), S("finder@example.org"), true) &&
	     args_take_file(c, &a, S("file"), &f);
	ok = ok && op_call(c, o, &a, S("the-key-of-this-form"), out);
	close(fd);
	return ok;
}

static inline bool deed_decide(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out)
{
	return house_do(c, &w->h.analyst, "report.decide", out, "id", m->report, "version", m->report_version, "outcome", "qualified",
	                "reason", "Reproduced.", "title", "A key that never changes", "severity", "high", NULL);
}

static inline bool deed_impact(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out)
{
	return house_do(c, &w->h.lead, "impact.set", out, "id", m->k, "cell", m->cell, NULL);
}

static inline bool deed_publish(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out)
{
	return house_do(c, &w->h.lead, "edition.publish", out, "id", m->edition, NULL);
}

static inline bool deed_import(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out)
{
	return past_import(c, &w->h.analyst, m->papers, 2, out);
}

static inline bool deed_release(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out)
{
	return house_do(c, &w->h.analyst, "history.publish", out, "id", m->past, NULL);
}

static inline bool deed_withdraw(struct ctx *c, struct world *w, const struct deed_marks *m, struct sheet *out)
{
	return house_do(c, &w->h.analyst, "history.withdraw", out, "id", m->out, "reason_en", "A mistake.", "reason_ja", "誤り。", NULL);
}

static inline bool deed_sign_in(struct ctx *c, struct world *w, UNUSED const struct deed_marks *m, struct sheet *out)
{
	return house_do(c, &w->h.nobody, "session.open", out, "mail", "someone@example.jp", "password",
	                "a long enough secret for someone", NULL);
}

static inline bool deed_verify(struct ctx *c, struct world *w, UNUSED const struct deed_marks *m, struct sheet *out)
{
	return house_see(c, &w->h.auditor, "audit.verify", out, NULL);
}

static const struct deed deeds[] = {
	{ "report.submit", deed_submit, false },   { "report.decide", deed_decide, false },
	{ "impact.set", deed_impact, false },      { "edition.publish", deed_publish, false },
	{ "advisory.import", deed_import, false }, { "history.publish", deed_release, false },
	{ "history.withdraw", deed_withdraw, false },
	{ "session.open", deed_sign_in, true },    { "audit.verify", deed_verify, false },
};

/* An advisory that only waits for its publication. */
static inline void deed_edition(struct ctx *c, struct world *w, struct deed_marks *m)
{
	struct sheet s;

	m->edition = cstr(c->arena, w->seen.edition);
	check_ok(c, house_do(c, &w->h.lead, "edition.save", &s, "id", m->edition, "version", "1",
	                     "title_en", "Overflow in the console", "title_ja", "コンソールの脆弱性",
	                     "summary_en", "A long name stops the console.", "summary_ja", "長い名前で停止します。",
	                     "impact_en", "The console stops.", "impact_ja", "停止します。",
	                     "change_note_en", "First edition.", "change_note_ja", "初版", NULL));
	check_ok(c, house_do(c, &w->h.lead, "vuln.rate", &s, "id", m->k, "vuln",
	                     cstr(c->arena, world_first(c, "SELECT id FROM vuln WHERE ordinal = 2 AND casefile = ", w->seen.casefile)),
	                     "severity", "low", "reason", "Hard to reach.", NULL));
	check_ok(c, house_do(c, &w->h.lead, "edition.submit", &s, "id", m->edition, NULL));
	check_ok(c, house_do(c, &w->h.analyst, "edition.approve", &s, "id", m->edition, NULL));
}

/* Two documents to import, one of ours that waits to be published and one that is out. */
static inline void deed_past(struct ctx *c, struct world *w, struct deed_marks *m)
{
	struct sheet s;

	m->papers[0] = past_with(c, "OW-2019-1", "OW-2020-1", NULL);
	m->papers[1] = past_with(c, "\"number\":\"1\"", "\"number\":\"2\"", "\"version\":\"1\"}},", "\"version\":\"2\"}},", NULL);
	check_ok(c, past_import_one(c, &w->h.lead, past_with(c, "OW-2019-1", "OW-2018-1", "https://other.example\"", "https://psirt.example.jp\"", NULL), &s));
	m->past = cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
	past_converted(c);
	check_ok(c, past_import_one(c, &w->h.lead, past_with(c, "OW-2019-1", "OW-2017-1", "https://other.example\"", "https://psirt.example.jp\"", NULL), &s));
	m->out = cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
	check_ok(c, house_do(c, &w->h.analyst, "history.publish", &s, "id", m->out, NULL));
}

/* What the deeds need to be there. */
static inline void deeds_ready(struct ctx *c, struct world *w, struct deed_marks *m, bool slow)
{
	struct sheet s;

	*m = (struct deed_marks){ .k = cstr(c->arena, w->seen.casefile), .report = cstr(c->arena, w->seen_report_2) };
	check_ok(c, house_see(c, &w->h.analyst, "report.show", &s, "id", m->report, NULL));
	m->report_version = cstr(c->arena, house_cell(c, &s, "report", 0, "version"));
	m->cell = cstr(c->arena, STR_CAT(c->arena, w->seen.vuln, S(":"), world_first(c, "SELECT id FROM release WHERE product = ", w->seen.product),
	                                 S(":not_affected:component_not_present")));
	deed_edition(c, w, m);
	deed_past(c, w, m);
	if (!slow)
		return;
	check_ok(c, house_do(c, &w->who[0], "user.invite", &s, "name", "Someone", "mail", "someone@example.jp", "roles", "analyst",
	                     "lang", "en", "zone", "UTC", NULL));
	check_ok(c, house_do(c, &w->h.nobody, "user.accept", &s, "code", cstr(c->arena, str_slice(s.secret, str_find(s.secret, S("code="), 0) + 5, s.secret.n)),
	                     "password", "a long enough secret for someone", NULL));
}

#endif
