#include "record/search.h"

#include "gen/search.sql.h"

#include "base/buf.h"
#include "platform/text/token.h"

enum { PIECE = 8192, PIECES = 128 };   /* bytes of a piece; pieces of one text */

/* ---- pieces ---- */

struct piece { const struct search_text *of; int64_t ordinal; str body; bool stands; };
struct piece_list { struct piece *v; size_t n, cap, max; };

/* An empty text has a piece, too: its title. */
static bool pieces_cut(struct ctx *c, const struct search_text *t, struct piece_list *out)
{
	str rest = t->body.n ? t->body : S(" "), part;

	for (int64_t n = 0; n < PIECES && token_piece(&rest, PIECE, &part); n++)
		if (!list_push(c->arena, out, ((struct piece){ t, n, part, false })))
			return fault(c, E_LIMIT, "text", NULL);
	return true;
}

static str title_of(const struct search_text *t)
{
	return t->title.p ? t->title : S("");
}

/* All pieces of a kind have it, and no text: what is sought in one kind is not looked for in the others. */
static str kind_token(struct ctx *c, str kind)
{
	return STR_CAT(c->arena, S("\x1e"), kind);
}

/* An object's own text is found by its title. */
static bool tokens_put(struct ctx *c, const char *kind, int64_t seq, const struct piece *p)
{
	bool              titled = !p->of->part.n && p->ordinal == 0;
	struct token_list tokens = { .max = DB_TOKENS_MAX - 1 };
	str              *all;

	if (!token_split(c, titled ? STR_CAT(c->arena, title_of(p->of), S("\n"), p->body) : p->body, &tokens))   /* as far as it goes */
		c->fault.code = E_NONE;
	all    = NEWS(c->arena, str, tokens.n + 1);
	all[0] = kind_token(c, str_of(kind));
	if (tokens.n)
		memcpy(all + 1, tokens.v, tokens.n * sizeof(str));
	return db_index(c, S("find_piece"), seq, all, tokens.n + 1);
}

static bool piece_put(struct ctx *c, const char *kind, str object, const struct piece *p)
{
	struct find_piece_insert_row row;

	TRY(sql_find_piece_insert(c, str_of(kind), object, p->of->part.n ? p->of->part : S(""), p->ordinal, p->of->casefile,
	                          title_of(p->of), p->body, p->of->at, SEARCH_EDITION, &row));
	return tokens_put(c, kind, row.seq, p);
}

static bool text_put(struct ctx *c, const char *kind, str object, const struct search_text *t)
{
	struct piece_list pieces = { .max = PIECES };

	TRY(pieces_cut(c, t, &pieces));
	for (size_t i = 0; i < pieces.n; i++)
		TRY(piece_put(c, kind, object, &pieces.v[i]));
	return true;
}

/* ---- what stands in the house ---- */

bool search_text(struct ctx *c, struct search_texts *out, struct search_text t)
{
	return list_push(c->arena, out, t) || fault(c, E_LIMIT, "text", NULL);
}

void search_line(struct buf *b, str line)
{
	if (!line.n || b->n + line.n + 1 > b->max)
		return;
	buf_add(b, line);
	buf_char(b, '\n');
}

bool search_put(struct ctx *c, const char *kind, str object, const struct search_text *t)
{
	TRY(sql_find_piece_drop_part(c, str_of(kind), object, t->part.n ? t->part : S("")));
	return text_put(c, kind, object, t);
}

bool search_put_all(struct ctx *c, const struct search_source *s, str object)
{
	struct search_texts texts = { .max = SIZE_MAX / sizeof(struct search_text) };

	TRY(search_drop(c, s->kind, object));
	TRY(s->texts(c, object, &texts));
	for (size_t i = 0; i < texts.n; i++)
		TRY(text_put(c, s->kind, object, &texts.v[i]));
	return true;
}

bool search_drop(struct ctx *c, const char *kind, str object)
{
	return sql_find_piece_drop(c, str_of(kind), object);
}

/* ---- making anew ---- */

static bool same_words(const struct find_piece_of_row *r, const struct piece *p)
{
	return r->body.n == p->body.n && str_eq(r->body, p->body) && str_eq(r->title, title_of(p->of)) &&
	       str_eq(r->casefile.v, p->of->casefile.v);
}

