#ifndef STANDARDS_CSAF_PROVIDER_H
#define STANDARDS_CSAF_PROVIDER_H

/*
 * CSAF: the documents around the advisories of a provider (section 7.1 of CSAF
 * 2.0 and of 2.1): provider-metadata.json, index.txt and changes.csv.  The
 * ROLIE feeds are in standards/rolie.
 */

#include "standards/csaf/csaf_write.h"

struct provider_key  { str fingerprint, url; };
/* tlp: UNLABELED WHITE GREEN AMBER RED, in 2.1 CLEAR GREEN AMBER AMBER+STRICT RED; updated: 2.1 alone */
struct provider_feed { str summary, url; const char *tlp; time_us updated; };

struct provider {
	bool v21;                    /* metadata of CSAF 2.1 */
	str canonical_url;           /* https://…/provider-metadata.json */
	time_us last_updated;
	time_us maintained_from;     /* 2.1 alone; 0: not told */
	bool list, mirror;           /* aggregators may list and mirror */
	const char *role;            /* csaf_publisher csaf_provider csaf_trusted_provider */
	struct csaf_publisher publisher;
	str directory_url;           /* directory based distribution; none: not */
	const char *directory_tlp;   /* 2.1 alone */
	struct { const struct provider_feed *v; size_t n; } feeds;
	str service_url;             /* of the ROLIE service document; none: there is none */
	struct { const struct provider_key *v; size_t n; } keys;
};

/* meets CSAF-2.0 7.1.7; CSAF-2.1 7.1.7 */
void provider_metadata_print(struct ctx *c, const struct provider *p, struct buf *out);

struct provider_file { str path; time_us changed; };   /* "2026/a.json", its current release date */

/* meets CSAF-2.0 7.1.12: one path a line, sorted. */
bool provider_index_print(struct ctx *c, const struct provider_file *files, size_t n,
                          struct buf *out) MUST_CHECK;
/* meets CSAF-2.0 7.1.13: "path","date", newest first; CSAF-2.1 7.1.13: without the quotes. */
bool provider_changes_print(struct ctx *c, const struct provider_file *files, size_t n, bool v21,
                            struct buf *out) MUST_CHECK;
/* "HASH  FILE\n", the form of sha256sum: meets CSAF-2.0 7.1.18 */
str  provider_hash_line(struct arena *a, str hex, str file);

#endif
