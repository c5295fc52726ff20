#include "standards/csaf/provider_check.h"

#include "base/buf.h"
#include "base/test.h"
#include "platform/json/json.h"

/* ---- a site in memory, or of files ---- */

struct thing { str url, body; int status, redirects; str type; };

struct world {
	LIST(struct thing) things;
	str  origin;              /* Access-Control-Allow-Origin of every answer */
	bool picky;               /* other answers for other clients */
	str  files;               /* folder of the vectors; host "H" is its folder H, "" for one host */
	str  url;                 /* stands for {{.URL}} there */
	bool sha[2], forbid[2];   /* of the fixtures of gocsaf */
	bool feed;
};

static str replaced(struct ctx *c, str text, str what, str by)
{
	struct buf b;
	size_t     at = 0, next;

	buf_init(&b, c->arena, 64 << 20);
	while ((next = str_find(text, what, at)) != SIZE_MAX) {
		buf_add(&b, str_slice(text, at, next));
		buf_add(&b, by);
		at = next + what.n;
	}
	buf_add(&b, str_slice(text, at, text.n));
	return buf_str(&b);
}

/* "{{if .EnableSha256}} … {{end}}" kept or not. */
static str without(struct ctx *c, str text, str name, bool keep)
{
	str    open = STR_CAT(c->arena, S("{{if ."), name, S("}}"));
	size_t from = str_find(text, open, 0), to = from == SIZE_MAX ? SIZE_MAX : str_find(text, S("{{end}}"), from);

	if (to == SIZE_MAX)
		return text;
	return STR_CAT(c->arena, str_slice(text, 0, from), keep ? str_slice(text, from + open.n, to) : S(""),
	               str_slice(text, to + 7, text.n));
}

static bool file_answer(struct ctx *c, const struct world *w, str url, struct provider_reply *out)
{
	str path = str_slice(url, w->url.n ? w->url.n : 8, url.n), text;

	if (w->url.n && !str_starts(url, w->url))
		return true;
	for (int i = 0; i < 2; i++) {
		if (!str_ends(path, i ? S(".sha512") : S(".sha256")))
			continue;
		if (w->url.n && (!w->sha[i] || w->forbid[i])) {
			out->status = w->sha[i] ? 403 : 404;
			return true;
		}
	}
	if (w->feed && (str_ends(path, S("/")) || str_ends(path, S("index.html"))))
		return true;
	path = !w->url.n && str_find(path, S("/"), 0) == SIZE_MAX ? STR_CAT(c->arena, path, S("/index.json"))
	     : str_ends(path, S("/")) ? STR_CAT(c->arena, path, S("index.html")) : path;
	text = test_file(c, STR_CAT(c->arena, w->files, S("/"), path));
	if (!text.p)
		return true;
	text        = without(c, without(c, replaced(c, text, S("{{.URL}}"), w->url), S("EnableSha256"), w->sha[0]), S("EnableSha512"), w->sha[1]);
	out->status = 200;
	out->body   = text;
	return true;
}

static bool world_get(struct ctx *c, void *with, str url, enum provider_ask how, size_t max, struct provider_reply *out)
{
	const struct world *w = with;

	*out = (struct provider_reply){ .status = 404, .url = url, .origin = w->origin, .plain = str_starts(url, S("http:")) };
	if (how == ASK_STRANGER && w->picky)
		return true;
	for (size_t i = 0; i < w->things.n; i++) {
		const struct thing *t = &w->things.v[i];
		if (!str_eq(t->url, url) || t->body.n > max)
			continue;
		out->status    = t->status;
		out->body      = t->body;
		out->redirects = t->redirects;
	}
	return !w->files.n || file_answer(c, w, url, out);
}

/* A digest and a signature that need no cryptography. */
static str world_digest(struct ctx *c, void *with, int bits, str bytes)
{
	struct buf b;

	(void)with;
	buf_init(&b, c->arena, 256);
	for (int i = 0; i < bits / 64; i++) {
		uint64_t h = str_hash(bytes);
		buf_hex(&b, &h, sizeof(h));
	}
	return buf_str(&b);
}

static bool world_key(struct ctx *c, void *with, str bytes, str *fingerprints)
{
	(void)c;
	(void)with;
	*fingerprints = str_find(bytes, S("PGP PUBLIC KEY"), 0) != SIZE_MAX ? S("0123456789012345678901234567890123456789 A8914CA2F11139C6A69A0018FB3CD9B15DE61596") : S("");
	return true;
}

static str sealed(struct ctx *c, str bytes)
{
	return str_fmt(c->arena, "-----BEGIN PGP SIGNATURE-----\n%llx", (unsigned long long)str_hash(bytes));
}

static bool world_verify(struct ctx *c, void *with, str bytes, str signature, struct provider_seal *out)
{
	(void)with;
	*out = (struct provider_seal){ .good = str_eq(signature, sealed(c, bytes)), .known = true, .expires = TIME_NONE, .why = S("bad") };
	if (str_find(signature, S("soon"), 0) != SIZE_MAX)
		*out = (struct provider_seal){ .good = true, .known = true, .expires = c->now + 10 * DAY };
	return true;
}

static void judge(struct ctx *c, struct world *w, str url, struct provider_report *r)
{
	const struct provider_means m = { .with = w, .network = true, .get = world_get, .digest = world_digest,
		.key = world_key, .verify = world_verify };

	check_ok(c, provider_check(c, &(struct provider_task){ .url = url, .now = c->now }, &m, r));
}

