#ifndef STANDARDS_CVE_CVE_H
#define STANDARDS_CVE_CVE_H

/*
 * CVE: the CVE Record Format 5.0 to 5.2 (CVEProject/cve-schema): reading,
 * checking, the status of a version, and what differs between two records.
 * Printing without loss is json_print of the tree.
 */

#include "base/ctx.h"
#include "base/instant.h"
#include "standards/finding/finding.h"

enum cve_form {
	CVE_NONE,              /* nothing of this format */
	CVE_RECORD,            /* a whole record */
	CVE_CNA, CVE_CNA_REJECTED, CVE_ADP,   /* a container alone, or as the body of a request to CVE Services */
};

struct cve {
	enum cve_form form;
	const struct json *root, *cna, *adp;   /* adp: array or NULL; cna the container itself */
	str  cna_at;           /* JSON pointer of it */
	str  id;               /* "CVE-2026-0001", none if unknown */
	str  version;          /* dataVersion, none if unknown */
	bool rejected;
	bool body;             /* {"cnaContainer": …}: providerMetadata is the server's */
};

/* "CVE-2026-12345"; number of 4 to 19 digits. */
bool cve_id_check(str id);
/* Limits: 16 MiB, depth 60, strings of 4 MiB. */
extern const struct json_limits cve_limits;
/* Find the parts in a document that was parsed. */
void cve_read(const struct json *root, struct cve *out);

/*
 * Check a record or container.  Errors: "parse", "schema", "cve.service" (what
 * CVE Services refuses beyond the schema; dates against c->now).  Warnings and
 * notes: "cna.CLAUSE", the rules of CVE Numbering Authorities in data/rules.txt
 * (MUST is a warning, SHOULD a note), and "cve.…", what is well formed but
 * wrong or useless.  Faults: E_LIMIT.
 */
bool cve_check(struct ctx *c, str bytes, struct findings *f) MUST_CHECK;
/* Edition of the rules, "4.1.0". */
str  cve_rules_edition(void);

enum cve_status { CVE_UNKNOWN, CVE_AFFECTED, CVE_UNAFFECTED };
/*
 * Status of a version of one item of `affected` (the algorithm that the schema
 * describes): the first entry that holds it, else defaultStatus.  *sure is
 * false when a range was skipped because versions of its type cannot be
 * compared (no or custom versionType).
 */
enum cve_status cve_version_status(const struct json *product, str version, bool *sure);
const char *cve_status_name(enum cve_status s);     /* as in the format: "affected" */

/* What two records say differently. */
enum cve_change_kind { CVE_ADDED, CVE_REMOVED, CVE_CHANGED };
struct cve_change {
	enum cve_change_kind kind;
	str pointer;                       /* in the second record; of a removed value in the first */
	const struct json *before, *after; /* NULL where there is none */
};
struct cve_changes { struct cve_change *v; size_t n, cap, max; };
/*
 * By meaning: the order of members, of lists that are sets (all but timeline,
 * versions and changes) and the way numbers are written do not count; items of
 * lists are recognised by what names them (url, lang, product …).
 * Faults: E_LIMIT beyond 10,000 changes.
 */
bool cve_diff(struct ctx *c, const struct json *before, const struct json *after,
              struct cve_changes *out) MUST_CHECK;

#endif
