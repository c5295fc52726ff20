#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/clock.h"
#include "platform/db/postgres_part.h"
#include "platform/db/postgres_wall.h"

/* ---- faults ---- */

static enum fault_code code_of(const char *state)
{
	static const struct { const char *start; enum fault_code code; } all[] = {
		{ "40001", E_BUSY }, { "40P01", E_BUSY }, { "55P03", E_BUSY }, { "57014", E_BUSY },
		{ "23505", E_EXISTS }, { "23", E_INVALID }, { "22", E_INVALID }, { "53100", E_DISK },
		{ "08", E_UNAVAILABLE }, { "57P", E_UNAVAILABLE }, { "53300", E_UNAVAILABLE },
		{ "54", E_LIMIT },
	};

	for (size_t i = 0; state && i < sizeof(all) / sizeof(all[0]); i++)
		if (str_starts(str_of(state), str_of(all[i].start)))
			return all[i].code;
	return E_DATABASE;
}

static bool is_cut(const struct conn *k)
{
	return k->cut || PQstatus(k->h) == CONNECTION_BAD;
}

/* What has no SQLSTATE was said by libpq, not by a server: it could not send or hear. */
bool pg_fault(struct ctx *c, struct conn *k, const PGresult *res, const char *what)
{
	const char     *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	const char     *text  = res ? PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	str             why   = str_dup(c->arena, str_trim(str_of(text ? text : PQerrorMessage(k->h))));
	enum fault_code code;

	k->cut |= !state;
	code = is_cut(k) ? E_UNAVAILABLE : code_of(state);
	if (code == E_EXISTS)
		return db_broken(c, code, NULL, N_("This exists already ({1})."), why);
	if (code == E_INVALID)
		return db_broken(c, code, NULL, N_("The database refuses this value ({1})."), why);
	return db_broken(c, code, NULL, N_("Database: {1} ({2})"), why, str_of(what));
}

static bool conn_exec(struct ctx *c, struct conn *k, const char *sql)
{
	PGresult      *res    = PQexec(k->h, sql);
	ExecStatusType status = PQresultStatus(res);
	bool           ok     = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || pg_fault(c, k, res, "exec");

	PQclear(res);
	return ok;
}

/* ---- connections ---- */

static void ignore_notice(void *arg, const PGresult *res)
{
	(void)arg;
	(void)res;
}

/* What every transaction begins with, prepared. */
#define ENTER    "enter"
#define ENTER_AS "enter_as"
#define ENTERING "PREPARE " ENTER " (text, text) AS SELECT set_config('psirt.viewer', $1, true), set_config('psirt.sight', $2, true);" \
	"PREPARE " ENTER_AS " (text, text, text) AS SELECT set_config('psirt.viewer', $1, true), set_config('psirt.sight', $2, true)," \
	" set_config('role', $3, true)"

static bool conn_connect(struct ctx *c, const struct server *d, struct conn *k)
{
	/* What the URL says counts more: a server that does not answer is noticed. */
	const char *const names[]  = { "connect_timeout", "tcp_user_timeout", "keepalives_idle", "dbname", NULL };
	const char *const values[] = { "10", "30000", "30", d->url, NULL };

	k->n_known = 0;
	k->ending  = false;
	k->cut     = false;
	memset(k->known, 0, sizeof(k->known));
	PQfinish(k->h);
	k->h = PQconnectdbParams(names, values, 1);
	if (PQstatus(k->h) != CONNECTION_OK)
		return fault(c, E_UNAVAILABLE, "database", N_("Database: {1} ({2})"),
		             str_dup(c->arena, str_trim(str_of(PQerrorMessage(k->h)))), S("connect"));
	PQsetNoticeReceiver(k->h, ignore_notice, NULL);
	if (PQserverVersion(k->h) < 150000)
		return fault(c, E_STATE, "database", N_("PostgreSQL 15 or newer is needed."));
	return conn_exec(c, k, "SET client_encoding = 'UTF8'; SET bytea_output = 'hex'; SET lock_timeout = '10s';"
	                       "SET extra_float_digits = 1; SET standard_conforming_strings = on;"
	                       "SET jit = off; SET plan_cache_mode = force_generic_plan;" ENTERING);
}