/* ---- a good provider, to be spoilt ---- */

static const char *const stems[] = { "2026/ex-2026-0002.json", "2025/ex-2025-0001.json" };
static const char *const dates[] = { "2026-11-01T10:00:00Z", "2025-05-01T10:00:00Z" };

static str document(struct ctx *c, int i, const char *label)
{
	return str_fmt(c->arena,
		"{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\",\"title\":\"T\","
		"\"distribution\":{\"tlp\":{\"label\":\"%s\"}},"
		"\"publisher\":{\"category\":\"vendor\",\"name\":\"Ex\",\"namespace\":\"https://ex.example\"},"
		"\"tracking\":{\"id\":\"EX-%s\",\"status\":\"final\",\"version\":\"1\",\"initial_release_date\":\"%s\",\"current_release_date\":\"%s\","
		"\"revision_history\":[{\"number\":\"1\",\"date\":\"%s\",\"summary\":\"First\"}]}}}",
		label, i ? "2025-0001" : "2026-0002", dates[i], dates[i], dates[i]);
}

static void put(struct ctx *c, struct world *w, const char *path, str body)
{
	struct thing t = { .url = STR_CAT(c->arena, S("https://ex.example/"), str_of(path)), .body = body, .status = 200 };

	for (size_t i = 0; i < w->things.n; i++)
		if (str_eq(w->things.v[i].url, t.url)) {
			w->things.v[i] = t;
			return;
		}
	check(list_push(c->arena, &w->things, t));
}

static struct thing *thing(struct ctx *c, struct world *w, const char *path)
{
	str url = STR_CAT(c->arena, S("https://ex.example/"), str_of(path));

	for (size_t i = 0; i < w->things.n; i++)
		if (str_eq(w->things.v[i].url, url))
			return &w->things.v[i];
	check(false);
	return NULL;
}

static void swap(struct ctx *c, struct world *w, const char *path, const char *what, const char *by)
{
	struct thing *t    = thing(c, w, path);
	str           text = replaced(c, t->body, str_of(what), str_of(by));

	check(!str_eq(text, t->body));
	t->body = text;
}

#define TREE "https://ex.example/csaf/white/"
#define LINK(rel, href) "{\"rel\":\"" rel "\",\"href\":\"" href "\"}"

static void put_document(struct ctx *c, struct world *w, int i, str doc)
{
	str path = STR_CAT(c->arena, S("csaf/white/"), str_of(stems[i]));

	put(c, w, cstr(c->arena, path), doc);
	put(c, w, cstr(c->arena, STR_CAT(c->arena, path, S(".sha256"))), STR_CAT(c->arena, world_digest(c, NULL, 256, doc), S("  x.json\n")));
	put(c, w, cstr(c->arena, STR_CAT(c->arena, path, S(".sha512"))), world_digest(c, NULL, 512, doc));
	put(c, w, cstr(c->arena, STR_CAT(c->arena, path, S(".asc"))), sealed(c, doc));
}

static str entry(struct ctx *c, int i)
{
	return str_fmt(c->arena, "{\"id\":\"EX-%d\",\"title\":\"T\",\"link\":[{\"rel\":\"self\",\"href\":\"" TREE "%s\"},"
		"{\"rel\":\"hash\",\"href\":\"" TREE "%s.sha256\"},{\"rel\":\"hash\",\"href\":\"" TREE "%s.sha512\"},"
		"{\"rel\":\"signature\",\"href\":\"" TREE "%s.asc\"}],\"published\":\"%s\",\"updated\":\"%s\","
		"\"content\":{\"type\":\"application/json\",\"src\":\"" TREE "%s\"},"
		"\"format\":{\"schema\":\"https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json\",\"version\":\"2.0\"}}",
		i, stems[i], stems[i], stems[i], stems[i], dates[i], dates[i], stems[i]);
}

