#include "standards/csaf/provider_check.h"

#include <stdlib.h>

#include "standards/csaf/provider_part.h"
#include "standards/csaf/provider_read.h"
#include "standards/tlp/tlp.h"

enum { ALIKE_MAX = 20, NOTES_MAX = 20000 };

/* ---- notes ---- */

void look_tried(struct look *k, int requirement)
{
	k->out->tried[requirement]++;
}

void look_note(struct look *k, int requirement, enum provider_grade g, const char *text, str a, str b, str d)
{
	struct provider_report *r = k->out;
	struct provider_note    n = { requirement, g, text, { str_dup(k->c->arena, a), str_dup(k->c->arena, b), str_dup(k->c->arena, d) } };
	size_t                  alike = 0;

	if (g == PROVIDER_ERROR)
		r->errors[requirement]++;
	if (g == PROVIDER_WARNING)
		r->warnings[requirement]++;
	for (size_t i = 0; i < r->notes.n; i++)
		alike += r->notes.v[i].requirement == requirement && r->notes.v[i].text == text;
	if (alike < (g == PROVIDER_INFO ? 1 : ALIKE_MAX))
		(void)!list_push(k->c->arena, &r->notes, n);
}

str look_status(struct look *k, const struct provider_reply *r)
{
	return r->status ? str_fmt(k->c->arena, "%d", r->status) : r->why;
}

/* ---- asking ---- */

static str host_of(str url)
{
	size_t at = str_find(url, S("://"), 0), end;

	if (at == SIZE_MAX)
		return STR_NONE;
	for (end = at + 3; end < url.n && url.p[end] != '/' && url.p[end] != '?' && url.p[end] != '#'; end++)
		;
	return str_slice(url, 0, end);
}

str look_join(struct look *k, str base, str path)
{
	if (str_find(path, S("://"), 0) != SIZE_MAX)
		return path;
	if (str_starts(path, S("/")))
		return STR_CAT(k->c->arena, host_of(base), path);
	while (str_starts(path, S("./")))
		path = str_slice(path, 2, path.n);
	return STR_CAT(k->c->arena, str_slice(base, 0, provider_folder(base)), path);
}

/* An address of this machine: what is sent there crosses nothing. */
static bool is_loopback(str host)
{
	str name = str_slice(host, str_find(host, S("://"), 0) + 3, host.n), first = name;

	if (!str_starts(name, S("[")))
		(void)str_cut(&name, ':', &first);
	return str_starts(first, S("127.")) || str_eq(first, S("localhost")) || str_starts(first, S("[::1]"));
}

static void transport_note(struct look *k, str url, const struct provider_reply *r)
{
	if (!r->status)
		return;
	if (r->plain && !k->loopback) {
		look_tried(k, REQ_TLS);
		NOTE1(k, REQ_TLS, PROVIDER_ERROR, N_("{1} comes without TLS."), url);
	} else if (!r->plain) {
		look_tried(k, REQ_TLS);
	}
	look_tried(k, REQ_REDIRECT);
	if (r->redirects > 0)
		NOTE2(k, REQ_REDIRECT, r->redirects > 20 && k->v21 ? PROVIDER_ERROR : PROVIDER_WARNING,
		      N_("{1} leads on to {2}."), url, r->url);
}

/* meets CSAF-2.0 7.1.3, 7.1.6: by what every answer shows */
bool look_get(struct look *k, struct ctx *c, str url, size_t max, struct provider_reply *r)
{
	*r = (struct provider_reply){ 0 };
	TRY(k->means->get(c, k->means->with, url, ASK_USUAL, max, r));
	if (k->means->network)
		transport_note(k, url, r);
	return true;
}

/* ---- the documents that anybody speaks of ---- */

bool look_mention(struct look *k, struct mention m)
{
	for (size_t i = 0; i < k->places.n && m.by & (BY_LISTING | BY_FILES); i++)
		if (str_eq(k->places.v[i].url, m.url))
			return true;   /* a feed that lies among the documents */
	m.url       = str_dup(k->c->arena, m.url);
	m.signature = str_dup(k->c->arena, m.signature);
	for (int i = 0; i < 2; i++)
		m.hash[i] = str_dup(k->c->arena, m.hash[i]);
	if (list_push(k->c->arena, &k->mentions, m))
		return true;
	return fault(k->c, E_LIMIT, NULL, N_("There are more documents than can be judged."));
}

