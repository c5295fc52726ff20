#ifndef PLATFORM_HTTP_TARGET_H
#define PLATFORM_HTTP_TARGET_H

/*
 * The request target (RFC 9112 3.2) and application/x-www-form-urlencoded
 * (WHATWG URL 5), read strictly: what is not certain is refused.
 */

#include "platform/http/http.h"

/*
 * Split and decode "/path?query".  Absolute form is accepted when its
 * authority is *host (host none: not compared).  Refused with E_USAGE: other
 * forms, bytes outside 0x21…0x7E, wrong escapes, what decodes to control
 * characters, "/" or "\", invalid UTF-8, dot segments, empty segments.
 */
bool target_parse(struct ctx *c, str target, str host, str *path, str *query) MUST_CHECK;
/*
 * name=value&…; "+" is a blank.  Appends to *out (whose max limits them:
 * E_LIMIT).  Names and values are UTF-8 without NUL (E_USAGE).
 */
bool urlencoded_parse(struct ctx *c, str text, struct fields *out) MUST_CHECK;
/* Percent-encode all but unreserved characters (RFC 3986 2.3). */
str  percent_encode(struct arena *a, str s);

#endif
