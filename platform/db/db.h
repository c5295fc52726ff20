#ifndef PLATFORM_DB_H
#define PLATFORM_DB_H

/*
 * The database: one face over SQLite (>= 3.40) and PostgreSQL (>= 15).
 *
 * SQL is source: x.sql beside x.c, turned into typed C by tools/mksql, which
 * uses the lower half of this header.  Services call the generated functions;
 * only the dispatcher begins and ends transactions.
 *
 * A pool has one writer (behind a fair lock; it alone checkpoints) and
 * read-only readers.  Every transaction carries the viewer: the SQL functions
 * viewer() (the user's id, '' for nobody) and viewer_sees(TEXT) (1 when the
 * viewer's sight, a word list such as 'team audit', holds that word; sight
 * '*' holds every word) are what guarded views are written with.
 *
 * Faults: E_NOTFOUND (:one found nothing), E_EXISTS (unique), E_INVALID
 * (foreign key, check), E_BUSY (serialization, lock; retryable),
 * E_UNAVAILABLE (connection lost: nothing was stored),
 * E_DOUBT (lost while committing: it may have been), E_DISK (full), E_DATABASE (anything else).
 */

#include "base/ctx.h"
#include "base/list.h"

struct db;
struct db_tx;

enum db_kind { DB_SQLITE, DB_POSTGRES };
enum db_mode { DB_READ, DB_WRITE };

struct db_viewer {
	str id;      /* '' for nobody */
	str sight;   /* words separated by blanks, or "*" */
};

/* Sees all: the house itself. */
extern const struct db_viewer db_viewer_all;

/* "sqlite:PATH", "sqlite::memory:" or "postgresql://…"; creates a missing SQLite file. */
bool db_open(struct ctx *c, str url, struct db **out) MUST_CHECK;
void db_close(struct db *db);
enum db_kind db_kind(const struct db *db);

/* Transactions: for the dispatcher, jobs and tests only.  c->db must be set; c->tx is filled. */
bool db_begin(struct ctx *c, enum db_mode mode, const struct db_viewer *viewer) MUST_CHECK;
/*
 * The reading transaction goes on for another viewer, between two statements;
 * on PostgreSQL, where that would cost as much, as a new one.
 */
bool db_turn(struct ctx *c, const struct db_viewer *viewer) MUST_CHECK;
/* Refused, and rolled back, when an allocation of this work has failed: what was written may be cut short. */
bool db_commit(struct ctx *c) MUST_CHECK;
void db_rollback(struct ctx *c);
/*
 * Is another try of a rolled back write worth it?  After E_BUSY it is, DB_TRIES times in all (about two
 * seconds); waits before it says so, longer each time and by chance, so that writers of several servers
 * get out of each other's way.  tried: how many tries there were.
 */
enum { DB_TRIES = 14 };
bool db_again(struct ctx *c, int tried);
/*
 * For filling a database that nobody relies on yet (the demo): commits no
 * longer wait for the disk until the database is closed.  PostgreSQL: nothing.
 */
bool db_hasten(struct ctx *c) MUST_CHECK;
/* SQLite: write the log back (called when idle). PostgreSQL: nothing. */
bool db_checkpoint(struct ctx *c) MUST_CHECK;

/*
 * Bring the schema up to date: every schema/NNNN-*.sql (compiled in) that is
 * not yet applied, in order, each in its own transaction, with its SHA-256
 * recorded; a changed or unknown applied migration is E_STATE.  *applied says
 * how many ran.
 */
bool db_migrate(struct ctx *c, int64_t *applied) MUST_CHECK;
/* E_STATE when a migration is missing or foreign. */
bool db_migrated(struct ctx *c) MUST_CHECK;

/* One migration, made by tools/mksql from schema/NNNN-room-word.sql. */
struct db_migration {
	const char *name;       /* "0001-record-user" */
	const char *sha256;     /* of the source file, in hexadecimal */
	const char *sqlite, *postgres;
};

extern const struct db_migration db_migrations[];   /* gen/schema.c */
extern const size_t              db_migrations_n;

/* The same two with a list of one's own (tests). */
bool db_migrate_list(struct ctx *c, const struct db_migration *list, size_t n,
                     int64_t *applied) MUST_CHECK;
bool db_migrated_list(struct ctx *c, const struct db_migration *list, size_t n) MUST_CHECK;

/*
 * All rows, search indexes and numbers given, of c->db (SQLite) in `to` (PostgreSQL), which is
 * migrated to the same schema and holds nothing that is to be kept: in one transaction there, all
 * or nothing, with every foreign key tested at its end.  Bounded memory.  told (or NULL) hears of each table;
 * false from it stops.  E_STATE: other engines; E_DATABASE: rows were lost on the way.
 */
typedef bool db_told(void *arg, str table, int64_t rows);
bool db_carry(struct ctx *c, struct db *to, db_told *told, void *arg) MUST_CHECK;

/* SQLite: consistent copy while running. PostgreSQL: E_STATE (pg_dump does it; said in the text). */
bool db_backup(struct ctx *c, str path) MUST_CHECK;
/*
 * What the URL of a PostgreSQL database says, as the service "psirt" of a file for libpq
 * (PGSERVICEFILE; it holds the password), without the database's *name.  E_INVALID at "database.url".
 */
