#ifndef STANDARDS_CSAF_PROVIDER_PART_H
#define STANDARDS_CSAF_PROVIDER_PART_H

/* What the parts of provider_check share. */

#include "platform/json/json.h"
#include "standards/csaf/provider_check.h"

enum { URLS_MAX = 2000000, BYTES_SMALL = 1 << 20, BYTES_LIST = 128 << 20, BYTES_DOCUMENT = 150 << 20 };

enum source { BY_INDEX = 1, BY_CHANGES = 2, BY_LISTING = 4, BY_FEED = 8, BY_FILES = 16 };

/* A folder or a feed of the metadata. */
struct place {
	str  url;              /* of a folder: ends in / */
	str  label;            /* TLP; none: not said */
	bool feed;
	bool index, changes, listing, files;   /* what was there */
};

/* Somebody says that there is a document. */
struct mention {
	str      url;
	enum source by;
	uint32_t place;
	time_us  when;         /* TIME_NONE: not said */
	str      hash[2], signature;   /* of a feed's entry: 256, 512 */
};

/* One document, of all that is said of it. */
struct doc {
	str      url, label;
	unsigned by;           /* bits of enum source */
	uint32_t folder, feed; /* places + 1; 0: none */
	time_us  changes_at, feed_at, current;
	str      hash[2], signature;
	bool     read;         /* it was there */
	bool     gone;         /* there is nothing, or no answer */
	bool     refused;      /* 401 or 403 */
	bool     hashed, sealed;
};

struct look {
	struct ctx *c;
	const struct provider_task *task;
	const struct provider_means *means;
	struct provider_report *out;
	bool v21, lasts;                       /* lasts: memory did not end */
	bool absent[REQ_COUNT];
	bool loopback;
	str  host;                             /* "https://example.com", no slash */
	bool keys;                             /* at least one was taken */
	LIST(struct place) places;
	LIST(struct mention) mentions;
	LIST(struct doc) docs;
};

/* Something was looked at. */
void look_tried(struct look *k, int requirement);
void look_note(struct look *k, int requirement, enum provider_grade g, const char *text, str a, str b, str d);
#define NOTE1(k, r, g, text, a)    look_note((k), (r), (g), (text), (a), STR_NONE, STR_NONE)
#define NOTE2(k, r, g, text, a, b) look_note((k), (r), (g), (text), (a), (b), STR_NONE)
/*
 * Ask in c (k->c or a shorter one).  False: no memory.  Transport, redirects and
 * what else an answer tells by the way are noted.
 */
bool look_get(struct look *k, struct ctx *c, str url, size_t max, struct provider_reply *r) MUST_CHECK;
bool look_mention(struct look *k, struct mention m) MUST_CHECK;
/* "200", or why there was no answer. */
str  look_status(struct look *k, const struct provider_reply *r);
/* A reference of a document at `base`, as a URL: absolute, "/path" or a path below it. */
str  look_join(struct look *k, str base, str path);

/* provider_aggregator.c: requirements 21 to 23. */
bool look_is_aggregator(str url);
bool look_aggregator(struct look *k) MUST_CHECK;
/* provider_metadata.c: requirements 7 to 10 and 20; fills the places. */
bool look_metadata(struct look *k) MUST_CHECK;
/* provider_list.c: requirements 12 to 14 of one folder. */
bool look_folder(struct look *k, uint32_t place) MUST_CHECK;
/* provider_feed.c: requirements 15 to 17. */
bool look_feed(struct look *k, uint32_t place) MUST_CHECK;
bool look_service(struct look *k, str url) MUST_CHECK;
bool look_category(struct look *k, str url) MUST_CHECK;
/* provider_document.c: one document: 1, 2, 4, 5, 11, 18, 19 and the dates of 13 and 15. */
bool look_document(struct look *k, struct doc *d) MUST_CHECK;

#endif
