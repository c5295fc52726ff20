#include "doors/fetch/fetch.h"

#include "platform/json/json.h"

enum { TAKE_MAX = 64 << 10 };

static const struct json_limits limits = { .bytes = TAKE_MAX, .depth = 20, .members = 500, .string = TAKE_MAX };

/* Where the pointer leads; an answer with an escape could hold the secret in another spelling, too, and is not believed. */
static str secret_of(struct ctx *c, str body, str pointer)
{
	struct ctx         quiet = *c;
	const struct json *root;

	if (body.n > TAKE_MAX || str_find(body, S("\\"), 0) != SIZE_MAX || !json_parse(&quiet, body, &limits, &root))
		return STR_NONE;
	return json_str(json_point(root, pointer));
}

bool fetch_take(struct ctx *c, const struct fetch_config *cfg, const struct fetch_call *f, struct fetch_answer *got)
{
	struct ctx quiet = *c;
	str        secret;

	got->gift = STR_NONE;
	if (got->status >= 400 && got->status < 500)   /* refused: nothing was given */
		return true;
	secret = got->status == 200 ? secret_of(c, got->body, f->take) : STR_NONE;
	if (secret.n)
		secret = str_dup(c->arena, secret);
	if (!secret.n || !gift_seal(&quiet, &cfg->pair, cfg->give_to, f->url, &(struct gift){ f->take_name, f->take_for, secret }, &got->gift)) {
		got->gift = STR_NONE;
		got->body = S("");
		return true;
	}
	kept_hide(secret, got->body);
	kept_hide(secret, got->type);
	for (size_t i = 0; i < got->headers.n; i++)
		kept_hide(secret, got->headers.v[i].value);
	return true;
}
