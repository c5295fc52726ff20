#include "platform/text/moment.h"

#include "base/buf.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"

static bool japanese(const struct ctx *c)
{
	return c->lang == LANG_JA;
}

static const char *month_name(int month)
{
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	return names[month - 1];
}

static void put_day(struct buf *b, const struct civil *d)
{
	buf_int(b, d->year);
	buf_add(b, S("年"));
	buf_int(b, d->month);
	buf_add(b, S("月"));
	buf_int(b, d->day);
	buf_add(b, S("日"));
}

static void put_date(const struct ctx *c, struct buf *b, const struct civil *d)
{
	static const char *const week[] = { "日", "月", "火", "水", "木", "金", "土" };

	if (japanese(c)) {
		put_day(b, d);
		buf_add(b, S("("));
		buf_add(b, str_of(week[civil_weekday(civil_days(d->year, d->month, d->day))]));
		buf_add(b, S(")"));
	} else {
		buf_int(b, d->day);
		buf_char(b, ' ');
		buf_add(b, str_of(month_name(d->month)));
		buf_char(b, ' ');
		buf_int(b, d->year);
	}
}

str moment_day(struct ctx *c, const struct civil *d)
{
	struct buf b;

	buf_init(&b, c->arena, 64);
	put_date(c, &b, d);
	return buf_str(&b);
}

str moment_era(struct ctx *c, const struct civil *d)
{
	int64_t     day = civil_days(d->year, d->month, d->day);
	bool        reiwa = day >= civil_days(2019, 5, 1);
	int         year = d->year - (reiwa ? 2018 : 1988);
	const char *era = reiwa ? "令和" : "平成";

	if (day < civil_days(1989, 1, 8))
		return moment_day(c, d);
	if (year == 1)
		return str_fmt(c->arena, "%s元年%d月%d日", era, d->month, d->day);
	return str_fmt(c->arena, "%s%d年%d月%d日", era, year, d->month, d->day);
}

static void put_zone(struct ctx *c, struct buf *b, const struct zone *z, time_us t)
{
	struct civil d = zone_civil(z, t);

	put_date(c, b, &d);
	buf_add(b, japanese(c) ? S(" ") : S(", "));
	buf_digits(b, (uint64_t)d.hour, 2);
	buf_char(b, ':');
	buf_digits(b, (uint64_t)d.minute, 2);
	buf_add(b, S(" ("));
	buf_add(b, zone_abbrev(c, z, t));
	buf_char(b, ')');
}

static str in_zone(struct ctx *c, const struct zone *z, time_us t)
{
	struct buf b;

	if (t == TIME_NONE)
		return S("");
	buf_init(&b, c->arena, 128);
	put_zone(c, &b, z, t);
	return buf_str(&b);
}

static const struct zone *utc_zone(struct ctx *c)
{
	return zone_load(c, S("UTC"));
}

str moment_text(struct ctx *c, time_us t)
{
	return in_zone(c, zone_of(c), t);
}

str moment_utc(struct ctx *c, time_us t)
{
	return in_zone(c, utc_zone(c), t);
}

str moment_both(struct ctx *c, time_us t)
{
	const struct zone *here = zone_of(c), *utc = utc_zone(c);
	struct buf         b;
	size_t             n;

	if (t == TIME_NONE || here == utc)
		return in_zone(c, here, t);
	buf_init(&b, c->arena, 256);
	put_zone(c, &b, here, t);
	n = b.n;
	buf_add(&b, S(" · "));
	put_zone(c, &b, utc, t);
	if (str_eq(str_slice(buf_str(&b), 0, n), str_slice(buf_str(&b), n + S(" · ").n, b.n)))
		b.n = n;
	return buf_str(&b);
}

str moment_date(struct ctx *c, time_us t)
{
	struct civil d;

	if (t == TIME_NONE)
		return S("");
	d = zone_civil(zone_of(c), t);
	return moment_day(c, &d);
}

