#include "platform/db/db.h"

#include <math.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/db/driver.h"

/* A test wants this to fail. */
static bool spoiled(struct ctx *c, const char *what)
{
	return point_fails(POINT_STATEMENT, what) &&
	       !db_broken(c, E_DATABASE, NULL, N_("Database: {1} ({2})"), S("spoiled by a test"), str_of(what));
}

const struct db_viewer db_viewer_all = { S_INIT(""), S_INIT("*") };

bool db_open(struct ctx *c, str url, struct db **out)
{
	if (str_starts(url, S("sqlite:")))
		return db_open_sqlite(c, str_slice(url, 7, url.n), out);
	if (str_starts(url, S("postgresql:")) || str_starts(url, S("postgres:")))
		return db_open_postgres(c, url, out);
	return fault(c, E_INVALID, "database",
	             N_("A database is named sqlite:PATH or postgresql://…"));
}

void db_close(struct db *db)
{
	if (db)
		db->driver->close(db);
}

enum db_kind db_kind(const struct db *db)
{
	return db->driver->kind;
}

const struct db_viewer db_nobody = { S_INIT(""), S_INIT("") };

bool db_begin(struct ctx *c, enum db_mode mode, const struct db_viewer *viewer)
{
	if (c->tx)
		return fault(c, E_STATE, NULL, N_("A transaction is already running."));
	if (spoiled(c, "begin"))
		return false;
	return c->db->driver->begin(c, mode, viewer ? viewer : &db_nobody);
}

bool db_turn(struct ctx *c, const struct db_viewer *viewer)
{
	if (!c->tx || c->tx->mode != DB_READ || c->tx->broken || c->tx->runs)
		return fault(c, E_STATE, NULL, N_("No transaction is running."));
	if (c->db->driver->turn)
		return c->db->driver->turn(c, viewer);
	db_rollback(c);
	return db_begin(c, DB_READ, viewer);
}

bool db_commit(struct ctx *c)
{
	if (!c->tx)
		return fault(c, E_STATE, NULL, N_("No transaction is running."));
	if (c->tx->broken) {
		db_rollback(c);
		return fault(c, E_STATE, NULL, N_("The transaction had failed before."));
	}
	if (!ctx_whole(c) || spoiled(c, "commit")) {
		db_rollback(c);
		return false;
	}
	crash_point("commit.before");
	TRY(c->db->driver->commit(c));
	crash_point("commit.after");
	return true;
}

void db_rollback(struct ctx *c)
{
	if (!c->tx)
		return;
	while (c->tx->runs)   /* of work that was left in the middle */
		db_end(c->tx->runs);
	c->db->driver->rollback(c);
}

bool db_again(struct ctx *c, int tried)
{
	enum { SHORTEST = 1000, LONGEST = 256 * SHORTEST };   /* microseconds */
	int      most   = tried < 9 ? SHORTEST << (tried - 1) : LONGEST;
	uint32_t chance = 0;

	if (c->fault.code != E_BUSY || tried >= DB_TRIES)
		return false;
	c->random(&chance, sizeof(chance));
	(void)usleep((useconds_t)(most / 2 + (int)(chance % (uint32_t)(most / 2))));
	return true;
}

bool db_hasten(struct ctx *c)
{
	return c->db->driver->hasten(c);
}

bool db_checkpoint(struct ctx *c)
{
	return c->db->driver->checkpoint(c);
}

bool db_backup(struct ctx *c, str path)
{
	return c->db->driver->backup(c, path);
}

struct db_load db_load(struct db *db)
{
	return db->driver->load(db);
}

bool db_verify(struct ctx *c)
{
	return c->db->driver->verify(c);
}

