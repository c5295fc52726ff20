#include "doors/fetch/courier.h"

#include <curl/curl.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/fetch/outside.h"
#include "platform/clock.h"

enum { HEADER_LINE = 8192 };

/* What is told to libcurl's callbacks. */
struct trip {
	struct ctx                *c;
	const struct fetch_config *cfg;
	struct fetch_answer       *out;
	const struct fetch_call   *call;
	struct buf                 body;
	int64_t                    size;
	bool                       forbidden, crowded, broken, over;   /* broken: the file takes no more; over: too long for it */
};

/* ---- callbacks ---- */

/* The address that is about to be connected to, after the name was resolved. */
static curl_socket_t socket_open(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct trip *t = arg;

	(void)purpose;
	if (outside_address(&to->addr) || outside_listed(&to->addr, t->cfg->allow))
		return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
	t->forbidden = true;
	return CURL_SOCKET_BAD;
}

static size_t file_take(struct trip *t, const char *p, size_t n)
{
	size_t done = 0;

	t->over = t->size + (int64_t)n > t->call->max;
	while (!t->over && done < n) {
		ssize_t k = write(t->call->file, p + done, n - done);
		if (k <= 0) {
			t->broken = true;
			return 0;
		}
		done += (size_t)k;
	}
	t->size += (int64_t)done;
	return t->over ? 0 : n;
}

static size_t body_take(char *p, size_t size, size_t n, void *arg)
{
	struct trip *t = arg;

	if (t->call->to_file)
		return file_take(t, p, size * n);
	t->size += (int64_t)(size * n);
	buf_add(&t->body, (str){ p, size * n });
	return t->body.full ? 0 : size * n;
}

static size_t header_take(char *p, size_t size, size_t n, void *arg)
{
	struct trip        *t    = arg;
	str                 line = str_trim((str){ p, size * n }), name;
	struct fetch_header h;

	if (str_starts(line, S("HTTP/"))) {   /* after a 100 Continue */
		t->out->headers.n = 0;
		return size * n;
	}
	if (size * n > HEADER_LINE)
		return 0;
	if (!str_cut(&line, ':', &name) || !name.n || !utf8_check(line, NULL) || !utf8_check(name, NULL))
		return size * n;
	h.name  = str_dup(t->c->arena, name);
	h.value = str_dup(t->c->arena, str_trim(line));
	for (size_t i = 0; i < h.name.n; i++)
		if (h.name.p[i] >= 'A' && h.name.p[i] <= 'Z')
			((char *)(uintptr_t)h.name.p)[i] = (char)(h.name.p[i] + 32);
	if (!list_push(t->c->arena, &t->out->headers, h)) {
		t->crowded = true;
		return 0;
	}
	return size * n;
}

/* ---- one request ---- */

static bool is_token(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7F || s.p[i] == ':')
			return false;
	return s.n > 0;
}

static bool header_add(struct ctx *c, struct curl_slist **list, str name, str value)
{
	struct curl_slist *more;

	if (!is_token(name) || str_find(value, S("\r"), 0) != SIZE_MAX || str_find(value, S("\n"), 0) != SIZE_MAX)
		return fault(c, E_INVALID, "headers", NULL);
	more = curl_slist_append(*list, cstr(c->arena, STR_CAT(c->arena, name, S(": "), value)));
	if (!more)
		return fault(c, E_UNAVAILABLE, NULL, NULL);
	*list = more;
	return true;
}

static bool said(struct ctx *c, const struct trip *t, CURLcode code)
{
	if (t->forbidden)
		return fault(c, E_FORBIDDEN, "url", N_("The address leads to a machine that may not be asked."));
	if (t->broken)
		return fault(c, E_DISK, NULL, NULL);
	if (t->body.full || t->crowded || t->over)
		return fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
	if (code == CURLE_OPERATION_TIMEDOUT)
		return fault(c, E_LIMIT, NULL, N_("This takes longer than is allowed."));
	if (code == CURLE_COULDNT_RESOLVE_HOST)
		return fault(c, E_UNAVAILABLE, "url", N_("The host of the address is not known."));
	if (code == CURLE_PEER_FAILED_VERIFICATION)
		return fault(c, E_UNAVAILABLE, "url", N_("The host of the address has no certificate that can be trusted."));
	return fault(c, E_UNAVAILABLE, "url", N_("The host of the address does not answer: {1}."),
	             str_dup(c->arena, str_of(curl_easy_strerror(code))));
}

static void settings(CURL *h, struct trip *t, const char *url, int64_t left_ms)
{
	curl_easy_setopt(h, CURLOPT_URL, url);
	curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, t->cfg->plain ? "http,https" : "https");
	curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(h, CURLOPT_PROXY, "");
	curl_easy_setopt(h, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(h, CURLOPT_USERAGENT, t->call->agent.n ? cstr(t->c->arena, t->call->agent) : "psirt");
	curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)left_ms);
	curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, (long)(left_ms < 10000 ? left_ms : 10000));
	curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, socket_open);
	curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, body_take);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, header_take);
	curl_easy_setopt(h, CURLOPT_HEADERDATA, t);
	if (t->cfg->ca_file)
		curl_easy_setopt(h, CURLOPT_CAINFO, t->cfg->ca_file);
}

