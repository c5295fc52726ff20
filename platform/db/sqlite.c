#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/clock.h"
#include "platform/db/driver.h"

enum { READERS = 16, CACHED = 512, SLOTS = 1024, RAW = 24, BUSY_MS = 10000 };

/* What begins and ends a transaction. */
enum frame { FRAME_READ, FRAME_WRITE, FRAME_COMMIT, FRAME_ROLLBACK, FRAMES };

static const char *const frames[FRAMES] = { "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK" };

/* A statement kept prepared. */
struct kept {
	const struct db_query *q;
	uint32_t               mask;
	sqlite3_stmt          *s;
	bool                   busy;
};

struct conn {
	sqlite3     *h;
	struct kept  kept[SLOTS];
	size_t       n_kept;
	sqlite3_stmt *frame[FRAMES];  /* of transactions, kept prepared too */
	char         viewer[128], sight[512];
	bool         trusted;       /* our own statements: no look at what they read */
	/* while a statement is prepared: */
	char         raw[RAW][64];  /* tables read, and not through a see_ view */
	size_t       n_raw;
	bool         writes;
	struct conn *next;          /* in the pool of idle readers */
};

struct lite {
	struct db       db;
	struct arena    arena;
	char           *path;
	bool            memory;
	struct conn    *writer;
	pthread_mutex_t lock;
	pthread_cond_t  turn;       /* the writer's lock is a queue: first come, first served */
	uint64_t        next_ticket, serving;
	pthread_cond_t  back;       /* a reader has come back */
	struct conn    *idle, *all[READERS];
	struct conn    *spare;      /* one that could not be opened: its memory is used again */
	int             n_readers;
	int64_t         waits, wait_us;   /* for the writer */
};

struct lite_tx {
	struct db_tx tx;
	struct conn *conn;
};

struct lite_run {
	struct db_run run;
	struct conn  *conn;
	struct kept  *kept;         /* NULL: finalize at the end */
	sqlite3_stmt *s;
};

static enum fault_code code_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT: return E_BUSY;
	case SQLITE_FULL: return E_DISK;
	case SQLITE_CANTOPEN: return E_UNAVAILABLE;
	case SQLITE_TOOBIG: return E_LIMIT;
	case SQLITE_CONSTRAINT:
		return rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
		       rc == SQLITE_CONSTRAINT_ROWID ? E_EXISTS : E_INVALID;
	case SQLITE_IOERR:
		return rc == SQLITE_IOERR_WRITE || rc == SQLITE_IOERR_FSYNC ||
		       rc == SQLITE_IOERR_TRUNCATE || rc == SQLITE_IOERR_SHMSIZE ||
		       rc == SQLITE_IOERR_DIR_FSYNC || rc == SQLITE_IOERR_DELETE ? E_DISK : E_DATABASE;
	default: return E_DATABASE;
	}
}

static bool lite_fault(struct ctx *c, sqlite3 *h, const char *what)
{
	int rc = h ? sqlite3_extended_errcode(h) : SQLITE_NOMEM;
	str why = str_dup(c->arena, str_of(h ? sqlite3_errmsg(h) : "out of memory"));

	if (code_of(rc) == E_EXISTS)
		return db_broken(c, E_EXISTS, NULL, N_("This exists already ({1})."), why);
	if (code_of(rc) == E_INVALID)
		return db_broken(c, E_INVALID, NULL, N_("The database refuses this value ({1})."), why);
	return db_broken(c, code_of(rc), NULL, N_("Database: {1} ({2})"), why, str_of(what));
}

/* ---- connections ---- */

static void sql_viewer(sqlite3_context *x, int n, sqlite3_value **v)
{
	const struct conn *k = sqlite3_user_data(x);

	(void)n;
	(void)v;
	sqlite3_result_text(x, k->viewer, -1, SQLITE_TRANSIENT);
}

