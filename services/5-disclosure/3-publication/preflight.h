#ifndef DISCLOSURE_PREFLIGHT_H
#define DISCLOSURE_PREFLIGHT_H

/*
 * What stands between an edition and its publication: missing texts, undecided
 * facts, and what the CSAF checker finds, each with the field to mend.
 */

#include "services/5-disclosure/3-publication/bulletin.h"

enum weight { WEIGHT_MUST, WEIGHT_SHOULD, WEIGHT_MAY, WEIGHTS };   /* of CSAF: error, warning, information */

struct flaw {
	enum weight weight;
	str css, word;         /* chip: class, translated weight */
	str class;             /* "error", "warning", "info" */
	str text;              /* translated sentence */
	str href;              /* where to mend it, or none */
	str field;             /* argument of edition.save, or none */
	str test, document;    /* "6.1.7" and "CSAF 2.0"; none: the house's own question */
	str pointer;           /* the first place in the document */
	const char *said;      /* message id: what is said of several places is told once */
	int64_t     places[TEXT_LANGS][2]; /* in CSAF 2.0 and in 2.1 */
};

struct flaws {
	LIST(struct flaw) list;      /* by weight */
	int64_t count[WEIGHTS];      /* also of those that the list has no room for */
	str     not_run;             /* "6.3.6, 6.3.7": nobody lends them what they need */
	str     not_run_because;     /* translated: why, and who runs them */
	str     spelling;            /* translated: which languages were looked up */
	str     unchecked;           /* translated: which document was not looked at, and why; or none */
};

/* All that is known of it: errors, warnings, information and what did not run. */
bool preflight(struct ctx *c, const struct bulletin *b, struct flaws *out) MUST_CHECK;
/* One more; text: translated, href: where it is mended. */
void flaws_add(struct ctx *c, struct flaws *out, enum weight w, str text, str href);
/* An error more, before all others: why edition.save would refuse what is typed. */
void flaws_refuse(struct ctx *c, struct flaws *out, str text, str field);
/* The field behind a place in the CSAF document, so that a finding can be mended there: "impact_en", or none. */
str  preflight_field(struct ctx *c, const struct bulletin *b, int lang, str pointer);
/* E_STATE with the first must, when there is one. */
bool preflight_pass(struct ctx *c, const struct bulletin *b) MUST_CHECK;

#endif
