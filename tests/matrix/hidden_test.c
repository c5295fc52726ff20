#include "tests/matrix/world_test.h"

#include "platform/op/render.h"

/*
 * Non-interference: two databases that differ only in what a viewer may not
 * see give the same bytes, in every view, for every role, as JSON and as page.
 */

enum { HIDDEN_CASES = 40 };   /* each with a report, a file, vulnerabilities, messages, notes, letters */

struct reply { const char *view; size_t role; str label, bytes; };
struct replies { LIST(struct reply) list; };

static const char *const queries[] = {
	"overflow", "buffer overflow", "hidden", "脆弱性", "鍵", "認証", "バッファ", "R-2026", "PSIRT-2026-0003", "kestrel",
	"proof", "member", "nothing of this kind",
};

static void fault_print(struct buf *b, const struct fault *f)
{
	buf_fmt(b, "fault %s at %.*s: %s", fault_name(f->code), STR_ARG(f->where), f->text ? f->text : "");
	for (size_t i = 0; i < sizeof(f->arg) / sizeof(f->arg[0]); i++)
		buf_fmt(b, " [%.*s]", STR_ARG(f->arg[i]));
}

static void see(struct ctx *c, struct world *w, struct replies *out, const struct view *v, size_t role, const struct args *given, str label)
{
	struct sheet s = { 0 };
	struct args  a = *given;
	struct buf   b;
	struct page  p;

	c->fault = (struct fault){ 0 };
	c->actor = &w->who[role];
	c->now  += SECOND;
	world_dice(c, 4);
	buf_init(&b, c->arena, 8 << 20);
	if (!view_call(c, v, &a, &s)) {
		fault_print(&b, &c->fault);
	} else {
		render_json(c, &b, &s);
		buf_add(&b, s.raw);
		if (v->page) {
			page_init(&p, c, 4 << 20);
			v->page(&p, s.model);
			buf_add(&b, buf_str(&p.out));
		}
	}
	check(!b.full);
	check(list_push(c->arena, &out->list, (struct reply){ v->name, role, label, buf_str(&b) }));
}

/* The visible ids for an argument of a path, by the word before it; none: a word that fits nothing. */
static str id_for(const struct world *w, const char *path, const char *name, size_t nth)
{
	str p = str_of(path);

	if (strcmp(name, "file") == 0)
		return w->seen.file;
	if (strcmp(name, "vuln") == 0)
		return w->seen.vuln;
	if (str_find(p, S("/cases/"), 0) != SIZE_MAX)
		return nth ? w->seen_case_2 : w->seen.casefile;
	if (str_find(p, S("/reports/"), 0) != SIZE_MAX)
		return nth ? w->seen_report_2 : w->seen.report;
	if (str_find(p, S("/questions/"), 0) != SIZE_MAX)
		return w->seen.question;
	if (str_find(p, S("/editions/"), 0) != SIZE_MAX)
		return w->seen.edition;
	if (strcmp(name, "product") == 0 || str_find(p, S("/products/"), 0) != SIZE_MAX)
		return w->seen.product;
	return nth ? w->keeper.id : w->seen.person;
}

static str must_for(const struct world *w, const struct view *v, const struct arg *d, size_t nth)
{
	if (d->kind == ARG_ID)
		return id_for(w, v->path, d->name, nth);
	if (strcmp(d->name, "number") == 0)
		return nth ? S("3.1") : S("2.1");
	if (strcmp(d->name, "vector") == 0)
		return S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
	return S("x");
}

/* One view as one role: plain, with the second object, with each choice, each flag, each query. */
static void vary(struct ctx *c, struct world *w, struct replies *out, const struct view *v, size_t role, size_t nth,
                 const struct arg *d, str value)
{
	struct args a;
	str         label = d ? STR_CAT(c->arena, str_of(d->name), S("="), value) : nth ? S("second") : S("first");

	args_init(&a, v->args);
	for (const struct arg *m = v->args; m->name; m++)
		if (m != d && (m->must || strchr(v->path, ':')) && (m->must || strcmp(m->name, "number") == 0))
			check_ok(c, args_take(c, &a, str_of(m->name), must_for(w, v, m, nth), true));
	if (d)
		check_ok(c, args_take(c, &a, str_of(d->name), value, true));
	see(c, w, out, v, role, &a, label);
}

