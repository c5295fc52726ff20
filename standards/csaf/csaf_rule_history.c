/* Tests of what is missing from or double in the revision history. */
#include "standards/csaf/csaf_rule.h"

static void find_item(struct review *r, const struct revision *v, const char *text, str one, str two)
{
	FIND(r, text, one, two, "/document/tracking/revision_history/%zu/number", v->at);
}

/* The number after this one, for digits of any length. */
static bool follows(struct review *r, str before, str after)
{
	char  *digits = cstr(r->c->arena, STR_CAT(r->c->arena, S("0"), before));
	size_t i = before.n;

	while (digits[i] == '9')
		digits[i--] = '0';
	digits[i]++;
	return str_eq(str_of(digits[0] == '0' ? digits + 1 : digits), after);
}

/* meets CSAF-2.0 6.1.21 */
static void missing_20(struct review *r, struct history h)
{
	for (size_t i = 0; i < h.n; i++) {
		str major = h.v[i].number.major;

		if (!h.v[i].known)
			continue;
		if (i == 0) {
			if (!str_eq(major, S("0")) && !str_eq(major, S("1")))
				find_item(r, &h.v[i], N_("The history begins with version {1}."), h.v[i].text, STR_NONE);
		} else if (h.v[i - 1].known && edition_cmp(&h.v[i - 1].number, &h.v[i].number, true) < 0 &&
		           !str_eq(h.v[i - 1].number.major, major) &&
		           !follows(r, h.v[i - 1].number.major, major)) {
			find_item(r, &h.v[i], N_("A version between {1} and {2} is missing."),
			          h.v[i - 1].text, h.v[i].text);
		}
	}
}

enum { NUMBER_MAX = 1000000000 };   /* more is counted as this */

static int64_t major_of(const struct revision *v)
{
	int64_t n;

	return str_to_int(v->number.major, &n) && n < NUMBER_MAX ? n : NUMBER_MAX;
}

static str date_of(const struct revision *v)
{
	return json_get_str(v->item, S("date"));
}

/* Numbers from .. to are not between these two items: nowhere at all, or at another date. */
static void find_gap(struct review *r, const struct id_map *there, int64_t from, int64_t to,
                     const struct revision *before, const struct revision *after)
{
	for (int64_t n = from; n <= to && n - from < (int64_t)r->out->max; n++) {
		str number = str_fmt(r->c->arena, "%lld", (long long)n);
		bool elsewhere = id_find(there, number) != UINT32_MAX;
		str  place = !before ? date_of(after) : STR_CAT(r->c->arena, date_of(before), S(" … "), date_of(after));

		if (after->number.semantic)
			number = STR_CAT(r->c->arena, number, S(".0.0"));
		FIND(r, !elsewhere ? N_("The history has no version {1} at all.")
		        : before ? N_("Version {1} is missing between the dates {2}.")
		                 : N_("Version {1} is missing before the date {2}."),
		     number, place, "/document/tracking/revision_history");
	}
}

/* meets CSAF-2.1 6.1.21 */
static void missing_21(struct review *r, struct history h)
{
	struct id_map there = { 0 };

	for (size_t i = 0; i < h.n; i++) {
		if (!h.v[i].known)
			return;
		if (id_add(r->c->arena, &there, h.v[i].number.major) == UINT32_MAX)
			r->full = true;
	}
	if (h.n == 0 || r->full)
		return;
	if (major_of(&h.v[0]) > 1) {
		FIND(r, N_("The history begins with version {1}."), h.v[0].text, STR_NONE,
		     "/document/tracking/revision_history");
		find_gap(r, &there, 1, major_of(&h.v[0]) - 1, NULL, &h.v[0]);
	}
	/* From the highest number so far: the history may go back. */
	for (size_t i = 1, top = 0; i < h.n; i++) {
		if (major_of(&h.v[i]) > major_of(&h.v[top]) + 1)
			find_gap(r, &there, major_of(&h.v[top]) + 1, major_of(&h.v[i]) - 1, &h.v[top], &h.v[i]);
		if (major_of(&h.v[i]) > major_of(&h.v[top]))
			top = i;
	}
}

void rule_6_1_21(struct review *r)
{
	(r->v21 ? missing_21 : missing_20)(r, sorted_history(r));
}

/* meets CSAF-2.1 6.2.21 */
void rule_6_2_21(struct review *r)
{
	struct history h = sorted_history(r);

	for (size_t i = 1; i < h.n; i++)
		if (h.v[i].date != TIME_NONE && h.v[i].date == h.v[i - 1].date)
			FIND(r, N_("Versions {1} and {2} have the same date."), h.v[i - 1].text, h.v[i].text,
			     "/document/tracking/revision_history/%zu/date", h.v[i].at);
}