/* A text cut short by the end of memory must not reach a database, which would keep it. */
const char *db_compose(struct ctx *c, enum db_kind kind, const struct db_query *q,
                       const struct db_piece *pieces, size_t n, uint32_t mask)
{
	struct buf b;

	if (!n)
		return kind == DB_SQLITE ? q->sqlite : q->postgres;
	buf_init(&b, c->arena, 1 << 20);
	for (size_t i = 0; i < n; i++)
		if ((pieces[i].need & mask) == pieces[i].need)
			buf_add(&b, str_of(kind == DB_SQLITE ? pieces[i].sqlite : pieces[i].postgres));
	buf_char(&b, '\0');
	if (!b.full)
		return buf_str(&b).p;
	c->tx->broken = true;
	if (ctx_whole(c))
		(void)fault(c, E_LIMIT, NULL, N_("The statement {1} is too long."), str_of(q->name ? q->name : "statement"));
	return NULL;
}

bool db_start_pieces(struct ctx *c, const struct db_query *q, const struct db_piece *pieces,
                     size_t n, uint32_t mask, struct db_run **out)
{
	if (!c->tx)
		return fault(c, E_STATE, NULL, N_("No transaction is running."));
	if (c->tx->broken)
		return fault(c, E_STATE, NULL, N_("The transaction had failed before."));
	if (q->writes && c->tx->mode != DB_WRITE)
		return fault(c, E_STATE, NULL, N_("A reading transaction cannot write."));
	if (spoiled(c, q->name ? q->name : "statement"))
		return false;
	TRY(c->db->driver->start(c, q, pieces, n, mask, out));
	(*out)->next = c->tx->runs;
	c->tx->runs  = *out;
	return true;
}

bool db_start(struct ctx *c, const struct db_query *q, struct db_run **out)
{
	return db_start_pieces(c, q, NULL, 0, 0, out);
}

static const struct db_driver *driver_of(const struct db_run *r)
{
	return r->tx->db->driver;
}

void db_put_text(struct db_run *r, int i, str v)
{
	if (str_is_none(v))
		driver_of(r)->put_null(r, i);
	else if (v.n && memchr(v.p, 0, v.n))
		r->nul = true;
	else
		driver_of(r)->put_text(r, i, v);
}

void db_put_blob(struct db_run *r, int i, str v)
{
	if (str_is_none(v))
		driver_of(r)->put_null(r, i);
	else
		driver_of(r)->put_blob(r, i, v);
}

void db_put_int(struct db_run *r, int i, int64_t v)
{
	if (v == INT_NONE)
		driver_of(r)->put_null(r, i);
	else
		driver_of(r)->put_int(r, i, v);
}

void db_put_bool(struct db_run *r, int i, bool v)
{
	driver_of(r)->put_int(r, i, v);
}

void db_put_real(struct db_run *r, int i, double v)
{
	if (isnan(v))
		driver_of(r)->put_null(r, i);
	else
		driver_of(r)->put_real(r, i, v);
}

bool db_next(struct ctx *c, struct db_run *r, bool *row)
{
	*row = false;
	if (r->nul)
		return fault(c, E_INVALID, NULL, N_("A text may not hold the character NUL."));
	if (spoiled(c, r->q->name ? r->q->name : "statement"))
		return false;
	return driver_of(r)->next(c, r, row);
}

/* A copy in the arena, with a NUL behind it; NULL bytes when it does not fit. */
static str copy_bytes(struct arena *a, str s)
{
	char *p = s.n < SIZE_MAX ? arena_room(a, s.n + 1) : NULL;

	if (!p)
		return STR_NONE;
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (str){ p, s.n };
}

static bool take_bytes(struct arena *a, struct db_run *r, int i, bool blob, str *out)
{
	str s;

	*out = STR_NONE;
	if (!driver_of(r)->get_bytes(r, i, blob, &s))
		return true;
	*out = copy_bytes(a, s);
	return !str_is_none(*out);
}

str db_get_text(struct ctx *c, struct db_run *r, int i)
{
	str s;

	return take_bytes(c->arena, r, i, false, &s) ? s : STR_NONE;
}

str db_get_blob(struct ctx *c, struct db_run *r, int i)
{
	str s;

	return take_bytes(c->arena, r, i, true, &s) ? s : STR_NONE;
}