static void world_make(struct ctx *c, struct world *w)
{
	*w = (struct world){ .things.max = 100, .origin = S("*") };
	put(c, w, ".well-known/csaf/provider-metadata.json",
	    S("{\"canonical_url\":\"https://ex.example/.well-known/csaf/provider-metadata.json\",\"distributions\":["
	      "{\"directory_url\":\"" TREE "\"},{\"rolie\":{\"feeds\":[{\"summary\":\"all\",\"tlp_label\":\"WHITE\",\"url\":\"" TREE "feed.json\"}],"
	      "\"services\":[\"https://ex.example/csaf/service.json\"],\"categories\":[\"" TREE "category-white.json\"]}}],"
	      "\"last_updated\":\"2026-11-01T10:00:00Z\",\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.0\","
	      "\"mirror_on_CSAF_aggregators\":true,\"public_openpgp_keys\":[{\"fingerprint\":\"0123456789012345678901234567890123456789\","
	      "\"url\":\"https://ex.example/csaf/key.asc\"}],\"publisher\":{\"category\":\"vendor\",\"name\":\"Ex\","
	      "\"namespace\":\"https://ex.example\"},\"role\":\"csaf_trusted_provider\"}"));
	put(c, w, ".well-known/security.txt", S("Contact: mailto:p@ex.example\nExpires: 2027-01-01T00:00:00Z\n"
		"CSAF: https://ex.example/.well-known/csaf/provider-metadata.json\n"));
	put(c, w, "csaf/key.asc", S("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
	put(c, w, "csaf/service.json", S("{\"service\":{\"workspace\":[{\"title\":\"x\",\"collection\":[{\"title\":\"x\",\"href\":\"" TREE "feed.json\"}]}]}}"));
	put(c, w, "csaf/white/category-white.json", S("{\"categories\":{\"category\":[{\"term\":\"x\"}]}}"));
	put(c, w, "csaf/white/index.txt", S("2025/ex-2025-0001.json\n2026/ex-2026-0002.json\n"));
	put(c, w, "csaf/white/changes.csv", S("\"2026/ex-2026-0002.json\",\"2026-11-01T10:00:00Z\"\n\"2025/ex-2025-0001.json\",\"2025-05-01T10:00:00Z\"\n"));
	put(c, w, "csaf/white/", S("<a href=\"../\">up</a><a href=\"2025/\">2025/</a><a href='2026/'>2026/</a><a href=\"feed.json\">feed</a><a href=\"category-white.json\">c</a>"));
	put(c, w, "csaf/white/2025/", S("<a href=\"?C=N;O=D\">Name</a><a href=\"ex-2025-0001.json\">x</a>"));
	put(c, w, "csaf/white/2026/", S("<a href=\"ex-2026-0002.json\">x</a>"));
	put(c, w, "csaf/white/feed.json", STR_CAT(c->arena, S("{\"feed\":{\"id\":\"f\",\"title\":\"F\",\"link\":[" LINK("self", TREE "feed.json")
		"],\"category\":[{\"scheme\":\"urn:ietf:params:rolie:category:information-type\",\"term\":\"csaf\"}],"
		"\"updated\":\"2026-11-01T10:00:00Z\",\"entry\":["), entry(c, 0), S(","), entry(c, 1), S("]}}")));
	put_document(c, w, 0, document(c, 0, "WHITE"));
	put_document(c, w, 1, document(c, 1, "WHITE"));
}

TEST(a_good_provider_is_a_trusted_one)
{
	struct world           w;
	struct provider_report r;
	struct buf             b;
	const struct json     *root;

	world_make(c, &w);
	judge(c, &w, S("https://ex.example/"), &r);
	for (int i = 1; i < REQ_COUNT; i++)
		if (provider_asks(&r, i))
			check_int(i * 10 + (int)r.v[i], i * 10 + (i == REQ_CLOSED || i == REQ_DNS ? PROVIDER_ABSENT : PROVIDER_MET));
	for (int i = 0; i < ROLE_LISTER; i++)
		check_int(r.standing[i].verdict, PROVIDER_MET);
	check_int(r.documents, 2);
	check_int(r.tested, 2);
	buf_init(&b, c->arena, 1 << 20);
	provider_report_print(&b, S("ex.example"), &r);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &root));
	check_str(json_str(json_point(root, S("/roles/2/verdict"))), S("met"));
	check_int(json_count(json_point(root, S("/requirements"))), 22);
}

/* ---- faults, each with the one requirement that it breaks ---- */

static void spoil_changes_order(struct ctx *c, struct world *w) { put(c, w, "csaf/white/changes.csv",
	S("2025/ex-2025-0001.json,2025-05-01T10:00:00Z\n2026/ex-2026-0002.json,2026-11-01T10:00:00Z\n")); }
static void spoil_changes_date(struct ctx *c, struct world *w) { swap(c, w, "csaf/white/changes.csv", "2025-05-01T10", "2025-04-01T10"); }
static void spoil_changes_gone(struct ctx *c, struct world *w) { thing(c, w, "csaf/white/changes.csv")->status = 404; }
static void spoil_changes_csv(struct ctx *c, struct world *w) { put(c, w, "csaf/white/changes.csv", S("\"\xff")); }
static void spoil_index_short(struct ctx *c, struct world *w) { put(c, w, "csaf/white/index.txt", S("2026/ex-2026-0002.json\n")); }
static void spoil_index_ghost(struct ctx *c, struct world *w) { put(c, w, "csaf/white/index.txt",
	S("2025/ex-2025-0001.json\r\n2026/ex-2026-0002.json\n2024/ghost.json\n")); }
static void spoil_index_path(struct ctx *c, struct world *w) { put(c, w, "csaf/white/index.txt",
	S("2025/ex-2025-0001.json\n2026/ex-2026-0002.json\n../../etc/passwd.json\n")); }
