#include "services/5-disclosure/3-publication/publication_test.h"
#include "services/5-disclosure/3-publication/signature.h"

#include "platform/json/json.h"
#include "services/5-disclosure/3-publication/past/history_test.h"
#include "standards/csaf/csaf.h"

/* The trees of CSAF 2.0 and 2.1 in parallel: one edition, both documents. */

#define OURS "https://psirt.example.jp/.well-known/csaf/"

static const struct { const char *tree, *folder, *version; } versions[] = { { "v2.0", "white", "2.0" }, { "v2.1", "clear", "2.1" } };

static bool seen(struct ctx *c, struct story *t, int i, const char *view)
{
	return house_see(c, &t->h.nobody, view, &t->v, "tree", versions[i].tree, "folder", versions[i].folder, NULL);
}

static str listed(struct ctx *c, struct story *t, int i, const char *view)
{
	check_ok(c, seen(c, t, i, view));
	return str_dup(c->arena, t->v.raw);
}

static str metadata(struct ctx *c, struct story *t, const char *tree)
{
	check_ok(c, house_see(c, &t->h.nobody, "tree.show", &t->v, "tree", tree, NULL));
	return str_dup(c->arena, t->v.raw);
}

static bool file_seen(struct ctx *c, struct story *t, int i, const char *file)
{
	return house_see(c, &t->h.nobody, "tree.file", &t->v, "tree", versions[i].tree, "folder", versions[i].folder, "year", "2026",
	                 "file", file, NULL);
}

static str file_of(struct ctx *c, struct story *t, int i, const char *file)
{
	check_ok(c, file_seen(c, t, i, file));
	return str_dup(c->arena, t->v.raw);
}

static const struct json *parsed(struct ctx *c, str doc)
{
	const struct json *root = NULL;

	check_ok(c, json_parse(c, doc, &csaf_limits, &root));
	return root;
}

static void sound(struct ctx *c, str doc, const char *version)
{
	struct csaf_options  how   = { .preset = CSAF_BASIC };
	struct csaf_findings found = { 0 };

	check_ok(c, csaf_check(c, doc, &how, &found));
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].class == CSAF_ERROR)
			check_str(csaf_sentence(c->arena, &found.v[i]), found.v[i].pointer);
	check(found.valid);
	check_str(found.version, str_of(version));
}

static const char *const same[] = {
	"id", "version", "status", "initial_release_date", "current_release_date",
};

/* Both documents of what is out, each valid by its own version, and about the same edition. */
static void both_out(struct ctx *c, struct story *t, const char *edition)
{
	const struct json *old, *new;
	str doc[2], name = S("psirt-sa-2026-0001.json");

	for (int i = 0; i < 2; i++) {
		doc[i] = file_of(c, t, i, "psirt-sa-2026-0001.json");
		sound(c, doc[i], versions[i].version);
		check_str(file_of(c, t, i, "psirt-sa-2026-0001.json.sha256"), STR_CAT(c->arena, bytes_sha256(c, doc[i]), S("  "), name, S("\n")));
		check_str(file_of(c, t, i, "psirt-sa-2026-0001.json.sha512"), STR_CAT(c->arena, bytes_sha512(c, doc[i]), S("  "), name, S("\n")));
		check_str(listed(c, t, i, "tree.index"), S("2026/psirt-sa-2026-0001-ja.json\n2026/psirt-sa-2026-0001.json\n"));
		check_ok(c, house_see(c, &t->h.nobody, "advisory.csaf", &t->v, "number", t->number, "version", versions[i].version, NULL));
		check_str(t->v.raw, doc[i]);
	}
	check_str(csaf_of(c, t), doc[0]);
	old = json_get(json_get(parsed(c, doc[0]), S("document")), S("tracking"));
	new = json_get(json_get(parsed(c, doc[1]), S("document")), S("tracking"));
	check_str(json_get_str(new, S("version")), str_of(edition));
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		check_str(json_get_str(new, str_of(same[i])), json_get_str(old, str_of(same[i])));
	check(house_has(doc[1], OURS "v2.1/clear/2026/psirt-sa-2026-0001.json"));
	check(!house_has(doc[1], "/white/"));
}

static void next_out(struct ctx *c, struct story *t)
{
	t->id = cstr(c->arena, t->s.object);
	check_ok(c, house_do(c, &t->h.lead, "edition.submit", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.analyst, "edition.approve", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.lead, "edition.publish", &t->s, "id", t->id, NULL));
}