static void sql_viewer_sees(sqlite3_context *x, int n, sqlite3_value **v)
{
	const struct conn *k    = sqlite3_user_data(x);
	const char        *word = (const char *)sqlite3_value_text(v[0]);
	str                rest = str_of(k->sight), part;
	bool               sees = str_eq(rest, S("*"));

	(void)n;
	while (!sees && word && str_cut(&rest, ' ', &part))
		sees = str_eq(part, str_of(word));
	sqlite3_result_int(x, sees);
}

/*
 * db_unindex(table, seq), called by the trigger of a searched table: FTS5
 * itself may not stand in a trigger while the schema is not trusted.
 */
static void sql_unindex(sqlite3_context *x, int n, sqlite3_value **v)
{
	struct conn  *k = sqlite3_user_data(x);
	sqlite3_stmt *s = NULL;
	char         *sql = sqlite3_mprintf("DELETE FROM \"%w_fts\" WHERE rowid = ?1", sqlite3_value_text(v[0]));
	bool          was = k->trusted;

	(void)n;
	k->trusted = true;
	if (sql && sqlite3_prepare_v2(k->h, sql, -1, &s, NULL) == SQLITE_OK) {
		sqlite3_bind_int64(s, 1, sqlite3_value_int64(v[1]));
		sqlite3_step(s);
	}
	k->trusted = was;
	if (sqlite3_finalize(s) != SQLITE_OK || !sql)
		sqlite3_result_error(x, sqlite3_errmsg(k->h), -1);
	sqlite3_free(sql);
}

/* A guarded table is one with a view see_TABLE. */
static bool is_guarded(sqlite3 *h, const char *table)
{
	sqlite3_stmt *s   = NULL;
	bool          yes = false;

	if (sqlite3_prepare_v2(h, "SELECT 1 FROM sqlite_schema WHERE type = 'view' AND name = 'see_' || ?1", -1,
	                       &s, NULL) == SQLITE_OK) {
		sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
		yes = sqlite3_step(s) == SQLITE_ROW;
	}
	sqlite3_finalize(s);
	return yes;
}

static int note_raw(struct conn *k, const char *table)
{
	for (size_t i = 0; i < k->n_raw; i++)
		if (strcmp(k->raw[i], table) == 0)
			return SQLITE_OK;
	if (k->n_raw == RAW || strlen(table) >= sizeof(k->raw[0]))
		return SQLITE_DENY;
	memcpy(k->raw[k->n_raw++], table, strlen(table) + 1);
	return SQLITE_OK;
}

/*
 * The second wall (mksql has refused raw reads at build time already), for
 * statements that only read: one that writes reads through its foreign keys.
 */
static int authorize(void *arg, int what, const char *a, const char *b, const char *base,
                     const char *view)
{
	struct conn *k = arg;

	(void)b;
	(void)base;
	if (k->trusted)
		return SQLITE_OK;
	switch (what) {
	case SQLITE_READ:
		return !view || strncmp(view, "see_", 4) != 0 ? note_raw(k, a) : SQLITE_OK;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		k->writes = true;
		return SQLITE_OK;
	case SQLITE_SELECT:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE: return SQLITE_OK;
	case SQLITE_PRAGMA:   /* FTS5 asks when it is opened */
		return strcmp(a, "page_size") == 0 || strcmp(a, "data_version") == 0 ? SQLITE_OK : SQLITE_DENY;
	default: return SQLITE_DENY;
	}
}

static bool conn_exec(struct ctx *c, struct conn *k, const char *sql)
{
	bool was = k->trusted, ok;

	k->trusted = true;
	ok         = sqlite3_exec(k->h, sql, NULL, NULL, NULL) == SQLITE_OK;
	k->trusted = was;
	return ok || lite_fault(c, k->h, "exec");
}

