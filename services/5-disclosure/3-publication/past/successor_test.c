#include "services/5-disclosure/3-publication/past/history_test.h"

#include "platform/op/tool.h"
#include "record/setting.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "services/5-disclosure/3-publication/past/successor.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_convert.h"

static const struct service *const only[] = { &publication_service };

/* Ours; pairs of what is other in it. */
#define OURS(c, ...) past_with(c, "https://other.example\"", "https://psirt.example.jp\"", ##__VA_ARGS__, NULL)
/* Valid in 2.0; of which version 16 is meant no program knows. */
#define PROSE "\"product_version\",\"name\":\"1.0\"", "\"product_version_range\",\"name\":\"0.9 <= 1.0\""

static const char *imported(struct ctx *c, const struct actor *who, str text)
{
	struct sheet s;

	check_ok(c, past_import_one(c, who, text, &s));
	return cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
}

static void published(struct ctx *c, struct house *h, const char *id)
{
	struct sheet s;

	check_ok(c, house_do(c, &h->lead, "history.publish", &s, "id", id, NULL));
}

static str index_of(struct ctx *c, struct house *h, bool v21)
{
	struct sheet s;

	check_ok(c, house_see(c, &h->nobody, "tree.index", &s, "tree", v21 ? "v2.1" : "v2.0", "folder", v21 ? "clear" : "white", NULL));
	return s.raw;
}

static bool file_there(struct ctx *c, struct house *h, bool v21, const char *file, str *raw)
{
	struct sheet s;
	bool         there = house_see(c, &h->nobody, "tree.file", &s, "tree", v21 ? "v2.1" : "v2.0", "folder", v21 ? "clear" : "white",
	                               "year", "2019", "file", file, NULL);

	if (!there)
		check_fault(c, E_NOTFOUND, NULL);
	*raw = there ? s.raw : S("");
	return there;
}

static str state_of(struct ctx *c, struct house *h, size_t row, const char *cell)
{
	struct sheet s;

	check_ok(c, house_see(c, &h->auditor, "successor.list", &s, NULL));
	return house_cell(c, &s, "advisories", row, cell);
}

static const struct chore *chore_named(const char *name)
{
	for (const struct chore *x = publication_service.chores; x->name; x++)
		if (strcmp(x->name, name) == 0)
			return x;
	return NULL;
}

/* ---- a cage that cannot, or lies, when it is asked for the successor ---- */

static enum fault_code refuses;
static const char     *lie;

static bool cage(struct ctx *c, str name, str body, struct tool_answer *out)
{
	if (str_eq(name, S("csaf succeed")) && refuses)
		return fault(c, refuses, NULL, NULL);
	if (str_eq(name, S("csaf succeed")) && lie) {
		*out = (struct tool_answer){ 0, str_of(lie), S("") };
		return true;
	}
	return tool_here(c, name, body, out);
}

static void with_cage(struct house *h, enum fault_code code, const char *answer)
{
	refuses       = code;
	lie           = answer;
	h->front.tool = cage;
}

