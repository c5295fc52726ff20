/* Tests of dates and times outside the revision history (2.1). */
#include "standards/csaf/csaf_rule.h"

/* One date of the document; holder is the object it stands in. */
typedef void date_fn(struct review *r, str date, const struct json *holder, str pointer);

static bool digits_at(str s, size_t from, size_t n)
{
	for (size_t i = from; i < from + n; i++)
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* Z, or +09:00. */
static bool zone_form(str s)
{
	return str_eq(s, S("Z")) || (s.n == 6 && (s.p[0] == '+' || s.p[0] == '-') && digits_at(s, 1, 2) &&
	                             s.p[3] == ':' && digits_at(s, 4, 2));
}

/* RFC 3339 with capital T and Z and without leap seconds (2.1 section 2.2 "Date and Time"). */
static bool strict_date(str s)
{
	size_t  at = 19;
	time_us t;

	if (s.n < 20 || s.p[10] != 'T' || !digits_at(s, 17, 2) || s.p[17] == '6')
		return false;
	if (s.p[at] == '.')
		for (at++; digits_at(s, at, 1); at++)
			;
	return zone_form(str_slice(s, at, s.n)) && time_parse(s, &t);
}

static void date_at(struct review *r, const struct json *holder, const char *key, str at, date_fn *fn)
{
	str date = json_get_str(holder, str_of(key));

	if (date.p)
		fn(r, date, holder, STR_CAT(r->c->arena, at, S("/"), str_of(key)));
}

/* The dates of the items of a list. */
static void dates_in(struct review *r, const struct json *v, size_t i, const char *list, const char *key,
                     date_fn *fn)
{
	const struct json *items = json_get(v, str_of(list));

	for (JSON_ITEMS(x, items))
		if (json_get_str(x, str_of(key)).p)
			date_at(r, x, key, str_fmt(r->c->arena, "/vulnerabilities/%zu/%s/%zu", i, list,
			                           index_in(items, x)), fn);
}

/* The timestamps of EPSS or SSVC objects. */
static void metric_dates(struct review *r, const struct json *v, size_t i, const char *kind, date_fn *fn)
{
	const struct json *metrics = json_get(v, S("metrics"));

	for (JSON_ITEMS(x, metrics)) {
		const struct json *object = json_get(json_get(x, S("content")), str_of(kind));

		if (object)
			date_at(r, object, "timestamp", str_fmt(r->c->arena, "/vulnerabilities/%zu/metrics/%zu/content/%s",
			                                        i, index_in(metrics, x), kind), fn);
	}
}

static void each_metric_date(struct review *r, const char *kind, date_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		metric_dates(r, v, index_in(r->vulnerabilities, v), kind, fn);
}

static void each_date_in(struct review *r, const char *list, const char *key, date_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		dates_in(r, v, index_in(r->vulnerabilities, v), list, key, fn);
}

static void each_disclosure(struct review *r, date_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities))
		if (json_get(v, S("disclosure_date")))
			date_at(r, v, "disclosure_date", str_fmt(r->c->arena, "/vulnerabilities/%zu",
			                                         index_in(r->vulnerabilities, v)), fn);
}

static void check_form(struct review *r, str date, UNUSED const struct json *holder, str pointer)
{
	if (!strict_date(date))
		FIND_AT(r, N_("{1} is not a date and time as the standard wants it."), date, STR_NONE, pointer);
}

/* meets CSAF-2.1 6.1.37 */
void rule_6_1_37(struct review *r)
{
	static const char *const lists[] = {
		"first_known_exploitation_dates", "flags", "involvements", "remediations", "threats",
	};
	const struct json *history = json_get(r->tracking, S("revision_history"));

	date_at(r, r->tracking, "current_release_date", S("/document/tracking"), check_form);
	date_at(r, json_get(r->tracking, S("generator")), "date", S("/document/tracking/generator"), check_form);
	date_at(r, r->tracking, "initial_release_date", S("/document/tracking"), check_form);
	for (JSON_ITEMS(x, history))
		date_at(r, x, "date", str_fmt(r->c->arena, "/document/tracking/revision_history/%zu",
		                              index_in(history, x)), check_form);
	each_disclosure(r, check_form);
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		size_t i = index_in(r->vulnerabilities, v);

		date_at(r, v, "discovery_date", str_fmt(r->c->arena, "/vulnerabilities/%zu", i), check_form);
		for (size_t k = 0; k < sizeof(lists) / sizeof(*lists); k++)
			dates_in(r, v, i, lists[k], "date", check_form);
		dates_in(r, v, i, lists[0], "exploitation_date", check_form);
		metric_dates(r, v, i, "epss", check_form);
		metric_dates(r, v, i, "ssvc_v2", check_form);
	}
}

