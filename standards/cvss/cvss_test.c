#include "base/test.h"

#include "standards/cvss/cvss.h"

#include <string.h>

static int overall(struct ctx *c, str vector)
{
	struct cvss v;

	if (!cvss_parse(c, vector, &v))
		return -1;
	return cvss_scores(&v).overall;
}

/* "9.8" → 98, "10" → 100 */
static int tenths(str s)
{
	int64_t whole = -1, part = 0;
	str rest = s, left = S("");

	str_cut(&rest, '.', &left);
	if (!str_to_int(left, &whole) || (rest.n && !str_to_int(rest, &part)))
		return -1;
	return (int)(whole * 10 + part);
}

/* Lines of "VECTOR<tab>SCORE…": counts those whose overall score differs. */
static void check_published(struct ctx *c, const char *name, int lines, int known)
{
	str dir = test_vectors(c), text, line;
	int seen = 0, wrong = 0;

	if (str_is_none(dir))
		skip_test("published CVSS vectors are absent");
	text = test_file(c, STR_CAT(c->arena, dir, S("/cvss/"), str_of(name)));
	while (str_cut(&text, '\n', &line)) {
		str vector = S(""), score = S("");
		struct cvss v;

		if (line.n == 0)
			continue;
		str_cut(&line, '\t', &vector);
		str_cut(&line, '\t', &score);
		seen++;
		check_ok(c, cvss_parse(c, vector, &v));
		/* publishers print the base score, whatever else the vector has */
		if (cvss_scores(&v).base != tenths(score) && cvss_scores(&v).overall != tenths(score))
			wrong++;
		if (v.version != CVSS_2 && line.n)
			check_str(str_of(cvss_severity_word(cvss_severity(v.version, tenths(score)))),
			          str_trim(line));
	}
	check_int(seen, lines);
	check_int(wrong, known);
}

/* meets CVSS-2.0 3.2 */
TEST(published_v2_scores_are_recomputed)
{
	check_published(c, "cve-published-v2-vectors.tsv", 70, 0);
}

/* meets CVSS-3.1 7; CVSS-3.0 8; CVSS-3.1 Appendix A */
TEST(published_v3_scores_are_recomputed)
{
	check_published(c, "cisa-published-v3-vectors.tsv", 1265, 0);
}

/* Two publishers used the rounding from before FIRST's correction. */
/* meets CVSS-4.0 8 */
TEST(published_v4_scores_are_recomputed)
{
	check_published(c, "cve-published-v4-vectors.tsv", 563, 2);
}

/* The next combination of mandatory values, last metric fastest. */
static bool next_base(struct cvss *v, int count)
{
	size_t n;
	const struct cvss_metric *m = cvss_metrics(v->version, &n);

	for (int i = count - 1; i >= 0; i--) {
		if (++v->value[i] < m[i].values)
			return true;
		v->value[i] = 0;
	}
	return false;
}

/* The order of the list is the order of our value lists. */
TEST(every_v4_base_vector_has_the_agreed_score)
{
	str dir = test_vectors(c), text, line;
	struct cvss v = { .version = CVSS_40 };
	int seen = 0, wrong = 0;
	int64_t want;

	if (str_is_none(dir))
		skip_test("the list of v4.0 base scores is absent");
	text = test_file(c, STR_CAT(c->arena, dir, S("/cvss/cvss40-base-all-104976.txt")));
	check(str_cut(&text, '\n', &line) && str_starts(line, S("#")));
	do {
		check(str_cut(&text, '\n', &line) && str_to_int(str_trim(line), &want));
		wrong += cvss_scores(&v).overall != want;
		seen++;
	} while (next_base(&v, 11));
	check_int(seen, 104976);
	check_int(wrong, 0);
}

/* meets CVSS-4.0 8.2 */
TEST(every_macro_vector_of_first_has_its_score)
{
	str dir = test_vectors(c), text, line;
	int seen = 0, wrong = 0;

	if (str_is_none(dir))
		skip_test("macro vectors are absent");
	text = test_file(c, STR_CAT(c->arena, dir, S("/cvss/first/macro-scores")));
	while (str_cut(&text, '\n', &line)) {
		size_t from = str_find(line, S("CVSS:"), 0), to, score;

		if (from == SIZE_MAX)
			continue;
		to    = str_find(line, S("'"), from);
		score = str_find(line, S("'score': "), to) + 9;
		seen++;
		wrong += overall(c, str_slice(line, from, to)) !=
		         tenths(str_slice(line, score, str_find(line, S(","), score)));
	}
	check_int(seen, 270);
	check_int(wrong, 0);
}

