#include "doors/fetch/fetch.h"

#include <sys/prctl.h>
#include <unistd.h>

#include "doors/fetch/courier.h"
#include "platform/cage/parcel.h"
#include "platform/cage/wall.h"
#include "platform/cage/warden.h"
#include "platform/clock.h"
#include "platform/log.h"

enum { KEEP_TRIES = 3, AT_ONCE = 8, HOSTS = 256, A_MINUTE = 300, SECONDS = 30, REDIRECTS = 3, USUAL_MAX = 16 << 20, HEADERS_MAX = 200,
	BODY_MAX = 8 << 20, PORTS_MAX = 16 };

/* ---- a call and its answer in a row ---- */

static void call_put(struct buf *b, const struct fetch_call *f)
{
	parcel_str(b, f->method.n ? f->method : S("GET"));
	parcel_str(b, f->url);
	parcel_str(b, f->type);
	parcel_str(b, f->body);
	parcel_int(b, f->max > 0 ? f->max : USUAL_MAX);
	parcel_int(b, f->seconds > 0 ? f->seconds : SECONDS);
	parcel_int(b, f->redirects < 0 ? 0 : f->redirects ? f->redirects : REDIRECTS);
	parcel_int(b, f->redirects < 0);
	parcel_str(b, f->sealed);
	parcel_str(b, f->sealed_in);
	parcel_str(b, f->take);
	parcel_str(b, f->take_name);
	parcel_str(b, f->take_for);
	parcel_int(b, (int64_t)f->headers.n);
	for (size_t i = 0; i < f->headers.n; i++) {
		parcel_str(b, f->headers.v[i].name);
		parcel_str(b, f->headers.v[i].value);
	}
}

static bool secrets_take(str *in, struct fetch_call *f)
{
	return parcel_take_str(in, &f->sealed) && parcel_take_str(in, &f->sealed_in) && parcel_take_str(in, &f->take) &&
	       parcel_take_str(in, &f->take_name) && parcel_take_str(in, &f->take_for);
}

static bool call_take(struct ctx *c, str in, struct fetch_call *f, bool *follows)
{
	int64_t n, redirects, none;
	struct fetch_header h;

	*f = (struct fetch_call){ .headers = { .max = HEADERS_MAX } };
	if (!parcel_take_str(&in, &f->method) || !parcel_take_str(&in, &f->url) || !parcel_take_str(&in, &f->type) ||
	    !parcel_take_str(&in, &f->body) || !parcel_take_int(&in, &f->max) || !parcel_take_int(&in, &f->seconds) ||
	    !parcel_take_int(&in, &redirects) || !parcel_take_int(&in, &none) || !secrets_take(&in, f) || !parcel_take_int(&in, &n))
		return fault(c, E_INTERNAL, NULL, NULL);
	for (; n > 0; n--)
		if (!parcel_take_str(&in, &h.name) || !parcel_take_str(&in, &h.value) || !list_push(c->arena, &f->headers, h))
			return fault(c, E_LIMIT, NULL, NULL);
	f->redirects = (int)redirects;
	*follows     = none == 0;
	return true;
}

static void answer_put(struct buf *b, const struct fetch_answer *a)
{
	parcel_int(b, a->status);
	parcel_str(b, a->url);
	parcel_str(b, a->type);
	parcel_int(b, (int64_t)a->headers.n);
	for (size_t i = 0; i < a->headers.n; i++) {
		parcel_str(b, a->headers.v[i].name);
		parcel_str(b, a->headers.v[i].value);
	}
	parcel_str(b, a->body);
	parcel_str(b, a->gift);
}

static bool answer_take(struct ctx *c, str in, struct fetch_answer *a)
{
	int64_t status, n;
	struct fetch_header h;

	*a = (struct fetch_answer){ .headers = { .max = HEADERS_MAX } };
	if (!parcel_take_int(&in, &status) || !parcel_take_str(&in, &a->url) || !parcel_take_str(&in, &a->type) ||
	    !parcel_take_int(&in, &n))
		return fault(c, E_INTERNAL, NULL, NULL);
	for (; n > 0; n--)
		if (!parcel_take_str(&in, &h.name) || !parcel_take_str(&in, &h.value) || !list_push(c->arena, &a->headers, h))
			return fault(c, E_INTERNAL, NULL, NULL);
	a->status = (int)status;
	return (parcel_take_str(&in, &a->body) && parcel_take_str(&in, &a->gift)) || fault(c, E_INTERNAL, NULL, NULL);
}