static bool method_set(struct ctx *c, CURL *h, const struct fetch_call *f, struct curl_slist **list)
{
	if (str_eq(f->method, S("HEAD"))) {
		curl_easy_setopt(h, CURLOPT_NOBODY, 1L);
	} else if (str_eq(f->method, S("POST")) || str_eq(f->method, S("PUT"))) {
		curl_easy_setopt(h, CURLOPT_POST, 1L);
		if (str_eq(f->method, S("PUT")))
			curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, "PUT");
		curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)f->body.n);
		curl_easy_setopt(h, CURLOPT_POSTFIELDS, f->body.p ? f->body.p : "");
		TRY(header_add(c, list, S("Content-Type"), f->type.n ? f->type : S("application/octet-stream")));
	} else if (!str_eq(f->method, S("GET"))) {
		return fault(c, E_INVALID, "method", NULL);
	}
	for (size_t i = 0; i < f->headers.n; i++)
		TRY(header_add(c, list, f->headers.v[i].name, f->headers.v[i].value));
	return true;
}

static struct curl_slist *names_list(struct ctx *c, str list)
{
	struct curl_slist *out = NULL;
	str                one;

	while (str_cut(&list, ' ', &one))
		out = curl_slist_append(out, cstr(c->arena, one));
	return out;
}

/* Perform it; *next is where it redirects to, or none. */
static bool once(struct trip *t, CURL *h, const struct fetch_call *f, int64_t left_ms, str *next)
{
	struct ctx        *c       = t->c;
	struct curl_slist *headers = NULL, *names = names_list(c, t->cfg->resolve);
	const char        *to = NULL, *type = NULL;
	long               status = 0;
	CURLcode           code;
	bool               ok;

	*next = STR_NONE;
	t->out->headers.n = 0;
	t->body.n         = 0;
	t->size           = 0;
	t->out->plain |= !str_starts(f->url, S("https:"));
	if (f->to_file && (ftruncate(f->file, 0) != 0 || lseek(f->file, 0, SEEK_SET) != 0))
		return fault(c, E_DISK, NULL, NULL);
	curl_easy_reset(h);
	settings(h, t, cstr(c->arena, f->url), left_ms);
	ok = method_set(c, h, f, &headers);
	if (ok) {
		curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
		curl_easy_setopt(h, CURLOPT_RESOLVE, names);
		code = curl_easy_perform(h);
		ok   = code == CURLE_OK || said(c, t, code);
	}
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	t->out->status = (int)status;
	if (ok) {
		curl_easy_getinfo(h, CURLINFO_REDIRECT_URL, &to);
		curl_easy_getinfo(h, CURLINFO_CONTENT_TYPE, &type);
		t->out->url    = f->url;
		t->out->type   = type ? str_dup(c->arena, str_of(type)) : S("");
		*next          = to ? str_dup(c->arena, str_of(to)) : STR_NONE;
	}
	curl_slist_free_all(headers);
	curl_slist_free_all(names);
	return ok;
}

/* ---- with redirects ---- */

/* The call as it goes on after a redirect. */
static bool turn(struct ctx *c, const struct fetch_config *cfg, struct fetch_call *f, int status, str next)
{
	struct outside_url from, to;

	TRY(outside_url(c, f->url, cfg->plain, cfg->ports, &from));
	TRY(outside_url(c, next, cfg->plain, cfg->ports, &to));
	if (str_eq_nocase(from.scheme, S("https")) && !str_eq_nocase(to.scheme, S("https")))
		return fault(c, E_FORBIDDEN, "url", N_("The address leads from https to another scheme."));
	if (!str_eq_nocase(from.host, to.host) || from.port != to.port)
		f->headers.n = 0;   /* what may be a secret is for its host alone */
	if (status == 303 || (status < 303 && str_eq(f->method, S("POST"))))
		f->method = S("GET");
	f->url = next;
	return true;
}

static bool travel(struct trip *t, CURL *h, struct fetch_call *f, bool follows)
{
	struct ctx *c     = t->c;
	int64_t     until = clock_steady() + f->seconds * SECOND, left;
	str         next;

	for (int hop = 0;; hop++) {
		struct outside_url u;
		TRY(outside_url(c, f->url, t->cfg->plain, t->cfg->ports, &u));
		left = (until - clock_steady()) / 1000;
		if (left <= 0)
			return fault(c, E_LIMIT, NULL, N_("This takes longer than is allowed."));
		TRY(once(t, h, f, left, &next));
		if (!next.n || !follows)
			return true;
		if (hop >= f->redirects)
			return fault(c, E_LIMIT, "url", N_("The address leads on too often."));
		t->out->redirects++;
		TRY(turn(c, t->cfg, f, t->out->status, next));
	}
}

bool courier_go(struct ctx *c, const struct fetch_config *cfg, const struct fetch_call *f, bool follows,
                struct fetch_answer *out)
{
	struct fetch_call call = *f;
	struct trip       t    = { .c = c, .cfg = cfg, .out = out, .call = f };
	static CURL      *h;   /* one for the process: its connections stay open for the next call */
	bool              ok;

	buf_init(&t.body, c->arena, f->to_file ? 0 : (size_t)f->max);
	if (!h) {
		curl_global_init(CURL_GLOBAL_DEFAULT);
		h = curl_easy_init();
	}
	if (!h)
		return fault(c, E_UNAVAILABLE, NULL, NULL);
	ok = travel(&t, h, &call, follows);
	out->body = buf_str(&t.body);
	out->size = t.size;
	return ok;
}