/* meets CVSS-3.1 6; CVSS-3.0 6; CVSS-2.0 2.4 */
TEST(every_v3_and_v2_vector_prints_as_it_was_read)
{
	static const int bases[CVSS_VERSIONS] = { 6, 8, 8, 11 };

	for (int version = CVSS_2; version <= CVSS_31; version++) {
		struct cvss v = { .version = (enum cvss_version)version }, again;

		do {
			str text = cvss_print(c->arena, &v);

			check_ok(c, cvss_parse(c, text, &again));
			check(memcmp(&v, &again, sizeof(v)) == 0);
		} while (next_base(&v, bases[version]));
	}
}

static void check_scores(struct ctx *c, str vector, int base, int threat, int environmental,
                         int all)
{
	struct cvss v;
	struct cvss_score s;

	check_ok(c, cvss_parse(c, vector, &v));
	s = cvss_scores(&v);
	check_int(s.base, base);
	check_int(s.threat, threat);
	check_int(s.environmental, environmental);
	check_int(s.overall, all);
}

/* Worked examples of the version 2 guide, section 3.3 */
TEST(the_examples_of_the_v2_guide_come_out)
{
	check_scores(c, S("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H"),
	             78, 64, 92, 92);
	check_scores(c, S("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L"),
	             100, 83, 90, 90);
	check_scores(c, S("AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M"),
	             62, 49, 75, 75);
}

TEST(a_v4_vector_has_the_scores_of_its_groups)
{
	check_scores(c, S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P"
	                  "/MAV:A/MPR:L/MUI:P/MVI:N/MVA:N"), 100, 93, 54, 54);
	check_scores(c, S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N"),
	             0, 0, 0, 0);
}

static void check_refused(struct ctx *c, str vector, enum fault_code code, const char *text,
                          str arg, long column)
{
	struct cvss v;

	check(!cvss_parse(c, vector, &v));
	check_fault(c, code, "vector");
	check(strstr(c->fault.text, text) != NULL);
	check_str(c->fault.arg[0], arg);
	check_int(c->fault.column, column);
}

TEST(a_fault_names_the_metric_and_what_is_wrong)
{
	check_refused(c, S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/AV:N"), E_INVALID,
	              "twice", S("AV"), 42);
	check_refused(c, S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H"), E_INVALID,
	              "missing; every", S("A"), 0);
	check_refused(c, S("CVSS:3.1/AV:Q"), E_INVALID, "cannot have", S("AV"), 10);
	check_refused(c, S("CVSS:3.1/AV:X"), E_INVALID, "cannot have", S("AV"), 10);
	check_refused(c, S("CVSS:3.1/ZZ:N"), E_INVALID, "has no metric", S("3.1"), 10);
	check_refused(c, S("CVSS:3.1/AV"), E_INVALID, "not a metric", S("AV"), 10);
	check_refused(c, S("CVSS:3.2/AV:N"), E_INVALID, "not a known beginning", S("CVSS:3.2"), 0);
	check_refused(c, S("cvss:3.1/AV:N"), E_INVALID, "not a known beginning", S("cvss:3.1"), 0);
	check_refused(c, S("CVSS:4.0/AC:L/AV:N"), E_INVALID, "must stand before", S("AV"), 15);
	check_refused(c, S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/"),
	              E_INVALID, "between two slashes", STR_NONE, 65);
	check_refused(c, S("AV:N/AC:L/Au:N/C:P/I:P/A:P/S:U"), E_INVALID, "has no metric",
	              S("2.0"), 28);
}

/* meets CVSS-3.1 6; CVSS-4.0 7 */
TEST(order_is_free_in_v3_and_undefined_metrics_are_not_printed)
{
	struct cvss v;

	check_ok(c, cvss_parse(c, S("CVSS:3.1/A:H/E:X/I:L/C:N/S:C/UI:R/PR:H/AC:H/AV:P/MA:L"), &v));
	check_str(cvss_print(c->arena, &v),
	          S("CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:C/C:N/I:L/A:H/MA:L"));
}

