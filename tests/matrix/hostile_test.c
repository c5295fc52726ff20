#include "tests/matrix/request_test.h"

#include <stdlib.h>

#include "platform/op/render.h"

/*
 * Every operation and view, every argument, values that nobody of good will sends: each is
 * done or refused with a reason, never a fault of ours (5xx), and under the sanitizers nothing is
 * read or counted out of its bounds.  Each STEPth try; all with PSIRT_SOAK.
 */

#if defined(__SANITIZE_ADDRESS__)
enum { STEP = 23 };
#else
enum { STEP = 3 };
#endif

enum { LONG = 70000, ROOM = 64 << 20 };

static const char *const values[] = {
	"", " ", "0", "-1", "1", "50", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "99999999999999999999999", "1e9", "0x10", "NaN",
	"\x01", "\t", "a\nb", "\r\nSet-Cookie: a=b", "\xff\xfe", "\xed\xa0\x80", "%00%s%n", "'\"--;", "<script>alert(1)</script>", "../../etc/passwd", "//", "\\",
	"\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "2026-02-30", "9999-12-31", "0000-00-00", "9999-12-31T23:59:59Z",
	"0001-01-01T00:00:00Z", "2026-03-29T02:30", "292277026596-01-01T00:00:00Z", "24:60", "Asia/Tokyo", "../Tokyo", "CVE-2026-99999999999999999",
	"CVSS:4.0/AV:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "{\"a\":{\"a\":[[[[", "[]", "=cmd|'/C calc'!A0", "http://127.0.0.1:1/",
	"https://[::ffff:127.0.0.1]/x", "javascript:alert(1)", "pkg:npm/%40a/b@1?c=d#e", "pkg:", "cpe:2.3:a:b:c:d:e:f:g:h:i:j:k", "vers:npm/>=1|<2|*", "*", "(", "[^",
	"\"a OR\" NEAR NOT - *", "name=x&y=%zz", "report.reply?id=%00", "PSIRT-2026-0001", "R-2026-0001", "zzzzyyyyxxxxwwwwvvvvuuuutt", "a@b@c", "@", "KES",
};

enum { VALUES = sizeof(values) / sizeof(values[0]) };

/* All roles in one person; the finder; nobody. */
enum { WHO = 3 };

struct tries { struct world w; struct actor who[WHO]; struct buf wrong; int64_t turn, n, done; bool all; };

static bool is_slow(const struct arg *args)
{
	for (const struct arg *d = args; d && d->name; d++)
		if (d->kind == ARG_SECRET && d->must)
			return true;
	return false;
}

static void shown(struct ctx *c, const struct view *v, const struct sheet *s)
{
	struct buf  b;
	struct page p;

	buf_init(&b, c->arena, 8 << 20);
	render_json(c, &b, s);
	render_csv(c, &b, s);
	if (v->page && s->model) {
		page_init(&p, c, 4 << 20);
		v->page(&p, s->model);
	}
}

/* Ours, and not that there is nothing outside here. */
static void judge(struct ctx *c, struct tries *t, const char *name, const char *arg, str value)
{
	if (fault_http(c->fault.code) >= 500 && c->fault.code != E_UNAVAILABLE)
		buf_fmt(&t->wrong, "%s, %s = %.60s: %s at %s:%d\n", name, arg, value.p, fault_name(c->fault.code), c->fault.file ? c->fault.file : "?", c->fault.at);
}

/* One call, in memory of its own. */
static void call(struct ctx *c, struct tries *t, const struct request *q, const struct actor *who, const struct arg *hostile, str value)
{
	struct arena *mine = c->arena, scratch;
	struct args   a;
	struct sheet  s = { 0 };
	bool          ok;

	arena_init(&scratch, ROOM);
	c->arena = &scratch;
	c->fault = (struct fault){ 0 };
	c->actor = who;
	c->now  += SECOND;
	request_args(c, &t->w, q, hostile, value, &a);
	ok = q->op ? op_call(c, q->op, &a, STR_NONE, &s) : view_call(c, q->view, &a, &s);
	if (ok && q->view)
		shown(c, q->view, &s);
	c->arena = mine;
	t->n++;
	t->done += ok;
	if (!ok)
		judge(c, t, q->op ? q->op->name : q->view->name, hostile->name, value);
	c->fault = (struct fault){ 0 };
	arena_done(&scratch);
}

static void try_request(struct ctx *c, struct tries *t, const struct request *q, str longest)
{
	int64_t step = is_slow(q->args) ? 20 * STEP : STEP;   /* a password costs a tenth of a second */

	for (size_t who = 0; who < WHO; who++) {
		if (!may(&t->who[who], q->op ? q->op->may : q->view->may))
			continue;
		for (const struct arg *d = q->args; d && d->name; d++)
			for (size_t i = 0; i <= VALUES && d->kind != ARG_FILE; i++)
				if (t->turn++ % step == 0 || t->all)
					call(c, t, q, &t->who[who], d, i == VALUES ? longest : str_of(values[i]));
	}
}

TEST(no_value_of_any_argument_of_anything_is_a_fault_of_ours)
{
	struct tries t    = { .all = getenv("PSIRT_SOAK") != NULL };
	char        *room = arena_alloc(c->arena, LONG);
	struct world *w   = &t.w;
	int64_t      all  = ROLE_ADMIN | ROLE_LEAD | ROLE_ANALYST | ROLE_ENGINEER | ROLE_EXECUTIVE | ROLE_LEGAL | ROLE_AUDITOR;

	memset(room, 'A', LONG);
	world_open(c, w, NULL, 0);
	buf_init(&t.wrong, c->arena, 1 << 20);
	t.who[0]       = w->h.lead;
	t.who[0].roles = (uint32_t)all;
	t.who[0].sight = role_sight(c, all);
	t.who[1]       = w->who[7];
	t.who[2]       = w->h.nobody;
	for (size_t i = 0; i < w->h.front.services_n; i++) {
		const struct service *s = w->h.front.services[i];
		for (const struct view *v = s->views; v && v->name; v++)
			try_request(c, &t, &(struct request){ NULL, v, v->args, v->path }, (str){ room, LONG });
		for (const struct op *o = s->ops; o && o->name; o++)
			try_request(c, &t, &(struct request){ o, NULL, o->args, o->path }, (str){ room, LONG });
	}
	check_str(buf_str(&t.wrong), S(""));
	check(t.n > 1000);
	check(t.done > 100);
	house_close(c);
}
