#include "services/5-disclosure/3-publication/author/retrieval.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/json/json_out.h"
#include "platform/text/csv.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/retrieval_part.h"
#include "services/5-disclosure/3-publication/author/site.h"
#include "standards/rolie/rolie_read.h"
#include "standards/securitytxt/securitytxt.h"

enum { TAKEN = 0, TROUBLED = 1, USAGE = 2, NOTHING = 3 };
enum { SMALL = 1 << 20, LIST_MAX = 512 << 20, MAX_MB = 64 };

/* ---- telling ---- */

static void line_put(struct errand *e, const char *what, str url, str path, str why)
{
	struct json_out o;

	if (!e->json) {
		buf_fmt(e->out, "%s  ", what);
		buf_add(e->out, path.n ? path : url);
		if (why.n) {
			buf_add(e->out, S(": "));
			buf_add(e->out, why);
		}
		buf_char(e->out, '\n');
		return;
	}
	json_out_init(&o, e->out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "what", str_of(what));
	json_put_str(&o, "url", url);
	if (path.n)
		json_put_str(&o, "path", path);
	if (why.n)
		json_put_str(&o, "why", why);
	json_close(&o);
	buf_char(e->out, '\n');
}

static str shown(str s)
{
	return utf8_check(s, NULL) ? utf8_cut(s, 500) : S("?");
}

/* On a terminal: how many, as they come. */
static void progress(const struct errand *e)
{
	struct arena a;
	str          text;

	if (!isatty(STDERR_FILENO))
		return;
	arena_init(&a, 1 << 12);
	text = str_fmt(&a, "\r%lld", (long long)(e->fresh + e->changed + e->refused));
	if (write(STDERR_FILENO, text.p, text.n) < 0)
		errno = 0;
	arena_done(&a);
}

void errand_tell(struct ctx *c, struct errand *e, const char *what, str url, str path)
{
	line_put(e, e->json ? what : cstr(c->arena, word_tr(c->lang, strcmp(what, "new") == 0 ? N_("new") : N_("changed"))), shown(url), path, STR_NONE);
	progress(e);
}

void errand_refuse(struct ctx *c, struct errand *e, str url, const char *text, str a, str b)
{
	str why = text ? word_fill(c, text, (const str[]){ shown(a), shown(b) }, 2) : word_fault(c, &c->fault);

	c->fault = (struct fault){ 0 };
	e->refused++;
	e->troubles++;
	line_put(e, e->json ? "refused" : cstr(c->arena, word_tr(c->lang, N_("refused"))), shown(url), STR_NONE, why);
}

/* ---- asking ---- */

str errand_home(str url)
{
	size_t at = str_find(url, S("://"), 0), end;

	if (at == SIZE_MAX)
		return STR_NONE;
	for (end = at + 3; end < url.n && url.p[end] != '/' && url.p[end] != '?' && url.p[end] != '#'; end++)
		;
	return str_slice(url, 0, end);
}

bool errand_get(struct ctx *c, const struct errand *e, str url, int64_t max, struct reach_answer *out)
{
	struct reach_ask ask = { .rules = &e->rules, .url = url, .max = max, .seconds = RETRIEVAL_WAIT, .redirects = RETRIEVAL_HOPS };

	return e->reach->get(c, &ask, out);
}

/* ---- the metadata ---- */

/* True when something lies there; nothing is said when not. */
static bool lies_at(struct errand *e, str url, str *bytes)
{
	struct reach_answer a;

	if (errand_get(e->c, e, url, SMALL, &a) && a.status == 200) {
		e->home = errand_home(a.url);
		*bytes  = a.body;
		return true;
	}
	return false;
}

static bool by_securitytxt(struct errand *e, str host, str *bytes)
{
	struct reach_answer a;
	struct securitytxt  t;

	if (!errand_get(e->c, e, STR_CAT(e->c->arena, host, S("/.well-known/security.txt")), SMALL, &a) || a.status != 200 ||
	    !securitytxt_parse(e->c, a.body, &t))
		return false;
	for (size_t i = 0; i < t.fields.n && i < 20; i++)
		if (t.fields.v[i].name == SECTXT_CSAF && lies_at(e, t.fields.v[i].value, bytes))
			return true;
	return false;
}