TEST(a_hostile_vector_is_refused)
{
	static char big[100000];
	struct cvss v;

	memset(big, '/', sizeof(big));
	check(!cvss_parse(c, (str){ big, sizeof(big) }, &v));
	check_fault(c, E_LIMIT, "vector");
	check(!cvss_parse(c, (str){ big, CVSS_VECTOR_MAX }, &v));
	check(!cvss_parse(c, S(""), &v));
	check(!cvss_parse(c, STR_NONE, &v));
	check(!cvss_parse(c, S("\xff\xff:\xff"), &v));
	check_str(c->fault.arg[1], S("?"));
	check(!cvss_parse(c, S("AV\0:N/AC:L"), &v));
	check(!cvss_parse(c, S("CVSS:3.1/av:n/ac:l/pr:n/ui:n/s:u/c:h/i:h/a:h"), &v));
	check(!cvss_parse(c, S("CVSS:3.1"), &v));
	check(!cvss_parse(c, S("CVSS:3.1/"), &v));
	check(!cvss_parse(c, S(" CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), &v));
	check(!cvss_parse(c, S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H "), &v));
	check(!cvss_parse(c, S("CVSS:3.1/AV:N:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), &v));
}

TEST(a_calculator_can_set_metrics_one_by_one)
{
	struct cvss v = { .version = CVSS_40 };

	check_ok(c, cvss_set(c, &v, S("UI"), S("P")));
	check_ok(c, cvss_set(c, &v, S("E"), S("U")));
	check_ok(c, cvss_set(c, &v, S("E"), S("X")));
	check_str(str_of(cvss_value(&v, cvss_metric_find(CVSS_40, S("UI")))->word), S("PASSIVE"));
	check(!cvss_set(c, &v, S("UI"), S("R")));
	check_fault(c, E_INVALID, "UI");
	check(!cvss_set(c, &v, S("S"), S("U")));
	check_str(str_of(cvss_nomenclature(&v)), S("CVSS-B"));
}

/* meets CVSS-3.1 5; CVSS-4.0 6 */
TEST(severity_follows_the_tables)
{
	static const struct { int score; enum cvss_severity want; } rows[] = {
		{ 0, SEVERITY_NONE }, { 1, SEVERITY_LOW }, { 39, SEVERITY_LOW },
		{ 40, SEVERITY_MEDIUM }, { 69, SEVERITY_MEDIUM }, { 70, SEVERITY_HIGH },
		{ 89, SEVERITY_HIGH }, { 90, SEVERITY_CRITICAL }, { 100, SEVERITY_CRITICAL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		check_int(cvss_severity(CVSS_31, rows[i].score), rows[i].want);
		check_int(cvss_severity(CVSS_40, rows[i].score), rows[i].want);
	}
	check_int(cvss_severity(CVSS_2, 100), SEVERITY_HIGH);
	check_int(cvss_severity(CVSS_2, 0), SEVERITY_LOW);
	check_str(cvss_score_print(c->arena, 98), S("9.8"));
	check_str(cvss_score_print(c->arena, 100), S("10.0"));
	check_str(cvss_score_print(c->arena, 0), S("0.0"));
}

/* Bytes of good vectors changed, moved and cut: refused with a reason, or as good as before. */
TEST(a_mutated_vector_is_refused_or_sound)
{
	static const char *const seeds[] = {
		"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:P/MSI:S/S:P/U:Red",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/E:P/RL:O/RC:C/CR:H/MAV:L/MS:U",
		"CVSS:3.0/AV:P/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:L/E:U",
		"AV:N/AC:L/Au:N/C:P/I:P/A:P/E:POC/RL:OF/RC:UC/CDP:LM/TD:H/CR:M",
	};
	static const char bytes[] = "/:.XNHLPSAUC04\0\xff";
	int sound = 0;

	for (int i = 0; i < 40000; i++) {
		char   text[160];
		str    seed = str_of(seeds[i % 4]), s = { text, seed.n };
		uint64_t r;
		struct cvss v, again;

		memcpy(text, seed.p, seed.n);
		for (int change = i % 3; change >= 0; change--) {
			c->random(&r, sizeof(r));
			if (r % 5 == 0)
				s.n = r / 8 % (s.n + 1);
			else if (s.n)
				text[r / 8 % s.n] = r % 5 < 3 ? text[r / 4096 % s.n]
				                              : bytes[r / 4096 % sizeof(bytes)];
		}
		if (!cvss_parse(c, s, &v)) {
			check(c->fault.code == E_INVALID && c->fault.text != NULL);
			continue;
		}
		sound++;
		check(cvss_parse(c, cvss_print(c->arena, &v), &again));
		check(memcmp(&v, &again, sizeof(v)) == 0);
		check(cvss_scores(&v).overall >= 0 && cvss_scores(&v).overall <= 100);
	}
	check(sound > 1000);
}