/* With the lock held; a connection is handed over by conn_give. */
static struct conn *conn_wait(struct server *d, time_us since)
{
	struct waiter   me = { .since = since, .come = PTHREAD_COND_INITIALIZER };
	struct waiter **at = &d->first;
	int64_t         from = clock_steady();

	while (*at && (*at)->since <= since)
		at = &(*at)->next;
	me.next = *at;
	*at     = &me;
	d->waiting++;
	while (!me.got)
		pthread_cond_wait(&me.come, &d->lock);
	d->waiting--;
	d->waits++;
	d->wait_us += clock_steady() - from;
	pthread_cond_destroy(&me.come);
	return me.got;
}

/*
 * Who began first goes first: a page that has been read and waits for its opening to be
 * written is not behind all pages that have not begun.
 */
static struct conn *conn_take(struct server *d, time_us since)
{
	struct conn *k;

	pthread_mutex_lock(&d->lock);
	d->used++;
	if (d->idle) {
		k       = d->idle;
		d->idle = k->next;
	} else if (d->n < d->most) {
		k = d->all[d->n++] = NEW(&d->arena, struct conn);
	} else {
		d->used--;
		k = conn_wait(d, since);
	}
	pthread_mutex_unlock(&d->lock);
	return k;
}

/* A connection just taken, connected if it is not. */
static bool conn_ready(struct ctx *c, const struct server *d, struct conn *k)
{
	for (PGresult *res; k->ending && (res = PQgetResult(k->h));)
		PQclear(res);
	k->ending = false;
	return (k->h && !is_cut(k)) || conn_connect(c, d, k);
}

static void conn_give(struct server *d, struct conn *k)
{
	struct waiter *w;

	pthread_mutex_lock(&d->lock);
	w = d->first;
	if (w) {
		d->first = w->next;
		w->got   = k;
		pthread_cond_signal(&w->come);
	} else {
		k->next = d->idle;
		d->idle = k;
		d->used--;
	}
	pthread_mutex_unlock(&d->lock);
}

/*
 * More that ask at once than there are processors only keep each other from them, and each
 * connection makes its own plans: few, as many as may wait for a lock or for a long answer.
 */
static int conns_most(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN) * CONNS_EACH;

	return n < CONNS_LEAST ? CONNS_LEAST : n > CONNS ? CONNS : (int)n;
}

static void pg_close(struct db *db)
{
	struct server *d = (struct server *)db;
	struct arena   a;

	for (int i = 0; i < d->n; i++)
		PQfinish(d->all[i]->h);
	pthread_mutex_destroy(&d->lock);
	a = d->arena;
	arena_done(&a);
}

bool db_open_postgres(struct ctx *c, str url, struct db **out)
{
	struct arena   a;
	struct server *d;
	struct conn   *k;

	arena_init(&a, 64 << 20);
	d            = NEW(&a, struct server);
	d->arena     = a;
	d->db.driver = &db_postgres;
	d->most      = conns_most();
	d->url       = cstr(&d->arena, url);
	pthread_mutex_init(&d->lock, NULL);
	k = conn_take(d, c->now);
	if (!conn_ready(c, d, k)) {
		pg_close(&d->db);
		return false;
	}
	conn_give(d, k);
	*out = &d->db;
	return true;
}

/* ---- transactions ---- */

/* The role that reading transactions take; asked once, and again after a migration. */
static str reader_of(struct server *d, const struct conn *k)
{
	PGresult *res;
	str       role;

	pthread_mutex_lock(&d->lock);
	if (!d->asked) {
		res       = PQexec(k->h, DB_POSTGRES_READER);
		d->asked  = PQresultStatus(res) == PGRES_TUPLES_OK;
		d->reader = d->asked && PQntuples(res) == 1 ? str_dup(&d->arena, str_of(PQgetvalue(res, 0, 0))) : STR_NONE;
		PQclear(res);
	}
	role = d->reader;
	pthread_mutex_unlock(&d->lock);
	return role;
}

