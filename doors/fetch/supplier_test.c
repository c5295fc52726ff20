/* `psirt csaf fetch` against a provider on the loopback address, good and hostile. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/test.h"
#include "doors/fetch/terminal.h"
#include "doors/keys/keyring.h"
#include "doors/keys/proof.h"
#include "doors/serve/services.h"
#include "platform/json/json.h"
#include "platform/op/op.h"

/* ---- the provider ---- */

enum kind { PLAIN, ENDLESS, HUGE };

struct sheet_of_site { str path, body, location; int status, from; enum kind kind; };   /* from: the first act in which it is there */

struct shared { int act, asked, documents; };   /* documents: answers 200 with a document */

struct provider {
	LIST(struct sheet_of_site) pages;
	struct shared *shared;
	struct keyring ring;
	str            home, key, url, folder;
	int            listener, port;
	pid_t          pid;
};

static void send_text(int fd, str s)
{
	while (s.n) {
		ssize_t k = write(fd, s.p, s.n);
		if (k <= 0)
			return;
		s = str_slice(s, (size_t)k, s.n);
	}
}

static void pour(int fd, int64_t n)
{
	char room[1 << 14];

	memset(room, ' ', sizeof(room));
	for (; n > 0; n -= (int64_t)sizeof(room))
		if (write(fd, room, sizeof(room)) <= 0)
			return;
}

static str etag_of(struct ctx *c, str body)
{
	return str_fmt(c->arena, "\"%llx\"", (unsigned long long)str_hash(body));
}

static void page_send(struct ctx *c, struct provider *p, int fd, const struct sheet_of_site *s, str head)
{
	str etag = etag_of(c, s->body);

	if (s->location.n) {
		send_text(fd, str_fmt(c->arena, "HTTP/1.1 302 F\r\nLocation: %.*s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", STR_ARG(s->location)));
	} else if (s->kind == ENDLESS) {
		send_text(fd, S("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
		pour(fd, INT64_MAX);
	} else if (s->kind == HUGE) {
		send_text(fd, S("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\nConnection: close\r\n\r\n{"));
		pour(fd, 104857599);
	} else if (s->status != 200) {
		send_text(fd, str_fmt(c->arena, "HTTP/1.1 %d N\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", s->status));
	} else if (str_find(head, etag, 0) != SIZE_MAX) {
		send_text(fd, S("HTTP/1.1 304 N\r\nConnection: close\r\n\r\n"));
	} else {
		p->shared->documents += str_find(s->path, S("/20"), 0) != SIZE_MAX && str_ends(s->path, S(".json"));
		send_text(fd, str_fmt(c->arena, "HTTP/1.1 200 OK\r\nETag: %.*s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", STR_ARG(etag), s->body.n));
		send_text(fd, s->body);
	}
}

static void serve_one(struct ctx *c, struct provider *p, int fd, str head)
{
	static const struct sheet_of_site nothing = { .status = 404 };
	const struct sheet_of_site       *s       = &nothing;
	str                               rest    = head, word, path = S("");

	(void)str_cut(&rest, ' ', &word);
	(void)str_cut(&rest, ' ', &path);
	p->shared->asked++;
	for (size_t i = 0; i < p->pages.n; i++)
		if (str_eq(p->pages.v[i].path, path) && p->pages.v[i].from <= p->shared->act)
			s = &p->pages.v[i];
	page_send(c, p, fd, s, head);
}

static void provider_serve(struct ctx *c, struct provider *p)
{
	p->pid = fork();
	if (p->pid)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		char    head[8192];
		int     fd = accept(p->listener, NULL, NULL);
		ssize_t n  = fd >= 0 ? recv(fd, head, sizeof(head), 0) : 0;
		if (n > 0)
			serve_one(c, p, fd, (str){ head, (size_t)n });
		if (fd >= 0)
			close(fd);
	}
}

static struct sheet_of_site *page(struct ctx *c, struct provider *p, str path, str body)
{
	struct sheet_of_site s = { .path = path, .body = body, .status = 200 };

	check(list_push(c->arena, &p->pages, s));
	return &p->pages.v[p->pages.n - 1];
}

static str sha512(struct ctx *c, str bytes)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned      n = 0;
	struct buf    b;

	check(EVP_Digest(bytes.p, bytes.n, sum, &n, EVP_sha512(), NULL) == 1);
	buf_init(&b, c->arena, 256);
	buf_hex(&b, sum, n);
	return buf_str(&b);
}

