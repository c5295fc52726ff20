#include "base/test.h"

#include <pthread.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/list.h"
#include "platform/http/client.h"
#include "platform/http/spool.h"

static _Atomic int at_once, most;

enum { CROWD = 9, PATIENCE = 1000 };   /* PATIENCE: waits of 10 ms, for a machine that has other work */

static size_t body_max(UNUSED void *arg, UNUSED str method, str path)
{
	return str_eq(path, S("/upload")) ? (size_t)25 << 20 : (size_t)1 << 20;
}

/* What arrived, as text. */
static void show_fields(struct ctx *c, struct buf *b, const struct fields *f)
{
	for (size_t i = 0; i < f->n; i++) {
		str text = S("");
		buf_fmt(b, "%.*s=", STR_ARG(f->v[i].name));
		if (!field_text(c, &f->v[i], 100, &text))
			buf_int(b, f->v[i].size);
		buf_add(b, text);
		if (!str_is_none(f->v[i].filename))
			buf_fmt(b, " (%.*s)", STR_ARG(f->v[i].filename));
		buf_char(b, ';');
	}
}

static bool show(struct ctx *c, const struct request *r, struct response *out)
{
	struct buf b;
	str        body;

	buf_init(&b, c->arena, 1 << 16);
	buf_fmt(&b, "%.*s %.*s ", STR_ARG(r->method), STR_ARG(r->path));
	show_fields(c, &b, &r->query);
	buf_char(&b, '|');
	show_fields(c, &b, &r->form);
	TRY(request_body(c, r, (size_t)32 << 20, &body));
	buf_char(&b, '|');
	if (body.n > 100)
		buf_int(&b, (int64_t)body.n);
	else
		buf_add(&b, body);
	out->type = S("text/plain; charset=utf-8");
	out->body = buf_str(&b);
	return !b.full;
}

static bool site(struct ctx *c, const struct request *r, struct response *out, UNUSED void *arg)
{
	if (str_eq(r->path, S("/who"))) {
		out->body = str_fmt(c->arena, "%d %lld %.*s %d", r->is_unix, (long long)r->uid,
		                    STR_ARG(r->remote), r->secure);
		return true;
	}
	if (str_eq(r->path, S("/slow"))) {
		poll(NULL, 0, 100);
		out->body = S("done");
		return true;
	}
	if (str_eq(r->path, S("/crowd"))) {   /* answers when as many are here */
		at_once++;
		for (int i = 0; i < PATIENCE && most < CROWD; i++) {
			if (at_once >= CROWD)
				most = CROWD;
			poll(NULL, 0, 10);
		}
		at_once--;
		out->body = S("done");
		return true;
	}
	if (str_eq(r->path, S("/file"))) {
		TRY(spool_open(c, STR_NONE, &out->fd));
		TRY(spool_add(c, out->fd, S("from a file")));
		out->size = 11;
		return true;
	}
	if (str_eq(r->path, S("/cookie"))) {
		response_cookie(out, &(struct cookie){ .name = S("sid"), .value = S("a;b\r\nX: 1"),
		                .max_age = 60, .secure = true, .strict = true });
		response_header(out, S("X-Name"), S("a\r\nInjected: 1"));
		response_header_set(out, S("x-name"), S("b\nc"));
		out->body = request_cookie(r, S("sid"));
		return true;
	}
	if (str_eq(r->path, S("/missing")))
		return fault(c, E_NOTFOUND, NULL, N_("There is no {1} here."), S("thing"));
	return show(c, r, out);
}

static struct http *serve_with(struct ctx *c, struct http_config cfg)
{
	struct http *h = NULL;

	cfg.address  = S("127.0.0.1");
	cfg.body_max = body_max;
	check_ok(c, http_open(c, &cfg, site, NULL, &h));
	return h;
}

static struct client *visitor(struct ctx *c, struct http *h)
{
	struct client_to to = { .port = http_port(h), .seconds = 20 };
	struct client   *cl = NULL;

	check_ok(c, client_open(c, &to, &cl));
	return cl;
}

static struct answer ask(struct ctx *c, struct client *cl, struct call call)
{
	struct answer a = { 0 };

	check_ok(c, client_call(c, cl, &call, &a));
	return a;
}

static struct answer get(struct ctx *c, struct client *cl, str target)
{
	return ask(c, cl, (struct call){ .target = target });
}

static struct answer post(struct ctx *c, struct client *cl, str target, str type, str body)
{
	return ask(c, cl, (struct call){ .method = S("POST"), .target = target, .type = type,
	           .body = &(struct piece){ .bytes = body, .fd = -1 }, .pieces = 1 });
}

