#include "platform/http/exchange.h"

#include <string.h>

#include "base/list.h"
#include "platform/http/target.h"

/* What the headers that may stand only once said. */
struct framing {
	struct exchange *x;
	int  host, length, coding, type, expect;
	str  length_text, coding_text;
	bool wrong, many;
};

static bool refuse(struct exchange *x, int status)
{
	x->status = status;
	return false;
}

static bool is_token(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		bool ok = (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
		          (ch >= 'a' && ch <= 'z') || (ch && strchr("!#$%&'*+-.^_`|~", ch));
		if (!ok)
			return false;
	}
	return s.n > 0;
}

static bool is_value(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] < ' ' && s.p[i] != '\t') || s.p[i] == 0x7F)
			return false;
	return utf8_check(s, NULL);
}

static void framing_add(struct framing *m, str name, str value)
{
	if (str_eq_nocase(name, S("host"))) {
		m->host++;
		m->x->r.host = value;
	} else if (str_eq_nocase(name, S("content-length"))) {
		m->length++;
		m->length_text = value;
	} else if (str_eq_nocase(name, S("transfer-encoding"))) {
		m->coding++;
		m->coding_text = value;
	} else if (str_eq_nocase(name, S("content-type"))) {
		m->type++;
	} else if (str_eq_nocase(name, S("expect"))) {
		m->expect++;
		m->x->expects = str_eq_nocase(value, S("100-continue"));
	}
}

static enum MHD_Result header_take(void *cls, UNUSED enum MHD_ValueKind kind,
                                   const char *key, size_t key_n,
                                   const char *value, size_t value_n)
{
	struct framing  *m = cls;
	struct exchange *x = m->x;
	str name = { key, key_n };
	str text = value ? str_trim((str){ value, value_n }) : S("");

	if ((int)x->r.headers.n >= x->http->cfg.headers) {
		m->many = true;
		return MHD_NO;
	}
	if (!is_token(name) || !is_value(text)) {
		m->wrong = true;
		return MHD_NO;
	}
	name = str_dup(&x->arena, name);
	text = str_dup(&x->arena, text);
	framing_add(m, name, text);
	if (!list_push(&x->arena, &x->r.headers,
	               (struct field){ .name = name, .value = text, .fd = -1 }))
		m->many = true;
	return m->many ? MHD_NO : MHD_YES;
}

static bool host_check(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];
		if (!((ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
		      (ch >= 'a' && ch <= 'z') || (ch && strchr("-._:[]", ch))))
			return false;
	}
	return s.n > 0 && s.n <= 255;
}

/* RFC 9112 3.2 and 6.3: what may stand once stands once. */
static bool once_check(struct ctx *c, const struct framing *m, bool old)
{
	if (m->host > 1 || (m->host == 0 && !old) || (m->host && !host_check(m->x->r.host)))
		return fault(c, E_USAGE, "Host", N_("Exactly one valid Host header is required."));
	if (m->length > 1 || m->coding > 1 || m->type > 1 || m->expect > 1)
		return fault(c, E_USAGE, "head", N_("A header that may stand once stands twice."));
	return true;
}

/* RFC 9112 6.1: how long the body is must be beyond doubt. */
static bool coding_check(struct ctx *c, const struct framing *m, bool old)
{
	if (!m->coding)
		return true;
	if (m->length)
		return fault(c, E_USAGE, "Transfer-Encoding",
		             N_("Content-Length and Transfer-Encoding exclude each other."));
	if (old)
		return fault(c, E_USAGE, "Transfer-Encoding",
		             N_("HTTP/1.0 has no Transfer-Encoding."));
	if (str_eq_nocase(m->coding_text, S("chunked")))
		return true;
	(void)fault(c, E_USAGE, "Transfer-Encoding",
	            N_("Only the transfer encoding chunked is known here."));
	return refuse(m->x, 501);
}

static bool framing_check(struct exchange *x, const struct framing *m, bool old)
{
	struct ctx *c = &x->ctx;

	TRY(once_check(c, m, old));
	TRY(coding_check(c, m, old));
	if (m->expect && !x->expects) {
		(void)fault(c, E_USAGE, "Expect", N_("This expectation is not known here."));
		return refuse(x, 417);
	}
	x->chunked = m->coding == 1;
	x->length  = -1;
	if (m->length && (m->length_text.n > 15 || !str_to_int(m->length_text, &x->length) ||
	                  x->length < 0))
		return fault(c, E_USAGE, "Content-Length", N_("Content-Length is not a number."));
	x->has_body = x->chunked || x->length > 0;
	return true;
}

