#ifndef PLATFORM_HTTP_H
#define PLATFORM_HTTP_H

/*
 * The HTTP/1.1 server (RFC 9110, RFC 9112) on libmicrohttpd: a pool of
 * threads; handlers run on it and may block for a short while.  Doubtful framing is refused before a handler sees it; limits have
 * names in struct http_config and are told in the refusal.
 *
 * A request has its own ctx (memory, fault, now, random); everything in
 * struct request lives as long as the request.
 */

#include "base/buf.h"
#include "base/ctx.h"

struct http;

/* A named text: a header, a query parameter, a form field or an uploaded file. */
struct field {
	str     name, value;
	str     filename, type;   /* of a file part; none for a plain field */
	int     fd;               /* an unlinked file at offset 0, or -1 */
	int64_t size;             /* bytes of value or of the file */
};

/* In the order of arrival; names may repeat.  Works with list_push. */
struct fields {
	struct field *v;
	size_t        n, cap, max;
};

struct request {
	str  id;                  /* random, new for each request; told in X-Request-Id */
	str  method;              /* GET HEAD POST PUT PATCH DELETE OPTIONS */
	str  path;                /* decoded: UTF-8, no control, no "\", no dot segment, no "//" */
	str  query_text;          /* as sent, without "?" */
	struct fields query;      /* decoded */
	struct fields headers;    /* names as sent */
	struct fields form;       /* urlencoded or multipart/form-data */
	str  type;                /* media type of the body, lower case, no parameters; or none */
	str  body;                /* any other body, when it is in memory; or none */
	int  body_fd;             /* … when it is long: an unlinked file; or -1 */
	int64_t body_size;
	str  host;                /* of the Host header; never build links from it */
	str  peer;                /* address of the socket's other end; "" for a Unix socket */
	str  remote;              /* the client's address, behind trusted proxies too */
	bool secure;              /* a trusted proxy says that the client used https */
	bool is_unix;
	int64_t uid, gid, pid;    /* of the other process on a Unix socket; else -1 */
};

struct response {
	int  status;              /* 200 unless set */
	struct fields headers;
	str  type;                /* Content-Type; none: no such header */
	str  body;                /* must live as long as the request's ctx, or be constant */
	int  fd;                  /* body from this file (from offset 0; closed by the server), or -1 */
	int64_t size;             /* bytes of fd to send */
	struct arena *arena;      /* for response_header */
	bool close;               /* end the connection after this answer */
};

/* Fill *out; false: c->fault is made a response by the fault callback. */
typedef bool http_answer_fn(struct ctx *c, const struct request *r, struct response *out,
                            void *arg);
/*
 * Make c->fault a response.  status is preset in out->status: fault_http(),
 * or what HTTP has for it (408, 414, 417, 431, 501, 505).  For faults of the
 * head, r may be filled in part.
 */
typedef void http_fault_fn(struct ctx *c, const struct request *r, struct response *out,
                           void *arg);
/*
 * The answer is on its way: for the log and for counting.  c->fault holds when
 * the status is 400 or more; micros: since the request line had arrived.
 */
typedef void http_done_fn(struct ctx *c, const struct request *r, const struct response *out, int64_t micros,
                          void *arg);
/* The largest body accepted here, in bytes; asked before the body is read. */
typedef size_t http_body_max_fn(void *arg, str method, str path);

struct http_config {
	str  address;             /* "127.0.0.1", "::1", "0.0.0.0"; none: no TCP listener */
	int  port;                /* 0: any free one, see http_port */
	str  socket;              /* path of a Unix socket; none: not listened on */
	int  socket_mode;         /* permission bits of that socket; 0: 0660 */
	int  inherited;           /* listening sockets handed over, from descriptor 3 on (LISTEN_FDS) */
	str  spool;               /* directory of the unlinked files; none: /tmp */
	str  trusted;             /* addresses or prefixes ("10.0.0.0/8") of proxies, blanks between */
	http_fault_fn    *on_fault;       /* NULL: plain text */
	http_done_fn     *on_done;     /* NULL: nobody listens */
	http_body_max_fn *body_max;    /* NULL: body_default everywhere */

