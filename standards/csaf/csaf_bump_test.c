#include "base/test.h"

#include "standards/csaf/csaf_bump.h"

struct row {
	const char *was, *was_status, *released, *is, *is_status;
	enum csaf_bump demanded;
	enum csaf_bump_verdict verdict;
	const char *expected;
};

static void judge_all(struct ctx *c, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct csaf_edition was = { str_of(rows[i].was), str_of(rows[i].was_status), STR_NONE };
		struct csaf_edition is = { str_of(rows[i].is), str_of(rows[i].is_status), STR_NONE };
		struct csaf_judgement j;

		if (rows[i].released)
			was.released = str_of(rows[i].released);
		csaf_bump_judge(c->arena, &was, &is, rows[i].demanded, &j);
		check_str(str_of(csaf_verdict_name(j.verdict)), str_of(csaf_verdict_name(rows[i].verdict)));
		check_str(j.expected.p ? j.expected : S("-"), str_of(rows[i].expected));
	}
}

#define F "final"
#define D "draft"
#define JUDGE(...) judge_all(c, (const struct row[]){ __VA_ARGS__ }, \
	sizeof((const struct row[]){ __VA_ARGS__ }) / sizeof(struct row))

/* meets CSAF-2.0 3.1.11.2, CSAF-2.1 3.1.11.2 */
TEST(a_semantic_version_counts_by_the_weight_of_the_change)
{
	JUDGE({ "1.0.0", F, NULL, "2.0.0", F, BUMP_MAJOR, BUMP_FITS, "2.0.0" },
	      { "1.4.3", F, NULL, "1.5.0", F, BUMP_MINOR, BUMP_FITS, "1.5.0" },
	      { "1.4.3", F, NULL, "1.4.4", F, BUMP_PATCH, BUMP_FITS, "1.4.4" },
	      { "1.9.0", F, NULL, "1.10.0", F, BUMP_MINOR, BUMP_FITS, "1.10.0" },
	      { "1.4.3", F, NULL, "1.5.0", F, BUMP_MAJOR, BUMP_LESS, "2.0.0" },
	      { "1.4.3", F, NULL, "1.4.4", F, BUMP_MINOR, BUMP_LESS, "1.5.0" },
	      { "1.4.3", F, NULL, "2.0.0", F, BUMP_PATCH, BUMP_MORE, "1.4.4" },
	      { "1.4.3", F, NULL, "1.4.3", F, BUMP_PATCH, BUMP_MISSING, "1.4.4" },
	      { "1.4.3", F, NULL, "1.4.3", F, BUMP_NONE, BUMP_FITS, "1.4.3" },
	      { "1.4.3", F, NULL, "1.4.4", F, BUMP_NONE, BUMP_MORE, "1.4.3" },
	      { "1.4.3", F, NULL, "1.5.3", F, BUMP_MINOR, BUMP_UNRESET, "1.5.0" },
	      { "1.4.3", F, NULL, "2.1.0", F, BUMP_MAJOR, BUMP_UNRESET, "2.0.0" },
	      { "1.4.3", F, NULL, "1.4.2", F, BUMP_PATCH, BUMP_BACK, "1.4.3" },
	      { "1.4.3+a", F, NULL, "1.4.3+b", F, BUMP_PATCH, BUMP_MISSING, "1.4.4" },
	      { "99.0.0", F, NULL, "100.0.0", F, BUMP_MAJOR, BUMP_FITS, "100.0.0" },
	      { "99999999999999999999.0.0", F, NULL, "100000000000000000000.0.0", F, BUMP_MAJOR, BUMP_FITS,
	        "100000000000000000000.0.0" });
}