/* meets CSAF-2.1 7.1.1, 7.1.2, 7.1.11, 7.1.12, 7.1.13, 7.1.15, 7.1.18, 7.4.2 */
TEST(a_former_advisory_goes_out_in_both_versions_at_once)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          text, next, line;
	struct csaf_findings f = { 0 };

	house_open(c, &h, only, 1);
	text = OURS(c);
	id   = imported(c, &h.analyst, text);
	past_converted(c);
	check_ok(c, house_see(c, &h.analyst, "history.show", &s, "id", id, NULL));
	check(house_has(house_page(c, "history.show", &s), "Ready for CSAF 2.1"));
	check_str(index_of(c, &h, true), S(""));
	check(!file_there(c, &h, true, "ow-2019-1.json", &next));       /* made, and not out */
	published(c, &h, id);
	check_str(index_of(c, &h, false), S("2019/ow-2019-1.json\n"));
	check_str(index_of(c, &h, true), S("2019/ow-2019-1.json\n"));
	check(file_there(c, &h, false, "ow-2019-1.json", &line));
	check_str(line, text);                                           /* the original is what it was */
	check(file_there(c, &h, true, "ow-2019-1.json", &next));
	check_ok(c, csaf_check(c, next, &(struct csaf_options){ .preset = CSAF_BASIC, .now = c->now }, &f));
	check(f.valid && str_eq(f.version, S("2.1")));
	check(file_there(c, &h, true, "ow-2019-1.json.sha256", &line) && str_starts(line, bytes_sha256(c, next)));
	check(file_there(c, &h, true, "ow-2019-1.json.sha512", &line) && str_starts(line, bytes_sha512(c, next)));
	check_ok(c, house_see(c, &h.nobody, "tree.changes", &s, "tree", "v2.1", "folder", "clear", NULL));
	check(house_has(s.raw, "2019/ow-2019-1.json,2019-07-11T00:00:00Z"));
	check_ok(c, house_see(c, &h.nobody, "tree.feed", &s, "tree", "v2.1", "folder", "clear", NULL));
	check(house_has(s.raw, "/v2.1/clear/2019/ow-2019-1.json") && house_has(s.raw, "2019-07-10T00:00:00Z"));
	check_ok(c, house_see(c, &h.nobody, "advisory.csaf", &s, "number", "OW-2019-1", "version", "2.1", NULL));
	check_str(s.raw, next);
	check_ok(c, house_see(c, &h.nobody, "advisory.show", &s, "number", "OW-2019-1", NULL));
	check_int(house_count(&s, "documents"), 2);
	check(str_ends(house_cell(c, &s, "documents", 1, "url"), S("/.well-known/csaf/v2.1/clear/2019/ow-2019-1.json")));
	check_str(house_cell(c, &s, "documents", 1, "sha256"), bytes_sha256(c, next));
	check(house_has(house_page(c, "advisory.show", &s), "csaf?version=2.1"));
	check_str(state_of(c, &h, 0, "state"), S("public"));
	house_close(c);
}