static bool frame_run(struct conn *k, enum frame f)
{
	bool was = k->trusted, ok;

	k->trusted = true;
	ok = (k->frame[f] || sqlite3_prepare_v3(k->h, frames[f], -1, SQLITE_PREPARE_PERSISTENT, &k->frame[f], NULL) == SQLITE_OK) &&
	     sqlite3_step(k->frame[f]) == SQLITE_DONE;
	k->trusted = was;
	return ok;
}

static bool conn_frame(struct ctx *c, struct conn *k, enum frame f)
{
	bool ok = frame_run(k, f) || lite_fault(c, k->h, frames[f]);

	sqlite3_reset(k->frame[f]);
	return ok;
}

static void conn_clear(struct conn *k)
{
	for (size_t i = 0; i < SLOTS; i++)
		sqlite3_finalize(k->kept[i].s);
	memset(k->kept, 0, sizeof(k->kept));
	k->n_kept = 0;
}

static void conn_close(struct conn *k)
{
	conn_clear(k);
	for (size_t i = 0; i < FRAMES; i++)
		sqlite3_finalize(k->frame[i]);
	sqlite3_close(k->h);
}

static bool conn_setup(struct ctx *c, struct conn *k, bool reader, bool memory)
{
	/*
	 * The viewer does not change within a statement: deterministic, so that a
	 * guard asks once and not for each row.
	 */
	int f = SQLITE_UTF8 | SQLITE_INNOCUOUS, once = f | SQLITE_DETERMINISTIC;

	sqlite3_extended_result_codes(k->h, 1);
	sqlite3_busy_timeout(k->h, BUSY_MS);
	sqlite3_db_config(k->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(k->h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(k->h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(k->h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_limit(k->h, SQLITE_LIMIT_ATTACHED, 0);
	if (sqlite3_create_function_v2(k->h, "viewer", 0, once, k, sql_viewer, NULL, NULL, NULL) ||
	    sqlite3_create_function_v2(k->h, "viewer_sees", 1, once, k, sql_viewer_sees, NULL, NULL, NULL) ||
	    sqlite3_create_function_v2(k->h, "db_unindex", 2, f, k, sql_unindex, NULL, NULL, NULL))
		return lite_fault(c, k->h, "functions");
	sqlite3_set_authorizer(k->h, authorize, k);
	TRY(conn_exec(c, k, "PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA synchronous=FULL;"
	                    "PRAGMA case_sensitive_like=ON; PRAGMA temp_store=MEMORY;"
	                    "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=0"));
	if (reader)
		return conn_exec(c, k, "PRAGMA query_only=ON");
	return memory || conn_exec(c, k, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=1000");
}

static bool conn_open(struct ctx *c, struct lite *d, bool reader, struct conn **out)
{
	int          flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	struct conn *k     = d->spare ? d->spare : NEW(&d->arena, struct conn);

	flags |= reader ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	if (sqlite3_open_v2(d->path, &k->h, flags, NULL) != SQLITE_OK ||
	    !conn_setup(c, k, reader, d->memory)) {
		if (c->fault.code == E_NONE)
			(void)lite_fault(c, k->h, "open");
		sqlite3_close(k->h);
		k->h     = NULL;
		d->spare = k;
		return false;
	}
	d->spare = NULL;
	*out     = k;
	return true;
}

/* Memory is not counted, which is one lock for all connections. A connection has one thread at a time: all values are protected. */
static void engine_begin(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

bool db_open_sqlite(struct ctx *c, str path, struct db **out)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct arena a;
	struct lite *d;

	pthread_once(&once, engine_begin);
	if (!path.n)
		return fault(c, E_INVALID, "database", N_("The name of the database file is missing."));
	c->fault.code = E_NONE;
	arena_init(&a, 256 << 20);
	d            = NEW(&a, struct lite);
	d->arena     = a;
	d->db.driver = &db_sqlite;
	d->path      = cstr(&d->arena, path);
	d->memory    = str_eq(path, S(":memory:"));
	pthread_mutex_init(&d->lock, NULL);
	pthread_cond_init(&d->turn, NULL);
	pthread_cond_init(&d->back, NULL);
	if (!conn_open(c, d, false, &d->writer)) {
		a = d->arena;
		arena_done(&a);
		return false;
	}
	*out = &d->db;
	return true;
}

static void lite_close(struct db *db)
{
	struct lite *d = (struct lite *)db;
	struct arena a;

	for (int i = 0; i < d->n_readers; i++)
		conn_close(d->all[i]);
	conn_close(d->writer);   /* the last one: it writes the log back */
	pthread_mutex_destroy(&d->lock);
	pthread_cond_destroy(&d->turn);
	pthread_cond_destroy(&d->back);
	a = d->arena;
	arena_done(&a);
}

/* ---- who may use which connection ---- */

static void writer_take(struct lite *d)
{
	uint64_t mine;
	int64_t  since;

	pthread_mutex_lock(&d->lock);
	mine  = d->next_ticket++;
	since = d->serving == mine ? 0 : clock_steady();
	while (d->serving != mine)
		pthread_cond_wait(&d->turn, &d->lock);
	if (since) {
		d->waits++;
		d->wait_us += clock_steady() - since;
	}
	pthread_mutex_unlock(&d->lock);
}

static void writer_give(struct lite *d)
{
	pthread_mutex_lock(&d->lock);
	d->serving++;
	pthread_cond_broadcast(&d->turn);
	pthread_mutex_unlock(&d->lock);
}

static bool reader_take(struct ctx *c, struct lite *d, struct conn **out)
{
	bool ok = true;

	pthread_mutex_lock(&d->lock);
	while (!d->idle && d->n_readers == READERS)
		pthread_cond_wait(&d->back, &d->lock);
	if (d->idle) {
		*out    = d->idle;
		d->idle = d->idle->next;
	} else {
		c->fault.code = E_NONE;
		ok            = conn_open(c, d, true, out);
		if (ok)
			d->all[d->n_readers++] = *out;
	}
	pthread_mutex_unlock(&d->lock);
	return ok;
}

static void conn_give(struct lite *d, struct conn *k)
{
	if (k == d->writer) {
		writer_give(d);
		return;
	}
	pthread_mutex_lock(&d->lock);
	k->next = d->idle;
	d->idle = k;
	pthread_cond_signal(&d->back);
	pthread_mutex_unlock(&d->lock);
}

static bool conn_take(struct ctx *c, struct lite *d, enum db_mode mode, struct conn **out)
{
	if (mode == DB_READ && !d->memory)
		return reader_take(c, d, out);
	writer_take(d);
	*out = d->writer;
	return true;
}

/* ---- transactions ---- */

static bool set_viewer(struct ctx *c, struct conn *k, const struct db_viewer *v)
{
	if (v->id.n >= sizeof(k->viewer) || v->sight.n >= sizeof(k->sight))
		return fault(c, E_LIMIT, NULL, N_("The viewer's name is too long."));
	memset(k->viewer, 0, sizeof(k->viewer));
	memset(k->sight, 0, sizeof(k->sight));
	if (v->id.n)
		memcpy(k->viewer, v->id.p, v->id.n);
	if (v->sight.n)
		memcpy(k->sight, v->sight.p, v->sight.n);
	return true;
}

static void tx_end(struct ctx *c)
{
	struct conn *k = ((struct lite_tx *)c->tx)->conn;

	c->tx = NULL;
	conn_give((struct lite *)c->db, k);
}

static bool lite_begin(struct ctx *c, enum db_mode mode, const struct db_viewer *viewer)
{
	struct lite_tx *t = NEW(c->arena, struct lite_tx);

	/* From the moment a connection is taken it hangs on c->tx, and so comes back. */
	t->tx = (struct db_tx){ .db = c->db, .mode = mode };
	TRY(conn_take(c, (struct lite *)c->db, mode, &t->conn));
	c->tx = &t->tx;
	if (set_viewer(c, t->conn, viewer) &&
	    conn_frame(c, t->conn, mode == DB_WRITE ? FRAME_WRITE : FRAME_READ))
		return true;
	tx_end(c);
	return false;
}

static bool lite_turn(struct ctx *c, const struct db_viewer *viewer)
{
	return set_viewer(c, ((struct lite_tx *)c->tx)->conn, viewer);
}

static void lite_rollback(struct ctx *c)
{
	struct conn *k = ((struct lite_tx *)c->tx)->conn;

	if (!sqlite3_get_autocommit(k->h))
		(void)frame_run(k, FRAME_ROLLBACK), sqlite3_reset(k->frame[FRAME_ROLLBACK]);
	tx_end(c);
}

static bool lite_commit(struct ctx *c)
{
	struct conn *k = ((struct lite_tx *)c->tx)->conn;

	if (!conn_frame(c, k, FRAME_COMMIT)) {
		lite_rollback(c);
		return false;
	}
	tx_end(c);
	return true;
}

/* ---- statements ---- */

static struct kept *kept_slot(struct conn *k, const struct db_query *q, uint32_t mask)
{
	uint64_t at = ((uint64_t)(uintptr_t)q >> 4) * 0x9e3779b97f4a7c15u + mask * 0x85ebca6bu;

	at ^= at >> 32;
	for (;; at++) {
		struct kept *e = &k->kept[at % SLOTS];

		if (!e->s || (e->q == q && e->mask == mask))
			return e;
	}
}

static bool any_busy(const struct conn *k)
{
	for (size_t i = 0; i < SLOTS; i++)
		if (k->kept[i].busy)
			return true;
	return false;
}

/* The table that the statement just prepared reads past its guard, or NULL. */
static const char *raw_read(struct conn *k)
{
	const char *bad = NULL;

	k->trusted = true;
	for (size_t i = 0; i < k->n_raw && !bad && !k->writes; i++)
		if (is_guarded(k->h, k->raw[i]))
			bad = k->raw[i];
	k->trusted = false;
	return bad;
}

static bool prepare(struct ctx *c, struct conn *k, const struct db_query *q, const char *sql, sqlite3_stmt **out)
{
	const char *bad;
	bool        ok;

	k->n_raw   = 0;
	k->writes  = false;
	k->trusted = !q->name;
	ok         = sqlite3_prepare_v3(k->h, sql, -1, q->name ? SQLITE_PREPARE_PERSISTENT : 0, out, NULL) == SQLITE_OK;
	k->trusted = false;
	if (!ok)
		return lite_fault(c, k->h, q->name ? q->name : "statement");
	bad = q->name ? raw_read(k) : NULL;
	if (!bad)
		return true;
	sqlite3_finalize(*out);
	return db_broken(c, E_DATABASE, NULL, N_("The statement {1} reads the guarded table {2}."),
	                 str_of(q->name), str_of(bad));
}

static bool lite_start(struct ctx *c, const struct db_query *q, const struct db_piece *pieces,
                       size_t n, uint32_t mask, struct db_run **out)
{
	struct conn     *k = ((struct lite_tx *)c->tx)->conn;
	struct lite_run *r = NEW(c->arena, struct lite_run);
	struct kept     *e = q->name ? kept_slot(k, q, mask) : NULL;
	const char      *sql;

	r->run  = (struct db_run){ .tx = c->tx, .q = q };
	r->conn = k;
	if (e && e->s && !e->busy) {
		r->s = e->s;
	} else {
		sql = db_compose(c, DB_SQLITE, q, pieces, n, mask);
		TRY(sql && prepare(c, k, q, sql, &r->s));
		if (e && k->n_kept >= CACHED && !any_busy(k)) {
			conn_clear(k);
			e = kept_slot(k, q, mask);
		}
		if (!e || e->s || k->n_kept >= CACHED)
			e = NULL;
		else
			*e = (struct kept){ q, mask, r->s, false }, k->n_kept++;
	}
	if (e)
		e->busy = true;
	r->kept = e;
	*out    = &r->run;
	return true;
}

static sqlite3_stmt *stmt(struct db_run *r)
{
	return ((struct lite_run *)r)->s;
}

static void lite_put_null(struct db_run *r, int i)
{
	sqlite3_bind_null(stmt(r), i + 1);
}

static void lite_put_text(struct db_run *r, int i, str v)
{
	sqlite3_bind_text64(stmt(r), i + 1, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

static void lite_put_blob(struct db_run *r, int i, str v)
{
	sqlite3_bind_blob64(stmt(r), i + 1, v.p, v.n, SQLITE_STATIC);
}

static void lite_put_int(struct db_run *r, int i, int64_t v)
{
	sqlite3_bind_int64(stmt(r), i + 1, v);
}

static void lite_put_real(struct db_run *r, int i, double v)
{
	sqlite3_bind_double(stmt(r), i + 1, v);
}

static bool lite_next(struct ctx *c, struct db_run *r, bool *row)
{
	struct conn *k = ((struct lite_run *)r)->conn;
	sqlite3     *h = k->h;
	int          rc;

	k->trusted = true;   /* what is prepared inside a step is the engine's own (FTS5) */
	rc         = sqlite3_step(stmt(r));
	k->trusted = false;
	*row = rc == SQLITE_ROW;
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return lite_fault(c, h, r->q->name ? r->q->name : "statement");
	if (rc == SQLITE_DONE && r->q->writes)
		r->changed = sqlite3_changes64(h);
	return true;
}

/*
 * A column is asked for once, as a value: asking the statement for kind, bytes and length looks it up each time.
 * The bytes of a text are taken as they are: asking for text would copy them for a NUL at the end.
 */
static bool lite_get_bytes(struct db_run *r, int i, bool blob, str *out)
{
	sqlite3_value *v    = sqlite3_column_value(stmt(r), i);
	int            kind = sqlite3_value_type(v);
	const void    *p;

	if (kind == SQLITE_NULL)
		return false;
	p    = blob || kind == SQLITE_TEXT ? sqlite3_value_blob(v) : sqlite3_value_text(v);
	*out = (str){ p ? p : "", (size_t)sqlite3_value_bytes(v) };
	return true;
}

static bool lite_get_int(struct db_run *r, int i, int64_t *out)
{
	sqlite3_value *v = sqlite3_column_value(stmt(r), i);

	*out = sqlite3_value_int64(v);
	return *out || sqlite3_value_type(v) != SQLITE_NULL;
}

static bool lite_get_real(struct db_run *r, int i, double *out)
{
	sqlite3_value *v = sqlite3_column_value(stmt(r), i);

	*out = sqlite3_value_double(v);
	return sqlite3_value_type(v) != SQLITE_NULL;
}

static void lite_end(struct db_run *run)
{
	struct lite_run *r = (struct lite_run *)run;

	if (!r->kept) {
		sqlite3_finalize(r->s);
		return;
	}
	sqlite3_reset(r->s);
	sqlite3_clear_bindings(r->s);
	r->kept->busy = false;
}

/* ---- schema and care ---- */

static bool lite_script(struct ctx *c, const char *sql)
{
	return conn_exec(c, ((struct lite_tx *)c->tx)->conn, sql);
}

static bool lite_schema_begin(struct ctx *c)
{
	struct lite *d = (struct lite *)c->db;
	bool         ok;

	writer_take(d);
	ok = conn_exec(c, d->writer,
	               "CREATE TABLE IF NOT EXISTS db_migration (name TEXT PRIMARY KEY NOT NULL,"
	               " sha256 TEXT NOT NULL, applied INTEGER NOT NULL) STRICT");
	writer_give(d);
	return ok;
}

static void lite_schema_end(struct ctx *c)
{
	(void)c;
}

/* The authorizer looks at every statement. */
static bool lite_wall(struct ctx *c)
{
	(void)c;
	return true;
}

static bool lite_hasten(struct ctx *c)
{
	struct lite *d = (struct lite *)c->db;

	return conn_exec(c, d->writer, "PRAGMA synchronous=OFF");
}

static bool lite_checkpoint(struct ctx *c)
{
	struct lite *d = (struct lite *)c->db;
	int          rc;

	if (d->memory)
		return true;
	writer_take(d);
	rc = sqlite3_wal_checkpoint_v2(d->writer->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	writer_give(d);
	return rc == SQLITE_OK || rc == SQLITE_BUSY || lite_fault(c, d->writer->h, "checkpoint");
}

static struct db_load lite_load(struct db *db)
{
	struct lite   *d = (struct lite *)db;
	struct db_load l = { .max = READERS + 1 };

	pthread_mutex_lock(&d->lock);
	l.open    = d->n_readers + 1;
	l.used    = l.open - (d->next_ticket == d->serving);
	l.waiting = d->next_ticket == d->serving ? 0 : (int64_t)(d->next_ticket - d->serving) - 1;
	l.waits   = d->waits;
	l.wait_us = d->wait_us;
	for (const struct conn *k = d->idle; k; k = k->next)
		l.used--;
	pthread_mutex_unlock(&d->lock);
	return l;
}

/* Everything of k's database into the file at path, synced. */
static bool copy_out(struct ctx *c, struct conn *k, const char *path)
{
	sqlite3        *to = NULL;
	sqlite3_backup *b;
	bool            ok = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE,
	                                     NULL) == SQLITE_OK;

	b = ok ? sqlite3_backup_init(to, "main", k->h, "main") : NULL;
	crash_point("backup.opened");
	if (b) {
		(void)sqlite3_backup_step(b, -1);
		crash_point("backup.copied");
		ok = sqlite3_backup_finish(b) == SQLITE_OK;
	}
	ok = (ok && b) || lite_fault(c, to, "backup");
	sqlite3_close(to);
	return ok;
}

/* Until the copy is whole it has another name: what stands at path is always a whole copy. */
static bool lite_backup(struct ctx *c, str to)
{
	struct lite *d    = (struct lite *)c->db;
	const char  *path = cstr(c->arena, to), *part = STR_CAT(c->arena, to, S(".part")).p;
	struct conn *k;
	bool         ok;

	unlink(part);   /* of a copy that was cut short */
	unlink(STR_CAT(c->arena, to, S(".part-journal")).p);
	TRY(conn_take(c, d, DB_READ, &k));
	k->trusted = true;
	ok         = copy_out(c, k, part);
	k->trusted = false;
	conn_give(d, k);
	crash_point("backup.closed");
	ok = ok && db_place(c, part, path);
	if (!ok)
		unlink(part);
	crash_point("backup.placed");
	return ok;
}

const struct db_driver db_sqlite = {
	.kind           = DB_SQLITE,
	.close          = lite_close,
	.begin          = lite_begin,
	.turn           = lite_turn,
	.commit         = lite_commit,
	.rollback       = lite_rollback,
	.start          = lite_start,
	.put_null       = lite_put_null,
	.put_text       = lite_put_text,
	.put_blob       = lite_put_blob,
	.put_int        = lite_put_int,
	.put_real       = lite_put_real,
	.next           = lite_next,
	.get_bytes      = lite_get_bytes,
	.get_int        = lite_get_int,
	.get_real       = lite_get_real,
	.end            = lite_end,
	.script         = lite_script,
	.schema_begin   = lite_schema_begin,
	.schema_end     = lite_schema_end,
	.wall           = lite_wall,
	.checkpoint     = lite_checkpoint,
	.hasten       = lite_hasten,
	.backup         = lite_backup,
	.verify         = db_sqlite_verify,
	.load           = lite_load,
};
