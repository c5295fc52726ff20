#include "tests/matrix/request_test.h"

#include "platform/op/render.h"

/* Every id that an operation or view takes: what is hidden answers as what does not exist, and nothing changes. */

struct answer { bool ok; struct fault fault; str json; };

static uint64_t dice = 3;   /* the same for what is compared */

static void ask(struct ctx *c, const struct world *w, const struct actor *who, const struct request *q,
                const struct arg *replaced, str value, struct answer *out)
{
	struct args  a;
	struct sheet s = { 0 };
	struct buf   b;

	c->fault = (struct fault){ 0 };
	c->actor = who;
	world_dice(c, dice);
	request_args(c, w, q, replaced, value, &a);
	out->ok    = q->op ? op_call(c, q->op, &a, STR_NONE, &s) : view_call(c, q->view, &a, &s);
	out->fault = c->fault;
	buf_init(&b, c->arena, 4 << 20);
	if (out->ok && q->view)
		render_json(c, &b, &s);
	out->json = buf_str(&b);
}

static bool fault_same(const struct fault *a, const struct fault *b)
{
	bool same = a->code == b->code && str_eq(a->where, b->where) &&
	            str_eq(a->text ? str_of(a->text) : S(""), b->text ? str_of(b->text) : S(""));

	for (size_t i = 0; i < sizeof(a->arg) / sizeof(a->arg[0]); i++)
		same = same && str_eq(a->arg[i], b->arg[i]);
	return same;
}

/* Rows of all tables, and what changes without a new row in cases and reports. */
static str database_print(struct ctx *c)
{
	str        tables, name, line;
	struct buf b;

	buf_init(&b, c->arena, 1 << 20);
	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, world_text(c, "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' "
	                       "AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY name)", &tables));
	while (str_cut(&tables, ',', &name)) {
		check_ok(c, world_text(c, cstr(c->arena, STR_CAT(c->arena, S("SELECT count(*) FROM \""), name, S("\""))), &line));
		buf_fmt(&b, "%.*s %.*s\n", STR_ARG(name), STR_ARG(line));
	}
	check_ok(c, world_text(c, "SELECT group_concat(id || version || state || turn || changed_at) FROM casefile", &line));
	buf_add(&b, line);
	check_ok(c, world_text(c, "SELECT group_concat(id || version || state || unread || changed_at) FROM report", &line));
	buf_add(&b, line);
	check_ok(c, world_text(c, "SELECT group_concat(id || version || title || severity) FROM vuln", &line));
	buf_add(&b, line);
	db_rollback(c);
	return buf_str(&b);
}

/* What was asked, and lines on what went wrong. */
struct findings { struct buf b; size_t hidden_asked, seen_asked; };

static void wrong(struct findings *f, const struct request *q, size_t role, const struct arg *d, const char *what)
{
	buf_fmt(&f->b, "%s as %s, %s: %s\n", q->op ? q->op->name : q->view->name, world_roles[role], d->name, what);
}

static void try_arg(struct ctx *c, struct world *w, struct findings *f, const struct request *q, size_t role, const struct arg *d)
{
	const struct noun  *n     = noun_of(q->path, d);
	uint32_t            mask  = q->op ? q->op->may : q->view->may;
	const struct actor *who   = &w->who[role];
	bool                open  = may(who, mask);
	str                 before;
	struct answer       hidden, absent;

	if (n->at == SIZE_MAX)
		return;
	before = database_print(c);
	ask(c, w, who, q, d, thing(&w->hidden, n), &hidden);
	if (in_path(q, d) && !str_eq(before, database_print(c)))
		wrong(f, q, role, d, "a hidden id changed the database");
	ask(c, w, who, q, d, S("zzzzyyyyxxxxwwwwvvvvuuuutt"), &absent);
	if (in_path(q, d) && !str_eq(before, database_print(c)))
		wrong(f, q, role, d, "an absent id changed the database");
	if (hidden.ok != absent.ok || !fault_same(&hidden.fault, &absent.fault) || !str_eq(hidden.json, absent.json))
		wrong(f, q, role, d, "hidden and absent do not answer alike");
	if (in_path(q, d) && (hidden.ok || absent.ok))
		wrong(f, q, role, d, "succeeded");
	if (in_path(q, d) && hidden.fault.code != (open ? E_NOTFOUND : who->id.n ? E_FORBIDDEN : E_AUTH))
		wrong(f, q, role, d, fault_name(hidden.fault.code));
	f->hidden_asked += open;
}

