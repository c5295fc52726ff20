#ifndef OUTSIDE_CVE_DOUBLE_TEST_H
#define OUTSIDE_CVE_DOUBLE_TEST_H

/*
 * A double of CVE Services on the loopback address, in a process of its own, made from
 * their OpenAPI document: IDs, records, quota and users of one organisation, and the
 * ways in which such a service can go wrong.  Every request is judged by the document
 * when the official vectors are there.  Tests only.
 */

#include "tests/outside/cve_double_people_test.h"

/* ---- what it does ---- */

static inline void double_reserve(struct ctx *c, struct double_state *s, int fd, str query)
{
	struct json_out o;
	struct buf      b;
	int64_t         amount = 0, year = 0;

	if (!str_to_int(double_param(query, "amount"), &amount) || !str_to_int(double_param(query, "cve_year"), &year)) {
		double_error(c, fd, 400, "BAD_INPUT");
		return;
	}
	if (double_held(s) + amount > s->quota || s->n + (size_t)amount > DOUBLE_IDS) {
		double_error(c, fd, 403, "EXCEEDED_ID_QUOTA");
		return;
	}
	if (s->mood == DOUBLE_FEWER)
		amount--;
	buf_init(&b, c->arena, 1 << 20);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_open(&o, "cve_ids", '[');
	for (; amount > 0; amount--) {
		struct double_id *x = &s->ids[s->n++];
		*x = (struct double_id){ .state = CVE_RESERVED, .reserved = s->now };
		double_set(x->number, sizeof(x->number), str_fmt(c->arena, "CVE-%d-%05d", (int)year, 10000 + s->next++));
		double_put_id(c, &o, s, x);
	}
	json_close(&o);
	json_open(&o, "meta", '{');
	json_put_int(&o, "remaining_quota", s->quota - double_held(s));
	json_close(&o);
	json_close(&o);
	double_answer(s, fd, s->mood == DOUBLE_FEWER ? 206 : 200, buf_str(&b));
}

/* Two to a page, so that there are several. */
static inline void double_list(struct ctx *c, struct double_state *s, int fd, str query)
{
	struct json_out o;
	struct buf      b;
	str             since = double_param(query, "time_reserved.gt");
	int64_t         page = 1;
	time_us         after = 0;
	size_t          at = 0, shown = 0;
	char            text[40] = { 0 };

	(void)!str_to_int(double_param(query, "page"), &page);
	for (size_t i = 0, k = 0; i < since.n && k < 39; i++)   /* only %3A is to be expected */
		if (since.p[i] == '%' && i + 2 < since.n) {
			text[k++] = ':';
			i += 2;
		} else {
			text[k++] = since.p[i];
		}
	if (text[0] && !time_parse(str_of(text), &after)) {
		double_error(c, fd, 400, "BAD_INPUT");
		return;
	}
	buf_init(&b, c->arena, 1 << 20);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_open(&o, "cve_ids", '[');
	for (size_t i = 0; i < s->n; i++) {
		if (s->ids[i].reserved <= after || s->ids[i].owner[0])
			continue;
		if (at++ / 2 == (size_t)page - 1) {
			double_put_id(c, &o, s, &s->ids[i]);
			shown++;
		}
	}
	json_close(&o);
	if (at > (size_t)page * 2)
		json_put_int(&o, "nextPage", page + 1);
	json_close(&o);
	double_reply(fd, 200, buf_str(&b));
}

static inline struct double_id *double_find(struct double_state *s, str number)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(str_of(s->ids[i].number), number))
			return &s->ids[i];
	return NULL;
}

static inline str double_record(struct ctx *c, const struct double_id *x)
{
	const struct json *root;
	struct json_out    o;
	struct buf         b;

	if (!json_parse(c, str_of(x->record), NULL, &root))
		return S("{}");
	buf_init(&b, c->arena, 1 << 20);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "dataType", S("CVE_RECORD"));
	json_open(&o, "cveMetadata", '{');
	json_put_str(&o, "cveId", str_of(x->number));
	json_put_str(&o, "state", x->state == CVE_REJECTED ? S("REJECTED") : S("PUBLISHED"));
	json_close(&o);
	json_open(&o, "containers", '{');
	json_open(&o, "cna", '{');
	json_open(&o, "providerMetadata", '{');
	json_put_str(&o, "orgId", S("88888888-8888-4888-8888-888888888888"));
	json_close(&o);
	for (JSON_MEMBERS(m, json_get(root, S("cnaContainer")))) {
		json_out_key(&o, json_key(m));
		json_out_tree(&o, &m->value);
	}
	json_close(&o);
	json_close(&o);
	json_close(&o);
	return buf_str(&b);
}

