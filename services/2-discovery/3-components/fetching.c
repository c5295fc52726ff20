#include "services/2-discovery/3-components/fetching.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/op/tool.h"
#include "services/2-discovery/3-components/notice.h"
#include "services/2-discovery/3-components/notice_digest.h"
#include "services/2-discovery/3-components/why.h"

enum { LIST_MAX = 14 << 20, WAIT = 60, HOPS = 5 };

static const struct json_limits answer_limits = { .bytes = 32 << 20, .depth = 8, .members = LISTING_ENTRIES, .string = 2 * NOTICE_TITLE };

/* ---- what is due ---- */

bool fetching_due(struct ctx *c, void **work)
{
	struct fetching *w = NEW(c->arena, struct fetching);
	bool             found = false;

	*work = NULL;
	TRY(sql_item_due(c, c->now, &w->item, &found));
	if (found)
		TRY(sql_supplier_keys(c, w->item.supplier, &w->known));
	if (!found) {
		TRY(sql_supplier_due(c, c->now, &w->s, &found));
		w->asks = true;
		if (found)
			TRY(sql_supplier_lists(c, w->s.id, &w->lists));
	}
	if (found)
		*work = w;
	return true;
}

/* ---- asking ---- */

str fetching_home(str url)
{
	size_t at = str_find(url, S("://"), 0), end;

	if (at == SIZE_MAX)
		return STR_NONE;
	for (end = at + 3; end < url.n && url.p[end] != '/' && url.p[end] != '?' && url.p[end] != '#'; end++)
		;
	return str_slice(url, 0, end);
}

bool fetching_trouble(struct ctx *c, struct fetching *w, const char *why, str a, str b)
{
	w->wrong = true;
	w->why   = str_of(why);
	w->with  = STR_CAT(c->arena, a, S("\n"), b, S("\n"));
	return true;
}

/* The fault of c becomes what went wrong; what the machine lacks ends the chore. */
bool fetching_trouble_fault(struct ctx *c, struct fetching *w)
{
	struct buf b;

	if (c->arena->lack != ARENA_WHOLE || c->fault.code == E_IO || c->fault.code == E_DISK)
		return false;
	buf_init(&b, c->arena, 16 << 10);
	for (size_t i = 0; i < FAULT_ARGS; i++) {
		buf_add(&b, utf8_check(c->fault.arg[i], NULL) ? utf8_cut(c->fault.arg[i], 500) : S("?"));
		buf_char(&b, '\n');
	}
	w->wrong = true;
	w->why   = str_of(c->fault.text ? c->fault.text : fault_title(c->fault.code));
	w->with  = buf_str(&b);
	c->fault = (struct fault){ 0 };
	return true;
}

bool fetching_get(struct ctx *c, str url, int64_t max, str etag, str modified, struct fetched *out)
{
	struct sending q = { .method = S("GET"), .url = url, .max = max, .seconds = WAIT, .redirects = HOPS };
	size_t         n = 0;

	if (etag.n) {
		q.header[n].name    = S("If-None-Match");
		q.header[n++].value = etag;
	}
	if (modified.n) {
		q.header[n].name    = S("If-Modified-Since");
		q.header[n++].value = modified;
	}
	return front_of(c)->send(c, &q, out);
}

/* ---- what a provider has ---- */

/* *doc NULL with w->wrong: it cannot be read. */
static bool listing_read(struct ctx *c, struct fetching *w, str url, str bytes, const struct json **doc)
{
	const struct json *said;
	str                answer;
	int                status;

	*doc = NULL;
	TRY(tool_ask(c, S("csaf listing"), bytes, &status, &answer));
	TRY(json_parse(c, answer, &answer_limits, &said));
	if (status == NOTICE_MADE)
		*doc = said;
	return *doc || fetching_trouble(c, w, N_("{1} cannot be read: {2}"), url, why_said(c, &(struct notice_why){
		.why = notice_text(said, "text", NOTICE_TITLE), .with = notice_lines(c, json_get(said, S("with"))),
		.pointer = notice_text(said, "pointer", NOTICE_TITLE), .line = INT_NONE }));
}

/* True when something lies there; what went wrong when not stays in c. */
static bool lies_at(struct ctx *c, str url, struct fetched *out)
{
	return fetching_get(c, url, FETCHING_SMALL, STR_NONE, STR_NONE, out) && out->status == 200;
}

/* The addresses of a security.txt, in its order: a stranger's file, read in the cage.  meets CSAF-2.0 7.1.8 */
static bool by_securitytxt(struct ctx *c, str home, struct fetched *out)
{
	struct fetched     got;
	const struct json *said;
	str                answer;
	int                status;

	if (!lies_at(c, STR_CAT(c->arena, home, S("/.well-known/security.txt")), &got) ||
	    !tool_ask(c, S("csaf places"), got.body, &status, &answer) || status != NOTICE_MADE || !json_parse(c, answer, &answer_limits, &said))
		return false;
	for (JSON_ITEMS(x, json_get(said, S("places"))))
		if (str_starts(json_str(x), S("https://")) && lies_at(c, utf8_cut(json_str(x), NOTICE_TITLE), out))
			return true;
	return false;
}