/* meets CSAF-2.1 7.4.2 */
TEST(published_before_it_is_converted_it_follows_when_it_is)
{
	struct house h;
	struct sheet s;
	const char  *id;
	bool         done;
	str          raw;

	house_open(c, &h, only, 1);
	with_cage(&h, E_BUSY, NULL);
	id = imported(c, &h.analyst, OURS(c));
	published(c, &h, id);
	check_str(index_of(c, &h, true), S(""));
	check_str(state_of(c, &h, 0, "state"), S("waits"));
	check(!house_do(c, &h.lead, "successor.publish", &s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!chore_run(c, chore_named("successor.make"), &done));      /* of the hour: to be tried again */
	check_fault(c, E_BUSY, NULL);
	with_cage(&h, 0, NULL);
	past_converted(c);
	check(file_there(c, &h, true, "ow-2019-1.json", &raw));
	check_ok(c, house_see(c, &h.auditor, "history.show", &s, "id", id, NULL));
	check_str(house_cell(c, &s, "csaf21", 0, "released_name"), h.lead.name);   /* who published it */
	/* withdrawn meanwhile, it does not follow */
	id = imported(c, &h.analyst, OURS(c, "OW-2019-1", "OW-2019-2"));
	published(c, &h, id);
	check_ok(c, house_do(c, &h.lead, "history.withdraw", &s, "id", id, "reason_en", "A mistake.", "reason_ja", "誤り。", NULL));
	past_converted(c);
	check(!file_there(c, &h, true, "ow-2019-2.json", &raw));
	house_close(c);
}

static void run(struct ctx *c, const char *statement)
{
	struct db_query q = { .sqlite = statement, .types = "", .writes = true };
	struct db_run  *r;
	int64_t         n;

	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check(db_start(c, &q, &r) && db_exec(c, r, &n));
	check_ok(c, db_commit(c));
}

/* As a database from before psirt converted what it imports. */
static void forget(struct ctx *c)
{
	run(c, "DELETE FROM successor_remark");
	run(c, "DELETE FROM successor");
}

/* meets CSAF-2.1 7.4.2; FIRST-1.1 5.3.2.8: the original went out with two persons, the converter adds no word */
TEST(what_is_public_already_follows_when_one_person_says_so)
{
	struct house h;
	struct sheet s;
	bool         done;
	const char  *id;
	str          raw;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, OURS(c));
	published(c, &h, id);
	forget(c);
	past_converted(c);
	check_ok(c, chore_run(c, chore_named("successor.make"), &done));
	check(!done);                                                    /* once */
	check_str(state_of(c, &h, 0, "state"), S("ready"));
	check_str(index_of(c, &h, true), S(""));
	check(!house_do(c, &h.auditor, "successor.publish", &s, "id", id, NULL));
	check_fault(c, E_FORBIDDEN, NULL);
	c->now += HOUR;
	check_ok(c, house_do(c, &h.analyst, "successor.release", &s, NULL));
	check(file_there(c, &h, true, "ow-2019-1.json", &raw));
	check_ok(c, house_see(c, &h.nobody, "tree.feed", &s, "tree", "v2.1", "folder", "clear", NULL));
	check(house_has(s.raw, cstr(c->arena, time_print(c->arena, c->now))));   /* old dates, but new in the feed */
	check(!house_do(c, &h.analyst, "successor.release", &s, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &h.lead, "successor.publish", &s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	house_close(c);
}

/* What is out stays as it went out; what is not is made again by newer rules. */
TEST(newer_rules_make_again_what_is_not_out)
{
	struct house h;
	struct sheet s;
	struct successor_due_row r;
	bool         found;
	const char  *id;
	str          ours;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, OURS(c, "\"lang\":\"en\",", "\"lang\":\"en\",\"x_own\":1,"));   /* with a remark */
	past_converted(c);
	check_ok(c, db_begin(c, DB_READ, &db_viewer_all));
	check_ok(c, past_namespaces(c, &ours));
	check_ok(c, sql_successor_due(c, S(CSAF_CONVERT_RULES), ours, &r, &found));
	check(!found);
	check_ok(c, sql_successor_due(c, S("newer"), ours, &r, &found));
	check(found);
	db_rollback(c);
	run(c, "UPDATE successor SET rules = 'older', sha256 = 'older'");
	past_converted(c);
	check_ok(c, house_see(c, &h.auditor, "history.show", &s, "id", id, NULL));
	check(house_cell(c, &s, "csaf21", 0, "sha256").n == 64);
	published(c, &h, id);
	check_ok(c, db_begin(c, DB_READ, &db_viewer_all));
	check_ok(c, sql_successor_due(c, S("newer"), ours, &r, &found));
	check(!found);
	db_rollback(c);
	house_close(c);
}

/* meets CSAF-2.1 7.1.1: only a valid document is in the tree */
TEST(what_is_not_valid_in_csaf_2_1_stays_out_of_its_tree_and_says_why)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          raw;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, OURS(c, PROSE));
	published(c, &h, id);
	past_converted(c);
	check(file_there(c, &h, false, "ow-2019-1.json", &raw) && !file_there(c, &h, true, "ow-2019-1.json", &raw));
	check_str(index_of(c, &h, true), S(""));
	check_str(state_of(c, &h, 0, "state"), S("invalid"));
	check(house_has(state_of(c, &h, 0, "why"), "/product_tree/branches/0/branches/0/branches/0/name: The version range 0.9 <= 1.0"));
	check(!house_do(c, &h.lead, "successor.publish", &s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	check(!house_do(c, &h.lead, "successor.release", &s, NULL));
	check_fault(c, E_STATE, NULL);
	c->lang = LANG_JA;
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check(house_has(house_page(c, "history.show", &s), "版の範囲0.9") && house_has(house_page(c, "history.show", &s), "新しいバージョンを付けて"));
	c->lang = LANG_EN;
	/* corrected by hand, with a new version, it is in both */
	id = imported(c, &h.analyst, OURS(c, "\"First.\"}]", "\"First.\"},{\"date\":\"2019-07-11T09:00:00+09:00\",\"number\":\"2\",\"summary\":\"Second.\"}]",
	                                  "\"version\":\"1\"}},", "\"version\":\"2\"}},"));
	published(c, &h, id);
	past_converted(c);
	check(file_there(c, &h, true, "ow-2019-1.json", &raw) && house_has(raw, "Second."));
	house_close(c);
}

/* meets CSAF-2.1 7.4.2 */
TEST(staff_are_told_before_the_roll_over_which_ones_are_in_2_0_alone)
{
	struct house h;
	struct sheet s;

	house_open(c, &h, only, 1);
	published(c, &h, imported(c, &h.analyst, OURS(c, PROSE)));
	published(c, &h, imported(c, &h.analyst, OURS(c, "OW-2019-1", "OW-2019-2")));
	past_converted(c);
	check_ok(c, house_see(c, &h.lead, "edition.list", &s, NULL));
	check(!house_has(house_page(c, "edition.list", &s), "CSAF 2.0 alone"));
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "csaf21_rollover", S("2027-03-01")));
	check_ok(c, db_commit(c));
	check_ok(c, house_see(c, &h.lead, "edition.list", &s, NULL));
	check(house_has(house_page(c, "edition.list", &s), "Imported advisories that are out in CSAF 2.0 alone: 1."));
	check(!house_has(house_page(c, "edition.list", &s), "a revision gives an advisory"));
	house_close(c);
}

