#ifndef COMPONENTS_NOTICE_TREE_H
#define COMPONENTS_NOTICE_TREE_H

/*
 * The products of a CSAF document (2.0 or 2.1) of which it says anything, by each
 * way that it names them.  Runs in the cage.
 */

#include "base/list.h"
#include "platform/json/json_out.h"

struct notice_out { struct ctx *c; struct json_out o; };

/*
 * verdict: affected, investigated, fixed, cleared; the first that any vulnerability
 * says.  purl_key: without version, qualifiers and subpath; cpe_key: "vendor:product";
 * span: a vers where it is one, else as written.
 */
struct notice_row {
	str pid, name, vendor, product, release, span, purl, cpe, purl_key, cpe_key;
	const char *verdict;
};

struct notice_tree { LIST(struct notice_row) rows; };

/* Meant for documents that the schema finds valid. False without a fault: more than NOTICE_PRODUCTS. */
bool notice_tree_read(struct ctx *c, const struct json *root, struct notice_tree *out) MUST_CHECK;

#endif