/* "https://…" as it is; of a domain the well-known place, its security.txt and the DNS name.  meets CSAF-2.0 7.3.1, CSAF-2.1 7.3.1 */
static bool metadata_get(struct ctx *c, struct fetching *w, struct fetched *out)
{
	str address = w->s.address, home;

	if (str_starts(address, S("https://")) && address.n > fetching_home(address).n + 1)
		return fetching_get(c, address, FETCHING_SMALL, STR_NONE, STR_NONE, out);
	if (!str_starts(address, S("https://")))
		address = STR_CAT(c->arena, S("https://"), address);
	home = fetching_home(address);
	if (lies_at(c, STR_CAT(c->arena, home, S("/.well-known/csaf/provider-metadata.json")), out) || by_securitytxt(c, home, out) ||
	    lies_at(c, STR_CAT(c->arena, S("https://csaf.data.security."), str_slice(home, 8, home.n)), out)) {
		c->fault = (struct fault){ 0 };
		return true;
	}
	if (c->fault.code == E_NONE)
		(void)fault(c, E_NOTFOUND, NULL, N_("There is no provider-metadata.json at {1}."), home);
	return false;
}

static bool own_host(const struct fetching *w, str url)
{
	return str_eq(fetching_home(url), w->home);
}

/* One list; *there false: there is none under this name. */
static bool way_get(struct ctx *c, struct fetching *w, str url, bool folder, bool *there)
{
	struct fetching_way         x = { .url = url, .folder = folder };
	struct fetched     got;
	const struct json *doc;
	bool               cut;

	*there = false;
	for (size_t i = 0; i < w->lists.n; i++)
		if (str_eq(w->lists.v[i].url, url)) {
			x.etag     = w->lists.v[i].etag;
			x.modified = w->lists.v[i].modified;
		}
	if (!fetching_get(c, url, LIST_MAX, x.etag, x.modified, &got))
		return fetching_trouble_fault(c, w);
	*there = got.status != 404 && got.status != 410;
	if (got.status == 304 || !*there)
		return true;
	if (got.status != 200)
		return fetching_trouble(c, w, N_("{1} answers {2}."), url, str_fmt(c->arena, "%d", got.status));
	TRY(listing_read(c, w, url, got.body, &doc));
	if (!doc)
		return true;
	x.entries = json_get(doc, S("entries"));
	if (json_bool(json_get(doc, S("cut")), &cut) && cut)
		TRY(fetching_trouble(c, w, N_("{1} names more than {2} documents; the first ones are taken."), url, str_fmt(c->arena, "%d", LISTING_ENTRIES)));
	x.etag     = got.etag.n ? utf8_cut(got.etag, 500) : S("");
	x.modified = got.modified.n ? utf8_cut(got.modified, 100) : S("");
	return list_push(c->arena, &w->ways, x) || fault(c, E_LIMIT, NULL, NULL);
}

/* A folder tells what changed when, where it does so; else what there is. */
static bool folder_get(struct ctx *c, struct fetching *w, str url)
{
	bool there;

	TRY(way_get(c, w, STR_CAT(c->arena, url, S("changes.csv")), true, &there));
	if (w->wrong || there)
		return true;
	TRY(way_get(c, w, STR_CAT(c->arena, url, S("index.txt")), true, &there));
	return w->wrong || there || fetching_trouble(c, w, N_("There is neither changes.csv nor index.txt at {1}."), url, S(""));
}

/* meets CSAF-2.0 7.3.2: feeds are preferred */
static bool ways_get(struct ctx *c, struct fetching *w, const struct json *doc)
{
	bool feeds = false, is_feed, there;

	w->ways.max = LISTING_WAYS;
	for (JSON_ITEMS(x, json_get(doc, S("ways"))))
		feeds |= json_bool(json_get(x, S("feed")), &is_feed) && is_feed;
	for (JSON_ITEMS(x, json_get(doc, S("ways")))) {
		str url = notice_text(x, "url", NOTICE_TITLE);
		is_feed = json_bool(json_get(x, S("feed")), &is_feed) && is_feed;
		if (is_feed != feeds || w->wrong)
			continue;
		if (!own_host(w, url))
			TRY(fetching_trouble(c, w, N_("{1} is on another host than the metadata."), url, S("")));
		else if (!is_feed)
			TRY(folder_get(c, w, url));
		else {
			TRY(way_get(c, w, url, false, &there));
			if (!w->wrong && !there)
				TRY(fetching_trouble(c, w, N_("{1} answers {2}."), url, S("404")));
		}
	}
	return json_count(json_get(doc, S("ways"))) || fetching_trouble(c, w, N_("The metadata names no feed and no folder."), S(""), S(""));
}

