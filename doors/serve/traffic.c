#include "doors/serve/station.h"

#include "doors/web/asset.h"
#include "platform/log.h"
#include "platform/text/word.h"
#include "record/session.h"

enum { WORD_MAX = 24, ID_LENGTH = 26, SEGMENT_MAX = 64 };

const char *traffic_route(const struct front *f, str method, str path, bool *known)
{
	static const char *const own[] = { "/healthz", "/readyz", "/metrics", "/" };
	struct path_vars   vars = { 0 };
	const struct op   *o = NULL;
	const struct view *v = NULL;
	struct asset       file;

	*known = true;
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (str_eq(path, str_of(own[i])))
			return own[i];
	if (path.n && asset_find(path, &file))
		return "asset";
	if (str_starts(path, S("/api/v1/")))
		path = str_slice(path, 7, path.n);
	if (path.n && (str_eq(method, S("GET")) || str_eq(method, S("HEAD"))))
		v = view_route(f, path, &vars);
	else if (path.n)
		o = op_route(f, method, path, &vars);
	*known = o || v;
	return o ? o->name : v ? v->name : "other";
}

/* A receipt code (four groups of five), a token, or a long word without a stop: perhaps a secret. */
static bool is_secret(str part)
{
	size_t hyphens = 0, stops = 0;

	for (size_t i = 0; i < part.n; i++) {
		hyphens += part.p[i] == '-' && i % 6 == 5;
		stops   += part.p[i] == '.' || part.p[i] == '-';
	}
	return (part.n == 23 && hyphens == 3) || (part.n == 20 && !stops) || (part.n > ID_LENGTH && !stops) ||
	       str_starts(part, S("psirt_")) || part.n > SEGMENT_MAX;
}

static bool is_plain(str part, bool known)
{
	if (!known && part.n > WORD_MAX)
		return false;
	for (size_t i = 0; i < part.n; i++) {
		char x = part.p[i];
		bool word = (x >= 'a' && x <= 'z') || x == '-' || x == '_' || x == '.';
		if (!word && !(known && ((x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '~')))
			return false;
	}
	return true;
}

str traffic_path(struct ctx *c, str path, bool known)
{
	struct buf b;
	str        part;
	bool       first = true;

	buf_init(&b, c->arena, 512);
	if (str_starts(path, S("/api/v1/"))) {
		buf_add(&b, S("/api/v1"));
		path = str_slice(path, 7, path.n);
	}
	while (str_cut(&path, '/', &part)) {
		if (!first)
			buf_char(&b, '/');
		first = false;
		buf_add(&b, is_plain(part, known) && !is_secret(part) ? part : S("…"));
	}
	return buf_str(&b);
}

/* Of a table, column or statement. */
static bool is_name(str s)
{
	bool line = str_find(s, S("_"), 0) != SIZE_MAX;

	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '_' || s.p[i] == '.' || (digit && line)))
			return false;
	}
	return s.n <= SEGMENT_MAX && !str_starts(s, S("psirt_"));
}

str traffic_cause(struct ctx *c, const struct fault *f)
{
	enum lang  mine = c->lang;
	str        rest, part;
	struct buf b;
	bool       inside = false;

	c->lang = LANG_EN;
	rest    = word_fault(c, f);
	c->lang = mine;
	buf_init(&b, c->arena, 1000);
	while (str_cut(&rest, '"', &part)) {
		if (inside)
			buf_char(&b, '"');
		buf_add(&b, !inside || is_name(part) ? part : S("…"));
		if (inside)
			buf_char(&b, '"');
		inside = !inside;
	}
	return buf_str(&b);
}

/* Who asked, without being a mark of a finder: their id is made of the receipt code. */
static str actor_shown(const struct ctx *c)
{
	if (!c->actor || !c->actor->id.n)
		return S("");
	return c->actor->roles & ROLE_FINDER ? S("finder") : c->actor->id;
}

void traffic_tell(struct ctx *c, struct station *s, const struct request *r, const struct response *out, int64_t micros)
{
	bool        known, sound;
	str         method = str_is_none(r->method) ? S("") : r->method, path = str_is_none(r->path) ? S("") : r->path;
	const char *route  = traffic_route(&s->node->front, method, path, &known);
	int         status = out->status ? out->status : 200;
	int64_t     bytes  = out->fd >= 0 ? out->size : (int64_t)out->body.n;
	str         code, cause, place;

	meter_count(s->meter, route, status, micros);
	sound = status < 500;
	if (sound && !s->tells)
		return;
	bytes = str_eq(method, S("HEAD")) ? 0 : bytes;
	path  = traffic_path(c, path, known);
	code  = status >= 400 && c->fault.code ? str_of(fault_name(c->fault.code)) : S("");
	if (sound) {
		log_event(LEVEL_INFO, "request", LOG_TEXT("id", r->id), LOG_TEXT("method", method), LOG_TEXT("path", path),
		          LOG_INT("status", status), LOG_INT("bytes", bytes), LOG_INT("micros", micros),
		          LOG_TEXT("actor", actor_shown(c)), LOG_TEXT("operation", known ? str_of(route) : S("")),
		          LOG_TEXT("fault", code));
		return;
	}
	cause = c->fault.code ? traffic_cause(c, &c->fault) : S("");
	place = c->fault.file ? str_fmt(c->arena, "%s:%d", c->fault.file, c->fault.at) : S("");
	log_event(LEVEL_ERROR, "request", LOG_TEXT("id", r->id), LOG_TEXT("method", method), LOG_TEXT("path", path),
	          LOG_INT("status", status), LOG_INT("bytes", bytes), LOG_INT("micros", micros),
	          LOG_TEXT("actor", actor_shown(c)), LOG_TEXT("operation", known ? str_of(route) : S("")),
	          LOG_TEXT("fault", code), LOG_TEXT("cause", cause), LOG_TEXT("source", place));
}