/* Not after the newest item of the revision history. */
static void check_newest(struct review *r, str date, UNUSED const struct json *holder, str pointer)
{
	time_us newest = r->newest, t;

	if (newest != TIME_NONE && time_parse(date, &t) && t > newest)
		FIND_AT(r, N_("{1} is later than the newest item of the revision history."), date, STR_NONE, pointer);
}

/* meets CSAF-2.1 6.1.45 */
void rule_6_1_45(struct review *r)
{
	r->newest = newest_revision(r);
	if (tlp_clear(r) && document_released(r))
		each_disclosure(r, check_newest);
}

/* meets CSAF-2.1 6.1.49 */
void rule_6_1_49(struct review *r)
{
	r->newest = newest_revision(r);
	if (document_released(r))
		each_metric_date(r, "ssvc_v2", check_newest);
}

/* meets CSAF-2.1 6.1.51 */
void rule_6_1_51(struct review *r)
{
	r->newest = newest_revision(r);
	if (document_released(r))
		each_metric_date(r, "epss", check_newest);
}

/* meets CSAF-2.1 6.1.52 */
void rule_6_1_52(struct review *r)
{
	r->newest = newest_revision(r);
	if (!document_released(r))
		return;
	each_date_in(r, "first_known_exploitation_dates", "date", check_newest);
	each_date_in(r, "first_known_exploitation_dates", "exploitation_date", check_newest);
}

static void check_exploitation(struct review *r, str date, const struct json *holder, str pointer)
{
	str     known = json_get_str(holder, S("date"));
	time_us of_date, of_known;

	if (known.p && time_parse(date, &of_date) && time_parse(known, &of_known) && of_date > of_known)
		FIND_AT(r, N_("The exploitation at {1} is later than its date {2}."), date, known, pointer);
}

/* meets CSAF-2.1 6.1.53 */
void rule_6_1_53(struct review *r)
{
	each_date_in(r, "first_known_exploitation_dates", "exploitation_date", check_exploitation);
}

static void check_past(struct review *r, str date, const struct json *holder, str pointer)
{
	time_us t;

	if (time_parse(date, &t) && t <= r->options->now)
		check_newest(r, date, holder, pointer);
}

/* meets CSAF-2.1 6.2.33 */
void rule_6_2_33(struct review *r)
{
	r->newest = newest_revision(r);
	each_disclosure(r, check_past);
}

static void keep_youngest(struct review *r, str date, UNUSED const struct json *holder, str pointer)
{
	time_us t;

	if (time_parse(date, &t) && (r->youngest == TIME_NONE || t > r->youngest)) {
		r->youngest = t;
		r->youngest_at = pointer;
	}
}

enum { EPSS_DAYS = 15 };

/* meets CSAF-2.1 6.2.41 */
void rule_6_2_41(struct review *r)
{
	time_us newest = newest_revision(r);

	for (JSON_ITEMS(v, document_released(r) && newest != TIME_NONE ? r->vulnerabilities : NULL)) {
		r->youngest = TIME_NONE;
		metric_dates(r, v, index_in(r->vulnerabilities, v), "epss", keep_youngest);
		if (r->youngest != TIME_NONE && newest - r->youngest > EPSS_DAYS * DAY)
			FIND_AT(r, N_("The newest EPSS value is of {1}, more than 15 days before the newest item of the "
			              "revision history."), time_print(r->c->arena, r->youngest), STR_NONE,
			        r->youngest_at);
	}
}
