#ifndef STANDARDS_CPE_CPE_H
#define STANDARDS_CPE_CPE_H

/*
 * CPE: Common Platform Enumeration names, 2.3 as formatted string (NIST IR
 * 7695, 6.2) and 2.2 as URI, and how two names compare (NIST IR 7696).
 */

#include "base/ctx.h"

enum cpe_attribute {
	CPE_PART, CPE_VENDOR, CPE_PRODUCT, CPE_VERSION, CPE_UPDATE, CPE_EDITION, CPE_LANGUAGE, CPE_SW_EDITION,
	CPE_TARGET_SW, CPE_TARGET_HW, CPE_OTHER, CPE_ATTRIBUTES,
};

/* In the form of 2.3, in small letters: "*" any, "-" none, else a value with "\" before marks, "?" and "*" open. */
struct cpe { str value[CPE_ATTRIBUTES]; bool uri; };

enum { CPE_BYTES_MAX = 2048 };

/* Either form. Faults: E_SYNTAX with column, E_LIMIT. */
bool cpe_parse(struct ctx *c, str text, struct cpe *out) MUST_CHECK;
/* "cpe:2.3:…" */
str  cpe_print(struct arena *a, const struct cpe *n);

/*
 * The 2.3 name of this version of what `n` names, the version as it is printed on a product; one that a
 * CPE name cannot hold (not ASCII, controls, a hyphen alone) leaves "*", any version.
 */
str  cpe_at(struct arena *a, const struct cpe *n, str version);

/* What the source's set is to the target's. */
enum cpe_relation { CPE_DISJOINT, CPE_EQUAL, CPE_SUBSET, CPE_SUPERSET, CPE_UNDEFINED };
/* One attribute (NIST IR 7696, table 6-2). */
enum cpe_relation cpe_attribute_compare(str source, str target);
/* Two names (table 6-4): undefined also when attributes point both ways. */
enum cpe_relation cpe_compare(const struct cpe *source, const struct cpe *target);

#endif
