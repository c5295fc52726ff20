#include "platform/http/exchange.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/clock.h"
#include "platform/http/listener.h"

/* ---- connections ---- */

static void conn_begin(struct worker *w, struct MHD_Connection *mhd, void **slot)
{
	struct http *h = w->http;
	const union MHD_ConnectionInfo *v =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct conn *k;

	pthread_mutex_lock(&h->lock);
	k = h->spare;
	if (k)
		h->spare = k->next;
	else
		k = NEW(&h->arena, struct conn);
	*k = (struct conn){ .http = h, .worker = w, .fd = v ? v->connect_fd : -1,
	                    .since = h->tick, .next = h->used };
	k->is_unix = listener_is_unix(k->fd);
	if (h->used)
		h->used->before = k;
	h->used = k;
	conn_peer(k);
	pthread_mutex_unlock(&h->lock);
	*slot = k;
}

static void conn_end(struct conn *k)
{
	struct http *h = k->http;

	pthread_mutex_lock(&h->lock);
	if (k->before)
		k->before->next = k->next;
	else
		h->used = k->next;
	if (k->next)
		k->next->before = k->before;
	k->next  = h->spare;
	h->spare = k;
	k->worker->conns--;
	h->conns--;
	pthread_mutex_unlock(&h->lock);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **slot,
                          enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		conn_begin(cls, mhd, slot);
	else if (*slot)
		conn_end(*slot);
}

/* ---- exchanges ---- */

/* The request line is there: memory for the exchange, and the target as sent. */
static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
	struct worker   *w = cls;
	struct arena     a;
	struct exchange *x;

	arena_init(&a, w->http->cfg.memory);
	x = NEW(&a, struct exchange);
	x->arena  = a;
	x->http   = w->http;
	x->mhd    = mhd;
	x->conn   = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	ctx_init(&x->ctx, &x->arena);
	x->ctx.now    = clock_now();
	x->ctx.random = random_bytes;
	x->began      = clock_steady();
	x->r.id       = random_id(&x->ctx);
	x->r.body_fd  = -1;
	x->target     = str_dup(&x->arena, str_of(target));
	x->http->busy++;
	conn_stage(x->conn, STAGE_HEAD);
	return x;
}

static void on_completed(UNUSED void *cls, UNUSED struct MHD_Connection *mhd, void **slot,
                         UNUSED enum MHD_RequestTerminationCode why)
{
	struct exchange *x = *slot;
	struct arena     a;

	if (!x)
		return;
	intake_done(x);
	conn_stage(x->conn, STAGE_WAIT);
	x->http->busy--;
	a = x->arena;
	arena_done(&a);      /* *x is gone */
	*slot = NULL;
}

/* "{1}" in the text -> the arguments. */
static str fault_text(struct arena *a, const struct fault *f)
{
	str        text = str_of(f->text ? f->text : fault_title(f->code));
	struct buf b;

	buf_init(&b, a, 4096);
	for (size_t i = 0; i < text.n; i++) {
		if (text.n - i >= 3 && text.p[i] == '{' && text.p[i + 2] == '}' &&
		    text.p[i + 1] >= '1' && text.p[i + 1] <= '0' + FAULT_ARGS) {
			buf_add(&b, f->arg[text.p[i + 1] - '1']);
			i += 2;
		} else {
			buf_char(&b, text.p[i]);
		}
	}
	buf_char(&b, '\n');
	return buf_str(&b);
}

static void answer_fault(struct exchange *x)
{
	struct http *h      = x->http;
	int          status = x->status ? x->status : fault_http(x->ctx.fault.code);
	bool         close  = x->out.close;

	x->out = (struct response){ .status = status, .fd = -1, .arena = &x->arena,
	                            .close = close };
	if (h->cfg.on_fault) {
		h->cfg.on_fault(&x->ctx, &x->r, &x->out, h->arg);
	} else {
		x->out.type = S("text/plain; charset=utf-8");
		x->out.body = fault_text(&x->arena, &x->ctx.fault);
	}
}

static enum MHD_Result header_put(struct MHD_Response *m, str name, str value, struct arena *a)
{
	return MHD_add_response_header(m, cstr(a, name), cstr(a, value));
}

static struct MHD_Response *body_make(struct response *out)
{
	if (out->fd >= 0)
		return MHD_create_response_from_fd64((uint64_t)out->size, out->fd);
	return MHD_create_response_from_buffer(out->body.n, (void *)(uintptr_t)out->body.p,
	                                       MHD_RESPMEM_PERSISTENT);
}

/* Hand x->out to the library. */
static enum MHD_Result answer_send(struct exchange *x)
{
	struct response     *out = &x->out;
	struct MHD_Response *m   = body_make(out);
	enum MHD_Result      ok;