static void spoil_listing(struct ctx *c, struct world *w) { thing(c, w, "csaf/white/")->status = 403; }
static void spoil_listing_short(struct ctx *c, struct world *w) { put(c, w, "csaf/white/2025/", S("<p>")); }
static void spoil_feed_stale(struct ctx *c, struct world *w) { swap(c, w, "csaf/white/feed.json", "\"updated\":\"2025-05-01", "\"updated\":\"2025-04-01"); }
static void spoil_feed_updated(struct ctx *c, struct world *w) { swap(c, w, "csaf/white/feed.json", "\"updated\":\"2026-11-01T10:00:00Z\",\"entry\"", "\"updated\":\"2020-11-01T10:00:00Z\",\"entry\""); }
static void spoil_feed_short(struct ctx *c, struct world *w) { str e = STR_CAT(c->arena, S(","), entry(c, 1)); swap(c, w, "csaf/white/feed.json", cstr(c->arena, e), ""); }
static void spoil_feed_rel(struct ctx *c, struct world *w) { swap(c, w, "csaf/white/feed.json", "\"rel\":\"hash\"", "\"ref\":\"hash\""); }
static void spoil_feed_category(struct ctx *c, struct world *w) { swap(c, w, "csaf/white/feed.json", "\"term\":\"csaf\"", "\"term\":\"other\""); }
static void spoil_feed_json(struct ctx *c, struct world *w) { put(c, w, "csaf/white/feed.json", S("{\"feed\":")); }
static void spoil_hash(struct ctx *c, struct world *w) { put(c, w, "csaf/white/2025/ex-2025-0001.json.sha256", world_digest(c, NULL, 256, S("other"))); }
static void spoil_hash_empty(struct ctx *c, struct world *w) { put(c, w, "csaf/white/2025/ex-2025-0001.json.sha256", S("")); }
static void spoil_seal(struct ctx *c, struct world *w) { put(c, w, "csaf/white/2025/ex-2025-0001.json.asc", sealed(c, S("other"))); }
static void spoil_seal_gone(struct ctx *c, struct world *w) { thing(c, w, "csaf/white/2025/ex-2025-0001.json.asc")->status = 404; }
static void spoil_key(struct ctx *c, struct world *w) { put(c, w, "csaf/key.asc", S("hello")); }
static void spoil_key_print(struct ctx *c, struct world *w) { swap(c, w, ".well-known/csaf/provider-metadata.json", "0123456789012345678901234567890123456789", "9999999999012345678901234567890123456789"); }
static void spoil_label(struct ctx *c, struct world *w) { put_document(c, w, 1, document(c, 1, "AMBER")); }
static void spoil_document(struct ctx *c, struct world *w)
{
	put_document(c, w, 1, replaced(c, document(c, 1, "WHITE"), S("\"version\":\"1\""), S("\"version\":\"7\"")));
}
static void spoil_garbage(struct ctx *c, struct world *w) { put_document(c, w, 1, STR_CAT(c->arena, document(c, 1, "WHITE"), S("x"))); }
static void spoil_name(struct ctx *c, struct world *w)
{
	put_document(c, w, 1, replaced(c, document(c, 1, "WHITE"), S("EX-2025-0001"), S("EX-2025-0007")));
}
static void spoil_year(struct ctx *c, struct world *w)
{
	put_document(c, w, 1, replaced(c, document(c, 1, "WHITE"), S("\"initial_release_date\":\"2025"), S("\"initial_release_date\":\"2024")));
}
static void spoil_direct(struct ctx *c, struct world *w) { thing(c, w, ".well-known/csaf/provider-metadata.json")->redirects = 1; }
static void spoil_role(struct ctx *c, struct world *w) { swap(c, w, ".well-known/csaf/provider-metadata.json", "\"role\":\"csaf_trusted_provider\"", "\"role\":\"king\""); }
static void spoil_security(struct ctx *c, struct world *w) { swap(c, w, ".well-known/security.txt", "CSAF:", "Hiring:"); }
static void spoil_closed(struct ctx *c, struct world *w) { thing(c, w, "csaf/white/2025/ex-2025-0001.json")->status = 403; }
static void spoil_plain(struct ctx *c, struct world *w)
{
	struct thing t = *thing(c, w, ".well-known/csaf/provider-metadata.json");
	t.url = S("http://ex.example/.well-known/csaf/provider-metadata.json");
	check(list_push(c->arena, &w->things, t));
}
static void spoil_agent(struct ctx *c, struct world *w) { (void)c; w->picky = true; }
static void spoil_service(struct ctx *c, struct world *w) { swap(c, w, "csaf/service.json", "feed.json", "other.json"); }