static void reader_forget(struct server *d)
{
	pthread_mutex_lock(&d->lock);
	d->asked = false;
	pthread_mutex_unlock(&d->lock);
}

static struct conn *conn_of(const struct ctx *c)
{
	return ((const struct pg_tx *)c->tx)->conn;
}

/* The viewer enters, after begin; reading, as the role that sees guarded tables through their views only. */
static bool tx_enter(struct ctx *c, const char *begin, const struct db_viewer *v)
{
	const struct pg_tx *t        = (const struct pg_tx *)c->tx;
	str                 role     = v == &db_nobody ? STR_NONE : t->role;
	const char         *value[3] = { cstr(c->arena, v->id), cstr(c->arena, v->sight), cstr(c->arena, role) };
	int                 length[3] = { (int)v->id.n, (int)v->sight.n, (int)role.n }, format[3] = { 0 };
	struct question     q[2] = { { .text = begin } };
	size_t              n    = begin ? 1 : 0;
	PGresult           *out[2];

	q[n] = (struct question){ role.n ? ENTER_AS : ENTER, NULL, role.n ? 3 : 2, value, length, format };
	TRY(conn_ask(c, t->conn, q, n + 1, out, "enter"));
	for (size_t i = 0; i <= n; i++)
		PQclear(out[i]);
	return true;
}