	if (!m) {
		if (out->fd >= 0)
			close(out->fd);
		return MHD_NO;
	}
	header_put(m, S("Date"), http_date(&x->arena, x->ctx.now), &x->arena);
	header_put(m, S("X-Request-Id"), x->r.id, &x->arena);
	if (out->type.n)
		header_put(m, S("Content-Type"), out->type, &x->arena);
	for (size_t i = 0; i < out->headers.n; i++)
		header_put(m, out->headers.v[i].name, out->headers.v[i].value, &x->arena);
	if (out->close || x->http->stopping)
		header_put(m, S("Connection"), S("close"), &x->arena);
	ok = MHD_queue_response(x->mhd, (unsigned)(out->status ? out->status : 200), m);
	MHD_destroy_response(m);
	return ok;
}

/* Hand it over and tell that it is done. */
static enum MHD_Result answer_end(struct exchange *x)
{
	struct http    *h  = x->http;
	enum MHD_Result ok = answer_send(x);

	if (h->cfg.on_done)
		h->cfg.on_done(&x->ctx, &x->r, &x->out, clock_steady() - x->began, h->arg);
	return ok;
}

static enum MHD_Result answer(struct exchange *x)
{
	struct http *h = x->http;
	bool         ok;

	conn_stage(x->conn, STAGE_ANSWER);
	if (!x->refused && intake_end(x)) {
		x->out = (struct response){ .status = 200, .fd = -1, .arena = &x->arena };
		x->conn->worker->running = 1;
		ok = h->answer(&x->ctx, &x->r, &x->out, h->arg);
		x->conn->worker->running = 0;
		if (ok)
			return answer_end(x);
		if (x->out.fd >= 0)
			close(x->out.fd);
	}
	answer_fault(x);
	return answer_end(x);
}

/* The head is there.  A refusal goes out at once and ends the connection,
 * unless a short body can be read away so that the client sees the answer. */
static enum MHD_Result begin(struct exchange *x, const char *method, const char *version)
{
	bool sound = guard_check(x, method, version);

	x->begun   = true;
	x->refused = !sound || !intake_begin(x);
	if (!x->refused || (sound && !x->has_body)) {
		if (x->has_body)
			conn_stage(x->conn, STAGE_BODY);
		return MHD_YES;
	}
	if (sound && !x->expects && (x->chunked || x->length <= (int64_t)x->http->cfg.drain)) {
		conn_stage(x->conn, STAGE_BODY);
		return MHD_YES;
	}
	x->out.close = true;
	return answer(x);
}

static enum MHD_Result body(struct exchange *x, str bytes)
{
	struct conn *k = x->conn;

	pthread_mutex_lock(&x->http->lock);
	k->got += (int64_t)bytes.n;
	pthread_mutex_unlock(&x->http->lock);
	if (!x->refused) {
		x->refused = !intake_add(x, bytes);
		return MHD_YES;
	}
	x->r.body_size += (int64_t)bytes.n;
	/* A chunked body without an end: nothing can be said any more. */
	if (x->chunked && (uint64_t)x->r.body_size > x->body_max + x->http->cfg.drain)
		return MHD_NO;
	return MHD_YES;
}

static enum MHD_Result on_access(UNUSED void *cls, UNUSED struct MHD_Connection *mhd,
                                 UNUSED const char *url, const char *method,
                                 const char *version, const char *bytes, size_t *n, void **slot)
{
	struct exchange *x = *slot;

	if (!x)
		return MHD_NO;
	if (!x->begun)
		return begin(x, method, version);
	if (*n) {
		str part = { bytes, *n };
		*n = 0;
		return body(x, part);
	}
	return answer(x);
}

/* The target is decoded by us, from the text as sent. */
static size_t no_unescape(UNUSED void *cls, UNUSED struct MHD_Connection *mhd, char *s)
{
	return str_of(s).n;
}

/* ---- the server ---- */

#define DEFAULT(member, value) do { if (!cfg->member) cfg->member = (value); } while (0)

