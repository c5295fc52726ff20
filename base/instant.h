#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

/*
 * Instants and civil dates: arithmetic and text only; what time it is comes
 * from platform/clock (or from a test), never from here.
 *
 * time_us: microseconds since 1970-01-01T00:00:00Z.  TIME_NONE stands for
 * "not set" and SQL NULL.  Range 0001-01-01 … 9999-12-31.
 */

#include "base/arena.h"

typedef int64_t time_us;

#define TIME_NONE INT64_MIN
#define INT_NONE  INT64_MIN   /* an integer that is not set: SQL NULL */

#define SECOND ((time_us)1000000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

struct civil {
	int year, month, day;      /* month 1..12, day 1..31 */
	int hour, minute, second;
	int micro;
};

/* Days since 1970-01-01 of a proleptic Gregorian date. */
int64_t civil_days(int year, int month, int day);
/* Day of the week of such a day: 0 Sunday … 6 Saturday. */
int     civil_weekday(int64_t days);
/* Days in a month of a year. */
int     civil_month_days(int year, int month);
bool    civil_check(const struct civil *c) MUST_CHECK;
struct civil time_civil(time_us t);
time_us civil_time(const struct civil *c);

/*
 * RFC 3339 with an offset ("2026-11-24T09:00:00.5+09:00"; "Z" too).
 * Leap seconds are refused.  The date alone is not an instant.
 */
bool time_parse(str s, time_us *out) MUST_CHECK;
/* "2026-11-24T00:00:00Z"; fraction only when there is one. "" for none. */
str  time_print(struct arena *a, time_us t);
/* The same of a day and time in UTC, into room that is there; its length. */
enum { TIME_ROOM = 40 };
size_t time_write(char *out, const struct civil *utc);
/* "2026-11-24" */
bool date_parse(str s, struct civil *out) MUST_CHECK;

#endif
