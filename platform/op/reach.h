#ifndef PLATFORM_OP_REACH_H
#define PLATFORM_OP_REACH_H

/*
 * What a tool on a terminal may reach beside files: addresses of the network and
 * the check of signatures, in the process of who called it.  In the server, where
 * tools run in the cage, there is none (front->reach is NULL).
 */

#include "base/ctx.h"
#include "base/list.h"

/* Where to; the same for all that one run asks. */
struct reach_rules {
	bool plain;             /* http too */
	bool near;              /* addresses of this machine too */
	int  port;              /* that may be asked beside 443 and 80; 0: none */
	const char *ca_file;    /* certificates to trust; NULL: the system's */
};

struct reach_ask {
	const struct reach_rules *rules;
	str     url;
	int64_t max;            /* bytes of the answer */
	int64_t seconds;
	int     redirects;      /* followed; < 0: none, they are the answer */
	str     agent;          /* User-Agent; none: our own */
	str     etag, modified; /* of what we have: If-None-Match, If-Modified-Since */
	bool    head;           /* the headers alone */
	bool    to_file;        /* the bytes go to `file` as they come, not into memory */
	int     file;
};

struct reach_answer {
	int     status;
	str     url;            /* where it came from */
	int     redirects;      /* that were followed */
	bool    plain;          /* a step of the way was http */
	str     type, body, etag, modified, origin;   /* origin: Access-Control-Allow-Origin */
	int64_t size;           /* of the body */
};

struct reach_seal {
	bool    good;
	str     key;            /* fingerprint of the primary key; none: the key is unknown */
	time_us expires;        /* the earlier of signature and key; TIME_NONE: never */
	str     why;            /* when not good */
};

struct reach {
	/* Faults: as of doors/fetch/fetch.h; out->status is then that of the last answer that began, or 0. */
	bool (*get)(struct ctx *c, const struct reach_ask *ask, struct reach_answer *out);
	/* Learn public keys; *fingerprints: of each and its parts, blanks between, "" when there is none. E_UNAVAILABLE: no gpg. */
	bool (*key)(struct ctx *c, str bytes, str *fingerprints);
	/* A detached signature of bytes, or, when they are none, of the file. */
	bool (*verify)(struct ctx *c, str bytes, int file, str signature, struct reach_seal *out);
};

#endif
