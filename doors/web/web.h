#ifndef DOORS_WEB_H
#define DOORS_WEB_H

/*
 * The web: pages of views, forms of operations, the style sheet and script.
 * Every answer carries the security headers; a Content-Security-Policy without
 * 'unsafe-inline' holds because templates cannot hold inline script or style.
 */

#include "platform/http/http.h"

http_answer_fn   web_answer;
http_fault_fn    web_fault;
/* Bodies: large where an operation takes files. arg: the struct front. */
http_body_max_fn web_body_max;

#endif
