#include "base/buf.h"
#include "platform/db/driver.h"

enum { NAMES = 10000, ROOM = 256 << 10, PIECE = 32 << 10 };

/* One column of the old database; those of a table follow each other. */
struct column { str of, name, type; };
struct columns { struct column *v; size_t n; };
static const struct db_col column_cols[] = {
	{ "of", DB_TEXT, offsetof(struct column, of) },
	{ "name", DB_TEXT, offsetof(struct column, name) },
	{ "type", DB_TEXT, offsetof(struct column, type) },
};

/* A foreign key of the new one: dropped while rows come in any order, then made again, which tests all of them. */
struct key { str of, name, text; };
struct keys { struct key *v; size_t n; };
static const struct db_col key_cols[] = {
	{ "of", DB_TEXT, offsetof(struct key, of) },
	{ "name", DB_TEXT, offsetof(struct key, name) },
	{ "text", DB_TEXT, offsetof(struct key, text) },
};

/* Where the engine gives numbers: the last one that the old database gave. */
struct serial { str of, column; };
struct serials { struct serial *v; size_t n; };
static const struct db_col serial_cols[] = {
	{ "of", DB_TEXT, offsetof(struct serial, of) },
	{ "column", DB_TEXT, offsetof(struct serial, column) },
};

static const struct db_query q_columns = {
	.sqlite = "SELECT t.name, x.name, x.type FROM pragma_table_list t, pragma_table_info(t.name) x"
	          " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'"
	          " ORDER BY t.name, x.cid",
	.types = "",
};
/* The tokens of the search index, which the engines keep in their own way. */
static const struct db_query q_indexes = {
	.sqlite = "SELECT t.name, 'seq', 'TOKENS' FROM pragma_table_list t"
	          " WHERE t.schema = 'main' AND t.type = 'virtual' AND t.name LIKE '%!_fts' ESCAPE '!' ORDER BY t.name",
	.types = "",
};
static const struct db_query q_keys = {
	.postgres = "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
	            " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2",
	.types = "",
};
static const struct db_query q_serials = {
	.postgres = "SELECT table_name, column_name FROM information_schema.columns"
	            " WHERE table_schema = current_schema() AND is_identity = 'YES' ORDER BY 1, 2",
	.types = "",
};
static const struct db_query q_last = {
	.sqlite = "SELECT seq FROM sqlite_sequence WHERE name = ?1", .types = "t",
};
static const struct db_query q_next = {
	.postgres = "SELECT setval(pg_get_serial_sequence(quote_ident($1), $2), $3)", .types = "tti", .writes = true,
};

/* Old and new, and the lines on their way. */
struct carrying {
	struct ctx *from, *to;
	struct buf  lines;
	db_told    *told;
	void       *arg;
};

static bool list(struct ctx *c, const struct db_query *q, const struct db_col *cols, size_t n, size_t size, void **v, size_t *found)
{
	struct db_run *r;

	TRY(db_start(c, q, &r));
	return db_many(c, r, cols, n, size, NAMES, v, found);
}

static bool say(struct ctx *c, str text)
{
	struct db_query q = { .sqlite = text.p, .postgres = text.p, .types = "", .writes = true };
	struct db_run  *r;

	TRY(db_start(c, &q, &r));
	return db_exec(c, r, NULL);
}

/* ---- the form of COPY ---- */

static bool flush(struct carrying *t, size_t above)
{
	bool ok = t->lines.n <= above || postgres_copy_send(t->to, buf_str(&t->lines));

	if (t->lines.n > above)
		t->lines.n = 0;
	return ok;
}

static void escaped(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\\' || c == '\n' || c == '\r' || c == '\t')
			buf_char(b, '\\');
		buf_char(b, c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c);
	}
}

static void hexed(struct buf *b, str s)
{
	buf_hex(b, s.p, s.n);
}

/* A long value goes in pieces. */
static bool put_bytes(struct carrying *t, str s, void (*put)(struct buf *b, str s))
{
	for (size_t at = 0; at < s.n; at += PIECE) {
		put(&t->lines, str_slice(s, at, at + PIECE < s.n ? at + PIECE : s.n));
		TRY(flush(t, ROOM - 3 * PIECE));
	}
	return true;
}

