#ifndef PLATFORM_HTML_H
#define PLATFORM_HTML_H

/*
 * HTML that cannot be wrong: the type html is made only by escaping a str, by
 * compiled templates (x.html -> tools/mkhtml) and by html_* writers.  Pages
 * are written into a struct page.
 *
 * A template is x.html beside x.c; tools/mkhtml turns it into
 *	void html_NAME(struct page *w, PARAMS);
 * declared in "gen/x.html.h" (file names are unique in the tree).  x_test.html
 * is compiled for the unit tests only; files in asset/ are not templates.
 *
 *	{{! note }}                   nothing
 *	{{include "room/x.h"}}        at the top: for the types in PARAMS
 *	{{template NAME(const struct report_page *m)}} … {{end}}
 *	{{EXPR}}            any C expression; escaped by type and by context:
 *	                    str, (const) char *, integers, html (passes in text only);
 *	                    ids: {{m->id.v}}; other types do not compile
 *	{{if EXPR}} … {{else if EXPR}} … {{else}} … {{end}}
 *	{{each x : LIST}} … {{else}} … {{end}}   LIST is a struct with v and n; x is a
 *	                    const pointer; {{each x, i : LIST}} counts in size_t i from 0;
 *	                    else is for an empty list
 *	{{attr checked EXPR}}         in a tag: a boolean attribute, written when true
 *	{{call other(m->part)}}       html_other(w, m->part);
 *	{{write panel->draw(w, m)}}   any C call that writes to w
 *	{_Received_}                  translatable; white space counts as one blank;
 *	                    {_{1} of {2}|m->a|m->b_} with arguments, in text also html
 * In a template `w` is the page.  if and each may stand in text, in a tag and in
 * a quoted attribute; their branches must end where they began.
 *
 * Addresses (href, src, action, formaction, cite, poster): a value at the start
 * is a whole address and may be relative, http, https or mailto, otherwise
 * about:invalid#blocked is written; after it and after literal text a value is
 * percent-encoded as one part.  Everywhere hidden characters (C0, C1, bidirectional
 * embeddings, overrides, isolates) become visible: <span class="ctl">U+202E</span>
 * in text, U+FFFD in attributes, <title>, <textarea> and <option>.
 *
 * Build errors, with file and line: values in unquoted attributes, names, hosts,
 * comments, scripts, srcset; unquoted attributes; inline script or style; style=,
 * on…=, srcdoc=, http-equiv=; upper case in names; elements that are not closed in
 * the block that opened them; a template that ends in a tag; unknown blocks.
 * White space in text becomes one blank or line end; beside tags of block elements
 * (p, div, li, td …) it goes; comments go; pre and textarea stay as they are.
 */

#include "base/buf.h"
#include "base/ctx.h"

typedef struct html { str s; } html;

struct page {
	struct buf  out;
	struct ctx *c;          /* memory, language, zone, now */
	int         forms;      /* written so far: their fields have ids of their own */
};

void page_init(struct page *w, struct ctx *c, size_t max);

/* Writers used by generated code. */
/* Template text only; short and of known length, it is copied in place. */
static inline void html_raw(struct page *w, str literal)
{
	buf_add(&w->out, literal);
}
void html_text(struct page *w, str s);                 /* escapes & < > " ' */
void html_int(struct page *w, int64_t v);
void html_put(struct page *w, html h);
void html_url(struct page *w, str s);                  /* whole-URL attribute */
void html_url_part(struct page *w, str s);             /* inside a URL */

/* Make html from text, for C code that has to. */
html html_escape(struct ctx *c, str s);
#define HTML_NONE ((html){ STR_NONE })

#endif