bool db_service(struct ctx *c, str url, str *lines, str *name) MUST_CHECK;
/* How much there is: pages of the storage, tables, and rows in all of them. */
struct db_size { int64_t pages, page_bytes, tables, rows; };
bool db_measure(struct ctx *c, struct db_size *out) MUST_CHECK;
/* What the engine says of itself. */
struct db_about {
	str  engine;    /* "SQLite 3.46.1", "PostgreSQL 17.2" */
	str  log;       /* SQLite: journal mode, "wal"; PostgreSQL: fsync, "on" */
	bool waits;     /* a commit is told when it is on the disk */
	bool guarded;   /* the engine refuses to read a guarded table raw */
};
bool db_about(struct ctx *c, struct db_about *out) MUST_CHECK;
/* How busy the pool is. */
struct db_load {
	int64_t open, used, max;     /* connections, the writer's too */
	int64_t waiting;             /* who wait for the writer (SQLite) or for any connection */
	int64_t waits, wait_us;      /* how often and how long that was, since the start */
};
struct db_load db_load(struct db *db);
/* Integrity of the storage itself (SQLite integrity_check, foreign keys). */
bool db_verify(struct ctx *c) MUST_CHECK;

/* ---- for generated code (tools/mksql) ---- */

enum db_type { DB_TEXT, DB_INT, DB_TIME, DB_BOOL, DB_REAL, DB_BLOB };   /* an id is DB_TEXT */

/* A column of a row struct: reflection for JSON, CSV and CLI tables. */
struct db_col {
	const char  *name;
	enum db_type type;
	size_t       at;      /* offset in the row struct */
};

/* One statement, with the text for each engine. */
struct db_query {
	const char *name;       /* NULL: not kept prepared */
	const char *sqlite, *postgres;
	const char *types;      /* one letter per parameter: t(ext) i(nt) r(eal) b(lob) */
	bool        writes;
	bool        guarded;    /* changes rows of a guarded table */
	uint32_t    values;     /* with one of these pieces PostgreSQL plans it each time, by its values; all: always */
};

/* A statement whose text depends on which filters and which order are asked
 * for is put together from constant pieces; the pieces' mask keys the cache. */
struct db_piece { const char *sqlite, *postgres; uint32_t need; };   /* need: mask bits that switch it on, all of them; 0 = always */

struct db_run;   /* a running statement */

/*
 * Needs a transaction; E_STATE without one and for a writing statement in a
 * reading transaction.  After a statement has failed, the transaction accepts
 * no further ones and can only be rolled back (on both engines).
 */
bool db_start(struct ctx *c, const struct db_query *q, struct db_run **out) MUST_CHECK;
bool db_start_pieces(struct ctx *c, const struct db_query *q, const struct db_piece *pieces,
                     size_t n, uint32_t mask, struct db_run **out) MUST_CHECK;
/* Parameters count from 0.  A str that is none, INT_NONE and TIME_NONE bind NULL. */
void db_put_text(struct db_run *r, int i, str v);
void db_put_blob(struct db_run *r, int i, str v);
void db_put_int(struct db_run *r, int i, int64_t v);
void db_put_real(struct db_run *r, int i, double v);
/* A text with a NUL in it is refused when the statement runs (E_INVALID). */
void db_put_bool(struct db_run *r, int i, bool v);
/* Next row: *row tells whether there is one.  Column texts live in the ctx's arena. */
bool db_next(struct ctx *c, struct db_run *r, bool *row) MUST_CHECK;
str     db_get_text(struct ctx *c, struct db_run *r, int i);
str     db_get_blob(struct ctx *c, struct db_run *r, int i);
int64_t db_get_int(struct db_run *r, int i);     /* INT_NONE for NULL */
double  db_get_real(struct db_run *r, int i);
/* Rows changed by a finished writing statement. */
int64_t db_changed(const struct db_run *r);
void db_end(struct db_run *r);


/*
 * What generated functions end with; all of them end the run, also on a fault.
 * db_one: found == NULL makes "no row" E_NOTFOUND.  db_many: more rows than
 * max, or than the arena holds, are E_LIMIT.  db_each: the row's texts live
 * until `row` returns; false from it stops.
 */
bool db_one(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
            void *out, bool *found) MUST_CHECK;
bool db_many(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
             size_t row_size, size_t max, void **rows, size_t *count) MUST_CHECK;
bool db_each(struct ctx *c, struct db_run *r, const struct db_col *cols, size_t n,
             size_t row_size, bool (*row)(struct ctx *c, void *arg, const void *row),
             void *arg) MUST_CHECK;
bool db_exec(struct ctx *c, struct db_run *r, int64_t *changed) MUST_CHECK;
/*
 * What the functions of "-- ahead" are made of.  The question is noted, and asked
 * together with all that are noted when the first answer is needed: one journey
 * to the server and back instead of one each.  Only in a reading transaction, and
 * only where there is a journey (db_looks_ahead).  A question that nobody comes
 * back to with the same values was asked in vain.
 */
bool db_looks_ahead(const struct ctx *c);
bool db_ahead(struct ctx *c, struct db_run *r) MUST_CHECK;

/* ---- full text (tables declared with "-- search TABLE") ---- */

enum {
	DB_TOKENS_MAX = 8000,   /* of one row; what comes after is not indexed: split long texts */
	DB_TOKEN_MAX  = 96,     /* bytes of one token, encoded; longer ones are cut */
};

struct db_phrase { const str *v; size_t n; };   /* tokens that follow each other */

/* Replace the tokens of the row `seq`; n == 0 removes them. Any bytes may be in a token. */
bool db_index(struct ctx *c, str table, int64_t seq, const str *tokens, size_t n) MUST_CHECK;
/*
 * The parameter of @match: every phrase must occur.  None (which finds
 * nothing) when there is no token at all.
 */
str db_match(struct ctx *c, const struct db_phrase *phrases, size_t n);

#endif
