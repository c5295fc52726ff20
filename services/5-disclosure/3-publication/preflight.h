#ifndef DISCLOSURE_PREFLIGHT_H
#define DISCLOSURE_PREFLIGHT_H

/*
 * What stands between an edition and its publication: missing texts, undecided
 * facts, and what the CSAF checker finds, each with the field to mend; and the
 * difference between the texts of two editions.
 */

#include "services/5-disclosure/3-publication/bulletin.h"

enum weight { WEIGHT_MUST, WEIGHT_SHOULD, WEIGHT_MAY };

struct flaw {
	enum weight weight;
	str css, word;         /* chip: class, translated weight */
	str text, href;        /* translated sentence; where to mend it */
	str field;             /* argument of edition.save, or none */
};

struct flaws { LIST(struct flaw) list; size_t musts; };

bool preflight(struct ctx *c, const struct bulletin *b, struct flaws *out) MUST_CHECK;
/* The field behind a place in the CSAF document, so that a finding can be mended there: "impact_en", or none. */
str  preflight_field(struct ctx *c, const struct bulletin *b, str pointer);
/* E_STATE with the first must, when there is one. */
bool preflight_pass(struct ctx *c, const struct bulletin *b) MUST_CHECK;

struct diff_line { char kind; str text; };   /* '=' both, '-' only before, '+' only now */
struct diff_part { str label, lang; LIST(struct diff_line) lines; };
struct diff { LIST(struct diff_part) parts; };

/* Fields that differ, line by line; equal neighbours are kept for reading. */
void texts_diff(struct ctx *c, const struct edition_text_get_row before[TEXT_LANGS],
                const struct edition_text_get_row now[TEXT_LANGS], struct diff *out);

#endif
