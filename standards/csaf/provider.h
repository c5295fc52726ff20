#ifndef STANDARDS_CSAF_PROVIDER_H
#define STANDARDS_CSAF_PROVIDER_H

/*
 * CSAF: the documents around the advisories of a provider (CSAF 2.0 section
 * 7.1): provider-metadata.json, index.txt and changes.csv.  The ROLIE feeds
 * are in standards/rolie.
 */

#include "standards/csaf/csaf_write.h"

struct provider_key  { str fingerprint, url; };
struct provider_feed { str summary, url; const char *tlp; };   /* UNLABELED WHITE GREEN AMBER RED */

struct provider {
	str canonical_url;           /* https://…/provider-metadata.json */
	time_us last_updated;
	bool list, mirror;           /* aggregators may list and mirror */
	const char *role;            /* csaf_publisher csaf_provider csaf_trusted_provider */
	struct csaf_publisher publisher;
	str directory_url;           /* directory based distribution; none: not */
	struct { const struct provider_feed *v; size_t n; } feeds;
	str service_url;             /* of the ROLIE service document; none: there is none */
	struct { const struct provider_key *v; size_t n; } keys;
};

/* meets CSAF-2.0 7.1.7 */
void provider_metadata_print(struct ctx *c, const struct provider *p, struct buf *out);

struct provider_file { str path; time_us changed; };   /* "2026/a.json", its current release date */

/* meets CSAF-2.0 7.1.12: one path a line, sorted. */
bool provider_index_print(struct ctx *c, const struct provider_file *files, size_t n,
                          struct buf *out) MUST_CHECK;
/* meets CSAF-2.0 7.1.13: "path","date", newest first. */
bool provider_changes_print(struct ctx *c, const struct provider_file *files, size_t n,
                            struct buf *out) MUST_CHECK;
/* "HASH  FILE\n", the form of sha256sum: meets CSAF-2.0 7.1.18 */
str  provider_hash_line(struct arena *a, str hex, str file);

#endif
