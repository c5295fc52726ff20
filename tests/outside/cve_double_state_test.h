#ifndef OUTSIDE_CVE_DOUBLE_STATE_TEST_H
#define OUTSIDE_CVE_DOUBLE_STATE_TEST_H

/* What the double of CVE Services holds, and how it answers; see cve_double_test.h. */

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/json/json_out.h"
#include "standards/cve/cve_openapi_test.h"
#include "standards/cve/cve_service.h"

enum { DOUBLE_IDS = 64, DOUBLE_RECORD = 32 << 10, DOUBLE_REQUEST = 64 << 10 };

/* How it answers requests that change something. */
enum double_mood {
	DOUBLE_WELL, DOUBLE_MUTE /* does it, and closes without a word */, DOUBLE_DEAF /* closes, does nothing */,
	DOUBLE_BROKEN /* does it, 500 */, DOUBLE_DOWN /* 503, does nothing */, DOUBLE_GARBAGE /* does it, nonsense */,
	DOUBLE_HUGE /* does it, 100 MB */, DOUBLE_SLOW /* does it, and takes longer than anybody waits */, DOUBLE_BUSY /* 429 */,
	DOUBLE_FEWER /* reserves one less, 206 */,
	/* Does it, and answers 200 with: */
	DOUBLE_HTML, DOUBLE_DEEP, DOUBLE_TWICE /* a name twice */, DOUBLE_WRONG /* other types */, DOUBLE_CUT, DOUBLE_LIST /* no object */,
	/* Does nothing, and answers: */
	DOUBLE_LATER /* 429, Retry-After: 7200 */, DOUBLE_DATED /* 429, Retry-After: a date an hour on */, DOUBLE_REDIRECT /* 302 to another host */,
	DOUBLE_FORBIDS /* 403, HTML */, DOUBLE_LOCKED /* 401 */, DOUBLE_TALKS /* 400, megabytes of words, control characters */,
	DOUBLE_TELLS /* makes the key, 500, and tells it */, DOUBLE_ESCAPES /* makes the key, and writes it with an escape */,
};

struct double_user { char name[130], first[100], last[100]; bool admin, active; };
enum { DOUBLE_USERS = 8 };

struct double_id { char number[24]; enum cve_state state; time_us reserved; bool has_record; char record[DOUBLE_RECORD], owner[40]; };

/* Shared with the process: set by the test, or counted for it. */
struct double_state {
	enum double_mood mood;
	bool   mute_reading;    /* reading fails too: 503 */
	time_us now;
	int    quota, asked, changed;
	int    next;
	size_t n;
	struct double_id ids[DOUBLE_IDS];
	char   wrong[300];      /* the first request that the OpenAPI document does not know */
	char   other_user[40];  /* if set, who reserves */
	int    key_no;          /* which key is good (double_key_no) */
	int    keys;            /* made so far */
	size_t users_n;
	struct double_user users[DOUBLE_USERS];

};

struct cve_double { int port; pid_t pid; struct double_state *s; };

/* The key is never in the test's own memory: each end puts it together for itself. */
static inline unsigned char double_key_byte(int no, int i)
{
	return (unsigned char)('A' + (i * 7 + i * i + no * (i + 5)) % 26);
}

static inline str double_key_no(struct ctx *c, int no)
{
	char *p = arena_must(c->arena, 1, 37);

	for (int i = 0; i < 36; i++)
		p[i] = (char)double_key_byte(no, i);
	return (str){ p, 36 };
}

static inline str double_key(struct ctx *c)
{
	return double_key_no(c, 0);
}

/* Into an array that a NUL ends. */
static inline void double_set(char *to, size_t room, str s)
{
	size_t n = s.n < room - 1 ? s.n : room - 1;

	memcpy(to, s.p ? s.p : "", n);
	to[n] = '\0';
}

/* ---- answers ---- */

static inline void double_reply_with(int fd, int status, const char *header, str body)
{
	struct arena a;
	str          head;
	size_t       at = 0;

	arena_init(&a, 1 << 16);
	head = str_fmt(&a, "HTTP/1.1 %d X\r\n%sContent-Length: %zu\r\n\r\n", status, header, body.n);
	(void)!write(fd, head.p, head.n);
	arena_done(&a);
	while (at < body.n) {
		ssize_t k = write(fd, body.p + at, body.n - at);
		if (k <= 0)
			return;
		at += (size_t)k;
	}
}

static inline void double_reply(int fd, int status, str body)
{
	double_reply_with(fd, status, "Content-Type: application/json\r\n", body);
}

static inline void double_error(struct ctx *c, int fd, int status, const char *code)
{
	double_reply(fd, status, str_fmt(c->arena, "{\"error\":\"%s\",\"message\":\"The double says %s.\"}", code, code));
}

static inline void double_put_id(struct ctx *c, struct json_out *o, const struct double_state *s, const struct double_id *x)
{
	static const char *const words[] = { "", "RESERVED", "PUBLISHED", "REJECTED" };

	json_open_object(o);
	json_put_str(o, "cve_id", str_of(x->number));
	json_put_str(o, "cve_year", str_slice(str_of(x->number), 4, 8));
	json_put_str(o, "owning_cna", x->owner[0] ? str_of(x->owner) : S("aozora"));
	json_put_str(o, "state", str_of(words[x->state]));
	json_open(o, "requested_by", '{');
	json_put_str(o, "cna", S("aozora"));
	json_put_str(o, "user", s->other_user[0] ? str_of(s->other_user) : S("kana@aozora.example"));
	json_close(o);
	json_put_time(o, c->arena, "reserved", x->reserved);
	json_close(o);
}

