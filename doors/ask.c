#include "doors/ask.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/secret.h"
#include "platform/json/json.h"
#include "platform/op/opening.h"
#include "platform/text/word.h"

enum { TAG_BYTES = 16 };

static bool is_https(const struct ctx *c)
{
	return str_starts(front_of(c)->base_url, S("https://"));
}

static str cookie_name(const struct ctx *c)
{
	return is_https(c) ? S("__Host-psirt") : S("psirt");
}

/*
 * An IPv4 address, or the 64 bits of an IPv6 address that name a network.  What comes from this
 * machine comes from a proxy that is not trusted with the address, for anybody.
 */
static str from_of(const struct ask *q)
{
	unsigned char at[16];
	struct buf    b;
	const char   *remote = cstr(q->c->arena, q->r->remote.p ? q->r->remote : S(""));

	if (inet_pton(AF_INET6, remote, at) != 1)
		return q->r->remote.n && !str_starts(q->r->remote, S("127.")) ? q->r->remote : STR_NONE;
	if (IN6_IS_ADDR_LOOPBACK((const struct in6_addr *)(const void *)at))
		return STR_NONE;
	buf_init(&b, q->c->arena, 16);
	buf_hex(&b, at, 8);
	return buf_str(&b);
}

bool ask_session(struct ask *q)
{
	struct ctx *c    = q->c;
	str         have = request_cookie(q->r, cookie_name(c));

	q->may_write = true;
	q->who       = (struct actor){ .id = S("") };
	if (str_starts(have, S("receipt:"))) {
		str code    = str_slice(have, 8, have.n);
		q->who      = receipt_actor(c, code);
		q->who.csrf = secret_digest(c, STR_CAT(c->arena, S("csrf:"), code));
	} else if (have.n) {
		TRY(session_enter(c, have, &q->who, &q->account_lang));
	}
	q->who.channel = CHANNEL_WEB;
	q->who.agent   = request_header(q->r, S("User-Agent"));
	q->who.from    = from_of(q);
	c->actor       = &q->who;
	return true;
}

bool ask_renew(struct ask *q, str cookie)
{
	TRY(session_actor(q->c, cookie, &q->who, &q->account_lang));
	q->who.channel = CHANNEL_WEB;
	q->who.from    = from_of(q);
	return true;
}

bool ask_token(struct ask *q)
{
	struct ctx *c    = q->c;
	str         have = request_header(q->r, S("Authorization"));

	q->who   = (struct actor){ .id = S("") };
	/* A proxy that runs as root speaks for others. */
	q->local = q->r->is_unix && (q->r->uid == 0 || q->r->uid == (int64_t)getuid()) &&
	           !request_header(q->r, S("X-Forwarded-For")).p && !request_header(q->r, S("Forwarded")).p;
	if (have.n) {
		if (!str_eq_nocase(str_slice(have, 0, 7), S("Bearer ")))
			return fault(c, E_AUTH, NULL, N_("Use a token: Authorization: Bearer TOKEN."));
		TRY(token_actor(c, str_trim(str_slice(have, 7, have.n)), &q->who, &q->may_write));
	}
	if (q->local && q->who.id.n == 0) {
		q->who       = (struct actor){ .id = S("local"), .name = S("local administrator"),
		                               .roles = ROLE_LOCAL, .sight = S("") };
		q->may_write = true;
	}
	q->who.channel = q->r->is_unix ? CHANNEL_CLI : CHANNEL_API;
	q->who.from    = from_of(q);
	c->actor       = &q->who;
	return true;
}

/* The first of "ja,en;q=0.8" that the house speaks. */
static bool accept_language(str list, enum lang *out)
{
	str part;

	while (str_cut(&list, ',', &part))
		if (lang_parse(str_slice(str_trim(part), 0, 2), out))
			return true;
	return false;
}

void ask_language(struct ask *q)
{
	struct ctx *c = q->c;

	c->zone = q->who.zone.n ? q->who.zone : front_of(c)->zone.n ? front_of(c)->zone : S("UTC");
	if (lang_parse(field_value(&q->r->query, S("lang")), &c->lang)) {
		ask_plain_cookie(q, "lang", lang_code(c->lang), 365 * 86400);
		return;
	}
	if (lang_parse(request_cookie(q->r, S("lang")), &c->lang))
		return;
	c->lang = q->account_lang;
	if (q->who.session.n == 0)
		(void)accept_language(request_header(q->r, S("Accept-Language")), &c->lang);
}

static bool take_vars(struct ctx *c, const struct path_vars *vars, struct args *a)
{
	for (size_t i = 0; i < vars->n; i++)
		TRY(args_take(c, a, vars->v[i].name, vars->v[i].value, true));
	return true;
}

bool ask_query(struct ask *q, const struct path_vars *vars, struct args *a)
{
	TRY(take_vars(q->c, vars, a));
	for (size_t i = 0; i < q->r->query.n; i++)
		TRY(args_take(q->c, a, q->r->query.v[i].name, q->r->query.v[i].value, false));
	return true;
}

static bool is_var(const struct path_vars *vars, str name)
{
	for (size_t i = 0; i < vars->n; i++)
		if (str_eq(vars->v[i].name, name))
			return true;
	return false;
}

static bool take_form(struct ask *q, const struct path_vars *vars, struct args *a)
{
	struct ctx *c = q->c;

	for (size_t i = 0; i < q->r->form.n; i++) {
		const struct field *f = &q->r->form.v[i];
		if (str_starts(f->name, S("_")) || is_var(vars, f->name))
			continue;
		if (!str_is_none(f->filename) || f->fd >= 0) {
			struct file_part *p = NEW(c->arena, struct file_part);
			*p = (struct file_part){ f->filename, f->type, f->fd, f->size };
			TRY(args_take_file(c, a, f->name, p));
		} else {
			TRY(args_take(c, a, f->name, f->value, q->api));
		}
	}
	return true;
}

