#include "platform/cage/wire.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"

enum { MARK = 0x50537731, KIND_PIECE = 1, KIND_END, KIND_FAULT, KIND_VERDICT, WHERE_MAX = 200, TEXT_MAX = 2000 };

struct packet_end { int32_t kind, code, number; int32_t line, column; uint32_t where_n, text_n; };
struct packet { int32_t kind; char bytes[WIRE_PIECE]; };

bool wire_pair(struct ctx *c, int ends[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0 ||
	       fault(c, E_IO, NULL, N_("No socket pair could be made."));
}

/* ---- packets ---- */

/* Ready for `what` before the instant `until` of the steady clock; < 0: no limit. */
static bool ready(int fd, short what, int64_t until)
{
	struct pollfd p = { fd, what, 0 };
	int64_t       left;
	int           got;

	do {
		left = until < 0 ? -1 : (until - clock_steady()) / 1000;
		if (until >= 0 && left <= 0)
			return false;
		got = poll(&p, 1, left > 3600000 ? 3600000 : (int)left);
	} while (got < 0 && errno == EINTR);
	return got > 0;
}

static bool packet_send(int fd, const void *p, size_t n, int64_t until)
{
	for (;;) {
		if (send(fd, p, n, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)n)
			return true;
		if ((errno != EAGAIN && errno != EINTR) || !ready(fd, POLLOUT, until))
			return false;
	}
}

/* Bytes of the packet; 0 at the end of the conversation, -1 out of time. */
static ssize_t packet_take(int fd, void *p, size_t room, int64_t until)
{
	ssize_t n;

	for (;;) {
		n = recv(fd, p, room, MSG_DONTWAIT);
		if (n >= 0)
			return n;
		if (errno != EAGAIN && errno != EINTR)
			return 0;
		if (!ready(fd, POLLIN, until))
			return -1;
	}
}

/* ---- the caller ---- */

static bool nobody(struct ctx *c)
{
	return fault(c, E_UNAVAILABLE, NULL, N_("The part of the server that does this is not running. Try again soon."));
}

static bool head_send(struct ctx *c, int channel, const struct wire_head *h, int fd)
{
	union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control = { 0 };
	struct iovec    part = { (void *)(uintptr_t)h, sizeof(*h) };
	struct msghdr   m    = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room,
	                         .msg_controllen = sizeof(control.room) };
	struct cmsghdr *k    = CMSG_FIRSTHDR(&m);

	k->cmsg_level = SOL_SOCKET;
	k->cmsg_type  = SCM_RIGHTS;
	k->cmsg_len   = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(k), &fd, sizeof(int));
	if (sendmsg(channel, &m, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)sizeof(*h))
		return true;
	if (errno == EAGAIN || errno == ETOOMANYREFS)
		return fault(c, E_BUSY, NULL, NULL);
	return nobody(c);
}

/* What a callee died of, in words. */
static bool died(struct ctx *c, int number)
{
	if (number == SIGXCPU)
		return fault(c, E_LIMIT, NULL, N_("This takes longer than is allowed."));
	if (number == SIGABRT)
		return fault(c, E_LIMIT, NULL, N_("This needs more memory than is allowed, or cannot be understood."));
	if (number == SIGSYS)
		return fault(c, E_INTERNAL, NULL, N_("The confined reader tried what it may not do and was ended."));
	return fault(c, E_INTERNAL, NULL, N_("The confined reader ended by itself ({1})."),
	             str_fmt(c->arena, "%d", number));
}

static bool judged(struct ctx *c, int code, int number)
{
	switch ((enum wire_verdict)code) {
	case WIRE_LATE: return fault(c, E_LIMIT, NULL, N_("This takes longer than is allowed."));
	case WIRE_BUSY: return fault(c, E_BUSY, NULL, NULL);
	case WIRE_RATE: return fault(c, E_RATE, NULL, NULL);
	case WIRE_DIED: return died(c, number);
	}
	return fault(c, E_INTERNAL, NULL, NULL);
}

/* The last packet of a conversation that did not end well. */
static bool ended(struct ctx *c, const struct packet *p, size_t n)
{
	struct packet_end e;
	const char       *bytes = (const char *)p + sizeof(e);
	str               where = STR_NONE;

	if (n < sizeof(e))
		return fault(c, E_INTERNAL, NULL, NULL);
	memcpy(&e, p, sizeof(e));
	if (e.kind == KIND_VERDICT)
		return judged(c, e.code, e.number);
	if (e.kind != KIND_FAULT || e.where_n > WHERE_MAX || e.text_n > TEXT_MAX || e.code <= E_NONE ||
	    e.code >= FAULT_COUNT || n != sizeof(e) + e.where_n + e.text_n || !utf8_check((str){ bytes, n - sizeof(e) }, NULL))
		return fault(c, E_INTERNAL, NULL, NULL);
	if (e.where_n)
		where = str_dup(c->arena, (str){ bytes, e.where_n });
	(void)fault(c, (enum fault_code)e.code, where.p, "{1}", str_dup(c->arena, (str){ bytes + e.where_n, e.text_n }));
	return e.line > 0 ? fault_at(c, (enum fault_code)e.code, e.line, e.column) : false;
}

