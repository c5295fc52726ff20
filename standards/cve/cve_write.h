#ifndef STANDARDS_CVE_CVE_WRITE_H
#define STANDARDS_CVE_CVE_WRITE_H

/*
 * Writing the container of a CVE Numbering Authority: the body of a request to
 * CVE Services, made of what a vendor knows of its own versions.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/instant.h"
#include "standards/cve/cve.h"

/* One product: its versions from the oldest to the newest, each with its status. */
struct cve_cell { str version; enum cve_status status; };
struct cve_product { str vendor, name; const struct cve_cell *v; size_t n; str cpe, purl; /* without a version, or none */ };

struct cve_words { const char *lang; str value; };
struct cve_link { str url, name; const char *tag; };   /* tag: of the format, or NULL */

struct cve_draft {
	str title;
	time_us public_at;                       /* TIME_NONE: not said */
	struct { const struct cve_words *v; size_t n; } descriptions, solutions, workarounds, credits;
	struct { const struct cve_product *v; size_t n; } products;
	struct { const struct cve_link *v; size_t n; } links;
	struct { const str *v; size_t n; } vectors;   /* CVSS */
	str cwe, cwe_name;                       /* "CWE-79"; none */
	str advisory;                            /* its number, none */
};

/*
 * {"cnaContainer":{…}}.  Versions that follow each other become a range where their
 * order is that of Semantic Versioning, up to the version that is not affected any
 * more or else to the last one known to be affected; nothing is said of others.
 * Texts are cut at the limits of the format.  Faults: E_LIMIT, E_INVALID a vector.
 */
bool cve_write(struct ctx *c, const struct cve_draft *d, struct buf *b) MUST_CHECK;

#endif
