/* Tests of tracking: revision history, versions and dates. */
#include "standards/csaf/csaf_rule.h"

#include <stdlib.h>

static const struct json *history_list(const struct review *r)
{
	return json_get(r->tracking, S("revision_history"));
}

/* By date, then by number. */
static int by_date(const void *a, const void *b)
{
	const struct revision *x = a, *y = b;
	int r;

	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	r = x->known && y->known ? edition_cmp(&x->number, &y->number, true) : 0;
	return r ? r : (x->at < y->at ? -1 : 1);
}

struct history sorted_history(struct review *r)
{
	const struct json *list = history_list(r);
	struct history h = { arena_alloc(r->c->arena, (json_count(list) + 1) * sizeof(*h.v)), 0 };

	if (!h.v) {
		r->full = true;
		return h;
	}
	for (JSON_ITEMS(x, list)) {
		struct revision v = { .item = x, .at = index_in(list, x), .text = json_get_str(x, S("number")) };

		v.known = v.text.p && edition_parse(v.text, &v.number);
		if (!time_parse(json_get_str(x, S("date")), &v.date))
			v.date = TIME_NONE;
		h.v[h.n++] = v;
	}
	qsort(h.v, h.n, sizeof(*h.v), by_date);
	return h;
}

time_us newest_revision(struct review *r)
{
	struct history h = sorted_history(r);

	return h.n ? h.v[h.n - 1].date : TIME_NONE;
}

static void find_number(struct review *r, size_t at, const char *text, str one, str two)
{
	FIND(r, text, one, two, "/document/tracking/revision_history/%zu/number", at);
}

#define HISTORY "/document/tracking/revision_history"

/* meets CSAF-2.0 6.1.14, CSAF-2.1 6.1.14; there the history is at fault as a whole */
void rule_6_1_14(struct review *r)
{
	static const char text[] = N_("Version {1} is dated after version {2}.");
	struct history h = sorted_history(r);

	for (size_t i = 1; i < h.n; i++) {
		if (!h.v[i - 1].known || !h.v[i].known ||
		    edition_cmp(&h.v[i - 1].number, &h.v[i].number, true) <= 0)
			continue;
		if (!r->v21) {
			find_number(r, h.v[i].at, text, h.v[i].text, h.v[i - 1].text);
			continue;
		}
		FIND(r, text, h.v[i].text, h.v[i - 1].text, HISTORY);
		return;
	}
}

static bool version_of(const struct review *r, struct edition *out)
{
	str version = json_get_str(r->tracking, S("version"));

	return version.p && edition_parse(version, out);
}

static str status_of(const struct review *r)
{
	return json_get_str(r->tracking, S("status"));
}

bool document_released(const struct review *r)
{
	return str_eq(status_of(r), S("final")) || str_eq(status_of(r), S("interim"));
}

/* meets CSAF-2.0 6.1.16 */
void rule_6_1_16(struct review *r)
{
	struct history h = sorted_history(r);
	struct edition version;
	bool           draft = str_eq(status_of(r), S("draft"));
	const struct revision *last = h.n ? &h.v[h.n - 1] : NULL;

	if (!last || !last->known || !version_of(r, &version))
		return;
	if (version.semantic != last->number.semantic ||
	    edition_cmp(&version, &last->number, !draft) != 0)
		FIND(r, N_("The document has version {1}, but the newest revision is {2}."),
		     json_get_str(r->tracking, S("version")), last->text, "/document/tracking/version");
}

/* meets CSAF-2.0 6.1.17 */
void rule_6_1_17(struct review *r)
{
	struct edition version;

	if (version_of(r, &version) && (edition_is_zero(&version) || version.pre.p) &&
	    !str_eq(status_of(r), S("draft")))
		FIND(r, N_("Version {1} is one of a draft, but the status is {2}."),
		     json_get_str(r->tracking, S("version")), status_of(r), "/document/tracking/status");
}

/* meets CSAF-2.0 6.1.18 */
void rule_6_1_18(struct review *r)
{
	struct edition e;

	for (JSON_ITEMS(x, document_released(r) ? history_list(r) : NULL)) {
		str number = json_get_str(x, S("number"));

		if (number.p && edition_parse(number, &e) && edition_is_zero(&e))
			find_number(r, index_in(history_list(r), x),
			            N_("Version {1} does not belong in the history of a document that is {2}."),
			            number, status_of(r));
	}
}