TEST(each_fault_of_a_provider_is_found_where_it_is)
{
	static const struct { const char *name; void (*spoil)(struct ctx *c, struct world *w); uint32_t fails; } cases[] = {
		{ "order of changes.csv", spoil_changes_order, 1u << REQ_CHANGES },
		{ "date in changes.csv", spoil_changes_date, 1u << REQ_CHANGES },
		{ "no changes.csv", spoil_changes_gone, 1u << REQ_CHANGES },
		{ "changes.csv is none", spoil_changes_csv, 1u << REQ_CHANGES },
		{ "index.txt lacks one", spoil_index_short, 1u << REQ_INDEX },
		{ "index.txt has what is not there", spoil_index_ghost, 1u << REQ_INDEX },
		{ "index.txt leads out", spoil_index_path, 1u << REQ_INDEX },
		{ "no listing", spoil_listing, 1u << REQ_LISTING },
		{ "the listing lacks one", spoil_listing_short, 1u << REQ_LISTING },
		{ "a stale entry", spoil_feed_stale, 1u << REQ_FEED },
		{ "a stale feed", spoil_feed_updated, 1u << REQ_FEED },
		{ "the feed lacks one", spoil_feed_short, 1u << REQ_FEED },
		{ "ref for rel", spoil_feed_rel, 1u << REQ_FEED },
		{ "no category", spoil_feed_category, 1u << REQ_FEED },
		{ "the feed is no JSON", spoil_feed_json, 1u << REQ_FEED },
		{ "a wrong digest", spoil_hash, 1u << REQ_HASH },
		{ "an empty digest", spoil_hash_empty, 1u << REQ_HASH },
		{ "a wrong signature", spoil_seal, 1u << REQ_SIGNATURE },
		{ "a missing signature", spoil_seal_gone, 1u << REQ_SIGNATURE },
		{ "no key", spoil_key, 1u << REQ_KEY },
		{ "another key", spoil_key_print, 1u << REQ_KEY },
		{ "AMBER in public", spoil_label, 1u << REQ_CLOSED | 1u << REQ_FEED },
		{ "an invalid document", spoil_document, 1u << REQ_DOCUMENT },
		{ "a document with garbage", spoil_garbage, 1u << REQ_DOCUMENT },
		{ "a wrong name", spoil_name, 1u << REQ_FILENAME },
		{ "the folder of another year", spoil_year, 1u << REQ_YEAR },
		{ "the metadata redirects", spoil_direct, 1u << REQ_WELLKNOWN },
		{ "an unknown role", spoil_role, 1u << REQ_METADATA },
		{ "security.txt without CSAF", spoil_security, 1u << REQ_SECURITYTXT },
		{ "WHITE behind a wall", spoil_closed, 1u << REQ_OPEN },
		{ "without TLS too", spoil_plain, 1u << REQ_TLS },
		{ "not for everybody's client", spoil_agent, 1u << REQ_AGENT },
		{ "a service document of another feed", spoil_service, 1u << REQ_SERVICE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world           w;
		struct provider_report r;
		uint32_t               fails = 0;
		world_make(c, &w);
		cases[i].spoil(c, &w);
		judge(c, &w, S("https://ex.example/"), &r);
		for (int k = 1; k < REQ_COUNT; k++)
			fails |= r.v[k] == PROVIDER_FAILED ? 1u << k : 0;
		check_str(str_fmt(c->arena, "%s: %x", cases[i].name, fails), str_fmt(c->arena, "%s: %x", cases[i].name, cases[i].fails));
	}
}

TEST(what_was_not_tested_is_never_met)
{
	struct world           w;
	struct provider_report r;
	struct provider_means  m = { .with = &w, .network = false, .get = world_get, .digest = world_digest };

	world_make(c, &w);
	check_ok(c, provider_check(c, &(struct provider_task){ .url = S("https://ex.example/.well-known/csaf/provider-metadata.json"),
		.now = c->now, .documents_max = 1 }, &m, &r));
	check_int(r.documents, 3);   /* the category document, which lies among them, was not looked into */
	check_int(r.tested, 1);
	check_int(r.v[REQ_TLS], PROVIDER_UNTESTED);
	check_int(r.v[REQ_REDIRECT], PROVIDER_UNTESTED);
	check_int(r.v[REQ_DNS], PROVIDER_UNTESTED);
	check_int(r.v[REQ_AGENT], PROVIDER_UNTESTED);
	check_int(r.v[REQ_SIGNATURE], PROVIDER_UNTESTED);
	check_int(r.v[REQ_KEY], PROVIDER_UNTESTED);
	check_int(r.standing[ROLE_TRUSTED].verdict, PROVIDER_UNTESTED);
	check(r.standing[ROLE_TRUSTED].untested >> REQ_SIGNATURE & 1);
	check_ok(c, provider_check(c, &(struct provider_task){ .url = STR_NONE, .now = c->now }, &m, &r));
	check_int(r.v[REQ_METADATA], PROVIDER_FAILED);
	check_int(r.v[REQ_DOCUMENT], PROVIDER_UNTESTED);
	check_int(r.standing[ROLE_PUBLISHER].verdict, PROVIDER_UNTESTED);
}

TEST(a_signature_that_ends_soon_is_told)
{
	struct world           w;
	struct provider_report r;

	world_make(c, &w);
	put(c, &w, "csaf/white/2025/ex-2025-0001.json.asc", S("-----BEGIN PGP SIGNATURE-----soon"));
	judge(c, &w, S("https://ex.example/"), &r);
	check_int(r.v[REQ_SIGNATURE], PROVIDER_REMARKS);
}

TEST(metadata_of_csaf_2_1_is_read)
{
	struct world           w;
	struct provider_report r;

	world_make(c, &w);
	put(c, &w, ".well-known/csaf/provider-metadata.json",
	    S("{\"$schema\":\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/provider.json\","
	      "\"canonical_url\":\"https://ex.example/.well-known/csaf/provider-metadata.json\",\"distributions\":["
	      "{\"directory\":{\"tlp_label\":\"CLEAR\",\"url\":\"" TREE "\"}},{\"rolie\":{\"feeds\":[{\"last_updated\":\"2026-11-01T10:00:00Z\","
	      "\"summary\":\"all\",\"tlp_label\":\"CLEAR\",\"url\":\"" TREE "feed.json\"}]}}],"
	      "\"last_updated\":\"2026-11-01T10:00:00Z\",\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.1\","
	      "\"mirror_on_CSAF_aggregators\":true,\"publisher\":{\"category\":\"vendor\",\"name\":\"Ex\","
	      "\"namespace\":\"https://ex.example\"},\"role\":\"csaf_provider\"}"));
	judge(c, &w, S("https://ex.example/"), &r);
	check_str(r.version, S("2.1"));
	check_int(r.v[REQ_METADATA], PROVIDER_MET);
	check_int(r.v[REQ_CHANGES], PROVIDER_FAILED);   /* quotes */
	check_int(r.standing[ROLE_PROVIDER].verdict, PROVIDER_MET);   /* by its feed */
	swap(c, &w, ".well-known/csaf/provider-metadata.json", "\"last_updated\":\"2026-11-01T10:00:00Z\",\"summary\"", "\"summary\"");
	judge(c, &w, S("https://ex.example/"), &r);
	check_int(r.v[REQ_METADATA], PROVIDER_FAILED);
}

TEST(hostile_providers_are_judged_all_the_same)
{
	static const char *const bodies[] = { "", "\xff\xff", "[]", "null", "{}", "[[[[[[[[", "{\"feed\":[]}", "{\"distributions\":{}}" };
	static const char *const paths[]  = { ".well-known/csaf/provider-metadata.json", "csaf/white/feed.json", "csaf/white/index.txt",
		"csaf/white/changes.csv", "csaf/white/2025/ex-2025-0001.json", "csaf/white/", "csaf/service.json", ".well-known/security.txt" };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		for (size_t k = 0; k < sizeof(paths) / sizeof(paths[0]); k++) {
			struct world           w;
			struct provider_report r;
			struct buf             b;
			const struct json     *root;
			world_make(c, &w);
			put(c, &w, paths[k], str_of(bodies[i]));
			judge(c, &w, S("https://ex.example/"), &r);
			buf_init(&b, c->arena, 1 << 20);
			provider_report_print(&b, S("ex.example"), &r);
			check_ok(c, json_parse(c, buf_str(&b), NULL, &root));
		}
}

/* ---- the fixtures of others ---- */

/* What gocsaf expects: the gravest message of each requirement, 0 well, 1 warning, 2 error. */
static int expected(const struct json *all, int requirement)
{
	int worst = -1;

	for (JSON_ITEMS(q, all)) {
		int64_t num, type;
		if (!json_int(json_get(q, S("num")), &num) || num != requirement)
			continue;
		for (JSON_ITEMS(m, json_get(q, S("messages"))))
			if (json_int(json_get(m, S("type")), &type) && type > worst)
				worst = (int)type;
	}
	return worst;
}

static bool agrees(enum provider_verdict ours, int theirs)
{
	switch (ours) {
	case PROVIDER_UNTESTED: return theirs <= 0;   /* "performed no test" */
	case PROVIDER_ABSENT: return true;            /* an alternative not used is an error there */
	case PROVIDER_MET: return theirs <= 0;
	case PROVIDER_REMARKS: return theirs <= 1;
	case PROVIDER_FAILED: return theirs == 2;
	}
	return false;
}

TEST(the_fixtures_of_gocsaf_are_judged_right)
{
	static const struct { const char *name; bool feed, sha[2], forbid[2]; } cases[] = {
		{ "directory", false, { 0 }, { 0 } }, { "rolie", true, { 0 }, { 0 } },
		{ "sha256-directory", false, { 1, 0 }, { 0 } }, { "sha512-directory", false, { 0, 1 }, { 0 } },
		{ "sha256-sha512-directory", false, { 1, 1 }, { 0 } }, { "sha256-rolie", true, { 1, 0 }, { 0 } },
		{ "sha512-rolie", true, { 0, 1 }, { 0 } }, { "sha256-sha512-rolie", true, { 1, 1 }, { 0 } },
		{ "sha256-sha512-forbid-sha256-rolie", true, { 1, 1 }, { 1, 0 } },
		{ "sha256-sha512-forbid-sha512-rolie", true, { 1, 1 }, { 0, 1 } },
		{ "sha256-sha512-forbid-sha256-forbid-sha512-rolie", true, { 1, 1 }, { 1, 1 } },
	};
	str base = test_vectors(c), text;

	if (!base.n)
		skip_test("no test vectors (PSIRT_VECTORS)");
	base = STR_CAT(c->arena, base, S("/csaf/provider-fixtures/gocsaf/testdata/"));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct json     *all;
		struct provider_report r;
		struct world w = { .url = S("https://provider.example"), .origin = S("*"), .feed = cases[i].feed,
			.files = STR_CAT(c->arena, base, cases[i].feed ? S("simple-rolie-provider") : S("simple-directory-provider")) };
		memcpy(w.sha, cases[i].sha, sizeof(w.sha));
		memcpy(w.forbid, cases[i].forbid, sizeof(w.forbid));
		text = test_file(c, str_fmt(c->arena, "%.*sprocessor-requirements/%s.json", STR_ARG(base), cases[i].name));
		if (!text.n)
			skip_test("no provider fixtures of gocsaf");
		check_ok(c, json_parse(c, text, NULL, &all));
		judge(c, &w, S("https://provider.example/provider-metadata.json"), &r);
		for (int k = 1; k <= REQ_KEY; k++) {
			int want = expected(all, k);
			if (k == REQ_DOCUMENT)   /* there: no validator was set up; here it was judged */
				want = 0;
			if (k == REQ_HASH || k == REQ_SIGNATURE)   /* digests and signatures are stand-ins in this test */
				continue;
			check_str(str_fmt(c->arena, "%s %d %s", cases[i].name, k, agrees(r.v[k], want) ? "" : provider_verdict_name(r.v[k])),
			          str_fmt(c->arena, "%s %d ", cases[i].name, k));
		}
		check_int(r.documents, 1);
		check_int(r.v[REQ_YEAR], cases[i].feed ? PROVIDER_ABSENT : PROVIDER_FAILED);
		check_int(r.v[REQ_INDEX], cases[i].feed ? PROVIDER_ABSENT : PROVIDER_MET);
		check_int(r.v[REQ_LISTING], cases[i].feed ? PROVIDER_ABSENT : PROVIDER_MET);
	}
}

