#include "standards/csaf/provider_part.h"

#include "standards/csaf/csaf.h"
#include "standards/csaf/provider_read.h"
#include "standards/tlp/tlp.h"

/* Requirements that each document is judged by. */

/* One document while it is in memory: c ends with it. */
struct reading { struct ctx *c; struct doc *d; str bytes; const struct json *tracking; };

static bool is_narrow(str label)
{
	enum tlp t;

	return tlp_parse(label, &t) && t >= TLP_AMBER;
}

/* ---- 1, 2, 11 ---- */

/* meets CSAF-2.0 7.1.1 */
static bool content_judge(struct look *k, struct reading *r)
{
	struct csaf_findings f = { 0 };

	TRY(csaf_check(r->c, r->bytes, &(struct csaf_options){ .preset = CSAF_BASIC, .now = k->task->now }, &f));
	look_tried(k, REQ_DOCUMENT);
	for (size_t i = 0; i < f.n; i++)
		if (f.v[i].class == CSAF_ERROR) {
			look_note(k, REQ_DOCUMENT, PROVIDER_ERROR, N_("{1} is not valid: {2} at {3}"), r->d->url, str_of(f.v[i].test),
			          f.v[i].pointer.n ? utf8_cut(f.v[i].pointer, 200) : S("/"));
			break;
		}
	return true;
}

static str name_of(str url)
{
	return str_slice(url, provider_folder(url), url.n);
}

/* meets CSAF-2.0 7.1.2 */
static void name_judge(struct look *k, const struct reading *r)
{
	str id = json_get_str(r->tracking, S("id")), want;

	if (!id.n)
		return;
	want = csaf_filename(r->c->arena, id);
	look_tried(k, REQ_FILENAME);
	if (!str_eq(want, name_of(r->d->url)))
		NOTE2(k, REQ_FILENAME, PROVIDER_ERROR, N_("{1} has to be called {2}."), r->d->url, want);
}

/* meets CSAF-2.0 7.1.11 */
static void year_judge(struct look *k, const struct reading *r)
{
	str     initial = json_get_str(r->tracking, S("initial_release_date")), path, year;
	time_us when;

	if (!r->d->folder || !time_parse(initial, &when))
		return;
	look_tried(k, REQ_YEAR);
	path = str_slice(r->d->url, k->places.v[r->d->folder - 1].url.n, r->d->url.n);
	year = str_fmt(r->c->arena, "%04d/", time_civil(when).year);
	if (!str_starts(path, year) || str_find(path, S("/"), 5) != SIZE_MAX)
		NOTE2(k, REQ_YEAR, PROVIDER_ERROR, N_("{1} has to lie in the folder {2} of its first release."), r->d->url, str_slice(year, 0, 4));
}

/* ---- 4, 5 ---- */

static void label_judge(struct look *k, const struct reading *r)
{
	if (is_narrow(r->d->label)) {
		look_tried(k, REQ_CLOSED);
		NOTE2(k, REQ_CLOSED, PROVIDER_ERROR, N_("{1} is of {2} and can be had by anybody."), r->d->url, r->d->label);
	} else {
		look_tried(k, REQ_OPEN);
	}
}

/* It was not given out: right for a narrow label, wrong for the widest. */
static void refusal_judge(struct look *k, const struct doc *d, const struct provider_reply *r)
{
	str       label = d->feed ? k->places.v[d->feed - 1].label : d->folder ? k->places.v[d->folder - 1].label : STR_NONE;
	enum tlp  t;

	if (is_narrow(label)) {
		look_tried(k, REQ_CLOSED);
	} else if (!tlp_parse(label, &t) || t == TLP_CLEAR) {
		look_tried(k, REQ_OPEN);
		NOTE2(k, REQ_OPEN, PROVIDER_ERROR, N_("{1} is not freely given: {2}."), d->url, look_status(k, r));
	}
}

/* ---- 13, 15: the dates ---- */

