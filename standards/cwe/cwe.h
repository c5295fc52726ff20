#ifndef STANDARDS_CWE_CWE_H
#define STANDARDS_CWE_CWE_H

/*
 * CWE: the weaknesses of MITRE's Common Weakness Enumeration in every release
 * (1.0 to 4.20), for CSAF 2.1 tests 6.1.11 and 6.2.23 to 6.2.26, CVE records
 * and pickers.  Its views: standards/cwe/cwe_view.h.
 */

#include "base/ctx.h"
#include "base/list.h"

enum cwe_status { CWE_DRAFT, CWE_INCOMPLETE, CWE_USABLE, CWE_STABLE, CWE_DEPRECATED };

/* May a vulnerability be mapped to it?  Stated since release 4.12. */
enum cwe_mapping {
	CWE_UNSTATED, CWE_ALLOWED, CWE_ALLOWED_WITH_REVIEW, CWE_DISCOURAGED, CWE_PROHIBITED,
};

struct cwe {
	int id;
	str name;                   /* "DEPRECATED: …" when it is that */
	enum cwe_status  status;
	enum cwe_mapping mapping;
};

struct cwe_list { struct cwe *v; size_t n, cap, max; };

/* "CWE-79" → 79; no leading zero, no other form. */
bool cwe_id_parse(str text, int *id) MUST_CHECK;
str  cwe_id_print(struct arena *a, int id);

/* The newest release, "4.20", and its date. */
str  cwe_latest(void);
str  cwe_latest_date(void);
/* Is there such a release?  "4.20" is, "4.2" is another one, "4.20.0" is not. */
bool cwe_release_known(str version);
/* Date of a release as "2026-04-30"; "" for 1.0 (not in the source), none if unknown. */
str  cwe_release_date(str version);
/* The newest release that was out on this day ("2024-01-21"); none before 1.0. */
str  cwe_latest_at(str date);
/*
 * The weakness in a release; version none means the latest.  False when the
 * release is unknown or has no such weakness.
 */
bool cwe_find(str version, int id, struct cwe *out) MUST_CHECK;
/*
 * The newest release, not later than the date ("2026-11-24"; none: any), in
 * which the id has exactly this name; none when there is no such release.
 */
str  cwe_release_with(int id, str name, str date);
/* The oldest release in which the id has exactly this name, or none. */
str  cwe_release_first(int id, str name);
/*
 * For a picker: weaknesses of the latest release, not deprecated, whose number
 * starts with the query ("79", "CWE-7") or that have a word which does
 * (without case), ids first.  At most max; E_LIMIT when memory is short.
 */
bool cwe_search(struct ctx *c, str query, size_t max, struct cwe_list *out) MUST_CHECK;

const char *cwe_status_name(enum cwe_status s);      /* message id: "Draft" */
const char *cwe_mapping_name(enum cwe_mapping m);    /* message id: "Allowed with review" */

#endif
