#ifndef STANDARDS_CSAF_CSAF_READ_H
#define STANDARDS_CSAF_CSAF_READ_H

/*
 * CSAF 2.0: reading a document into the struct that csaf_write prints, and
 * what is lost on the way: the document is read, printed again, and compared
 * with itself.  Meant for documents that the schema finds valid; whatever has
 * another shape is passed over, never trusted.
 */

#include "platform/json/json.h"
#include "standards/csaf/csaf_write.h"

/* Texts point into the tree.  E_LIMIT: no memory. */
bool csaf_read(struct ctx *c, const struct json *root, struct csaf_doc *out) MUST_CHECK;

enum csaf_loss_kind { CSAF_MISSING, CSAF_ADDED, CSAF_OTHER };

struct csaf_loss {
	enum csaf_loss_kind kind;    /* what the printed document does: leaves it out, adds it, says it otherwise */
	str pointer;                 /* JSON pointer into the received document; into the printed one when added */
	str was, is;                 /* as JSON, cut at 200 bytes; none when there is none */
};

enum { CSAF_LOSSES_MAX = 1000 };
struct csaf_losses {
	struct csaf_loss *v;
	size_t n, cap, max;
	size_t all;                  /* found; n are kept */
};

/*
 * Print the document of this tree again (into out) and list what differs.
 * The order of members is none, and two spellings of one instant are the same;
 * items of lists are compared by their place.  Faults: E_LIMIT.
 */
bool csaf_reprint(struct ctx *c, const struct json *root, struct buf *out, struct csaf_losses *losses) MUST_CHECK;
const char *csaf_loss_name(enum csaf_loss_kind k);   /* "missing", "added", "changed" */

#endif
