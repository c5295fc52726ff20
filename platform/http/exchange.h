#ifndef PLATFORM_HTTP_EXCHANGE_H
#define PLATFORM_HTTP_EXCHANGE_H

/*
 * Inside the server: one connection, one exchange (request and response), and
 * what the parts of the server say to each other.  Not for other folders.
 */

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "platform/http/http.h"
#include "platform/http/multipart.h"

enum { LISTENERS = 8, TICKS = 4 /* a second */ };

/* What a connection is doing; the watch ends those that do it too long. */
enum stage { STAGE_WAIT, STAGE_HEAD, STAGE_BODY, STAGE_ANSWER };

struct conn {
	struct conn *next, *before;  /* in use */
	struct http *http;
	struct worker *worker;
	int          fd;
	enum stage   stage;
	int64_t      since;          /* tick at which the stage began */
	int64_t      got;            /* bytes of body */
	bool         is_unix, cut;
	int64_t      uid, gid, pid;
	str          peer;
	char         peer_text[48];
};

struct listener {
	int fd;
	str path;                    /* to unlink at the end */
};

/* A thread of the library with its connections. */
struct worker {
	struct http       *http;
	struct MHD_Daemon *daemon;
	int                conns;    /* given to it; under the lock */
	_Atomic int        running;  /* 1 while it is in a handler */
};

struct http {
	struct arena       arena;
	struct http_config cfg;
	http_answer_fn    *answer;
	void              *arg;
	struct listener    listener[LISTENERS];
	size_t             listeners;
	struct worker     *worker;   /* cfg.threads of them */
	pthread_mutex_t    lock;     /* conn lists and counts */
	struct conn       *used, *spare;
	pthread_t          watch, porter;
	bool               watching, at_door;
	int                wake, halt;
	_Atomic int        conns;
	_Atomic int64_t    tick;
	_Atomic int        busy;
	_Atomic bool       stopping;
};

enum body_kind { BODY_RAW, BODY_FORM, BODY_PARTS };

struct exchange {
	struct arena    arena;
	struct ctx      ctx;
	struct request  r;
	struct response out;
	struct http    *http;
	struct conn    *conn;
	struct MHD_Connection *mhd;
	str             target;
	int             status;      /* of a refusal, when it is not fault_http() */
	int64_t         began;       /* clock_steady() at the request line */
	bool            begun;
	bool            refused;     /* ctx.fault holds; the rest of the body is thrown away */
	bool            has_body, chunked, expects;
	int64_t         length;      /* Content-Length, or -1 */
	size_t          body_max;
	enum body_kind  kind;
	struct buf      text;
	struct multipart *parts;
};

/* guard.c: the head; false with fault (and x->status). */
bool guard_check(struct exchange *x, const char *method, const char *version) MUST_CHECK;

/* intake.c: the body. */
bool intake_begin(struct exchange *x) MUST_CHECK;
bool intake_add(struct exchange *x, str bytes) MUST_CHECK;
bool intake_end(struct exchange *x) MUST_CHECK;
void intake_done(struct exchange *x);

/* listener.c: the other end of a connection, into *k. */
void conn_peer(struct conn *k);
/* Is the address in the list of addresses and prefixes? */
bool address_in(str address, str list);

/* porter.c: who comes in, and to which worker. */
bool porter_open(struct ctx *c, struct http *h) MUST_CHECK;
void porter_close(struct http *h);

/* watch.c: connections and their time. */
void conn_stage(struct conn *k, enum stage stage);
bool watch_open(struct ctx *c, struct http *h) MUST_CHECK;
void watch_close(struct http *h);

#endif
