#ifndef STANDARDS_CWE_CWE_VIEW_H
#define STANDARDS_CWE_CWE_VIEW_H

/*
 * The views of CWE: named selections of weaknesses, such as 1003, which databases of published
 * vulnerabilities map to, 699 for software development, the Top 25 of a year.  Those of one
 * release (data/views.txt); views that are a query over all weaknesses are not carried.
 */

#include "base/ctx.h"

enum { CWE_VIEW_RESEARCH = 1000, CWE_VIEW_MAPPING = 1003 };

struct cwe_view { int id; str name, members; };   /* members: for cwe_view_next */

/* The release whose views these are: "4.15". */
str  cwe_view_release(void);
/* From the lowest id on; *from is 0 for the first. */
bool cwe_view_each(size_t *from, struct cwe_view *out) MUST_CHECK;
bool cwe_view_find(int id, struct cwe_view *out) MUST_CHECK;
/* The weaknesses of a view, from the lowest id on; *rest begins as members. */
bool cwe_view_next(str *rest, int *weakness) MUST_CHECK;
bool cwe_view_has(const struct cwe_view *v, int weakness);
/* The nearest more general weaknesses in CWE_VIEW_RESEARCH or CWE_VIEW_MAPPING, for cwe_view_next; empty: none. */
str  cwe_view_parents(int view, int weakness);

#endif