TEST(requests_arrive_whole_on_one_connection)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl = visitor(c, h);
	struct answer  a  = get(c, cl, S("/a%20b?x=1&x=2&y=%E8%84%86"));

	check_int(a.status, 200);
	check_str(a.body, S("GET /a b x=1;x=2;y=脆;||"));
	check(!a.closed);
	a = post(c, cl, S("/p"), S("Application/X-WWW-Form-Urlencoded; charset=utf-8"), S("b=2&a=1&b=3"));
	check_str(a.body, S("POST /p |b=2;a=1;b=3;|"));
	a = post(c, cl, S("/p"), S("application/json"), S("{}"));
	check_str(a.body, S("POST /p ||{}"));
	a = post(c, cl, S("/p"), STR_NONE, S(""));
	check_str(a.body, S("POST /p ||"));
	a = ask(c, cl, (struct call){ .method = S("HEAD"), .target = S("/p") });
	check_int(a.status, 200);
	check_str(answer_header(&a, S("content-length")), S("10"));
	a = get(c, cl, S("/file"));
	check_str(a.body, S("from a file"));
	client_close(cl);
	http_close(h);
}

TEST(faults_become_answers)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl = visitor(c, h);
	struct answer  a  = get(c, cl, S("/missing"));

	check_int(a.status, 404);
	check_str(a.body, S("There is no thing here.\n"));
	check(!a.closed);
	a = get(c, cl, S("/a%00"));
	check_int(a.status, 400);
	check(a.closed);
	a = post(c, cl, S("/p"), S("application/x-www-form-urlencoded"), S("a=%zz"));
	check_int(a.status, 400);
	check(!a.closed);
	client_close(cl);
	http_close(h);
}

TEST(headers_and_cookies_cannot_be_split)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl = visitor(c, h);
	struct call    call = { .target = S("/cookie"), .headers.max = 4 };
	struct answer  a;

	check(list_push(c->arena, &call.headers, (struct field){ .name = S("Cookie"),
	      .value = S("a=1; sid=first=x; sid=second") }));
	a = ask(c, cl, call);
	check_str(a.body, S("first=x"));
	check(str_is_none(answer_header(&a, S("Injected"))));
	check_str(answer_header(&a, S("X-Name")), S("b c"));
	check_str(answer_header(&a, S("Set-Cookie")), S("sid=a_b__X:_1; Path=/; Max-Age=60; "
	          "HttpOnly; Secure; SameSite=Strict"));
	client_close(cl);
	http_close(h);
}

TEST(files_and_fields_of_an_upload_arrive_in_order)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl = visitor(c, h);
	struct upload  u;
	struct answer  a;
	int            fd;
	str            big = { NEWS(c->arena, char, 3 << 20), 3 << 20 };

	check_ok(c, spool_open(c, STR_NONE, &fd));
	check_ok(c, spool_add(c, fd, big));
	upload_init(c, &u);
	check_ok(c, upload_text(c, &u, S("title"), S("脆弱性\r\n")));
	check_ok(c, upload_file(c, &u, S("f"), S("a\"b.bin"), STR_NONE,
	                        (struct piece){ .fd = fd, .size = 3 << 20 }));
	check_ok(c, upload_file(c, &u, S("f"), S("空.txt"), S("text/plain"),
	                        (struct piece){ .bytes = S(""), .fd = -1 }));
	check_ok(c, upload_text(c, &u, S("title"), S("2")));
	check_ok(c, upload_end(c, &u));
	a = ask(c, cl, (struct call){ .method = S("POST"), .target = S("/upload"), .type = u.type,
	        .body = u.body.v, .pieces = u.body.n });
	check_int(a.status, 200);
	check_str(a.body, S("POST /upload |title=脆弱性\r\n;f=3145728 (a\"b.bin);f= (空.txt);"
	                    "title=2;|"));
	close(fd);
	client_close(cl);
	http_close(h);
}

TEST(a_hundred_megabytes_are_refused_before_they_are_sent)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl = visitor(c, h);
	struct answer  a;
	int            fd;

	check_ok(c, spool_open(c, STR_NONE, &fd));
	check(ftruncate(fd, 100 << 20) == 0);
	a = ask(c, cl, (struct call){ .method = S("POST"), .target = S("/upload"),
	        .type = S("application/octet-stream"),
	        .body = &(struct piece){ .fd = fd, .size = 100 << 20 }, .pieces = 1 });
	check_int(a.status, 413);
	check_str(a.body, S("The body of this request may have at most 26214400 bytes.\n"));
	check(a.closed);
	close(fd);
	client_close(cl);
	http_close(h);
}

