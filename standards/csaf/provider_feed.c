#include "standards/csaf/provider_part.h"

#include "standards/tlp/tlp.h"

/* Requirements 15 to 17: the ROLIE documents (RFC 8322). */

static const struct json_limits feed_limits = { .bytes = BYTES_LIST, .depth = 50, .members = 1000000, .string = 1 << 20 };

static void wrong(struct look *k, str url, str entry, const char *text, str what)
{
	look_note(k, REQ_FEED, PROVIDER_ERROR, text, url, entry, what);
}

/* ---- one entry ---- */

/* The links of an entry; what says "ref" for "rel", or nothing, leads nowhere. */
static void links_take(struct look *k, str url, str id, const struct json *entry, struct mention *m)
{
	bool nameless = false;

	for (JSON_ITEMS(l, json_get(entry, S("link")))) {
		str rel = json_get_str(l, S("rel")), href = json_get_str(l, S("href"));
		if (!rel.n || !href.n)
			nameless = true;
		else if (str_eq(rel, S("self")))
			m->url = href;
		else if (str_eq(rel, S("signature")))
			m->signature = href;
		else if (str_eq(rel, S("hash")))
			m->hash[str_ends(href, S(".sha512"))] = href;
	}
	if (nameless)
		wrong(k, url, id, N_("{1}: the entry {2} has a link without rel or href: {3}."),
		      json_get(json_at(json_get(entry, S("link")), 1), S("ref")) ? S("ref") : S("link"));
}

static void shape_judge(struct look *k, str url, str id, const struct json *entry, const struct mention *m)
{
	static const char *const texts[] = { "id", "title", "published", "updated" };
	const struct json       *format  = json_get(entry, S("format"));
	str                      src     = json_get_str(json_get(entry, S("content")), S("src"));
	time_us                  when;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!json_get_str(entry, str_of(texts[i])).n)
			wrong(k, url, id, N_("{1}: the entry {2} lacks {3}."), str_of(texts[i]));
	if (!m->url.n)
		wrong(k, url, id, N_("{1}: the entry {2} lacks {3}."), S("link rel=self"));
	if (!src.n)
		wrong(k, url, id, N_("{1}: the entry {2} lacks {3}."), S("content.src"));
	else if (m->url.n && !str_eq(src, m->url))
		look_note(k, REQ_FEED, PROVIDER_WARNING, N_("{1}: content.src of the entry {2} is not its link self: {3}."), url, id, src);
	if (!json_get_str(format, S("schema")).n || !json_get_str(format, S("version")).n)
		look_note(k, REQ_FEED, PROVIDER_WARNING, N_("{1}: the entry {2} lacks {3}."), url, id, S("format"));
	if (json_get_str(entry, S("published")).n && !time_parse(json_get_str(entry, S("published")), &when))
		wrong(k, url, id, N_("{1}: in the entry {2} this is no date: {3}."), utf8_cut(json_get_str(entry, S("published")), 100));
	if (json_get_str(entry, S("updated")).n && m->when == TIME_NONE)
		wrong(k, url, id, N_("{1}: in the entry {2} this is no date: {3}."), utf8_cut(json_get_str(entry, S("updated")), 100));
}

static bool entry_take(struct look *k, uint32_t place, str url, const struct json *entry, time_us *newest)
{
	struct mention m  = { .by = BY_FEED, .place = place, .when = TIME_NONE };
	str            id = utf8_cut(json_get_str(entry, S("id")), 200);

	id = id.n ? id : S("?");
	if (!time_parse(json_get_str(entry, S("updated")), &m.when))
		m.when = TIME_NONE;
	links_take(k, url, id, entry, &m);
	shape_judge(k, url, id, entry, &m);
	if (m.when != TIME_NONE && (*newest == TIME_NONE || m.when > *newest))
		*newest = m.when;
	if (!m.url.n)
		m.url = json_get_str(json_get(entry, S("content")), S("src"));
	if (!m.url.n)
		return true;
	m.url = look_join(k, url, m.url);
	return look_mention(k, m);
}

/* ---- the feed ---- */

static bool is_of_csaf(const struct json *categories)
{
	for (JSON_ITEMS(g, categories))
		if (str_eq(json_get_str(g, S("scheme")), S("urn:ietf:params:rolie:category:information-type")) &&
		    str_eq(json_get_str(g, S("term")), S("csaf")))
			return true;
	return false;
}

static bool feed_links(struct look *k, str url, const struct json *feed)
{
	str self = STR_NONE;

	for (JSON_ITEMS(l, json_get(feed, S("link")))) {
		if (str_eq(json_get_str(l, S("rel")), S("self")))
			self = json_get_str(l, S("href"));
		if (str_eq(json_get_str(l, S("rel")), S("service")))
			TRY(look_service(k, json_get_str(l, S("href"))));
	}
	if (!self.n)
		NOTE2(k, REQ_FEED, PROVIDER_ERROR, N_("{1} lacks {2}."), url, S("link rel=self"));
	else if (!str_eq(self, url))
		NOTE2(k, REQ_FEED, PROVIDER_WARNING, N_("{1} says of itself that it is {2}."), url, self);
	return true;
}

