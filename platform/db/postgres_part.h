#ifndef PLATFORM_DB_POSTGRES_PART_H
#define PLATFORM_DB_POSTGRES_PART_H

/*
 * Inside the driver of PostgreSQL: postgres.c has connections, transactions and
 * statements, postgres_answer.c the answers that a reading transaction keeps and
 * the questions that it asks ahead.  Not for other files.
 */

#include <libpq-fe.h>
#include <pthread.h>

#include "platform/db/driver.h"

/* Connections at most, and to each processor of ours. */
enum { CONNS = 24, CONNS_LEAST = 8, CONNS_EACH = 4 };
/* Answers that a reading transaction keeps, and rows of the longest. */
enum { ANSWERS = 48, ANSWER_ROWS = 100 };
enum { KEPT = 2048, PARAMS = 32, OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701 };

/* A statement that this connection has prepared. */
struct known { const struct db_query *q; uint32_t mask; };

struct conn {
	PGconn      *h;
	struct known known[KEPT];
	size_t       n_known;
	bool         ending;    /* the answer to the last ROLLBACK has not been read */
	bool         cut;       /* nothing more comes of it, whatever libpq says of its state */
	struct conn *next;      /* among the idle */
};

/* One who waits for a connection, in its own stack. */
struct waiter {
	struct waiter *next;
	time_us        since;   /* when its work began */
	struct conn   *got;
	pthread_cond_t come;
};

struct server {
	struct db       db;
	struct arena    arena;
	char           *url;
	pthread_mutex_t lock;
	struct waiter  *first;  /* of those who wait, the oldest work first */
	struct conn    *idle, *all[CONNS];
	int             n, used, most;
	int64_t         waiting, waits, wait_us;   /* for a connection */
	struct conn    *migrator;   /* holds the lock of the schema */
	bool            asked;      /* for the reader, under the lock */
	str             reader;     /* the role of reading transactions; none: no wall */
};

/* A statement that the connection has prepared, or the text of one without values. */
struct question {
	const char  *name, *text;
	int          n;
	const char **value;
	int         *length, *format;
};

/* A question that was asked, and what came of it; without a result it waits to be asked (db_ahead). */
struct answer {
	const struct db_query *q;
	uint32_t               mask;
	struct question        ask;
	PGresult              *result;
};

struct pg_tx {
	struct db_tx  tx;
	struct conn  *conn;
	struct arena *arena;
	str           role;     /* the reader, when there is a wall */
	struct answer answers[ANSWERS];
	size_t        answers_n, asked_n;   /* those below asked_n have their results */
};

struct pg_run {
	struct db_run run;
	struct conn  *conn;
	struct arena *arena;
	const char   *text, *name;
	bool          by_values;  /* a plan of its own */
	bool          lent;       /* the result belongs to the transaction */
	uint32_t      mask;
	int           n;
	const char   *value[PARAMS];
	int           length[PARAMS], format[PARAMS];
	PGresult     *result;
	int           row, rows;
	char          key[80];
};

/* Records what the server says of a statement; res may be NULL. */
bool pg_fault(struct ctx *c, struct conn *k, const PGresult *res, const char *what);

/*
 * All in one journey: out[i] is the answer to v[i], all of them or none.  What is
 * sent must be far less than a socket holds, so that sending never waits for a
 * server that waits for us to read.
 */
bool conn_ask(struct ctx *c, struct conn *k, const struct question *v, size_t n, PGresult **out, const char *what) MUST_CHECK;

/*
 * A reading transaction sees one moment of the database, so the same question has
 * the same answer until another viewer asks: the panels of a page ask some twice.
 */
bool      answer_may_keep(const struct pg_run *r);
PGresult *answer_find(const struct pg_run *r);
void      answer_keep(struct pg_run *r);
void      answers_drop(struct pg_tx *t);
/* The question waits until answers_fetch asks all that wait, in one journey. */
bool      answer_ahead(struct ctx *c, struct db_run *r) MUST_CHECK;
bool      answers_fetch(struct ctx *c, struct pg_tx *t) MUST_CHECK;

#endif
