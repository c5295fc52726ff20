#include "standards/cvss/cvss_table.h"

#include <string.h>

/*
 * The scoring of CVSS 4.0 (section 8): equivalence classes, macro vectors
 * and interpolation, in whole numbers.  Distances are counted in steps, which
 * the specification counts as 0.1 each; every division is brought to the
 * common denominator, so halves are exact and round up.
 */

enum { EQ1, EQ2, EQ36, EQ4, EQ5, EQ_COUNT };

struct macro { int eq[EQ_COUNT]; };

/*
 * Scores of the macro vectors in tenths.  Sets 3 and 6 depend on each other
 * and share one index: (0,0) (0,1) (1,0) (1,1) (2,1).
 */
/* meets CVSS-4.0 8.2 */
static const uint8_t lookup[3][2][5][3][3] = {
	{
		{
			{ { 100, 98, 95 }, { 100, 93, 91 }, { 93, 89, 81 } },
			{ { 99, 95, 92 }, { 96, 87, 81 }, { 90, 80, 68 } },
			{ { 98, 95, 90 }, { 93, 89, 81 }, { 88, 78, 69 } },
			{ { 95, 92, 84 }, { 92, 81, 65 }, { 80, 70, 48 } },
			{ { 92, 82, 72 }, { 79, 69, 50 }, { 69, 55, 27 } },
		},
		{
			{ { 99, 95, 92 }, { 95, 90, 84 }, { 92, 82, 72 } },
			{ { 97, 92, 85 }, { 91, 83, 71 }, { 81, 71, 53 } },
			{ { 95, 92, 85 }, { 92, 80, 70 }, { 84, 71, 50 } },
			{ { 93, 85, 73 }, { 82, 72, 59 }, { 70, 52, 30 } },
			{ { 86, 75, 52 }, { 71, 52, 29 }, { 63, 29, 17 } },
		},
	},
	{
		{
			{ { 98, 94, 91 }, { 94, 86, 77 }, { 87, 74, 63 } },
			{ { 95, 87, 81 }, { 89, 74, 64 }, { 75, 63, 49 } },
			{ { 94, 88, 76 }, { 86, 74, 59 }, { 72, 57, 52 } },
			{ { 89, 77, 67 }, { 76, 58, 50 }, { 57, 52, 25 } },
			{ { 83, 70, 54 }, { 65, 58, 26 }, { 53, 21, 13 } },
		},
		{
			{ { 95, 88, 76 }, { 90, 75, 61 }, { 77, 68, 52 } },
			{ { 90, 76, 70 }, { 77, 62, 53 }, { 66, 59, 30 } },
			{ { 89, 76, 62 }, { 74, 57, 47 }, { 61, 57, 24 } },
			{ { 78, 67, 58 }, { 59, 57, 23 }, { 52, 29, 16 } },
			{ { 71, 59, 30 }, { 58, 26, 15 }, { 23, 13, 6 } },
		},
	},
	{
		{
			{ { 93, 86, 75 }, { 86, 74, 56 }, { 70, 52, 40 } },
			{ { 87, 72, 58 }, { 74, 61, 34 }, { 54, 40, 22 } },
			{ { 85, 74, 62 }, { 72, 55, 46 }, { 53, 34, 19 } },
			{ { 75, 55, 51 }, { 57, 41, 19 }, { 36, 19, 8 } },
			{ { 64, 51, 20 }, { 47, 21, 11 }, { 24, 9, 4 } },
		},
		{
			{ { 88, 73, 60 }, { 73, 59, 41 }, { 54, 45, 20 } },
			{ { 75, 53, 50 }, { 55, 40, 20 }, { 43, 22, 11 } },
			{ { 75, 58, 40 }, { 61, 48, 20 }, { 46, 17, 8 } },
			{ { 55, 45, 21 }, { 51, 18, 9 }, { 18, 7, 2 } },
			{ { 53, 24, 14 }, { 24, 12, 5 }, { 10, 3, 1 } },
		},
	},
};

/* The letters of a set's metrics, most severe first. */
static const struct { int metric; const char *levels; } steps[] = {
	{ M4_AV, "NALP" }, { M4_PR, "NLH" }, { M4_UI, "NPA" },
	{ M4_AC, "LH" }, { M4_AT, "NP" },
	{ M4_VC, "HLN" }, { M4_VI, "HLN" }, { M4_VA, "HLN" },
	{ M4_CR, "HML" }, { M4_IR, "HML" }, { M4_AR, "HML" },
	{ M4_SC, "SHLN" }, { M4_SI, "SHLN" }, { M4_SA, "SHLN" },
};

/* Where the metrics of a set start in steps, and how many they are. */
static const struct { int first, count; } sets[EQ_COUNT] = {
	[EQ1] = { 0, 3 }, [EQ2] = { 3, 2 }, [EQ36] = { 5, 6 }, [EQ4] = { 11, 3 },
};

/* A class of a set: its highest vectors and how many steps deep it is. */
struct class { int depth; const char *top[5]; };

/* meets CVSS-4.0 8.3: highest severity vectors and depths */
static const struct class classes[EQ_COUNT][5] = {
	[EQ1] = { { 1, { "NNN" } }, { 4, { "ANN", "NLN", "NNP" } }, { 5, { "PNN", "ALP" } } },
	[EQ2] = { { 1, { "LN" } }, { 2, { "HN", "LP" } } },
	[EQ36] = {
		{ 7, { "HHHHHH" } },
		{ 6, { "HHLMMH", "HHHMMM" } },
		{ 8, { "LHHHHH", "HLHHHH" } },
		{ 8, { "LHLHMH", "LHHHMM", "HLHMHM", "HLLMHH", "LLHHHM" } },
		{ 10, { "LLLHHH" } },
	},
	[EQ4] = { { 6, { "HSS" } }, { 5, { "HHH" } }, { 4, { "LLL" } } },
};

