#include "platform/op/op.h"

#include <openssl/evp.h>

#include "base/buf.h"
#include "platform/op/opening.h"

enum { LOST = 2 };

void sheet_add(struct sheet *s, const char *name, bool one, const struct db_col *cols,
               size_t cols_n, const void *rows, size_t n, size_t stride)
{
	if (s->n == PARTS_MAX)
		abort();
	s->parts[s->n++] = (struct part){ name, cols, cols_n, rows, n, stride, one };
}

static bool allowed(struct ctx *c, uint32_t who)
{
	if (may(c->actor, who))
		return true;
	if (!c->actor || c->actor->id.n == 0)
		return fault(c, E_AUTH, NULL, NULL);
	return fault(c, E_FORBIDDEN, NULL, NULL);
}

/* SHA-256 over the arguments: what a replay must repeat. */
static str args_digest(struct ctx *c, const struct args *a)
{
	str          *head = NEWS(c->arena, str, a->given.n + 1);
	EVP_MD_CTX   *md;
	unsigned char out[32];
	struct buf    b;

	for (size_t i = 0; i < a->given.n; i++)
		head[i] = str_fmt(c->arena, "%s %zu %lld\n", a->given.v[i].arg->name, a->given.v[i].value.n,
		                  a->given.v[i].file ? (long long)a->given.v[i].file->size : -1LL);
	md = EVP_MD_CTX_new();   /* nothing is allocated from the arena while it is held */
	EVP_DigestInit_ex(md, EVP_sha256(), NULL);
	for (size_t i = 0; i < a->given.n; i++) {
		const struct given *g = &a->given.v[i];
		EVP_DigestUpdate(md, head[i].p, head[i].n);
		EVP_DigestUpdate(md, g->value.p ? g->value.p : "", g->value.n);
	}
	EVP_DigestFinal_ex(md, out, NULL);
	EVP_MD_CTX_free(md);
	buf_init(&b, c->arena, 64);
	buf_hex(&b, out, 32);
	return buf_str(&b);
}

static struct journal_entry entry_of(const char *verb, bool read, const struct sheet *s)
{
	return (struct journal_entry){ verb, read, s->report.n ? s->report : s->casefile, s->object, s->note };
}

/* What a replay answers: where to go next and what was made; no secret is kept. */
static str result_print(struct ctx *c, const struct sheet *s)
{
	return STR_CAT(c->arena, s->object, S("\n"), s->next, S("\n"), s->said);
}

static void result_parse(str kept, struct sheet *s)
{
	(void)str_cut(&kept, '\n', &s->object);
	(void)str_cut(&kept, '\n', &s->next);
	(void)str_cut(&kept, '\n', &s->said);
}

bool op_in_path(const struct op *o, const char *name)
{
	str rest = str_of(o->path), part;

	while (str_cut(&rest, '/', &part))
		if (part.n && part.p[0] == ':' && str_eq(str_slice(part, 1, part.n), str_of(name)))
			return true;
	return false;
}

str op_place(struct ctx *c, const struct op *o, str (*value_of)(const void *arg, const char *name), const void *arg)
{
	struct buf b;
	char       sep = '?';

	buf_init(&b, c->arena, 1000);
	buf_add(&b, str_of(o->name));
	for (const struct arg *a = o->args; a && a->name; a++) {
		if (!op_in_path(o, a->name))
			continue;
		buf_char(&b, sep);
		buf_add(&b, str_of(a->name));
		buf_char(&b, '=');
		buf_add(&b, value_of(arg, a->name));
		sep = '&';
	}
	return buf_str(&b);
}

static str place_value(const void *arg, const char *name)
{
	return arg_str(arg, name);
}

/* What the actor had typed and not sent is done with. */
static bool draft_end(struct ctx *c, const struct op *o, const struct args *a)
{
	const struct front *f = front_of(c);

	if (!(o->flags & OP_DRAFT) || !f->draft_drop || !c->actor || !c->actor->id.n)
		return true;
	return f->draft_drop(c, op_place(c, o, place_value, a));
}

/* Numbers that were given instead of ids. What is hidden is absent here too. */
static bool numbers_resolve(struct ctx *c, struct args *a)
{
	const struct front *f = front_of(c);

	for (size_t i = 0; i < a->given.n; i++) {
		struct given *g     = &a->given.v[i];
		bool          found = false;
		if (g->arg->kind != ARG_ID || !arg_is_number(g->value))
			continue;
		if (f->numbered)
			TRY(f->numbered(c, g->value, &found, &g->value));
		if (!found)
			return fault(c, E_NOTFOUND, g->arg->name, NULL);
	}
	return true;
}

