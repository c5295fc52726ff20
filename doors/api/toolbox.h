#ifndef DOORS_TOOLBOX_H
#define DOORS_TOOLBOX_H

/*
 * The tools of the services over the API:
 *
 *	POST /api/v1/tool/csaf-check?arg=--json&arg=--preset=basic     body: the document
 *
 * The words after the name come as arg, the body (of any type but a form) is the
 * file "-".  For those with an account or token.  The tool runs in the cage.
 * Answer: { "tool", "exit", "result": "sound" | "unsound" | "usage" | "unreadable" | "warned",
 * "output", "errors" }.
 */

#include "doors/ask.h"

bool is_tool_path(str path);
/* path: "/tool/csaf-check". */
bool toolbox_answer(struct ask *q, str path) MUST_CHECK;

#endif