static int by_url(const void *a, const void *b)
{
	const struct mention *x = a, *y = b;
	int                   d = str_cmp(x->url, y->url);

	return d ? d : x->by != y->by ? (x->by < y->by ? -1 : 1) : (x->place > y->place) - (x->place < y->place);
}

static void doc_add(struct doc *d, const struct mention *m)
{
	d->by |= m->by;
	if (m->by == BY_FEED) {
		d->feed      = m->place + 1;
		d->feed_at   = m->when;
		d->signature = m->signature;
		d->hash[0]   = m->hash[0];
		d->hash[1]   = m->hash[1];
		return;
	}
	d->folder = m->place + 1;
	if (m->by == BY_CHANGES)
		d->changes_at = m->when;
}

static bool docs_make(struct look *k)
{
	static const struct doc fresh = { .changes_at = TIME_NONE, .feed_at = TIME_NONE, .current = TIME_NONE };

	if (k->mentions.n)
		qsort(k->mentions.v, k->mentions.n, sizeof(*k->mentions.v), by_url);
	for (size_t i = 0; i < k->mentions.n; i++) {
		const struct mention *m = &k->mentions.v[i];
		if (!k->docs.n || !str_eq(k->docs.v[k->docs.n - 1].url, m->url)) {
			struct doc d = fresh;
			d.url = m->url;
			if (!list_push(k->c->arena, &k->docs, d))
				return fault(k->c, E_LIMIT, NULL, N_("There are more documents than can be judged."));
		}
		doc_add(&k->docs.v[k->docs.n - 1], m);
	}
	return true;
}

static time_us doc_time(const struct doc *d)
{
	return d->changes_at > d->feed_at ? d->changes_at : d->feed_at;
}

static int newest_first(const void *a, const void *b)
{
	time_us x = doc_time(a), y = doc_time(b);

	return x != y ? (x > y ? -1 : 1) : str_cmp(((const struct doc *)a)->url, ((const struct doc *)b)->url);
}

static bool docs_look(struct look *k)
{
	size_t n = k->docs.n, max = k->task->documents_max;

	if (n)
		qsort(k->docs.v, n, sizeof(*k->docs.v), newest_first);
	k->out->documents = n;
	if (max && n > max)
		n = max;
	for (size_t i = 0; i < n; i++) {
		TRY(look_document(k, &k->docs.v[i]));
		k->out->tested += k->docs.v[i].read;
		if (k->means->progress)
			k->means->progress(k->means->with, i + 1, n);
	}
	return true;
}

/* ---- what one list has and another lacks ---- */

static str label_of(const struct look *k, const struct doc *d)
{
	str label = d->label;

	if (!label.n && d->feed)
		label = k->places.v[d->feed - 1].label;
	if (!label.n && d->folder)
		label = k->places.v[d->folder - 1].label;
	return label.n ? label : S("WHITE");
}

static bool same_label(str a, str b)
{
	enum tlp x, y;

	return str_eq_nocase(a, b) || (tlp_parse(a, &x) && tlp_parse(b, &y) && x == y);
}

/* meets CSAF-2.0 7.1.12, 7.1.14: every document of the folder is in it */
static void folder_gaps(struct look *k, const struct doc *d)
{
	const struct place *p    = &k->places.v[d->folder - 1];
	str                 path = str_slice(d->url, p->url.n, d->url.n);

	if (p->index && !(d->by & BY_INDEX))
		NOTE2(k, REQ_INDEX, PROVIDER_ERROR, N_("{1}index.txt lacks {2}."), p->url, path);
	if (p->changes && !(d->by & BY_CHANGES))
		NOTE2(k, REQ_CHANGES, PROVIDER_WARNING, N_("{1}changes.csv lacks {2}."), p->url, path);
	if (p->listing && !(d->by & BY_LISTING))
		NOTE2(k, REQ_LISTING, PROVIDER_ERROR, N_("The listing of {1} lacks {2}."), p->url, path);
}

/* Has the feed to have it?  One without a label, of which no metadata tells: what lies beside it. */
static bool feed_fits(const struct place *p, str label, const struct doc *d)
{
	return p->label.n ? same_label(p->label, label) : str_starts(d->url, str_slice(p->url, 0, provider_folder(p->url)));
}

