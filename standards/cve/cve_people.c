/* Requests about the organisation, its users and the owner of an ID. */
#include "platform/json/json_out.h"
#include "standards/cve/cve.h"
#include "standards/cve/cve_service_part.h"

enum { NAME_LEAST = 3, NAME_MOST = 128, PATH_ROOM = 4000 };

bool cve_user_check(struct ctx *c, const char *arg, str name)
{
	bool ok = name.n >= NAME_LEAST && name.n <= NAME_MOST;

	for (size_t i = 0; ok && i < name.n; i++) {
		char x      = name.p[i];
		bool letter = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9');
		ok          = letter || (i > 0 && (x == '-' || x == '_' || x == '@' || x == '.'));
	}
	return ok || fault(c, E_INVALID, arg, N_("A user name has 3 to 128 letters, digits and the signs - _ @ . and begins with a letter or digit."));
}

/* "/org/aozora/user/kana%40aozora.example" and what follows. */
static bool user_path(struct ctx *c, str org, str name, struct buf *b)
{
	TRY(cve_org_check(c, org));
	buf_init(b, c->arena, PATH_ROOM);
	buf_add(b, S("/org/"));
	cve_put_encoded(b, org);
	buf_add(b, S("/user"));
	if (!name.n)
		return true;
	TRY(cve_user_check(c, "name", name));
	buf_char(b, '/');
	cve_put_encoded(b, name);
	return true;
}

static bool asked(struct ctx *c, enum cve_ask ask, const char *method, const struct buf *b, str body, struct cve_request *out)
{
	*out = (struct cve_request){ ask, method, buf_str(b), body };
	return !b->full || fault(c, E_LIMIT, NULL, NULL);
}

bool cve_ask_user(struct ctx *c, str org, str name, struct cve_request *out)
{
	struct buf b;

	TRY(cve_user_check(c, "name", name) && user_path(c, org, name, &b));
	return asked(c, CVE_ASK_USER, "GET", &b, STR_NONE, out);
}

bool cve_ask_user_add(struct ctx *c, str org, const struct cve_user *u, struct cve_request *out)
{
	struct json_out o;
	struct buf      b, body;

	TRY(cve_user_check(c, "name", u->name) && user_path(c, org, STR_NONE, &b));
	buf_init(&body, c->arena, 16 << 10);
	json_out_init(&o, &body, JSON_PRETTY);
	json_open_object(&o);
	json_put_str(&o, "username", u->name);
	json_open(&o, "name", '{');
	json_put_str(&o, "first", u->first);
	json_put_str(&o, "middle", u->middle);
	json_put_str(&o, "last", u->last);
	json_put_str(&o, "suffix", u->suffix);
	json_close(&o);
	json_open(&o, "authority", '{');
	json_open(&o, "active_roles", '[');
	if (u->admin == 1)
		json_out_str(&o, S("ADMIN"));
	json_close(&o);
	json_close(&o);
	json_close(&o);
	return asked(c, CVE_ASK_USER_WRITE, "POST", &b, buf_str(&body), out);
}

static void put_param(struct buf *b, bool *first, const char *name, str value)
{
	if (!value.n)
		return;
	buf_fmt(b, "%c%s=", *first ? '?' : '&', name);
	cve_put_encoded(b, value);
	*first = false;
}

bool cve_ask_user_change(struct ctx *c, str org, str name, const struct cve_user *u, struct cve_request *out)
{
	struct buf b;
	bool       first = true;

	if (u->name.n)
		TRY(cve_user_check(c, "new_name", u->name));
	TRY(cve_user_check(c, "name", name) && user_path(c, org, name, &b));
	put_param(&b, &first, "new_username", u->name);
	put_param(&b, &first, "name.first", u->first);
	put_param(&b, &first, "name.middle", u->middle);
	put_param(&b, &first, "name.last", u->last);
	put_param(&b, &first, "name.suffix", u->suffix);
	put_param(&b, &first, u->admin == 1 ? "active_roles.add" : "active_roles.remove", u->admin < 0 ? STR_NONE : S("ADMIN"));
	put_param(&b, &first, "active", u->active < 0 ? STR_NONE : u->active ? S("true") : S("false"));
	if (first)
		return fault(c, E_INVALID, NULL, N_("Nothing would change: fill in what is to be different."));
	return asked(c, CVE_ASK_USER_WRITE, "PUT", &b, STR_NONE, out);
}

bool cve_ask_user_key(struct ctx *c, str org, str name, struct cve_request *out)
{
	struct buf b;

	TRY(cve_user_check(c, "name", name) && user_path(c, org, name, &b));
	buf_add(&b, S("/reset_secret"));
	return asked(c, CVE_ASK_KEY, "PUT", &b, STR_NONE, out);
}

bool cve_ask_org(struct ctx *c, str org, struct cve_request *out)
{
	struct buf b;

	TRY(cve_org_check(c, org));
	buf_init(&b, c->arena, PATH_ROOM);
	buf_add(&b, S("/org/"));
	cve_put_encoded(&b, org);
	return asked(c, CVE_ASK_ORG, "GET", &b, STR_NONE, out);
}

bool cve_ask_transfer(struct ctx *c, str id, str org, struct cve_request *out)
{
	struct buf b;

	if (!cve_id_check(id))
		return fault(c, E_INVALID, "cve", N_("A CVE number is written such as CVE-2026-10042."));
	TRY(cve_org_check(c, org));
	buf_init(&b, c->arena, PATH_ROOM);
	buf_fmt(&b, "/cve-id/%.*s?org=", STR_ARG(id));
	cve_put_encoded(&b, org);
	return asked(c, CVE_ASK_TRANSFER, "PUT", &b, STR_NONE, out);
}

bool cve_ask_health(struct ctx *c, struct cve_request *out)
{
	(void)c;
	*out = (struct cve_request){ CVE_ASK_HEALTH, "GET", S("/health-check"), STR_NONE };
	return true;
}