/* One JSON value as an argument's text: strings, numbers, booleans; null is absent. */
static bool take_value(struct ctx *c, struct args *a, str name, const struct json *v)
{
	bool b;

	if (json_is(v, JSON_NULL))
		return true;
	if (json_is(v, JSON_STRING))
		return args_take(c, a, name, json_str(v), true);
	if (json_is(v, JSON_NUMBER))
		return args_take(c, a, name, json_number(v), true);
	if (json_bool(v, &b))
		return args_take(c, a, name, b ? S("1") : S("0"), true);
	return fault(c, E_INVALID, cstr(c->arena, utf8_cut(name, 80)),
	             N_("A text, number or truth value is expected here."));
}

static bool take_json(struct ask *q, const struct path_vars *vars, struct args *a)
{
	struct ctx        *c = q->c;
	const struct json *doc;
	str                text;

	TRY(request_body(c, q->r, 4 << 20, &text));
	if (text.n == 0)
		return true;
	TRY(json_parse(c, text, NULL, &doc));
	if (!json_is(doc, JSON_OBJECT))
		return fault(c, E_SYNTAX, "", N_("The body must be a JSON object."));
	for (JSON_MEMBERS(m, doc)) {
		if (is_var(vars, json_key(m)))
			continue;
		if (!json_is(&m->value, JSON_ARRAY)) {
			TRY(take_value(c, a, json_key(m), &m->value));
			continue;
		}
		for (JSON_ITEMS(x, &m->value))
			TRY(take_value(c, a, json_key(m), x));
	}
	return true;
}

bool ask_body(struct ask *q, const struct path_vars *vars, struct args *a)
{
	str type = q->r->type;

	TRY(take_vars(q->c, vars, a));
	if (str_eq(type, S("application/x-www-form-urlencoded")) || str_eq(type, S("multipart/form-data")))
		return take_form(q, vars, a);
	if (q->api && (str_eq(type, S("application/json")) || (type.n == 0 && q->r->body_size == 0)))
		return take_json(q, vars, a);
	if (q->r->body_size == 0)
		return true;
	return fault(q->c, E_TYPE, NULL, N_("Send a form or, to the API, application/json."));
}

bool ask_own_site(struct ask *q)
{
	str site = request_header(q->r, S("Sec-Fetch-Site")), origin = request_header(q->r, S("Origin"));

	if ((site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none"))) ||
	    (!site.n && origin.n && !str_eq(origin, front_of(q->c)->base_url)))
		return fault(q->c, E_FORBIDDEN, NULL, N_("This form was sent from another site."));
	return true;
}

bool ask_same_site(struct ask *q)
{
	TRY(ask_own_site(q));
	if (q->who.csrf.n && !str_eq_secret(field_value(&q->r->form, S("_csrf")), q->who.csrf))
		return fault(q->c, E_FORBIDDEN, NULL, N_("The form is too old. Load the page again and repeat."));
	return true;
}

void ask_cookie(struct ask *q, str value)
{
	struct cookie k = { .name = cookie_name(q->c), .value = value.n ? value : S("-"),
	                    .max_age = value.n ? 0 : -1, .secure = is_https(q->c) };

	response_cookie(q->out, &k);
}

void ask_plain_cookie(struct ask *q, const char *name, str value, int64_t max_age)
{
	struct cookie k = { .name = str_of(name), .value = value, .max_age = max_age,
	                    .secure = is_https(q->c) };

	response_cookie(q->out, &k);
}

/* ---- files ---- */

bool ask_export(struct ask *q, const struct view *v, const struct sheet *s, str format)
{
	struct journal_entry e = { v->name, true, s->report.n ? s->report : s->casefile, s->object, S("csv") };

	return !str_eq(format, S("csv")) || v->outside || v->opens || opening_note(q->c, &e);
}

/* A strong one: other bytes, another tag. */
static str tag_of(struct ctx *c, str bytes)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned      n = 0;
	struct buf    b;

	if (EVP_Digest(bytes.n ? bytes.p : "", bytes.n, sum, &n, EVP_sha256(), NULL) != 1 || n < TAG_BYTES)
		return STR_NONE;
	buf_init(&b, c->arena, 4 * TAG_BYTES);
	buf_char(&b, '"');
	buf_hex(&b, sum, TAG_BYTES);
	buf_char(&b, '"');
	return buf_str(&b);
}

/* The tags are asked first; the date only where there are none. meets RFC 9110 13.2.2 */
static bool is_had(const struct ask *q, str tag, str day)
{
	str tags = request_header(q->r, S("If-None-Match")), since = request_header(q->r, S("If-Modified-Since"));

	if (tags.n)
		return str_eq(str_trim(tags), S("*")) || str_find(tags, tag, 0) != SIZE_MAX;
	return since.n && day.n && str_eq(str_trim(since), day);
}

void ask_bytes(struct ask *q, const struct sheet *s, bool outside)
{
	str tag = outside ? tag_of(q->c, s->raw) : STR_NONE, day = s->raw_at > 0 ? http_date(q->c->arena, s->raw_at) : STR_NONE;

	q->out->status = 200;
	q->out->type   = s->raw_type;
	q->out->body   = s->raw;
	if (!tag.n)
		return;
	response_header(q->out, S("ETag"), tag);
	response_header_set(q->out, S("Cache-Control"), S("no-cache"));   /* kept, and asked for again */
	if (day.n)
		response_header(q->out, S("Last-Modified"), day);
	if (is_had(q, tag, day)) {
		q->out->status = 304;
		q->out->body   = S("");
	}
}
