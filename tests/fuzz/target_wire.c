#include "tests/fuzz/fuzz.h"

#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "platform/cage/parcel.h"
#include "platform/config.h"
#include "platform/http/client.h"
#include "platform/http/multipart.h"
#include "platform/http/target.h"
#include "platform/text/csv.h"
#include "platform/text/tzif.h"

static void fields_close(struct fields *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].fd >= 0)
			close(f->v[i].fd);
}

static bool form_read(struct ctx *c, str body, size_t step, struct fields *out)
{
	static const struct multipart_limit limit = { .parts = 8, .name = 32, .text = 200, .texts = 600 };
	struct multipart *m = NEW(c->arena, struct multipart);
	bool ok;

	*out = (struct fields){ 0 };
	TRY(multipart_init(c, m, S("multipart/form-data; boundary=XX"), &limit, out));
	ok = true;
	for (size_t i = 0; ok && i < body.n; i += step)
		ok = multipart_add(c, m, str_slice(body, i, i + step));
	ok = ok && multipart_end(c, m);
	multipart_done(m);
	return ok;
}

/* A form reads the same in any steps. */
static void run_multipart(struct ctx *c, str bytes)
{
	struct fields one, two;
	bool          whole = form_read(c, bytes, bytes.n + 1, &one), pieces = form_read(c, bytes, 1 + bytes.n % 7, &two);

	HOLDS(whole == pieces);
	for (size_t i = 0; whole && i < one.n; i++) {
		HOLDS(i < two.n && str_eq(one.v[i].name, two.v[i].name) && one.v[i].size == two.v[i].size);
		HOLDS(utf8_check(one.v[i].name, NULL));
	}
	fields_close(&one);
	fields_close(&two);
	(void)param_value(c->arena, bytes, S("name"));
}

/* A target and a host, a line each. */
static void run_target(struct ctx *c, str bytes)
{
	struct fields f = { .max = 20 };
	str           target, path, query;

	if (!str_cut(&bytes, '\n', &target))
		return;
	if (target_parse(c, target, bytes.n ? bytes : STR_NONE, &path, &query)) {
		HOLDS(path.n && path.p[0] == '/' && utf8_check(path, NULL));
		HOLDS(str_find(path, S("//"), 0) == SIZE_MAX && str_find(path, S("/../"), 0) == SIZE_MAX);
		HOLDS(str_find(path, S("\\"), 0) == SIZE_MAX && !str_ends(path, S("/..")));
	}
	if (urlencoded_parse(c, target, &f))
		for (size_t i = 0; i < f.n; i++)
			HOLDS(utf8_check(f.v[i].value, NULL) && !memchr(f.v[i].value.p, 0, f.v[i].value.n));
	HOLDS(percent_encode(c->arena, target).n >= target.n);
}

static void run_csv(struct ctx *c, str bytes)
{
	struct csv out = { .rows = { .max = 100 } };

	if (!csv_parse(c, bytes, &out)) {
		HOLDS(c->fault.code == E_SYNTAX || c->fault.code == E_LIMIT);
		return;
	}
	HOLDS(utf8_check(bytes, NULL) && out.rows.n <= 100);
	for (size_t i = 0; i < out.rows.n; i++)
		HOLDS(out.rows.v[i].line >= 1 && out.rows.v[i].n >= 1);
}

static void run_config(struct ctx *c, str bytes)
{
	static const struct config_key keys[] = {
		{ "http.address", CONFIG_TEXT, "127.0.0.1", "Address to listen on." },
		{ "http.port", CONFIG_INT, "8080", "Port to listen on.", 0, 65535 },
		{ "http.upload", CONFIG_BYTES, "25MB", "Largest upload.", 1024, (int64_t)1 << 30 },
		{ "session.idle", CONFIG_DURATION, "15m", "Sign out after this long without a click." },
		{ "site.url", CONFIG_URL, NULL, "Public address of this site." },
		{ "site.spool", CONFIG_PATH, "/tmp", "Where uploads wait." },
		{ "site.open", CONFIG_BOOL, "yes", "Take reports from everybody." },
		{ "log.level", CONFIG_TEXT, "info", "Least level.", 0, 0, "debug info error" },
	};
	struct config *cfg;
	int64_t        n;

	EITHER(bytes_parse(bytes, &n));
	EITHER(duration_parse(bytes, &n));
	HOLDS(config_new(c, keys, sizeof(keys) / sizeof(*keys), &cfg));
	if (!config_parse(c, cfg, bytes)) {
		HOLDS(c->fault.line >= 1);
		return;
	}
	n = config_int(cfg, "http.port");
	HOLDS(n >= 0 && n <= 65535);
	n = config_int(cfg, "http.upload");
	HOLDS(n >= 1024 && n <= (int64_t)1 << 30);
}

static void run_tzif(struct ctx *c, str bytes)
{
	struct zone      z;
	struct zone_rule r;

	EITHER(tzif_rule(bytes, &r));
	if (!tzif_parse(c->arena, bytes, &z))
		return;
	for (int64_t second = -60000000000; second <= 250000000000; second += 3100000001)
		HOLDS(tzif_kind(&z, second)->abbrev[0]);
}

static void run_parcel(UNUSED struct ctx *c, str bytes)
{
	int64_t n;
	str     s;

	while (parcel_take_int(&bytes, &n) && parcel_take_str(&bytes, &s))
		HOLDS(s.n <= FUZZ_BYTES);
}

