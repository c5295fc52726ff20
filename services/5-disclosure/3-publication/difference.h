#ifndef DISCLOSURE_DIFFERENCE_H
#define DISCLOSURE_DIFFERENCE_H

/*
 * What a new edition changes: its texts line by line, in both languages, and
 * by meaning what its CSAF document says otherwise than the one that is out.
 */

#include "services/5-disclosure/3-publication/bulletin.h"

struct diff_line { char kind; str text; };   /* '=' both, '-' only before, '+' only now */
struct diff_part { str label, lang; LIST(struct diff_line) lines; };
struct diff { LIST(struct diff_part) parts; };

/* Fields that differ, line by line; equal neighbours are kept for reading. */
void texts_diff(struct ctx *c, const struct edition_text_get_row before[TEXT_LANGS],
                const struct edition_text_get_row now[TEXT_LANGS], struct diff *out);

struct changed {
	str heading;              /* a vulnerability or a part of the document; none: as before it */
	str under;                /* the same, in every row */
	str kind, word, css;      /* "added", translated, chip */
	str subject, was, is, products;
};
struct changes {
	int64_t before;           /* edition compared with; 0: none is out */
	struct diff texts;
	LIST(struct changed) list;
	str verdict;              /* what the changes demand of the version */
	bool same;                /* nothing but what every new edition brings */
};

/* Between b and the edition that was published before it. */
bool changes_fill(struct ctx *c, const struct bulletin *b, struct changes *out) MUST_CHECK;

#endif
