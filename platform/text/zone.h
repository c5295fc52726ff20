#ifndef PLATFORM_ZONE_H
#define PLATFORM_ZONE_H

/*
 * zone: local time from the system's tzdata (RFC 9636 TZif, versions 2 to 4,
 * and the POSIX rule in its footer, so any year to 9999 has an answer).
 * Neither ICU's copy nor libc's TZ variable is used.
 *
 * Zones are read once per process from /usr/share/zoneinfo and never change
 * or go away; any thread may use them.  A process that closes the file system
 * to itself loads the zones it wants to offer before that.
 */

#include "base/ctx.h"

struct zone;

/* NULL with E_INVALID at "zone" when there is no such zone. Names as in IANA. */
const struct zone *zone_load(struct ctx *c, str name) MUST_CHECK;
/* The zone of c->zone; UTC when that cannot be read. Never NULL. */
const struct zone *zone_of(struct ctx *c);
str zone_name(const struct zone *z);

/* Seconds that local time is ahead of UTC at the instant. */
int  zone_offset(const struct zone *z, time_us utc);
/* "JST", "CEST", "UTC+03"; never empty. */
str  zone_abbrev(struct ctx *c, const struct zone *z, time_us utc);
struct civil zone_civil(const struct zone *z, time_us utc);
/* The same with the abbreviation, which is letters, or a sign and digits. */
struct civil zone_shown(const struct zone *z, time_us utc, str *abbrev);
/* "2026-03-29T01:30:00+01:00" */
str  zone_print(struct ctx *c, const struct zone *z, time_us utc);

/*
 * How often the clocks of a zone show a civil time, and when.
 * ZONE_TWICE: out[0] is the earlier, out[1] the later instant.
 * ZONE_NEVER: out holds the instants before and after the gap that are meant
 * when the offset after or before the change is used.
 */
enum zone_hits { ZONE_NEVER, ZONE_ONCE, ZONE_TWICE };
enum zone_hits zone_find(const struct zone *z, struct civil local, time_us out[2]);
/*
 * The instant of a civil time; of two the earlier, and *twice says so when it
 * is not NULL.  In a gap E_INVALID at "time" names both neighbours.
 */
bool zone_local(struct ctx *c, const struct zone *z, struct civil local,
                time_us *out, bool *twice) MUST_CHECK;

#endif
