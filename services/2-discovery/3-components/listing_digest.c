#include "services/2-discovery/3-components/notice_digest.h"

#include "platform/json/json_out.h"
#include "services/2-discovery/3-components/notice_tree.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/provider_read.h"
#include "standards/rolie/rolie_read.h"
#include "standards/securitytxt/securitytxt.h"

struct listing { struct ctx *c; struct json_out o; size_t n; bool over; };

static void put(struct listing *l, const char *key, str s)
{
	json_put_str(&l->o, key, utf8_plain(l->c->arena, s.n ? s : S(""), NOTICE_TITLE));
}

/* meets CSAF-2.0 7.1.7, 7.3.1 */
static bool metadata(struct listing *l, str bytes)
{
	struct provider_found f;

	TRY(provider_found_parse(l->c, bytes, &f));
	json_put_str(&l->o, "kind", S("metadata"));
	json_put_bool(&l->o, "trusted", f.trusted);
	json_open(&l->o, "ways", '[');
	for (size_t i = 0; i < f.ways.n && i < LISTING_WAYS; i++) {
		json_open_object(&l->o);
		put(l, "url", f.ways.v[i].url);
		json_put_bool(&l->o, "feed", f.ways.v[i].feed);
		json_close(&l->o);
	}
	json_close(&l->o);
	json_open(&l->o, "keys", '[');
	for (size_t i = 0; i < f.keys.n && i < LISTING_KEYS; i++) {
		json_open_object(&l->o);
		put(l, "url", f.keys.v[i].url);
		put(l, "fingerprint", f.keys.v[i].fingerprint);
		json_close(&l->o);
	}
	json_close(&l->o);
	return true;
}

/* ---- lists ---- */

static bool room(struct listing *l)
{
	l->over = l->n++ >= LISTING_ENTRIES;
	return !l->over;
}

static bool entry(void *to, const struct rolie_found *e)
{
	struct listing *l = to;

	if (!e->url.n)
		return true;
	if (!room(l))
		return false;
	json_open_object(&l->o);
	put(l, "url", e->url);
	put(l, "digest", e->hash[1].n ? e->hash[1] : e->hash[0]);
	put(l, "seal", e->signature);
	json_put_time(&l->o, l->c->arena, "updated", e->updated);
	json_close(&l->o);
	return true;
}

static bool more(struct ctx *c, void *from, char *p, size_t n, size_t *got)
{
	str *left = from;

	(void)c;
	*got = left->n < n ? left->n : n;
	memcpy(p, left->p, *got);
	*left = str_slice(*left, *got, left->n);
	return true;
}

/* meets CSAF-2.0 7.1.15 */
static bool feed(struct listing *l, str bytes)
{
	bool ok;

	json_put_str(&l->o, "kind", S("list"));
	json_open(&l->o, "entries", '[');
	ok = rolie_feed_read(l->c, more, &bytes, entry, l);
	if (!ok && !l->over)
		return false;
	l->c->fault = (struct fault){ 0 };
	json_close(&l->o);
	return true;
}

/* A cell of changes.csv without its quotes; paths and instants hold none. */
static str cell(str s)
{
	s = str_trim(s);
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = str_slice(s, 1, s.n - 1);
	return s;
}

/* meets CSAF-2.0 7.1.12, 7.1.13: index.txt and changes.csv; the newest first */
static bool paths(struct listing *l, str bytes)
{
	str line, path, when;

	if (!utf8_check(bytes, NULL))
		return fault(l->c, E_SYNTAX, NULL, N_("The list is not UTF-8."));
	json_put_str(&l->o, "kind", S("list"));
	json_open(&l->o, "entries", '[');
	while (str_cut(&bytes, '\n', &line)) {
		time_us t = TIME_NONE;
		when = str_trim(line);
		if (!when.n || !str_cut(&when, ',', &path))
			continue;
		path = cell(path);
		if (!provider_path_check(path))
			continue;
		if (!room(l))
			break;
		if (!time_parse(cell(when), &t))
			t = TIME_NONE;
		json_open_object(&l->o);
		put(l, "path", path);
		json_put_time(&l->o, l->c->arena, "updated", t);
		json_close(&l->o);
	}
	json_close(&l->o);
	return true;
}

static bool listing(struct ctx *c, str bytes, struct buf *out)
{
	struct listing     l    = { .c = c };
	str                head = str_trim(bytes);
	const struct json *root;
	bool               ok;

	json_out_init(&l.o, out, JSON_COMPACT);
	json_open_object(&l.o);
	if (!head.n || head.p[0] != '{')
		ok = paths(&l, bytes);
	else {
		TRY(json_parse(c, bytes, &csaf_limits, &root));
		ok = json_get(root, S("feed")) ? feed(&l, bytes) : metadata(&l, bytes);
	}
	TRY(ok);
	json_put_bool(&l.o, "cut", l.over);
	json_close(&l.o);
	buf_char(out, '\n');
	return true;
}

int csaf_listing_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	str bytes;
	int status;

	if (!notice_read_one(c, argc, argv, "psirt csaf listing FILE|-\n", &bytes, err, &status))
		return status;
	if (listing(c, bytes, out))
		return NOTICE_MADE;
	notice_wrong(c, out);
	return NOTICE_REFUSED;
}

/* meets CSAF-2.0 7.1.8; RFC 9116 */
static bool places(struct ctx *c, str bytes, struct buf *out)
{
	struct securitytxt t;
	struct json_out    o;
	size_t             n = 0;

	TRY(securitytxt_parse(c, bytes, &t));
	json_out_init(&o, out, JSON_COMPACT);
	json_open_object(&o);
	json_open(&o, "places", '[');
	for (size_t i = 0; i < t.fields.n; i++)
		if (t.fields.v[i].name == SECTXT_CSAF && n++ < LISTING_PLACES)
			json_out_str(&o, utf8_plain(c->arena, t.fields.v[i].value, NOTICE_TITLE));
	json_close(&o);
	json_close(&o);
	buf_char(out, '\n');
	return true;
}

int csaf_places_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	str bytes;
	int status;

	if (!notice_read_one(c, argc, argv, "psirt csaf places FILE|-\n", &bytes, err, &status))
		return status;
	if (places(c, bytes, out))
		return NOTICE_MADE;
	notice_wrong(c, out);
	return NOTICE_REFUSED;
}
