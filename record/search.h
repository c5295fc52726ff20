#ifndef RECORD_SEARCH_H
#define RECORD_SEARCH_H

/*
 * The search index: text of cases, reports, products and advisories, folded
 * and cut into tokens (platform/text/token), in pieces.  A failure to index
 * never fails the store: too long a text is indexed as far as it goes.
 */

#include "platform/op/op.h"
#include "record/ids.h"

/* Replace what is indexed of an object: title and body. casefile none: not bound to a case. */
bool search_put(struct ctx *c, const char *kind, str object, case_id casefile, str title, str body) MUST_CHECK;
/* It is found no more. */
bool search_drop(struct ctx *c, const char *kind, str object) MUST_CHECK;
/* Add a piece to it, which is found by its body alone. title none: keeps the object's. */
bool search_add(struct ctx *c, const char *kind, str object, case_id casefile, str title, str body) MUST_CHECK;
/* What was typed, as the parameter of @match; none when nothing in it can be found. */
bool search_query(struct ctx *c, str typed, str *query) MUST_CHECK;

#endif
