#ifndef DOORS_FETCH_H
#define DOORS_FETCH_H

/*
 * FETCH: the process of `psirt serve` that connects out.
 *
 * What it does.  One request per call, each in a child of its own: https (http
 * only where it is allowed), names resolved there, every address checked before it
 * is connected to, certificates verified, redirects followed one by one under the
 * same rules, at most 300 requests a minute to one host.  Answers the status, the
 * headers and the bytes, within the limits of the call.
 *
 * It puts kept secrets into their header and takes them out of the answer again; a
 * secret that an answer gives it seals for the process keys (gift.h).
 *
 * Authority: connects out over TCP and asks name servers; reads certificates and
 * the resolver's configuration; no database, no keys, no files of ours.  Not to
 * loopback, private, link-local, multicast and other special addresses (RFC 6890),
 * unless the operator lists them (fetch.allow).
 *
 * Ends at SIGTERM, or with the supervisor.  Proxies of the environment are not used.
 */

#include "base/list.h"
#include "doors/keys/gift.h"
#include "doors/keys/kept.h"
#include "platform/op/op.h"

struct fetch_header { str name, value; };

struct fetch_call {
	str  method;            /* GET HEAD POST PUT; none: GET */
	str  url;
	LIST(struct fetch_header) headers;   /* not kept when a redirect leaves the host */
	str  body;              /* of POST and PUT */
	str  type;              /* its Content-Type */
	int64_t max;            /* bytes of the answer; 0: 16 MiB */
	int64_t seconds;        /* for all of it; 0: 30 */
	int  redirects;         /* followed at most; < 0: none; 0: 3 */
	str  sealed, sealed_in; /* a kept secret as keys_lend gave it, and the header that it becomes; or none */
	str  take, take_name, take_for;   /* a secret in the answer: its JSON pointer, and struct gift's name and who; or none */
	/* Of a call carried out in our own process: */
	str  agent;             /* User-Agent; none: "psirt" */
	bool to_file;           /* the bytes go to `file`, not into the answer */
	int  file;
};

struct fetch_answer {
	int  status;
	str  url;               /* where it came from, after redirects */
	str  type;              /* media type as sent */
	struct { struct fetch_header *v; size_t n, cap, max; } headers;   /* of the last answer, names in lower case */
	str  body;
	str  gift;              /* the secret that was taken out of it, as keys_take wants it; none */
	int  redirects;         /* that were followed */
	bool plain;             /* one of the addresses was http */
	int64_t size;           /* bytes that came, also those that went to a file */
};

/*
 * Over the channel of front->wires.  Faults: E_INVALID "url" (not an address that
 * may be asked), E_FORBIDDEN the address it leads to may not be connected to,
 * E_LIMIT too long or too slow, E_RATE, E_UNAVAILABLE no answer (no such host,
 * refused, TLS).  A status of 400 or more is an answer, not a fault.
 */
bool fetch_call(struct ctx *c, const struct fetch_call *call, struct fetch_answer *out) MUST_CHECK;
/* GET with the usual limits. */
bool fetch_get(struct ctx *c, str url, struct fetch_answer *out) MUST_CHECK;

/* The same for a service: front->fetch. */
bool fetch_for(struct ctx *c, str url, int64_t max, struct fetched *out) MUST_CHECK;
/*
 * For a service: front->send.  Follows redirects where the call says so.  A kept secret is fetched sealed
 * from the process keys (E_STATE: there is none) and opened in fetch; in what comes
 * back it is replaced by asterisks.  A secret of the answer goes on to the process keys, out->taken.
 */
bool fetch_send(struct ctx *c, const struct sending *what, struct fetched *out) MUST_CHECK;

struct fetch_config {
	str allow;              /* addresses and prefixes that may be connected to though they are special */
	bool plain;             /* http too */
	str resolve;            /* tests: "name:port:address", taken for what a name server said, blanks between */
	const char *ca_file;    /* tests: certificates to trust; NULL: the system's */
	str ports;              /* that may be asked beside 443 and 80, blanks between */
	struct kept_pair pair;  /* opens kept secrets */
	unsigned char give_to[KEPT_PUBLIC];   /* for whom gifts are sealed */
};

/*
 * taking.c, in fetch: out of the answer into got->gift.  When the secret is not found where
 * it should be, nothing that may hold it is passed on: got->body is empty.
 */
bool fetch_take(struct ctx *c, const struct fetch_config *cfg, const struct fetch_call *f, struct fetch_answer *got) MUST_CHECK;

/* The process; arg is a struct fetch_config. Returns its exit status. */
int fetch_run(int channel, void *arg);

#endif
