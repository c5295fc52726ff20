#ifndef RECORD_HOUSE_TEST_H
#define RECORD_HOUSE_TEST_H

/*
 * A house for tests: an empty database in memory with the services given, a
 * few people, and short ways to act as one of them.  Tests only.
 */

#include "base/test.h"
#include "platform/op/form.h"
#include "platform/op/op.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "record/draft.h"
#include "record/house.h"
#include "record/journal.h"
#include "record/report.h"
#include "record/role.h"
#include "record/session.h"
#include "record/user.h"
#include "record/vault.h"

#include <stdarg.h>

/* Services that tests put together. */
extern const struct service intake_service, qualification_service, remedy_service;
extern const struct service audit_service, components_service, desk_service, outbox_service, release_plan_service, evaluation_service, publication_service, staff_service, tracking_service;

/* Sees all, as the house does. */
UNUSED static const struct db_viewer house_viewer = { S_INIT(""), S_INIT("*") };

struct house {
	struct front front;
	struct db   *db;
	struct actor lead, analyst, engineer, executive, auditor, nobody, finder;
};

static inline struct actor house_person(struct ctx *c, const char *name, int64_t roles)
{
	struct user_draft d = { .name = str_of(name), .mail = STR_CAT(c->arena, str_of(name), S("@example.jp")),
	                        .lang = S("en"), .zone = S("UTC"), .roles = roles };
	user_id id;

	check_ok(c, user_add(c, &d, &id));
	return (struct actor){ .id = id.v, .name = d.name, .roles = (uint32_t)roles, .sight = role_sight(c, roles),
	                       .channel = CHANNEL_WEB, .csrf = S("token"), .zone = S("UTC") };
}

/* The texts of all letters, one after the other. */
static inline str house_post(struct ctx *c)
{
	static const struct db_query  q   = { .sqlite = "SELECT address || char(10) || subject || char(10) || body FROM letter ORDER BY made_at, id",
	                                      .postgres = "", .types = "" };
	struct db_run *r;
	str            text = S("");
	bool           row  = true;

	check_ok(c, db_begin(c, DB_READ, &house_viewer));
	check_ok(c, db_start(c, &q, &r));
	while (db_next(c, r, &row) && row)
		text = STR_CAT(c->arena, text, db_get_text(c, r, 0), S("\n"));
	db_end(r);
	db_rollback(c);
	return text;
}

/* meets ISO-29147 6.2.5 */

/* The services and the hooks, without a database. */
static inline void house_hook(struct house *h, const struct service *const *services, size_t n)
{
	*h = (struct house){ .front = {
		.services = services, .services_n = n, .journal = journal_write, .once_find = once_find,
		.once_keep = once_keep, .draft_drop = draft_drop, .numbered = report_or_case_numbered, .tool = tool_here, .base_url = S_INIT("https://psirt.example.jp"),
		.organisation = S_INIT("Aozora Instruments"), .file_max = 100000, .two_persons = true } };
	journal_key_set(S("0123456789abcdef0123456789abcdef"));
	vault_key_set(S("0123456789abcdef0123456789abcdef"));
}

static inline void house_open_at(struct ctx *c, struct house *h, const struct service *const *services, size_t n, str url)
{
	int64_t applied;

	house_hook(h, services, n);
	check_ok(c, db_open(c, url, &c->db));
	h->db = h->front.db = c->db;
	c->front = &h->front;
	check_ok(c, db_migrate(c, &applied));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	h->lead      = house_person(c, "lead", ROLE_LEAD);
	h->analyst   = house_person(c, "analyst", ROLE_ANALYST);
	h->engineer  = house_person(c, "engineer", ROLE_ENGINEER);
	h->executive = house_person(c, "executive", ROLE_EXECUTIVE);
	h->auditor   = house_person(c, "auditor", ROLE_AUDITOR);
	check_ok(c, db_commit(c));
	h->nobody = (struct actor){ .id = S(""), .name = S(""), .sight = S(""), .zone = S("UTC") };
	c->actor  = &h->nobody;
}

static inline void house_open(struct ctx *c, struct house *h, const struct service *const *services, size_t n)
{
	house_open_at(c, h, services, n, S("sqlite::memory:"));
}