/* meets CSAF-2.0 7.1.15: every document of a label is in a feed of it */
static void feed_gaps(struct look *k, const struct doc *d)
{
	str  label = label_of(k, d);
	bool any   = false, fits = false;

	for (size_t i = 0; i < k->places.n; i++) {
		any |= k->places.v[i].feed;
		fits |= k->places.v[i].feed && feed_fits(&k->places.v[i], label, d);
	}
	if (!any || !d->read || (!fits && !k->out->url.n))
		return;
	if (!d->feed)
		NOTE2(k, REQ_FEED, PROVIDER_ERROR, fits ? N_("No feed has {1} ({2}).") : N_("There is no feed for {2}, the label of {1}."),
		      d->url, label);
	else if (d->label.n && k->places.v[d->feed - 1].label.n && !same_label(k->places.v[d->feed - 1].label, label) &&
	         !str_eq(k->places.v[d->feed - 1].label, S("UNLABELED")))
		look_note(k, REQ_FEED, PROVIDER_ERROR, N_("{1} is of {2}, but in the feed of {3}."), d->url, label,
		          k->places.v[d->feed - 1].label);
}

/* meets CSAF-2.0 7.1.18, 7.1.19: when one document has them, all have */
static void seal_gaps(struct look *k)
{
	size_t hashed = 0, sealed = 0;

	for (size_t i = 0; i < k->docs.n; i++) {
		hashed += k->docs.v[i].hashed;
		sealed += k->docs.v[i].sealed;
	}
	for (size_t i = 0; i < k->docs.n; i++) {
		const struct doc *d = &k->docs.v[i];
		if (hashed && d->read && !d->hashed)
			NOTE1(k, REQ_HASH, PROVIDER_ERROR, N_("{1} has no file with its digest."), d->url);
		if (sealed && d->read && !d->sealed)
			NOTE1(k, REQ_SIGNATURE, PROVIDER_ERROR, N_("{1} has no signature."), d->url);
	}
	k->absent[REQ_HASH]      = !hashed && k->out->tested;
	k->absent[REQ_SIGNATURE] = !sealed && k->out->tested;
}

static void gaps(struct look *k)
{
	for (size_t i = 0; i < k->docs.n; i++) {
		const struct doc *d = &k->docs.v[i];
		if (d->folder && !d->gone && (d->read || d->by != BY_FILES))
			folder_gaps(k, d);
		feed_gaps(k, d);
	}
	seal_gaps(k);
}

/* ---- clients of other kinds ---- */

/* meets CSAF-2.1 7.1.24, 7.1.25; CSAF-2.0 7.1.3: not to be had without TLS either */
static bool strangers(struct look *k)
{
	struct provider_reply usual = { 0 }, other = { 0 }, plain = { 0 };
	str                   url = k->out->url;
	bool                  https = str_starts(url, S("https://"));

	if (!k->means->network || !url.n)
		return true;
	TRY(k->means->get(k->c, k->means->with, url, ASK_USUAL, BYTES_SMALL, &usual));
	TRY(k->means->get(k->c, k->means->with, url, ASK_STRANGER, BYTES_SMALL, &other));
	look_tried(k, REQ_AGENT);
	look_tried(k, REQ_ORIGIN);
	if (usual.status != other.status || !str_eq(usual.body, other.body))
		NOTE1(k, REQ_AGENT, PROVIDER_ERROR, N_("{1} is another thing for clients of another name (User-Agent)."), url);
	if (!str_eq(str_trim(usual.origin), S("*")))
		NOTE1(k, REQ_ORIGIN, PROVIDER_WARNING, N_("{1} comes without the header Access-Control-Allow-Origin: *."), url);
	if (!https || str_find(url, S(":"), 6) != SIZE_MAX)
		return true;   /* what another port would answer says nothing */
	TRY(k->means->get(k->c, k->means->with, STR_CAT(k->c->arena, S("http"), str_slice(url, 5, url.n)), ASK_PLAIN, BYTES_SMALL, &plain));
	if (plain.status == 200)
		NOTE1(k, REQ_TLS, PROVIDER_ERROR, N_("{1} can be had without TLS, too."), url);
	return true;
}

