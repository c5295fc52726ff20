#ifndef TOOLS_TEMPLATE_H
#define TOOLS_TEMPLATE_H

/*
 * template: the compiler from x.html to C.  The language is described in
 * platform/html/html.h; what a value may do where, in tools/mkhtml/markup.h.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/list.h"

/* A translatable text {_…_} and where it stands. */
struct phrase {
	str  text;
	long line;
};
typedef LIST(struct phrase) phrase_list;

struct template_out {
	struct buf  head, body;    /* x.html.h, x.html.c */
	phrase_list phrases;
	phrase_list bare;          /* words in text that are not translatable */
};

/*
 * Compile src, the content of the file `path`.  Faults: E_SYNTAX with line.
 * The outputs are limited to 16 MB each.
 */
bool template_compile(struct ctx *c, str path, str src, struct template_out *out) MUST_CHECK;
/* s as the inside of a C string literal. */
void template_quote(struct buf *b, str s);

#endif
