#ifndef OUTSIDE_CVE_DOUBLE_PEOPLE_TEST_H
#define OUTSIDE_CVE_DOUBLE_PEOPLE_TEST_H

/* The double's organisation and users, their keys, and IDs that change hands; see cve_double_test.h. */

#include "tests/outside/cve_double_state_test.h"

static inline struct double_user *double_user(struct double_state *s, str name)
{
	for (size_t i = 0; i < s->users_n; i++)
		if (str_eq(str_of(s->users[i].name), name))
			return &s->users[i];
	return NULL;
}

static inline struct double_user *double_user_add(struct double_state *s, str name, str first, str last, bool admin)
{
	struct double_user *u = &s->users[s->users_n++];

	*u = (struct double_user){ .admin = admin, .active = true };
	double_set(u->name, sizeof(u->name), name);
	double_set(u->first, sizeof(u->first), first);
	double_set(u->last, sizeof(u->last), last);
	return u;
}

/* secret: none, or the key that is shown with it. */
static inline void double_put_user(struct json_out *o, const struct double_user *u, str secret)
{
	json_put_str(o, "username", str_of(u->name));
	json_put_str(o, "active", u->active ? S("true") : S("false"));
	json_open(o, "name", '{');
	json_put_str(o, "first", str_of(u->first));
	json_put_str(o, "last", str_of(u->last));
	json_close(o);
	json_put_str(o, "secret", secret);
	json_open(o, "authority", '{');
	json_open(o, "active_roles", '[');
	if (u->admin)
		json_out_str(o, S("ADMIN"));
	json_close(o);
	json_close(o);
}

static inline void double_users(struct ctx *c, struct double_state *s, int fd, str query)
{
	struct json_out o;
	struct buf      b;
	int64_t         page = 1;

	(void)!str_to_int(double_param(query, "page"), &page);
	buf_init(&b, c->arena, 1 << 16);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_open(&o, "users", '[');
	for (size_t i = (size_t)(page - 1) * 2; i < s->users_n && i < (size_t)page * 2; i++) {   /* two to a page */
		json_open_object(&o);
		double_put_user(&o, &s->users[i], STR_NONE);
		json_close(&o);
	}
	json_close(&o);
	if ((size_t)page * 2 < s->users_n)
		json_put_int(&o, "nextPage", page + 1);
	json_close(&o);
	double_reply(fd, 200, buf_str(&b));
}

static inline void double_org(struct double_state *s, struct ctx *c, int fd)
{
	double_reply(fd, 200, str_fmt(c->arena, "{\"name\":\"Aozora Instruments\",\"short_name\":\"aozora\",\"UUID\":\"88888888-8888-4888-8888-888888888888\","
		"\"policies\":{\"id_quota\":%d},\"authority\":{\"active_roles\":[\"CNA\"]}}", s->quota));
}

/* "%40" and the like. */
static inline str double_plain(struct ctx *c, str s)
{
	char  *p = arena_must(c->arena, 1, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int hi, lo;
		if (s.p[i] != '%' || i + 2 >= s.n) {
			p[n++] = s.p[i];
			continue;
		}
		hi = s.p[i + 1] <= '9' ? s.p[i + 1] - '0' : s.p[i + 1] - 'A' + 10;
		lo = s.p[i + 2] <= '9' ? s.p[i + 2] - '0' : s.p[i + 2] - 'A' + 10;
		p[n++] = (char)(hi * 16 + lo);
		i += 2;
	}
	return (str){ p, n };
}

/* The answer with the key as the mood has it. */
static inline void double_answer_key(struct ctx *c, struct double_state *s, int fd, const char *before, str key, const char *after)
{
	str said = key;

	if (s->mood == DOUBLE_TELLS) {
		double_reply(fd, 500, STR_CAT(c->arena, S("{\"error\":\"SERVICE_ERROR\",\"message\":\"made "), key, S(" and then fell over\"}")));
		return;
	}
	if (s->mood == DOUBLE_ESCAPES)
		said = STR_CAT(c->arena, str_fmt(c->arena, "\\u%04x", (unsigned)key.p[0]), str_slice(key, 1, key.n));
	double_answer(s, fd, 200, STR_CAT(c->arena, str_of(before), said, str_of(after)));
}

