#include "platform/text/tzif.h"

#include <string.h>

enum { HEADER = 44, CHANGES = 2000, FILE_MAX = 64 << 10, OFFSET_MAX = 26 * 3600, HOURS_MAX = 167 };

static uint32_t be32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

struct counts { size_t isut, isstd, leap, time, type, chars; };

static bool header(str s, size_t at, struct counts *n, char *version)
{
	const char *p = s.p + at + 20;

	if (s.n < HEADER || at > s.n - HEADER || memcmp(s.p + at, "TZif", 4) != 0)
		return false;
	*version = s.p[at + 4];
	*n = (struct counts){ be32(p), be32(p + 4), be32(p + 8), be32(p + 12), be32(p + 16), be32(p + 20) };
	return n->isut <= 256 && n->isstd <= 256 && n->leap <= CHANGES && n->time <= CHANGES &&
	       n->type >= 1 && n->type <= ZONE_KINDS && n->chars >= 1 && n->chars <= 4096;
}

static size_t body_size(const struct counts *n, size_t time)
{
	return n->time * (time + 1) + n->type * 6 + n->chars + n->leap * (time + 4) + n->isstd + n->isut;
}

/* meets RFC 9636 4.2: letters, digits, signs; so they need no escaping in a page */
static bool set_abbrev(char out[ZONE_ABBREV], str s)
{
	if (s.n == 0 || s.n >= ZONE_ABBREV)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
		      s.p[i] == '+' || s.p[i] == '-'))
			return false;
	memset(out, 0, ZONE_ABBREV);
	memcpy(out, s.p, s.n);
	return true;
}

static bool read_kinds(struct zone *z, struct arena *a, const char *p, const struct counts *n)
{
	const char *names = p + n->type * 6;

	z->kinds = n->type;
	z->v     = NEWS(a, struct zone_kind, n->type);
	for (size_t i = 0; i < n->type; i++, p += 6) {
		size_t      from = (unsigned char)p[5];
		const char *end = from < n->chars ? memchr(names + from, '\0', n->chars - from) : NULL;
		z->v[i].offset = (int)be32(p);
		if (!end || z->v[i].offset > OFFSET_MAX || z->v[i].offset < -OFFSET_MAX ||
		    !set_abbrev(z->v[i].abbrev, (str){ names + from, (size_t)(end - names) - from }))
			return false;
	}
	return true;
}

static bool read_changes(struct zone *z, struct arena *a, const char *p, const struct counts *n)
{
	int64_t *when = NEWS(a, int64_t, n->time + 1);
	uint8_t *kind = NEWS(a, uint8_t, n->time + 1);

	for (size_t i = 0; i < n->time; i++) {
		uint64_t u = (uint64_t)be32(p + i * 8) << 32 | be32(p + i * 8 + 4);
		when[i] = (int64_t)u;
		kind[i] = (uint8_t)p[n->time * 8 + i];
		if (kind[i] >= n->type || (i && when[i] <= when[i - 1]))
			return false;
	}
	z->n    = n->time;
	z->when = when;
	z->kind = kind;
	return true;
}

bool tzif_parse(struct arena *a, str bytes, struct zone *out)
{
	struct counts n;
	size_t        at = 0, size;
	char          version;
	str           rest, rule;

	*out = (struct zone){ 0 };
	if (bytes.n > FILE_MAX || !header(bytes, 0, &n, &version) || version < '2')
		return false;
	at = HEADER + body_size(&n, 4);
	if (!header(bytes, at, &n, &version) || n.leap)
		return false;
	at += HEADER;
	size = body_size(&n, 8);
	if (size > bytes.n - at)
		return false;
	if (!read_changes(out, a, bytes.p + at, &n) ||
	    !read_kinds(out, a, bytes.p + at + n.time * 9, &n))
		return false;
	rest = str_slice(bytes, at + size, SIZE_MAX);
	if (rest.n < 2 || rest.p[0] != '\n')
		return false;
	rest = str_slice(rest, 1, SIZE_MAX);
	return str_cut(&rest, '\n', &rule) && (rule.n == 0 || tzif_rule(rule, &out->rule));
}

/* A decimal number of at most three digits. */
static bool number(str *s, int *out)
{
	size_t i = 0;

	for (*out = 0; i < s->n && i < 3 && s->p[i] >= '0' && s->p[i] <= '9'; i++)
		*out = *out * 10 + (s->p[i] - '0');
	*s = str_slice(*s, i, SIZE_MAX);
	return i > 0;
}

