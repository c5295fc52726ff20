#ifndef PLATFORM_TZIF_H
#define PLATFORM_TZIF_H

/*
 * tzif: bytes of a TZif file -> struct zone (RFC 9636 3), and its POSIX rule
 * (3.3.1).  Pure; read by zone.c.  Limits: 64 KiB a file, 2,000 changes.
 */

#include "base/ctx.h"

enum { ZONE_KINDS = 256, ZONE_ABBREV = 12 };

struct zone_kind {
	int  offset;               /* seconds ahead of UTC */
	char abbrev[ZONE_ABBREV];
};

/* One end of daylight-saving time: Jn, n or Mm.w.d, at a local second of the day. */
struct zone_edge {
	char form;                 /* 'J', '0' or 'M' */
	int  month, week, day, second;
};

struct zone_rule {
	bool             any, summer;
	struct zone_kind standard, daylight;
	struct zone_edge start, end;
};

struct zone {
	str               name;
	size_t            n, kinds;
	const int64_t    *when;    /* seconds, ascending */
	const uint8_t    *kind;    /* from when[i] on */
	struct zone_kind *v;
	struct zone_rule  rule;    /* after the last change */
};

/* False for anything but a sound file of version 2 or later without leap seconds. */
bool tzif_parse(struct arena *a, str bytes, struct zone *out) MUST_CHECK;
bool tzif_rule(str text, struct zone_rule *out) MUST_CHECK;
/* What holds at this second. */
const struct zone_kind *tzif_kind(const struct zone *z, int64_t second);

#endif
