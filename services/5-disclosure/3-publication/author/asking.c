#include "services/5-disclosure/3-publication/author/asking.h"

enum { REDIRECTS = 5, WAIT = 10, SILENT_MAX = 3, BODY_MAX = 1 << 20, ROOM = 4 << 20 };

/* What is known of a URL or of a host. */
struct asked { struct asked *next; str name; int status, silent; };

/* The entry of the name, made when there is none. */
static struct asked *entry(struct ctx *c, struct asked **list, str name, bool *is_new)
{
	struct asked *x;

	for (x = *list; x; x = x->next)
		if (str_eq(x->name, name))
			break;
	*is_new = !x;
	if (!x) {
		x  = NEW(c->arena, struct asked);
		*x = (struct asked){ .next = *list, .name = str_dup(c->arena, name) };
		*list = x;
	}
	return x;
}

/* "https://host:port" of the URL. */
static str host_of(str url)
{
	size_t from = str_find(url, S("://"), 0), to = from == SIZE_MAX ? from : from + 3;

	while (to < url.n && url.p[to] != '/' && url.p[to] != '?')
		to++;
	return str_slice(url, 0, to < url.n ? to : url.n);
}

/* One request, in memory of its own; *silent: nobody was there. */
static int ask(struct asking *k, str url, bool head, bool *silent)
{
	struct reach_ask    what = { .rules = &k->rules, .url = url, .max = BODY_MAX, .seconds = WAIT, .redirects = REDIRECTS, .head = head };
	struct reach_answer got  = { 0 };
	struct arena        room;
	struct ctx          c;
	int                 status;

	arena_init(&room, ROOM);
	ctx_init(&c, &room);
	c.now   = k->c->now;
	*silent = false;
	if (k->reach->get(&c, &what, &got)) {
		status = got.status;
	} else {
		/* A long body is an answer; redirects without an end are none. */
		status  = c.fault.code == E_LIMIT && got.status >= 200 && got.status < 300 ? got.status : 0;
		*silent = got.status == 0 && (c.fault.code == E_UNAVAILABLE || c.fault.code == E_LIMIT);
	}
	arena_done(&room);
	return status;
}

int asking_status(struct asking *k, str url)
{
	struct asked *u, *h;
	bool          is_new, silent;

	url = str_slice(url, 0, str_find(url, S("#"), 0) == SIZE_MAX ? url.n : str_find(url, S("#"), 0));
	u   = entry(k->c, &k->urls[str_hash(url) % (sizeof(k->urls) / sizeof(*k->urls))], url, &is_new);
	if (!is_new)
		return u->status;
	h = entry(k->c, &k->hosts[str_hash(host_of(url)) % (sizeof(k->hosts) / sizeof(*k->hosts))], host_of(url), &is_new);
	if (h->silent >= SILENT_MAX)
		return 0;
	u->status = ask(k, url, true, &silent);
	if (u->status >= 400)
		u->status = ask(k, url, false, &silent);   /* not every server knows HEAD */
	h->silent = silent ? h->silent + 1 : 0;
	return u->status;
}