static bool take(str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_slice(*s, 1, SIZE_MAX);
	return true;
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool clock_time(str *s, int *out)
{
	bool minus = take(s, '-');
	int  h, m = 0, sec = 0;

	if (!minus)
		take(s, '+');
	if (!number(s, &h) || h > HOURS_MAX)
		return false;
	if (take(s, ':') && (!number(s, &m) || m > 59))
		return false;
	if (take(s, ':') && (!number(s, &sec) || sec > 59))
		return false;
	*out = (minus ? -1 : 1) * (h * 3600 + m * 60 + sec);
	return true;
}

static bool abbrev(str *s, char out[ZONE_ABBREV])
{
	size_t end = 0;
	str    name;

	if (take(s, '<')) {
		end = str_find(*s, S(">"), 0);
		if (end == SIZE_MAX)
			return false;
		name = str_slice(*s, 0, end);
		*s   = str_slice(*s, end + 1, SIZE_MAX);
		return set_abbrev(out, name);
	}
	while (end < s->n && ((s->p[end] | 32) >= 'a' && (s->p[end] | 32) <= 'z'))
		end++;
	name = str_slice(*s, 0, end);
	*s   = str_slice(*s, end, SIZE_MAX);
	return set_abbrev(out, name);
}

/* POSIX counts west of Greenwich. */
static bool west(str *s, int *out)
{
	if (!clock_time(s, out) || *out > OFFSET_MAX || *out < -OFFSET_MAX)
		return false;
	*out = -*out;
	return true;
}

/* m.w.d: the w-th (5: the last) weekday d of month m. */
static bool week_day(str *s, struct zone_edge *e)
{
	return number(s, &e->month) && take(s, '.') && number(s, &e->week) && take(s, '.') &&
	       number(s, &e->day) && e->month >= 1 && e->month <= 12 &&
	       e->week >= 1 && e->week <= 5 && e->day <= 6;
}

static bool edge(str *s, struct zone_edge *e)
{
	e->second = 2 * 3600;
	if (!take(s, ','))
		return false;
	if (take(s, 'M')) {
		e->form = 'M';
		if (!week_day(s, e))
			return false;
	} else {
		e->form = take(s, 'J') ? 'J' : '0';
		if (!number(s, &e->day) || e->day > 365 || (e->form == 'J' && e->day < 1))
			return false;
	}
	return !take(s, '/') || clock_time(s, &e->second);
}

bool tzif_rule(str text, struct zone_rule *out)
{
	str s = text;

	*out = (struct zone_rule){ .any = true };
	if (!abbrev(&s, out->standard.abbrev) || !west(&s, &out->standard.offset))
		return false;
	if (s.n == 0)
		return true;
	out->summer = true;
	out->daylight.offset = out->standard.offset + 3600;
	if (!abbrev(&s, out->daylight.abbrev))
		return false;
	if (s.n && s.p[0] != ',' && !west(&s, &out->daylight.offset))
		return false;
	return edge(&s, &out->start) && edge(&s, &out->end) && s.n == 0;
}

/* Local second, counted from 1970, at which the edge falls in a year. */
static int64_t edge_second(const struct zone_edge *e, int year)
{
	int64_t day;
	int     first, at;

	if (e->form == '0')
		return (civil_days(year, 1, 1) + e->day) * 86400 + e->second;
	if (e->form == 'J') {   /* 29 February is never counted */
		bool leap = civil_month_days(year, 2) == 29 && e->day >= 60;
		return (civil_days(year, 1, 1) + e->day - 1 + leap) * 86400 + e->second;
	}
	day   = civil_days(year, e->month, 1);
	first = (e->day - civil_weekday(day) + 7) % 7;
	at    = first + (e->week - 1) * 7;
	if (at >= civil_month_days(year, e->month))
		at -= 7;
	return (day + at) * 86400 + e->second;
}

/* The latest edge at or before the second decides. */
static const struct zone_kind *rule_kind(const struct zone_rule *r, int64_t second)
{
	const struct zone_kind *kind = &r->standard;
	int64_t                 best = INT64_MIN;
	int                     year = time_civil(second * SECOND).year;

	if (!r->summer)
		return kind;
	for (int y = year - 1; y <= year + 1; y++) {
		int64_t start = edge_second(&r->start, y) - r->standard.offset;
		int64_t end = edge_second(&r->end, y) - r->daylight.offset;
		if (end <= second && end > best) {
			best = end;
			kind = &r->standard;
		}
		if (start <= second && start >= best) {
			best = start;
			kind = &r->daylight;
		}
	}
	return kind;
}

const struct zone_kind *tzif_kind(const struct zone *z, int64_t second)
{
	size_t low = 0, high = z->n;

	if (z->rule.any && (z->n == 0 || second >= z->when[z->n - 1]))
		return rule_kind(&z->rule, second);
	while (low < high) {   /* the first change after the second */
		size_t mid = low + (high - low) / 2;
		if (z->when[mid] <= second)
			low = mid + 1;
		else
			high = mid;
	}
	return &z->v[low ? z->kind[low - 1] : 0];
}