static void try_seen(struct ctx *c, struct world *w, struct findings *f, const struct request *q, size_t role, const struct arg *d)
{
	const struct noun *n = noun_of(q->path, d);
	struct answer      a;

	if (n->at == SIZE_MAX || !in_path(q, d) || !may(&w->who[role], q->op ? q->op->may : q->view->may))
		return;
	ask(c, w, &w->who[role], q, NULL, STR_NONE, &a);
	if (!a.ok && a.fault.code == E_NOTFOUND)
		wrong(f, q, role, d, "what may be seen is not found");
	f->seen_asked++;
}

typedef void try_fn(struct ctx *c, struct world *w, struct findings *f, const struct request *q, size_t role, const struct arg *d);

static void try_args(struct ctx *c, struct world *w, struct findings *f, const struct request *q, try_fn *each)
{
	for (size_t role = 0; role < WORLD_ROLES; role++)
		for (const struct arg *d = q->args; d && d->name; d++)
			if (d->kind == ARG_ID)
				each(c, w, f, q, role, d);
}

static void try_all(struct ctx *c, struct world *w, struct findings *f, try_fn *each)
{
	for (size_t i = 0; i < w->h.front.services_n; i++) {
		const struct service *s = w->h.front.services[i];
		for (const struct view *v = s->views; v && v->name; v++)
			try_args(c, w, f, &(struct request){ NULL, v, v->args, v->path }, each);
		for (const struct op *o = s->ops; o && o->name; o++)
			try_args(c, w, f, &(struct request){ o, NULL, o->args, o->path }, each);
	}
}

/* A session and a token of the keeper's own, and of the analyst: others' are hidden from everybody else. */
static void private_things(struct ctx *c, struct world *w)
{
	struct sheet s;
	str          cookie;

	c->actor = &w->keeper;
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, session_begin(c, (user_id){ w->keeper.id }, SESSION_PLAIN, &cookie));
	check_ok(c, db_commit(c));
	check_ok(c, house_do(c, &w->keeper, "token.make", &s, "name", "mine", "scope", "read", "days", "30", NULL));
	w->hidden.session = world_read(c, "SELECT id FROM session");
	w->hidden.token   = world_read(c, "SELECT id FROM token");
	w->seen.session   = w->hidden.session;
	w->seen.token     = w->hidden.token;
}

TEST(a_hidden_id_answers_as_an_absent_one_and_changes_nothing)
{
	struct world    w;
	struct findings f = { 0 };

	world_open(c, &w, NULL, 1);
	private_things(c, &w);
	buf_init(&f.b, c->arena, 1 << 20);
	try_all(c, &w, &f, try_arg);
	check_str(buf_str(&f.b), S(""));
	check(f.hidden_asked >= 60);
	house_close(c);
}

TEST(a_seen_id_is_found_by_every_role_that_may_ask)
{
	struct world    w;
	struct findings f = { 0 };

	world_open(c, &w, NULL, 1);
	w.seen.session = w.seen.token = STR_NONE;
	buf_init(&f.b, c->arena, 1 << 20);
	try_all(c, &w, &f, try_seen);
	check_str(buf_str(&f.b), S(""));
	check(f.seen_asked >= 40);
	house_close(c);
}

