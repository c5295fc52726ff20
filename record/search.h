#ifndef RECORD_SEARCH_H
#define RECORD_SEARCH_H

/*
 * The search index: texts of cases, reports, products and advisories, folded
 * and cut into tokens (platform/text/token), in pieces.  A failure to index
 * never fails the store: too long a text is indexed as far as it goes.
 *
 * An object has texts: its own, which comes first, and parts such as its notes.
 * Who changes one of them puts it here again, so that what no longer stands is
 * not found; the source of its kind knows all of them, to make it anew.
 */

#include "platform/op/op.h"
#include "record/ids.h"

/*
 * What makes pieces and tokens of a text, and which texts there are.  Change it (fold.h, token.h,
 * a source) and count one up: pieces of an earlier edition are made anew while the server runs.
 */
enum { SEARCH_EDITION = 1 };

/* part: none for the object's own text, which is found by its title too. casefile none: not bound to a case. */
struct search_text { str part, title, body; case_id casefile; time_us at; };
struct search_texts { struct search_text *v; size_t n, cap, max; };

/* All objects of a kind; both are called with the house as viewer. */
struct search_source {
	const char *kind;
	/* The first object behind `after` in the order of bytes. */
	bool (*next)(struct ctx *c, str after, str *object, bool *found);
	/* Its texts, its own first; nothing at all when it is not to be found (any more). */
	bool (*texts)(struct ctx *c, str object, struct search_texts *out);
};

/* Into the list of a source. */
bool search_text(struct ctx *c, struct search_texts *out, struct search_text t) MUST_CHECK;
/* A line of a text, with room for SEARCH_BODY bytes; empty ones and what has no room are left out. */
enum { SEARCH_BODY = 256 << 10 };
void search_line(struct buf *b, str line);
/* NAME_next of a source, by the statement of which the row's member is the object. */
#define SEARCH_NEXT(name, statement, member) \
	static bool name##_next(struct ctx *c, str after, str *object, bool *found) \
	{ \
		struct statement##_row r; \
		TRY(sql_##statement(c, after, &r, found)); \
		*object = *found ? r.member : STR_NONE; \
		return true; \
	}

/* Replace one text of an object. */
bool search_put(struct ctx *c, const char *kind, str object, const struct search_text *t) MUST_CHECK;
/* Replace all that its source says, as far as the actor sees it. */
bool search_put_all(struct ctx *c, const struct search_source *s, str object) MUST_CHECK;
/* It is found no more. */
bool search_drop(struct ctx *c, const char *kind, str object) MUST_CHECK;
/* What was typed, of one kind or (none) of all, as the parameter of @match; none when nothing in it can be found. */
bool search_query(struct ctx *c, str typed, str kind, str *query) MUST_CHECK;

/* What making anew did to pieces. */
struct search_change { int64_t made, mended, dropped; };
/*
 * As the house: make the pieces of an object what its source says.  Those that are right keep
 * their place among the newest; those of an earlier edition get new tokens.
 */
bool search_renew(struct ctx *c, const struct search_source *s, str object, struct search_change *done) MUST_CHECK;
/* The source of a kind among the services of c->front; NULL: none. */
const struct search_source *search_source(struct ctx *c, str kind);

/* A chore that makes anew what an earlier edition made; the oldest first. */
bool search_stale_due(struct ctx *c, void **work) MUST_CHECK;
bool search_stale_act(struct ctx *c, void *work, bool *keep) MUST_CHECK;
bool search_stale_keep(struct ctx *c, void *work) MUST_CHECK;

#endif