static str document(struct ctx *c, const char *id, const char *date, const char *title)
{
	return str_fmt(c->arena,
		"{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\",\"title\":\"%s\",\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},"
		"\"publisher\":{\"category\":\"vendor\",\"name\":\"Ex\",\"namespace\":\"https://ex.example\"},"
		"\"tracking\":{\"id\":\"%s\",\"status\":\"final\",\"version\":\"1\",\"initial_release_date\":\"2026-01-01T00:00:00Z\","
		"\"current_release_date\":\"%s\",\"revision_history\":[{\"number\":\"1\",\"date\":\"%s\",\"summary\":\"First\"}]}}}",
		title, id, date, date);
}

/* A document with its digest and signature, from an act on. */
static void document_put(struct ctx *c, struct provider *p, const char *name, str bytes, int act)
{
	str path = STR_CAT(c->arena, S("/white/2026/"), str_of(name)), seal, print;

	check_ok(c, keyring_sign(c, &p->ring, false, bytes, &print, &seal));
	page(c, p, path, bytes)->from = act;
	page(c, p, STR_CAT(c->arena, path, S(".sha512")), STR_CAT(c->arena, sha512(c, bytes), S("  x\n")))->from = act;
	page(c, p, STR_CAT(c->arena, path, S(".asc")), seal)->from = act;
}

static str entry(struct ctx *c, const struct provider *p, const char *path, const char *date)
{
	return str_fmt(c->arena, "{\"id\":\"x\",\"title\":\"T\",\"link\":[{\"rel\":\"self\",\"href\":\"%.*s%s\"}],\"updated\":\"%s\"}",
	               STR_ARG(p->url), path, date);
}

static void feed_put(struct ctx *c, struct provider *p, const str *entries, size_t n, int act)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 16);
	buf_add(&b, S("{\"feed\":{\"id\":\"f\",\"title\":\"F\",\"entry\":["));
	for (size_t i = 0; i < n; i++) {
		buf_add(&b, i ? S(",") : S(""));
		buf_add(&b, entries[i]);
	}
	buf_add(&b, S("],\"updated\":\"2026-01-01T00:00:00Z\"}}"));
	page(c, p, S("/white/feed.json"), buf_str(&b))->from = act;
}

static void metadata_put(struct ctx *c, struct provider *p, bool feed, const char *role)
{
	str way = feed ? S("{\"rolie\":{\"feeds\":[{\"summary\":\"all\",\"tlp_label\":\"WHITE\",\"url\":\"URL/white/feed.json\"}]}}")
	               : S("{\"directory_url\":\"URL/white/\"}");
	str text = str_fmt(c->arena, "{\"canonical_url\":\"URL/provider-metadata.json\",\"distributions\":[%.*s],"
		"\"last_updated\":\"2026-01-01T00:00:00Z\",\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.0\","
		"\"mirror_on_CSAF_aggregators\":true,\"public_openpgp_keys\":[{\"fingerprint\":\"%.*s\",\"url\":\"URL/key.asc\"}],"
		"\"publisher\":{\"category\":\"vendor\",\"name\":\"Ex\",\"namespace\":\"https://ex.example\"},\"role\":\"%s\"}",
		STR_ARG(way), STR_ARG(p->key), role);
	struct buf b;
	size_t     at = 0, next;

	buf_init(&b, c->arena, 1 << 16);
	while ((next = str_find(text, S("URL"), at)) != SIZE_MAX) {
		buf_add(&b, str_slice(text, at, next));
		buf_add(&b, p->url);
		at = next + 3;
	}
	buf_add(&b, str_slice(text, at, text.n));
	page(c, p, S("/provider-metadata.json"), str_dup(c->arena, buf_str(&b)));
}