TEST(an_engineer_finds_no_case_that_they_are_no_member_of)
{
	struct world w;
	struct sheet s;
	const char  *id;

	world_open(c, &w, NULL, 0);
	id = cstr(c->arena, world_read(c, cstr(c->arena, STR_CAT(c->arena, S("SELECT id FROM casefile WHERE id <> '"), w.seen.casefile, S("'")))));
	check_ok(c, house_see(c, &w.who[2], "case.show", &s, "id", id, NULL));
	check(!house_see(c, &w.who[3], "case.show", &s, "id", id, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check(!house_do(c, &w.who[3], "case.note", &s, "id", id, "body", "x", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_see(c, &w.who[3], "case.list", &s, NULL));
	check_int(house_count(&s, "cases"), 1);
	house_close(c);
}

TEST(a_finder_reads_the_own_report_and_no_other)
{
	struct world w;
	struct sheet s;
	struct actor other;

	world_open(c, &w, NULL, 1);
	check_ok(c, house_see(c, &w.who[7], "report.mine", &s, NULL));
	check_str(house_cell(c, &s, "report", 0, "title"), S("A key that never changes"));
	other = receipt_actor(c, S("AAAAA-AAAAA-AAAAA-AAAAA"));
	check(!house_see(c, &other, "report.mine", &s, NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

TEST(the_number_of_a_hidden_case_or_report_answers_as_one_that_does_not_exist)
{
	struct world w;
	struct sheet s;
	struct fault hidden;
	const char  *report, *number;

	world_open(c, &w, NULL, 1);
	report = cstr(c->arena, world_read(c, "SELECT id FROM report WHERE casefile IS NULL"));
	number = cstr(c->arena, w.hidden.case_number);
	check(!house_do(c, &w.h.lead, "report.decide", &s, "id", report, "outcome", "duplicate", "reason", "x", "same_as", number, NULL));
	hidden = c->fault;
	check(!house_do(c, &w.h.lead, "report.decide", &s, "id", report, "outcome", "duplicate", "reason", "x", "same_as", "PSIRT-2026-9999", NULL));
	check_int(hidden.code, c->fault.code);
	check_str(hidden.where, c->fault.where);
	check_str(str_of(hidden.text), str_of(c->fault.text));
	house_close(c);
}

/* ---- where the audit says it ---- */

/* How many operations and views went well. */
static int do_all(struct ctx *c, const struct world *w, const struct actor *who)
{
	struct answer a;
	int           n = 0;

	for (size_t i = 0; i < w->h.front.services_n; i++) {
		const struct service *s = w->h.front.services[i];
		for (const struct view *v = s->views; v && v->name; v++, dice++, n += a.ok)
			ask(c, w, who, &(struct request){ NULL, v, v->args, v->path }, NULL, STR_NONE, &a);
		for (const struct op *o = s->ops; o && o->name; o++, dice++, n += a.ok)
			ask(c, w, who, &(struct request){ o, NULL, o->args, o->path }, NULL, STR_NONE, &a);
	}
	dice = 3;
	return n;
}

/*
 * The chain of the system is read by those who do not see the case: nothing of what is done
 * or opened there may stand in it by name, id or number.
 */
TEST(what_is_done_about_something_hidden_stands_in_its_own_chain_of_the_audit)
{
	struct world w;
	const char  *k, *r;

	world_open(c, &w, NULL, 1);
	w.seen = w.hidden;
	w.seen.product = world_read(c, "SELECT id FROM product");
	w.seen.person  = w.confidant.id;
	check(do_all(c, &w, &w.keeper) >= 80);
	k = cstr(c->arena, w.hidden.casefile);
	r = cstr(c->arena, w.hidden.report);
	check_str(world_read(c, cstr(c->arena, str_fmt(c->arena,
		"SELECT coalesce(group_concat(verb || ' ' || object || ' ' || note), '') FROM journal WHERE chain = 'system' AND (object IN ('%s', '%s') "
		"OR object IN (SELECT id FROM vuln WHERE casefile = '%s' UNION SELECT id FROM question WHERE casefile = '%s' UNION SELECT id FROM remedy WHERE casefile = '%s' "
		"UNION SELECT id FROM edition WHERE casefile = '%s' UNION SELECT id FROM advisory WHERE casefile = '%s' UNION SELECT id FROM cve_number WHERE casefile = '%s' "
		"UNION SELECT id FROM cve_errand WHERE casefile = '%s' UNION SELECT id FROM timeline WHERE casefile = '%s' UNION SELECT file FROM report_file WHERE report = '%s') "
		"OR note LIKE '%%' || (SELECT number FROM casefile WHERE id = '%s') || '%%' OR note LIKE '%%' || (SELECT number FROM report WHERE id = '%s') || '%%' "
		"OR note LIKE '%%' || (SELECT number FROM cve_number WHERE casefile = '%s') || '%%' OR note LIKE '%%' || (SELECT number FROM advisory WHERE casefile = '%s') || '%%')",
		k, r, k, k, k, k, k, k, k, k, r, k, r, k, k))), S(""));
	check(str_find(world_read(c, cstr(c->arena, str_fmt(c->arena, "SELECT group_concat(verb) FROM journal WHERE chain IN ('%s', '%s')", k, r))), S("case.show"), 0) != SIZE_MAX);
	house_close(c);
}
