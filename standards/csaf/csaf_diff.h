#ifndef STANDARDS_CSAF_CSAF_DIFF_H
#define STANDARDS_CSAF_CSAF_DIFF_H

/*
 * CSAF: what differs between two editions of a document by its meaning, and
 * the version that this demands (2.0 and 2.1, section 3.1.11; conformance
 * clause 6 and 12: differences of two versions).  The order of lists, the
 * spelling of instants and numbers and the form of 2.0 or 2.1 are no
 * difference; products are paired by id, path and name, vulnerabilities by
 * CVE, other ids and title; statuses and scores are compared by product.
 */

#include "base/buf.h"
#include "platform/json/json.h"
#include "standards/csaf/csaf_bump.h"

enum csaf_change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

enum csaf_area {
	AREA_DOCUMENT, AREA_TRACKING,      /* tracking: what a new version brings with it */
	AREA_PRODUCT, AREA_GROUP,
	AREA_VULNERABILITY, AREA_STATUS, AREA_SCORE, AREA_REMEDIATION, AREA_THREAT, AREA_FLAG,
	AREA_NOTE, AREA_REFERENCE,
	CSAF_AREAS
};

struct csaf_diff_product { str id, name; };

struct csaf_change {
	enum csaf_change_kind kind;
	enum csaf_area area;
	enum csaf_bump bump;
	bool spelling;              /* a text that differs as by a mended misspelling */
	str  vulnerability;         /* CVE, other id, title or place; none: of the document */
	str  what;                  /* "title", "product_status", "remediations"; dots lead inside */
	str  label;                 /* which one of a list: "vendor_fix"; none */
	str  pointer[2];            /* in the old and the new document; none where it is not */
	const struct json *value[2];   /* what was and is there; NULL: nothing, or words tell it */
	str  words[2];              /* statuses, scores, paths: in the words of the standard */
	struct csaf_diff_product *products;
	size_t products_n;
};

struct csaf_side { str csaf_version, id, title; struct csaf_edition edition; };

struct csaf_diff {
	struct { struct csaf_change *v; size_t n, cap, max; } changes;
	size_t all;                     /* changes found; the first 10,000 are kept */
	struct csaf_side side[2];       /* the old document and the new one */
	struct csaf_judgement version;
};

/*
 * Both are trees of json_parse, of CSAF 2.0 or 2.1, valid or not.
 * E_INVALID: a document is none of CSAF ("old" or "new" in `where`);
 * E_LIMIT: memory is short.
 */
bool csaf_diff(struct ctx *c, const struct json *was, const struct json *is, struct csaf_diff *out) MUST_CHECK;
/* One JSON object and a line feed. */
void csaf_diff_print(struct buf *b, const struct csaf_diff *d);
/* In words for a terminal, in the language of c. */
void csaf_diff_tell(struct ctx *c, struct buf *b, const struct csaf_diff *d);
/* One change in words, in the language of c; lines of the document are cut and without control characters. */
struct csaf_told { str heading, subject, value[2], products; };   /* products: "2 products: A 1.0, B 2.0", or none */
void csaf_change_told(struct ctx *c, const struct csaf_change *x, struct csaf_told *out);
/* The last lines of csaf_diff_tell: the version that the changes demand. */
str  csaf_diff_verdict(struct ctx *c, const struct csaf_diff *d);
/* "document", "product", "status" … */
const char *csaf_area_name(enum csaf_area a);
const char *csaf_change_name(enum csaf_change_kind k);

#endif
