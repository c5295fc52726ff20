#include "platform/http/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/list.h"
#include "platform/http/local.h"

enum {
	IN = 16 << 10, HEAD_MAX = 64 << 10, LINE_MAX_ = 1024, ANSWER_MAX = 16 << 20,
	TAKE = 256 << 10,            /* bytes of an answer for which room is made before they come */
	EXPECT_ABOVE = 1 << 20,      /* a longer body asks first */
	EXPECT_MS = 2000
};

struct client {
	struct client_to to;
	int    fd;
	bool   used;             /* the connection has carried an answer */
	size_t at, n;
	char   in[IN];
};

static bool gone(struct ctx *c, const char *text)
{
	return fault(c, E_UNAVAILABLE, NULL, text);
}

static bool no_http(struct ctx *c)
{
	return fault(c, E_SYNTAX, NULL, N_("The server's answer is not well formed HTTP."));
}

bool client_open(struct ctx *c, const struct client_to *to, struct client **out)
{
	struct client *cl = NEW(c->arena, struct client);

	cl->to         = *to;
	cl->to.socket  = str_dup(c->arena, to->socket);
	cl->to.address = str_is_none(to->address) ? S("127.0.0.1") : str_dup(c->arena, to->address);
	if (!cl->to.seconds)
		cl->to.seconds = 30;
	cl->fd = -1;
	*out = cl;
	return true;
}

void client_close(struct client *cl)
{
	if (cl->fd >= 0)
		close(cl->fd);
	cl->fd   = -1;
	cl->used = false;
	cl->at = cl->n = 0;
}

static bool no_server(struct ctx *c, const struct client *cl)
{
	return fault(c, E_UNAVAILABLE, NULL, N_("No server answers at {1}."), cl->to.socket.n ? cl->to.socket : cl->to.address);
}

static bool dial(struct ctx *c, struct client *cl)
{
	union { struct sockaddr any; struct sockaddr_un un; struct sockaddr_in v4;
	        struct sockaddr_in6 v6; } to = { 0 };
	socklen_t    len  = sizeof(to.un);
	const char  *text = cstr(c->arena, cl->to.address);
	struct local near = { .folder = -1 };
	bool         ok;

	if (cl->to.socket.n) {
		if (!local_open(c, cl->to.socket, &near))
			return c->fault.code == E_NOTFOUND ? no_server(c, cl) : false;
		to.un = near.at;
	} else if (inet_pton(AF_INET, text, &to.v4.sin_addr) == 1) {
		to.v4.sin_family = AF_INET;
		to.v4.sin_port   = htons((uint16_t)cl->to.port);
		len = sizeof(to.v4);
	} else if (inet_pton(AF_INET6, text, &to.v6.sin6_addr) == 1) {
		to.v6.sin6_family = AF_INET6;
		to.v6.sin6_port   = htons((uint16_t)cl->to.port);
		len = sizeof(to.v6);
	} else {
		return fault(c, E_USAGE, "address", N_("{1} is not an IP address."), cl->to.address);
	}
	cl->fd = socket(to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ok     = cl->fd >= 0 && connect(cl->fd, &to.any, len) == 0;
	local_close(&near);
	if (ok)
		return true;
	client_close(cl);
	return no_server(c, cl);
}

/* At most max bytes to where; *n == 0: the end.  What is there already is not waited for. */
static bool hear(struct ctx *c, struct client *cl, char *where, size_t max, size_t *n)
{
	struct pollfd p   = { .fd = cl->fd, .events = POLLIN };
	ssize_t       got = recv(cl->fd, where, max, MSG_DONTWAIT);

	if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
		if (poll(&p, 1, cl->to.seconds * 1000) <= 0)
			return gone(c, N_("The server does not answer."));
		got = recv(cl->fd, where, max, 0);
	}
	*n = got > 0 ? (size_t)got : 0;
	return true;
}