/* Which groups take part beside the base metrics. */
struct view { bool threat, environmental; };

/* The letter that counts for a base metric, a requirement or E. */
static char letter(const struct cvss *v, int metric, struct view view)
{
	int modified = metric - M4_AV + M4_MAV;

	if (metric == M4_E)
		return view.threat && v->value[M4_E] ? *cvss_value(v, M4_E)->key : 'A';
	if (metric >= M4_CR)
		return view.environmental && v->value[metric] ? *cvss_value(v, metric)->key : 'H';
	if (view.environmental && v->value[modified])
		return *cvss_value(v, modified)->key;
	return *cvss_value(v, metric)->key;
}

static int class_of_1(char av, char pr, char ui)
{
	if (av == 'N' && pr == 'N' && ui == 'N')
		return 0;
	if (av != 'P' && (av == 'N' || pr == 'N' || ui == 'N'))
		return 1;
	return 2;
}

static int class_of_3_and_6(const char impact[3], const char need[3])
{
	int eq3 = impact[0] == 'H' && impact[1] == 'H' ? 0 :
	          impact[0] == 'H' || impact[1] == 'H' || impact[2] == 'H' ? 1 : 2;
	int eq6 = 1;

	for (int i = 0; i < 3; i++)
		if (impact[i] == 'H' && need[i] == 'H')
			eq6 = 0;
	return eq3 == 2 ? 4 : 2 * eq3 + eq6;
}

/* meets CVSS-4.0 8.2: tables 24 to 29 */
static struct macro macro_of(const struct cvss *v, struct view view)
{
	char impact[3], need[3], sub[3], e = letter(v, M4_E, view);
	struct macro m;

	for (int i = 0; i < 3; i++) {
		impact[i] = letter(v, M4_VC + i, view);
		need[i]   = letter(v, M4_CR + i, view);
		sub[i]    = letter(v, M4_SC + i, view);
	}
	m.eq[EQ1] = class_of_1(letter(v, M4_AV, view), letter(v, M4_PR, view),
	                       letter(v, M4_UI, view));
	m.eq[EQ2] = letter(v, M4_AC, view) == 'L' && letter(v, M4_AT, view) == 'N' ? 0 : 1;
	m.eq[EQ36] = class_of_3_and_6(impact, need);
	m.eq[EQ4] = sub[1] == 'S' || sub[2] == 'S' ? 0 :
	            sub[0] == 'H' || sub[1] == 'H' || sub[2] == 'H' ? 1 : 2;
	m.eq[EQ5] = e == 'A' ? 0 : e == 'P' ? 1 : 2;
	return m;
}

static int macro_score(struct macro m)
{
	return lookup[m.eq[EQ1]][m.eq[EQ2]][m.eq[EQ36]][m.eq[EQ4]][m.eq[EQ5]];
}

/* Score of the next lower macro vector in one set, or -1 when there is none. */
static int lower_score(struct macro m, int set)
{
	static const int last[EQ_COUNT] = { 2, 1, 4, 2, 2 };
	int here = m.eq[set], one, other;

	if (here == last[set])
		return -1;
	m.eq[set] = here + 1;
	if (set != EQ36)
		return macro_score(m);
	if (here == 1 || here == 2) {   /* (0,1) and (1,0) both lie above (1,1) */
		m.eq[set] = 3;
		return macro_score(m);
	}
	one = macro_score(m);
	if (here != 0)
		return one;
	m.eq[set] = 2;                  /* below (0,0) lie (0,1) and (1,0): the higher counts */
	other = macro_score(m);
	return one > other ? one : other;
}

static int level(const char *levels, char c)
{
	return (int)(strchr(levels, c) - levels);
}

/* Steps from the first highest vector of the class that is not below v. */
static int distance(const struct cvss *v, struct view view, int set, const struct class *class)
{
	for (int t = 0; t < 5 && class->top[t]; t++) {
		int sum = 0, step = 0;

		for (int i = 0; i < sets[set].count && step >= 0; i++) {
			int at = sets[set].first + i;

			step = level(steps[at].levels, letter(v, steps[at].metric, view)) -
			       level(steps[at].levels, class->top[t][i]);
			sum += step;
		}
		if (step >= 0)
			return sum;
	}
	return 0;
}

/* meets CVSS-4.0 8.2, 8.3 */
static int score4(const struct cvss *v, struct view view)
{
	enum { COMMON = 840 };   /* a multiple of every depth */
	struct macro m = macro_of(v, view);
	int value = macro_score(m), drop = 0, lowers = 0, part;
	bool impact = false;

	for (int i = M4_VC; i <= M4_SA; i++)
		impact = impact || letter(v, i, view) != 'N';
	if (!impact)
		return 0;
	for (int set = EQ1; set < EQ_COUNT; set++) {
		const struct class *class = &classes[set][m.eq[set]];
		int lower = lower_score(m, set);

		if (lower < 0)
			continue;
		lowers++;
		if (set != EQ5)   /* E is alone in its set: no distance inside it */
			drop += (value - lower) * distance(v, view, set, class) * COMMON /
			        class->depth;
	}
	if (lowers == 0)
		return value;
	part = COMMON * lowers;
	value = value * part - drop;
	if (value < 0)
		value = 0;
	value = (2 * value + part) / (2 * part);
	return value > 100 ? 100 : value;
}

struct cvss_score cvss4_scores(const struct cvss *v)
{
	return (struct cvss_score){
		.base          = score4(v, (struct view){ false, false }),
		.threat        = score4(v, (struct view){ true, false }),
		.environmental = score4(v, (struct view){ true, true }),
	};
}
