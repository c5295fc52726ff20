#include "standards/cvss/cvss_table.h"

#include <math.h>

/*
 * The formulas of CVSS 2 (section 3.2) and CVSS 3 (section 7.1 to 7.4 of 3.1,
 * 8.1 to 8.4 of 3.0).  Weights stand in the order of the value lists in
 * cvss_table.c.
 *
 * Decimal fractions have no exact double.  All terms but the powers have ten
 * decimals or fewer, so a result that should lie on a boundary is less than
 * 1e-12 off and any other is at least 1e-10 away: NEAR lies between.
 */
#define NEAR 1e-11

/* 2: to one decimal, halves up. */
static int round2(double x)
{
	return (int)floor(x * 10 + 0.5 + 1e-9);
}

/* 3.0 section 8: the smallest tenth that is not below x. */
static int round_up30(double x)
{
	return (int)ceil((x - NEAR) * 10);
}

/* meets CVSS-3.1 Appendix A: Roundup in whole numbers */
static int round_up31(double x)
{
	long hundred_thousandths = lround(x * 100000);

	if (hundred_thousandths % 10000 == 0)
		return (int)(hundred_thousandths / 10000);
	return (int)(hundred_thousandths / 10000) + 1;
}

static const double e2[]  = { 1, 1, 0.95, 0.9, 0.85 };
static const double rl2[] = { 1, 1, 0.95, 0.9, 0.87 };
static const double rc2[] = { 1, 1, 0.95, 0.9 };

static int base2(const struct cvss *v, double impact)
{
	static const double av[] = { 1, 0.646, 0.395 };
	static const double ac[] = { 0.71, 0.61, 0.35 };
	static const double au[] = { 0.704, 0.56, 0.45 };
	double exploitability = 20 * av[v->value[M2_AV]] * ac[v->value[M2_AC]] * au[v->value[M2_AU]];

	return round2((0.6 * impact + 0.4 * exploitability - 1.5) * (impact > 0 ? 1.176 : 0));
}

static int temporal2(const struct cvss *v, int base)
{
	return round2(base / 10.0 * e2[v->value[M2_E]] * rl2[v->value[M2_RL]] *
	              rc2[v->value[M2_RC]]);
}

/* meets CVSS-2.0 3.2 */
struct cvss_score cvss2_scores(const struct cvss *v)
{
	static const double cia[]  = { 0.66, 0.275, 0 };
	static const double need[] = { 1, 0.5, 1, 1.51 };
	static const double cdp[]  = { 0, 0, 0.1, 0.3, 0.4, 0.5 };
	static const double td[]   = { 1, 0, 0.25, 0.75, 1 };
	double left = 1, adjusted_left = 1, adjusted, again;
	struct cvss_score s = { 0 };

	for (int i = 0; i < 3; i++) {
		double loss = cia[v->value[M2_C + i]];

		left          *= 1 - loss;
		adjusted_left *= 1 - loss * need[v->value[M2_CR + i]];
	}
	s.base   = base2(v, 10.41 * (1 - left));
	s.threat = temporal2(v, s.base);
	adjusted = 10.41 * (1 - adjusted_left);
	again    = temporal2(v, base2(v, adjusted > 10 ? 10 : adjusted)) / 10.0;
	s.environmental = round2((again + (10 - again) * cdp[v->value[M2_CDP]]) *
	                         td[v->value[M2_TD]]);
	return s;
}

static int round_up(const struct cvss *v, double x)
{
	return v->version == CVSS_30 ? round_up30(x) : round_up31(x);
}

/* The value of a base metric, or of its Modified twin where that is defined. */
static int effective3(const struct cvss *v, int metric, bool modified)
{
	if (modified && v->value[metric - M3_AV + M3_MAV])
		return v->value[metric - M3_AV + M3_MAV] - 1;
	return v->value[metric];
}

static double exploitability3(const struct cvss *v, bool modified, bool changed)
{
	static const double av[] = { 0.85, 0.62, 0.55, 0.2 };
	static const double ac[] = { 0.77, 0.44 };
	static const double pr[] = { 0.85, 0.62, 0.27 };
	static const double pr_changed[] = { 0.85, 0.68, 0.5 };
	static const double ui[] = { 0.85, 0.62 };

	return 8.22 * av[effective3(v, M3_AV, modified)] * ac[effective3(v, M3_AC, modified)] *
	       (changed ? pr_changed : pr)[effective3(v, M3_PR, modified)] *
	       ui[effective3(v, M3_UI, modified)];
}

/* What remains of one of C, I, A: 1 - impact × requirement. */
static double remaining3(const struct cvss *v, int metric, bool modified)
{
	static const double cia[]  = { 0.56, 0.22, 0 };
	static const double need[] = { 1, 1.5, 1, 0.5 };
	double weight = modified ? need[v->value[metric - M3_C + M3_CR]] : 1;

	return 1 - cia[effective3(v, metric, modified)] * weight;
}

/* Impact and exploitability together: base score, or modified base score. */
static int core3(const struct cvss *v, bool modified)
{
	bool   changed = effective3(v, M3_S, modified) == 1;
	double lost = 1, impact, sum;

	for (int m = M3_C; m <= M3_A; m++)
		lost *= remaining3(v, m, modified);
	lost = 1 - lost;
	if (modified && lost > 0.915)
		lost = 0.915;
	if (!changed)
		impact = 6.42 * lost;
	else if (modified && v->version == CVSS_31)
		impact = 7.52 * (lost - 0.029) - 3.25 * pow(lost * 0.9731 - 0.02, 13);
	else
		impact = 7.52 * (lost - 0.029) - 3.25 * pow(lost - 0.02, 15);
	if (lost < NEAR || impact <= 0)
		return 0;
	sum = impact + exploitability3(v, modified, changed);
	if (changed)
		sum *= 1.08;
	return round_up(v, sum > 10 ? 10 : sum);
}

/* meets CVSS-3.1 7.1, 7.2, 7.3; CVSS-3.0 8.1, 8.2, 8.3 */
struct cvss_score cvss3_scores(const struct cvss *v)
{
	static const double e[]  = { 1, 1, 0.97, 0.94, 0.91 };
	static const double rl[] = { 1, 1, 0.97, 0.96, 0.95 };
	static const double rc[] = { 1, 1, 0.96, 0.92 };
	double temporal = e[v->value[M3_E]] * rl[v->value[M3_RL]] * rc[v->value[M3_RC]];
	struct cvss_score s = { 0 };

	s.base          = core3(v, false);
	s.threat        = round_up(v, s.base / 10.0 * temporal);
	s.environmental = round_up(v, core3(v, true) / 10.0 * temporal);
	return s;
}
