#ifndef PLATFORM_JSON_JSON_BUILD_H
#define PLATFORM_JSON_JSON_BUILD_H

/*
 * Builds a tree from tokens: for json_parse (strings stay in the text) and
 * for json_pull_tree (strings are copied).
 */

#include "base/list.h"
#include "platform/json/json_scan.h"

struct json_build {
	struct ctx *c;
	bool        copy;                /* strings do not outlive the next token */
	LIST(struct json_member) part;   /* children of the open containers */
	LIST(size_t)             open;   /* where each one's children begin */
	struct json_member       now;    /* the key read last */
	bool        twice;               /* a key occurs twice (its pointer: json_build_pointer) */
	bool        full;                /* no memory */
};

void json_build_init(struct json_build *b, struct ctx *c, bool copy);
/* Take one token; false when b->twice or b->full is set. */
bool json_build_add(struct json_build *b, const struct json_token *t);
/* After the outermost value is complete. */
const struct json *json_build_root(struct json_build *b);
/* Pointer of the value being read (or of the doubled key). */
str  json_build_pointer(struct json_build *b);

/* Objects with more members than this carry an index sorted by key behind the members. */
enum { JSON_INDEXED = 16 };

#endif
