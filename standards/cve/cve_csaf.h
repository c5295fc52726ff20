#ifndef STANDARDS_CVE_CVE_CSAF_H
#define STANDARDS_CVE_CVE_CSAF_H

/*
 * A published CVE record (5.0 to 5.2) as a document of CSAF 2.0 with one
 * vulnerability.  What the container of the CNA says is carried over; what has
 * no place in CSAF, was guessed or is of other containers is told.
 */

#include "standards/csaf/csaf.h"
#include "standards/cve/cve.h"

struct cve_csaf {
	struct findings      notes;    /* pointer: in the record; test: the part of the record */
	struct csaf_findings judged;   /* the result, by the schema and the mandatory tests of 2.0 */
};

/*
 * author and site: name and namespace of the publisher.  True also when the
 * result is not valid.  Faults: E_SYNTAX, E_LIMIT, E_INVALID when it is no whole
 * record or a rejected one, or at "author" and "site".
 */
bool cve_csaf_convert(struct ctx *c, str bytes, str author, str site, struct cve_csaf *out, struct buf *b) MUST_CHECK;

#endif