/* The server that PSIRT_TEST_PG names, emptied; none: there is none. */
static inline str house_postgres(struct ctx *c)
{
	static const struct db_query drop = { .postgres = "DROP SCHEMA public CASCADE", .types = "", .writes = true },
		create = { .postgres = "CREATE SCHEMA public", .types = "", .writes = true };
	const char    *url = test_postgres();
	struct db_run *r;

	if (!url)
		return STR_NONE;
	check_ok(c, db_open(c, str_of(url), &c->db) && db_begin(c, DB_WRITE, &db_viewer_all));
	check_ok(c, db_start(c, &drop, &r) && db_exec(c, r, NULL) && db_start(c, &create, &r) && db_exec(c, r, NULL) && db_commit(c));
	db_close(c->db);
	return str_of(url);
}

static inline void house_close(struct ctx *c)
{
	db_close(c->db);
}

/* Arguments as C strings, name and value in turn, ended by NULL. */
static inline bool house_args(struct ctx *c, struct args *a, va_list list)
{
	const char *name;

	while ((name = va_arg(list, const char *))) {
		const char *value = va_arg(list, const char *);
		TRY(args_take(c, a, str_of(name), str_of(value), true));
	}
	return true;
}

/* Is the index of the search what the records say, so that making it anew changes nothing? */
static inline bool house_indexed(struct ctx *c)
{
	struct house_index w = { .after = S("") };

	while (!w.whole)
		check_ok(c, house_index(c, &w));
	return w.made + w.mended + w.dropped == 0;
}

static inline bool house_do_key(struct ctx *c, const struct actor *who, const char *op, str key, struct sheet *out, ...)
{
	const struct op *o = op_find(front_of(c), str_of(op));
	struct args      a;
	va_list          list;
	bool             ok;

	check(o != NULL);
	*out         = (struct sheet){ 0 };
	c->fault     = (struct fault){ 0 };
	c->actor     = who;
	args_init(&a, o->args);
	va_start(list, out);
	ok = house_args(c, &a, list);
	va_end(list);
	return ok && op_call(c, o, &a, key, out);
}
#define house_do(c, who, op, out, ...) house_do_key((c), (who), (op), STR_NONE, (out), __VA_ARGS__)

static inline bool house_see(struct ctx *c, const struct actor *who, const char *view, struct sheet *out, ...)
{
	const struct view *v = view_find(front_of(c), str_of(view));
	struct args        a;
	va_list            list;
	bool               ok;

	check(v != NULL);
	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = who;
	args_init(&a, v->args);
	va_start(list, out);
	ok = house_args(c, &a, list);
	va_end(list);
	return ok && view_call(c, v, &a, out);
}

/* The page that a view drew, as text. */
static inline str house_page(struct ctx *c, const char *view, const struct sheet *s)
{
	struct page *w = NEW(c->arena, struct page);

	page_init(w, c, 4 << 20);
	view_find(front_of(c), str_of(view))->page(w, s->model);
	return buf_str(&w->out);
}

static inline bool house_has(str text, const char *part)
{
	return str_find(text, str_of(part), 0) != SIZE_MAX;
}

/* The rows of a part; 0 when there is no such part. */
static inline size_t house_count(const struct sheet *s, const char *part)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->parts[i].name, part) == 0)
			return s->parts[i].n;
	return 0;
}

/* One cell of a row of a part. */
static inline str house_cell(struct ctx *c, const struct sheet *s, const char *part, size_t row, const char *col)
{
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; strcmp(s->parts[i].name, part) == 0 && k < s->parts[i].cols_n; k++) {
			const struct db_col *d  = &s->parts[i].cols[k];
			const char          *at = (const char *)s->parts[i].rows + row * s->parts[i].stride + d->at;
			if (strcmp(d->name, col) != 0 || row >= s->parts[i].n)
				continue;
			if (d->type == DB_TEXT)
				return *(const str *)(const void *)at;
			if (d->type == DB_BOOL)
				return *(const bool *)at ? S("1") : S("0");
			return str_fmt(c->arena, "%lld", (long long)*(const int64_t *)(const void *)at);
		}
	return S("(no such cell)");
}

#endif
