#ifndef STANDARDS_CSAF_CSAF_CONVERT_H
#define STANDARDS_CSAF_CSAF_CONVERT_H

/*
 * CSAF: a document of CSAF 2.0 as one of CSAF 2.1 (conformance clause 18 of
 * 2.1, "CSAF 2.0 to CSAF 2.1 Converter").  What the rules change, guess or
 * drop is told with its place in the original and its value; the rest stays
 * as it was written.  The result is judged by the schema and the mandatory
 * tests of 2.1.
 */

#include "base/buf.h"
#include "standards/csaf/csaf.h"
#include "standards/finding/finding.h"

struct csaf_convert_options {
	time_us now;           /* fixes dated after it are still to come; 0: c->now */
	bool tlp_from_text;    /* a label "TLP v2.0: TLP:…" in the distribution text counts */
	bool latest_cwe;       /* the latest CWE release that has the name, not that of the document's day */
	bool complete;         /* model and serial numbers and SKUs are whole: no star is added */
	bool multiplier;       /* a publisher of the category other is a multiplier */
	bool other;            /* or surely is none: no warning */
	str  license;          /* the caller knows it: no legal disclaimer is asked; none: the rule decides */
	bool withdrawn;        /* the caller knows that it is a withdrawal: no words of the document are asked */
};

struct csaf_converted {
	struct findings      notes;    /* test: the part of the document the rule is about */
	struct csaf_findings judged;   /* the result, schema and mandatory tests */
};

enum { CSAF_CONVERT_NOTES_MAX = 100000 };
/* Which rules these are: another day when they change, so that who kept a result knows that it may be another one now. */
#define CSAF_CONVERT_RULES "2026-11-29"

/*
 * Convert.  True also when the result is not valid (out->judged.valid).
 * Faults: E_SYNTAX and E_LIMIT with line and column, E_INVALID when it is no
 * document of CSAF 2.0 by its schema, with the pointer.
 */
bool csaf_convert(struct ctx *c, str bytes, const struct csaf_convert_options *how,
                  struct csaf_converted *out, struct buf *b) MUST_CHECK;

#endif