/* meets CSAF-2.0 6.1.19 */
void rule_6_1_19(struct review *r)
{
	struct edition e;

	for (JSON_ITEMS(x, history_list(r))) {
		str number = json_get_str(x, S("number"));

		if (number.p && edition_parse(number, &e) && e.pre.p)
			find_number(r, index_in(history_list(r), x),
			            N_("The history lists the pre-release version {1}."), number, STR_NONE);
	}
}

/* meets CSAF-2.0 6.1.20 */
void rule_6_1_20(struct review *r)
{
	struct edition version;

	if (version_of(r, &version) && version.pre.p && document_released(r))
		FIND(r, N_("Version {1} is a pre-release, but the status is {2}."),
		     json_get_str(r->tracking, S("version")), status_of(r), "/document/tracking/version");
}

/* meets CSAF-2.0 6.1.22 */
void rule_6_1_22(struct review *r)
{
	struct id_map seen = { 0 };

	for (JSON_ITEMS(x, history_list(r))) {
		str    number = json_get_str(x, S("number"));
		size_t before = seen.n;

		if (!number.p)
			continue;
		(void)id_add(r->c->arena, &seen, number);
		if (seen.n == before)
			find_number(r, index_in(history_list(r), x),
			            N_("The history lists version {1} more than once."), number, STR_NONE);
	}
}

/*
 * Where one number is semantic, all must be.
 * meets CSAF-2.1 6.1.30
 */
static void mixed_versions(struct review *r)
{
	static const char text[] = N_("Integer and semantic versioning are mixed.");
	struct history h = sorted_history(r);
	struct edition version;
	bool known = version_of(r, &version), integer = false, semantic = known && version.semantic;

	for (size_t i = 0; i < h.n; i++) {
		integer  |= h.v[i].known && !h.v[i].number.semantic;
		semantic |= h.v[i].known && h.v[i].number.semantic;
	}
	if (integer && semantic)
		FIND(r, text, STR_NONE, STR_NONE, HISTORY);
	if (semantic && known && !version.semantic)
		FIND(r, text, STR_NONE, STR_NONE, "/document/tracking/version");
}

/* meets CSAF-2.0 6.1.30 */
void rule_6_1_30(struct review *r)
{
	struct edition version, e;

	if (r->v21) {
		mixed_versions(r);
		return;
	}
	if (!version_of(r, &version))
		return;
	for (JSON_ITEMS(x, history_list(r))) {
		str number = json_get_str(x, S("number"));

		if (number.p && edition_parse(number, &e) && e.semantic != version.semantic)
			find_number(r, index_in(history_list(r), x),
			            N_("Version {1} is of another kind than the document's version {2}."),
			            number, json_get_str(r->tracking, S("version")));
	}
}

/* meets CSAF-2.0 6.2.4 */
void rule_6_2_4(struct review *r)
{
	struct edition e;

	for (JSON_ITEMS(x, history_list(r))) {
		str number = json_get_str(x, S("number"));

		if (number.p && edition_parse(number, &e) && e.build.p)
			find_number(r, index_in(history_list(r), x),
			            N_("Version {1} in the history carries build metadata."), number, STR_NONE);
	}
}

static void compare_date(struct review *r, const char *key, const struct revision *with,
                         const char *text)
{
	str     given = json_get_str(r->tracking, str_of(key));
	time_us date;

	if (given.p && time_parse(given, &date) && with->date != TIME_NONE && date < with->date)
		FIND(r, text, given, json_get_str(with->item, S("date")), "/document/tracking/%s", key);
}

/* meets CSAF-2.0 6.2.5 */
void rule_6_2_5(struct review *r)
{
	struct history h = sorted_history(r);

	if (h.n)
		compare_date(r, "initial_release_date", &h.v[0],
		             N_("The initial release {1} is older than the first revision {2}."));
}

/* meets CSAF-2.0 6.2.6 */
void rule_6_2_6(struct review *r)
{
	struct history h = sorted_history(r);

	if (h.n)
		compare_date(r, "current_release_date", &h.v[h.n - 1],
		             N_("The current release {1} is older than the newest revision {2}."));
}
