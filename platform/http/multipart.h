#ifndef PLATFORM_HTTP_MULTIPART_H
#define PLATFORM_HTTP_MULTIPART_H

/*
 * multipart/form-data (RFC 7578) read piece by piece: text parts go to
 * memory, file parts to unlinked files.  Strict: no preamble, CRLF only, each
 * part has one Content-Disposition: form-data with a name.
 */

#include "platform/http/http.h"

enum {
	MULTIPART_HOLD     = 16 << 10,  /* bytes seen but not yet understood */
	MULTIPART_HEAD     = 8 << 10,   /* headers of a part */
	MULTIPART_BOUNDARY = 70         /* RFC 2046 5.1.1 */
};

enum multipart_state { PART_BODY, PART_EDGE, PART_HEAD, PART_END };

struct multipart_limit {
	size_t parts, name, text;       /* number; bytes of a name; bytes of a text part */
	size_t texts;                   /* bytes of all text parts */
	str    spool;
};

struct multipart {
	struct multipart_limit limit;
	struct fields *out;
	enum multipart_state state;
	bool         inside;            /* a part is open (not before the first edge) */
	struct field part;
	struct buf   text;
	size_t       texts, edge_n, n;
	char         edge[MULTIPART_BOUNDARY + 4];   /* CRLF -- boundary */
	char         hold[MULTIPART_HOLD];
};

/* The boundary comes out of the Content-Type header's value. */
bool multipart_init(struct ctx *c, struct multipart *m, str content_type,
                    const struct multipart_limit *limit, struct fields *out) MUST_CHECK;
/* The next bytes. Faults: E_USAGE (form), E_LIMIT, E_DISK, E_IO. */
bool multipart_add(struct ctx *c, struct multipart *m, str bytes) MUST_CHECK;
/* All bytes were given: E_USAGE unless the closing boundary was among them. */
bool multipart_end(struct ctx *c, struct multipart *m) MUST_CHECK;
/* Close the file of a part that did not end; those in *out are the caller's. */
void multipart_done(struct multipart *m);

/*
 * A parameter of a header value: param_value(a, `form-data; name="a"`, "name").
 * None when missing; the quoted form undoes \" and %22 %0D %0A.
 */
str  param_value(struct arena *a, str value, str name);

#endif
