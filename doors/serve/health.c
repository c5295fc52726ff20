#include "doors/serve/station.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/secret.h"
#include "platform/clock.h"
#include "platform/json/json_out.h"
#include "record/house.h"

enum { DATABASE, SCHEMA, DISK, TICK };
enum { GOOD_FOR = 1000000 /* microseconds */, FREE_LEAST = 64 << 20 /* bytes */, PAGE_MAX = 4 << 20 };
#define TICK_AGE_MOST (60 * SECOND)

/* On behalf of somebody else: a proxy's request is nobody's own. */
static bool is_forwarded(const struct request *r)
{
	return request_header(r, S("X-Forwarded-For")).p || request_header(r, S("Forwarded")).p || request_header(r, S("Via")).p;
}

bool is_local(const struct request *r)
{
	return r->is_unix && (r->uid == 0 || r->uid == (int64_t)getuid()) && !is_forwarded(r);
}

int64_t disk_free(struct ctx *c, str path)
{
	struct statvfs v;

	if (statvfs(cstr(c->arena, path), &v) != 0)
		return -1;
	return (int64_t)(v.f_bavail * v.f_frsize);
}

/* A file without a name, where the file system has such; else the permission alone. */
static bool can_write(struct ctx *c, str dir)
{
	char *path = cstr(c->arena, dir);
	int   fd   = open(path, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	bool  ok   = fd >= 0 ? write(fd, "x", 1) == 1 : access(path, W_OK | X_OK) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static void look(struct ctx *c, struct station *s)
{
	struct health *h     = s->health;
	int64_t        begin = clock_steady(), n;
	time_us        oldest, last = s->ticker ? ticker_last(s->ticker) : TIME_NONE;
	str            spool = config_text(s->setup->config, "http.spool");

	/* Asked of the database itself: an answer, and the schema that this program knows. */
	h[DATABASE]    = (struct health){ "database", house_letters(c, &n, &oldest), clock_steady() - begin, "microseconds" };
	h[SCHEMA]      = (struct health){ "schema", h[DATABASE].ok && db_migrated(c), (int64_t)db_migrations_n, "migrations" };
	h[DISK]        = (struct health){ "disk", true, disk_free(c, s->setup->data), "bytes free" };
	h[DISK].ok     = h[DISK].value >= FREE_LEAST && can_write(c, s->setup->data) && can_write(c, spool);
	h[TICK]        = (struct health){ "tick", true, last == TIME_NONE ? -1 : clock_now() - last, "microseconds ago" };
	h[TICK].ok     = last == TIME_NONE ? clock_now() - s->began < TICK_AGE_MOST : h[TICK].value < TICK_AGE_MOST;
	s->looked      = clock_steady();
}

bool health_look(struct ctx *c, struct station *s, struct health out[HEALTH_CHECKS])
{
	bool all = true;

	pthread_mutex_lock(&s->lock);
	if (!s->looked || clock_steady() - s->looked > GOOD_FOR)
		look(c, s);
	for (int i = 0; i < HEALTH_CHECKS; i++) {
		out[i] = s->health[i];
		all    = all && out[i].ok;
	}
	pthread_mutex_unlock(&s->lock);
	return all;
}

bool health_answer(struct ctx *c, struct station *s, const struct request *r, struct response *out)
{
	struct health   h[HEALTH_CHECKS];
	struct buf      b;
	struct json_out j;
	bool            ready, local = is_local(r);

	c->db = s->node->front.db;
	ready = health_look(c, s, h);
	buf_init(&b, c->arena, 4096);
	json_out_init(&j, &b, JSON_COMPACT);
	json_open_object(&j);
	json_put_bool(&j, "ready", ready);
	json_put_str(&j, "build", local ? str_of(s->build) : STR_NONE);
	json_open(&j, "checks", '{');
	for (int i = 0; i < HEALTH_CHECKS; i++) {
		json_open(&j, h[i].name, '{');
		json_put_bool(&j, "ok", h[i].ok);
		json_put_int(&j, "value", local ? h[i].value : INT_NONE);
		json_put_str(&j, "unit", local ? str_of(h[i].unit) : STR_NONE);
		json_close(&j);
	}
	json_close(&j);
	json_close(&j);
	buf_char(&b, '\n');
	c->fault    = (struct fault){ 0 };   /* the verdict is the answer */
	out->status = ready ? 200 : 503;
	out->type   = S("application/json");
	out->body   = buf_str(&b);
	response_header_set(out, S("Cache-Control"), S("no-store"));
	return true;
}

/* ---- metrics ---- */

static bool is_loopback(const struct request *r)
{
	return !is_forwarded(r) && (str_starts(r->peer, S("127.")) || str_eq(r->peer, S("::1")));
}

static bool may_read(const struct station *s, const struct request *r)
{
	str who  = config_text(s->setup->config, "metrics.readers");
	str have = request_header(r, S("Authorization"));

	if (str_eq(who, S("off")))
		return false;
	if (s->token.n && str_eq_nocase(str_slice(have, 0, 7), S("Bearer ")) &&
	    str_eq_secret(str_trim(str_slice(have, 7, have.n)), s->token))
		return true;
	return is_local(r) || (str_eq(who, S("loopback")) && is_loopback(r));
}

/* Field `n` (from 0) of /proc/self/statm, in pages. */
static int64_t own_pages(int n)
{
	char    text[200];
	int     fd  = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd >= 0 ? read(fd, text, sizeof(text)) : 0;
	str     rest = { text, got > 0 ? (size_t)got : 0 }, part = STR_NONE;
	int64_t v   = 0;

	if (fd >= 0)
		close(fd);
	for (int i = 0; i <= n; i++)
		if (!str_cut(&rest, ' ', &part))
			return 0;
	return str_to_int(str_trim(part), &v) ? v : 0;
}

static void numbers_print(struct ctx *c, struct station *s, struct meter_text *t)
{
	struct db_load l       = db_load(s->node->front.db);
	int64_t        letters = 0;
	time_us        oldest = TIME_NONE, now = clock_now(), last = s->ticker ? ticker_last(s->ticker) : TIME_NONE;

	meter_number(t, "psirt_http_busy", "gauge", "Requests being read or answered.", s->http ? http_busy(s->http) : 0);
	meter_number(t, "psirt_http_connections", "gauge", "Connections open.", s->http ? http_connections(s->http) : 0);
	meter_number(t, "psirt_db_connections", "gauge", "Database connections open.", l.open);
	meter_number(t, "psirt_db_connections_used", "gauge", "Database connections in use.", l.used);
	meter_number(t, "psirt_db_connections_max", "gauge", "Database connections at most.", l.max);
	meter_number(t, "psirt_db_waiting", "gauge", "Transactions that wait for the writer or a connection.", l.waiting);
	meter_number(t, "psirt_db_waits_total", "counter", "How often one had to wait.", l.waits);
	meter_seconds(t, "psirt_db_wait_seconds_total", "counter", "How long they waited in all.", l.wait_us);
	meter_seconds(t, "psirt_tick_age_seconds", "gauge", "Since the clock last did what is due.",
	              last == TIME_NONE ? now - s->began : now - last);
	if (house_letters(c, &letters, &oldest)) {
		meter_number(t, "psirt_letters_waiting", "gauge", "Letters that wait to leave.", letters);
		meter_seconds(t, "psirt_letters_oldest_seconds", "gauge", "Age of the oldest of them.",
		              oldest == TIME_NONE ? 0 : now - oldest);
	}
	meter_number(t, "psirt_disk_free_bytes", "gauge", "Free where the data directory is.", disk_free(c, s->setup->data));
	meter_number(t, "process_resident_memory_bytes", "gauge", "Memory in use.", own_pages(1) * sysconf(_SC_PAGESIZE));
	meter_seconds(t, "process_start_time_seconds", "gauge", "When the server began, since 1970.", s->began);
}

bool metrics_answer(struct ctx *c, struct station *s, const struct request *r, struct response *out)
{
	struct buf        b;
	struct meter_text t = { &b, str_find(request_header(r, S("Accept")), S("application/openmetrics-text"), 0) != SIZE_MAX };

	response_header_set(out, S("Cache-Control"), S("no-store"));
	out->type = S("text/plain; charset=utf-8");
	if (!may_read(s, r)) {
		out->status = 403;
		out->body   = S("Metrics are read over the Unix socket, or with the token of metrics.token_file.\n");
		return true;
	}
	c->db = s->node->front.db;
	buf_init(&b, c->arena, PAGE_MAX);
	meter_print(s->meter, &t);
	numbers_print(c, s, &t);
	meter_end(&t);
	out->type = t.open ? S("application/openmetrics-text; version=1.0.0; charset=utf-8")
	                   : S("text/plain; version=0.0.4; charset=utf-8");
	out->body = buf_str(&b);
	return !b.full || fault(c, E_LIMIT, NULL, NULL);
}