static inline void double_write(struct ctx *c, struct double_state *s, int fd, bool put, str number, bool rejects, str body)
{
	struct double_id *x = double_find(s, number);

	if (!x) {
		double_error(c, fd, 404, "CVEID_DNE");
	} else if (x->has_record != put) {
		double_error(c, fd, put ? 404 : 403, put ? "CVE_RECORD_DNE" : "CVE_RECORD_EXISTS");
	} else if (body.n >= DOUBLE_RECORD) {
		double_error(c, fd, 413, "RECORD_TOO_LARGE");
	} else {
		memcpy(x->record, body.p, body.n);
		x->record[body.n] = '\0';
		x->has_record     = true;
		x->state          = rejects ? CVE_REJECTED : CVE_PUBLISHED;
		double_answer(s, fd, 200, STR_CAT(c->arena, put ? S("{\"message\":\"ok\",\"updated\":") : S("{\"message\":\"ok\",\"created\":"),
		                                  double_record(c, x), S("}")));
	}
}

static inline void double_user_show(struct ctx *c, struct double_state *s, int fd, str name)
{
	struct double_user *u = double_user(s, name);
	struct json_out     o;
	struct buf          b;

	if (!u) {
		double_error(c, fd, 404, "USER_DNE");
		return;
	}
	buf_init(&b, c->arena, 1 << 16);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	double_put_user(&o, u, STR_NONE);
	json_close(&o);
	double_reply(fd, 200, buf_str(&b));
}

static inline void double_id_show(struct ctx *c, struct double_state *s, int fd, const struct double_id *x)
{
	struct json_out o;
	struct buf      b;

	if (!x) {
		double_error(c, fd, 404, "CVEID_DNE");
		return;
	}
	buf_init(&b, c->arena, 1 << 16);
	json_out_init(&o, &b, JSON_COMPACT);
	double_put_id(c, &o, s, x);
	double_reply(fd, 200, buf_str(&b));
}

static inline void double_read(struct ctx *c, struct double_state *s, int fd, str path, str query)
{
	struct double_id *x;

	if (s->mute_reading) {
		double_reply(fd, 503, S("<html>away</html>"));
	} else if (str_eq(path, S("/cve-id"))) {
		double_list(c, s, fd, query);
	} else if (str_starts(path, S("/cve/"))) {
		x = double_find(s, str_slice(path, 5, path.n));
		if (x && x->has_record)
			double_reply(fd, 200, double_record(c, x));
		else
			double_error(c, fd, 404, "CVE_RECORD_DNE");
	} else if (str_ends(path, S("/id_quota"))) {
		double_reply(fd, 200, str_fmt(c->arena, "{\"id_quota\":%d,\"total_reserved\":%d,\"available\":%d}", s->quota, double_held(s),
		                              s->quota - double_held(s)));
	} else if (str_ends(path, S("/users"))) {
		double_users(c, s, fd, query);
	} else if (str_eq(path, S("/org/aozora"))) {
		double_org(s, c, fd);
	} else if (str_starts(path, S("/org/aozora/user/"))) {
		double_user_show(c, s, fd, double_plain(c, str_slice(path, 17, path.n)));
	} else if (str_starts(path, S("/cve-id/"))) {
		double_id_show(c, s, fd, double_find(s, str_slice(path, 8, path.n)));
	} else {
		double_error(c, fd, 404, "NOT_FOUND");
	}
}

static inline void double_change(struct ctx *c, struct double_state *s, int fd, str method, str path, str query, str body)
{
	bool rejects = str_ends(path, S("/reject")), put = str_eq(method, S("PUT"));
	str  number;

	s->changed++;
	if (s->mood == DOUBLE_DEAF)
		return;
	if (s->mood == DOUBLE_DOWN || s->mood == DOUBLE_BUSY) {
		double_error(c, fd, s->mood == DOUBLE_DOWN ? 503 : 429, s->mood == DOUBLE_DOWN ? "SERVICE_NOT_AVAILABLE" : "TOO_MANY_REQUESTS");
	} else if (double_refuses(c, s, fd)) {
		return;
	} else if (str_eq(path, S("/org/aozora/user"))) {
		double_user_new(c, s, fd, body);
	} else if (str_starts(path, S("/org/aozora/user/"))) {
		double_user_change(c, s, fd, str_slice(path, 17, path.n), query);
	} else if (str_starts(path, S("/cve-id/"))) {
		double_transfer(c, s, fd, double_find(s, str_slice(path, 8, path.n)), double_param(query, "org"));
	} else if (str_eq(path, S("/cve-id"))) {
		double_reserve(c, s, fd, query);
	} else if (str_ends(path, S("/adp"))) {
		double_answer(s, fd, 200, S("{\"message\":\"ok\",\"updated\":{\"dataType\":\"CVE_RECORD\"}}"));
	} else {
		number = str_slice(path, 5, path.n - (rejects ? 7 : 4));
		double_write(c, s, fd, put, number, rejects, body);
	}
}