/* ---- verdicts ---- */

static void excuse(struct look *k)
{
	if (!k->means->network) {
		static const int unseen[] = { REQ_TLS, REQ_REDIRECT, REQ_DNS, REQ_AGENT, REQ_ORIGIN };
		for (size_t i = 0; i < sizeof(unseen) / sizeof(unseen[0]); i++)
			look_note(k, unseen[i], PROVIDER_INFO, N_("Files in a folder do not show this."), STR_NONE, STR_NONE, STR_NONE);
	} else if (k->loopback && !k->out->tried[REQ_TLS]) {
		look_note(k, REQ_TLS, PROVIDER_INFO, N_("On this machine's own address nothing crosses a network."), STR_NONE, STR_NONE, STR_NONE);
	}
	if (k->out->tested < k->out->documents && k->task->documents_max)
		NOTE2(k, REQ_DOCUMENT, PROVIDER_INFO, N_("Of {1} documents {2} were looked at."),
		      str_fmt(k->c->arena, "%zu", k->out->documents), str_fmt(k->c->arena, "%zu", k->out->tested));
	k->absent[REQ_CLOSED] = k->out->tested > 0;
}

static void verdicts(struct look *k)
{
	struct provider_report *r = k->out;

	for (int i = 1; i < REQ_COUNT; i++)
		r->v[i] = r->errors[i]   ? PROVIDER_FAILED
		        : r->tried[i]    ? (r->warnings[i] ? PROVIDER_REMARKS : PROVIDER_MET)
		        : k->absent[i]   ? PROVIDER_ABSENT
		        : r->warnings[i] ? PROVIDER_REMARKS : PROVIDER_UNTESTED;
}

static void need(const struct provider_report *r, struct provider_standing *s, int requirement)
{
	enum provider_verdict v = r->v[requirement];

	if (v == PROVIDER_FAILED || (v == PROVIDER_ABSENT && requirement != REQ_CLOSED && requirement != REQ_OPEN))
		s->failed |= 1u << requirement;
	else if (v == PROVIDER_UNTESTED)
		s->untested |= 1u << requirement;
}

static bool stands(const struct provider_report *r, int requirement)
{
	return r->v[requirement] == PROVIDER_MET || r->v[requirement] == PROVIDER_REMARKS;
}

/* One of several: what stands in the way of each, when none is met. */
static void need_one(const struct provider_report *r, struct provider_standing *s, int from, int to)
{
	bool open = false;

	for (int i = from; i <= to; i++) {
		if (stands(r, i))
			return;
		open |= r->v[i] == PROVIDER_UNTESTED;
	}
	for (int i = from; i <= to; i++)
		if (open ? r->v[i] == PROVIDER_UNTESTED : true)
			*(open ? &s->untested : &s->failed) |= 1u << i;
}

/* Folders (11 to 14) or feeds (15 to 17, of which the last two may be missing). */
static void need_distribution(const struct provider_report *r, struct provider_standing *s)
{
	struct provider_standing folders = { 0 }, feeds = { 0 };

	for (int i = REQ_YEAR; i <= REQ_LISTING; i++)
		need(r, &folders, i);
	need(r, &feeds, REQ_FEED);
	if (r->v[REQ_SERVICE] == PROVIDER_FAILED || r->v[REQ_CATEGORY] == PROVIDER_FAILED)
		feeds.failed |= (r->v[REQ_SERVICE] == PROVIDER_FAILED ? 1u << REQ_SERVICE : 0) |
		                (r->v[REQ_CATEGORY] == PROVIDER_FAILED ? 1u << REQ_CATEGORY : 0);
	if ((!folders.failed && !folders.untested) || (!feeds.failed && !feeds.untested))
		return;
	if (!folders.failed || !feeds.failed) {   /* one may still stand */
		s->untested |= (folders.failed ? 0 : folders.untested) | (feeds.failed ? 0 : feeds.untested);
		return;
	}
	s->failed |= r->v[REQ_FEED] == PROVIDER_ABSENT ? folders.failed : r->v[REQ_INDEX] == PROVIDER_ABSENT ? feeds.failed
	           : folders.failed | feeds.failed;
}

static void close_standing(struct provider_standing *s)
{
	s->verdict = s->failed ? PROVIDER_FAILED : s->untested ? PROVIDER_UNTESTED : PROVIDER_MET;
}

