#include "platform/text/zone.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/text/tzif.h"

#define ZONE_DIR "/usr/share/zoneinfo/"
enum { NAME_MAX_ = 64, FILE_LIMIT = 64 << 10, ZONES = 1000, CACHE_MAX = 32 << 20 };

/* Read once, then only looked at; the lock guards what is added, below count all is whole. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct arena    cache = { .max = CACHE_MAX };
static const struct zone *zones[ZONES];
static _Atomic(size_t) count;

static struct zone_kind  utc_kind = { 0, "UTC" };
static const struct zone utc = {
	.name = S_INIT("UTC"), .kinds = 1, .v = &utc_kind,
};

/* Only what IANA names look like; no way out of the folder. */
static bool name_check(str name)
{
	if (name.n == 0 || name.n > NAME_MAX_ || !(name.p[0] >= 'A' && name.p[0] <= 'Z'))
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '-' || c == '+' || c == '/'))
			return false;
	}
	return true;
}

static str file_bytes(struct arena *a, str name)
{
	int         fd = open(cstr(a, STR_CAT(a, S(ZONE_DIR), name)), O_RDONLY | O_CLOEXEC);
	struct stat st;
	char       *p;
	ssize_t     n = 0, got;

	if (fd < 0)
		return STR_NONE;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_LIMIT) {
		close(fd);
		return STR_NONE;
	}
	p = arena_must(a, 1, (size_t)st.st_size + 1);
	while (n < st.st_size && (got = read(fd, p + n, (size_t)(st.st_size - n))) > 0)
		n += got;
	close(fd);
	return n == st.st_size ? (str){ p, (size_t)n } : STR_NONE;
}

static const struct zone *find(str name)
{
	size_t n = atomic_load_explicit(&count, memory_order_acquire);

	for (size_t i = 0; i < n; i++)
		if (str_eq(zones[i]->name, name))
			return zones[i];
	return NULL;
}

/* The file is read outside the lock into c's arena, the zone kept in the cache. */
static const struct zone *add(str name, str bytes)
{
	const struct zone *old = find(name);
	struct zone       *z;

	if (old)
		return old;
	if (count == ZONES || cache.used + (256 << 10) > CACHE_MAX)
		return NULL;
	z = NEW(&cache, struct zone);
	if (!tzif_parse(&cache, bytes, z))
		return NULL;
	z->name = str_dup(&cache, name);
	zones[count] = z;
	atomic_fetch_add_explicit(&count, 1, memory_order_release);
	return z;
}

const struct zone *zone_load(struct ctx *c, str name)
{
	const struct zone *z = NULL;
	struct zone        trial;
	str                bytes;

	if (str_eq(name, utc.name))
		return &utc;
	z = find(name);
	if (z)
		return z;
	if (name_check(name)) {
		bytes = file_bytes(c->arena, name);
		if (!str_is_none(bytes) && tzif_parse(c->arena, bytes, &trial)) {
			pthread_mutex_lock(&lock);
			z = add(name, bytes);
			pthread_mutex_unlock(&lock);
		}
	}
	if (!z)
		(void)!fault(c, E_INVALID, "zone", N_("There is no time zone named {1}."), name);
	return z;
}

const struct zone *zone_of(struct ctx *c)
{
	struct fault       before = c->fault;
	const struct zone *z = zone_load(c, c->zone);

	c->fault = before;
	return z ? z : &utc;
}

str zone_name(const struct zone *z)
{
	return z->name;
}

static int64_t seconds(time_us t)
{
	return t / SECOND - (t % SECOND < 0);
}

int zone_offset(const struct zone *z, time_us t)
{
	return tzif_kind(z, seconds(t))->offset;
}

str zone_abbrev(struct ctx *c, const struct zone *z, time_us t)
{
	str s = str_of(tzif_kind(z, seconds(t))->abbrev);

	if (s.p[0] == '+' || s.p[0] == '-')
		return STR_CAT(c->arena, S("UTC"), s);
	return s;
}

struct civil zone_civil(const struct zone *z, time_us t)
{
	return time_civil(t + zone_offset(z, t) * SECOND);
}

struct civil zone_shown(const struct zone *z, time_us t, str *abbrev)
{
	const struct zone_kind *k = tzif_kind(z, seconds(t));

	*abbrev = str_of(k->abbrev);
	return time_civil(t + k->offset * SECOND);
}

str zone_print(struct ctx *c, const struct zone *z, time_us t)
{
	int  offset = zone_offset(z, t), ahead = offset < 0 ? -offset : offset;
	str  local = time_print(c->arena, t + offset * SECOND);

	return str_fmt(c->arena, "%.*s%c%02d:%02d", STR_ARG(str_slice(local, 0, local.n - 1)),
	               offset < 0 ? '-' : '+', ahead / 3600, ahead / 60 % 60);
}

enum zone_hits zone_find(const struct zone *z, struct civil local, time_us out[2])
{
	time_us as_utc = civil_time(&local), hit[2] = { 0, 0 };
	int     hits = 0, before, after;

	/* Offsets are at most 26 hours: one of those in force around then. */
	for (int hour = -27; hour <= 27; hour++) {
		int     offset = zone_offset(z, as_utc + hour * HOUR);
		time_us t = as_utc - offset * SECOND;
		if (zone_offset(z, t) != offset || (hits && hit[hits - 1] == t))
			continue;
		if (hits < 2)
			hit[hits++] = t;
	}
	if (hits == 0) {
		before = zone_offset(z, as_utc - 27 * HOUR);
		after  = zone_offset(z, as_utc + 27 * HOUR);
		out[0] = as_utc - after * SECOND;
		out[1] = as_utc - before * SECOND;
		return ZONE_NEVER;
	}
	out[0] = hits == 2 && hit[1] < hit[0] ? hit[1] : hit[0];
	out[1] = hits == 2 ? hit[0] + hit[1] - out[0] : hit[0];
	return hits == 2 ? ZONE_TWICE : ZONE_ONCE;
}

bool zone_local(struct ctx *c, const struct zone *z, struct civil local,
                time_us *out, bool *twice)
{
	time_us        hit[2];
	enum zone_hits hits;

	if (!civil_check(&local))
		return fault(c, E_INVALID, "time", N_("This is not a day and time of the calendar."));
	hits = zone_find(z, local, hit);
	if (hits == ZONE_NEVER)
		return fault(c, E_INVALID, "time",
			N_("The clocks of {1} leave this time out. Did you mean {2} or {3}?"),
			z->name, zone_print(c, z, hit[0]), zone_print(c, z, hit[1]));
	*out = hit[0];
	if (twice)
		*twice = hits == ZONE_TWICE;
	return true;
}