static inline bool double_header_is(str head, const char *name, str value)
{
	size_t at = str_find(head, str_of(name), 0);
	str    line;

	if (at == SIZE_MAX)
		return false;
	line = str_slice(head, at + strlen(name), head.n);
	return str_starts(line, value) && str_starts(str_slice(line, value.n, line.n), S("\r\n"));
}

static inline str double_sent_key(str head)
{
	size_t at = str_find(head, S("CVE-API-KEY: "), 0);
	str    line;

	if (at == SIZE_MAX)
		return S("nothing");
	line = str_slice(head, at + 13, head.n);
	return str_slice(line, 0, str_find(line, S("\r"), 0));
}

static inline void double_serve(struct ctx *c, struct double_state *s, const struct json *api, int fd, str head, str body)
{
	str method, target, path, query, wrong, rest = head, key = double_key_no(c, s->key_no);

	if (!str_cut(&rest, ' ', &method) || !str_cut(&rest, ' ', &target) || !str_starts(target, S("/api/")))
		return;
	target = str_slice(target, 4, target.n);
	query  = target;
	(void)str_cut(&query, '?', &path);
	wrong = api ? openapi_wrong(c, api, method, target, body) : S("");
	if (wrong.n && !s->wrong[0])
		double_set(s->wrong, sizeof(s->wrong), STR_CAT(c->arena, method, S(" "), target, S(": "), wrong));
	if (str_eq(path, S("/health-check")))
		double_reply(fd, 200, S(""));
	else if (!double_header_is(head, "CVE-API-ORG: ", S("aozora")) || !double_header_is(head, "CVE-API-USER: ", str_of(s->users[0].name)) ||
	    !double_header_is(head, "CVE-API-KEY: ", key))
		/* as careless as a server can be: it tells what it was sent */
		double_reply(fd, 401, STR_CAT(c->arena, S("{\"error\":\"UNAUTHORIZED\",\"message\":\"Not "), double_sent_key(head), S("\"}")));
	else if (str_eq(method, S("GET")))
		double_read(c, s, fd, path, query);
	else
		double_change(c, s, fd, method, path, query, body);
}

static inline void double_hear(struct double_state *s, const struct json *api, int fd)
{
	static char  room[DOUBLE_REQUEST];
	struct arena a;
	struct ctx   c;
	size_t       n = 0, end = SIZE_MAX;
	int64_t      length = 0;
	str          head, line;

	arena_init(&a, 64 << 20);
	ctx_init(&c, &a);
	c.now = s->now;
	while (n < sizeof(room)) {
		ssize_t k = recv(fd, room + n, sizeof(room) - n, 0);
		if (k <= 0)
			break;
		n += (size_t)k;
		end = str_find((str){ room, n }, S("\r\n\r\n"), 0);
		if (end == SIZE_MAX)
			continue;
		head = str_slice((str){ room, n }, 0, end + 2);
		if (str_find(head, S("Content-Length: "), 0) != SIZE_MAX) {
			line = str_slice(head, str_find(head, S("Content-Length: "), 0) + 16, head.n);
			line = str_slice(line, 0, str_find(line, S("\r"), 0));
			(void)!str_to_int(line, &length);
		}
		if (n >= end + 4 + (size_t)length)
			break;
	}
	s->asked++;
	if (end != SIZE_MAX)
		double_serve(&c, s, api, fd, str_slice((str){ room, n }, 0, end + 2), str_slice((str){ room, n }, end + 4, n));
	arena_done(&a);
}

_Noreturn static inline void double_run(int listener, struct double_state *s, const struct json *api)
{
	signal(SIGPIPE, SIG_IGN);
	for (;;) {
		int fd = accept(listener, NULL, NULL);
		if (fd < 0)
			continue;
		double_hear(s, api, fd);
		close(fd);
	}
}

static inline void double_open(struct ctx *c, struct cve_double *d)
{
	struct sockaddr_in at  = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t          len = sizeof(at);
	int                fd  = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const struct json *api = openapi_load(c);

	check(fd >= 0 && bind(fd, (struct sockaddr *)&at, len) == 0 && listen(fd, 16) == 0);
	check(getsockname(fd, (struct sockaddr *)&at, &len) == 0);
	d->port = ntohs(at.sin_port);
	d->s    = mmap(NULL, sizeof(*d->s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(d->s != MAP_FAILED);
	d->s->quota = 10;
	d->s->now   = c->now;
	(void)double_user_add(d->s, S("kana@aozora.example"), S("Kana"), S("Mori"), true);
	d->pid      = fork();
	if (d->pid == 0)
		double_run(fd, d->s, api);
	close(fd);
}

static inline void double_close(struct cve_double *d)
{
	kill(d->pid, SIGKILL);
	waitpid(d->pid, NULL, 0);
	munmap(d->s, sizeof(*d->s));
}

#endif