static bool provider_ask(struct ctx *c, struct fetching *w)
{
	struct fetched     got;
	const struct json *doc;

	if (!metadata_get(c, w, &got))
		return fetching_trouble_fault(c, w);
	if (got.status != 200)
		return fetching_trouble(c, w, N_("{1} answers {2}."), w->s.address, str_fmt(c->arena, "%d", got.status));
	w->home = fetching_home(got.url);
	TRY(listing_read(c, w, got.url, got.body, &doc));
	if (!doc)
		return true;
	if (!str_eq(notice_text(doc, "kind", 20), S("metadata")))
		return fetching_trouble(c, w, N_("{1} is no provider-metadata.json."), got.url, S(""));
	TRY(fetching_keys(c, w, doc));
	w->trusted = json_bool(json_get(doc, S("trusted")), &w->trusted) && w->trusted;
	return ways_get(c, w, doc);
}

/* ---- a document ---- */

static str name_of(str url)
{
	size_t at = url.n;

	while (at > 0 && url.p[at - 1] != '/')
		at--;
	return str_slice(url, at, url.n);
}

static bool document_get(struct ctx *c, struct fetching *w)
{
	struct fetched got;

	if (!fetching_get(c, w->item.url, NOTICE_BYTES, STR_NONE, STR_NONE, &got))
		return fetching_trouble_fault(c, w);
	if (got.status != 200)
		return fetching_trouble(c, w, N_("{1} answers {2}."), w->item.url, str_fmt(c->arena, "%d", got.status));
	if (!str_eq(fetching_home(got.url), fetching_home(w->item.url)))
		return fetching_trouble(c, w, N_("It leads on to another host: {1}."), got.url, S(""));
	TRY(fetching_proved(c, w, got.body));
	if (w->wrong)
		return true;
	TRY(notice_read(c, name_of(w->item.url), got.body, &w->paper));
	w->got = true;
	return true;
}

bool fetching_act(struct ctx *c, void *work, bool *keep)
{
	struct fetching *w = work;

	*keep = front_of(c)->send != NULL && front_of(c)->tool != NULL;
	if (!*keep)
		return true;
	return w->asks ? provider_ask(c, w) : document_get(c, w);
}

/* ---- keeping ---- */

/* Of a folder's list the address is that of the list and the path. */
static bool entries_note(struct ctx *c, const struct fetching *w, const struct fetching_way *x)
{
	size_t at = x->url.n;

	while (at > 0 && x->url.p[at - 1] != '/')
		at--;
	for (JSON_ITEMS(e, x->entries)) {
		str     url = x->folder ? STR_CAT(c->arena, str_slice(x->url, 0, at), notice_text(e, "path", 500)) : notice_text(e, "url", NOTICE_TITLE);
		str     digest = notice_text(e, "digest", NOTICE_TITLE);
		time_us updated = TIME_NONE;
		int64_t n;
		if (!own_host(w, url))
			continue;
		if (!time_parse(notice_text(e, "updated", 60), &updated))
			updated = TIME_NONE;
		TRY(sql_item_note(c, (item_id){ random_id(c) }, w->s.id, url, digest, notice_text(e, "seal", NOTICE_TITLE), updated, c->now, &n));
	}
	return sql_supplier_list_put(c, w->s.id, x->url, x->etag, x->modified);
}

static bool provider_keep(struct ctx *c, const struct fetching *w)
{
	for (size_t i = 0; i < w->ways.n; i++)
		TRY(entries_note(c, w, &w->ways.v[i]));
	if (w->keys.n || !w->wrong)
		TRY(sql_supplier_key_clear(c, w->s.id));
	for (size_t i = 0; i < w->keys.n; i++)
		TRY(sql_supplier_key_insert(c, w->s.id, w->keys.v[i].url, w->keys.v[i].fingerprint, w->keys.v[i].bytes));
	if (w->wrong)
		return sql_supplier_went_wrong(c, w->s.id, w->why, w->with, c->now + FETCH_AGAIN, c->now);
	return sql_supplier_went_well(c, w->s.id, w->trusted, c->now + FETCH_EVERY, c->now);
}

/* Tried again after 15 minutes, half an hour, an hour … */
static bool item_later(struct ctx *c, const struct fetching *w)
{
	bool over = w->item.tries + 1 >= FETCH_TRIES;

	return sql_item_wrong(c, w->item.id, over ? S("failed") : S("wanted"), c->now + (FETCH_AGAIN << (w->item.tries < 8 ? w->item.tries : 8)), w->why, w->with);
}

bool fetching_keep(struct ctx *c, void *work)
{
	struct fetching   *w = work;
	struct notice_fate f;

	if (w->asks)
		return provider_keep(c, w);
	if (!w->got)
		return item_later(c, w);
	TRY(notice_keep(c, &w->paper, w->item.supplier, &f));
	if (w->signed_by.n)
		TRY(sql_paper_signed(c, f.paper, w->signed_by));
	return sql_item_got(c, w->item.id, f.paper);
}