TEST(the_fixtures_of_kotlin_csaf_are_found_as_the_standard_looks)
{
	static const struct { const char *url, *found; enum provider_verdict seven, eight, nine, ten; } cases[] = {
		{ "https://example.com/", "https://example.com/.well-known/csaf/provider-metadata.json",
		  PROVIDER_MET, PROVIDER_ABSENT, PROVIDER_MET, PROVIDER_ABSENT },
		{ "https://provider-with-securitytxt.com/", "https://provider-with-securitytxt.com/directory/provider-metadata.json",
		  PROVIDER_MET, PROVIDER_FAILED, PROVIDER_ABSENT, PROVIDER_ABSENT },
		{ "https://publisher-with-dns.com/", "https://csaf.data.security.publisher-with-dns.com",
		  PROVIDER_FAILED, PROVIDER_FAILED, PROVIDER_ABSENT, PROVIDER_MET },   /* canonical_url does not end as the schema wants it */
		{ "https://no-distributions.com/", "https://no-distributions.com/.well-known/csaf/provider-metadata.json",
		  PROVIDER_REMARKS, PROVIDER_ABSENT, PROVIDER_MET, PROVIDER_ABSENT },
	};
	str base = test_vectors(c);

	if (!base.n)
		skip_test("no test vectors (PSIRT_VECTORS)");
	base = STR_CAT(c->arena, base, S("/csaf/provider-fixtures/kotlin"));
	if (!test_file(c, STR_CAT(c->arena, base, S("/example.com/.well-known/csaf/provider-metadata.json"))).n)
		skip_test("no provider fixtures of kotlin-csaf");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world           w = { .files = base, .origin = S("*") };
		struct provider_report r;
		judge(c, &w, str_of(cases[i].url), &r);
		check_str(r.url, str_of(cases[i].found));
		check_int(r.v[REQ_METADATA], cases[i].seven);
		if (str_eq(r.url, S("https://example.com/.well-known/csaf/provider-metadata.json"))) {
			check_int(r.v[REQ_CHANGES], PROVIDER_FAILED);
			check_int(r.v[REQ_FEED], PROVIDER_FAILED);
			check_int(r.v[REQ_INDEX], PROVIDER_FAILED);
			continue;   /* its security.txt lies beside, at /security.txt, and is found too */
		}
		check_int(r.v[REQ_SECURITYTXT], cases[i].eight);
		check_int(r.v[REQ_WELLKNOWN], cases[i].nine);
		check_int(r.v[REQ_DNS], cases[i].ten);
	}
}