/* ---- the process ---- */

struct host { uint64_t name; int64_t since; int n; };
struct desk { struct fetch_config config; struct host hosts[HOSTS]; };

/* At most so many a minute to one host; hosts that fall into one place share it. */
static int admit(void *arg, const struct wire_head *h)
{
	struct desk *d    = arg;
	uint64_t     name = str_hash(str_of(h->label));
	struct host *x    = &d->hosts[name % HOSTS];
	int64_t      now  = clock_steady();

	if (now - x->since > 60 * (int64_t)SECOND)
		*x = (struct host){ name, now, 0 };
	return ++x->n > A_MINUTE ? WIRE_RATE + 1 : 0;
}

/* With the secret in its header, and without it in what came back. */
static bool go(struct ctx *c, const struct desk *d, struct fetch_call *f, bool follows, struct fetch_answer *got)
{
	str secret = STR_NONE;

	if (f->sealed.n) {
		TRY(kept_unseal(c, &d->config.pair, f->sealed, f->url, &secret));
		if (!list_push(c->arena, &f->headers, (struct fetch_header){ f->sealed_in, secret }))
			return fault(c, E_LIMIT, NULL, NULL);
	}
	TRY(courier_go(c, &d->config, f, follows, got));
	kept_hide(secret, got->body);
	kept_hide(secret, got->type);
	for (size_t i = 0; i < got->headers.n; i++)
		kept_hide(secret, got->headers.v[i].value);
	return !f->take.n || fetch_take(c, &d->config, f, got);
}

static void call_run(void *arg, const struct wire_head *h, int fd)
{
	const struct desk  *d = arg;
	struct fetch_call   f;
	struct fetch_answer got = { .headers = { .max = HEADERS_MAX } };
	struct arena        a;
	struct ctx          c;
	struct buf          b;
	str                 in;
	bool                follows = false, ok;

	arena_init(&a, (size_t)h->memory);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	c.lang   = (enum lang)h->lang;
	buf_init(&b, &a, (size_t)h->out_max);
	ok = wire_input(&c, fd, h, &in) && call_take(&c, in, &f, &follows) && go(&c, d, &f, follows, &got);
	if (ok)
		answer_put(&b, &got);
	wire_answer(&c, fd, h, ok, buf_str(&b));
	_exit(0);
}

static size_t ports_take(str list, int ports[PORTS_MAX])
{
	size_t  n = 0;
	int64_t port;
	str     one;

	ports[n++] = 443;
	ports[n++] = 80;
	ports[n++] = 53;   /* name servers, when the answer is long */
	while (n < PORTS_MAX && str_cut(&list, ' ', &one))
		if (str_to_int(one, &port) && port > 0 && port < 65536)
			ports[n++] = (int)port;
	return n;
}

static bool confine(struct ctx *c, const struct desk *d, struct wall_state *s)
{
	static const char *const read[] = { "/etc", "/usr/lib", "/lib", "/lib64", "/usr/share/ca-certificates",
		"/usr/local/share/ca-certificates", "/run/systemd/resolve", "/run/nscd", "/dev/urandom" };
	struct wall_path paths[sizeof(read) / sizeof(read[0]) + 2];
	int              ports[PORTS_MAX];
	size_t           n = 0;

	for (; n < sizeof(read) / sizeof(read[0]); n++)
		paths[n] = (struct wall_path){ read[n], WALL_READ };
	paths[n++] = (struct wall_path){ "/dev/null", WALL_READ | WALL_WRITE };
	if (d->config.ca_file)
		paths[n++] = (struct wall_path){ d->config.ca_file, WALL_READ };
	return wall_raise(c, &(struct wall){ .paths = paths, .paths_n = n, .ports = ports,
		.ports_n = ports_take(d->config.ports, ports), .inet = true, .sockets = true, .opens = true }, s);
}

