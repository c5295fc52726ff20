#ifndef STANDARDS_EPSS_EPSS_H
#define STANDARDS_EPSS_EPSS_H

/*
 * EPSS: the daily scores of FIRST's Exploit Prediction Scoring System as CSV:
 *	#model_version:v2023.03.01,score_date:2025-02-20T00:00:00+0000
 *	cve,epss,percentile
 *	CVE-1999-0001,0.00383,0.73075
 * Read row by row out of the text: no memory is taken, however many rows.
 */

#include "base/ctx.h"
#include "base/instant.h"

enum { EPSS_SCALE = 1000000000 };   /* billionths: decimals are exact */

struct epss_row {
	str     cve;                     /* "CVE-1999-0001" */
	str     probability, percentile; /* as written, for CSAF 2.1, where they are strings */
	int64_t probability_n, percentile_n;   /* of EPSS_SCALE */
};

struct epss {
	str     model;      /* "v2023.03.01" */
	time_us date;       /* of the scores */
	str     rest;
	long    line;
};

/* Reads the two head lines. Faults: E_SYNTAX with line (no model, no date, other columns). */
bool epss_open(struct ctx *c, str text, struct epss *out) MUST_CHECK;
/*
 * The next row; *row.cve is none at the end.  Faults: E_SYNTAX with line and
 * column: no CVE id, a number that is not between 0 and 1 or has more than
 * nine decimals, other than three cells.
 */
bool epss_next(struct ctx *c, struct epss *e, struct epss_row *row) MUST_CHECK;

#endif
