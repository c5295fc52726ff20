#ifndef PLATFORM_JSON_JSON_H
#define PLATFORM_JSON_JSON_H

/*
 * JSON as RFC 8259 (STD 90) and I-JSON (RFC 7493) want it, read strictly into
 * a tree: UTF-8 is checked, keys that occur twice, lone surrogates, control
 * characters, trailing text and everything over the limits are refused, each
 * with line, column and JSON pointer.  Numbers stay as they were written and
 * members in their order, so json_print loses nothing.
 *
 * The tree lives in the arena and points into the text: keep both.
 * For documents that need not be in memory see platform/json/json_pull.h.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum json_kind {
	JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT,
	/* events of json_pull only */
	JSON_KEY, JSON_ARRAY_END, JSON_OBJECT_END, JSON_END
};

struct json_limits {
	size_t   bytes;      /* of the whole text; < 4 GiB */
	uint32_t depth;      /* of nested arrays and objects */
	uint32_t members;    /* of one array or object */
	uint32_t string;     /* bytes of one string, key or number */
};

/* 16 MiB, depth 200, 1,000,000 members, strings of 4 MiB. */
extern const struct json_limits json_default;

struct json_member;

struct json {
	uint32_t kind;       /* enum json_kind, JSON_NULL … JSON_OBJECT */
	uint32_t n;          /* bytes, items or members */
	union {
		const char               *text;     /* number, string */
		const struct json        *item;     /* array */
		const struct json_member *member;   /* object */
	};
};

struct json_member {
	const char *key;
	uint32_t    key_n;
	uint32_t    spare;
	struct json value;
};

/*
 * Read the whole text.  limits NULL: json_default.  Faults: E_SYNTAX, E_LIMIT,
 * with `where` = pointer of the place, line and column (characters, from 1).
 */
bool json_parse(struct ctx *c, str text, const struct json_limits *limits,
                const struct json **out) MUST_CHECK;

/* The member's value, or NULL when there is none or v is no object (or NULL). */
const struct json *json_get(const struct json *v, str key);
/* The item, or NULL when there is none or v is no array (or NULL). */
const struct json *json_at(const struct json *v, size_t i);
/* The place a JSON pointer (RFC 6901) leads to, or NULL. "" is v itself. */
const struct json *json_point(const struct json *v, str pointer);
/* "/" and the key, escaped; "/" and the number. */
void json_pointer_key(struct buf *b, str key);
void json_pointer_index(struct buf *b, size_t i);

bool json_is(const struct json *v, enum json_kind kind);
/* Items or members; 0 for everything else and NULL. */
size_t json_count(const struct json *v);
/* The text of a string, none for anything else (or NULL). */
str  json_str(const struct json *v);
/* The text of a string member, or none. */
str  json_get_str(const struct json *v, str key);
/* A number as it was written, none for anything else. */
str  json_number(const struct json *v);
/* An integer in the range of int64_t, however it is written (1, 1.0, 1e2). */
bool json_int(const struct json *v, int64_t *out) MUST_CHECK;
/* The nearest double; false when v is no number or overflows. */
bool json_double(const struct json *v, double *out) MUST_CHECK;
bool json_bool(const struct json *v, bool *out) MUST_CHECK;
str  json_key(const struct json_member *m);

/* for (JSON_ITEMS(x, array)) …; for (JSON_MEMBERS(m, object)) … */
#define JSON_ITEMS(x, array) \
	const struct json *x = json_items_(array), *x##_end = x + json_length_((array), JSON_ARRAY); \
	x < x##_end; x++
#define JSON_MEMBERS(m, object) \
	const struct json_member *m = json_members_(object), \
	*m##_end = m + json_length_((object), JSON_OBJECT); m < m##_end; m++
const struct json        *json_items_(const struct json *v);
const struct json_member *json_members_(const struct json *v);
size_t json_length_(const struct json *v, enum json_kind kind);

/*
 * Order over values: numbers by value (1 equals 1.0), objects regardless of
 * the order of their members.  0 means equal in the sense of JSON Schema.
 */
int      json_cmp(const struct json *a, const struct json *b);
/* Equal values have equal hashes. */
uint64_t json_hash(const struct json *v);
/* Order of two numbers as written, exact. */
int      json_number_cmp(str a, str b);

/* Line and column (from 1) of the place the pointer leads to in a text that json_parse accepted. */
bool json_locate(struct ctx *c, str text, str pointer, long *line, long *column) MUST_CHECK;

#endif
