#ifndef STANDARDS_ROLIE_ROLIE_READ_H
#define STANDARDS_ROLIE_ROLIE_READ_H

/*
 * Reading a ROLIE feed (RFC 8322 in JSON) entry by entry, however long it is:
 * what CSAF 2.0 7.1.15 puts in.  Memory does not grow with the feed.
 */

#include "base/instant.h"
#include "platform/json/json_pull.h"

struct rolie_found {
	str     id, url;            /* url: link self, or content.src */
	str     hash[2];            /* links to .sha256 and .sha512 */
	str     signature;
	time_us updated;            /* TIME_NONE: not said */
};

/*
 * take is given every entry, whose texts end with the call; false ends the reading.
 * Faults: E_SYNTAX, E_LIMIT, with line and column; E_INVALID: no feed.
 */
bool rolie_feed_read(struct ctx *c, json_more_fn *more, void *from,
                     bool (*take)(void *to, const struct rolie_found *e), void *to) MUST_CHECK;

#endif
