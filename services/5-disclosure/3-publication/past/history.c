#include "services/5-disclosure/3-publication/past/history.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/text/word.h"
#include "platform/clock.h"

const struct arg history_import_args[] = {
	{ .name = "file", .kind = ARG_FILE, .must = true, .many = true, .label = N_("CSAF documents"),
	  .hint = N_("CSAF 2.0, each at most 15 MiB; up to 60 files at once. Each is kept or refused by itself. Choose signatures (.json.asc) and digests (.json.sha256, .json.sha512) with their documents. psirt advisory import takes whole folders.") },
	{ 0 },
};

/* What became of a file. */
struct arrival {
	str         name;
	bool        read;
	struct past past;
	struct enclosed with;
	struct fault why;
	str         outcome, said, number, edition;
	past_id     id;
	int64_t     differ;
};

struct arrivals { struct arrival *v; size_t n; };

/* A fault of the document alone; any other ends the whole import. */
static bool is_refusal(const struct ctx *c)
{
	enum fault_code k = c->fault.code;

	return c->arena->lack == ARENA_WHOLE && (k == E_SYNTAX || k == E_INVALID || k == E_LIMIT || k == E_CONFLICT || k == E_TYPE);
}

static str name_of(const struct file_part *f)
{
	return utf8_cut(f->name.n ? f->name : S("unnamed"), 250);
}

static bool arrival_read(struct ctx *c, const struct file_part *f, struct arrival *x)
{
	str bytes;

	if (x->why.code)
		return true;
	x->read = file_load(c, f, HISTORY_BYTES, "import.load", &bytes) && past_read(c, x->name, bytes, &x->past) && enclosure_check(c, &x->with, &x->past);
	if (x->read)
		return true;
	x->why = c->fault;
	return is_refusal(c);
}

/* What lies beside a document belongs to it; beside none, it is refused. */
static bool enclosure_take(struct ctx *c, const struct file_part *f, enum beside kind, str of, struct arrivals *all, size_t documents)
{
	struct arrival *to = NULL;
	str             bytes;

	for (size_t i = 0; i < documents && !to; i++)
		if (str_eq(all->v[i].name, of))
			to = &all->v[i];
	if (to && file_load(c, f, HISTORY_BYTES, "import.load", &bytes) && enclosure_put(c, &to->with, kind, name_of(f), bytes))
		return true;
	if (!to) {
		(void)fault(c, E_INVALID, "file", N_("The file {1} came without its document {2}."), name_of(f), of);
		to       = &all->v[all->n++];
		to->name = name_of(f);
	}
	to->why = c->fault;   /* the document is refused with it */
	return is_refusal(c);
}

struct sorting { const struct file_part **documents; size_t n; };

static bool arrivals_sort(struct ctx *c, const struct args *a, size_t n, struct arrivals *all, struct sorting *to)
{
	enum beside kind;
	str         of;

	for (size_t i = 0; i < n; i++) {
		const struct file_part *f = arg_file(a, "file", i);
		if (!enclosure_is(name_of(f), &kind, &of)) {
			all->v[to->n].name    = name_of(f);
			to->documents[to->n++] = f;
		}
	}
	all->n = to->n;
	for (size_t i = 0; i < n; i++)
		if (enclosure_is(name_of(arg_file(a, "file", i)), &kind, &of))
			TRY(enclosure_take(c, arg_file(a, "file", i), kind, of, all, to->n));
	return true;
}

/* Outside the transaction: every document goes through the cage. */
bool history_import_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct arrivals *all = NEW(c->arena, struct arrivals);
	struct sorting   in  = { 0 };
	size_t           n   = 0;

	while (arg_file(a, "file", n))
		n++;
	if (n > HISTORY_FILES)
		return fault(c, E_LIMIT, "file", N_("At most {1} files are imported at once."), str_fmt(c->arena, "%d", HISTORY_FILES));
	all->v       = NEWS(c->arena, struct arrival, n + 1);
	in.documents = NEWS(c->arena, const struct file_part *, n + 1);
	TRY(arrivals_sort(c, a, n, all, &in));
	for (size_t i = 0; i < in.n; i++)
		TRY(arrival_read(c, in.documents[i], &all->v[i]));
	if (all->n == 1 && !all->v[0].read) {
		c->fault = all->v[0].why;
		return false;
	}
	c->fault   = (struct fault){ 0 };
	out->model = all;
	crash_point("import.read");
	return true;
}

static bool arrival_keep(struct ctx *c, struct arrival *x, bool alone)
{
	enum past_outcome how = PAST_THERE;
	bool ok = x->read && past_store(c, &x->past, &x->id, &how) && enclosure_keep(c, &x->with, x->id);

	if (x->read && !ok) {
		x->why = c->fault;
		if (alone || !is_refusal(c))
			return false;
	}
	if (!ok) {
		x->outcome = S("refused");
		x->said    = word_fault(c, &x->why);
		c->fault   = (struct fault){ 0 };
		return true;
	}
	x->number  = x->past.number;
	x->edition = x->past.edition;
	x->differ  = x->past.differ;
	x->outcome = how == PAST_STORED ? S("stored") : S("there");
	return true;
}

static bool receipt_keep(struct ctx *c, batch_id batch, size_t i, const struct arrival *x)
{
	return sql_past_receipt_insert(c, batch, (int64_t)i, x->name, x->outcome, x->said.n ? x->said : S(""), x->id,
	                               past_holder(c, &x->past),
	                               (user_id){ c->actor->id }, c->now);
}

static const struct db_col arrival_cols[] = {
	{ "file", DB_TEXT, offsetof(struct arrival, name) },       { "outcome", DB_TEXT, offsetof(struct arrival, outcome) },
	{ "number", DB_TEXT, offsetof(struct arrival, number) },   { "edition", DB_TEXT, offsetof(struct arrival, edition) },
	{ "differ", DB_INT, offsetof(struct arrival, differ) },    { "id", DB_TEXT, offsetof(struct arrival, id) },
	{ "why", DB_TEXT, offsetof(struct arrival, said) },
};

static void told(struct arrivals *all, batch_id batch, struct ctx *c, struct sheet *out)
{
	const struct arrival *x = &all->v[0];
	bool                  there = str_eq(x->outcome, S("there"));

	sheet_add(out, "files", false, arrival_cols, sizeof(arrival_cols) / sizeof(arrival_cols[0]), all->v, all->n, sizeof(*all->v));
	out->model = NULL;
	if (all->n > 1) {
		out->next = STR_CAT(c->arena, S("/history/imports/"), batch.v);
		out->said = S(N_("The files were read; each is listed with what became of it."));
		return;
	}
	out->object = x->id.v;
	out->next   = x->id.v.n ? STR_CAT(c->arena, S("/history/"), x->id.v) : S("/history");
	out->said   = there ? S(N_("This document is here already; nothing was changed.")) : S(N_("The document was imported."));
}

/* meets FIRST-1.1 5.3.2: what was published before stays at hand */
bool history_import(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct arrivals *all   = NEW(c->arena, struct arrivals);
	const struct arrivals *had = out->model;
	batch_id         batch = { random_id(c) };

	(void)a;
	all->n = had->n;
	all->v = NEWS(c->arena, struct arrival, had->n + 1);
	for (size_t i = 0; i < all->n; i++) {
		all->v[i] = had->v[i];   /* run may run again: what prepare found stays as it is */
		TRY(arrival_keep(c, &all->v[i], all->n == 1));
		if (all->n > 1)
			TRY(receipt_keep(c, batch, i, &all->v[i]));
	}
	told(all, batch, c, out);
	return true;
}
