#ifndef DOORS_STAGE_H
#define DOORS_STAGE_H

/* One operation or view, run as one person at one instant, for the demo's story. */

#include "doors/serve/node.h"
#include "platform/op/op.h"

enum { CAST = 12, GOODS = 32 };

struct player { str name, mail, roles, lang, zone, password; struct actor who; };

struct stage {
	struct node  *n;
	struct arena  kept;             /* ids and texts that the story remembers */
	struct player cast[CAST];
	size_t        cast_n;
	str           products[GOODS];  /* ids, in the order of cast_goods */
	int           shipped[GOODS];   /* how many of their versions are out */
	time_us       from, to;         /* the span of the story */
	uint64_t      dice;
	int64_t       acts;
	enum lang     outside_lang;     /* in which somebody outside reads our pages */
};

/* A value of an operation's argument; the list ends with a NULL name. */
struct line { const char *name; str value; };

/* What the story needs to know of an answer; kept. */
struct outcome { str object, casefile, secret; };

/* who NULL: somebody outside. False: the fault has been said on standard error. */
bool stage_act(struct stage *s, const struct player *who, time_us at, const char *op,
               const struct line *lines, struct outcome *out) MUST_CHECK;
#define ACT(s, who, at, op, out, ...) \
	stage_act((s), (who), (at), (op), (const struct line[]){ __VA_ARGS__, { NULL, STR_NONE } }, (out))
/* With one file, as its argument "file". */
bool stage_file(struct stage *s, const struct player *who, time_us at, const char *op, struct file_part *file, struct outcome *out) MUST_CHECK;
/* One cell of a view's part: row from 0; none when there is none. Kept. */
bool stage_cell(struct stage *s, const struct player *who, time_us at, const char *view, str id,
                const char *part, size_t row, const char *column, str *out) MUST_CHECK;
/* 0 … n-1, the same in every demo. */
size_t stage_dice(struct stage *s, size_t n);
str  stage_keep(struct stage *s, str text);

#endif
