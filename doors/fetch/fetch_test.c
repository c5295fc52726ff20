#include "doors/fetch/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/test.h"
#include "doors/fetch/outside.h"
#include "platform/log.h"

/* ---- a server for the tests: answers by the path, counts what reached it ---- */

#define KEY "T0PS-ECRET-KEY-OF-CVE-SERVICES"

struct stub { int port; pid_t pid; int *asked; };

static void reply(int fd, str text)
{
	(void)!write(fd, text.p, text.n);
}

static void stub_answer(struct ctx *c, int fd, str head, int port)
{
	char *room;

	if (str_starts(head, S("GET /slow"))) {
		sleep(10);
	} else if (str_starts(head, S("GET /big"))) {
		room = arena_must(c->arena, 1, 4096);
		reply(fd, S("HTTP/1.1 200 OK\r\nContent-Length: 40960\r\n\r\n"));
		for (int i = 0; i < 10; i++)
			reply(fd, (str){ room, 4096 });
	} else if (str_starts(head, S("GET /metadata"))) {
		reply(fd, S("HTTP/1.1 302 F\r\nConnection: close\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n"));
	} else if (str_starts(head, S("GET /file"))) {
		reply(fd, S("HTTP/1.1 302 F\r\nConnection: close\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"));
	} else if (str_starts(head, S("GET /loop"))) {
		reply(fd, S("HTTP/1.1 302 F\r\nConnection: close\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n"));
	} else if (str_starts(head, S("GET /away"))) {
		reply(fd, str_fmt(c->arena, "HTTP/1.1 302 F\r\nConnection: close\r\nLocation: http://two.example:%d/echo\r\nContent-Length: 0\r\n\r\n", port));
	} else if (str_starts(head, S("GET /here"))) {
		reply(fd, S("HTTP/1.1 302 F\r\nConnection: close\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n"));
	} else if (str_starts(head, S("PUT /key"))) {   /* tells what it was sent, as a careless server does */
		reply(fd, str_fmt(c->arena, "HTTP/1.1 %s OK\r\nX-Key: %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%.*s",
		                  str_find(head, S(KEY), 0) == SIZE_MAX ? "403" : "200", KEY, head.n, STR_ARG(head)));
	} else if (str_starts(head, S("GET /none"))) {
		reply(fd, S("HTTP/1.1 404 N\r\nContent-Length: 4\r\n\r\ngone"));
	} else {
		reply(fd, str_fmt(c->arena, "HTTP/1.1 200 OK\r\nX-Stub: yes\r\nETag: \"seven\"\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%.*s",
		                  head.n, STR_ARG(head)));
	}
}

_Noreturn static void stub_run(struct ctx *c, int listener, const struct stub *s)
{
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);   /* a test that fails ends nothing */
	for (;;) {
		char    head[4096];
		int     fd = accept(listener, NULL, NULL);
		ssize_t n  = fd >= 0 ? recv(fd, head, sizeof(head), 0) : 0;
		if (n > 0) {
			++*s->asked;
			stub_answer(c, fd, (str){ head, (size_t)n }, s->port);
		}
		if (fd >= 0)
			close(fd);
	}
}

