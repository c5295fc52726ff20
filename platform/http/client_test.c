#include "base/test.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/list.h"
#include "platform/http/client.h"

/* A server that says what it is told, once for each connection. */
struct script {
	int         fd, port;
	const str  *says;
	size_t      n;
	pthread_t   thread;
};

static void *script_run(void *arg)
{
	struct script *s = arg;
	char           in[4096];

	for (size_t i = 0; i < s->n; i++) {
		int fd = accept(s->fd, NULL, NULL);
		(void)!recv(fd, in, sizeof(in), 0);
		for (size_t at = 0; at < s->says[i].n; at += 7) {     /* in small pieces */
			str part = str_slice(s->says[i], at, at + 7);
			(void)!send(fd, part.p, part.n, MSG_NOSIGNAL);
		}
		shutdown(fd, SHUT_WR);
		while (recv(fd, in, sizeof(in), 0) > 0)
			;
		close(fd);
	}
	return NULL;
}

static void script_begin(struct script *s, const str *says, size_t n)
{
	struct sockaddr_in at  = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t          len = sizeof(at);

	*s = (struct script){ .fd = socket(AF_INET, SOCK_STREAM, 0), .says = says, .n = n };
	check(bind(s->fd, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(s->fd, 5) == 0);
	check(getsockname(s->fd, (struct sockaddr *)&at, &len) == 0);
	s->port = ntohs(at.sin_port);
	check_int(pthread_create(&s->thread, NULL, script_run, s), 0);
}

static void script_end(struct script *s)
{
	pthread_join(s->thread, NULL);
	close(s->fd);
}

/* One GET against one scripted answer. */
static bool hear(struct ctx *c, str says, size_t max, struct answer *out)
{
	struct script  s;
	struct client *cl = NULL;
	bool           ok;

	script_begin(&s, &says, 1);
	check_ok(c, client_open(c, &(struct client_to){ .port = s.port, .seconds = 5 }, &cl));
	ok = client_call(c, cl, &(struct call){ .target = S("/"), .max = max }, out);
	client_close(cl);
	script_end(&s);
	return ok;
}

TEST(answers_of_all_framings_are_read)
{
	struct answer a;

	check_ok(c, hear(c, S("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A:  b \r\n\r\nabc"), 0, &a));
	check_str(a.body, S("abc"));
	check_str(answer_header(&a, S("x-a")), S("b"));
	check_ok(c, hear(c, S("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	                      "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n"), 0, &a));
	check_str(a.body, S("abc0123456789"));
	check_ok(c, hear(c, S("HTTP/1.0 200 OK\r\n\r\nto the end"), 0, &a));
	check_str(a.body, S("to the end"));
	check(a.closed);
	check_ok(c, hear(c, S("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"), 0, &a));
	check_int(a.status, 204);
	check_ok(c, hear(c, S("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"), 0, &a));
	check_int(a.body.n, 0);
}

TEST(answers_that_are_no_http_are_refused)
{
	static const str wrong[] = {
		S_INIT("SSH-2.0-x\r\n\r\n"), S_INIT("HTTP/1.1 abc\r\n\r\n"), S_INIT("HTTP/1.1 999 x\r\n\r\n"),
		S_INIT("HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),
		S_INIT("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
		S_INIT("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
		S_INIT("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
		S_INIT("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"),
		S_INIT("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"),
	};
	struct answer a;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		check(!hear(c, wrong[i], 0, &a));
		check_fault(c, E_SYNTAX, NULL);
	}
	check(!hear(c, S("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), 0, &a));
	check_fault(c, E_UNAVAILABLE, NULL);
	check(!hear(c, S(""), 0, &a));
	check_fault(c, E_UNAVAILABLE, NULL);
}

TEST(an_answer_beyond_the_limit_is_refused)
{
	struct answer a;

	check(!hear(c, S("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789"), 8, &a));
	check_fault(c, E_LIMIT, NULL);
	check(!hear(c, S("HTTP/1.0 200 OK\r\n\r\n123456789"), 8, &a));
	check_fault(c, E_LIMIT, NULL);
	check(!hear(c, S("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n123456789"),
	            8, &a));
	check_fault(c, E_LIMIT, NULL);
}

TEST(a_closed_connection_is_opened_again)
{
	const str      says[] = { S("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"),
	                          S("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb") };
	struct script  s;
	struct client *cl = NULL;
	struct answer  a;

	script_begin(&s, says, 2);
	check_ok(c, client_open(c, &(struct client_to){ .port = s.port, .seconds = 5 }, &cl));
	check_ok(c, client_call(c, cl, &(struct call){ .target = S("/") }, &a));
	check_str(a.body, S("a"));
	check_ok(c, client_call(c, cl, &(struct call){ .target = S("/") }, &a));
	check_str(a.body, S("b"));
	client_close(cl);
	script_end(&s);
}

TEST(a_server_that_is_not_there_is_told)
{
	struct client *cl = NULL;
	struct answer  a;

	check_ok(c, client_open(c, &(struct client_to){ .socket = S("/nonexistent/socket") }, &cl));
	check(!client_call(c, cl, &(struct call){ .target = S("/") }, &a));
	check_fault(c, E_UNAVAILABLE, NULL);
	check_str(c->fault.arg[0], S("/nonexistent/socket"));
}