/* 'one':1 'two':2 of the words that SQLite keeps as "one two". */
static bool put_tokens(struct carrying *t, str tokens)
{
	str     word;
	int64_t at = 1;

	for (; str_cut(&tokens, ' ', &word); at++) {
		if (at > 1)
			buf_char(&t->lines, ' ');
		buf_char(&t->lines, '\'');
		escaped(&t->lines, word);
		buf_add(&t->lines, S("':"));
		buf_int(&t->lines, at);
		TRY(flush(t, ROOM - 3 * PIECE));
	}
	return true;
}

static bool put_value(struct carrying *t, struct db_run *r, int i, str type)
{
	const struct db_driver *d = r->tx->db->driver;
	int64_t                 n;
	double                  real;
	str                     s;

	if (str_eq(type, S("INTEGER"))) {
		if (d->get_int(r, i, &n))
			buf_int(&t->lines, n);
		else
			buf_add(&t->lines, S("\\N"));
	} else if (str_eq(type, S("REAL"))) {
		if (d->get_real(r, i, &real))
			buf_fmt(&t->lines, "%.17g", real);
		else
			buf_add(&t->lines, S("\\N"));
	} else if (!d->get_bytes(r, i, str_eq(type, S("BLOB")), &s)) {
		buf_add(&t->lines, S("\\N"));
	} else if (str_eq(type, S("BLOB"))) {
		buf_add(&t->lines, S("\\\\x"));
		TRY(put_bytes(t, s, hexed));
	} else {
		TRY(str_eq(type, S("TOKENS")) ? put_tokens(t, s) : put_bytes(t, s, escaped));
	}
	return flush(t, ROOM - 3 * PIECE);
}

static bool put_rows(struct carrying *t, const struct db_query *q, const struct column *v, size_t n, int64_t *rows)
{
	struct db_run *r;
	bool           ok, more;

	TRY(db_start(t->from, q, &r));
	for (*rows = 0; (ok = db_next(t->from, r, &more)) && more; ++*rows) {
		for (size_t i = 0; ok && i < n; i++) {
			if (i)
				buf_char(&t->lines, '\t');
			ok = put_value(t, r, (int)i, v[i].type);
		}
		buf_char(&t->lines, '\n');
		if (!ok)
			break;
	}
	db_end(r);
	return ok && flush(t, 0);
}

/* ---- tables ---- */

/* All rows of one; `as`: the names that the new table has for these columns. */
static bool table_copy(struct carrying *t, str from, str as, const struct column *v, size_t n)
{
	struct ctx     *c    = t->from;
	struct db_query q    = { .sqlite = STR_CAT(c->arena, S("SELECT "), from, S(" FROM \""), v->of, S("\"")).p, .types = "" };
	int64_t         sent = 0, came = 0;
	bool            ok;

	t->lines.n = 0;
	TRY(ctx_whole(c) && postgres_copy_begin(t->to, v->of, as));
	ok = put_rows(t, &q, v, n, &sent);
	ok = postgres_copy_end(t->to, ok ? NULL : "not all of it could be read", &came) && ok;
	if (ok && sent != came)
		return fault(t->to, E_DATABASE, NULL, N_("{1} of {2} rows of {3} arrived."), str_fmt(c->arena, "%lld", (long long)came),
		             str_fmt(c->arena, "%lld", (long long)sent), v->of);
	return ok && (!t->told || t->told(t->arg, v->of, came));
}

/* How many columns from here on are of one table, and their names. */
static size_t table_of(struct ctx *c, const struct columns *all, size_t from, str *names)
{
	struct buf b;
	size_t     n = 0;

	buf_init(&b, c->arena, 64 << 10);
	for (; from + n < all->n && str_eq(all->v[from + n].of, all->v[from].of); n++) {
		buf_add(&b, n ? S(", \"") : S("\""));
		buf_add(&b, all->v[from + n].name);
		buf_char(&b, '"');
	}
	*names = buf_str(&b);
	return n;
}

