#ifndef PLATFORM_JSON_JSON_OUT_H
#define PLATFORM_JSON_JSON_OUT_H

/*
 * Writing JSON: the writer sets commas, colons, line ends and escapes, so what
 * comes out is well formed as long as keys and values alternate (asserted).
 *
 *	json_out_init(&o, &buf, JSON_PRETTY);
 *	json_open_object(&o);
 *	json_put_str(&o, "title", title);      // key and value
 *	json_open(&o, "items", '[');
 *	…
 *	json_close(&o);
 *	json_close(&o);
 *
 * A str that is none is written as null; in the json_put_… forms with a key
 * it is left out.  Invalid UTF-8 is a programming error: check at the door.
 */

#include "base/buf.h"
#include "base/instant.h"
#include "platform/json/json.h"

enum json_form {
	JSON_COMPACT,      /* no white space */
	JSON_PRETTY,       /* two spaces, one member a line */
	JSON_CANONICAL     /* compact; json_print sorts keys bytewise */
};

enum { JSON_OUT_DEPTH = 512 };

struct json_out {
	struct buf    *buf;
	enum json_form form;
	int            depth;
	bool           keyed;               /* a key waits for its value */
	char           kind[JSON_OUT_DEPTH];   /* '{' or '[' */
	bool           some[JSON_OUT_DEPTH];   /* has children already */
};

void json_out_init(struct json_out *o, struct buf *b, enum json_form form);
/* With key NULL a value of an array (or the outermost); otherwise a member. */
void json_open(struct json_out *o, const char *key, char kind);
void json_open_object(struct json_out *o);
void json_open_array(struct json_out *o);
/* Ends the container opened last. */
void json_close(struct json_out *o);
/* A key from outside; its value follows. */
void json_out_key(struct json_out *o, str key);
void json_out_str(struct json_out *o, str s);
void json_out_int(struct json_out *o, int64_t v);
void json_out_bool(struct json_out *o, bool v);
void json_out_null(struct json_out *o);
/* A number as written, e.g. "9.8". */
void json_out_number(struct json_out *o, str number);
/* An instant as RFC 3339 text; null for TIME_NONE. */
void json_out_time(struct json_out *o, struct arena *a, time_us t);
/* A value that is JSON already. */
void json_out_raw(struct json_out *o, str value);
/* A tree: order and numbers as read; keys sorted when canonical. */
void json_out_tree(struct json_out *o, const struct json *v);

/* Members: left out when the value is none (or TIME_NONE, INT_NONE). */
void json_put_str(struct json_out *o, const char *key, str s);
void json_put_int(struct json_out *o, const char *key, int64_t v);
void json_put_bool(struct json_out *o, const char *key, bool v);
void json_put_number(struct json_out *o, const char *key, str number);
void json_put_time(struct json_out *o, struct arena *a, const char *key, time_us t);

/* s in quotes, escaped. */
void json_quote(struct buf *b, str s);
/* The whole tree; pretty output ends in a line feed. */
void json_print(struct buf *b, const struct json *v, enum json_form form);

#endif
