#include "record/search.h"

#include "gen/search.sql.h"

#include "base/buf.h"
#include "platform/text/token.h"

enum { PIECE = 8192, PIECES = 128 };   /* bytes of a piece; pieces of one text */

static bool piece_store(struct ctx *c, const char *kind, str object, case_id k, int64_t ordinal,
                        str title, str body, str all)
{
	struct find_piece_insert_row row;
	struct token_list            tokens = { .max = DB_TOKENS_MAX };

	TRY(sql_find_piece_insert(c, str_of(kind), object, k, ordinal, title, body, c->now, &row));
	if (!token_split(c, all, &tokens))   /* as far as it goes */
		c->fault.code = E_NONE;
	return db_index(c, S("find_piece"), row.seq, tokens.v, tokens.n);
}

/* Found by its title too, when it is the object's first. */
static bool pieces_store(struct ctx *c, const char *kind, str object, case_id k, str title, str body, bool first)
{
	str     rest = body.n ? body : S(" "), part;
	int64_t n    = 0;

	for (; n < PIECES && token_piece(&rest, PIECE, &part); n++)
		TRY(piece_store(c, kind, object, k, n, title, part, first && n == 0 ? STR_CAT(c->arena, title, S("\n"), part) : part));
	return true;
}

bool search_add(struct ctx *c, const char *kind, str object, case_id k, str title, str body)
{
	return pieces_store(c, kind, object, k, title.p ? title : S(""), body, false);
}

bool search_put(struct ctx *c, const char *kind, str object, case_id k, str title, str body)
{
	TRY(sql_find_piece_delete(c, str_of(kind), object));
	return pieces_store(c, kind, object, k, title, body, true);
}

bool search_drop(struct ctx *c, const char *kind, str object)
{
	return sql_find_piece_delete(c, str_of(kind), object);
}

bool search_query(struct ctx *c, str typed, str *query)
{
	struct phrase_list phrases = { .max = TOKEN_PHRASES_MAX };
	struct db_phrase  *v;

	*query = STR_NONE;
	TRY(token_query(c, typed, &phrases));
	v = NEWS(c->arena, struct db_phrase, phrases.n + 1);
	for (size_t i = 0; i < phrases.n; i++)
		v[i] = (struct db_phrase){ phrases.v[i].v, phrases.v[i].n };
	*query = db_match(c, v, phrases.n);
	return true;
}
