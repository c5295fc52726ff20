#ifndef TOOLS_MARKUP_H
#define TOOLS_MARKUP_H

/*
 * markup: follows the literal HTML of a template, so that mkhtml knows what a
 * value at this place means (HTML Living Standard 13.2.5, the part of it that
 * our templates use: lower-case names, quoted attributes, every element
 * closed).  What would make escaping by context doubtful is refused here.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum { MARKUP_DEPTH = 100, MARKUP_NAME = 40, MARKUP_PREFIX = 300 };

enum markup_at { AT_TEXT, AT_TAG, AT_VALUE };

/* Where we are in an attribute that holds an address. */
enum markup_url {
	URL_NONE,      /* not an address */
	URL_START,     /* nothing written yet */
	URL_PREFIX,    /* literal text that has not left scheme and host yet */
	URL_AFTER,     /* directly behind a whole address */
	URL_TAIL,      /* path, query or fragment */
};

/* What a value at this place is. */
enum slot { SLOT_TEXT, SLOT_PLAIN, SLOT_ATTR, SLOT_URL, SLOT_URL_PART };

struct markup {
	struct ctx    *c;
	struct buf    *lit;                 /* literal text for html_raw */
	enum markup_at at;
	char           quote;
	char           tag[MARKUP_NAME];    /* the tag we are in */
	char           attr[MARKUP_NAME];
	bool           closing, has_src;
	enum markup_url url;
	char           prefix[MARKUP_PREFIX];
	size_t         prefix_n;
	const char    *open[MARKUP_DEPTH];  /* open elements */
	size_t         depth, floor;        /* elements below floor are not ours to close */
	size_t         pre;                 /* open pre and textarea elements */
	size_t         foreign;             /* open svg and math elements */
	char           blank;               /* white space held back: 0, ' ' or '\n' */
	bool           after_block;         /* the last tag was of a block element */
};

void markup_init(struct markup *m, struct ctx *c, struct buf *lit);
/* Read one piece of literal text at the start of rest; *used bytes of it. */
bool markup_step(struct markup *m, str rest, size_t *used) MUST_CHECK;
/* A value stands here: which kind, or E_SYNTAX where none may stand. */
bool markup_value(struct markup *m, enum slot *out) MUST_CHECK;
/* Write white space that was held back. */
void markup_flush(struct markup *m);
/* Both branches of a block must end in the same place. */
bool markup_same(const struct markup *a, const struct markup *b);
/* The element we are directly in, "" for none. */
const char *markup_inside(const struct markup *m);
/* Record E_SYNTAX with a text in the arena; an @ in it is where `what` stands. Returns false. */
bool markup_wrong(struct ctx *c, const char *fmt, const char *what) MUST_CHECK;

#endif
