#include "platform/text/moment.h"

#include <string.h>

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

/* What is written here is short, and often: into room that is there, where it ends comes back. */
enum { DATE_ROOM = 48, MOMENT_ROOM = 96 };

/* Of that room what is written is read: filling it with zeros first costs as much as the writing. */
#define UNFILLED __attribute__((uninitialized))

static char *put(char *p, str s)
{
	memcpy(p, s.p, s.n);
	return p + s.n;
}

static char *put_two(char *p, int v)
{
	p[0] = (char)('0' + v / 10);
	p[1] = (char)('0' + v % 10);
	return p + 2;
}

/* A year, month or day without zeros before it. */
static char *put_number(char *p, int v)
{
	char   d[12];
	size_t i = sizeof(d);
	int    n = v < 0 ? -v : v;

	if (v >= 1000 && v <= 9999)   /* nearly all years, and days and months below */
		return put_two(put_two(p, v / 100), v % 100);
	if (v >= 10 && v <= 99)
		return put_two(p, v);
	do
		d[--i] = (char)('0' + n % 10);
	while (n /= 10);
	if (v < 0)
		*p++ = '-';
	return put(p, (str){ d + i, sizeof(d) - i });
}

static char *put_date(const struct ctx *c, char *p, const struct civil *d)
{
	static const char week[][4] = { "日", "月", "火", "水", "木", "金", "土" };

	if (japanese(c)) {
		p = put(put_number(p, d->year), S("年"));
		p = put(put_number(p, d->month), S("月"));
		p = put(put_number(p, d->day), S("日("));
		p = put(p, (str){ week[civil_weekday(civil_days(d->year, d->month, d->day))], 3 });
		*p++ = ')';
		return p;
	}
	p    = put_number(p, d->day);
	*p++ = ' ';
	p    = put(p, (str){ month_name(d->month), 3 });
	*p++ = ' ';
	return put_number(p, d->year);
}

str moment_day(struct ctx *c, const struct civil *d)
{
	char room[DATE_ROOM];

	return str_dup(c->arena, (str){ room, (size_t)(put_date(c, room, d) - room) });
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

static char *put_clock(const struct ctx *c, char *p, const struct civil *d, str zone)
{
	p    = put_date(c, p, d);
	p    = japanese(c) ? put(p, S(" ")) : put(p, S(", "));
	p    = put_two(p, d->hour);
	*p++ = ':';
	p    = put_two(p, d->minute);
	p    = put(p, S(" ("));
	if (zone.p[0] == '+' || zone.p[0] == '-')
		p = put(p, S("UTC"));
	p    = put(p, zone);
	*p++ = ')';
	return p;
}

static char *put_zone(const struct ctx *c, char *p, const struct zone *z, time_us t)
{
	str          abbrev;
	struct civil d = zone_shown(z, t, &abbrev);

	return put_clock(c, p, &d, abbrev);
}

static const struct zone *utc_zone(struct ctx *c)
{
	return zone_load(c, S("UTC"));
}

/* The viewer's zone and UTC, once when they show the same; day is t in UTC. */
static char *put_both(struct ctx *c, char *p, time_us t, const struct civil *day)
{
	const struct zone *here = zone_of(c);
	char              *end  = put_zone(c, p, here, t), *second = put(end, S(" · ")), *last;

	if (here == utc_zone(c))
		return end;
	last = put_clock(c, second, day, S("UTC"));
	return str_eq((str){ p, (size_t)(end - p) }, (str){ second, (size_t)(last - second) }) ? end : last;
}

static str in_zone(struct ctx *c, const struct zone *z, time_us t)
{
	char room[MOMENT_ROOM];

	if (t == TIME_NONE)
		return S("");
	return str_dup(c->arena, (str){ room, (size_t)(put_zone(c, room, z, t) - room) });
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
	char         room[2 * MOMENT_ROOM];
	struct civil day = time_civil(t);

	if (t == TIME_NONE)
		return S("");
	return str_dup(c->arena, (str){ room, (size_t)(put_both(c, room, t, &day) - room) });
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

/*
 * day is the instant in UTC, told to the second.  Texts of this file and abbreviations
 * of zones have nothing to escape.
 */
static html time_tag(struct page *w, const struct civil *day, str title, str text)
{
	char        *room   = arena_must(w->c->arena, 1, MOMENT_ROOM + title.n + text.n);
	char        *p      = put(room, S("<time datetime=\""));
	struct civil second = *day;

	second.micro = 0;
	p += time_write(p, &second);
	if (title.n)
		p = put(put(p, S("\" title=\"")), title);
	p = put(put(p, S("\">")), text);
	p = put(p, S("</time>"));
	return (html){ { room, (size_t)(p - room) } };
}

html moment_html(struct page *w, time_us t)
{
	struct ctx        *c    = w->c;
	const struct zone *here = zone_of(c);
	struct civil       day  = time_civil(t);
	char               a[MOMENT_ROOM] UNFILLED, b[MOMENT_ROOM] UNFILLED;
	str                text = { a, 0 }, title = { b, 0 };

	if (t == TIME_NONE)
		return HTML_NONE;
	text.n  = (size_t)(put_zone(c, a, here, t) - a);
	title.n = here == utc_zone(c) ? 0 : (size_t)(put_clock(c, b, &day, S("UTC")) - b);
	return time_tag(w, &day, str_eq(title, text) ? STR_NONE : title, text);
}

/* Both zones in the title. */
static html beside(struct page *w, time_us t, str text)
{
	char         title[2 * MOMENT_ROOM] UNFILLED;
	struct civil day = time_civil(t);

	if (t == TIME_NONE)
		return HTML_NONE;
	return time_tag(w, &day, (str){ title, (size_t)(put_both(w->c, title, t, &day) - title) }, text);
}

html moment_date_html(struct page *w, time_us t)
{
	return beside(w, t, moment_date(w->c, t));
}

html moment_age_html(struct page *w, time_us t)
{
	return beside(w, t, moment_age(w->c, t));
}

html moment_left_html(struct page *w, time_us t)
{
	return beside(w, t, html_escape(w->c, moment_left(w->c, t)).s);
}

html moment_both_html(struct page *w, time_us t)
{
	char         text[2 * MOMENT_ROOM];
	struct civil day = time_civil(t);

	if (t == TIME_NONE)
		return HTML_NONE;
	return time_tag(w, &day, STR_NONE, (str){ text, (size_t)(put_both(w->c, text, t, &day) - text) });
}
