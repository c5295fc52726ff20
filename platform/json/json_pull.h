#ifndef PLATFORM_JSON_JSON_PULL_H
#define PLATFORM_JSON_JSON_PULL_H

/*
 * Reading JSON piece by piece with bounded memory: the same strictness as
 * json_parse over a text that arrives in portions.
 *
 *	json_pull_open(&p, c, &limits, read_more, file);
 *	while (json_next(&p, &ev)) …;          // ends with JSON_END
 *	if (p.failed) return false;            // the fault is in c
 *
 * Memory: one window (64 KiB, or the longest string), one set of key hashes
 * per open object.  Values passed over by json_skip are checked for grammar,
 * UTF-8 and limits, not for doubled keys.
 */

#include "platform/json/json.h"

struct json_pull;

struct json_event {
	enum json_kind kind;
	str  text;             /* key, string (decoded) or number; until the next call */
};

/*
 * Give the next portion: at most n bytes into p, their number into *got;
 * 0 is the end.  False with a fault when reading failed.
 */
typedef bool json_more_fn(struct ctx *c, void *from, char *p, size_t n, size_t *got);

struct json_pull *json_pull_open(struct ctx *c, const struct json_limits *limits,
                                 json_more_fn *more, void *from);
struct json_pull *json_pull_text(struct ctx *c, const struct json_limits *limits, str text);
/* The next event; false with a fault.  After JSON_END it stays at the end. */
bool json_next(struct json_pull *p, struct json_event *ev) MUST_CHECK;
/*
 * After JSON_KEY: pass over its value.  After JSON_OBJECT or JSON_ARRAY: up
 * to and with its end.  Otherwise: over the next value.
 */
bool json_skip(struct json_pull *p) MUST_CHECK;
/* As json_skip, but the value comes back as a tree of its own (strings copied). */
bool json_pull_tree(struct json_pull *p, const struct json **out) MUST_CHECK;
/* Pointer, line and column of the event returned last. */
str  json_pull_where(struct json_pull *p, long *line, long *column);

#endif