static void dates_judge(struct look *k, const struct reading *r)
{
	struct doc *d    = r->d;
	str         text = json_get_str(r->tracking, S("current_release_date"));

	if (!time_parse(text, &d->current))
		d->current = TIME_NONE;
	if (d->current == TIME_NONE)
		return;
	if (d->changes_at != TIME_NONE && d->changes_at != d->current)
		look_note(k, REQ_CHANGES, PROVIDER_ERROR, N_("changes.csv has {1} for {2}, which says {3}."), time_print(r->c->arena, d->changes_at),
		          d->url, text);
	if (d->feed_at != TIME_NONE && d->feed_at < d->current)
		look_note(k, REQ_FEED, PROVIDER_ERROR, N_("The feed is stale: it has {1} for {2}, which says {3}."),
		          time_print(r->c->arena, d->feed_at), d->url, text);
	else if (d->feed_at != TIME_NONE && d->feed_at > d->current)
		look_note(k, REQ_FEED, PROVIDER_WARNING, N_("The feed has {1} for {2}, which says {3}."),
		          time_print(r->c->arena, d->feed_at), d->url, text);
}

/* ---- 18: digests ---- */

static bool is_hex(char x, bool *upper)
{
	*upper |= x >= 'A' && x <= 'F';
	return (x >= '0' && x <= '9') || (x >= 'a' && x <= 'f') || (x >= 'A' && x <= 'F');
}

static void digest_judge(struct look *k, const struct reading *r, str url, int bits, str text)
{
	size_t n     = 0, want = (size_t)bits / 4;
	bool   upper = false;

	while (n < text.n && is_hex(text.p[n], &upper))
		n++;
	if (n != want || (n < text.n && text.p[n] != ' ' && text.p[n] != '\t' && text.p[n] != '\n' && text.p[n] != '\r'))
		NOTE1(k, REQ_HASH, PROVIDER_ERROR, N_("{1} does not begin with a digest."), url);
	else if (!str_eq_nocase(str_slice(text, 0, n), k->means->digest(r->c, k->means->with, bits, r->bytes)))
		NOTE1(k, REQ_HASH, PROVIDER_ERROR, N_("The digest {1} is not that of the document."), url);
	else if (upper && k->v21)
		NOTE1(k, REQ_HASH, PROVIDER_ERROR, N_("The digest {1} has capital letters."), url);
}

/* meets CSAF-2.0 7.1.18 */
static bool hashes_look(struct look *k, const struct reading *r)
{
	static const char *const ends[] = { ".sha256", ".sha512" };
	bool listed = r->d->hash[0].n || r->d->hash[1].n;

	for (int i = 0; i < 2; i++) {
		struct provider_reply got;
		str                   url = r->d->hash[i].n ? r->d->hash[i] : STR_CAT(r->c->arena, r->d->url, str_of(ends[i]));
		TRY(look_get(k, r->c, url, BYTES_SMALL, &got));
		if (got.status != 200) {
			if (r->d->hash[i].n)
				NOTE2(k, REQ_HASH, PROVIDER_WARNING, N_("{1} is in the feed, but not there: {2}."), url, look_status(k, &got));
			continue;
		}
		look_tried(k, REQ_HASH);
		r->d->hashed = true;
		digest_judge(k, r, url, i ? 512 : 256, got.body);
	}
	if (r->d->feed && !listed && (r->d->hashed || str_eq(k->out->role, S("csaf_trusted_provider"))))
		NOTE1(k, REQ_FEED, PROVIDER_ERROR, N_("The feed does not list the digest of {1} (link rel=hash)."), r->d->url);
	if (listed && !r->d->hashed)
		NOTE1(k, REQ_HASH, PROVIDER_ERROR, N_("{1} has no file with its digest."), r->d->url);
	return true;
}

/* ---- 19: signatures ---- */

static void seal_judge(struct look *k, const struct reading *r, str url, const struct provider_seal *s)
{
	time_us left = s->expires == TIME_NONE ? 365 * DAY : s->expires - k->task->now;

	if (!s->good)
		NOTE2(k, REQ_SIGNATURE, PROVIDER_ERROR, s->known ? N_("The signature {1} is not good: {2}.")
		                                                 : N_("The signature {1} is of none of the keys of the metadata ({2})."), url, s->why);
	else if (left <= 90 * DAY)
		NOTE2(k, REQ_SIGNATURE, left <= 30 * DAY && k->v21 ? PROVIDER_ERROR : PROVIDER_WARNING,
		      N_("The signature {1} is good only until {2}."), url, time_print(r->c->arena, s->expires));
}