/* More bytes into cl->in, which must be used up. */
static bool fill(struct ctx *c, struct client *cl)
{
	cl->at = 0;
	return hear(c, cl, cl->in, IN, &cl->n);
}

/* One byte; false with a fault at the end. */
static bool next_byte(struct ctx *c, struct client *cl, char *out)
{
	if (cl->at == cl->n) {
		TRY(fill(c, cl));
		if (!cl->n)
			return gone(c, N_("The server closed the connection."));
	}
	*out = cl->in[cl->at++];
	return true;
}

/* A line without its CRLF, appended to b (which limits it). */
static bool next_line(struct ctx *c, struct client *cl, size_t max, str *out)
{
	struct buf b;
	char       ch = 0;

	buf_init(&b, c->arena, max);
	for (;;) {
		TRY(next_byte(c, cl, &ch));
		if (ch == '\n')
			break;
		buf_char(&b, ch);
		if (b.full)
			return no_http(c);
	}
	*out = buf_str(&b);
	if (out->n && out->p[out->n - 1] == '\r')
		out->n--;
	return true;
}

/* Exactly n bytes appended to b. */
static bool take(struct ctx *c, struct client *cl, size_t n, struct buf *b)
{
	buf_reserve(b, n < TAKE ? n : TAKE);
	while (n) {
		size_t part;
		/* A long rest goes where it belongs, without a stop in between. */
		if (cl->at == cl->n && n >= IN && b->cap - b->n >= n) {
			TRY(hear(c, cl, b->p + b->n, n, &part));
			if (!part)
				return gone(c, N_("The server closed the connection."));
			b->n += part;
			n -= part;
			continue;
		}
		if (cl->at == cl->n) {
			TRY(fill(c, cl));
			if (!cl->n)
				return gone(c, N_("The server closed the connection."));
		}
		part = cl->n - cl->at < n ? cl->n - cl->at : n;
		buf_add(b, (str){ cl->in + cl->at, part });
		if (b->full)
			return fault(c, E_LIMIT, NULL, N_("The server's answer is too large."));
		cl->at += part;
		n -= part;
	}
	return true;
}

static bool hex_size(str s, size_t *out)
{
	size_t v = 0, semi = str_find(s, S(";"), 0);

	s = str_trim(str_slice(s, 0, semi == SIZE_MAX ? s.n : semi));
	if (s.n == 0 || s.n > 15)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		const char *hit = strchr("0123456789abcdef", s.p[i] | (s.p[i] >= 'A' ? 32 : 0));
		if (!hit || !s.p[i])
			return false;
		v = v << 4 | (size_t)(hit - "0123456789abcdef");
	}
	*out = v;
	return true;
}

static bool take_chunks(struct ctx *c, struct client *cl, struct buf *b)
{
	size_t n;
	str    line;

	do {
		TRY(next_line(c, cl, LINE_MAX_, &line));
		if (!hex_size(line, &n))
			return no_http(c);
		TRY(take(c, cl, n, b));
		if (n) {
			TRY(next_line(c, cl, LINE_MAX_, &line));
			if (line.n)
				return no_http(c);
		}
	} while (n);
	do
		TRY(next_line(c, cl, HEAD_MAX, &line));      /* trailers say nothing */
	while (line.n);
	return true;
}

static bool take_all(struct ctx *c, struct client *cl, struct buf *b)
{
	do {
		TRY(take(c, cl, cl->n - cl->at, b));
		TRY(fill(c, cl));
	} while (cl->n);
	return true;
}

static bool read_head(struct ctx *c, struct client *cl, struct answer *out)
{
	str     line, name;
	int64_t status;

	*out = (struct answer){ .headers.max = 256 };
	TRY(next_line(c, cl, HEAD_MAX, &line));
	if (!str_starts(line, S("HTTP/1.")) || !str_to_int(str_slice(line, 9, 12), &status) ||
	    status < 100 || status > 599)
		return no_http(c);
	out->status = (int)status;
	out->closed = line.p[7] == '0';
	for (;;) {
		TRY(next_line(c, cl, HEAD_MAX, &line));
		if (!line.n)
			return true;
		if (!str_cut(&line, ':', &name) || str_is_none(line) ||
		    !list_push(c->arena, &out->headers, (struct field){ .name = name,
		               .value = str_trim(line), .fd = -1 }))
			return no_http(c);
	}
}

