#ifndef DOORS_STATION_H
#define DOORS_STATION_H

/*
 * A node that listens: the web door, and around it what its operator asks
 * for: /readyz, /metrics, and a line of the log for each request.
 */

#include <pthread.h>

#include "doors/serve/node.h"
#include "doors/serve/setup.h"
#include "doors/serve/ticker.h"
#include "platform/http/http.h"
#include "platform/meter.h"

enum { HEALTH_CHECKS = 4 };

/* One thing that must be so for the node to be of use. */
struct health { const char *name; bool ok; int64_t value; const char *unit; };

struct station {
	struct node        *node;
	const struct setup *setup;
	const char         *build;     /* program_build() of the running program */
	struct http        *http;      /* set after http_open; requests may come before */
	struct ticker      *ticker;
	struct meter       *meter;
	str                 token;     /* of /metrics, or "" */
	time_us             began;
	bool                tells;     /* a line for each request */
	pthread_mutex_t     lock;      /* the last look at the health, good for a second */
	int64_t             looked;
	struct health       health[HEALTH_CHECKS];
};

/* The node's tables, and the token file of the metrics. E_IO, E_INVALID (too short). */
bool station_init(struct station *s, struct node *n, const struct setup *setup) MUST_CHECK;

/* For struct http_config; arg is the station. */
bool   station_answer(struct ctx *c, const struct request *r, struct response *out, void *arg) MUST_CHECK;
void   station_fault(struct ctx *c, const struct request *r, struct response *out, void *arg);
void   station_done(struct ctx *c, const struct request *r, const struct response *out, int64_t micros, void *arg);
size_t station_body_max(void *arg, str method, str path);

/* health.c: look (at most once a second); true when all is well. */
bool health_look(struct ctx *c, struct station *s, struct health out[HEALTH_CHECKS]) MUST_CHECK;
/* GET /readyz: every check's name and verdict; what was measured only for local readers. */
bool health_answer(struct ctx *c, struct station *s, const struct request *r, struct response *out) MUST_CHECK;
/* online.c: POST /doctor: what is outside, as the services' probes find it: a list of check, verdict, found, mend; English but for found. */
bool online_answer(struct ctx *c, struct station *s, const struct request *r, struct response *out) MUST_CHECK;
extern const char *const probe_words[];   /* "ok", "warn", "bad" */
/* GET /metrics. */
bool metrics_answer(struct ctx *c, struct station *s, const struct request *r, struct response *out) MUST_CHECK;
/* A process of our own user or root on the Unix socket. */
bool is_local(const struct request *r);
/* Free bytes where `path` is, or -1. */
int64_t disk_free(struct ctx *c, str path);

/* traffic.c: name of the operation or view that the request reached, or one of a few words; never made from the request. */
const char *traffic_route(const struct front *f, str method, str path, bool *known);
/* The path without what could be a code or token; of unknown paths only plain words are kept. */
str  traffic_path(struct ctx *c, str path, bool known);
/* A fault's sentence in English, without quoted values: "relation "x"" stays, "ABC 1" does not. */
str  traffic_cause(struct ctx *c, const struct fault *f);
void traffic_tell(struct ctx *c, struct station *s, const struct request *r, const struct response *out, int64_t micros);

#endif