int64_t db_get_int(struct db_run *r, int i)
{
	int64_t v;

	return driver_of(r)->get_int(r, i, &v) ? v : INT_NONE;
}

double db_get_real(struct db_run *r, int i)
{
	double v;

	return driver_of(r)->get_real(r, i, &v) ? v : (double)NAN;
}

int64_t db_changed(const struct db_run *r)
{
	return r->changed;
}

void db_end(struct db_run *r)
{
	for (struct db_run **at = &r->tx->runs; *at; at = &(*at)->next)
		if (*at == r) {
			*at = r->next;
			break;
		}
	driver_of(r)->end(r);
}

static bool take_row(struct ctx *c, struct arena *a, struct db_run *r,
                     const struct db_col *cols, size_t n, void *row)
{
	bool ok = true;

	for (size_t i = 0; i < n && ok; i++) {
		char *at = (char *)row + cols[i].at;

		switch (cols[i].type) {
		case DB_TEXT: ok = take_bytes(a, r, (int)i, false, (str *)(void *)at); break;
		case DB_BLOB: ok = take_bytes(a, r, (int)i, true, (str *)(void *)at); break;
		case DB_INT:
		case DB_TIME: *(int64_t *)(void *)at = db_get_int(r, (int)i); break;
		case DB_REAL: *(double *)(void *)at = db_get_real(r, (int)i); break;
		case DB_BOOL: *(bool *)at = db_get_int(r, (int)i) == 1; break;
		}
	}
	return ok || fault(c, E_LIMIT, NULL, N_("The answer is larger than the memory of this work."));
}

static bool one_row(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
                    void *out, bool *found)
{
	bool row;

	TRY(db_next(c, r, &row));
	if (found)
		*found = row;
	if (!row)
		return found || fault(c, E_NOTFOUND, NULL, N_("There is nothing here."));
	return take_row(c, c->arena, r, cols, n, out);
}

bool db_one(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
            void *out, bool *found)
{
	bool ok = one_row(c, r, cols, n, out, found);

	db_end(r);
	return ok;
}

static bool many_rows(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
                      size_t row_size, size_t max, void **rows, size_t *count)
{
	size_t cap = 0;
	bool   row;

	*rows  = NULL;
	*count = 0;
	for (;;) {
		TRY(db_next(c, r, &row));
		if (!row)
			return true;
		if (!list_grow(c->arena, rows, *count, &cap, max, row_size))
			return fault(c, E_LIMIT, NULL, N_("There are more rows than can be shown."));
		TRY(take_row(c, c->arena, r, cols, n, (char *)*rows + *count * row_size));
		++*count;
	}
}

bool db_many(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
             size_t row_size, size_t max, void **rows, size_t *count)
{
	bool ok = many_rows(c, r, cols, n, row_size, max, rows, count);

	db_end(r);
	return ok;
}

bool db_each(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
             size_t row_size, bool (*row)(struct ctx *c, void *arg, const void *row), void *arg)
{
	void *one = arena_must(c->arena, 1, row_size);
	bool  ok, more;

	while ((ok = db_next(c, r, &more)) && more) {
		struct arena a;

		arena_init(&a, ARENA_MAX);
		ok = take_row(c, &a, r, cols, n, one) && row(c, arg, one);
		arena_done(&a);
		if (!ok)
			break;
	}
	db_end(r);
	return ok;
}

bool db_looks_ahead(const struct ctx *c)
{
	return c->tx && c->tx->mode == DB_READ && !c->tx->broken && c->db->driver->ahead;
}

bool db_ahead(struct ctx *c, struct db_run *r)
{
	bool ok = r->nul || driver_of(r)->ahead(c, r);   /* what cannot be asked is told when it is asked */

	db_end(r);
	return ok;
}

bool db_exec(struct ctx *c, struct db_run *r, int64_t *changed)
{
	bool ok, row;

	while ((ok = db_next(c, r, &row)) && row)
		;
	if (ok && changed)
		*changed = r->changed;
	db_end(r);
	return ok;
}
