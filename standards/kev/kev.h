#ifndef STANDARDS_KEV_KEV_H
#define STANDARDS_KEV_KEV_H

/*
 * KEV: CISA's catalogue of Known Exploited Vulnerabilities (JSON), judged by
 * its own schema (data/schema.json) and by what a reader relies on: the count,
 * one entry a CVE, dates that are dates.
 */

#include "base/ctx.h"
#include "base/instant.h"
#include "standards/finding/finding.h"

enum kev_ransomware { KEV_UNSTATED, KEV_UNKNOWN, KEV_KNOWN };

struct kev_entry {
	str cve, vendor, product, name, description, action, notes;
	str added, due;                      /* "2026-11-24" */
	enum kev_ransomware ransomware;
	const struct json *cwes;             /* an array of "CWE-59", or NULL */
};

struct kev {
	str     version;                     /* "2025.08.25" */
	time_us released;
	struct kev_entry *v;
	size_t  n;
};

/*
 * Read and check a catalogue; the entries point into the text.  out is filled
 * when f->valid.  Faults: E_LIMIT.
 */
bool kev_read(struct ctx *c, str bytes, struct findings *f, struct kev *out) MUST_CHECK;
/* By binary search (the entries are sorted by CVE); NULL when it is not listed. */
const struct kev_entry *kev_find(const struct kev *k, str cve);

#endif
