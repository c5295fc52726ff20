#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "platform/json/json.h"
#include "standards/csaf/provider_check.h"
#include "standards/csaf/provider_read.h"
#include "standards/rolie/rolie_read.h"

/* What a provider of CSAF documents says about itself, read by who wants them and by who judges it. */

/* ---- metadata ---- */

/* Folders end in /, feeds stand first; a place in our folder never leads out of it. */
static void run_metadata(struct ctx *c, str bytes)
{
	struct provider_found f;
	bool                  folders = false;

	if (!provider_found_parse(c, bytes, &f)) {
		HOLDS(c->fault.code != E_NONE);
		return;
	}
	HOLDS(f.role.n && f.publisher.n && f.canonical_url.n);
	for (size_t i = 0; i < f.ways.n; i++) {
		str place = provider_path_of(c->arena, f.ways.v[i].url);
		HOLDS(!place.n || provider_path_check(place));
		HOLDS(str_find(place, S(".."), 0) != 0 && (f.ways.v[i].feed ? !folders : str_ends(f.ways.v[i].url, S("/"))));
		folders |= !f.ways.v[i].feed;
	}
}

/* Any text as an address: what it becomes is a place that is let in, of at most a year and a name. */
static void run_path(struct ctx *c, str bytes)
{
	str place = provider_path_of(c->arena, bytes), rest = place, word;
	int n     = 0;

	if (!place.n)
		return;
	HOLDS(provider_path_check(place) && str_ends(place, S(".json")));
	while (str_cut(&rest, '/', &word)) {
		HOLDS(word.n && word.p[0] != '.' && ++n <= 2);
		for (size_t i = 0; i < word.n; i++)
			HOLDS(word.p[i] > ' ' && word.p[i] < 0x7F && word.p[i] != '\\');
	}
}

/* ---- feeds ---- */

struct portions { str rest; size_t step; };
struct tally { size_t n; uint64_t sum; };

static bool portion(struct ctx *c, void *from, char *p, size_t n, size_t *got)
{
	struct portions *s = from;

	(void)c;
	*got = s->rest.n < s->step ? s->rest.n : s->step;
	*got = *got < n ? *got : n;
	memcpy(p, *got ? s->rest.p : "", *got);
	s->rest = str_slice(s->rest, *got, s->rest.n);
	return true;
}

static bool counted(void *to, const struct rolie_found *e)
{
	const str     words[] = { e->id, e->url, e->hash[0], e->hash[1], e->signature };
	struct tally *t       = to;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		HOLDS(utf8_check(words[i], NULL));
		t->sum = t->sum * 31 + str_hash(words[i]);
	}
	t->sum += (uint64_t)e->updated;
	t->n++;
	return true;
}

/* A feed reads the same however its bytes arrive, and every entry is JSON that the whole document has. */
static void run_feed(struct ctx *c, str bytes)
{
	struct portions    whole = { bytes, bytes.n + 1 }, pieces = { bytes, 1 + bytes.n % 13 };
	struct tally       a = { 0 }, b = { 0 };
	const struct json *root;
	bool               one = rolie_feed_read(c, portion, &whole, counted, &a), two;

	c->fault = (struct fault){ 0 };
	two      = rolie_feed_read(c, portion, &pieces, counted, &b);
	HOLDS(one == two && a.n == b.n && a.sum == b.sum);
	c->fault = (struct fault){ 0 };
	if (one && json_parse(c, bytes, NULL, &root))
		HOLDS(json_is(root, JSON_OBJECT));
}

/* ---- the judge ---- */

/* A provider at which every address answers with the part of the input that it asks for, or the whole. */
static bool site_get(struct ctx *c, void *with, str url, enum provider_ask how, size_t max, struct provider_reply *out)
{
	const str *bytes = with;

	(void)c;
	*out = (struct provider_reply){ .status = how == ASK_PLAIN ? 404 : 200, .body = str_slice(*bytes, 0, max), .url = url,
		.type = str_ends(url, S(".json")) ? S("application/json") : S("text/plain") };
	return true;
}

static str site_digest(struct ctx *c, void *with, int bits, str bytes)
{
	(void)with;
	return str_fmt(c->arena, "%0*llx", bits / 4, (unsigned long long)str_hash(bytes));
}

/* Any bytes at all addresses: a verdict on each requirement, a report that is JSON, and no role that a failure stands in the way of. */
static void run_judge(struct ctx *c, str bytes)
{
	bool                   lists = bytes.n % 3 == 0 || str_find(bytes, S("\"aggregator\""), 0) != SIZE_MAX;
	struct provider_task   task  = { .url = lists ? S("https://example.com/.well-known/csaf-aggregator/aggregator.json")
		: S("https://example.com/.well-known/csaf/provider-metadata.json"), .documents_max = 3, .now = c->now };
	struct provider_means  means = { .with = &bytes, .network = bytes.n % 2 == 0, .get = site_get, .digest = site_digest };
	struct provider_report r;
	const struct json     *root;
	struct buf             b;

	if (!provider_check(c, &task, &means, &r)) {
		HOLDS(c->fault.code == E_LIMIT);
		return;
	}
	for (int i = 1; i < REQ_COUNT; i++)
		HOLDS(!r.errors[i] || r.v[i] == PROVIDER_FAILED);
	for (int i = 0; i < ROLE_KINDS; i++)
		HOLDS(r.standing[i].verdict != PROVIDER_MET || !r.standing[i].failed);
	buf_init(&b, c->arena, 8 << 20);
	provider_report_print(&b, task.url, &r);
	HOLDS(json_parse(c, buf_str(&b), NULL, &root));
}

static const struct fuzz_target targets[] = {
	{ .name = "metadata", .run = run_metadata, .json = true },
	{ .name = "place", .run = run_path, .max = 2048 },
	{ .name = "feed", .run = run_feed, .json = true },
	{ .name = "judge", .run = run_judge, .json = true, .more = "metadata feed" },
};

const struct fuzz_table fuzz_provider = { targets, sizeof(targets) / sizeof(*targets) };