	/* Limits; 0 means the default in brackets. */
	int    threads;           /* that run handlers, for all listeners [32] */
	size_t stack;             /* bytes of stack per thread [256 KiB] */
	int    connections;       /* at once; more wait to be accepted [1000] */
	int    per_address;       /* connections of one address [no limit] */
	size_t head;              /* bytes of request line and headers [16 KiB] */
	size_t target;            /* bytes of the request target [4 KiB] */
	int    headers;           /* number of headers [64] */
	int    params;            /* query parameters, urlencoded fields [512] */
	int    parts;             /* parts of multipart/form-data [64] */
	size_t part_name;         /* bytes of a field's name [200] */
	size_t part_text;         /* bytes of a text part, of an urlencoded form [1 MiB] */
	size_t part_texts;        /* bytes of all text parts [2 MiB] */
	size_t body_default;      /* bytes of a body [1 MiB] */
	size_t body_memory;       /* a raw body longer than this is spooled [64 KiB] */
	size_t drain;             /* a refused body up to this long is read away first [16 MiB] */
	size_t memory;            /* arena of a request [64 MiB] */
	int    idle;              /* seconds without traffic [60] */
	int    head_seconds;      /* seconds for a head [15] */
	int    body_grace;        /* seconds for a body, [10] */
	int    body_rate;         /* and one more for each so many bytes [1024] */
	int    stop_seconds;      /* http_stop waits so long for running requests [10] */
};

/* Listen and answer. Faults: E_USAGE (no listener), E_IO, E_STATE (socket path in use). */
bool http_open(struct ctx *c, const struct http_config *cfg, http_answer_fn *answer, void *arg,
               struct http **out) MUST_CHECK;
/* The TCP port, or 0 without a TCP listener. */
int  http_port(const struct http *h);
/* Requests that are being read or answered now. */
int  http_busy(const struct http *h);
/* Connections that are open now. */
int  http_connections(const struct http *h);
/* Accept no more, let running requests end (at most stop_seconds). */
void http_stop(struct http *h);
/* http_stop, then end the threads and free all. */
void http_close(struct http *h);

/* First field of that name (exact), or NULL. */
const struct field *field_find(const struct fields *f, str name);
/* The one after `after` (NULL: the first). */
const struct field *field_next(const struct fields *f, str name, const struct field *after);
/* Value of the first field of that name, or none. */
str field_value(const struct fields *f, str name);

/* First header of that name (case does not matter), or none. */
str request_header(const struct request *r, str name);
/* Value of a cookie, or none; of two with one name the first. */
str request_cookie(const struct request *r, str name);
/* The raw body, from memory or file; E_LIMIT above max. */
bool request_body(struct ctx *c, const struct request *r, size_t max, str *out) MUST_CHECK;
/* An uploaded file in memory; E_LIMIT above max. */
bool field_text(struct ctx *c, const struct field *f, size_t max, str *out) MUST_CHECK;

/* Add a header; control bytes in the value become blanks, so it cannot split. */
void response_header(struct response *out, str name, str value);
/* Replace all headers of that name. */
void response_header_set(struct response *out, str name, str value);

struct cookie {
	str  name, value;         /* token and cookie-octets (RFC 6265); others become '_' */
	str  path;                /* none: "/" */
	int64_t max_age;          /* seconds; 0: until the browser closes; < 0: delete */
	bool secure, strict;      /* Secure; SameSite=Strict instead of Lax.  HttpOnly always */
};
void response_cookie(struct response *out, const struct cookie *k);

/* "Tue, 24 Nov 2026 00:00:00 GMT" (RFC 9110 5.6.7). */
str http_date(struct arena *a, time_us t);

#endif
