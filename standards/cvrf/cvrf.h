#ifndef STANDARDS_CVRF_CVRF_H
#define STANDARDS_CVRF_CVRF_H

/*
 * CVRF: documents of the Common Vulnerability Reporting Framework 1.2 (OASIS
 * Committee Specification 01 of 2017; 1.1 differs in its namespaces alone)
 * as documents of CSAF 2.0, by the rules of the CVRF CSAF converter (CSAF
 * 2.0, 9.1.5).  What is changed, guessed or dropped is told with its place.
 */

#include "base/buf.h"
#include "standards/csaf/csaf.h"
#include "standards/finding/finding.h"

struct cvrf_options {
	str author, site;       /* name and namespace of the publisher: the standard forbids to guess them */
	str cvss_version;       /* of a CVSS 3 vector that tells none, nor does its namespace: "3.0" when none */
};

struct cvrf_converted {
	struct findings      notes;    /* pointer: a path as of xml_path; test: the part the rule is about */
	struct csaf_findings judged;   /* the result, by the schema and the mandatory tests */
};

/* Is it XML at all (and so none of the JSON formats)? */
bool cvrf_sniff(str bytes);
/*
 * Convert.  True also when the result is not valid (out->judged.valid).
 * Faults: those of xml_parse, E_INVALID when it is no CVRF, or at "author" and
 * "site" when they are missing.
 */
bool cvrf_convert(struct ctx *c, str bytes, const struct cvrf_options *how, struct cvrf_converted *out, struct buf *b) MUST_CHECK;

#endif