/* meets CSAF-2.1 7.4.2, 7.1.1, 7.1.2, 7.1.11, 7.1.12, 7.1.18 */
TEST(one_edition_gives_a_document_of_either_version)
{
	struct story t;
	str          page;

	published(c, &t);
	both_out(c, &t, "1");
	check_ok(c, house_see(c, &t.h.nobody, "advisory.show", &t.v, "number", t.number, NULL));
	page = house_page(c, "advisory.show", &t.v);
	check(house_has(page, "/csaf\" hreflang=\"en\">CSAF 2.0</a>") && house_has(page, "/csaf?version=2.1\" hreflang=\"en\">CSAF 2.1</a>"));
	check_ok(c, house_see(c, &t.h.lead, "edition.show", &t.v, "id", t.id, NULL));
	check_int(house_count(&t.v, "documents"), 6);
	check_str(house_cell(c, &t.v, "documents", 1, "path"), S("v2.1/2026/psirt-sa-2026-0001.json"));
	house_close(c);
}

TEST(a_revision_and_a_withdrawal_go_out_in_both_versions)
{
	struct story t;

	published(c, &t);
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, save(c, &t, "1", "A session stays valid until it ends."));
	next_out(c, &t);
	both_out(c, &t, "2");
	check_str(listed(c, &t, 1, "tree.changes"), S("2026/psirt-sa-2026-0001-ja.json,2026-11-25T00:00:00Z\n"
	                                            "2026/psirt-sa-2026-0001.json,2026-11-25T00:00:00Z\n"));
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.withdraw", &t.s, "id", t.id, "reason_en", "It was the network.",
	                     "reason_ja", "回線の問題でした。", NULL));
	next_out(c, &t);
	both_out(c, &t, "3");
	check(house_has(file_of(c, &t, 0, "psirt-sa-2026-0001.json"), "\"csaf_base\""));
	check(house_has(file_of(c, &t, 1, "psirt-sa-2026-0001.json"), "\"csaf_withdrawn\""));
	house_close(c);
}

/* meets CSAF-2.1 7.4.2, 7.1.7, 7.1.13, 7.1.15; CSAF-2.0 7.1.7 */
TEST(each_version_has_its_own_metadata_lists_and_feed)
{
	struct story t;
	str          old, new, feed;

	published(c, &t);
	old = metadata(c, &t, "v2.0");
	new = metadata(c, &t, "v2.1");
	check_str(raw(c, &t, "provider.show"), old);
	check_str(json_get_str(parsed(c, old), S("canonical_url")), S(OURS "v2.0/provider-metadata.json"));
	check_str(json_get_str(parsed(c, new), S("canonical_url")), S(OURS "v2.1/provider-metadata.json"));
	check(house_has(new, OURS "v2.1/clear/feed.json") && !house_has(new, "WHITE"));
	check_str(listed(c, &t, 0, "tree.changes"), S("\"2026/psirt-sa-2026-0001-ja.json\",\"2026-11-24T00:00:00Z\"\n"
	                                            "\"2026/psirt-sa-2026-0001.json\",\"2026-11-24T00:00:00Z\"\n"));
	check_str(listed(c, &t, 1, "tree.changes"), S("2026/psirt-sa-2026-0001-ja.json,2026-11-24T00:00:00Z\n"
	                                            "2026/psirt-sa-2026-0001.json,2026-11-24T00:00:00Z\n"));
	feed = listed(c, &t, 1, "tree.feed");
	check(house_has(feed, OURS "v2.1/clear/2026/psirt-sa-2026-0001.json.sha512") && house_has(feed, "\"version\": \"2.1\""));
	feed = listed(c, &t, 0, "tree.feed");
	check(house_has(feed, OURS "v2.0/white/2026/psirt-sa-2026-0001.json.sha512") && house_has(feed, "\"version\": \"2.0\""));
	check_ok(c, seen(c, &t, 1, "tree.folder"));
	check(house_has(house_page(c, "tree.folder", &t.v), "/.well-known/csaf/v2.1/clear/2026/"));
	check_ok(c, house_see(c, &t.h.nobody, "tree.year", &t.v, "tree", "v2.1", "folder", "clear", "year", "2026", NULL));
	check(house_has(house_page(c, "tree.year", &t.v), "/.well-known/csaf/v2.1/clear/2026/psirt-sa-2026-0001.json.sha256"));
	check_ok(c, house_see(c, &t.h.nobody, "tree.service", &t.v, "tree", "v2.1", NULL));
	check(house_has(t.v.raw, OURS "v2.1/clear/feed.json") && house_has(new, OURS "v2.1/service.json"));
	check(house_has(raw(c, &t, "securitytxt.show"), "CSAF: " OURS "provider-metadata.json\n"
	                "CSAF: " OURS "v2.0/provider-metadata.json\nCSAF: " OURS "v2.1/provider-metadata.json\n"));
	house_close(c);
}

