#ifndef PLATFORM_JSON_JSON_TEXT_TEST_H
#define PLATFORM_JSON_JSON_TEXT_TEST_H

/* For tests of what writes JSON. */

#include "base/buf.h"
#include "platform/json/json.h"
#include "platform/json/json_out.h"

/* What stands at the pointer: a text as it is, anything else as compact JSON, "-" when nothing is there. */
static inline str json_text_at(struct ctx *c, const struct json *v, const char *pointer)
{
	const struct json *found = json_point(v, str_of(pointer));
	struct buf         b;

	if (!found)
		return S("-");
	if (json_is(found, JSON_STRING))
		return json_str(found);
	buf_init(&b, c->arena, 1 << 20);
	json_print(&b, found, JSON_COMPACT);
	return buf_str(&b);
}

#endif
