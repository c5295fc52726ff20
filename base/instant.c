#include "base/instant.h"

#include <string.h>

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
	/* From here on 32 bits without a sign are enough, and quicker to divide. */
	uint32_t doe = (uint32_t)(z - era * 146097);
	uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	uint32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	uint32_t mp  = (5 * doy + 2) / 153;
	uint32_t sec = (uint32_t)((uint64_t)rest / SECOND);

	c.day    = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month  = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year   = (int)(yoe + era * 400 + (c.month <= 2));
	c.hour   = (int)(sec / 3600);
	c.minute = (int)(sec / 60 % 60);
	c.second = (int)(sec % 60);
	c.micro  = (int)(rest - (int64_t)sec * SECOND);
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

static char *put_part(char *p, char before, int v)
{
	p[0] = before;
	p[1] = (char)('0' + v / 10);
	p[2] = (char)('0' + v % 10);
	return p + 3;
}

/* At least four digits. */
static char *put_year(char *p, int year)
{
	char   d[12];
	size_t i = sizeof(d);
	int    n = year < 0 ? -year : year;

	do
		d[--i] = (char)('0' + n % 10);
	while ((n /= 10) || i > sizeof(d) - 4);
	if (year < 0)
		*p++ = '-';
	memcpy(p, d + i, sizeof(d) - i);
	return p + (sizeof(d) - i);
}

size_t time_write(char *out, const struct civil *utc)
{
	char *p = put_year(out, utc->year);

	p = put_part(p, '-', utc->month);
	p = put_part(p, '-', utc->day);
	p = put_part(p, 'T', utc->hour);
	p = put_part(p, ':', utc->minute);
	p = put_part(p, ':', utc->second);
	if (utc->micro) {
		*p = '.';
		for (int i = 6, v = utc->micro; i > 0; i--, v /= 10)
			p[i] = (char)('0' + v % 10);
		for (p += 7; p[-1] == '0'; p--)
			;
	}
	*p++ = 'Z';
	return (size_t)(p - out);
}

str time_print(struct arena *a, time_us t)
{
	char         room[TIME_ROOM];
	struct civil utc = time_civil(t);

	if (t == TIME_NONE)
		return S("");
	return str_dup(a, (str){ room, time_write(room, &utc) });
}

bool date_parse(str s, struct civil *out)
{
	size_t at = 0;

	*out = (struct civil){ 0 };
	return date_at(s, &at, out) && at == s.n && civil_check(out);
}