/* Nobody outside reads what is not out, and what may never be public is not made. */
TEST(what_may_not_be_public_has_no_successor)
{
	static const char *const labels[][2] = { { "\"RED\"", "OW-1" }, { "\"AMBER\"", "OW-2" }, { "\"GREEN\"", "OW-3" } };
	struct house h;
	struct sheet s;
	bool         done;

	house_open(c, &h, only, 1);
	for (size_t i = 0; i < 3; i++) {
		const char *id = imported(c, &h.analyst, OURS(c, "OW-2019-1", labels[i][1], "\"WHITE\"", labels[i][0]));
		check(!house_see(c, &h.analyst, "successor.csaf", &s, "id", id, NULL));
		check_fault(c, E_NOTFOUND, NULL);
	}
	imported(c, &h.analyst, past_with(c, "OW-2019-1", "OW-4", NULL));         /* of others */
	imported(c, &h.analyst, past_with(c, "OW-2019-1", "OW-5", "https://other.example\"", "https://psirt.example.jp.evil.example\"", NULL));
	check_ok(c, chore_run(c, chore_named("successor.make"), &done));
	check(!done);
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "publisher_namespaces", S("https://old.example https://other.example/")));
	check_ok(c, db_commit(c));
	check_ok(c, chore_run(c, chore_named("successor.make"), &done));
	check(done);                                                     /* now it is ours */
	house_close(c);
}

/* meets FIRST-1.1 5.3.2.3 */
TEST(withdrawn_it_leaves_both_trees_and_comes_back_to_both)
{
	struct house h;
	struct sheet s;
	const char  *id;
	str          raw;

	house_open(c, &h, only, 1);
	id = imported(c, &h.analyst, OURS(c));
	past_converted(c);
	published(c, &h, id);
	c->now += HOUR;
	check_ok(c, house_do(c, &h.lead, "history.withdraw", &s, "id", id, "reason_en", "A mistake.", "reason_ja", "誤り。", NULL));
	check(!file_there(c, &h, true, "ow-2019-1.json", &raw));
	check_str(index_of(c, &h, true), S(""));
	check_ok(c, house_see(c, &h.nobody, "tree.feed", &s, "tree", "v2.1", "folder", "clear", NULL));
	check(house_has(s.raw, cstr(c->arena, time_print(c->arena, c->now))));
	check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
	check(house_has(house_page(c, "history.show", &s), "Ready for CSAF 2.1"));
	check(!house_do(c, &h.lead, "successor.publish", &s, "id", id, NULL));
	check_fault(c, E_STATE, NULL);
	published(c, &h, id);
	check(file_there(c, &h, true, "ow-2019-1.json", &raw));
	house_close(c);
}