/* meets CSAF-2.0 7.2.1, 7.2.2, 7.2.3 */
static void standings(struct look *k)
{
	struct provider_report   *r = k->out;
	struct provider_standing *s = r->standing;

	for (int i = REQ_DOCUMENT; i <= REQ_CLOSED - 1; i++)
		need(r, &s[ROLE_PUBLISHER], i);
	s[ROLE_PROVIDER] = s[ROLE_PUBLISHER];
	for (int i = REQ_CLOSED; i <= REQ_METADATA; i++)
		need(r, &s[ROLE_PROVIDER], i);
	if (k->v21) {
		need(r, &s[ROLE_PROVIDER], REQ_AGENT);
		need(r, &s[ROLE_PROVIDER], REQ_ORIGIN);
	}
	need_one(r, &s[ROLE_PROVIDER], REQ_SECURITYTXT, REQ_DNS);
	need_distribution(r, &s[ROLE_PROVIDER]);
	s[ROLE_TRUSTED] = s[ROLE_PROVIDER];
	for (int i = REQ_HASH; i <= REQ_KEY; i++)
		need(r, &s[ROLE_TRUSTED], i);
	for (int i = 0; i <= ROLE_TRUSTED; i++)
		close_standing(&s[i]);
}

/* Of an aggregator.json. meets CSAF-2.0 7.2.4, 7.2.5; what is mirrored is not looked into, so 1 to 5 stay open */
static void listings(struct look *k)
{
	struct provider_report *r = k->out;

	need(r, &r->standing[ROLE_LISTER], REQ_REDIRECT);
	for (int i = REQ_PARTIES; i <= REQ_DISJOINT; i++)
		need(r, &r->standing[ROLE_LISTER], i);
	for (int i = REQ_DOCUMENT; i <= REQ_REDIRECT; i++)
		need(r, &r->standing[ROLE_AGGREGATOR], i);
	for (int i = REQ_PARTIES; i <= REQ_MIRROR; i++)
		need(r, &r->standing[ROLE_AGGREGATOR], i);
	for (int i = ROLE_LISTER; i <= ROLE_AGGREGATOR; i++) {
		if (k->v21) {
			need(r, &r->standing[i], REQ_AGENT);
			need(r, &r->standing[i], REQ_ORIGIN);
		}
		close_standing(&r->standing[i]);
	}
}

bool provider_check(struct ctx *c, const struct provider_task *task, const struct provider_means *means,
                    struct provider_report *out)
{
	struct look k = { .c = c, .task = task, .means = means, .out = out, .places.max = 10000, .mentions.max = URLS_MAX,
	                  .docs.max = URLS_MAX };

	*out       = (struct provider_report){ .notes.max = NOTES_MAX };
	k.host     = host_of(task->url);
	k.loopback = k.host.n && is_loopback(k.host);
	if (look_is_aggregator(task->url)) {
		TRY(look_aggregator(&k));
		TRY(strangers(&k));
		excuse(&k);
		verdicts(&k);
		listings(&k);
		return true;
	}
	TRY(look_metadata(&k));
	for (size_t i = 0; i < task->folders_n; i++)
		if (!list_push(c->arena, &k.places, (struct place){ .url = task->folders[i], .feed = !str_ends(task->folders[i], S("/")) }))
			return fault(c, E_LIMIT, NULL, NULL);
	k.absent[REQ_YEAR] = k.absent[REQ_INDEX] = k.absent[REQ_CHANGES] = k.absent[REQ_LISTING] = true;
	k.absent[REQ_FEED] = k.absent[REQ_SERVICE] = k.absent[REQ_CATEGORY] = true;
	for (uint32_t i = 0; i < k.places.n; i++) {
		if (!k.places.v[i].feed)
			k.absent[REQ_YEAR] = k.absent[REQ_INDEX] = k.absent[REQ_CHANGES] = k.absent[REQ_LISTING] = false;
		TRY(k.places.v[i].feed ? look_feed(&k, i) : look_folder(&k, i));
	}
	TRY(docs_make(&k));
	TRY(docs_look(&k));
	gaps(&k);
	TRY(strangers(&k));
	excuse(&k);
	verdicts(&k);
	standings(&k);
	return true;
}
