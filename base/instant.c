#include "base/instant.h"

#include "base/buf.h"

/* After H. Hinnant's well-known day-count arithmetic on 400-year eras. */
int64_t civil_days(int year, int month, int day)
{
	int64_t y   = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

int civil_weekday(int64_t days)
{
	int64_t w = (days + 4) % 7;

	return (int)(w < 0 ? w + 7 : w);
}

int civil_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool civil_check(const struct civil *c)
{
	return c->year >= 1 && c->year <= 9999 && c->month >= 1 && c->month <= 12 &&
	       c->day >= 1 && c->day <= civil_month_days(c->year, c->month) &&
	       c->hour >= 0 && c->hour <= 23 && c->minute >= 0 && c->minute <= 59 &&
	       c->second >= 0 && c->second <= 59 && c->micro >= 0 &&
	       c->micro < SECOND;
}

struct civil time_civil(time_us t)
{
	int64_t days = t / DAY, rest = t % DAY;
	struct civil c = { 0 };

	if (rest < 0) {
		rest += DAY;
		days--;
	}
	int64_t z   = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp  = (5 * doy + 2) / 153;

	c.day    = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month  = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year   = (int)(yoe + era * 400 + (c.month <= 2));
	c.hour   = (int)(rest / HOUR);
	c.minute = (int)(rest / MINUTE % 60);
	c.second = (int)(rest / SECOND % 60);
	c.micro  = (int)(rest % SECOND);
	return c;
}

time_us civil_time(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day) * DAY + c->hour * HOUR +
	       c->minute * MINUTE + c->second * SECOND + c->micro;
}

/* Exactly n digits at *at. */
static bool digits(str s, size_t *at, size_t n, int *out)
{
	int v = 0;

	if (s.n - *at < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		char c = s.p[*at + i];
		if (c < '0' || c > '9')
			return false;
		v = v * 10 + (c - '0');
	}
	*at += n;
	*out = v;
	return true;
}

static bool mark(str s, size_t *at, char want)
{
	if (*at >= s.n || (s.p[*at] | (want >= 'A' ? 0x20 : 0)) != (want | (want >= 'A' ? 0x20 : 0)))
		return false;
	++*at;
	return true;
}

static bool date_at(str s, size_t *at, struct civil *c)
{
	return digits(s, at, 4, &c->year) && mark(s, at, '-') &&
	       digits(s, at, 2, &c->month) && mark(s, at, '-') &&
	       digits(s, at, 2, &c->day);
}

/* ".123": up to six digits count, more are dropped. */
static bool fraction_at(str s, size_t *at, struct civil *c)
{
	int    unit = 100000;
	size_t from = ++*at;

	for (; *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; ++*at) {
		c->micro += unit * (s.p[*at] - '0');
		unit /= 10;
	}
	return *at > from;
}

/* "Z" or "+09:00" as the number of minutes ahead of UTC. */
static bool offset_at(str s, size_t *at, int *ahead)
{
	int  h, m;
	bool west;

	*ahead = 0;
	if (mark(s, at, 'Z'))
		return true;
	west = *at < s.n && s.p[*at] == '-';
	if (!west && !(*at < s.n && s.p[*at] == '+'))
		return false;
	++*at;
	if (!digits(s, at, 2, &h) || !mark(s, at, ':') || !digits(s, at, 2, &m) ||
	    h > 23 || m > 59)
		return false;
	*ahead = (west ? -1 : 1) * (h * 60 + m);
	return true;
}

bool time_parse(str s, time_us *out)
{
	struct civil c  = { 0 };
	size_t       at = 0;
	int          ahead;

	if (!date_at(s, &at, &c) || !mark(s, &at, 'T') ||
	    !digits(s, &at, 2, &c.hour) || !mark(s, &at, ':') ||
	    !digits(s, &at, 2, &c.minute) || !mark(s, &at, ':') ||
	    !digits(s, &at, 2, &c.second))
		return false;
	if (at < s.n && s.p[at] == '.' && !fraction_at(s, &at, &c))
		return false;
	if (!offset_at(s, &at, &ahead) || at != s.n || !civil_check(&c))
		return false;
	*out = civil_time(&c) - ahead * MINUTE;
	return true;
}

static void put_part(struct buf *b, char before, int v)
{
	buf_char(b, before);
	buf_digits(b, (uint64_t)v, 2);
}

str time_print(struct arena *a, time_us t)
{
	struct civil c;
	struct buf   b;

	if (t == TIME_NONE)
		return S("");
	c = time_civil(t);
	buf_init(&b, a, 40);
	buf_reserve(&b, 40);
	if (c.year < 0)
		buf_char(&b, '-');
	buf_digits(&b, (uint64_t)(c.year < 0 ? -c.year : c.year), 4);
	put_part(&b, '-', c.month);
	put_part(&b, '-', c.day);
	put_part(&b, 'T', c.hour);
	put_part(&b, ':', c.minute);
	put_part(&b, ':', c.second);
	if (c.micro) {
		buf_char(&b, '.');
		buf_digits(&b, (uint64_t)c.micro, 6);
		while (b.p[b.n - 1] == '0')
			b.n--;
	}
	buf_char(&b, 'Z');
	return buf_str(&b);
}

bool date_parse(str s, struct civil *out)
{
	size_t at = 0;

	*out = (struct civil){ 0 };
	return date_at(s, &at, out) && at == s.n && civil_check(out);
}