static void vary_all(struct ctx *c, struct world *w, struct replies *out, const struct view *v, size_t role)
{
	vary(c, w, out, v, role, 0, NULL, STR_NONE);
	vary(c, w, out, v, role, 1, NULL, STR_NONE);
	for (const struct arg *d = v->args; d->name; d++) {
		if (d->kind == ARG_CHOICE)
			for (const struct choice *o = d->choices; o->value; o++)
				vary(c, w, out, v, role, 0, d, str_of(o->value));
		if (d->kind == ARG_BOOL)
			vary(c, w, out, v, role, 0, d, S("1"));
		for (size_t i = 0; strcmp(d->name, "q") == 0 && i < sizeof(queries) / sizeof(queries[0]); i++)
			vary(c, w, out, v, role, 0, d, str_of(queries[i]));
		if (strcmp(d->name, "from") == 0)
			vary(c, w, out, v, role, 0, d, S("1"));
		if (!d->must && d->kind == ARG_ID)
			vary(c, w, out, v, role, 0, d, strcmp(d->name, "owner") == 0 ? w->keeper.id : id_for(w, v->path, d->name, 0));
	}
}

/* sql: what is done to the database before anybody looks, statements ending in ";", or "". */
static void look_after(struct ctx *c, const struct service *extra, int hidden, const char *sql, struct replies *out)
{
	struct world w;

	out->list.max = 100000;
	world_open(c, &w, extra, hidden);
	world_spoil(c, sql);
	for (size_t role = 0; role < WORLD_ROLES; role++)
		for (size_t i = 0; i < w.h.front.services_n; i++)
			for (const struct view *v = w.h.front.services[i]->views; v && v->name; v++)
				if (may(&w.who[role], v->may) && (!extra || w.h.front.services[i] == extra))
					vary_all(c, &w, out, v, role);
	house_close(c);
}

static void look(struct ctx *c, const struct service *extra, int hidden, struct replies *out)
{
	look_after(c, extra, hidden, "", out);
}

/* Lines on the replies that differ, with the first bytes that do. */
static str differences(struct ctx *c, const struct replies *a, const struct replies *b)
{
	struct buf out;

	buf_init(&out, c->arena, 1 << 20);
	check_int(a->list.n, b->list.n);
	for (size_t i = 0; i < a->list.n; i++) {
		const struct reply *x = &a->list.v[i], *y = &b->list.v[i];
		size_t              at = 0;
		if (str_eq(x->bytes, y->bytes))
			continue;
		while (at < x->bytes.n && at < y->bytes.n && x->bytes.p[at] == y->bytes.p[at])
			at++;
		at = at > 40 ? at - 40 : 0;
		buf_fmt(&out, "%s as %s (%.*s): %.*s | %.*s\n", x->view, world_roles[x->role], STR_ARG(x->label),
		        STR_ARG(str_slice(x->bytes, at, at + 90)), STR_ARG(str_slice(y->bytes, at, at + 90)));
	}
	return buf_str(&out);
}

TEST(what_one_may_not_see_changes_no_byte_of_any_view)
{
	struct replies without, with;

	without = with = (struct replies){ 0 };
	look(c, NULL, 0, &without);
	look(c, NULL, HIDDEN_CASES, &with);
	check(without.list.n > 500);
	check_str(differences(c, &without, &with), S(""));
}

/* ---- seeded leaks: views that read past the guards ---- */

struct leak { str text; };

static const struct db_col leak_cols[] = { { "text", DB_TEXT, offsetof(struct leak, text) } };

static bool leak_show(struct ctx *c, const char *sql, struct sheet *out)
{
	struct leak *l = NEW(c->arena, struct leak);

	TRY(world_text(c, sql, &l->text));
	sheet_add(out, "leak", true, leak_cols, 1, l, 1, sizeof(*l));
	return true;
}

#define LEAK(id, sql) \
	static bool id(struct ctx *c, const struct args *a, struct sheet *out) { (void)a; return leak_show(c, sql, out); }

LEAK(leak_none, "SELECT count(*) || group_concat(number) FROM see_casefile")
LEAK(leak_count, "SELECT count(*) FROM casefile")
LEAK(leak_counter, "SELECT max(value) FROM counter")
LEAK(leak_search, "SELECT group_concat(title) FROM find_piece WHERE body LIKE '%overflow%'")
LEAK(leak_id, "SELECT id FROM report ORDER BY received_at DESC, id LIMIT 1")
LEAK(leak_feed, "SELECT group_concat(number) FROM (SELECT number FROM casefile ORDER BY changed_at DESC LIMIT 5)")
LEAK(leak_newest, "SELECT max(at) FROM timeline")
LEAK(leak_people, "SELECT count(*) FROM case_member")
LEAK(leak_letters, "SELECT count(*) FROM letter")

static const struct arg no_args[] = { { 0 } };

#define LEAKY(id) { .name = #id, .path = "GET /" #id, .may = MAY_ANYONE, .args = no_args, .rows = id, .help = #id }
static const struct view leaks[] = {
	LEAKY(leak_none), LEAKY(leak_count), LEAKY(leak_counter), LEAKY(leak_search), LEAKY(leak_id), LEAKY(leak_feed),
	LEAKY(leak_newest), LEAKY(leak_people), LEAKY(leak_letters), { 0 },
};
static const struct service leaking = { .number = "9.9", .title = "Leaks", .views = leaks };