str answer_header(const struct answer *a, str name)
{
	for (size_t i = 0; i < a->headers.n; i++)
		if (str_eq_nocase(a->headers.v[i].name, name))
			return a->headers.v[i].value;
	return STR_NONE;
}

static bool read_body(struct ctx *c, struct client *cl, const struct call *call,
                      struct answer *out)
{
	str        length = answer_header(out, S("content-length"));
	str        coding = answer_header(out, S("transfer-encoding"));
	int64_t    n;
	struct buf b;

	buf_init(&b, c->arena, call->max ? call->max : (size_t)ANSWER_MAX);
	out->body = S("");
	if (str_eq_nocase(answer_header(out, S("connection")), S("close")))
		out->closed = true;
	if (str_eq(call->method, S("HEAD")) || out->status == 204 || out->status == 304)
		return true;
	if (!str_is_none(coding)) {
		if (!str_eq_nocase(coding, S("chunked")))
			return no_http(c);
		TRY(take_chunks(c, cl, &b));
	} else if (!str_is_none(length)) {
		if (!str_to_int(length, &n) || n < 0)
			return no_http(c);
		if ((uint64_t)n > b.max)
			return fault(c, E_LIMIT, NULL, N_("The server's answer is too large."));
		TRY(take(c, cl, (size_t)n, &b));
	} else {
		out->closed = true;
		TRY(take_all(c, cl, &b));
	}
	out->body = buf_str(&b);
	return true;
}

/* Send s; *early when the server has something to say first. */
static bool put(struct ctx *c, struct client *cl, str s, bool *early)
{
	struct pollfd p = { .fd = cl->fd, .events = POLLIN | POLLOUT };

	while (s.n && !*early) {
		if (poll(&p, 1, cl->to.seconds * 1000) <= 0)
			return gone(c, N_("The server does not read."));
		if (p.revents & POLLIN) {
			*early = true;
			break;
		}
		ssize_t n = send(cl->fd, s.p, s.n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n < 0)
			*early = true;       /* closed: perhaps there is an answer to read */
		else
			s = str_slice(s, (size_t)n, s.n);
	}
	return true;
}

static bool put_file(struct ctx *c, struct client *cl, const struct piece *p, bool *early)
{
	char    part[64 << 10];
	int64_t at = 0;

	while (at < p->size && !*early) {
		size_t  want = p->size - at < (int64_t)sizeof(part) ? (size_t)(p->size - at)
		                                                    : sizeof(part);
		ssize_t n    = pread(p->fd, part, want, (off_t)at);
		if (n <= 0)
			return fault(c, E_IO, NULL, N_("The file to be sent could not be read."));
		TRY(put(c, cl, (str){ part, (size_t)n }, early));
		at += n;
	}
	return true;
}