static inline int double_held(const struct double_state *s)
{
	int n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->ids[i].state == CVE_RESERVED;
	return n;
}

static inline str double_param(str query, const char *name)
{
	str pair, key;

	while (str_cut(&query, '&', &pair))
		if (str_cut(&pair, '=', &key) && str_eq(key, str_of(name)))
			return pair;
	return STR_NONE;
}

/* What is no answer, though it says 200. */
static inline bool double_nonsense(struct double_state *s, int fd)
{
	static char deep[200000];

	switch ((int)s->mood) {
	case DOUBLE_HTML:
		double_reply_with(fd, 200, "Content-Type: text/html\r\n", S("<!doctype html><title>Sign in</title><script>alert(1)</script>"));
		return true;
	case DOUBLE_DEEP:
		memset(deep, '[', sizeof(deep));
		memcpy(deep, "{\"cve_ids\":", 11);
		double_reply(fd, 200, (str){ deep, sizeof(deep) });
		return true;
	case DOUBLE_TWICE:
		double_reply(fd, 200, S("{\"cve_ids\":[],\"created\":{\"username\":\"x\"},\"created\":{},\"updated\":{},\"API-secret\":\"AAAAAAAAA\",\"API-secret\":\"BBBBBBBBB\",\"cve_ids\":[]}"));
		return true;
	case DOUBLE_WRONG:
		double_reply(fd, 200, S("{\"cve_ids\":{\"cve_id\":7},\"created\":[],\"updated\":\"yes\",\"API-secret\":12345678,\"meta\":null}"));
		return true;
	case DOUBLE_CUT:
		double_reply_with(fd, 200, "Content-Type: application/json\r\n", S("{\"cve_ids\":[{\"cve_id\":\"CVE-2026-1"));
		return true;
	case DOUBLE_LIST:
		double_reply(fd, 200, S("[]"));
		return true;
	default:
		return false;
	}
}

/* Refused before the deed. */
static inline const char *double_date(struct ctx *c, time_us at)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	str text = time_print(c->arena, at / SECOND * SECOND);   /* 2026-03-02T09:00:00Z */

	return str_fmt(c->arena, "Retry-After: Sun, %.2s %s %.4s %.8s GMT\r\n", text.p + 8, months[(text.p[5] - '0') * 10 + text.p[6] - '0' - 1],
	               text.p, text.p + 11).p;
}

static inline bool double_refuses(struct ctx *c, struct double_state *s, int fd)
{
	char *room;

	switch ((int)s->mood) {
	case DOUBLE_LATER:
		double_reply_with(fd, 429, "Retry-After: 7200\r\n", S("{\"error\":\"TOO_MANY_REQUESTS\",\"message\":\"Slow down\"}"));
		return true;
	case DOUBLE_DATED:   /* an hour after the test's instant */
		double_reply_with(fd, 429, double_date(c, s->now + HOUR), S("slow down"));
		return true;
	case DOUBLE_REDIRECT:
		double_reply_with(fd, 302, "Location: http://127.0.0.2/api/cve-id\r\n", S(""));
		return true;
	case DOUBLE_FORBIDS:
		double_reply_with(fd, 403, "Content-Type: text/html\r\n", S("<html>Forbidden by the gateway</html>"));
		return true;
	case DOUBLE_LOCKED:
		double_error(c, fd, 401, "UNAUTHORIZED");
		return true;
	case DOUBLE_TALKS:
		room = arena_must(c->arena, 1, 900 << 10);
		memset(room, 'a', 900 << 10);
		memcpy(room, "{\"error\":\"BAD_INPUT\",\"message\":\"\\u001b[31mred\\u202e", sizeof("{\"error\":\"BAD_INPUT\",\"message\":\"\\u001b[31mred\\u202e") - 1);
		memcpy(room + (900 << 10) - 2, "\"}", 2);
		double_reply(fd, 400, (str){ room, 900 << 10 });
		return true;
	default:
		return false;
	}
}

/* After the deed: the answer, or what the mood makes of it. */
static inline void double_answer(struct double_state *s, int fd, int status, str body)
{
	static char junk[1 << 20];

	switch ((int)s->mood) {
	case DOUBLE_MUTE:
		return;
	case DOUBLE_BROKEN:
		double_reply(fd, 500, S("{\"error\":\"SERVICE_ERROR\",\"message\":\"Oops\"}"));
		return;
	case DOUBLE_GARBAGE:
		double_reply(fd, status, S("\xff\xfe{\"cve_ids\":[{{{"));
		return;
	case DOUBLE_HUGE:
		(void)!write(fd, "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n", 46);
		memset(junk, ' ', sizeof(junk));
		for (int i = 0; i < 100; i++)
			if (write(fd, junk, sizeof(junk)) <= 0)
				return;
		return;
	case DOUBLE_SLOW:
		sleep(4);
		return;
	default:
		if (!double_nonsense(s, fd))
			double_reply(fd, status, body);
	}
}

#endif