static bool tables_copy(struct carrying *t, const struct columns *all)
{
	str names;

	for (size_t at = 0, n; at < all->n; at += n) {
		n = table_of(t->from, all, at, &names);
		TRY(table_copy(t, names, names, all->v + at, n));
	}
	return true;
}

static bool indexes_copy(struct carrying *t)
{
	struct columns all;

	TRY(list(t->from, &q_indexes, column_cols, 3, sizeof(struct column), (void **)&all.v, &all.n));
	for (size_t i = 0; i < all.n; i++) {
		struct column two[] = { { all.v[i].of, S("seq"), S("INTEGER") }, { all.v[i].of, S("tokens"), S("TOKENS") } };
		TRY(table_copy(t, S("rowid, tokens"), S("\"seq\", \"tokens\""), two, 2));
	}
	return true;
}

/* What the migrations wrote there is in the old database, too. */
static bool tables_empty(struct carrying *t, const struct columns *all)
{
	str names;

	for (size_t at = 0; at < all->n; at += table_of(t->from, all, at, &names))
		TRY(say(t->to, STR_CAT(t->to->arena, S("DELETE FROM \""), all->v[at].of, S("\""))));
	return true;
}

static bool keys_drop(struct ctx *c, const struct keys *k)
{
	for (size_t i = 0; i < k->n; i++)
		TRY(say(c, STR_CAT(c->arena, S("ALTER TABLE "), k->v[i].of, S(" DROP CONSTRAINT "), k->v[i].name)));
	return true;
}

static bool keys_make(struct ctx *c, const struct keys *k)
{
	for (size_t i = 0; i < k->n; i++)
		TRY(say(c, STR_CAT(c->arena, S("ALTER TABLE "), k->v[i].of, S(" ADD CONSTRAINT "), k->v[i].name, S(" "), k->v[i].text)));
	return true;
}

static bool serial_go_on(struct carrying *t, const struct serial *s)
{
	struct db_run *r;
	int64_t        last = INT_NONE;
	bool           more;

	TRY(db_start(t->from, &q_last, &r));
	db_put_text(r, 0, s->of);
	TRY(db_next(t->from, r, &more));
	last = more ? db_get_int(r, 0) : INT_NONE;
	db_end(r);
	if (last == INT_NONE || last < 1)
		return true;
	TRY(db_start(t->to, &q_next, &r));
	db_put_text(r, 0, s->of);
	db_put_text(r, 1, s->column);
	db_put_int(r, 2, last);
	return db_exec(t->to, r, NULL);
}

static bool carry(struct carrying *t)
{
	struct columns all;
	struct keys    keys;
	struct serials serials;

	TRY(list(t->from, &q_columns, column_cols, 3, sizeof(struct column), (void **)&all.v, &all.n));
	TRY(list(t->to, &q_keys, key_cols, 3, sizeof(struct key), (void **)&keys.v, &keys.n));
	TRY(list(t->to, &q_serials, serial_cols, 2, sizeof(struct serial), (void **)&serials.v, &serials.n));
	TRY(keys_drop(t->to, &keys) && tables_empty(t, &all));
	TRY(tables_copy(t, &all) && indexes_copy(t));
	for (size_t i = 0; i < serials.n; i++)
		TRY(serial_go_on(t, &serials.v[i]));
	return keys_make(t->to, &keys);
}

bool db_carry(struct ctx *c, struct db *to, db_told *told, void *arg)
{
	struct ctx      d = *c;
	struct carrying t = { .from = c, .to = &d, .told = told, .arg = arg };
	bool            ok;

	if (db_kind(c->db) != DB_SQLITE || db_kind(to) != DB_POSTGRES)
		return fault(c, E_STATE, "database", N_("A house moves from SQLite to PostgreSQL only."));
	d.db     = to;
	d.tx     = NULL;
	d.fault  = (struct fault){ 0 };
	buf_init(&t.lines, c->arena, ROOM);
	buf_reserve(&t.lines, ROOM);
	TRY(db_begin(c, DB_READ, NULL));
	ok = db_begin(&d, DB_WRITE, NULL) && carry(&t) && db_commit(&d);
	db_rollback(&d);
	db_rollback(c);
	if (!ok && d.fault.code)
		c->fault = d.fault;
	return ok;
}