static str head_text(struct ctx *c, const struct client *cl, const struct call *call,
                     int64_t size, bool asks)
{
	bool       body = size > 0 || !(str_is_none(call->method) || str_eq(call->method, S("GET")) ||
	                                str_eq(call->method, S("HEAD")));
	struct buf b;

	buf_init(&b, c->arena, HEAD_MAX);
	buf_add(&b, str_is_none(call->method) ? S("GET") : call->method);
	buf_char(&b, ' ');
	buf_add(&b, call->target);
	buf_add(&b, S(" HTTP/1.1\r\nHost: "));
	if (cl->to.socket.n)
		buf_add(&b, S("localhost"));
	else if (str_find(cl->to.address, S(":"), 0) != SIZE_MAX)
		buf_fmt(&b, "[%.*s]:%d", STR_ARG(cl->to.address), cl->to.port);
	else
		buf_fmt(&b, "%.*s:%d", STR_ARG(cl->to.address), cl->to.port);
	if (call->type.n)
		buf_fmt(&b, "\r\nContent-Type: %.*s", STR_ARG(call->type));
	if (body)
		buf_fmt(&b, "\r\nContent-Length: %lld", (long long)size);
	if (asks)
		buf_add(&b, S("\r\nExpect: 100-continue"));
	for (size_t i = 0; i < call->headers.n; i++) {
		buf_add(&b, S("\r\n"));
		buf_add(&b, call->headers.v[i].name);
		buf_add(&b, S(": "));
		buf_add(&b, call->headers.v[i].value);
	}
	buf_add(&b, S("\r\n\r\n"));
	return b.full ? STR_NONE : buf_str(&b);
}

static int64_t body_size(const struct call *call)
{
	int64_t all = 0;

	for (size_t i = 0; i < call->pieces; i++)
		all += call->body[i].fd >= 0 ? call->body[i].size : (int64_t)call->body[i].bytes.n;
	return all;
}

/* Send the call; *early: the body was not sent whole. */
static bool send_call(struct ctx *c, struct client *cl, const struct call *call, bool *early)
{
	int64_t size = body_size(call);
	bool    asks = size > EXPECT_ABOVE;
	str     head = head_text(c, cl, call, size, asks);

	if (str_is_none(head))
		return fault(c, E_LIMIT, NULL, N_("The head of the request is too long."));
	TRY(put(c, cl, head, early));
	if (asks && !*early) {
		struct pollfd p = { .fd = cl->fd, .events = POLLIN };
		if (poll(&p, 1, EXPECT_MS) > 0) {
			struct answer go;
			TRY(fill(c, cl));
			if (!cl->n || !str_starts((str){ cl->in, cl->n }, S("HTTP/1.1 100"))) {
				*early = true;
				return true;
			}
			TRY(read_head(c, cl, &go));
		}
	}
	for (size_t i = 0; i < call->pieces && !*early; i++) {
		const struct piece *p = &call->body[i];
		TRY(p->fd >= 0 ? put_file(c, cl, p, early) : put(c, cl, p->bytes, early));
	}
	return true;
}

static bool call_once(struct ctx *c, struct client *cl, const struct call *call,
                      struct answer *out, bool *heard)
{
	bool early = false;

	*heard = false;
	TRY(send_call(c, cl, call, &early));
	do {
		if (cl->at == cl->n)
			TRY(fill(c, cl));
		*heard = cl->n > 0;
		TRY(read_head(c, cl, out));
	} while (out->status < 200);
	TRY(read_body(c, cl, call, out));
	out->closed = out->closed || early;
	return true;
}

static bool repeatable(str method)
{
	return str_is_none(method) || str_eq(method, S("GET")) || str_eq(method, S("HEAD")) ||
	       str_eq(method, S("PUT")) || str_eq(method, S("DELETE"));
}

/* Has the server closed a connection that was kept alive? */
static bool stale(const struct client *cl)
{
	struct pollfd p = { .fd = cl->fd, .events = POLLIN };

	return poll(&p, 1, 0) != 0;
}

bool client_call(struct ctx *c, struct client *cl, const struct call *call, struct answer *out)
{
	bool heard, again, ok;

	if (cl->fd >= 0 && stale(cl))
		client_close(cl);
	again = cl->used && repeatable(call->method);
	if (cl->fd < 0)
		TRY(dial(c, cl));
	ok = call_once(c, cl, call, out, &heard);
	if (!ok && !heard && again) {
		client_close(cl);
		TRY(dial(c, cl));
		ok = call_once(c, cl, call, out, &heard);
	}
	if (!ok || out->closed)
		client_close(cl);
	else
		cl->used = true;
	return ok;
}