TEST(a_body_a_little_too_long_is_read_away_and_answered)
{
	struct http   *h   = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl  = visitor(c, h);
	str            big = { NEWS(c->arena, char, (1 << 20) + 1), (1 << 20) };
	struct answer  a   = post(c, cl, S("/p"), S("text/plain"), big);

	check_int(a.status, 200);
	check_str(a.body, S("POST /p ||1048576"));
	big.n++;
	a = post(c, cl, S("/p"), S("text/plain"), big);
	check_int(a.status, 413);
	client_close(cl);
	http_close(h);
}

TEST(ten_thousand_parts_are_refused)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl = visitor(c, h);
	struct upload  u;
	struct answer  a;
	struct buf     b;

	buf_init(&b, c->arena, 1 << 20);
	upload_init(c, &u);
	for (int i = 0; i < 10000; i++)
		buf_fmt(&b, "--%.*s\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n",
		        STR_ARG(u.edge));
	check(!b.full);
	a = post(c, cl, S("/p"), u.type, buf_str(&b));
	check_int(a.status, 413);
	check_str(a.body, S("At most 64 fields and files are accepted.\n"));
	client_close(cl);
	http_close(h);
}

TEST(a_unix_socket_tells_who_asks)
{
	struct http_config cfg = { .threads = 4, .trusted = S("unix 10.0.0.0/8") };
	struct client_to   to;
	struct client     *cl = NULL;
	struct call        call = { .target = S("/who"), .headers.max = 4 };
	struct http       *h, *second = NULL;
	struct answer      a;

	cfg.socket = str_fmt(c->arena, "/tmp/http_test.%d", (int)getpid());
	h  = serve_with(c, cfg);
	to = (struct client_to){ .socket = cfg.socket };
	check_ok(c, client_open(c, &to, &cl));
	a = ask(c, cl, call);
	check_str(a.body, str_fmt(c->arena, "1 %d  0", (int)getuid()));
	check(list_push(c->arena, &call.headers, (struct field){ .name = S("X-Forwarded-For"),
	      .value = S("192.0.2.9, 198.51.100.7, 10.1.2.3") }));
	check(list_push(c->arena, &call.headers, (struct field){ .name = S("X-Forwarded-Proto"),
	      .value = S("https") }));
	a = ask(c, cl, call);
	check_str(a.body, str_fmt(c->arena, "1 %d 198.51.100.7 1", (int)getuid()));
	cfg.address = STR_NONE;
	check(!http_open(c, &cfg, site, NULL, &second));
	check_fault(c, E_STATE, "socket");
	client_close(cl);
	http_close(h);
	check(access(cstr(c->arena, cfg.socket), F_OK) != 0);
}

/* The kernel's 107 bytes are not the limit; that of a path's folder is. */
TEST(the_path_of_a_socket_may_be_long)
{
	struct http_config cfg = { .threads = 4 };
	struct client_to   to;
	struct client     *cl = NULL;
	struct call        call = { .target = S("/who") };
	struct http       *h;
	str                folder = str_fmt(c->arena, "/tmp/http_long.%d.%0200d", (int)getpid(), 0);
	char              *made   = cstr(c->arena, folder);
	struct answer      a;

	check_int(mkdir(made, 0700), 0);
	to = (struct client_to){ .socket = str_fmt(c->arena, "%s/psirt.sock", made) };
	check_ok(c, client_open(c, &to, &cl));
	check(!client_call(c, cl, &call, &a));
	check_fault(c, E_UNAVAILABLE, NULL);
	cfg.socket = to.socket;
	h = serve_with(c, cfg);
	a = ask(c, cl, call);
	check_str(a.body, str_fmt(c->arena, "1 %d  0", (int)getuid()));
	client_close(cl);
	http_close(h);
	check_int(rmdir(made), 0);   /* the socket is gone */
	check(!client_call(c, cl, &call, &a));
	check_fault(c, E_UNAVAILABLE, NULL);
	cfg.socket = str_fmt(c->arena, "/tmp/%0100d", 0);
	check(!http_open(c, &cfg, site, NULL, &h));
	check_fault(c, E_LIMIT, "socket");
}

TEST(forwarded_addresses_of_strangers_say_nothing)
{
	struct http   *h  = serve_with(c, (struct http_config){ .threads = 4,
	                                   .trusted = S("10.0.0.0/8") });
	struct client *cl = visitor(c, h);
	struct call    call = { .target = S("/who"), .headers.max = 4 };
	struct answer  a;

	check(list_push(c->arena, &call.headers, (struct field){ .name = S("X-Forwarded-For"),
	      .value = S("192.0.2.9") }));
	a = ask(c, cl, call);
	check_str(a.body, S("0 -1 127.0.0.1 0"));
	client_close(cl);
	http_close(h);
}

