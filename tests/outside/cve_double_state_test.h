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
};

struct double_id { char number[24]; enum cve_state state; time_us reserved; bool has_record; char record[DOUBLE_RECORD]; };

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
};

struct cve_double { int port; pid_t pid; struct double_state *s; };

/* The key is never in the test's own memory: each end puts it together for itself. */
static inline str double_key(struct ctx *c)
{
	char *p = arena_must(c->arena, 1, 37);

	for (int i = 0; i < 36; i++)
		p[i] = (char)('A' + (i * 7 + i * i) % 26);
	return (str){ p, 36 };
}

/* Into an array that a NUL ends. */
static inline void double_set(char *to, size_t room, str s)
{
	size_t n = s.n < room - 1 ? s.n : room - 1;

	memcpy(to, s.p ? s.p : "", n);
	to[n] = '\0';
}

/* ---- answers ---- */

static inline void double_reply(int fd, int status, str body)
{
	struct arena a;
	str          head;
	size_t       at = 0;

	arena_init(&a, 1 << 16);
	head = str_fmt(&a, "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", status, body.n);
	(void)!write(fd, head.p, head.n);
	arena_done(&a);
	while (at < body.n) {
		ssize_t k = write(fd, body.p + at, body.n - at);
		if (k <= 0)
			return;
		at += (size_t)k;
	}
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
	json_put_str(o, "owning_cna", S("aozora"));
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

/* After the deed: the answer, or what the mood makes of it. */
static inline void double_answer(struct double_state *s, int fd, int status, str body)
{
	static char junk[1 << 20];

	switch (s->mood) {
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
	case DOUBLE_WELL: case DOUBLE_DEAF: case DOUBLE_DOWN: case DOUBLE_BUSY: case DOUBLE_FEWER:
		double_reply(fd, status, body);
	}
}

#endif