static bool tx_begin(struct ctx *c, const struct db_viewer *v)
{
	struct pg_tx *t = (struct pg_tx *)c->tx;

	if (t->tx.mode == DB_WRITE)
		return tx_enter(c, "BEGIN ISOLATION LEVEL SERIALIZABLE", v);
	t->role = reader_of((struct server *)c->db, t->conn);   /* asked as who we are, before the role is taken */
	return tx_enter(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", v);
}

/* A reading transaction ends while nobody waits for it. */
static void pg_rollback(struct ctx *c)
{
	struct conn *k = conn_of(c);

	answers_drop((struct pg_tx *)c->tx);
	if (is_cut(k)) {   /* nobody hears it, and libpq may wait for an answer to what was lost */
		PQfinish(k->h);
		k->h = NULL;
	} else if (PQtransactionStatus(k->h) != PQTRANS_IDLE) {
		k->ending = c->tx->mode == DB_READ && PQsendQuery(k->h, "ROLLBACK");
		if (!k->ending)
			PQclear(PQexec(k->h, "ROLLBACK"));
	}
	c->tx = NULL;
	conn_give((struct server *)c->db, k);
}

static bool pg_begin(struct ctx *c, enum db_mode mode, const struct db_viewer *viewer)
{
	struct server *d = (struct server *)c->db;
	struct pg_tx  *t = NEW(c->arena, struct pg_tx);
	struct conn   *k;
	bool           ok;

	/* From the moment a connection is taken it hangs on c->tx, and so comes back. */
	t->tx    = (struct db_tx){ .db = c->db, .mode = mode };
	t->arena = c->arena;
	k = t->conn = conn_take(d, c->now);
	c->tx = &t->tx;
	ok    = conn_ready(c, d, k);
	/* An idle connection may have been cut: try once more with a new one. */
	if (ok && !tx_begin(c, viewer))
		ok = is_cut(k) && conn_connect(c, d, k) && tx_begin(c, viewer);
	t->tx.broken = false;   /* by the connection that was cut */
	if (!ok)
		pg_rollback(c);   /* it may have begun and not be entered */
	return ok;
}

/* Who read unwalled until now may be walled; nobody is let out again. */
static bool pg_turn(struct ctx *c, const struct db_viewer *viewer)
{
	answers_drop((struct pg_tx *)c->tx);
	if (tx_enter(c, NULL, viewer))
		return true;
	if (!is_cut(conn_of(c)))
		return false;
	pg_rollback(c);
	return pg_begin(c, DB_READ, viewer);
}

static bool pg_commit(struct ctx *c)
{
	struct conn *k    = conn_of(c);
	bool         done = conn_exec(c, k, "COMMIT");

	if (done && point_fails(POINT_FILE, "commit.answer")) {
		shutdown(PQsocket(k->h), SHUT_RDWR);   /* as if the answer had not come */
		done = conn_exec(c, k, "SELECT 1");
	}
	if (!done) {
		/* Sent, and nobody answered: it may have been done. */
		if (is_cut(k))
			(void)fault(c, E_DOUBT, NULL, NULL);
		pg_rollback(c);
		return false;
	}
	pg_rollback(c);   /* nothing is open any more: gives the connection back */
	return true;
}

/* ---- statements ---- */

static Oid oid_of(char letter)
{
	switch (letter) {
	case 'i': return OID_INT8;
	case 'r': return OID_FLOAT8;
	case 'b': return OID_BYTEA;
	default: return OID_TEXT;
	}
}

static struct known *known_slot(struct conn *k, const struct db_query *q, uint32_t mask)
{
	uint64_t at = ((uint64_t)(uintptr_t)q >> 4) * 0x9e3779b97f4a7c15u + mask * 0x85ebca6bu;

	at ^= at >> 32;
	for (;; at++) {
		struct known *e = &k->known[at % KEPT];

		if (!e->q || (e->q == q && e->mask == mask))
			return e;
	}
}

static bool prepare(struct ctx *c, struct pg_run *r, const struct db_query *q, uint32_t mask)
{
	struct known *e = known_slot(r->conn, q, mask);
	Oid           oids[PARAMS];
	PGresult     *res;
	bool          ok;

	r->name = str_fmt(c->arena, "%s_%x", q->name, mask).p;
	TRY(ctx_whole(c));   /* a name cut short would be another's */
	if (e->q)
		return true;
	if (r->conn->n_known >= KEPT / 2) {
		TRY(answers_fetch(c, (struct pg_tx *)c->tx));   /* they are noted by their names */
		TRY(conn_exec(c, r->conn, "DEALLOCATE ALL;" ENTERING));
		memset(r->conn->known, 0, sizeof(r->conn->known));
		r->conn->n_known = 0;
		e = known_slot(r->conn, q, mask);
	}
	for (int i = 0; i < r->n; i++)
		oids[i] = oid_of(q->types[i]);
	res = PQprepare(r->conn->h, r->name, r->text, r->n, oids);
	ok  = PQresultStatus(res) == PGRES_COMMAND_OK || pg_fault(c, r->conn, res, q->name);
	PQclear(res);
	if (ok) {
		*e = (struct known){ q, mask };
		r->conn->n_known++;
	}
	return ok;
}

static bool pg_start(struct ctx *c, const struct db_query *q, const struct db_piece *pieces, size_t n,
                     uint32_t mask, struct db_run **out)
{
	struct pg_run *r = NEW(c->arena, struct pg_run);

	r->run   = (struct db_run){ .tx = c->tx, .q = q };
	r->conn  = conn_of(c);
	r->arena = c->arena;
	r->text  = db_compose(c, DB_POSTGRES, q, pieces, n, mask);
	r->n     = (int)strlen(q->types);
	TRY(r->text != NULL);
	if (r->n > PARAMS)
		return fault(c, E_INTERNAL, NULL, N_("The statement {1} has too many parameters."), str_of(q->name));
	r->mask      = mask;
	r->by_values = q->name && (q->values == UINT32_MAX || (q->values & mask));
	if (q->name)
		TRY(prepare(c, r, q, mask));
	*out = &r->run;
	return true;
}

static void put_value(struct db_run *run, int i, str v, int format)
{
	struct pg_run *r = (struct pg_run *)run;

	if (i >= r->n)
		return;
	r->value[i]  = cstr(r->arena, v);
	r->length[i] = (int)v.n;
	r->format[i] = format;
}

static void pg_put_null(struct db_run *r, int i)
{
	(void)r;
	(void)i;   /* values begin as NULL */
}

static void pg_put_text(struct db_run *r, int i, str v)
{
	put_value(r, i, v, 0);
}

static void pg_put_blob(struct db_run *r, int i, str v)
{
	put_value(r, i, v, 1);
}

static void pg_put_int(struct db_run *r, int i, int64_t v)
{
	put_value(r, i, str_fmt(((struct pg_run *)r)->arena, "%lld", (long long)v), 0);
}

static void pg_put_real(struct db_run *r, int i, double v)
{
	put_value(r, i, str_fmt(((struct pg_run *)r)->arena, "%.17g", v), 0);
}

static void take_result(struct pg_run *r, PGresult *result)
{
	r->result = result;
	r->rows   = PQntuples(result);
	r->row    = -1;
}

/* A plan is made once for all values (conn_connect), but for one statement in between. */
static bool execute_by_values(struct ctx *c, struct pg_run *r)
{
	struct question q[3] = { { .text = "SET LOCAL plan_cache_mode = force_custom_plan" },
		{ r->name, NULL, r->n, r->value, r->length, r->format },
		{ .text = "SET LOCAL plan_cache_mode = force_generic_plan" } };
	PGresult       *out[3];

	TRY(conn_ask(c, r->conn, q, 3, out, r->run.q->name));
	r->result = out[1];
	PQclear(out[0]);
	PQclear(out[2]);
	return true;
}

static bool execute_alone(struct ctx *c, struct pg_run *r)
{
	const struct db_query *q = r->run.q;
	ExecStatusType         status;
	Oid                    oids[PARAMS];

	for (int i = 0; i < r->n; i++)
		oids[i] = oid_of(q->types[i]);
	r->result = q->name ? PQexecPrepared(r->conn->h, r->name, r->n, r->value, r->length, r->format, 0)
	                    : PQexecParams(r->conn->h, r->text, r->n, oids, r->value, r->length, r->format, 0);
	status = PQresultStatus(r->result);
	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
	       pg_fault(c, r->conn, r->result, q->name ? q->name : "statement");
}

static bool execute(struct ctx *c, struct pg_run *r)
{
	const char *changed;

	TRY(answers_fetch(c, (struct pg_tx *)c->tx));
	if (answer_may_keep(r) && (r->result = answer_find(r))) {
		r->lent = true;
		take_result(r, r->result);
		return true;
	}
	TRY(r->by_values ? execute_by_values(c, r) : execute_alone(c, r));
	take_result(r, r->result);
	answer_keep(r);
	changed = PQcmdTuples(r->result);
	if (r->run.q->writes && changed && *changed)
		r->run.changed = strtoll(changed, NULL, 10);
	return true;
}

static bool pg_next(struct ctx *c, struct db_run *run, bool *row)
{
	struct pg_run *r = (struct pg_run *)run;

	if (!r->result)
		TRY(execute(c, r));
	if (r->row < r->rows)
		r->row++;
	*row = r->row < r->rows;
	return true;
}

static int hex_digit(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static str get_blob(const struct pg_run *r, const char *p, size_t n)
{
	char *out;

	if (n < 2)
		return S("");
	out = arena_alloc(r->arena, n / 2);
	if (!out)
		return STR_NONE;
	for (size_t i = 2, k = 0; i + 1 < n; i += 2, k++)
		out[k] = (char)(hex_digit(p[i]) << 4 | hex_digit(p[i + 1]));
	return (str){ out, n / 2 - 1 };
}

/* The text of a value; NULL for NULL. */
static const char *value(const struct pg_run *r, int i)
{
	return PQgetisnull(r->result, r->row, i) ? NULL : PQgetvalue(r->result, r->row, i);
}

static bool pg_get_bytes(struct db_run *run, int i, bool blob, str *out)
{
	const struct pg_run *r = (const struct pg_run *)run;
	const char          *p = value(r, i);
	size_t               n = p ? (size_t)PQgetlength(r->result, r->row, i) : 0;

	if (!p)
		return false;
	*out = blob ? get_blob(r, p, n) : (str){ p, n };
	return true;
}

/* Conditions come as t and f. */
static bool pg_get_int(struct db_run *run, int i, int64_t *out)
{
	const char *p = value((const struct pg_run *)run, i);

	if (!p)
		return false;
	*out = *p == 't' ? 1 : *p == 'f' ? 0 : strtoll(p, NULL, 10);
	return true;
}

static bool pg_get_real(struct db_run *run, int i, double *out)
{
	const char *p = value((const struct pg_run *)run, i);

	if (!p)
		return false;
	*out = strtod(p, NULL);
	return true;
}

static void pg_end(struct db_run *run)
{
	struct pg_run *r = (struct pg_run *)run;

	if (!r->lent)
		PQclear(r->result);
	r->result = NULL;
}

/* ---- schema and care ---- */

static bool pg_script(struct ctx *c, const char *sql)
{
	return conn_exec(c, conn_of(c), sql);
}

/* One node migrates at a time: the lock is held outside of the transactions. */
static bool pg_schema_begin(struct ctx *c)
{
	struct server *d = (struct server *)c->db;
	struct conn   *k  = conn_take(d, c->now);
	bool           ok = conn_ready(c, d, k);

	ok = ok &&
	     conn_exec(c, k,
	               "SET lock_timeout = 0; SELECT pg_advisory_lock(7073697274);"
	               "CREATE TABLE IF NOT EXISTS db_migration (name text COLLATE \"C\" PRIMARY KEY,"
	               " sha256 text COLLATE \"C\" NOT NULL, applied bigint NOT NULL);"
	               DB_POSTGRES_PRELUDE);
	if (!ok) {
		conn_give(d, k);
		return false;
	}
	d->migrator = k;
	return true;
}

static bool pg_wall(struct ctx *c)
{
	return conn_exec(c, conn_of(c), DB_POSTGRES_WALL);
}

static void pg_schema_end(struct ctx *c)
{
	struct server *d = (struct server *)c->db;
	struct conn   *k = d->migrator;

	reader_forget(d);
	d->migrator = NULL;
	PQclear(PQexec(k->h, "SELECT pg_advisory_unlock(7073697274); SET lock_timeout = '10s'"));
	conn_give(d, k);
}

static bool pg_hasten(struct ctx *c)
{
	(void)c;
	return true;
}

static bool pg_checkpoint(struct ctx *c)
{
	(void)c;
	return true;
}

static bool pg_backup(struct ctx *c, str path)
{
	(void)path;
	return fault(c, E_STATE, NULL, N_("Copies of a PostgreSQL database are made with pg_dump."));
}

static bool pg_verify(struct ctx *c)
{
	struct server *d = (struct server *)c->db;
	struct conn   *k  = conn_take(d, c->now);
	bool           ok = conn_ready(c, d, k);

	/* The server checks its storage itself; here: it answers. */
	ok = ok && conn_exec(c, k, "SELECT 1");
	conn_give(d, k);
	return ok;
}

static struct db_load pg_load(struct db *db)
{
	struct server *d = (struct server *)db;
	struct db_load l;

	pthread_mutex_lock(&d->lock);
	l = (struct db_load){ d->n, d->used, d->most, d->waiting, d->waits, d->wait_us };
	pthread_mutex_unlock(&d->lock);
	return l;
}

const struct db_driver db_postgres = {
	.kind         = DB_POSTGRES,
	.close        = pg_close,
	.begin        = pg_begin,
	.turn         = pg_turn,
	.commit       = pg_commit,
	.rollback     = pg_rollback,
	.start        = pg_start,
	.put_null     = pg_put_null,
	.put_text     = pg_put_text,
	.put_blob     = pg_put_blob,
	.put_int      = pg_put_int,
	.put_real     = pg_put_real,
	.next         = pg_next,
	.ahead        = answer_ahead,
	.get_bytes    = pg_get_bytes,
	.get_int      = pg_get_int,
	.get_real     = pg_get_real,
	.end          = pg_end,
	.script       = pg_script,
	.schema_begin = pg_schema_begin,
	.wall         = pg_wall,
	.schema_end   = pg_schema_end,
	.checkpoint   = pg_checkpoint,
	.hasten       = pg_hasten,
	.backup       = pg_backup,
	.verify       = pg_verify,
	.load         = pg_load,
};