static bool method_check(struct exchange *x, str method)
{
	static const char *const known[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE",
	                                     "OPTIONS" };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq(method, str_of(known[i])))
			return true;
	(void)fault(&x->ctx, E_METHOD, "method", N_("This method is not known here."));
	return refuse(x, 501);
}

static bool version_check(struct exchange *x, str version)
{
	if (str_eq(version, S("HTTP/1.1")) || str_eq(version, S("HTTP/1.0")))
		return true;
	(void)fault(&x->ctx, E_USAGE, NULL, N_("Only HTTP/1.1 is spoken here."));
	return refuse(x, 505);
}

static bool size_fault(struct exchange *x, int status, const char *where, const char *text,
                       size_t max)
{
	(void)fault(&x->ctx, E_LIMIT, where, text, str_fmt(&x->arena, "%zu", max));
	return refuse(x, status);
}

static bool head_size(struct exchange *x)
{
	const union MHD_ConnectionInfo *size =
		MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return !size || size->header_size <= x->http->cfg.head ||
	       size_fault(x, 431, "head", N_("The head of a request has at most {1} bytes."),
	                  x->http->cfg.head);
}

static bool headers_take(struct exchange *x, bool old)
{
	struct framing m = { .x = x };

	x->r.headers.max = (size_t)x->http->cfg.headers;
	MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, header_take, &m);
	if (m.wrong)
		return fault(&x->ctx, E_USAGE, "head", N_("A header is not well formed."));
	if (m.many)
		return size_fault(x, 431, "head", N_("A request has at most {1} headers."),
		                  (size_t)x->http->cfg.headers);
	return framing_check(x, &m, old);
}

/* Who asks: the socket's other end, or what a trusted proxy says. */
static void remote_find(struct exchange *x)
{
	struct request *r = &x->r;
	str list = request_header(r, S("x-forwarded-for")), part, last = STR_NONE;

	r->is_unix = x->conn->is_unix;
	r->uid     = x->conn->uid;
	r->gid     = x->conn->gid;
	r->pid     = x->conn->pid;
	r->peer    = x->conn->peer;
	r->remote  = r->peer;
	if (!address_in(r->is_unix ? S("unix") : r->peer, x->http->cfg.trusted))
		return;
	r->secure = str_eq_nocase(str_trim(request_header(r, S("x-forwarded-proto"))), S("https"));
	/* The last address that is not a trusted proxy's. */
	while (str_cut(&list, ',', &part)) {
		part = str_trim(part);
		if (!address_in(part, x->http->cfg.trusted))
			last = part;
	}
	if (last.n && last.n < 46)
		r->remote = last;
}

bool guard_check(struct exchange *x, const char *method, const char *version)
{
	struct ctx *c   = &x->ctx;
	bool        old = str_eq(str_of(version), S("HTTP/1.0"));

	x->r.method = str_dup(&x->arena, utf8_cut(str_of(method), 32));
	x->r.path   = S("/");
	if (!utf8_check(x->r.method, NULL) || !is_token(x->r.method))
		return fault(c, E_USAGE, "method", N_("The method is not well formed."));
	TRY(version_check(x, str_of(version)));
	TRY(headers_take(x, old));
	remote_find(x);
	TRY(method_check(x, x->r.method));
	if (x->target.n > x->http->cfg.target)
		return size_fault(x, 414, "target", N_("An address has at most {1} bytes."),
		                  x->http->cfg.target);
	TRY(head_size(x));
	TRY(target_parse(c, x->target, x->r.host, &x->r.path, &x->r.query_text));
	x->r.query.max = (size_t)x->http->cfg.params;
	if (!str_is_none(x->r.query_text))
		TRY(urlencoded_parse(c, x->r.query_text, &x->r.query));
	if (x->has_body && (str_eq(x->r.method, S("GET")) || str_eq(x->r.method, S("HEAD"))))
		return fault(c, E_USAGE, "body", N_("A request of this method has no body."));
	return true;
}
