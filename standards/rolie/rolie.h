#ifndef STANDARDS_ROLIE_ROLIE_H
#define STANDARDS_ROLIE_ROLIE_H

/*
 * ROLIE (RFC 8322) in JSON, as sections 7.1.15 to 7.1.17 of CSAF 2.0 and 2.1
 * want it: feed, service and category documents of CSAF advisories.
 */

#include "base/buf.h"
#include "base/ctx.h"

struct rolie_entry {
	str id, title, summary;       /* tracking id; summary may be none */
	str url;                      /* of the JSON document */
	bool sha256, sha512;          /* hash files lie beside it, */
	bool signature;               /* and URL.asc */
	time_us published, updated;   /* initial and current release date */
};

struct rolie_feed {
	str id, title, url;
	str service_url;              /* of the service document; none: not linked */
	const struct rolie_entry *entries;
	size_t n;
	time_us updated;              /* TIME_NONE: that of the newest entry */
	bool v21;                     /* of documents of CSAF 2.1 */
};

/* meets CSAF-2.0 7.1.15; CSAF-2.1 7.1.15: the entries come sorted, newest first. */
bool rolie_feed_print(struct ctx *c, const struct rolie_feed *f, struct buf *out) MUST_CHECK;
/* meets CSAF-2.0 7.1.16 */
void rolie_service_print(struct buf *out, str title, const struct rolie_feed *feeds, size_t n);
/* meets CSAF-2.0 7.1.17: the terms by which entries can be grouped. */
void rolie_category_print(struct buf *out, const str *terms, size_t n);

#endif