/* meets CSAF-2.0 7.1.19 */
static bool signature_look(struct look *k, const struct reading *r)
{
	struct provider_reply got;
	struct provider_seal  seal = { .expires = TIME_NONE };
	str                   url  = r->d->signature.n ? r->d->signature : STR_CAT(r->c->arena, r->d->url, S(".asc"));

	TRY(look_get(k, r->c, url, BYTES_SMALL, &got));
	if (got.status != 200) {
		if (r->d->signature.n)
			NOTE2(k, REQ_SIGNATURE, PROVIDER_ERROR, N_("{1} is in the feed, but not there: {2}."), url, look_status(k, &got));
		return true;
	}
	r->d->sealed = true;
	if (r->d->feed && !r->d->signature.n)
		NOTE1(k, REQ_FEED, PROVIDER_ERROR, N_("The feed does not list the signature of {1} (link rel=signature)."), r->d->url);
	if (str_find(got.body, S("-----BEGIN PGP SIGNATURE-----"), 0) == SIZE_MAX)
		NOTE1(k, REQ_SIGNATURE, k->v21 ? PROVIDER_ERROR : PROVIDER_WARNING, N_("The signature {1} has no ASCII armour."), url);
	if (!k->means->verify || !k->keys) {
		if (!k->out->tried[REQ_SIGNATURE])
			NOTE1(k, REQ_SIGNATURE, PROVIDER_INFO, N_("Without a key signatures cannot be checked ({1})."), url);
		return true;
	}
	TRY(k->means->verify(r->c, k->means->with, r->bytes, got.body, &seal));
	look_tried(k, REQ_SIGNATURE);
	seal_judge(k, r, url, &seal);
	return true;
}

/* ---- all of it ---- */

/* It is said to be there, and is not. */
static void missing_note(struct look *k, const struct doc *d, const struct provider_reply *r)
{
	static const struct { enum source by; int requirement; } lists[] = {
		{ BY_INDEX, REQ_INDEX }, { BY_CHANGES, REQ_CHANGES }, { BY_LISTING, REQ_LISTING }, { BY_FEED, REQ_FEED } };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (d->by & lists[i].by)
			NOTE2(k, lists[i].requirement, PROVIDER_ERROR, N_("{1} is listed, but not there: {2}."), d->url, look_status(k, r));
}

/* A JSON file that only a listing shows may be something else: a feed, the metadata. */
static bool is_stray(const struct doc *d, const struct json *root)
{
	return !(d->by & (BY_INDEX | BY_CHANGES | BY_FEED)) && root && !json_get(root, S("document"));
}

static bool document_judge(struct look *k, struct reading *r)
{
	const struct json *root = NULL, *document;

	if (!json_parse(r->c, r->bytes, &csaf_limits, &root))
		r->c->fault = (struct fault){ 0 };
	if (is_stray(r->d, root)) {
		r->d->by = r->d->folder = 0;
		k->out->documents--;
		return true;
	}
	document    = json_get(root, S("document"));
	r->tracking = json_get(document, S("tracking"));
	r->d->read  = true;
	r->d->label = str_dup(k->c->arena, json_get_str(json_get(json_get(document, S("distribution")), S("tlp")), S("label")));
	TRY(content_judge(k, r));
	name_judge(k, r);
	year_judge(k, r);
	label_judge(k, r);
	dates_judge(k, r);
	TRY(hashes_look(k, r));
	return signature_look(k, r);
}

static bool document_get(struct look *k, struct reading *r)
{
	struct provider_reply got;

	TRY(look_get(k, r->c, r->d->url, BYTES_DOCUMENT, &got));
	if (got.status == 401 || got.status == 403) {
		r->d->refused = true;
		refusal_judge(k, r->d, &got);
		return true;
	}
	if (got.status != 200) {
		r->d->gone = true;
		missing_note(k, r->d, &got);
		return true;
	}
	r->bytes = got.body;
	return document_judge(k, r);
}

bool look_document(struct look *k, struct doc *d)
{
	struct arena   a;
	struct ctx     c;
	struct reading r = { .c = &c, .d = d };
	bool           ok;

	arena_init(&a, (size_t)4 << 30);
	ctx_init(&c, &a);
	c.now    = k->c->now;
	c.random = k->c->random;
	ok = document_get(k, &r);
	if (!ok)
		(void)fault(k->c, c.fault.code, NULL, NULL);
	arena_done(&a);
	return ok;
}
