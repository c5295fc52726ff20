#ifndef STANDARDS_CVSS_CVSS_REPORT_H
#define STANDARDS_CVSS_CVSS_REPORT_H

/* What `psirt cvss VECTOR…|- [--json]` prints; reading and exit are the door's. */

#include "base/buf.h"
#include "base/ctx.h"

/*
 * One line for a vector.  As text in the language of c:
 *	9.1 Critical  CVSS:3.1/…  (base 9.8, temporal 9.1, environmental 9.1)
 * or, when json, one object:
 *	{"vector":"…","version":"3.1","base":9.8,"temporal":9.1,"environmental":9.1,
 *	 "overall":9.1,"severity":"CRITICAL"}
 * with "threat" in place of "temporal" for 4.0.  A vector that is wrong gives
 * the reason ("error" and "column" in JSON), returns false and leaves the
 * fault in c.
 */
bool cvss_report(struct ctx *c, str vector, bool json, struct buf *out) MUST_CHECK;
/*
 * The same for each line of a text; blank lines and lines that begin with #
 * are skipped.  False when any vector was wrong; the last fault is in c.
 */
bool cvss_report_lines(struct ctx *c, str text, bool json, struct buf *out) MUST_CHECK;

#endif