static inline void double_user_new(struct ctx *c, struct double_state *s, int fd, str body)
{
	const struct json  *root, *name;
	struct double_user *u;
	struct json_out     o;
	struct buf          b;
	bool                admin = false;

	if (!json_parse(c, body, NULL, &root) || s->users_n == DOUBLE_USERS) {
		double_error(c, fd, 400, "BAD_INPUT");
		return;
	}
	if (double_user(s, json_get_str(root, S("username")))) {
		double_error(c, fd, 400, "USER_EXISTS");
		return;
	}
	name = json_get(root, S("name"));
	for (JSON_ITEMS(x, json_get(json_get(root, S("authority")), S("active_roles"))))
		admin = admin || str_eq(json_str(x), S("ADMIN"));
	u = double_user_add(s, json_get_str(root, S("username")), json_get_str(name, S("first")), json_get_str(name, S("last")), admin);
	buf_init(&b, c->arena, 1 << 16);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	double_put_user(&o, u, STR_NONE);
	json_close(&o);
	double_answer_key(c, s, fd, "{\"message\":\"ok\",\"created\":{\"secret\":\"", double_key_no(c, ++s->keys),
	                  cstr(c->arena, STR_CAT(c->arena, S("\","), str_slice(buf_str(&b), 1, b.n), S("}"))));
}

static inline void double_user_edit(struct ctx *c, struct double_state *s, int fd, struct double_user *u, str query)
{
	static const char *const names[] = { "new_username", "name.first", "name.last" };
	char  *room[] = { u->name, u->first, u->last };
	size_t max[]  = { sizeof(u->name), sizeof(u->first), sizeof(u->last) };
	struct json_out o;
	struct buf      b;

	for (int i = 0; i < 3; i++)
		if (double_param(query, names[i]).n)
			double_set(room[i], max[i], double_plain(c, double_param(query, names[i])));
	if (double_param(query, "active").n)
		u->active = str_eq(double_param(query, "active"), S("true"));
	if (double_param(query, "active_roles.add").n || double_param(query, "active_roles.remove").n)
		u->admin = double_param(query, "active_roles.add").n > 0;
	buf_init(&b, c->arena, 1 << 16);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_open(&o, "updated", '{');
	double_put_user(&o, u, STR_NONE);
	json_close(&o);
	json_close(&o);
	double_answer(s, fd, 200, buf_str(&b));
}

/* path: behind "/org/aozora/user/" */
static inline void double_user_change(struct ctx *c, struct double_state *s, int fd, str path, str query)
{
	bool                renews = str_ends(path, S("/reset_secret"));
	str                 name   = double_plain(c, renews ? str_slice(path, 0, path.n - 13) : path);
	struct double_user *u      = double_user(s, name);

	if (!u) {
		double_error(c, fd, 404, "USER_DNE");
	} else if (!renews) {
		double_user_edit(c, s, fd, u, query);
	} else {
		s->keys++;
		if (u == &s->users[0])
			s->key_no = s->keys;
		double_answer_key(c, s, fd, "{\"API-secret\":\"", double_key_no(c, s->keys), "\"}");
	}
}

static inline void double_transfer(struct ctx *c, struct double_state *s, int fd, struct double_id *x, str org)
{
	struct json_out o;
	struct buf      b;

	if (!x || x->owner[0]) {
		double_error(c, fd, 403, "ORG_NOT_OWNER");
		return;
	}
	if (!str_eq(org, S("borealis"))) {
		double_error(c, fd, 404, "ORG_DNE_PARAM");
		return;
	}
	double_set(x->owner, sizeof(x->owner), org);
	buf_init(&b, c->arena, 1 << 16);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_out_key(&o, S("updated"));
	double_put_id(c, &o, s, x);
	json_close(&o);
	double_answer(s, fd, 200, buf_str(&b));
}

#endif
