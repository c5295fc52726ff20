#ifndef TOOLS_MKSQL_H
#define TOOLS_MKSQL_H

/*
 * mksql: SQL files to typed C.  See platform/db/README.md for the language.
 *
 * mksql_lex.c       text -> tokens
 * mksql_schema.c    migrations: house types -> both engines
 * mksql_guard.c     "-- guard" and "-- search" in them
 * mksql_build.c     the schema in memory
 * mksql_wall.c      who may write, read and change which table
 * mksql_source.c    x.sql -> statements
 * mksql_render.c    a statement's text on both engines
 * mksql_prepare.c   statements against the schema: columns and their types
 * mksql_order.c     ORDER BY
 * mksql_emit.c      statements -> x.sql.h, x.sql.c, ids.h, schema.[ch]
 * mksql_page.c      schema.md, for people
 * mksql_postgres.c  everything once more on a real PostgreSQL (./check)
 */

#include <sqlite3.h>

#include "base/buf.h"
#include "base/ctx.h"
#include "base/list.h"
#include "platform/db/db.h"

enum tok_kind { T_SPACE, T_COMMENT, T_WORD, T_QUOTED, T_STRING, T_NUMBER, T_PARAM, T_MACRO, T_PUNCT };

struct tok {
	enum tok_kind kind;
	str           s;      /* T_PARAM and T_MACRO without their mark */
	int           line;
};

struct toks { struct tok *v; size_t n, cap, max; };

struct table {
	str  name, owner;
	bool guarded, search;
	bool stale;           /* its view lacks a column that was added */
};

/* A view pub_…: what its owner lets others read. */
struct face { str name, owner, file; int line; struct toks body; };

/* One statement of a migration: where it begins in the file, where it ends in the texts. */
struct chunk { int line; size_t house, sqlite; };

struct migration {
	str  file, name, owner, sha256;
	str  house, sqlite, postgres;   /* house: with our types, for finding them again */
	LIST(struct chunk) chunks;
};

struct param {
	str  name, type;      /* "str" "int" "time" "bool" "real" "blob" or "X_id" */
	char letter;          /* t i r b */
	uint32_t bit;         /* of its optional piece; 0 when it is always there */
};

struct column {
	str          name, ctype;
	enum db_type type;
};

struct sort { str name, order; uint32_t bit; int line; };
struct typed { str name, type; bool used; };
struct piece { str sqlite, postgres; uint32_t need; };

enum stmt_kind { K_ONE, K_MAYBE, K_MANY, K_EACH, K_EXEC, K_COUNT };

struct stmt {
	str            file, name, owner_path;
	int            line, body_line;
	enum stmt_kind kind;
	int64_t        max;
	LIST(struct param)  params;
	LIST(struct column) cols;
	LIST(struct sort)   sorts;
	LIST(struct typed)  types;
	LIST(struct piece)  pieces;
	struct toks    body;
	uint32_t       bits;      /* of optional pieces */
	bool           writes, guarded;
	bool           ahead;     /* may be asked before its answer is needed */
	str            by_values; /* the parameters of "-- values:" */
	uint32_t       values;    /* their bits; all of them with @match */
};

struct mksql {
	struct ctx *c;
	struct arena *a;
	sqlite3    *db;           /* the house schema */
	int         errors;
	LIST(struct table)     tables;
	LIST(struct face)      faces;
	LIST(struct migration) migrations;
	LIST(str)              ids;       /* "case" of ID(case), sorted */
	LIST(struct stmt)      stmts;
	str         prefix;       /* of the files for the whole: ids.h, schema.[ch] */
	str         schema_name;  /* "db_migrations" */
};

/* "file:line: name: text" to stderr; counts. */
void complain(struct mksql *m, str file, int line, str name, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
bool lex(struct mksql *m, str file, str text, struct toks *out);
/* The next token at or after i that is neither space nor comment; t->n at the end. */
size_t tok_next(const struct toks *t, size_t i);
bool tok_is(const struct tok *t, const char *word);    /* a word, without case; or that punctuation */

str file_read(struct mksql *m, str path);
/* Writes only when the content differs, so that make rebuilds only what changed. */
void file_save(struct mksql *m, str path, str text);
/* "record/user.sql" -> "user" */
str  file_stem(str path);

struct table *table_find(struct mksql *m, str name);
void schema_load(struct mksql *m, str path);
void schema_open(struct mksql *m);

/* Three renderings of one migration while it is read. */
struct out { struct buf house, lite, pg; };
void put3(struct out *o, const char *house, const char *lite, const char *pg);
/* The chunk that ends here began at this line. */
void end_chunk(struct mksql *m, struct migration *g, const struct out *o, int line);
/* Guards and searches of a migration, after its tables. */
void put_directives(struct mksql *m, struct migration *g, const struct toks *t, struct out *o);

/* What statements touch, noted while they are prepared: an authorizer of SQLite with a struct touch. */
struct touch {
	struct mksql *m;
	str           face;       /* the view pub_… whose own text is looked at, or none */
	LIST(str)     raw;        /* tables read, not through a view see_… */
	LIST(str)     direct;     /* those of them that no view pub_… stands before */
	LIST(str)     written;
};
void touch_init(struct mksql *m, struct touch *t);
int  touch_note(void *touch, int what, const char *a, const char *b, const char *base, const char *view);
/* Names of a statement that would hide others; before it is prepared. */
void wall_check_names(struct mksql *m, const struct stmt *s);
/* A statement against the walls: guards and owners. */
void wall_check(struct mksql *m, struct stmt *s, const struct touch *t);
/* The views pub_… of the whole schema. */
void wall_check_faces(struct mksql *m);
/* A migration that is run changes tables of its owner alone: an authorizer of SQLite with a struct move. */
struct move { struct mksql *m; const struct migration *g; int line; };
int  wall_move(void *move, int what, const char *a, const char *b, const char *base, const char *view);
/* A word that cannot be a name on PostgreSQL without quotes, or in C. */
bool word_reserved(str s);

struct param *param_find(struct stmt *s, str name);
void stmt_render(struct mksql *m, struct stmt *s);
void source_load(struct mksql *m, str path);
/* The text for the pieces that mask switches on. */
str  stmt_text(struct mksql *m, const struct stmt *s, bool sqlite, uint32_t mask);
/* Without see_ or pub_. */
str  table_bare(str name);
/* The table that an alias of this statement stands for, without see_ or pub_. */
str  table_of_alias(const struct toks *t, str alias);
void check_sees(struct mksql *m, str file, str name, const struct toks *t);
void stmt_prepare(struct mksql *m, struct stmt *s);
/* Every mask that is worth preparing; returns their number, at most max. */
size_t stmt_masks(const struct stmt *s, uint32_t *out, size_t max);

void order_check(struct mksql *m, const struct stmt *s);

void emit_file(struct mksql *m, str dir, str path);
void emit_whole(struct mksql *m, str dir);

/* The tables, guards and public views as Markdown. */
void page_write(struct mksql *m, str path);

/* 0 when every statement prepares on the server and the types agree. */
int postgres_check(struct mksql *m, const char *url);

#endif