/* meets CSAF-2.0 7.3.1: the well-known address, security.txt, the DNS name */
static bool by_domain(struct errand *e, str url, str *bytes)
{
	struct ctx *c    = e->c;
	str         host = errand_home(url);
	size_t      name = str_find(host, S("://"), 0) + 3;

	if (lies_at(e, STR_CAT(c->arena, host, S("/.well-known/csaf/provider-metadata.json")), bytes) || by_securitytxt(e, host, bytes) ||
	    (!e->rules.near && lies_at(e, STR_CAT(c->arena, str_slice(host, 0, name), S("csaf.data.security."),
	                                          str_slice(host, name, host.n)), bytes))) {
		c->fault = (struct fault){ 0 };
		return true;
	}
	if (c->fault.code == E_NONE)
		(void)fault(c, E_NOTFOUND, NULL, N_("There is no provider-metadata.json at {1}."), host);
	return false;
}

static bool metadata_get(struct errand *e, str url, str *bytes)
{
	struct reach_answer a;

	if (url.n <= errand_home(url).n + 1)
		return by_domain(e, url, bytes);
	TRY(errand_get(e->c, e, url, SMALL, &a));
	e->home = errand_home(a.url);
	*bytes  = a.body;
	return a.status == 200 || fault(e->c, E_NOTFOUND, NULL, N_("{1} answers {2}."), url, str_fmt(e->c->arena, "%d", a.status));
}

/* Keys whose fingerprint is not the one that the metadata tells are of no use. */
static bool keys_learn(struct errand *e)
{
	for (size_t i = 0; i < e->found.keys.n; i++) {
		const struct provider_lock *k = &e->found.keys.v[i];
		struct reach_answer         a;
		str                         prints = S("");
		if (!errand_get(e->c, e, k->url, SMALL, &a) || a.status != 200) {
			line_put(e, "key", shown(k->url), STR_NONE, word_tr(e->c->lang, N_("The key is not there.")));
			e->c->fault = (struct fault){ 0 };
			continue;
		}
		TRY(e->reach->key(e->c, a.body, &prints));
		e->sealing |= prints.n > 0;
	}
	return true;
}

/* ---- lists ---- */

struct listing { struct errand *e; int fd; };

static bool entry_wanted(void *to, const struct rolie_found *f)
{
	struct listing *l = to;
	struct wanted   w = { .url = f->url, .hash = { f->hash[0], f->hash[1] }, .signature = f->signature, .updated = f->updated };
	struct arena    a;
	bool            ok;

	if (!f->url.n)
		return true;
	arena_init(&a, 1 << 20);
	w.path = provider_path_of(&a, f->url);
	ok     = document_take(l->e, &w);
	arena_done(&a);
	return ok;
}

static bool list_more(struct ctx *c, void *from, char *p, size_t n, size_t *got)
{
	const struct listing *l = from;
	ssize_t               k = read(l->fd, p, n);

	*got = k > 0 ? (size_t)k : 0;
	return k >= 0 || fault(c, E_IO, NULL, NULL);
}

/* The list into a draft. *fresh false: it has not changed since all in it was taken. */
static bool list_get(struct errand *e, str url, int fd, struct reach_answer *a, bool *fresh)
{
	const struct stock_item *have = stock_find(&e->stock, url);
	struct reach_ask         ask  = { .rules = &e->rules, .url = url, .max = LIST_MAX, .seconds = 10 * RETRIEVAL_WAIT,
		.redirects = RETRIEVAL_HOPS, .to_file = true, .file = fd };

	if (have && e->since == TIME_NONE) {
		ask.etag     = have->etag;
		ask.modified = have->modified;
	}
	*fresh = false;
	TRY(e->reach->get(e->c, &ask, a));
	if (a->status == 304)
		return true;
	*fresh = a->status == 200;
	return *fresh || fault(e->c, E_NOTFOUND, NULL, N_("{1} answers {2}."), url, str_fmt(e->c->arena, "%d", a->status));
}

/* What the list was like when all in it had been taken; only then it may be passed over. */
static bool list_keep(struct errand *e, str url, const struct reach_answer *a)
{
	struct stock_item item = { .url = url, .updated = TIME_NONE };

	if (e->troubles == 0 && e->since == TIME_NONE) {
		item.etag     = a->etag;
		item.modified = a->modified;
	}
	return stock_keep(e->c, &e->stock, &item);
}

/* Faults of the provider are told, and the next way is tried; our own end the run. */
static bool list_trouble(struct errand *e, str url)
{
	if (e->c->fault.code == E_IO || e->c->fault.code == E_DISK || e->c->fault.code == E_BUSY)
		return false;
	errand_refuse(e->c, e, url, NULL, STR_NONE, STR_NONE);
	return true;
}

