#ifndef PLATFORM_HTML_H
#define PLATFORM_HTML_H

/*
 * HTML that cannot be wrong: the type html is made only by escaping a str, by
 * compiled templates (x.html -> tools/mkhtml) and by html_* writers.  Pages
 * are written into a struct page.
 *
 * A template is x.html beside x.c; tools/mkhtml turns it into
 *	void html_NAME(struct page *w, PARAMS);
 * Syntax, one function per {{template …}} block:
 *	{{template NAME(const struct report_page *m)}} … {{end}}
 *	{{EXPR}}            any C expression; escaped by type and by context:
 *	                    str, const char *, int64_t/int/size_t, html (passes in text only)
 *	{{if EXPR}} … {{else}} … {{end}}
 *	{{each x : LIST}} … {{end}}   LIST is a struct with v and n; x is a const pointer
 *	{{call other(m->part)}}       writes html_other(w, …)
 *	{_Received_}                  translatable; {_{1} of {2}|m->a|m->b_} with arguments
 * In a template `w` is the page.  Whole-URL attributes (href, src, action)
 * take only relative, http, https and mailto addresses; a value inside a URL
 * is percent-encoded.  Build errors: inline script or style, style= and on…=
 * attributes, values in unquoted attributes or tag names, unbalanced tags.
 */

#include "base/buf.h"
#include "base/ctx.h"

typedef struct html { str s; } html;

struct page {
	struct buf  out;
	struct ctx *c;          /* memory, language, zone, now */
};

void page_init(struct page *w, struct ctx *c, size_t max);

/* Writers used by generated code. */
void html_raw(struct page *w, str literal);            /* template text only */
void html_text(struct page *w, str s);                 /* escapes & < > " ' */
void html_int(struct page *w, int64_t v);
void html_put(struct page *w, html h);
void html_url(struct page *w, str s);                  /* whole-URL attribute */
void html_url_part(struct page *w, str s);             /* inside a URL */
void html_tr(struct page *w, const char *english, const str *args, size_t n);  /* translated, {1}… escaped */

/* Make html from text, for C code that has to. */
html html_escape(struct ctx *c, str s);
#define HTML_NONE ((html){ STR_NONE })

#endif
