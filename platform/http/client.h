#ifndef PLATFORM_HTTP_CLIENT_H
#define PLATFORM_HTTP_CLIENT_H

/*
 * A small HTTP/1.1 client without TLS, for the command line (the running
 * server's Unix socket) and for tests.  One connection, kept alive between
 * calls and opened again when the server has closed it.
 */

#include "platform/http/http.h"

struct client;

struct client_to {
	str socket;              /* path of a Unix socket; or none, and then */
	str address;             /* an IP address; none: "127.0.0.1" */
	int port;
	int seconds;             /* of silence before E_UNAVAILABLE [30] */
};

/* A body is sent in pieces: bytes, or `size` bytes of a file from offset 0. */
struct piece {
	str     bytes;
	int     fd;              /* -1: bytes */
	int64_t size;
};

struct call {
	str    method;           /* none: "GET" */
	str    target;           /* already percent-encoded, "/cases?x=1" */
	struct fields headers;   /* beyond Host, Content-Length, Content-Type, Expect */
	str    type;             /* Content-Type of the body; none: no such header */
	const struct piece *body;
	size_t pieces;
	size_t max;              /* bytes of the answer's body [16 MiB]; more is E_LIMIT */
};

struct answer {
	int  status;
	struct fields headers;
	str  body;
	bool closed;             /* the server ended the connection after it */
};

/* Connects with the first call. The client lives in c's arena. */
bool client_open(struct ctx *c, const struct client_to *to, struct client **out) MUST_CHECK;
/*
 * Send and read the answer, whatever its status.  A server that answers
 * before it has read the body (413) is heard.  Faults: E_UNAVAILABLE (no
 * connection, silence), E_SYNTAX (not HTTP), E_LIMIT, E_IO.
 */
bool client_call(struct ctx *c, struct client *cl, const struct call *call,
                 struct answer *out) MUST_CHECK;
void client_close(struct client *cl);

/* First header of that name (case does not matter), or none. */
str answer_header(const struct answer *a, str name);

/* multipart/form-data being put together; the type and pieces go into a call. */
struct upload {
	str    type, edge;
	struct { struct piece *v; size_t n, cap, max; } body;
};
void upload_init(struct ctx *c, struct upload *u);
bool upload_text(struct ctx *c, struct upload *u, str name, str value) MUST_CHECK;
/* `file` holds the bytes or the open file. */
bool upload_file(struct ctx *c, struct upload *u, str name, str filename, str type,
                 struct piece file) MUST_CHECK;
bool upload_end(struct ctx *c, struct upload *u) MUST_CHECK;

#endif