/* ---- aggregators ---- */

#define AGGREGATOR "https://ex.example/.well-known/csaf-aggregator/"
#define PARTY(name, mirror) "{\"metadata\":{\"last_updated\":\"2026-11-01T10:00:00Z\",\"publisher\":{\"category\":\"vendor\",\"name\":\"" name \
	"\",\"namespace\":\"https://" name ".example\"},\"url\":\"https://" name ".example/provider-metadata.json\"}" mirror "}"
#define MIRRORED(name) PARTY(name, ",\"mirrors\":[\"" AGGREGATOR name "/provider-metadata.json\"]")

static str list_of(struct ctx *c, const char *category, const char *parties)
{
	return STR_CAT(c->arena, S("{\"aggregator\":{\"category\":\""), str_of(category), S("\",\"name\":\"Ex\",\"namespace\":\"https://ex.example\"},"
		"\"aggregator_version\":\"2.0\",\"canonical_url\":\"" AGGREGATOR "aggregator.json\",\"last_updated\":\"2026-11-01T10:00:00Z\","
		"\"csaf_providers\":["), str_of(parties), S("]}"));
}

static str mirror_of(struct ctx *c, struct world *w)
{
	return thing(c, w, ".well-known/csaf/provider-metadata.json")->body;
}

static void aggregator_make(struct ctx *c, struct world *w, const char *category, const char *parties)
{
	world_make(c, w);
	put(c, w, ".well-known/csaf-aggregator/aggregator.json", list_of(c, category, parties));
	put(c, w, ".well-known/csaf-aggregator/a/provider-metadata.json", mirror_of(c, w));
	put(c, w, ".well-known/csaf-aggregator/b/provider-metadata.json", mirror_of(c, w));
	put(c, w, ".well-known/csaf-aggregator/feedless/provider-metadata.json",
	    S("{\"canonical_url\":\"" AGGREGATOR "feedless/provider-metadata.json\",\"distributions\":[{\"directory_url\":\"" AGGREGATOR "feedless\"}],"
	      "\"last_updated\":\"2026-11-01T10:00:00Z\",\"list_on_CSAF_aggregators\":true,\"metadata_version\":\"2.0\",\"mirror_on_CSAF_aggregators\":true,"
	      "\"publisher\":{\"category\":\"vendor\",\"name\":\"f\",\"namespace\":\"https://f.example\"},\"role\":\"csaf_provider\"}"));
	put(c, w, ".well-known/csaf-aggregator/text/provider-metadata.json", S("metadata"));
}