struct visit { struct http *h; str path; int status; };

static void *visit_run(void *arg)
{
	struct visit *v = arg;
	struct arena  a;
	struct ctx    c;
	struct call   call = { .target = v->path };
	struct answer got  = { 0 };
	struct client *cl;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	if (client_open(&c, &(struct client_to){ .port = http_port(v->h) }, &cl)) {
		if (client_call(&c, cl, &call, &got))
			v->status = got.status;
		client_close(cl);
	}
	arena_done(&a);
	return NULL;
}

TEST(sixty_four_visitors_at_once_are_all_served)
{
	struct http *h = serve_with(c, (struct http_config){ .threads = 32 });
	struct visit v[64];
	pthread_t    t[64];

	most = 0;
	for (int i = 0; i < 64; i++) {
		v[i] = (struct visit){ .h = h, .path = S("/crowd") };
		check_int(pthread_create(&t[i], NULL, visit_run, &v[i]), 0);
	}
	for (int i = 0; i < 64; i++) {
		pthread_join(t[i], NULL);
		check_int(v[i].status, 200);
	}
	check_int(most, CROWD);       /* spread over the workers */
	/* A visitor may read the answer before the worker has put the request away. */
	for (int i = 0; i < PATIENCE && http_busy(h); i++)
		poll(NULL, 0, 10);
	check_int(http_busy(h), 0);
	http_close(h);
}

TEST(a_running_request_ends_before_the_server_stops)
{
	struct http *h = serve_with(c, (struct http_config){ .threads = 4 });
	struct visit v = { .h = h, .path = S("/slow") };
	pthread_t    t;

	check_int(pthread_create(&t, NULL, visit_run, &v), 0);
	for (int i = 0; i < 200 && !http_busy(h); i++)
		poll(NULL, 0, 5);
	http_stop(h);
	pthread_join(t, NULL);
	check_int(v.status, 200);
	http_close(h);
}

TEST(a_socket_that_was_handed_over_is_served)
{
	struct http_config cfg  = { .inherited = 1, .threads = 4 };
	struct sockaddr_un to   = { .sun_family = AF_UNIX };
	int                keep = dup(3), fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct client     *cl   = NULL;
	struct http       *h    = NULL;
	str                path = str_fmt(c->arena, "/tmp/http_handed.%d", (int)getpid());
	struct answer      a;

	memcpy(to.sun_path, path.p, path.n);
	check(bind(fd, (struct sockaddr *)&to, sizeof(to)) == 0 && listen(fd, 5) == 0);
	check(dup2(fd, 3) == 3);
	if (fd != 3)
		close(fd);
	check_ok(c, http_open(c, &cfg, site, NULL, &h));
	check_int(http_port(h), 0);
	check_ok(c, client_open(c, &(struct client_to){ .socket = path }, &cl));
	a = get(c, cl, S("/who"));
	check_str(a.body, str_fmt(c->arena, "1 %d  0", (int)getuid()));
	client_close(cl);
	http_close(h);
	unlink(to.sun_path);
	if (keep >= 0) {
		dup2(keep, 3);
		close(keep);
	}
}

TEST(many_small_texts_cannot_use_up_the_memory)
{
	struct http   *h   = serve_with(c, (struct http_config){ .threads = 4 });
	struct client *cl  = visitor(c, h);
	str            big = { NEWS(c->arena, char, 600000), 600000 };
	struct upload  u;
	struct answer  a;

	memset((char *)(uintptr_t)big.p, 'x', big.n);
	upload_init(c, &u);
	for (int i = 0; i < 40; i++)
		check_ok(c, upload_text(c, &u, S("a"), big));
	check_ok(c, upload_end(c, &u));
	a = ask(c, cl, (struct call){ .method = S("POST"), .target = S("/upload"), .type = u.type,
	        .body = u.body.v, .pieces = u.body.n });
	check_int(a.status, 413);
	check_str(a.body, S("The texts of the form have more than 2097152 bytes together.\n"));
	client_close(cl);
	http_close(h);
}

TEST(a_server_needs_something_to_listen_on)
{
	struct http_config cfg = { 0 };
	struct http       *h   = NULL;

	check(!http_open(c, &cfg, site, NULL, &h));
	check_fault(c, E_USAGE, "address");
	cfg.address = S("localhost");
	check(!http_open(c, &cfg, site, NULL, &h));
	check_fault(c, E_USAGE, "address");
	cfg = (struct http_config){ .socket = S("/tmp/../etc/passwd") };
	check(!http_open(c, &cfg, site, NULL, &h));
	check_fault(c, E_STATE, "socket");
}