static bool same_place(const struct find_piece_of_row *r, const struct piece *p)
{
	return r->ordinal == p->ordinal && str_eq(r->part, p->of->part);
}

/* The piece that this row is, at its place or (before parts were known) anywhere. */
static struct piece *piece_of(const struct find_piece_of_row *r, const struct piece_list *want)
{
	for (int anywhere = 0; anywhere < 2; anywhere++)
		for (size_t i = 0; i < want->n; i++)
			if (!want->v[i].stands && (anywhere ? r->made < SEARCH_EDITION : same_place(r, &want->v[i])) && same_words(r, &want->v[i]))
				return &want->v[i];
	return NULL;
}

static bool row_renew(struct ctx *c, const char *kind, const struct find_piece_of_row *r, struct piece *p, struct search_change *done)
{
	if (!p) {
		done->dropped++;
		return sql_find_piece_delete(c, r->seq);
	}
	p->stands = true;
	if (r->made == SEARCH_EDITION)
		return true;
	done->mended++;
	TRY(sql_find_piece_place(c, r->seq, p->of->part.n ? p->of->part : S(""), p->ordinal, SEARCH_EDITION));
	return tokens_put(c, kind, r->seq, p);
}

bool search_renew(struct ctx *c, const struct search_source *s, str object, struct search_change *done)
{
	struct search_texts       texts = { .max = SIZE_MAX / sizeof(struct search_text) };
	struct piece_list         want  = { .max = SIZE_MAX / sizeof(struct piece) };
	struct find_piece_of_rows have;

	TRY(s->texts(c, object, &texts));
	for (size_t i = 0; i < texts.n; i++)
		TRY(pieces_cut(c, &texts.v[i], &want));
	TRY(sql_find_piece_of(c, str_of(s->kind), object, &have));
	for (size_t i = 0; i < have.n; i++)
		TRY(row_renew(c, s->kind, &have.v[i], piece_of(&have.v[i], &want), done));
	for (size_t i = 0; i < want.n; i++) {
		if (want.v[i].stands)
			continue;
		TRY(piece_put(c, s->kind, object, &want.v[i]));
		done->made++;
	}
	return true;
}

const struct search_source *search_source(struct ctx *c, str kind)
{
	const struct front *f = front_of(c);

	for (size_t i = 0; i < f->services_n; i++)
		for (const struct search_source *const *s = f->services[i]->sources; s && *s; s++)
			if (str_eq(kind, str_of((*s)->kind)))
				return *s;
	return NULL;
}

/* ---- a chore: what an earlier edition made ---- */

enum { A_TURN = 200 /* pieces */ };

bool search_stale_due(struct ctx *c, void **work)
{
	struct find_stale_rows *r = NEW(c->arena, struct find_stale_rows);

	TRY(sql_find_stale(c, SEARCH_EDITION, A_TURN, r));
	*work = r->n ? r : NULL;
	return true;
}

bool search_stale_act(struct ctx *c, void *work, bool *keep)
{
	(void)c;
	(void)work;
	*keep = true;
	return true;
}

bool search_stale_keep(struct ctx *c, void *work)
{
	const struct find_stale_rows *r = work;
	struct search_change          done = { 0 };

	for (size_t i = 0; i < r->n; i++) {
		const struct search_source *s = search_source(c, r->v[i].kind);

		/* A kind that this program does not know is nobody's to show. */
		TRY(s ? search_renew(c, s, r->v[i].object, &done) : sql_find_piece_drop(c, r->v[i].kind, r->v[i].object));
	}
	return true;
}

/* ---- asking ---- */

bool search_query(struct ctx *c, str typed, str kind, str *query)
{
	struct phrase_list phrases = { .max = TOKEN_PHRASES_MAX };
	struct db_phrase  *v;
	str                of_kind = kind.n ? kind_token(c, kind) : S("");

	*query = STR_NONE;
	TRY(token_query(c, typed, &phrases));
	if (phrases.n == 0)
		return true;
	v = NEWS(c->arena, struct db_phrase, phrases.n + 1);
	for (size_t i = 0; i < phrases.n; i++)
		v[i] = (struct db_phrase){ phrases.v[i].v, phrases.v[i].n };
	v[phrases.n] = (struct db_phrase){ &of_kind, kind.n ? 1 : 0 };
	*query = db_match(c, v, phrases.n + 1);
	return true;
}
