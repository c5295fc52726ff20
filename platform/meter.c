#include "platform/meter.h"

#include <stdatomic.h>

enum { CLASSES = 6, LIMITS = 12 };

/* Upper limits in microseconds; above the last one only "+Inf" counts. */
static const int64_t limits[LIMITS] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000,
                                        2500000, 10000000 };
static const char *const limit_names[LIMITS] = { "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25",
                                                 "0.5", "1.0", "2.5", "10.0" };

struct route {
	const char     *name;
	_Atomic int64_t ended[CLASSES];       /* by the first digit of the status */
	_Atomic int64_t within[LIMITS + 1];   /* each in one of them */
	_Atomic int64_t micros;
};

struct meter { struct route *route; size_t n; };   /* the last one is "other" */

struct meter *meter_new(struct arena *a, const char *const *names, size_t n)
{
	struct meter *m = NEW(a, struct meter);

	m->n     = n + 1;
	m->route = NEWS(a, struct route, n + 1);
	for (size_t i = 0; i < n; i++)
		m->route[i].name = names[i];
	m->route[n].name = "other";
	return m;
}

void meter_count(struct meter *m, const char *name, int status, int64_t micros)
{
	size_t i = 0, k = 0;

	while (i + 1 < m->n && m->route[i].name != name && strcmp(m->route[i].name, name) != 0)
		i++;
	while (k < LIMITS && micros > limits[k])
		k++;
	m->route[i].ended[status >= 100 && status < 600 ? status / 100 : 0]++;
	m->route[i].within[k]++;
	m->route[i].micros += micros;
}

int64_t meter_total(const struct meter *m)
{
	int64_t all = 0;

	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < CLASSES; k++)
			all += m->route[i].ended[k];
	return all;
}

/* ---- text ---- */

static void head(struct meter_text *t, const char *name, const char *kind, const char *help)
{
	str bare = str_of(name);

	/* OpenMetrics names a counter's family without its suffix. */
	if (t->open && str_ends(bare, S("_total")))
		bare = str_slice(bare, 0, bare.n - 6);
	buf_fmt(t->b, "# HELP %.*s %s\n# TYPE %.*s %s\n", STR_ARG(bare), help, STR_ARG(bare), kind);
}

static void seconds(struct buf *b, int64_t micros)
{
	buf_fmt(b, "%lld.%06lld\n", (long long)(micros / 1000000), (long long)(micros % 1000000));
}

void meter_number(struct meter_text *t, const char *name, const char *kind, const char *help, int64_t v)
{
	head(t, name, kind, help);
	buf_fmt(t->b, "%s %lld\n", name, (long long)v);
}

void meter_seconds(struct meter_text *t, const char *name, const char *kind, const char *help, int64_t micros)
{
	head(t, name, kind, help);
	buf_fmt(t->b, "%s ", name);
	seconds(t->b, micros < 0 ? 0 : micros);
}

static int64_t route_total(const struct route *r)
{
	int64_t n = 0;

	for (size_t k = 0; k <= LIMITS; k++)
		n += r->within[k];
	return n;
}

static void route_times(const struct route *r, struct buf *b)
{
	int64_t below = 0;

	for (size_t k = 0; k < LIMITS; k++) {
		below += r->within[k];
		buf_fmt(b, "psirt_http_request_duration_seconds_bucket{route=\"%s\",le=\"%s\"} %lld\n", r->name,
		        limit_names[k], (long long)below);
	}
	below += r->within[LIMITS];
	buf_fmt(b, "psirt_http_request_duration_seconds_bucket{route=\"%s\",le=\"+Inf\"} %lld\n", r->name, (long long)below);
	buf_fmt(b, "psirt_http_request_duration_seconds_sum{route=\"%s\"} ", r->name);
	seconds(b, r->micros);
	buf_fmt(b, "psirt_http_request_duration_seconds_count{route=\"%s\"} %lld\n", r->name, (long long)below);
}

void meter_print(const struct meter *m, struct meter_text *t)
{
	head(t, "psirt_http_requests_total", "counter", "Requests by route and class of status.");
	for (size_t i = 0; i < m->n; i++)
		for (int k = 0; k < CLASSES; k++)
			if (m->route[i].ended[k])
				buf_fmt(t->b, "psirt_http_requests_total{route=\"%s\",status=\"%dxx\"} %lld\n", m->route[i].name, k,
				        (long long)m->route[i].ended[k]);
	head(t, "psirt_http_request_duration_seconds", "histogram", "From the request line to the answer.");
	for (size_t i = 0; i < m->n; i++)
		if (route_total(&m->route[i]))
			route_times(&m->route[i], t->b);
}

void meter_end(struct meter_text *t)
{
	if (t->open)
		buf_add(t->b, S("# EOF\n"));
}