static bool talk(struct ctx *c, int fd, str in, const struct wire_limits *l, int64_t until, str *out)
{
	struct packet *p = NEW(c->arena, struct packet);
	struct buf     b;
	ssize_t        n;

	/* A callee that ended early has left its verdict; what is not sent does not matter. */
	for (size_t at = 0; at < in.n; at += WIRE_PIECE)
		if (!packet_send(fd, in.p + at, in.n - at < WIRE_PIECE ? in.n - at : WIRE_PIECE, until))
			break;
	buf_init(&b, c->arena, (size_t)l->out_max);
	while ((n = packet_take(fd, p, sizeof(*p), until)) >= (ssize_t)sizeof(p->kind) && p->kind == KIND_PIECE) {
		buf_add(&b, (str){ p->bytes, (size_t)n - sizeof(p->kind) });
		if (b.full)
			return fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
	}
	if (n < 0)
		return fault(c, E_UNAVAILABLE, NULL, N_("The part of the server that does this did not answer in time."));
	if (n == 0)
		return nobody(c);
	if ((size_t)n < sizeof(p->kind) || p->kind != KIND_END)
		return ended(c, p, (size_t)n);
	*out = buf_str(&b);
	return true;
}

bool wire_call(struct ctx *c, int channel, const char *name, str label, str in, const struct wire_limits *l, str *out)
{
	struct wire_head h = { .mark = MARK, .lang = c->lang, .wall_ms = l->wall_ms, .cpu_seconds = l->cpu_seconds,
	                       .memory = l->memory, .in_n = (int64_t)in.n, .out_max = l->out_max };
	int  ends[2];
	bool ok;

	if (channel < 0)
		return nobody(c);
	if ((int64_t)in.n > l->in_max)
		return fault(c, E_LIMIT, NULL, N_("At most {1} bytes are accepted."), str_fmt(c->arena, "%lld", (long long)l->in_max));
	memcpy(h.name, name, strnlen(name, WIRE_NAME - 1));
	memcpy(h.label, label.p ? label.p : "", label.n < WIRE_NAME ? label.n : WIRE_NAME - 1);
	TRY(wire_pair(c, ends));
	ok = head_send(c, channel, &h, ends[1]);
	close(ends[1]);
	ok = ok && talk(c, ends[0], in, l, clock_steady() + (l->wall_ms + WIRE_GRACE_MS) * 1000, out);
	close(ends[0]);
	return ok;
}

/* ---- the callee ---- */

static bool sound(const struct wire_head *h)
{
	return h->mark == MARK && h->lang < LANG_COUNT && h->wall_ms > 0 && h->cpu_seconds >= 0 && h->memory >= 0 &&
	       h->in_n >= 0 && h->out_max >= 0 && memchr(h->name, 0, WIRE_NAME) && memchr(h->label, 0, WIRE_NAME);
}

bool wire_accept(int channel, struct wire_head *h, int *fd)
{
	union { char room[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control = { 0 };
	struct iovec    part = { h, sizeof(*h) };
	struct msghdr   m    = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room,
	                         .msg_controllen = sizeof(control.room) };
	ssize_t         n    = recvmsg(channel, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	struct cmsghdr *k    = n >= 0 ? CMSG_FIRSTHDR(&m) : NULL;

	if (!k || k->cmsg_type != SCM_RIGHTS || k->cmsg_len != CMSG_LEN(sizeof(int)))
		return false;
	memcpy(fd, CMSG_DATA(k), sizeof(int));
	if (n == (ssize_t)sizeof(*h) && sound(h))
		return true;
	close(*fd);
	return false;
}

bool wire_input(struct ctx *c, int fd, const struct wire_head *h, str *in)
{
	char   *room = arena_alloc(c->arena, (size_t)h->in_n + 1);
	size_t  have = 0;
	ssize_t n;

	if (!room)
		return fault(c, E_LIMIT, NULL, NULL);
	while (have < (size_t)h->in_n) {
		n = packet_take(fd, room + have, (size_t)h->in_n - have, -1);
		if (n <= 0)
			return fault(c, E_IO, NULL, NULL);
		have += (size_t)n;
	}
	*in = (str){ room, have };
	return true;
}

static void fault_send(struct ctx *c, int fd)
{
	const struct fault *f     = &c->fault;
	str                 text  = utf8_cut(word_fault(c, f), TEXT_MAX), where = utf8_cut(f->where, WHERE_MAX);
	struct packet_end   e     = { .kind = KIND_FAULT, .code = f->code == E_NONE ? E_INTERNAL : (int)f->code,
		.line = (int32_t)f->line, .column = (int32_t)f->column, .where_n = (uint32_t)where.n, .text_n = (uint32_t)text.n };
	str                 whole = STR_CAT(c->arena, ((str){ (const char *)&e, sizeof(e) }), where, text);

	(void)packet_send(fd, whole.p, whole.n, -1);
}

void wire_answer(struct ctx *c, int fd, const struct wire_head *h, bool ok, str out)
{
	struct packet *p = NEW(c->arena, struct packet);
	size_t         n;

	if (ok && (int64_t)out.n > h->out_max)
		ok = fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
	if (!ok) {
		fault_send(c, fd);
		return;
	}
	p->kind = KIND_PIECE;
	for (size_t at = 0; at < out.n; at += n) {
		n = out.n - at < WIRE_PIECE ? out.n - at : WIRE_PIECE;
		memcpy(p->bytes, out.p + at, n);
		if (!packet_send(fd, p, sizeof(p->kind) + n, -1))
			return;
	}
	p->kind = KIND_END;
	(void)packet_send(fd, p, sizeof(p->kind), -1);
}

void wire_judge(int fd, enum wire_verdict v, int number)
{
	struct packet_end e = { .kind = KIND_VERDICT, .code = (int)v, .number = number };

	(void)send(fd, &e, sizeof(e), MSG_DONTWAIT | MSG_NOSIGNAL);
}
