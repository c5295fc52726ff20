#include "doors/fetch/terminal.h"

#include "base/buf.h"
#include "doors/fetch/courier.h"
#include "doors/keys/proof.h"

enum { HEADERS_MAX = 200 };

static bool header_put(struct ctx *c, struct fetch_call *f, str name, str value)
{
	return !value.n || list_push(c->arena, &f->headers, (struct fetch_header){ name, value });
}

static str header_of(const struct fetch_answer *a, str name)
{
	for (size_t i = 0; i < a->headers.n; i++)
		if (str_eq(a->headers.v[i].name, name))
			return a->headers.v[i].value;
	return STR_NONE;
}

static bool get(struct ctx *c, const struct reach_ask *ask, struct reach_answer *out)
{
	const struct reach_rules *r   = ask->rules;
	struct fetch_answer       got = { .headers = { .max = HEADERS_MAX } };
	struct fetch_config       cfg = { .allow = r->near ? S("127.0.0.0/8 ::1") : S(""), .plain = r->plain,
		.ca_file = r->ca_file, .ports = r->port ? str_fmt(c->arena, "%d", r->port) : S("") };
	struct fetch_call         f   = { .method = ask->head ? S("HEAD") : S("GET"), .url = ask->url, .headers = { .max = 8 }, .max = ask->max,
		.seconds = ask->seconds, .redirects = ask->redirects, .agent = ask->agent, .to_file = ask->to_file, .file = ask->file };

	*out = (struct reach_answer){ 0 };
	if (!header_put(c, &f, S("If-None-Match"), ask->etag) || !header_put(c, &f, S("If-Modified-Since"), ask->modified))
		return fault(c, E_LIMIT, NULL, NULL);
	if (!courier_go(c, &cfg, &f, ask->redirects >= 0, &got)) {
		out->status = got.status;
		return false;
	}
	*out = (struct reach_answer){ .status = got.status, .url = got.url, .redirects = got.redirects, .plain = got.plain,
		.type = got.type, .body = got.body, .etag = header_of(&got, S("etag")), .modified = header_of(&got, S("last-modified")),
		.origin = header_of(&got, S("access-control-allow-origin")), .size = got.size };
	return true;
}

const struct reach reach_terminal = { get, proof_key, proof_verify };
