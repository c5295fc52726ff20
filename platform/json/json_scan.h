#ifndef PLATFORM_JSON_JSON_SCAN_H
#define PLATFORM_JSON_JSON_SCAN_H

/*
 * The one scanner under the tree and the pull reader.  It walks a window of
 * the text token by token, checks grammar, UTF-8 and limits, and allocates
 * nothing but its stack of open containers.
 */

#include "platform/json/json.h"

enum json_scanned { SCAN_OK, SCAN_MORE, SCAN_BAD };

enum json_state { WANT_VALUE, WANT_FIRST_ITEM, WANT_FIRST_KEY, WANT_KEY, WANT_NEXT, WANT_END };

struct json_frame {
	bool     object;
	uint32_t n;          /* children begun */
};

struct json_scan {
	const char *at, *end;      /* window left */
	bool        final;         /* nothing comes after `end` */
	enum json_state state;
	uint32_t    depth;         /* frames in use */
	struct json_frame *frame;  /* limits.depth of them */
	const struct json_limits *limits;
	/* after SCAN_BAD: */
	const char *bad;           /* the place in the window */
	const char *why;           /* message id */
	bool        over;          /* a limit, not the grammar */
	uint64_t    most;          /* that limit */
};

struct json_token {
	enum json_kind kind;
	bool        escaped;       /* a string or key with backslashes */
	const char *p;             /* string without quotes, key, number */
	size_t      n;
};

/* False (E_LIMIT) when the arena has no room for the stack. */
bool json_scan_init(struct json_scan *s, struct ctx *c, const struct json_limits *limits) MUST_CHECK;
/* The next token; on SCAN_MORE nothing has been consumed but white space. */
enum json_scanned json_step(struct json_scan *s, struct json_token *t);
/* Decode escapes of a scanned string; out has room for t->n bytes. */
size_t json_unescape(const struct json_token *t, char *out);
/* The fault of s, found `lines` lines and `columns` characters into the text before `from`. */
bool json_scan_fault(struct ctx *c, const struct json_scan *s, str pointer,
                     const char *from, long lines, long columns);
/* Counts the lines and, after the last of them, the characters in s. */
void json_count_lines(str s, long *lines, long *columns);

#endif
