/* `psirt csaf check --network` against a server on the loopback address: 6.3.6 and 6.3.7. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/test.h"
#include "doors/fetch/terminal.h"
#include "doors/serve/services.h"
#include "platform/json/json.h"
#include "platform/op/op.h"
#include "platform/op/tool.h"

struct stand { int listener, port, *asked; pid_t pid; };

static void answer(struct ctx *c, struct stand *s, int fd, str head)
{
	static const struct { const char *path, *head, *get; } rows[] = {
		{ "/good", "200 OK", "200 OK" }, { "/no-head", "405 N", "200 OK" }, { "/gone", "410 G", "410 G" },
		{ "/moved", "302 F\r\nLocation: /good", "302 F\r\nLocation: /good" }, { "/loop", "302 F\r\nLocation: /loop", "302 F\r\nLocation: /loop" },
		{ "/astray", "302 F\r\nLocation: http://127.0.0.1:9/", "302 F\r\nLocation: http://127.0.0.1:9/" },
	};
	str         rest = head, method, path = S("");
	const char *status = "404 N";
	str         said;

	(void)str_cut(&rest, ' ', &method);
	(void)str_cut(&rest, ' ', &path);
	*s->asked += 1;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_eq(path, str_of(rows[i].path)))
			status = str_eq(method, S("HEAD")) ? rows[i].head : rows[i].get;
	said = str_fmt(c->arena, "HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", status);
	(void)!write(fd, said.p, said.n);
}

static void stand_open(struct ctx *c, struct stand *s)
{
	struct sockaddr_in at  = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t          len = sizeof(at);

	s->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	check(s->listener >= 0 && bind(s->listener, (struct sockaddr *)&at, len) == 0 && listen(s->listener, 16) == 0);
	check(getsockname(s->listener, (struct sockaddr *)&at, &len) == 0);
	s->port  = ntohs(at.sin_port);
	s->asked = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	s->pid   = fork();
	if (s->pid)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		char    head[8192];
		int     fd = accept(s->listener, NULL, NULL);
		ssize_t n  = fd >= 0 ? recv(fd, head, sizeof(head), 0) : 0;
		if (n > 0)
			answer(c, s, fd, (str){ head, (size_t)n });
		if (fd >= 0)
			close(fd);
	}
}

static void stand_close(struct stand *s)
{
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	close(s->listener);
	munmap(s->asked, sizeof(int));
}

/* A document that refers to the paths; the first is its own address. */
static str document(struct ctx *c, int port, const char *const *paths)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 16);
	buf_add(&b, S("{\"document\":{\"csaf_version\":\"2.0\",\"category\":\"csaf_base\",\"references\":["));
	for (int i = 0; paths[i]; i++)
		buf_fmt(&b, "%s{\"category\":\"%s\",\"summary\":\"x\",\"url\":\"http://127.0.0.1:%d%s\"}", i ? "," : "",
		        i ? "external" : "self", port, paths[i]);
	buf_add(&b, S("]}}"));
	return buf_str(&b);
}

/* What the tool says as JSON; *status is its exit status. */
static str run_with(struct ctx *c, const struct lector *lector, str text, const char *option, const char *value, int *status)
{
	static struct front front;
	struct buf          out, err;
	char               *argv[] = { "--json", "--preset=informative", "-", cstr(c->arena, str_of(option)), cstr(c->arena, str_of(value)) };
	const struct tool  *check_tool = NULL;

	for (size_t i = 0; services[i]; i++)
		for (const struct tool *t = services[i]->tools; t && t->name; t++)
			if (str_eq(str_of(t->name), S("csaf check")))
				check_tool = t;
	front.reach  = &reach_terminal;
	front.lector = lector;
	c->front     = &front;
	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 16);
	tool_source(text);
	*status = check_tool->run(c, *value ? 5 : 4, argv, &out, &err);
	tool_source(STR_NONE);
	return buf_str(&out);
}

static str run(struct ctx *c, str text, const char *option, const char *value, int *status)
{
	return run_with(c, &(const struct lector){ NULL, NULL }, text, option, value, status);
}

static bool has(str text, const char *words)
{
	return str_find(text, str_of(words), 0) != SIZE_MAX;
}

/* meets CSAF-2.0 6.3.6, 6.3.7 */
TEST(addresses_of_a_document_are_asked_once_each_and_those_that_fail_are_told)
{
	static const char *const paths[] = { "/gone", "/good", "/no-head", "/moved", "/loop", "/missing", "/good", "/good#part", "/astray", NULL };
	struct stand s;
	int          status;
	str          said;

	stand_open(c, &s);
	said = run(c, document(c, s.port, paths), "--near", cstr(c->arena, str_fmt(c->arena, "%d", s.port)), &status);
	check_int(status, 0);   /* information does not make a document wrong */
	check(has(said, "{\"test\":\"6.3.7\",\"class\":\"info\",\"pointer\":\"/document/references/0/url\""));
	check(has(said, "/gone answers with status 410."));
	check(has(said, "/loop does not answer.") && has(said, "/missing answers with status 404."));
	check(has(said, "/astray does not answer."));
	check(!has(said, "/good ") && !has(said, "/no-head ") && !has(said, "/moved "));
	check(has(said, "\"not_run\":[\"6.3.8\"]"));
	/* 2 gone, 1 good, 2 no-head, 2 moved, 6 loop, 2 missing, 1 astray */
	check_int(*s.asked, 16);
	stand_close(&s);
}

TEST(without_the_option_nothing_is_asked_and_with_it_not_this_machine)
{
	static const char *const paths[] = { "/good", "/good", NULL };
	struct stand s;
	int          status;

	stand_open(c, &s);
	check(has(run(c, document(c, s.port, paths), "--preset=full", "", &status), "\"not_run\":[\"6.3.6\",\"6.3.7\",\"6.3.8\"]"));
	check(has(run(c, document(c, s.port, paths), "--network", "", &status), "/good does not answer."));
	check_int(*s.asked, 0);
	(void)run(c, document(c, s.port, paths), "--near", "70000", &status);
	check_int(status, 2);
	stand_close(&s);
}

TEST(where_there_is_no_terminal_the_outside_is_refused_and_the_rest_runs)
{
	static const char *const paths[] = { "/good", NULL }, *const options[] = { "--network", "--spell", "--grammar" };
	int status;

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		check_str(run_with(c, NULL, document(c, 9, paths), options[i], "", &status), S(""));
		check_int(status, 2);
	}
	check(has(run_with(c, NULL, document(c, 9, paths), "--preset=full", "", &status), "\"not_run\""));
}