/* ---- signatures ---- */

static bool sign(struct ctx *c, UNUSED bool clear, str bytes, str *fingerprint, str *out)
{
	*fingerprint = S("0123456789ABCDEF0123456789ABCDEF01234567");
	*out         = STR_CAT(c->arena, S("-----BEGIN PGP SIGNATURE-----\n"), bytes_sha256(c, bytes));
	return true;
}

static bool public_key(UNUSED struct ctx *c, UNUSED str fingerprint, str *out)
{
	*out = S("-----BEGIN PGP PUBLIC KEY BLOCK-----\n");
	return true;
}

/* meets CSAF-2.1 7.1.19 */
TEST(it_is_signed_by_us_and_the_provider_is_trusted_when_it_is)
{
	struct house h;
	struct sheet s;
	bool         done;
	str          raw, seal = STR_NONE;

	house_open(c, &h, only, 1);
	h.front.sign       = sign;
	h.front.public_key = public_key;
	published(c, &h, imported(c, &h.analyst, OURS(c)));
	past_converted(c);
	check_ok(c, chore_run(c, chore_named("history.sign"), &done));
	check(done && !file_there(c, &h, true, "ow-2019-1.json.asc", &raw));
	check_ok(c, house_see(c, &h.nobody, "tree.show", &s, "tree", "v2.1", NULL));
	check(house_has(s.raw, "\"csaf_provider\""));
	check_ok(c, chore_run(c, chore_named("successor.sign"), &done));
	check(done);
	check_ok(c, chore_run(c, chore_named("successor.sign"), &done));
	check(!done);
	check(file_there(c, &h, true, "ow-2019-1.json", &raw) && file_there(c, &h, true, "ow-2019-1.json.asc", &seal));
	check(str_ends(seal, bytes_sha256(c, raw)));
	check_ok(c, house_see(c, &h.nobody, "tree.show", &s, "tree", "v2.1", NULL));
	check(house_has(s.raw, "\"csaf_trusted_provider\""));
	house_close(c);
}

TEST(a_cage_that_lies_or_ends_makes_nothing_valid)
{
	static const char *const lies[] = {
		"", "[]", "{}", "\"x\"", "{\"valid\":true}", "{\"valid\":true,\"document\":\"\"}", "{\"valid\":1,\"document\":\"{}\"}",
		"{\"fault\":\"limit\",\"text\":\"Too large.\"}",
		/* valid, it says, but of another advisory, or not for everybody */
		"{\"valid\":true,\"document\":\"{\\\"document\\\":{\\\"csaf_version\\\":\\\"2.1\\\",\\\"tracking\\\":{\\\"id\\\":\\\"OW-2019-2\\\"},"
		"\\\"distribution\\\":{\\\"tlp\\\":{\\\"label\\\":\\\"CLEAR\\\"}}}}\"}",
		"{\"valid\":true,\"document\":\"{\\\"document\\\":{\\\"csaf_version\\\":\\\"2.1\\\",\\\"tracking\\\":{\\\"id\\\":\\\"OW-2019-1\\\"},"
		"\\\"distribution\\\":{\\\"tlp\\\":{\\\"label\\\":\\\"RED\\\"}}}}\"}", "{\"valid\":false,\"document\":\"{}\",\"remarks\":-5,\"told\":[{\"class\":\"odd\"},7]}",
	};
	struct house h;
	struct sheet s;
	const char  *id;

	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		house_open(c, &h, only, 1);
		with_cage(&h, 0, lies[i]);
		id = imported(c, &h.analyst, OURS(c));
		published(c, &h, id);
		past_converted(c);
		check_str(index_of(c, &h, true), S(""));
		check_str(state_of(c, &h, 0, "state"), S("invalid"));
		check(!house_do(c, &h.lead, "successor.publish", &s, "id", id, NULL));
		check_fault(c, E_STATE, NULL);
		check_ok(c, house_see(c, &h.lead, "history.show", &s, "id", id, NULL));
		(void)house_page(c, "history.show", &s);
		house_close(c);
	}
}