static void config_complete(struct http *h, const struct http_config *given)
{
	struct http_config *cfg = &h->cfg;

	*cfg = *given;
	cfg->address = str_dup(&h->arena, given->address);
	cfg->socket  = str_dup(&h->arena, given->socket);
	cfg->spool   = str_dup(&h->arena, given->spool);
	cfg->trusted = str_dup(&h->arena, given->trusted);
	DEFAULT(socket_mode, 0660);
	DEFAULT(threads, 32);
	DEFAULT(stack, (size_t)256 << 10);
	DEFAULT(connections, 1000);
	DEFAULT(head, (size_t)16 << 10);
	DEFAULT(target, (size_t)4 << 10);
	DEFAULT(headers, 64);
	DEFAULT(params, 512);
	DEFAULT(parts, 64);
	DEFAULT(part_name, 200);
	DEFAULT(part_text, (size_t)1 << 20);
	DEFAULT(part_texts, (size_t)2 << 20);
	DEFAULT(body_default, (size_t)1 << 20);
	DEFAULT(body_memory, (size_t)64 << 10);
	DEFAULT(drain, (size_t)16 << 20);
	DEFAULT(memory, (size_t)ARENA_MAX);
	DEFAULT(idle, 60);
	DEFAULT(head_seconds, 15);
	DEFAULT(body_grace, 10);
	DEFAULT(body_rate, 1024);
	DEFAULT(stop_seconds, 10);
}

static bool worker_start(struct ctx *c, struct http *h, struct worker *w)
{
	const struct http_config *cfg = &h->cfg;

	w->http   = h;
	w->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET |
		MHD_USE_SUPPRESS_DATE_NO_CLOCK, 0, NULL, NULL, on_access, w,
		MHD_OPTION_THREAD_STACK_SIZE, cfg->stack,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)cfg->connections,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)cfg->idle,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, cfg->head * 4,
		MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)4096,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, w,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, w,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, w,
		MHD_OPTION_END);
	return w->daemon || fault(c, E_IO, NULL, N_("The server could not start a thread."));
}

static bool workers_start(struct ctx *c, struct http *h)
{
	h->worker = NEWS(&h->arena, struct worker, (size_t)h->cfg.threads);
	for (int i = 0; i < h->cfg.threads; i++)
		TRY(worker_start(c, h, &h->worker[i]));
	return true;
}

static void listener_add(struct http *h, int fd, str path)
{
	h->listener[h->listeners++] = (struct listener){ .fd = fd, .path = path };
}

static bool listeners_open(struct ctx *c, struct http *h)
{
	int fd;

	if (h->cfg.inherited < 0 || h->cfg.inherited > LISTENERS - 2)
		return fault(c, E_USAGE, "LISTEN_FDS", N_("At most {1} sockets can be handed over."),
		             S("6"));
	for (int i = 0; i < h->cfg.inherited; i++)
		listener_add(h, listener_inherited(i), STR_NONE);
	if (h->cfg.address.n) {
		TRY(listener_tcp(c, h->cfg.address, h->cfg.port, &fd));
		listener_add(h, fd, STR_NONE);
	}
	if (h->cfg.socket.n) {
		TRY(listener_unix(c, h->cfg.socket, h->cfg.socket_mode, &fd));
		listener_add(h, fd, h->cfg.socket);
	}
	if (!h->listeners)
		return fault(c, E_USAGE, "address", N_("The server has nothing to listen on."));
	return true;
}

bool http_open(struct ctx *c, const struct http_config *cfg, http_answer_fn *fn, void *arg,
               struct http **out)
{
	struct arena a;
	struct http *h;

	arena_init(&a, ARENA_MAX);
	h = NEW(&a, struct http);
	h->arena  = a;
	h->answer = fn;
	h->arg    = arg;
	h->wake   = -1;
	h->halt   = -1;
	pthread_mutex_init(&h->lock, NULL);
	config_complete(h, cfg);
	if (!listeners_open(c, h) || !workers_start(c, h) || !watch_open(c, h) ||
	    !porter_open(c, h)) {
		http_close(h);
		return false;
	}
	*out = h;
	return true;
}

int http_port(const struct http *h)
{
	int port = 0;

	for (size_t i = 0; i < h->listeners && !port; i++)
		port = listener_port(h->listener[i].fd);
	return port;
}

int http_busy(const struct http *h)
{
	return h->busy;
}

int http_connections(const struct http *h)
{
	return h->conns;
}

void http_stop(struct http *h)
{
	if (h->stopping)
		return;
	h->stopping = true;
	porter_close(h);
	for (size_t i = 0; i < h->listeners; i++) {
		close(h->listener[i].fd);
		if (h->listener[i].path.n)
			unlink(h->listener[i].path.p);
	}
	h->listeners = 0;
	for (int i = 0; i < h->cfg.stop_seconds * 20 && h->busy; i++)
		poll(NULL, 0, 50);
}

void http_close(struct http *h)
{
	struct arena a;

	http_stop(h);
	for (int i = 0; h->worker && i < h->cfg.threads; i++)
		if (h->worker[i].daemon)
			MHD_stop_daemon(h->worker[i].daemon);
	watch_close(h);
	pthread_mutex_destroy(&h->lock);
	a = h->arena;
	arena_done(&a);
}
