#include "standards/rolie/rolie_read.h"

enum { FEED_BYTES = 512 << 20, TEXT_BYTES = 2048, LINKS_MAX = 100 };

/* Room for the texts of one entry, used again for the next. */
struct texts { struct buf id, updated, src, self, hash[2], signature, rel, href; };

static void texts_init(struct ctx *c, struct texts *t)
{
	struct buf *all[] = { &t->id, &t->updated, &t->src, &t->self, &t->hash[0], &t->hash[1], &t->signature, &t->rel, &t->href };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!all[i]->arena)
			buf_init(all[i], c->arena, TEXT_BYTES);
		all[i]->n    = 0;
		all[i]->full = false;
	}
}

static void keep(struct buf *b, str s)
{
	b->n    = 0;
	b->full = s.n > TEXT_BYTES;
	if (!b->full)
		buf_add(b, s);
}

/* The value of a key: a text into b, anything else passed over. */
static bool text_next(struct json_pull *p, struct buf *b)
{
	struct json_event e;

	TRY(json_next(p, &e));
	if (e.kind == JSON_STRING)
		keep(b, e.text);
	else if (e.kind == JSON_OBJECT || e.kind == JSON_ARRAY)
		return json_skip(p);
	return true;
}

/* For each key of the object that comes next; other values are passed over. */
#define EACH_KEY(p, e) \
	for (;;) { \
		TRY(json_next((p), &(e))); \
		if ((e).kind != JSON_KEY) \
			break;

static bool opened(struct json_pull *p, enum json_kind kind, bool *open)
{
	struct json_event e;

	TRY(json_next(p, &e));
	*open = e.kind == kind;
	if (!*open && (e.kind == JSON_OBJECT || e.kind == JSON_ARRAY))
		return json_skip(p);
	return true;
}

static void link_place(struct texts *t)
{
	str rel = buf_str(&t->rel), href = buf_str(&t->href);

	if (t->href.full || !href.n)
		return;
	if (str_eq(rel, S("self")))
		keep(&t->self, href);
	else if (str_eq(rel, S("signature")))
		keep(&t->signature, href);
	else if (str_eq(rel, S("hash")))
		keep(&t->hash[str_ends(href, S(".sha512"))], href);
}

/* In a link, behind its {. */
static bool link_read(struct json_pull *p, void *with)
{
	struct texts     *t = with;
	struct json_event e;

	t->rel.n = t->href.n = 0;
	EACH_KEY(p, e)
		if (str_eq(e.text, S("rel")))
			TRY(text_next(p, &t->rel));
		else if (str_eq(e.text, S("href")))
			TRY(text_next(p, &t->href));
		else
			TRY(json_skip(p));
	}
	link_place(t);
	return true;
}

/* For each object of the list that comes next, behind its {; what else is in it is passed over. */
static bool each_object(struct json_pull *p, bool (*one)(struct json_pull *p, void *with), void *with)
{
	struct json_event e;
	bool              open;

	TRY(opened(p, JSON_ARRAY, &open));
	while (open) {
		TRY(json_next(p, &e));
		if (e.kind == JSON_ARRAY_END)
			break;
		if (e.kind == JSON_OBJECT)
			TRY(one(p, with));
		else if (e.kind == JSON_ARRAY)
			TRY(json_skip(p));
	}
	return true;
}

static bool content_read(struct json_pull *p, struct texts *t)
{
	struct json_event e;
	bool              open;

	TRY(opened(p, JSON_OBJECT, &open));
	if (!open)
		return true;
	EACH_KEY(p, e)
		if (str_eq(e.text, S("src")))
			TRY(text_next(p, &t->src));
		else
			TRY(json_skip(p));
	}
	return true;
}

static bool entry_read(struct json_pull *p, struct texts *t, struct rolie_found *f)
{
	struct json_event e;

	EACH_KEY(p, e)
		if (str_eq(e.text, S("id")))
			TRY(text_next(p, &t->id));
		else if (str_eq(e.text, S("updated")))
			TRY(text_next(p, &t->updated));
		else if (str_eq(e.text, S("link")))
			TRY(each_object(p, link_read, t));
		else if (str_eq(e.text, S("content")))
			TRY(content_read(p, t));
		else
			TRY(json_skip(p));
	}
	*f = (struct rolie_found){ .id = buf_str(&t->id), .url = t->self.n ? buf_str(&t->self) : buf_str(&t->src),
		.hash = { buf_str(&t->hash[0]), buf_str(&t->hash[1]) }, .signature = buf_str(&t->signature) };
	if (!time_parse(buf_str(&t->updated), &f->updated))
		f->updated = TIME_NONE;
	return true;
}

/* Who takes the entries, and what one is made of. */
struct taker { struct ctx *c; struct texts t; bool (*take)(void *to, const struct rolie_found *e); void *to; };

static bool entry_take(struct json_pull *p, void *with)
{
	struct taker      *k = with;
	struct rolie_found f;

	texts_init(k->c, &k->t);
	TRY(entry_read(p, &k->t, &f));
	return k->take(k->to, &f);
}

static bool feed_read(struct ctx *c, struct json_pull *p, bool (*take)(void *to, const struct rolie_found *e), void *to)
{
	struct taker      k = { .c = c, .take = take, .to = to };
	struct json_event e;
	bool              open;

	TRY(opened(p, JSON_OBJECT, &open));
	if (!open)
		return fault(c, E_INVALID, "/feed", N_("This is no ROLIE feed."));
	EACH_KEY(p, e)
		if (str_eq(e.text, S("entry")))
			TRY(each_object(p, entry_take, &k));
		else
			TRY(json_skip(p));
	}
	return true;
}

bool rolie_feed_read(struct ctx *c, json_more_fn *more, void *from,
                     bool (*take)(void *to, const struct rolie_found *e), void *to)
{
	static const struct json_limits limits = { .bytes = FEED_BYTES, .depth = 50, .members = 10000000, .string = 1 << 20 };
	struct json_pull *p     = json_pull_open(c, &limits, more, from);
	struct json_event e;
	bool              found = false, open;

	TRY(opened(p, JSON_OBJECT, &open));
	if (open) {
		EACH_KEY(p, e)
			if (str_eq(e.text, S("feed"))) {
				found = true;
				TRY(feed_read(c, p, take, to));
			} else {
				TRY(json_skip(p));
			}
		}
	}
	TRY(json_next(p, &e));   /* nothing may follow */
	return found || fault(c, E_INVALID, "/feed", N_("This is no ROLIE feed."));
}
