#include "base/buf.h"
#include "platform/db/driver.h"

/*
 * Tokens are encoded so that no engine's tokenizer or query language can see
 * anything but a word in them: lower-case ASCII letters, digits and valid
 * UTF-8 stand for themselves, every other byte becomes _xx.
 */
static void add_token(struct buf *b, str token)
{
	bool   utf8 = utf8_check(token, NULL);
	size_t at = 0, used = 0;

	while (at < token.n) {
		unsigned char first = (unsigned char)token.p[at];
		size_t        from = at, cost;
		bool          plain = (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9') ||
		             (first >= 0x80 && utf8);

		if (plain && first >= 0x80)
			(void)utf8_next(token, &at);
		else
			at++;
		cost = plain ? at - from : 3;
		if (used + cost > DB_TOKEN_MAX)
			return;
		used += cost;
		if (plain) {
			buf_add(b, str_slice(token, from, at));
		} else {
			buf_char(b, '_');
			buf_hex(b, &first, 1);
		}
	}
}

enum { TEXT_MAX = 4 << 20 };

static str index_text(struct ctx *c, const str *tokens, size_t n)
{
	bool       sqlite = db_kind(c->db) == DB_SQLITE;
	struct buf b;

	buf_init(&b, c->arena, TEXT_MAX);
	for (size_t i = 0, at = 1; i < n && i < DB_TOKENS_MAX; i++) {
		if (!tokens[i].n)
			continue;
		if (at > 1)
			buf_char(&b, ' ');
		if (sqlite) {
			add_token(&b, tokens[i]);
		} else {
			buf_char(&b, '\'');
			add_token(&b, tokens[i]);
			buf_add(&b, S("':"));
			buf_int(&b, (int64_t)at);
		}
		at++;
	}
	return buf_str(&b);
}

static bool run_index(struct ctx *c, const char *verb, const char *sqlite,
                      const char *postgres, str table, int64_t seq, str text)
{
	struct db_query q = { .types = str_is_none(text) ? "i" : "it", .writes = true };
	struct db_run  *r;

	q.sqlite   = STR_CAT(c->arena, str_of(verb), table, str_of(sqlite)).p;
	q.postgres = STR_CAT(c->arena, str_of(verb), table, str_of(postgres)).p;
	TRY(db_start(c, &q, &r));
	db_put_int(r, 0, seq);
	if (!str_is_none(text))
		db_put_text(r, 1, text);
	return db_exec(c, r, NULL);
}

bool db_index(struct ctx *c, str table, int64_t seq, const str *tokens, size_t n)
{
	str text;

	for (size_t i = 0; i < table.n; i++)
		if (!((table.p[i] >= 'a' && table.p[i] <= 'z') || table.p[i] == '_' ||
		      (table.p[i] >= '0' && table.p[i] <= '9')))
			return fault(c, E_INTERNAL, NULL, N_("{1} is not a table."), table);
	text = index_text(c, tokens, n);
	TRY(run_index(c, "DELETE FROM ", "_fts WHERE rowid = ?1", "_fts WHERE seq = $1", table, seq,
	              STR_NONE));
	if (!text.n)
		return true;
	return run_index(c, "INSERT INTO ", "_fts (rowid, tokens) VALUES (?1, ?2)",
	                 "_fts (seq, tokens) VALUES ($1, $2::tsvector)", table, seq, text);
}

static bool add_phrase(struct buf *b, const struct db_phrase *p, bool sqlite, bool first)
{
	bool any = false;

	for (size_t i = 0; i < p->n; i++) {
		if (!p->v[i].n)
			continue;
		if (!any && !first)
			buf_add(b, sqlite ? S(" AND ") : S(" & "));
		if (!any)
			buf_char(b, sqlite ? '"' : '(');
		else
			buf_add(b, sqlite ? S(" ") : S(" <-> "));
		any = true;
		if (!sqlite)
			buf_char(b, '\'');
		add_token(b, p->v[i]);
		if (!sqlite)
			buf_char(b, '\'');
	}
	if (any)
		buf_char(b, sqlite ? '"' : ')');
	return any;
}

str db_match(struct ctx *c, const struct db_phrase *phrases, size_t n)
{
	struct buf b;
	bool       any = false;

	buf_init(&b, c->arena, 64 << 10);
	for (size_t i = 0; i < n; i++)
		if (add_phrase(&b, &phrases[i], db_kind(c->db) == DB_SQLITE, !any))
			any = true;
	return any && !b.full ? buf_str(&b) : STR_NONE;
}