/* meets CSAF-2.0 3.1.11.1, CSAF-2.1 3.1.11.1 */
TEST(an_integer_version_counts_by_one_whatever_changed)
{
	JUDGE({ "1", F, NULL, "2", F, BUMP_PATCH, BUMP_FITS, "2" },
	      { "1", F, NULL, "2", F, BUMP_MAJOR, BUMP_FITS, "2" },
	      { "1", F, NULL, "1", F, BUMP_MINOR, BUMP_MISSING, "2" },
	      { "9", "interim", NULL, "10", "interim", BUMP_MINOR, BUMP_FITS, "10" },
	      { "3", F, NULL, "2", F, BUMP_MINOR, BUMP_BACK, "3" },
	      { "1", F, NULL, "1.0.1", F, BUMP_PATCH, BUMP_MIXED, "-" },
	      { "", F, NULL, "1", F, BUMP_PATCH, BUMP_UNKNOWN, "-" },
	      { "1.0", F, NULL, "1.1", F, BUMP_PATCH, BUMP_UNKNOWN, "-" });
}

TEST(drafts_count_from_what_was_released_last)
{
	JUDGE({ "1.1.0-2", D, "1.0.0", "1.1.0", F, BUMP_MINOR, BUMP_FITS, "1.1.0" },
	      { "1.1.0-2", D, "1.0.0", "1.1.0-3", D, BUMP_MINOR, BUMP_FITS, "1.1.0" },
	      { "1.1.0-2", D, "1.0.0", "1.1.0", F, BUMP_MAJOR, BUMP_LESS, "2.0.0" },
	      { "1.1.0-2", D, "1.0.0", "2.0.0-1", D, BUMP_MAJOR, BUMP_FITS, "2.0.0" },
	      { "1.1.0-2", D, "1.0.0", "1.1.0-1", D, BUMP_MINOR, BUMP_BACK, "1.1.0" },
	      { "1.1.0-2", D, "1.0.0", "1.1.0", F, BUMP_PATCH, BUMP_FITS, "1.1.0" },
	      { "1.0.0", F, NULL, "1.0.1-1", D, BUMP_PATCH, BUMP_FITS, "1.0.1" },
	      { "1.0.0-alpha", D, NULL, "1.0.0", F, BUMP_MAJOR, BUMP_FITS, "1.0.0" },
	      { "1.0.0-alpha", D, NULL, "1.0.0-beta", D, BUMP_MAJOR, BUMP_FITS, "1.0.0" },
	      { "1.0.0-beta", D, NULL, "1.0.0-alpha", D, BUMP_MAJOR, BUMP_BACK, "1.0.0" },
	      { "2", D, "1", "2", F, BUMP_MAJOR, BUMP_FITS, "2" },
	      { "0", D, NULL, "1", F, BUMP_MAJOR, BUMP_MORE, "0" });
}

/* meets CSAF-2.0 3.1.11.2: rule 3 */
TEST(before_the_first_release_the_numbers_move_one_to_the_right)
{
	JUDGE({ "0.2.1", F, NULL, "0.3.0", F, BUMP_MAJOR, BUMP_FITS, "0.3.0" },
	      { "0.2.1", F, NULL, "0.2.2", F, BUMP_MINOR, BUMP_FITS, "0.2.2" },
	      { "0.2.1", F, NULL, "0.2.2", F, BUMP_MAJOR, BUMP_LESS, "0.3.0" },
	      { "0.2.1", F, NULL, "1.0.0", F, BUMP_MAJOR, BUMP_FITS, "0.3.0" });
}

TEST(a_mended_misspelling_is_told_from_another_meaning)
{
	static const struct { const char *a, *b; bool only; } rows[] = {
		{ "An attacker can overflow the buffer.", "An attacker can overfolw the buffer", true },
		{ "Recieve the  update.", "receive the update", true },
		{ "authentification is requried", "authentication is required", true },
		{ "The product is not affected.", "The product is now affected.", false },
		{ "affected", "unaffected", false },
		{ "secure mode", "insecure mode", false },
		{ "Update to 1.2.3", "Update to 1.2.4", false },
		{ "Update to 1.2", "Update to 1,2", false },
		{ "Turn it off", "Turn it on", false },
		{ "enabled", "disabled", false },
		{ "影響を受ける", "影響を受けない", false },
		{ "one two", "one two three", false },
		{ "", "", true },
		{ "\xff\xfe", "\xff", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_int(csaf_spelling_only(str_of(rows[i].a), str_of(rows[i].b)), rows[i].only);
}