/* One try, inside a transaction that the caller opened. */
static bool try_run(struct ctx *c, const struct op *o, struct args *a, str key,
                    str digest, struct sheet *out)
{
	const struct front *f     = front_of(c);
	bool                found = false;
	str                 kept  = STR_NONE;

	if (key.n && f->once_find) {
		TRY(f->once_find(c, key, str_of(o->name), digest, &found, &kept));
		if (found) {
			result_parse(kept, out);
			return true;
		}
	}
	TRY(numbers_resolve(c, a));
	TRY(o->run(c, a, out));
	TRY(draft_end(c, o, a));
	if (f->journal && !(o->flags & OP_QUIET)) {
		struct journal_entry e = entry_of(o->name, false, out);
		TRY(f->journal(c, &e));
	}
	if (key.n && f->once_keep)
		TRY(f->once_keep(c, key, str_of(o->name), digest, result_print(c, out)));
	return true;
}

/* The connection broke before the commit: all of it was rolled back, and running it again is safe. */
static bool lost(const struct ctx *c)
{
	return c->fault.code == E_UNAVAILABLE && c->arena->lack == ARENA_WHOLE;
}

/*
 * Is another try worth it?  After a commit that nobody answered (E_DOUBT) only
 * with a replay key: the next try finds by it whether the first was stored.
 */
static bool again(struct ctx *c, int tries, str key)
{
	if (c->fault.code == E_BUSY)
		return db_again(c, tries);
	return (lost(c) || (c->fault.code == E_DOUBT && key.n)) && tries <= LOST;
}

/* Given up; if a commit was not answered, that is what is told. */
static bool give_up(struct ctx *c, bool doubt, str key)
{
	if (!doubt)
		return false;
	if (key.n)
		return fault(c, E_UNAVAILABLE, NULL, N_("The database could not be reached while this was stored. Please send it again in a moment: it is stored once only."));
	return fault(c, E_DOUBT, NULL, N_("The connection to the database was lost at the last moment: this may or may not have been stored. Look whether it is there before you send it again."));
}

struct op_work { const struct op *o; struct args *a; str key; struct sheet *out; };

static bool op_work(struct ctx *c, void *arg)
{
	struct op_work  *w   = arg;
	const struct op *o   = w->o;
	struct args     *a   = w->a;
	str              key = w->key;
	struct sheet    *out = w->out;
	struct db_viewer v = viewer_of(c);
	struct sheet     before;
	str              digest;
	bool             doubt = false;

	TRY(allowed(c, o->may));
	TRY(args_check(c, a));
	if (!(o->flags & OP_ONCE))
		key = STR_NONE;
	digest    = key.n ? args_digest(c, a) : STR_NONE;
	out->once = key.n ? STR_CAT(c->arena, digest, S(" "), key) : STR_NONE;
	if (o->prepare)
		TRY(o->prepare(c, a, out));
	before = *out;
	for (int i = 0;; i++) {
		*out = before;
		if (!db_begin(c, DB_WRITE, &v))
			return give_up(c, doubt, key);
		if (try_run(c, o, a, key, digest, out) && db_commit(c))
			return true;
		db_rollback(c);
		doubt = doubt || c->fault.code == E_DOUBT;
		if (!again(c, i + 1, key))
			return give_up(c, doubt, key);
	}
}

bool op_call(struct ctx *c, const struct op *o, struct args *a, str key, struct sheet *out)
{
	struct op_work w  = { o, a, key, out };
	bool           ok = ctx_net(c, op_work, &w);

	db_rollback(c);   /* what was left in the middle */
	return ok;
}

struct view_work { const struct view *v; struct args *a; struct sheet *out; };

static bool view_work(struct ctx *c, void *arg)
{
	struct view_work  *w   = arg;
	const struct view *v   = w->v;
	struct args       *a   = w->a;
	struct sheet      *out = w->out;
	struct db_viewer   who = viewer_of(c);
	struct journal_entry e;
	bool               ok;

	TRY(allowed(c, v->may));
	TRY(args_check(c, a));
	for (int i = 1;; i++) {
		struct sheet before = *out;
		TRY(c->tx ? db_turn(c, &who) : db_begin(c, DB_READ, &who));
		ok = numbers_resolve(c, a) && v->rows(c, a, out);
		db_rollback(c);
		if (ok || !lost(c) || i > LOST)
			break;
		*out = before;
	}
	TRY(ok && ctx_whole(c));
	if (!v->opens)
		return true;
	e = entry_of(v->name, true, out);
	return opening_note(c, &e);
}

bool view_call(struct ctx *c, const struct view *v, struct args *a, struct sheet *out)
{
	struct view_work w  = { v, a, out };
	bool             ok = ctx_net(c, view_work, &w);

	db_rollback(c);
	return ok;
}