TEST(there_are_no_other_trees_and_nothing_in_them_before_it_is_out)
{
	static const char *const wrong[][2] = { { "v2.0", "clear" }, { "v2.1", "white" }, { "v2.2", "clear" }, { "", "white" }, { "v2.1", "" } };
	static const char *const lists[] = { "tree.feed", "tree.index", "tree.changes" };
	struct story t;

	approved(c, &t, "team");
	for (int i = 0; i < 2; i++) {
		check(!file_seen(c, &t, i, "psirt-sa-2026-0001.json"));
		check_fault(c, E_NOTFOUND, NULL);
		for (size_t k = 0; k < 3; k++)
			check(!house_has(listed(c, &t, i, lists[k]), "psirt-sa-2026-0001"));
	}
	check(!house_see(c, &t.h.nobody, "advisory.csaf", &t.v, "number", t.number, "version", "2.1", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	check_ok(c, house_do(c, &t.h.lead, "edition.publish", &t.s, "id", t.id, NULL));
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		check(!house_see(c, &t.h.nobody, "tree.file", &t.v, "tree", wrong[i][0], "folder", wrong[i][1], "year", "2026",
		                 "file", "psirt-sa-2026-0001.json", NULL));
	check(!house_see(c, &t.h.nobody, "tree.show", &t.v, "tree", "v3.0", NULL));
	check_fault(c, E_NOTFOUND, NULL);
	house_close(c);
}

static bool sign(struct ctx *c, UNUSED bool clear, str bytes, str *fingerprint, str *out)
{
	*fingerprint = S("0123456789ABCDEF0123456789ABCDEF01234567");
	*out         = STR_CAT(c->arena, S("signed "), bytes_sha256(c, bytes));
	return true;
}

static bool key_of(UNUSED struct ctx *c, UNUSED str fingerprint, str *out)
{
	*out = S("the key");
	return true;
}

/* Sign the next document; false when none waits. */
static bool one_signed(struct ctx *c)
{
	const struct chore *h = signing_chores;
	bool done = false;

	while (!str_eq(str_of(h->name), S("document.sign")))
		h++;
	c->actor = &house_actor;
	check_ok(c, chore_run(c, h, &done));
	return done;
}

/* meets CSAF-2.1 7.1.19, 7.1.20 */
TEST(both_documents_are_signed_and_each_tree_waits_for_its_own)
{
	struct story t;

	published(c, &t);
	t.h.front.sign       = sign;
	t.h.front.public_key = key_of;
	check(one_signed(c) && one_signed(c));   /* both in English */
	for (int i = 1; i >= 0; i--) {
		check(!house_has(metadata(c, &t, versions[i].tree), "csaf_trusted_provider"));
		check(!file_seen(c, &t, i, "psirt-sa-2026-0001-ja.json.asc"));
		check_fault(c, E_NOTFOUND, NULL);
		check(one_signed(c));
		check(house_has(metadata(c, &t, versions[i].tree), "csaf_trusted_provider"));
	}
	for (int i = 0; i < 4; i++) {
		const char *name = i < 2 ? "psirt-sa-2026-0001.json" : "psirt-sa-2026-0001-ja.json";
		check_str(file_of(c, &t, i % 2, cstr(c->arena, STR_CAT(c->arena, str_of(name), S(".asc")))),
		          STR_CAT(c->arena, S("signed "), bytes_sha256(c, file_of(c, &t, i % 2, name))));
	}
	check(house_has(listed(c, &t, 1, "tree.feed"), "psirt-sa-2026-0001.json.asc"));
	check(!one_signed(c));
	house_close(c);
}

/* As if the editions that are out were from before the house wrote CSAF 2.1. */
static void forget_new(struct ctx *c)
{
	static const struct db_query forget = { .sqlite = "DELETE FROM document WHERE kind IN ('csaf21', 'csaf21_ja')", .types = "", .writes = true };
	struct db_run *r;
	int64_t        n;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check(db_start(c, &forget, &r) && db_exec(c, r, &n) && n == 2);
	check_ok(c, db_commit(c));
}

/* An edition from before the house wrote CSAF 2.1: it is in the tree of 2.0 alone, until it is revised. */
TEST(an_edition_without_a_document_of_2_1_is_absent_from_its_tree)
{
	struct story t;

	published(c, &t);
	forget_new(c);
	check_str(listed(c, &t, 0, "tree.index"), S("2026/psirt-sa-2026-0001-ja.json\n2026/psirt-sa-2026-0001.json\n"));
	check_str(listed(c, &t, 1, "tree.index"), S(""));
	check(!file_seen(c, &t, 1, "psirt-sa-2026-0001.json"));
	check_fault(c, E_NOTFOUND, NULL);
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, save(c, &t, "1", "A session stays valid until it ends."));
	next_out(c, &t);
	both_out(c, &t, "2");
	house_close(c);
}

static str updated(struct ctx *c, struct story *t, int i)
{
	const struct json *feed = json_get(parsed(c, listed(c, t, i, "tree.feed")), S("feed"));
	str                doc  = metadata(c, t, versions[i].tree);

	check_str(json_get_str(feed, S("updated")), json_get_str(parsed(c, doc), S("last_updated")));
	return json_get_str(feed, S("updated"));
}

static void dates_of(struct ctx *c, struct story *t, int i, const char *first, const char *last)
{
	const struct json *tracking = json_get(json_get(parsed(c, file_of(c, t, i, "psirt-sa-2026-0001.json")), S("document")), S("tracking"));
	const struct json *history  = json_get(tracking, S("revision_history"));
	const struct json *feed     = json_get(parsed(c, listed(c, t, i, "tree.feed")), S("feed"));

	check_str(json_get_str(tracking, S("initial_release_date")), str_of(first));
	check_str(json_get_str(tracking, S("current_release_date")), str_of(last));
	check_int((int64_t)json_count(history), 2);
	check_str(json_get_str(json_at(history, 0), S("date")), str_of(first));
	check_str(json_get_str(json_at(history, 1), S("date")), str_of(last));
	check_int((int64_t)json_count(json_get(feed, S("entry"))), 2);
	for (JSON_ITEMS(e, json_get(feed, S("entry")))) {
		check_str(json_get_str(e, S("published")), str_of(first));
		check_str(json_get_str(e, S("updated")), str_of(last));
	}
	check(house_has(listed(c, t, i, "tree.changes"), last) && !house_has(listed(c, t, i, "tree.changes"), first));
}

/*
 * meets CSAF-2.1 7.4.2: while a tree of 2.1 has nothing of it yet, it says so and no new date every day; later both
 * trees say the same of it: when the advisory was first released, though in 2.0, and in the folder of that year
 */
TEST(what_was_first_out_in_2_0_alone_has_the_same_dates_in_both_trees)
{
	static const char first[] = "2026-11-24T00:00:00Z", last[] = "2027-01-03T00:00:00Z";
	struct story t;
	struct sheet s;
	const char  *past;

	published(c, &t);
	forget_new(c);
	for (int day = 0; day < 2; day++) {
		check_str(updated(c, &t, 0), str_of(first));
		check_str(updated(c, &t, 1), str_of(first));
		check_str(listed(c, &t, 1, "tree.changes"), S(""));
		c->now += DAY;
	}
	c->now += 38 * DAY;
	check_ok(c, house_do(c, &t.h.lead, "advisory.revise", &t.s, "id", t.id, NULL));
	t.id = cstr(c->arena, t.s.object);
	check_ok(c, save(c, &t, "1", "A session stays valid until it ends."));
	next_out(c, &t);
	both_out(c, &t, "2");   /* in 2026/ */
	for (int i = 0; i < 2; i++) {
		dates_of(c, &t, i, first, last);
		check_str(updated(c, &t, i), str_of(last));
	}
	/* A former advisory is in both, with its old dates; that it came and that it went are changes of today. */
	check_ok(c, past_import_one(c, &t.h.analyst, past_with(c, "https://other.example\"", "https://psirt.example.jp\"", NULL), &s));
	past = cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
	check_ok(c, house_do(c, &t.h.lead, "history.publish", &s, "id", past, NULL));
	past_converted(c);
	for (int i = 0; i < 2; i++)
		check(house_has(listed(c, &t, i, "tree.index"), "2019/ow-2019-1.json") && house_has(listed(c, &t, i, "tree.changes"), "2019-07-11"));
	check_str(updated(c, &t, 1), str_of(last));
	c->now += DAY;
	check_ok(c, house_do(c, &t.h.lead, "history.withdraw", &s, "id", past, "reason_en", "Mistake.", "reason_ja", "誤り。", NULL));
	for (int i = 0; i < 2; i++)
		check_str(updated(c, &t, i), S("2027-01-04T00:00:00Z"));
	house_close(c);
}