TEST(seeded_leaks_in_count_search_id_and_feed_are_each_caught)
{
	struct replies without, with;
	str            found;

	without = with = (struct replies){ 0 };
	look(c, &leaking, 0, &without);
	look(c, &leaking, 2, &with);
	found = differences(c, &without, &with);
	for (const struct view *v = leaks; v->name; v++)
		for (size_t role = 0; role < WORLD_ROLES; role++) {
			str line = STR_CAT(c->arena, str_of(v->name), S(" as "), str_of(world_roles[role]), S(" "));
			check_int(str_find(found, line, 0) != SIZE_MAX, v != leaks);
		}
}

/* ---- the guards themselves: each one alone ---- */

/* How many rows each guarded or published view of the database shows to the viewer. */
static bool guard_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct leak *l = NEW(c->arena, struct leak);
	struct buf   b;
	str          names, name, n;

	(void)a;
	buf_init(&b, c->arena, 1 << 16);
	TRY(world_text(c, "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name)", &names));
	while (str_cut(&names, ',', &name)) {
		TRY(world_text(c, cstr(c->arena, STR_CAT(c->arena, S("SELECT count(*) FROM "), name)), &n));
		buf_fmt(&b, "%.*s %.*s\n", STR_ARG(name), STR_ARG(n));
	}
	l->text = buf_str(&b);
	sheet_add(out, "guards", true, leak_cols, 1, l, 1, sizeof(*l));
	return true;
}

static const struct view guard_views[] = { LEAKY(guard_rows), { 0 } };
static const struct service guarding = { .number = "9.8", .title = "Guards", .views = guard_views };

/*
 * Drafts with a document and its signature: none is made before an edition goes out, when everybody may see
 * it; and TLP:RED documents with what they would be in CSAF 2.1.  If one were made, its guard alone would hide it.
 */
#define WITH_DOCUMENTS \
	"INSERT INTO document (edition, kind, path, bytes, sha256, sha512, made_at) SELECT id, 'csaf', 'secret.json', x'7B7D', 's', 's', 0 " \
	"FROM edition WHERE state <> 'published'; INSERT INTO signature (edition, kind, fingerprint, bytes, made_at) " \
	"SELECT id, 'csaf', 's', x'00', 0 FROM edition WHERE state <> 'published'; INSERT INTO successor (edition, valid, bytes, sha256, " \
	"sha512, remarks, rules, made_at, fingerprint) SELECT id, 1, x'7B7D', 's', 's', 1, 'r', 0, '' FROM past_edition WHERE holder <> ''; " \
	"INSERT INTO successor_remark (edition, ordinal, class, test, pointer, body, one, two) SELECT id, 0, 'error', 's', 's', 's', 's', 's' " \
	"FROM past_edition WHERE holder <> '';"

TEST(each_guarded_table_alone_hides_the_rows_of_what_is_hidden)
{
	struct replies without, with;

	without = with = (struct replies){ 0 };
	look_after(c, &guarding, 0, WITH_DOCUMENTS, &without);
	look_after(c, &guarding, 2, WITH_DOCUMENTS, &with);
	check(house_has(without.list.v[0].bytes, "see_casefile"));
	check(house_has(without.list.v[0].bytes, "see_question"));
	check_str(differences(c, &without, &with), S(""));
}

#if defined(__SANITIZE_ADDRESS__)
enum { GUARD_STEP = 6 };   /* all of them are tried without sanitizers */
#else
enum { GUARD_STEP = 1 };
#endif

TEST(taking_any_single_guard_away_is_caught)
{
	struct replies without, open;
	struct world   w;
	str            names, name;
	size_t         n = 0;

	without = (struct replies){ 0 };
	look_after(c, &guarding, 0, WITH_DOCUMENTS, &without);
	world_open(c, &w, NULL, 0);
	names = str_dup(c->arena, world_read(c, "SELECT group_concat(substr(name, 5)) FROM sqlite_schema WHERE type = 'view' AND name LIKE 'see!_%' ESCAPE '!'"));
	house_close(c);
	for (; str_cut(&names, ',', &name); n++) {
		if (n % GUARD_STEP)
			continue;
		open = (struct replies){ 0 };
		look_after(c, &guarding, 2, cstr(c->arena, STR_CAT(c->arena, S(WITH_DOCUMENTS "DROP VIEW see_"), name,
		           S("; CREATE VIEW see_"), name, S(" AS SELECT * FROM "), name, S(";"))), &open);
		if (!differences(c, &without, &open).n)
			check_str(name, S("a guard without effect"));
	}
	check(n >= 20);
}