/* meets CSAF-2.0 7.3.2 */
static bool feed_take(struct errand *e, str url)
{
	struct listing      l = { .e = e };
	struct reach_answer a = { 0 };
	bool                fresh, ok;
	str                 draft;

	l.fd = stock_draft(e->c, &e->stock, &draft);
	if (l.fd < 0)
		return false;
	ok = list_get(e, url, l.fd, &a, &fresh);
	if (ok && fresh)
		ok = lseek(l.fd, 0, SEEK_SET) == 0 && rolie_feed_read(e->c, list_more, &l, entry_wanted, &l);
	stock_drop(e->c, draft, l.fd);
	if (!ok)
		return list_trouble(e, url);
	return !fresh || list_keep(e, url, &a);
}

/* One line of index.txt or changes.csv. */
static bool path_wanted(struct errand *e, str folder, str path, time_us updated)
{
	struct arena  a;
	struct wanted w = { .updated = updated };
	bool          ok;

	arena_init(&a, 1 << 20);
	if (!provider_path_check(path)) {
		struct ctx c;
		ctx_init(&c, &a);
		c.lang = e->c->lang;
		path = STR_CAT(&a, folder, utf8_check(path, NULL) ? utf8_cut(path, 500) : S("?"));
		if (!stock_met(&e->stock, path))
			errand_refuse(&c, e, path, N_("Its address is not that of a CSAF document."), STR_NONE, STR_NONE);
		arena_done(&a);
		return true;
	}
	w.url  = STR_CAT(&a, folder, path);
	w.path = provider_path_of(&a, w.url);
	ok     = stock_met(&e->stock, w.url) || document_take(e, &w);   /* what stood in changes.csv stands in index.txt too */
	arena_done(&a);
	return ok;
}

static bool changes_take(struct errand *e, str folder, str line)
{
	struct csv   csv = { .rows.max = 1 };
	struct arena a;
	struct ctx   c;
	time_us      when = TIME_NONE;
	bool         ok   = true;

	arena_init(&a, 1 << 20);
	ctx_init(&c, &a);
	if (csv_parse(&c, line, &csv) && csv.rows.n == 1) {
		if (csv.rows.v[0].n < 2 || !time_parse(csv.rows.v[0].v[1], &when))
			when = TIME_NONE;
		ok = path_wanted(e, folder, csv.rows.v[0].v[0], when);
	}
	arena_done(&a);
	return ok;
}

/* The lines of a draft, of at most 4 KB. */
static bool lines_take(struct errand *e, int fd, str folder, bool changes)
{
	FILE *f = lseek(fd, 0, SEEK_SET) == 0 ? fdopen(dup(fd), "r") : NULL;
	char  line[4096];
	bool  ok = f != NULL;

	while (ok && fgets(line, sizeof(line), f)) {
		str s = str_trim(str_of(line));
		if (s.n)
			ok = changes ? changes_take(e, folder, s) : path_wanted(e, folder, s, TIME_NONE);
	}
	if (f)
		fclose(f);
	return ok;
}

static bool lines_get(struct errand *e, str folder, const char *name, bool changes)
{
	struct reach_answer a   = { 0 };
	str                 url = STR_CAT(e->c->arena, folder, str_of(name)), draft;
	int                 fd  = stock_draft(e->c, &e->stock, &draft);
	bool                fresh, ok;

	if (fd < 0)
		return false;
	ok = list_get(e, url, fd, &a, &fresh);
	if (ok && fresh)
		ok = lines_take(e, fd, folder, changes);
	stock_drop(e->c, draft, fd);
	if (!ok)
		return list_trouble(e, url);
	return !fresh || list_keep(e, url, &a);
}

static bool way_take(struct errand *e, const struct provider_way *w)
{
	e->way      = w;
	e->way_home = errand_home(w->url);
	e->troubles = 0;
	if (w->feed)
		return feed_take(e, w->url);
	TRY(lines_get(e, w->url, "changes.csv", true));
	return lines_get(e, w->url, "index.txt", false);
}

/* Feeds are preferred; folders are asked where there is no feed. */
static bool ways_take(struct errand *e)
{
	bool feeds = e->found.ways.n && e->found.ways.v[0].feed;

	for (size_t i = 0; i < e->found.ways.n; i++)
		if (e->found.ways.v[i].feed == feeds)
			TRY(way_take(e, &e->found.ways.v[i]));
	return true;
}

/* ---- the tool ---- */

static bool number(const char *word, size_t skip, int64_t min, int64_t max, int64_t *out)
{
	return str_to_int(str_of(word + skip), out) && *out >= min && *out <= max;
}

