#include "record/search.h"

#include "gen/search.sql.h"

#include "base/buf.h"
#include "platform/text/token.h"

enum { PIECE = 16384, PIECES = 64 };   /* bytes of a piece; pieces of one text */

static bool piece(struct ctx *c, const char *kind, str object, case_id k, int64_t ordinal,
                  str title, str body)
{
	struct find_piece_insert_row row;
	struct token_list            tokens = { .max = 8000 };
	str all = STR_CAT(c->arena, title.p ? title : S(""), S("\n"), body);

	TRY(sql_find_piece_insert(c, str_of(kind), object, k, ordinal, title.p ? title : S(""),
	                          body, c->now, &row));
	if (!token_split(c, all, &tokens))   /* as far as it goes */
		c->fault.code = E_NONE;
	return db_index(c, S("find_piece"), row.seq, tokens.v, tokens.n);
}

bool search_add(struct ctx *c, const char *kind, str object, case_id k, str title, str body)
{
	for (int64_t i = 0; i < PIECES; i++) {
		str part = utf8_cut(body, PIECE);
		TRY(piece(c, kind, object, k, i, title, part));
		body = str_slice(body, part.n, body.n);
		if (body.n == 0)
			break;
	}
	return true;
}

bool search_put(struct ctx *c, const char *kind, str object, case_id k, str title, str body)
{
	TRY(sql_find_piece_delete(c, str_of(kind), object));
	return search_add(c, kind, object, k, title, body);
}