/* The server that gets requests, and the one that gives the bytes as its answer. */
static struct {
	struct arena arena;
	struct ctx   ctx;
	struct http *http;
	char         path[64], answer_path[64];
	int          fd;
	pthread_t    thread;
	pthread_mutex_t lock;
	char         answer[FUZZ_BYTES];
	size_t       n;
} at;

static bool answer_request(UNUSED struct ctx *c, const struct request *r, struct response *out, UNUSED void *arg)
{
	HOLDS(utf8_check(r->path, NULL) && r->path.p[0] == '/');
	for (size_t i = 0; i < r->form.n; i++)
		HOLDS(utf8_check(r->form.v[i].name, NULL));
	(void)request_cookie(r, S("psirt"));
	out->body = r->body;
	return true;
}

static void begin_request(void)
{
	struct http_config cfg = { .threads = 1, .body_default = 4096, .body_memory = 64, .drain = 4096,
	                           .stop_seconds = 1, .parts = 4, .params = 10, .headers = 10 };

	arena_init(&at.arena, FUZZ_MEMORY);
	ctx_init(&at.ctx, &at.arena);
	snprintf(at.path, sizeof(at.path), "/tmp/psirt-fuzz-%d", (int)getpid());
	cfg.socket = str_of(at.path);
	HOLDS(http_open(&at.ctx, &cfg, answer_request, NULL, &at.http));
}

static void end_request(void)
{
	http_close(at.http);
	arena_done(&at.arena);
}

static int dial(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct timeval     wait = { .tv_usec = 3000 };   /* for the rest of a body that does not come, too */
	int                fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(to.sun_path, path, strlen(path));
	HOLDS(fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	return fd;
}

/* Whatever is sent, the server answers with HTTP or not at all, and is rid of it when the other end is. */
static void run_request(UNUSED struct ctx *c, str bytes)
{
	char    answer[4096];
	size_t  sent = 0, all = 0;
	ssize_t n;
	int     fd = dial(at.path);

	while (sent < bytes.n && (n = send(fd, bytes.p + sent, bytes.n - sent, MSG_NOSIGNAL)) > 0)
		sent += (size_t)n;
	shutdown(fd, SHUT_WR);
	while ((n = recv(fd, answer + (all < 8 ? all : 8), sizeof(answer) - 8, 0)) > 0)
		all += (size_t)n;
	close(fd);
	for (int i = 0; i < 10000 && http_connections(at.http); i++)
		usleep(i < 100 ? 50 : 1000);
	HOLDS(http_connections(at.http) == 0);
	HOLDS(all < 8 || memcmp(answer, "HTTP/1.", 7) == 0);
}

static void *answer_serve(UNUSED void *arg)
{
	char    request[4096];
	ssize_t n;
	int     fd;

	while ((fd = accept4(at.fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		n = recv(fd, request, sizeof(request), 0);
		pthread_mutex_lock(&at.lock);
		if (n > 0 && send(fd, at.answer, at.n, MSG_NOSIGNAL) >= 0)
			shutdown(fd, SHUT_WR);
		pthread_mutex_unlock(&at.lock);
		close(fd);
	}
	return NULL;
}

static void begin_answer(void)
{
	struct sockaddr_un here = { .sun_family = AF_UNIX };

	snprintf(at.answer_path, sizeof(at.answer_path), "/tmp/psirt-fuzz-%d-answer", (int)getpid());
	memcpy(here.sun_path, at.answer_path, strlen(at.answer_path));
	unlink(at.answer_path);
	pthread_mutex_init(&at.lock, NULL);
	at.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	HOLDS(at.fd >= 0 && bind(at.fd, (struct sockaddr *)&here, sizeof(here)) == 0 && listen(at.fd, 16) == 0);
	HOLDS(pthread_create(&at.thread, NULL, answer_serve, NULL) == 0);
}

static void end_answer(void)
{
	shutdown(at.fd, SHUT_RDWR);
	pthread_join(at.thread, NULL);
	close(at.fd);
	unlink(at.answer_path);
}

static void run_answer(struct ctx *c, str bytes)
{
	struct client_to to = { .socket = str_of(at.answer_path), .seconds = 5 };
	struct call      call = { .target = S("/"), .max = 8192 };
	struct answer    out = { 0 };
	struct client   *cl;

	pthread_mutex_lock(&at.lock);
	at.n = bytes.n;
	if (bytes.n)
		memcpy(at.answer, bytes.p, bytes.n);
	pthread_mutex_unlock(&at.lock);
	call.headers.max = 4;
	HOLDS(client_open(c, &to, &cl));
	if (client_call(c, cl, &call, &out))
		HOLDS(out.status >= 100 && out.status <= 999 && out.body.n <= 8192);
	client_close(cl);
}

static const struct fuzz_target targets[] = {
	{ .name = "multipart", .run = run_multipart, .max = 4096 },
	{ .name = "target", .run = run_target, .max = 2048 },
	{ .name = "csv", .run = run_csv, .max = 4096 },
	{ .name = "config", .run = run_config, .max = 4096 },
	{ .name = "tzif", .run = run_tzif, .max = 4096 },
	{ .name = "parcel", .run = run_parcel, .max = 512 },
	{ .name = "request", .run = run_request, .max = 8192, .begin = begin_request, .end = end_request },
	{ .name = "answer", .run = run_answer, .max = 8192, .begin = begin_answer, .end = end_answer },
};

const struct fuzz_table fuzz_wire = { targets, sizeof(targets) / sizeof(*targets) };