/* meets CSAF-2.0 7.1.21, 7.1.22, 7.2.4 */
TEST(a_lister_of_two_parties_fills_its_role)
{
	struct world           w;
	struct provider_report r;
	const struct json     *root;
	struct buf             b;

	aggregator_make(c, &w, "lister", PARTY("a", "") "," PARTY("b", ""));
	judge(c, &w, S(AGGREGATOR "aggregator.json"), &r);
	check_int(r.v[REQ_PARTIES], PROVIDER_MET);
	check_int(r.v[REQ_DISJOINT], PROVIDER_MET);
	check_int(r.v[REQ_MIRROR], PROVIDER_ABSENT);
	check_int(r.v[REQ_INDEX], PROVIDER_UNTESTED);
	check_int(r.standing[ROLE_LISTER].verdict, PROVIDER_MET);
	check_int(r.standing[ROLE_AGGREGATOR].verdict, PROVIDER_FAILED);
	check_str(r.role, S("lister"));
	buf_init(&b, c->arena, 1 << 20);
	provider_report_print(&b, S("ex.example"), &r);
	check_ok(c, json_parse(c, buf_str(&b), NULL, &root));
	check_int(json_count(json_point(root, S("/requirements"))), 25);
	check_int(json_count(json_point(root, S("/roles"))), 1);
}

/* meets CSAF-2.0 7.1.23, 7.2.5: the mirrored documents are not looked into, so the role stays open */
TEST(an_aggregator_with_two_mirrors_has_nothing_against_it)
{
	struct world           w;
	struct provider_report r;

	aggregator_make(c, &w, "aggregator", MIRRORED("a") "," MIRRORED("b"));
	judge(c, &w, S(AGGREGATOR "aggregator.json"), &r);
	for (int i = REQ_PARTIES; i <= REQ_MIRROR; i++)
		check_int(r.v[i], PROVIDER_MET);
	check_int(r.standing[ROLE_AGGREGATOR].verdict, PROVIDER_UNTESTED);
	check_int(r.standing[ROLE_AGGREGATOR].failed, 0);
	check((r.standing[ROLE_AGGREGATOR].untested & 1u << REQ_DOCUMENT) != 0);
}

TEST(each_fault_of_an_aggregator_breaks_its_requirement)
{
	static const struct { const char *category, *parties; int requirement; } lists[] = {
		{ "lister", PARTY("a", ""), REQ_DISJOINT },
		{ "lister", PARTY("a", "") "," PARTY("a", ",\"x\":1"), REQ_DISJOINT },
		{ "lister", "", REQ_PARTIES },
		{ "lister", MIRRORED("a") "," PARTY("b", ""), REQ_PARTIES },
		{ "collector", PARTY("a", "") "," PARTY("b", ""), REQ_PARTIES },
		{ "aggregator", MIRRORED("a") "," PARTY("b", ""), REQ_MIRROR },
		{ "aggregator", MIRRORED("a") "," MIRRORED("none"), REQ_MIRROR },
		{ "aggregator", MIRRORED("a") "," MIRRORED("feedless"), REQ_MIRROR },
		{ "aggregator", MIRRORED("a") "," MIRRORED("text"), REQ_MIRROR },
		{ "aggregator", MIRRORED("a") "," PARTY("b", ",\"mirrors\":[\"" AGGREGATOR "a/provider-metadata.json\"]"), REQ_MIRROR },
		{ "aggregator", MIRRORED("a") "," PARTY("b", ",\"mirrors\":[\"https://ex.example/.well-known/csaf/provider-metadata.json\"]"), REQ_MIRROR },
	};
	struct world           w;
	struct provider_report r;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		aggregator_make(c, &w, lists[i].category, lists[i].parties);
		judge(c, &w, S(AGGREGATOR "aggregator.json"), &r);
		for (int k = REQ_PARTIES; k <= REQ_MIRROR; k++)
			check_int((int)i * 1000 + k * 10 + (r.v[k] == PROVIDER_FAILED), (int)i * 1000 + k * 10 + (k == lists[i].requirement));
	}
}

TEST(an_aggregator_is_not_beside_a_provider_and_is_json)
{
	static const char *const bodies[] = { "", "\xff", "[]", "{\"aggregator_version\":\"2.0\"}", "{\"a\":1,\"a\":2}" };
	struct world           w;
	struct provider_report r;

	aggregator_make(c, &w, "lister", PARTY("a", "") "," PARTY("b", ""));
	put(c, &w, ".well-known/csaf-aggregator/provider-metadata.json", mirror_of(c, &w));
	judge(c, &w, S(AGGREGATOR "aggregator.json"), &r);
	check_int(r.v[REQ_PARTIES], PROVIDER_FAILED);
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		aggregator_make(c, &w, "lister", "");
		put(c, &w, ".well-known/csaf-aggregator/aggregator.json", str_of(bodies[i]));
		judge(c, &w, S(AGGREGATOR "aggregator.json"), &r);
		check_int(r.v[REQ_PARTIES], PROVIDER_FAILED);
		check_int(r.standing[ROLE_LISTER].verdict, PROVIDER_FAILED);
	}
	world_make(c, &w);
	judge(c, &w, S(AGGREGATOR "aggregator.json"), &r);
	check_int(r.v[REQ_PARTIES], PROVIDER_FAILED);
	check(!r.url.n);
}
