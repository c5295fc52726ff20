#ifndef STANDARDS_CSAF_CSAF_RENDER_H
#define STANDARDS_CSAF_CSAF_RENDER_H

/*
 * CSAF: a document of 2.0 or 2.1 for people (conformance clause 11, CSAF
 * viewer): one HTML page that needs nothing else, or plain text for a
 * terminal.  The frame is in the language of c, what the document says stays in its
 * own and is marked so.  Nothing of the document is taken as markup; versions
 * of one product are told together, and what is left out is counted.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/json/json.h"

/* FORM_PART: what FORM_HTML has in its body, as an <article> for a page of our own. */
enum csaf_form { FORM_TEXT, FORM_HTML, FORM_PART };

/*
 * The tree need not be valid.  width: columns of the text, 40 to 400.
 * E_INVALID: no CSAF document; E_LIMIT: memory is short.
 */
bool csaf_render(struct ctx *c, const struct json *root, enum csaf_form form, size_t width, struct buf *out) MUST_CHECK;

#endif