static bool feed_judge(struct look *k, uint32_t place, str url, const struct json *feed)
{
	static const char *const texts[] = { "id", "title", "updated" };
	time_us                  updated = TIME_NONE, newest = TIME_NONE;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!json_get_str(feed, str_of(texts[i])).n)
			NOTE2(k, REQ_FEED, PROVIDER_ERROR, N_("{1} lacks {2}."), url, str_of(texts[i]));
	if (!is_of_csaf(json_get(feed, S("category"))))
		NOTE2(k, REQ_FEED, PROVIDER_ERROR, N_("{1} lacks {2}."), url, S("category csaf (urn:ietf:params:rolie:category:information-type)"));
	TRY(feed_links(k, url, feed));
	for (JSON_ITEMS(e, json_get(feed, S("entry"))))
		TRY(entry_take(k, place, url, e, &newest));
	if (json_get_str(feed, S("updated")).n && !time_parse(json_get_str(feed, S("updated")), &updated))
		NOTE2(k, REQ_FEED, PROVIDER_ERROR, N_("{1}: this is no date: {2}."), url, utf8_cut(json_get_str(feed, S("updated")), 100));
	else if (newest != TIME_NONE && updated != TIME_NONE && updated < newest)
		look_note(k, REQ_FEED, PROVIDER_ERROR, N_("{1} is stale: it says {2}, its newest entry {3}."), url, json_get_str(feed, S("updated")),
		          time_print(k->c->arena, newest));
	return true;
}

static bool is_narrow(str label)
{
	enum tlp t;

	return tlp_parse(label, &t) && t >= TLP_AMBER;
}

/* A feed of a narrow label has to be closed: meets CSAF-2.0 7.1.5 */
static void closed_judge(struct look *k, const struct place *p, const struct provider_reply *r)
{
	if (!is_narrow(p->label))
		return;
	if (r->status == 401 || r->status == 403)
		look_tried(k, REQ_CLOSED);
	else if (r->status == 200)
		NOTE2(k, REQ_CLOSED, PROVIDER_ERROR, N_("{1} is of {2} and can be had by anybody."), p->url, p->label);
}

/* One JSON document of ROLIE at url: *out NULL when it was not there or none, which was told. */
static bool rolie_get(struct look *k, int requirement, str url, const struct place *p, const struct json **out)
{
	struct provider_reply r;

	*out = NULL;
	TRY(look_get(k, k->c, url, BYTES_LIST, &r));
	if (p)
		closed_judge(k, p, &r);
	if (p && is_narrow(p->label) && (r.status == 401 || r.status == 403))
		return true;
	look_tried(k, requirement);
	if (r.status != 200) {
		NOTE2(k, requirement, PROVIDER_ERROR, N_("{1} is not there: {2}."), url, look_status(k, &r));
		return true;
	}
	if (!json_parse(k->c, r.body, &feed_limits, out)) {
		NOTE2(k, requirement, PROVIDER_ERROR, N_("{1} is no JSON (at {2})."), url,
		      str_fmt(k->c->arena, "%ld:%ld", k->c->fault.line, k->c->fault.column));
		k->c->fault = (struct fault){ 0 };
		*out = NULL;
	}
	return true;
}

/* meets CSAF-2.0 7.1.15 */
bool look_feed(struct look *k, uint32_t place)
{
	const struct place p = k->places.v[place];
	const struct json *root, *feed;
	bool               open = false;

	for (size_t i = 0; i < k->places.n; i++)
		open |= k->places.v[i].feed && !is_narrow(k->places.v[i].label);
	if (!open)
		NOTE1(k, REQ_FEED, PROVIDER_ERROR, N_("No feed is for everybody: {1}."), p.label);
	TRY(rolie_get(k, REQ_FEED, p.url, &p, &root));
	feed = json_get(root, S("feed"));
	if (root && !feed)
		NOTE2(k, REQ_FEED, PROVIDER_ERROR, N_("{1} lacks {2}."), p.url, S("feed"));
	return !feed || feed_judge(k, place, p.url, feed);
}

/* meets CSAF-2.0 7.1.16 */
bool look_service(struct look *k, str url)
{
	const struct json *root, *spaces;
	bool               found = false;

	if (!url.n || k->out->tried[REQ_SERVICE] >= 100)
		return true;
	TRY(rolie_get(k, REQ_SERVICE, url, NULL, &root));
	if (!root)
		return true;
	spaces = json_get(json_get(root, S("service")), S("workspace"));
	for (JSON_ITEMS(w, spaces))
		for (JSON_ITEMS(x, json_get(w, S("collection"))))
			for (size_t i = 0; i < k->places.n; i++)
				found |= k->places.v[i].feed && str_eq(k->places.v[i].url, json_get_str(x, S("href")));
	if (!json_count(spaces))
		NOTE2(k, REQ_SERVICE, PROVIDER_ERROR, N_("{1} lacks {2}."), url, S("service.workspace"));
	else if (!found)
		NOTE1(k, REQ_SERVICE, PROVIDER_ERROR, N_("{1} names none of the feeds of the metadata."), url);
	return true;
}

/* meets CSAF-2.0 7.1.17 */
bool look_category(struct look *k, str url)
{
	const struct json *root;

	TRY(rolie_get(k, REQ_CATEGORY, url, NULL, &root));
	if (root && !json_count(json_get(json_get(root, S("categories")), S("category"))))
		NOTE2(k, REQ_CATEGORY, PROVIDER_ERROR, N_("{1} lacks {2}."), url, S("categories.category"));
	return true;
}
