#ifndef PLATFORM_PUT_H
#define PLATFORM_PUT_H

/*
 * put: the writers that compiled templates call, chosen by the type of the
 * expression.  A type without an entry (bool, struct, pointer) is a compile
 * error at the line of the template; html is refused in attributes.
 */

#include "platform/html/html.h"

void html_cstr(struct page *w, const char *s);
void html_uint(struct page *w, uint64_t v);
/* Inside a quoted attribute, <title>, <textarea>: controls become U+FFFD. */
void html_attr(struct page *w, str s);
void html_attr_cstr(struct page *w, const char *s);
void html_url_cstr(struct page *w, const char *s);
void html_url_part_cstr(struct page *w, const char *s);
/* Translated; args[0] is a filler, {1} is args[1]. */
void html_tr_mix(struct page *w, const char *english, const html *args, size_t n);
void html_tr_attr(struct page *w, const char *english, const str *args, size_t n);

/*
 * A text of a template without arguments, and what is known of it: in each
 * language the translation itself, when nothing in it has to be escaped.
 */
struct html_said { const char *english; _Atomic(const char *) plain[LANG_COUNT]; };
void html_say(struct page *w, struct html_said *said, bool markup);

html html_arg(struct page *w, str s);
html html_arg_cstr(struct page *w, const char *s);
html html_arg_int(struct page *w, int64_t v);
html html_arg_uint(struct page *w, uint64_t v);
html html_arg_html(struct page *w, html h);
str  str_arg(struct page *w, str s);
str  str_arg_cstr(struct page *w, const char *s);
str  str_arg_int(struct page *w, int64_t v);
str  str_arg_uint(struct page *w, uint64_t v);

#define HTML_INTS_(s, u) \
	short: s, int: s, long: s, long long: s, \
	unsigned short: u, unsigned: u, unsigned long: u, unsigned long long: u

#define HTML_TEXT(w, x) _Generic((x), str: html_text, const char *: html_cstr, \
	char *: html_cstr, html: html_put, HTML_INTS_(html_int, html_uint))((w), (x))
#define HTML_ATTR(w, x) _Generic((x), str: html_attr, const char *: html_attr_cstr, \
	char *: html_attr_cstr, HTML_INTS_(html_int, html_uint))((w), (x))
#define HTML_URL(w, x) _Generic((x), str: html_url, const char *: html_url_cstr, \
	char *: html_url_cstr)((w), (x))
#define HTML_URL_PART(w, x) _Generic((x), str: html_url_part, \
	const char *: html_url_part_cstr, char *: html_url_part_cstr, \
	HTML_INTS_(html_int, html_uint))((w), (x))
#define HTML_ARG(w, x) _Generic((x), str: html_arg, const char *: html_arg_cstr, \
	char *: html_arg_cstr, html: html_arg_html, \
	HTML_INTS_(html_arg_int, html_arg_uint))((w), (x))
#define HTML_ARG_ATTR(w, x) _Generic((x), str: str_arg, const char *: str_arg_cstr, \
	char *: str_arg_cstr, HTML_INTS_(str_arg_int, str_arg_uint))((w), (x))

#endif
