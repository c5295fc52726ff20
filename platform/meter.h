#ifndef PLATFORM_METER_H
#define PLATFORM_METER_H

/*
 * Counters of a running server in the text format of Prometheus (0.0.4) and
 * OpenMetrics (1.0): how many requests of which route ended how, and how long
 * they took.  Safe from any thread.
 */

#include "base/buf.h"

struct meter;

/* `names` are the routes, constants of the program; the meter lives in the arena. */
struct meter *meter_new(struct arena *a, const char *const *names, size_t n);
/* A name that is not among them counts as "other". status: 100..599. */
void meter_count(struct meter *m, const char *name, int status, int64_t micros);
/* How many requests were counted. */
int64_t meter_total(const struct meter *m);

/* `open`: OpenMetrics; else Prometheus. */
struct meter_text { struct buf *b; bool open; };
/* The requests as psirt_http_… */
void meter_print(const struct meter *m, struct meter_text *t);
/* One number; kind "gauge" or "counter" (then name ends in _total). */
void meter_number(struct meter_text *t, const char *name, const char *kind, const char *help, int64_t v);
/* The same of microseconds, written in seconds. */
void meter_seconds(struct meter_text *t, const char *name, const char *kind, const char *help, int64_t micros);
/* The end that OpenMetrics asks for. */
void meter_end(struct meter_text *t);

#endif