static bool day(str s, time_us *out)
{
	struct civil d;

	if (time_parse(s, out))
		return true;
	if (!date_parse(s, &d))
		return false;
	*out = civil_time(&d);
	return true;
}

static bool option_take(struct errand *e, str *into, const char *word)
{
	int64_t mb;

	if (strcmp(word, "--json") == 0)
		e->json = true;
	else if (strcmp(word, "--any-host") == 0)
		e->any_host = true;
	else if (strcmp(word, "--unsigned") == 0)
		e->unsealed = true;
	else if (strcmp(word, "--insecure-http") == 0)
		e->rules.plain = true;
	else if (strncmp(word, "--ca-file=", 10) == 0 && word[10])
		e->rules.ca_file = word + 10;
	else if (strncmp(word, "--into=", 7) == 0 && word[7])
		*into = str_of(word + 7);
	else if (strncmp(word, "--since=", 8) == 0)
		return day(str_of(word + 8), &e->since);
	else if (strncmp(word, "--max-mb=", 9) == 0 && number(word, 9, 1, 1024, &mb))
		e->document_max = mb << 20;
	else
		return false;
	return true;
}

/* "example.com" of "https://example.com:8443/x". */
static str folder_of(str url)
{
	str    home = errand_home(url), name = str_slice(home, str_find(home, S("://"), 0) + 3, home.n);
	size_t n    = 0;

	while (n < name.n && name.p[n] != ':' && name.p[n] != '[')
		n++;
	return n ? str_slice(name, 0, n) : S("provider");
}

static void sum_tell(struct ctx *c, struct errand *e)
{
	struct json_out o;

	if (!e->json) {
		buf_add(e->out, word_fill(c, N_("{1} new, {2} changed, {3} as before, {4} refused"),
		        (const str[]){ str_fmt(c->arena, "%lld", (long long)e->fresh), str_fmt(c->arena, "%lld", (long long)e->changed),
		                       str_fmt(c->arena, "%lld", (long long)e->same), str_fmt(c->arena, "%lld", (long long)e->refused) }, 4));
		buf_char(e->out, '\n');
		return;
	}
	json_out_init(&o, e->out, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "what", S("sum"));
	json_put_int(&o, "new", e->fresh);
	json_put_int(&o, "changed", e->changed);
	json_put_int(&o, "same", e->same);
	json_put_int(&o, "refused", e->refused);
	json_close(&o);
	buf_char(e->out, '\n');
}

static bool errand_run(struct ctx *c, struct errand *e, str url, str into)
{
	str bytes = STR_NONE;

	TRY(metadata_get(e, url, &bytes));
	TRY(provider_found_parse(c, bytes, &e->found));
	if (!e->found.ways.n)
		return fault(c, E_NOTFOUND, NULL, N_("The metadata names no feed and no folder."));
	TRY(keys_learn(e));
	TRY(stock_open(c, &e->stock, into));
	TRY(ways_take(e));
	return stock_settle(c, &e->stock);
}

static int trouble(struct ctx *c, struct buf *err, str target)
{
	enum fault_code code = c->fault.code;

	buf_add(err, shown(target));
	buf_add(err, S(": "));
	buf_add(err, word_fault(c, &c->fault));
	buf_char(err, '\n');
	return code == E_DISK || code == E_IO || code == E_BUSY ? fault_exit(code) : NOTHING;
}

int csaf_fetch_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct errand e = { .c = c, .since = TIME_NONE, .document_max = (int64_t)MAX_MB << 20, .out = out, .reach = front_of(c)->reach,
		.stock = { .state = -1, .lock = -1 } };
	str           target = STR_NONE, into = STR_NONE;
	bool          right  = true, ok;

	for (int i = 0; i < argc; i++) {
		if (argv[i][0] == '-')
			right &= option_take(&e, &into, argv[i]);
		else if (target.n)
			right = false;
		else
			target = str_of(argv[i]);
	}
	if (!right || !target.n || !utf8_check(target, NULL))
		return tool_usage(err, "csaf fetch", &csaf_fetch_manual);
	if (!e.reach) {
		(void)fault(c, E_UNAVAILABLE, NULL, N_("Here nothing is asked over the network."));
		return trouble(c, err, target);
	}
	if (!site_address(c, &e.rules, &target))
		return trouble(c, err, target);
	ok = errand_run(c, &e, target, into.n ? into : folder_of(target));
	stock_close(&e.stock);
	if (!ok)
		return trouble(c, err, target);
	sum_tell(c, &e);
	return e.refused ? TROUBLED : TAKEN;
}