/* Units from long to short; a month counts 30 days, a year 365. */
static const struct {
	time_us     size, from;     /* used for lengths of `from` and more */
	const char *english, *japanese;
} units[] = {
	{ 365 * DAY, 730 * DAY, " y", "年" },
	{ 30 * DAY, 60 * DAY, " mo", "か月" },
	{ DAY, 2 * DAY, " d", "日" },
	{ HOUR, HOUR, " h", "時間" },
	{ MINUTE, MINUTE, " min", "分" },
	{ SECOND, 0, " s", "秒" },
};
enum { UNITS = sizeof(units) / sizeof(*units) };

static str in_unit(struct ctx *c, size_t unit, time_us length)
{
	struct buf b;

	buf_init(&b, c->arena, 40);
	buf_int(&b, length / units[unit].size);
	buf_add(&b, str_of(japanese(c) ? units[unit].japanese : units[unit].english));
	return buf_str(&b);
}

static time_us positive(time_us length)
{
	if (length == INT64_MIN)
		return INT64_MAX;
	return length < 0 ? -length : length;
}

static size_t unit_of(time_us length)
{
	size_t unit = 0;

	while (unit + 1 < UNITS && length < units[unit].from)
		unit++;
	return unit;
}

str moment_span(struct ctx *c, time_us length)
{
	time_us n = positive(length);

	return in_unit(c, unit_of(n), n);
}

str moment_length(struct ctx *c, time_us length)
{
	time_us n = positive(length), rest;
	size_t  unit = 0;

	while (unit + 1 < UNITS && n < units[unit].size)
		unit++;
	rest = n % units[unit].size;
	if (unit + 1 == UNITS || rest < units[unit + 1].size)
		return in_unit(c, unit, n);
	return STR_CAT(c->arena, in_unit(c, unit, n), japanese(c) ? S("") : S(" "),
	               in_unit(c, unit + 1, rest));
}

static time_us between(time_us from, time_us to)
{
	time_us d;

	if (__builtin_sub_overflow(to, from, &d))
		return to < from ? INT64_MIN : INT64_MAX;
	return d;
}

str moment_age(struct ctx *c, time_us t)
{
	if (t == TIME_NONE || c->now == TIME_NONE)
		return S("");
	return moment_span(c, between(t, c->now));
}

str moment_left(struct ctx *c, time_us due)
{
	time_us left;
	str     span;

	if (due == TIME_NONE || c->now == TIME_NONE)
		return S("");
	left = between(c->now, due);
	span = moment_span(c, left);
	return word_fill(c, left < 0 ? N_("{1} late") : N_("{1} left"), &span, 1);
}

static html time_tag(struct page *w, time_us t, str title, str text)
{
	struct page at;

	if (t == TIME_NONE)
		return HTML_NONE;
	page_init(&at, w->c, 1000);
	buf_reserve(&at.out, 200);
	html_raw(&at, S("<time datetime=\""));
	html_text(&at, time_print(w->c->arena, t));
	if (title.n) {
		html_raw(&at, S("\" title=\""));
		html_text(&at, title);
	}
	html_raw(&at, S("\">"));
	html_text(&at, text);
	html_raw(&at, S("</time>"));
	return (html){ buf_str(&at.out) };
}

html moment_html(struct page *w, time_us t)
{
	const struct zone *here = zone_of(w->c), *utc = utc_zone(w->c);
	str                text = in_zone(w->c, here, t), title = here == utc ? text : in_zone(w->c, utc, t);

	return time_tag(w, t, str_eq(title, text) ? S("") : title, text);
}

html moment_date_html(struct page *w, time_us t)
{
	return time_tag(w, t, moment_both(w->c, t), moment_date(w->c, t));
}

html moment_age_html(struct page *w, time_us t)
{
	return time_tag(w, t, moment_both(w->c, t), moment_age(w->c, t));
}

html moment_left_html(struct page *w, time_us t)
{
	return time_tag(w, t, moment_both(w->c, t), moment_left(w->c, t));
}

html moment_both_html(struct page *w, time_us t)
{
	return time_tag(w, t, S(""), moment_both(w->c, t));
}