static void provider_open(struct ctx *c, struct provider *p)
{
	struct sockaddr_in at  = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t          len = sizeof(at);
	char               home[] = "/tmp/psirt-supplier.XXXXXX";
	str                key;

	*p          = (struct provider){ .pages.max = 200 };
	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	check(p->listener >= 0 && bind(p->listener, (struct sockaddr *)&at, len) == 0 && listen(p->listener, 16) == 0);
	check(getsockname(p->listener, (struct sockaddr *)&at, &len) == 0);
	p->port   = ntohs(at.sin_port);
	p->url    = str_fmt(c->arena, "http://127.0.0.1:%d", p->port);
	p->shared = mmap(NULL, sizeof(*p->shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(mkdtemp(home) != NULL);
	p->home   = str_dup(c->arena, str_of(home));
	p->folder = STR_CAT(c->arena, p->home, S("/got"));
	check_ok(c, keyring_make(c, p->home));
	check_ok(c, keyring_open(c, &p->ring, p->home));
	check_ok(c, keyring_new(c, &p->ring, S("Ex <p@ex.example>"), 1, &p->key));
	check_ok(c, keyring_export(c, &p->ring, p->key, &key));
	page(c, p, S("/key.asc"), key);
}

static void provider_close(struct ctx *c, struct provider *p)
{
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	close(p->listener);
	keyring_close(&p->ring);
	keyring_rest(c, p->home);
	proof_close();
	(void)!system(cstr(c->arena, STR_CAT(c->arena, S("rm -rf "), p->home)));
}

/* ---- the tool ---- */

struct outcome { int status; int64_t fresh, changed, same, refused; str text, err; };

static const struct tool *tool_of(str name)
{
	for (size_t i = 0; services[i]; i++)
		for (const struct tool *t = services[i]->tools; t && t->name; t++)
			if (str_eq(str_of(t->name), name))
				return t;
	return NULL;
}

static struct outcome fetch(struct ctx *c, const struct provider *p, const char *option)
{
	static struct front front;
	struct outcome      o = { 0 };
	struct buf          out, err;
	char               *argv[4] = { "--json", cstr(c->arena, STR_CAT(c->arena, S("--into="), p->folder)),
		cstr(c->arena, STR_CAT(c->arena, p->url, S("/provider-metadata.json"))), cstr(c->arena, str_of(option ? option : "")) };
	const struct json  *sum;
	str                 rest, line, last = S("");

	front.reach = &reach_terminal;
	c->front    = &front;
	buf_init(&out, c->arena, 1 << 20);
	buf_init(&err, c->arena, 1 << 16);
	o.status = tool_of(S("csaf fetch"))->run(c, option ? 4 : 3, argv, &out, &err);
	o.text   = rest = buf_str(&out);
	o.err    = buf_str(&err);
	c->fault = (struct fault){ 0 };
	while (str_cut(&rest, '\n', &line))
		last = line.n ? line : last;
	if (last.n && json_parse(c, last, NULL, &sum)) {
		(void)!json_int(json_get(sum, S("new")), &o.fresh);
		(void)!json_int(json_get(sum, S("changed")), &o.changed);
		(void)!json_int(json_get(sum, S("same")), &o.same);
		(void)!json_int(json_get(sum, S("refused")), &o.refused);
	}
	return o;
}

static bool is_there(struct ctx *c, const struct provider *p, const char *path)
{
	return access(cstr(c->arena, STR_CAT(c->arena, p->folder, S("/"), str_of(path))), R_OK) == 0;
}

static bool has(const struct outcome *o, const char *words)
{
	return str_find(o->text, str_of(words), 0) != SIZE_MAX || str_find(o->err, str_of(words), 0) != SIZE_MAX;
}

/* ---- stories ---- */

static void good_provider(struct ctx *c, struct provider *p, bool feed)
{
	str one, two;

	provider_open(c, p);
	metadata_put(c, p, feed, "csaf_trusted_provider");
	document_put(c, p, "ex-1.json", document(c, "EX-1", "2026-01-01T00:00:00Z", "One"), 0);
	document_put(c, p, "ex-2.json", document(c, "EX-2", "2026-02-01T00:00:00Z", "Two"), 0);
	document_put(c, p, "ex-2.json", document(c, "EX-2", "2026-03-01T00:00:00Z", "Two again"), 1);
	one = entry(c, p, "/white/2026/ex-1.json", "2026-01-01T00:00:00Z");
	two = entry(c, p, "/white/2026/ex-2.json", "2026-02-01T00:00:00Z");
	feed_put(c, p, (const str[]){ two, one }, 2, 0);
	feed_put(c, p, (const str[]){ entry(c, p, "/white/2026/ex-2.json", "2026-03-01T00:00:00Z"), one }, 2, 1);
	page(c, p, S("/white/index.txt"), S("2026/ex-1.json\n2026/ex-2.json\n"));
	page(c, p, S("/white/changes.csv"), S("\"2026/ex-2.json\",\"2026-02-01T00:00:00Z\"\n\"2026/ex-1.json\",\"2026-01-01T00:00:00Z\"\n"));
	page(c, p, S("/white/changes.csv"), S("\"2026/ex-2.json\",\"2026-03-01T00:00:00Z\"\n\"2026/ex-1.json\",\"2026-01-01T00:00:00Z\"\n"))->from = 1;
	provider_serve(c, p);
}

static void incremental(struct ctx *c, bool feed)
{
	struct provider p;
	struct outcome  o;
	int             asked;

	good_provider(c, &p, feed);
	o = fetch(c, &p, NULL);
	check_str(str_fmt(c->arena, "%d %lld %.*s%.*s", o.status, (long long)o.fresh, STR_ARG(o.err), 0, ""), S("0 2 "));
	check_int(p.shared->documents, 2);
	check(is_there(c, &p, "white/2026/ex-1.json") && is_there(c, &p, "white/2026/ex-1.json.sha512") && is_there(c, &p, "white/2026/ex-1.json.asc"));
	asked = p.shared->asked;
	o = fetch(c, &p, NULL);
	check_int(o.status, 0);
	check_int(o.fresh + o.changed + o.refused, 0);
	check_int(p.shared->documents, 2);               /* nothing again */
	check_int(p.shared->asked - asked, feed ? 3 : 4);   /* metadata, key, and the lists: not changed */
	p.shared->act = 1;
	o = fetch(c, &p, NULL);
	check_int(o.changed, 1);
	check_int(o.fresh, 0);
	check_int(p.shared->documents, 3);
	provider_close(c, &p);
}

TEST(by_its_feed_a_provider_is_followed_and_nothing_comes_twice) { incremental(c, true); }
TEST(by_its_folder_a_provider_is_followed_and_nothing_comes_twice) { incremental(c, false); }

TEST(an_ended_run_goes_on_where_it_was)
{
	struct provider p;
	struct outcome  o;
	int             fd;

	good_provider(c, &p, true);
	o = fetch(c, &p, "--since=2026-01-15");
	check_int(o.fresh, 1);
	check(is_there(c, &p, "white/2026/ex-2.json") && !is_there(c, &p, "white/2026/ex-1.json"));
	/* a line cut short, a draft left behind */
	fd = open(cstr(c->arena, STR_CAT(c->arena, p.folder, S("/fetch.state"))), O_WRONLY | O_APPEND);
	check(fd >= 0 && write(fd, "{\"url\":\"http", 12) == 12);
	close(fd);
	fd = open(cstr(c->arena, STR_CAT(c->arena, p.folder, S("/.draft-aaaaaa"))), O_WRONLY | O_CREAT, 0600);
	close(fd);
	o = fetch(c, &p, NULL);
	check_int(o.fresh, 1);
	check_int(o.same, 1);
	check_int(p.shared->documents, 2);
	check(is_there(c, &p, "white/2026/ex-1.json") && !is_there(c, &p, ".draft-aaaaaa"));
	/* a file that somebody removed comes again */
	check(unlink(cstr(c->arena, STR_CAT(c->arena, p.folder, S("/white/2026/ex-1.json")))) == 0);
	p.shared->act = 1;
	o = fetch(c, &p, NULL);
	check(is_there(c, &p, "white/2026/ex-1.json"));
	provider_close(c, &p);
}

/* A list with one document that is good and one that is not: why it was refused, and that it is not kept. */
static void refused(struct ctx *c, struct provider *p, const char *path, const char *why)
{
	struct outcome o;

	document_put(c, p, "ex-1.json", document(c, "EX-1", "2026-01-01T00:00:00Z", "One"), 0);
	feed_put(c, p, (const str[]){ entry(c, p, path, "2026-02-01T00:00:00Z"), entry(c, p, "/white/2026/ex-1.json", "2026-01-01T00:00:00Z") }, 2, 0);
	provider_serve(c, p);
	o = fetch(c, p, "--max-mb=1");
	check_str(str_fmt(c->arena, "%s: %d %d %s", path, o.status, (int)o.refused, has(&o, why) ? "" : cstr(c->arena, o.text)),
	          str_fmt(c->arena, "%s: 1 1 ", path));
	check_int(o.fresh, 1);
	check(is_there(c, p, "white/2026/ex-1.json"));
	check(!is_there(c, p, "white/2026/ex-9.json"));
	check(!is_there(c, p, "white/ex-9.json"));
	provider_close(c, p);
}

static void hostile_open(struct ctx *c, struct provider *p)
{
	provider_open(c, p);
	metadata_put(c, p, true, "csaf_trusted_provider");
	document_put(c, p, "ex-9.json", document(c, "EX-9", "2026-01-01T00:00:00Z", "Nine"), 0);
}

TEST(what_a_hostile_provider_sends_is_refused_with_the_reason)
{
	static const struct { const char *what, *why; } cases[] = {
		{ "digest", "Its digest is not that of the file .sha512" }, { "no digest", "It has no digest" },
		{ "signature", "Its signature is not good" }, { "no signature", "It has no signature" },
		{ "endless", "longer than is allowed" }, { "huge", "longer than is allowed" }, { "loop", "leads on too often" },
		{ "private", "may not be asked" }, { "schema", "It is no CSAF document" }, { "name", "It would have to be called ex-7.json" },
		{ "gone", "It answers 404" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct provider p;
		str             path = S("/white/2026/ex-9.json"), w = str_of(cases[i].what);
		hostile_open(c, &p);
		if (str_eq(w, S("digest")))
			page(c, &p, S("/white/2026/ex-9.json.sha512"), sha512(c, S("other")));
		else if (str_eq(w, S("no digest")))
			page(c, &p, S("/white/2026/ex-9.json.sha512"), S(""))->status = 404;
		else if (str_eq(w, S("signature")))
			document_put(c, &p, "ex-8.json", document(c, "EX-8", "2026-01-01T00:00:00Z", "Eight"), 0), page(c, &p, S("/white/2026/ex-9.json.asc"), p.pages.v[p.pages.n - 1].body);
		else if (str_eq(w, S("no signature")))
			page(c, &p, S("/white/2026/ex-9.json.asc"), S(""))->status = 404;
		else if (str_eq(w, S("endless")))
			page(c, &p, path, S(""))->kind = ENDLESS;
		else if (str_eq(w, S("huge")))
			page(c, &p, path, S(""))->kind = HUGE;
		else if (str_eq(w, S("loop")))
			page(c, &p, path, S(""))->location = path;
		else if (str_eq(w, S("private")))
			page(c, &p, path, S(""))->location = S("http://169.254.169.254/latest.json");
		else if (str_eq(w, S("schema")))
			document_put(c, &p, "ex-9.json", S("{\"document\":{}}"), 0);
		else if (str_eq(w, S("name")))
			document_put(c, &p, "ex-9.json", document(c, "EX-7", "2026-01-01T00:00:00Z", "Seven"), 0);
		else
			page(c, &p, path, S(""))->status = 404;
		refused(c, &p, "/white/2026/ex-9.json", cases[i].why);
	}
}

TEST(addresses_that_lead_elsewhere_are_refused)
{
	static const struct { const char *href, *why; } cases[] = {
		{ "/white/../../../../etc/ex-9.json", "is not that of a CSAF document" },
		{ "/white/2026/..%2f..%2fex-9.json", "is not that of a CSAF document" },
		{ "/white/2026/.ex-9.json", "is not that of a CSAF document" },
		{ "/white/2026/ex-9.json?x=/../y.sh", "is not that of a CSAF document" },
		{ "@10.0.0.1/2026/ex-9.json", "on another host" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct provider p;
		hostile_open(c, &p);
		refused(c, &p, cases[i].href, cases[i].why);
	}
}

TEST(lists_that_are_none_are_told_and_nothing_is_kept)
{
	static const char *const bodies[] = { "", "\xff\xfe", "{}", "{\"feed\":3}", "{\"feed\":{\"entry\":[{\"link\":[3,{}]}]}}x", "[[[[" };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct provider p;
		struct outcome  o;
		provider_open(c, &p);
		metadata_put(c, &p, true, "csaf_provider");
		page(c, &p, S("/white/feed.json"), str_of(bodies[i]));
		provider_serve(c, &p);
		o = fetch(c, &p, NULL);
		check_int(o.status, 1);
		check_int(o.refused, 1);
		provider_close(c, &p);
	}
}

TEST(where_there_is_no_provider_it_is_said)
{
	static const char *const bodies[] = { "", "nonsense", "{}", "[]" };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct provider p;
		struct outcome  o;
		provider_open(c, &p);
		page(c, &p, S("/provider-metadata.json"), str_of(bodies[i]));
		provider_serve(c, &p);
		o = fetch(c, &p, NULL);
		check_int(o.status, 3);
		check(o.err.n > 0);
		check(!is_there(c, &p, ""));
		provider_close(c, &p);
	}
}
