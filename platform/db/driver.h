#ifndef PLATFORM_DB_DRIVER_H
#define PLATFORM_DB_DRIVER_H

/*
 * What an engine has to offer; seen by platform/db only.  Each driver embeds
 * struct db, db_tx and db_run as the first member of its own.
 */

#include "platform/db/db.h"

struct db_driver {
	enum db_kind kind;
	void (*close)(struct db *db);
	bool (*begin)(struct ctx *c, enum db_mode mode, const struct db_viewer *viewer);
	bool (*turn)(struct ctx *c, const struct db_viewer *viewer);   /* or NULL */
	bool (*commit)(struct ctx *c);
	void (*rollback)(struct ctx *c);
	/* n == 0: the query's own text; otherwise the pieces that mask asks for. */
	bool (*start)(struct ctx *c, const struct db_query *q, const struct db_piece *pieces,
	              size_t n, uint32_t mask, struct db_run **out);
	void (*put_null)(struct db_run *r, int i);
	void (*put_text)(struct db_run *r, int i, str v);
	void (*put_blob)(struct db_run *r, int i, str v);
	void (*put_int)(struct db_run *r, int i, int64_t v);
	void (*put_real)(struct db_run *r, int i, double v);
	bool (*next)(struct ctx *c, struct db_run *r, bool *row);
	/* Note the question for later (db_ahead); NULL: nothing is gained by it. */
	bool (*ahead)(struct ctx *c, struct db_run *r);
	/* False for NULL.  Bytes hold until the next row. */
	bool (*get_bytes)(struct db_run *r, int i, bool blob, str *out);
	bool (*get_int)(struct db_run *r, int i, int64_t *out);
	bool (*get_real)(struct db_run *r, int i, double *out);
	void (*end)(struct db_run *r);
	/* Several statements without parameters, inside the transaction. */
	bool (*script)(struct ctx *c, const char *sql);
	/* Before the first migration and after the last: the lock, and what views need. */
	bool (*schema_begin)(struct ctx *c);
	void (*schema_end)(struct ctx *c);
	/* In the transaction of the last migration: who may read guarded tables raw. */
	bool (*wall)(struct ctx *c);
	bool (*checkpoint)(struct ctx *c);
	bool (*hasten)(struct ctx *c);
	bool (*backup)(struct ctx *c, str path);
	bool (*verify)(struct ctx *c);
	struct db_load (*load)(struct db *db);
};

struct db {
	const struct db_driver *driver;
};

struct db_tx {
	struct db   *db;
	enum db_mode mode;
	bool         broken;   /* a statement has failed */
	struct db_run *runs;   /* that have not ended */
};

struct db_run {
	struct db_tx          *tx;
	const struct db_query *q;
	int64_t                changed;
	bool                   nul;   /* a text parameter holds a NUL */
	struct db_run         *next;  /* among those that have not ended */
};

extern const struct db_driver db_sqlite, db_postgres;
/* The viewer of a transaction that was begun with none: the house itself. */
extern const struct db_viewer db_nobody;
bool db_open_sqlite(struct ctx *c, str path, struct db **out) MUST_CHECK;
/* The whole file and its foreign keys: E_DATABASE says what is wrong. */
bool db_sqlite_verify(struct ctx *c) MUST_CHECK;
/* The file part becomes path; the new name is on the disk when the folder is. */
bool db_place(struct ctx *c, const char *part, const char *path) MUST_CHECK;
bool db_open_postgres(struct ctx *c, str url, struct db **out) MUST_CHECK;

/* COPY "table" (columns) FROM STDIN inside the transaction: lines of its text form; why: what is sent is given up. */
bool postgres_copy_begin(struct ctx *c, str table, str columns) MUST_CHECK;
bool postgres_copy_send(struct ctx *c, str bytes) MUST_CHECK;
bool postgres_copy_end(struct ctx *c, const char *why, int64_t *rows) MUST_CHECK;

/*
 * What views of the schema need on PostgreSQL.  Every guard is set up for every statement, so
 * viewer_sees is of as few calls as can be: a word stands alone, first, last or in between.
 * Guards' words are letters and '*', none that LIKE takes for another.
 */
#define DB_POSTGRES_PRELUDE \
	"CREATE OR REPLACE FUNCTION viewer() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS" \
	" $$ SELECT coalesce(current_setting('psirt.viewer', true), '') $$;" \
	"CREATE OR REPLACE FUNCTION viewer_sees(word text) RETURNS bigint LANGUAGE sql STABLE" \
	" PARALLEL SAFE AS $$ SELECT CASE WHEN current_setting('psirt.sight', true) LIKE ANY (ARRAY['*', word," \
	" word || ' %', '% ' || word, '% ' || word || ' %']) THEN 1::bigint ELSE 0::bigint END $$"

/* The text of a query for this mask, NUL-terminated, in the arena; NULL: a fault (E_LIMIT, E_UNAVAILABLE). */
const char *db_compose(struct ctx *c, enum db_kind kind, const struct db_query *q,
                       const struct db_piece *pieces, size_t n, uint32_t mask);
/* Record a fault of the running transaction and mark it broken. */
#define db_broken(c, ...) ((c)->tx ? (void)((c)->tx->broken = true) : (void)0, fault(c, __VA_ARGS__))

#endif