static void stub_open(struct ctx *c, struct stub *s)
{
	struct sockaddr_in at  = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t          len = sizeof(at);
	int                fd  = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	check(fd >= 0 && bind(fd, (struct sockaddr *)&at, len) == 0 && listen(fd, 16) == 0);
	check(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	s->port  = ntohs(at.sin_port);
	s->asked = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	s->pid   = fork();
	if (s->pid == 0)
		stub_run(c, fd, s);
	close(fd);
}

/* ---- the process, with a stub beside it ---- */

struct trial { struct stub stub; struct front front; struct wires wires; int far; pid_t pid; struct kept_pair pair; };

static void trial_open(struct ctx *c, struct trial *t, const char *allow)
{
	struct fetch_config cfg;
	int                 ends[2];

	log_aim(LEVEL_WARNING, 2, LOG_AUTO);
	stub_open(c, &t->stub);
	cfg = (struct fetch_config){ .allow = str_of(allow), .plain = true, .ports = str_fmt(c->arena, "%d", t->stub.port),
		.resolve = str_fmt(c->arena, "one.example:%d:127.0.0.1 two.example:%d:127.0.0.1", t->stub.port, t->stub.port) };
	check(kept_pair_make(&t->pair));
	cfg.pair = t->pair;
	check_ok(c, wire_pair(c, ends));
	t->far = ends[1];
	t->pid = fork();
	if (t->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(fetch_run(ends[1], &cfg));
	}
	t->wires = (struct wires){ -1, -1, ends[0] };
	t->front = (struct front){ .wires = &t->wires };
	c->front = &t->front;
}

static void trial_close(struct trial *t)
{
	kill(t->pid, SIGTERM);
	waitpid(t->pid, NULL, 0);
	kill(t->stub.pid, SIGKILL);
	waitpid(t->stub.pid, NULL, 0);
	close(t->far);
	close(t->wires.fetch);
}

/* GET http://HOST:PORT/PATH; "%" in host stands for the whole "name:port" part given. */
static bool get(struct ctx *c, const struct trial *t, const char *host, const char *path, struct fetch_answer *out)
{
	c->fault = (struct fault){ 0 };
	return fetch_get(c, str_fmt(c->arena, "http://%s:%d%s", host, t->stub.port, path), out);
}

TEST(what_is_outside_is_fetched_within_limits)
{
	struct trial        t;
	struct fetch_answer a;
	struct fetch_call   f = { .max = 1000 };
	struct fetched      g;

	trial_open(c, &t, "127.0.0.1");
	check_ok(c, get(c, &t, "127.0.0.1", "/echo", &a));
	check_int(a.status, 200);
	check_str(a.type, S("text/plain"));
	check(str_starts(a.body, S("GET /echo HTTP/1.1\r\n")));
	check(a.headers.n == 4 && str_eq(a.headers.v[0].name, S("x-stub")) && str_eq(a.headers.v[0].value, S("yes")));
	check_ok(c, get(c, &t, "one.example", "/none", &a));
	check_int(a.status, 404);
	check_str(a.body, S("gone"));
	check_ok(c, fetch_for(c, str_fmt(c->arena, "http://one.example:%d/x", t.stub.port), 1000, &g));
	check_int(g.status, 200);
	f.url = str_fmt(c->arena, "http://one.example:%d/big", t.stub.port);
	check(!fetch_call(c, &f, &a));
	check_fault(c, E_LIMIT, NULL);
	f = (struct fetch_call){ .url = str_fmt(c->arena, "http://one.example:%d/slow", t.stub.port), .seconds = 1 };
	check(!fetch_call(c, &f, &a));
	check_fault(c, E_LIMIT, NULL);
	trial_close(&t);
}

TEST(redirects_keep_the_rules_and_secrets_stay_with_their_host)
{
	struct trial        t;
	struct fetch_answer a;
	struct fetch_call   f = { .headers = { .max = 4 } };
	struct sending      q = { .method = S("GET"), .header = { { S("If-None-Match"), S("\"seven\"") } } };
	struct fetched      g;

	trial_open(c, &t, "127.0.0.0/8");
	check(list_push(c->arena, &f.headers, (struct fetch_header){ S("Authorization"), S("Bearer secret") }));
	f.url = str_fmt(c->arena, "http://one.example:%d/here", t.stub.port);
	check_ok(c, fetch_call(c, &f, &a));
	check(str_find(a.body, S("Bearer secret"), 0) != SIZE_MAX);
	f.url = str_fmt(c->arena, "http://one.example:%d/away", t.stub.port);
	check_ok(c, fetch_call(c, &f, &a));
	check(str_find(a.body, S("Host: two.example"), 0) != SIZE_MAX && str_find(a.body, S("secret"), 0) == SIZE_MAX);
	/* A service: redirects where it says so, the tag of what came, a condition; never with a secret. */
	q.url = str_fmt(c->arena, "http://one.example:%d/here", t.stub.port);
	check_ok(c, fetch_send(c, &q, &g));
	check_int(g.status, 302);
	q.redirects = 3;
	check_ok(c, fetch_send(c, &q, &g));
	check_int(g.status, 200);
	check_str(g.etag, S("\"seven\""));
	check(str_find(g.body, S("If-None-Match: \"seven\""), 0) != SIZE_MAX && str_ends(g.url, S("/echo")));
	check(!get(c, &t, "one.example", "/loop", &a));
	check_fault(c, E_LIMIT, "url");
	check_int(*t.stub.asked, 11);   /* 2 and 2, 1 and 2, and the first with three more */
	check(!get(c, &t, "one.example", "/metadata", &a));
	check_fault(c, E_FORBIDDEN, "url");
	check(!get(c, &t, "one.example", "/file", &a));
	check_fault(c, E_INVALID, "url");
	f = (struct fetch_call){ .url = str_fmt(c->arena, "http://one.example:%d/metadata", t.stub.port), .redirects = -1 };
	check_ok(c, fetch_call(c, &f, &a));
	check_int(a.status, 302);
	trial_close(&t);
}

/* The key reaches its server and nobody else; main sees it neither on the way out nor in what comes back. */
TEST(a_kept_secret_is_used_where_it_belongs_and_never_seen)
{
	struct trial        t;
	struct fetch_answer a;
	struct fetch_call   f = { .method = S("PUT"), .body = S("{}"), .type = S("application/json"), .redirects = -1,
		.sealed_in = S("CVE-API-KEY") };
	struct kept_briefs  kept;
	char                folder[] = "/tmp/psirt-kept-test-XXXXXX";
	str                 origin, sealed;

	check(mkdtemp(folder) != NULL);
	trial_open(c, &t, "127.0.0.1");
	origin = str_fmt(c->arena, "http://one.example:%d", t.stub.port);
	check(!kept_lend(c, str_of(folder), S("cve-services"), t.pair.open, &sealed));
	check_fault(c, E_STATE, NULL);
	check_ok(c, kept_save(c, str_of(folder), S("cve-services"), origin, S(KEY)));
	check_ok(c, kept_list(c, str_of(folder), &kept));
	check(kept.n == 1 && str_eq(kept.v[0].name, S("cve-services")) && str_eq(kept.v[0].origin, origin));
	check_ok(c, kept_lend(c, str_of(folder), S("cve-services"), t.pair.open, &f.sealed));
	check(str_find(f.sealed, S("T0PS"), 0) == SIZE_MAX);
	f.url = STR_CAT(c->arena, origin, S("/key"));
	check_ok(c, fetch_call(c, &f, &a));
	check_int(a.status, 200);
	check(str_starts(a.body, S("PUT /key")));
	check(str_find(a.body, S("CVE-API-KEY: ****"), 0) != SIZE_MAX && str_find(a.body, S(KEY), 0) == SIZE_MAX);
	check(a.headers.n > 0 && str_eq(a.headers.v[0].name, S("x-key")) && str_find(a.headers.v[0].value, S("T0PS"), 0) == SIZE_MAX);
	*t.stub.asked = 0;
	f.url = str_fmt(c->arena, "http://two.example:%d/key", t.stub.port);
	check(!fetch_call(c, &f, &a));
	check_fault(c, E_FORBIDDEN, "url");
	f.url    = STR_CAT(c->arena, origin, S("@two.example/key"));
	check(!fetch_call(c, &f, &a));
	check_fault(c, E_FORBIDDEN, "url");
	f.url    = STR_CAT(c->arena, origin, S("/key"));
	f.sealed = str_slice(f.sealed, 0, f.sealed.n - 1);
	check(!fetch_call(c, &f, &a));
	check_fault(c, E_INTERNAL, NULL);
	check_int(*t.stub.asked, 0);
	check_ok(c, kept_drop(c, str_of(folder), S("cve-services")));
	check(!kept_drop(c, str_of(folder), S("cve-services")));
	check_fault(c, E_NOTFOUND, NULL);
	check(rmdir(folder) == 0);
	trial_close(&t);
}

TEST(only_what_can_be_a_header_is_kept)
{
	static const struct { const char *name, *origin, *secret, *where; } wrong[] = {
		{ "", "https://a.example", "12345678", "name" },          { "../x", "https://a.example", "12345678", "name" },
		{ "a", "https://a.example/api", "12345678", "for" },      { "a", "ftp://a.example", "12345678", "for" },
		{ "a", "https://", "12345678", "for" },                   { "a", "https://u@a.example", "12345678", "for" },
		{ "a", "https://a.example", "1234567", "secret" },        { "a", "https://a.example", "1234\r\nX-Y: 1", "secret" },
		{ "a", "https://a.example", "1234567\xff", "secret" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		check(!kept_save(c, S("/nowhere"), str_of(wrong[i].name), str_of(wrong[i].origin), str_of(wrong[i].secret)));
		check_fault(c, E_INVALID, wrong[i].where);
	}
}

TEST(nobody_is_led_to_our_own_machines)
{
	static const char *const forbidden[] = { "127.0.0.1", "127.9.9.9", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
		"[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "localhost", "one.example",
		"169.254.169.254", "10.0.0.1", "192.168.1.1", "172.31.255.255", "100.64.0.1", "224.0.0.1", "255.255.255.255" };
	static const char *const wrong[] = { "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.1.", "user@one.example",
		"one.example@127.0.0.1", "one.example%00", "[::1", "[fe80::1%25lo]", "", ".", "a b", "one.example\\" };
	struct trial        t;
	struct fetch_answer a;

	trial_open(c, &t, "");
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++) {
		check(!get(c, &t, forbidden[i], "/", &a));
		if (c->fault.code != E_UNAVAILABLE || strcmp(forbidden[i], "localhost") != 0)
			check_fault(c, E_FORBIDDEN, "url");
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		check(!get(c, &t, wrong[i], "/", &a));
		check_fault(c, E_INVALID, "url");
	}
	check(!fetch_get(c, S("file:///etc/passwd"), &a));
	check_fault(c, E_INVALID, "url");
	check(!fetch_get(c, S("gopher://one.example/"), &a));
	check_fault(c, E_INVALID, "url");
	check(!fetch_get(c, S("https://one.example:22/"), &a));
	check_fault(c, E_INVALID, "url");
	check_int(*t.stub.asked, 0);
	trial_close(&t);
}

TEST(only_public_addresses_are_outside)
{
	static const struct { const char *at; bool outside; } cases[] = {
		{ "8.8.8.8", true }, { "1.1.1.1", true }, { "223.255.255.255", true }, { "172.32.0.1", true }, { "100.128.0.1", true },
		{ "192.0.0.1", false }, { "198.19.0.1", false }, { "203.0.113.9", false }, { "240.0.0.1", false }, { "192.88.99.1", false },
		{ "2606:4700::1", true }, { "2a00:1450::1", true }, { "fc00::1", false }, { "ff02::1", false }, { "2001:db8::1", false },
		{ "2001::1", false }, { "3fff::1", false }, { "::ffff:8.8.8.8", true }, { "64:ff9b::8.8.8.8", true }, { "64:ff9b:1::1", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sockaddr_in  v4 = { .sin_family = AF_INET };
		struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
		bool                four = inet_pton(AF_INET, cases[i].at, &v4.sin_addr) == 1;
		check(four || inet_pton(AF_INET6, cases[i].at, &v6.sin6_addr) == 1);
		check(outside_address(four ? (struct sockaddr *)&v4 : (struct sockaddr *)&v6) == cases[i].outside);
	}
	check(!outside_address(&(struct sockaddr){ .sa_family = AF_UNIX }));
}