int fetch_run(int channel, void *arg)
{
	static struct desk d;
	struct wall_state  s;
	struct arena       a;
	struct ctx         c;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	d.config = *(const struct fetch_config *)arg;
	warden_close(channel, channel);
	prctl(PR_SET_DUMPABLE, 0);
	if (!confine(&c, &d, &s)) {
		log_event(LEVEL_ERROR, "fetch.unconfined", LOG_TEXT("fault", str_of(c.fault.text ? c.fault.text : "")));
		return 1;
	}
	log_event(LEVEL_INFO, "fetch.confined", LOG_INT("landlock", s.landlock), LOG_INT("seccomp", s.seccomp));
	return warden_run(&(struct warden){ .channel = channel, .most = AT_ONCE, .admit = admit, .run = call_run, .arg = &d });
}

/* ---- in main ---- */

bool fetch_call(struct ctx *c, const struct fetch_call *call, struct fetch_answer *out)
{
	const struct wires *w   = front_of(c)->wires;
	int64_t             max = call->max > 0 ? call->max : USUAL_MAX;
	struct wire_limits  l   = { .wall_ms = ((call->seconds > 0 ? call->seconds : SECONDS) + 2) * 1000,
		.memory = 2 * max + (32 << 20), .in_max = BODY_MAX + (1 << 16), .out_max = max + (1 << 20) };
	struct buf          b;
	size_t              at  = str_find(call->url, S("://"), 0);
	str                 got, rest = str_slice(call->url, at == SIZE_MAX ? 0 : at + 3, call->url.n), host = S("");

	(void)str_cut(&rest, '/', &host);
	buf_init(&b, c->arena, (size_t)l.in_max);
	call_put(&b, call);
	if (b.full)
		return fault(c, E_LIMIT, NULL, NULL);
	TRY(wire_call(c, w ? w->fetch : -1, "fetch", str_slice(host, 0, WIRE_NAME - 1), buf_str(&b), &l, &got));
	return answer_take(c, got, out);
}

bool fetch_get(struct ctx *c, str url, struct fetch_answer *out)
{
	struct fetch_call call = { .url = url };

	return fetch_call(c, &call, out);
}

static str header_of(const struct fetch_answer *a, const char *name)
{
	for (size_t i = 0; i < a->headers.n; i++)
		if (str_eq(a->headers.v[i].name, str_of(name)))
			return a->headers.v[i].value;
	return STR_NONE;
}

static struct fetched fetched_of(const struct fetch_answer *a)
{
	return (struct fetched){ a->status, a->url, a->type, a->body, header_of(a, "etag"), header_of(a, "last-modified"),
		header_of(a, "retry-after"), false };
}

bool fetch_for(struct ctx *c, str url, int64_t max, struct fetched *out)
{
	struct fetch_call   call = { .url = url, .max = max };
	struct fetch_answer a;

	TRY(fetch_call(c, &call, &a));
	*out = fetched_of(&a);
	return true;
}

/* It exists nowhere else: a process keys that just died comes back. */
static bool gift_keep(struct ctx *c, str gift)
{
	bool ok = false;

	for (int i = 0; gift.n && !ok && i < KEEP_TRIES; i++) {
		ok = keys_take(c, gift);
		if (!ok)
			log_event(LEVEL_ERROR, "gift.lost", LOG_INT("try", i + 1), LOG_TEXT("fault", str_of(fault_name(c->fault.code))));
	}
	c->fault = (struct fault){ 0 };
	return ok;
}

bool fetch_send(struct ctx *c, const struct sending *what, struct fetched *out)
{
	struct fetch_call   call = { .method = what->method, .url = what->url, .type = what->type, .body = what->body,
		.max = what->max, .seconds = what->seconds,
		.redirects = what->redirects > 0 && !what->secret.n ? what->redirects : -1, .sealed_in = what->secret_in, .headers = { .max = HEADERS_MAX } };
	struct fetch_answer a;

	for (size_t i = 0; i < SENDING_HEADERS && what->header[i].name.n; i++)
		if (!list_push(c->arena, &call.headers, (struct fetch_header){ what->header[i].name, what->header[i].value }))
			return fault(c, E_LIMIT, NULL, NULL);
	if (what->secret.n)
		TRY(keys_lend(c, what->secret, &call.sealed));
	if (what->take.n) {
		call.take      = what->take;
		call.take_name = what->secret;
		call.take_for  = what->take_for;
	}
	TRY(fetch_call(c, &call, &a));
	*out       = fetched_of(&a);
	out->taken = gift_keep(c, a.gift);
	return true;
}
