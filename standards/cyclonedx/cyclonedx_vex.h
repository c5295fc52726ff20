#ifndef STANDARDS_CYCLONEDX_CYCLONEDX_VEX_H
#define STANDARDS_CYCLONEDX_CYCLONEDX_VEX_H

/*
 * CycloneDX VEX: the vulnerabilities of a CycloneDX document 1.4 to 1.7 in
 * JSON (ECMA-424).  What is judged is the document's head and its
 * vulnerabilities, by tables of members and words; components are looked at
 * for their references only.  Reading and writing statements: standards/vex.
 */

#include "base/ctx.h"
#include "standards/finding/finding.h"

extern const struct json_limits cyclonedx_limits;

/* Is it meant to be CycloneDX?  By bomFormat. */
bool cyclonedx_is(const struct json *root);
/*
 * Errors: "parse", "cyclonedx.form" (members, types, words, dates),
 * "cyclonedx.ref" (a bom-ref that occurs twice); warnings and notes:
 * "cyclonedx.affects" (a reference to nothing in the document),
 * "cyclonedx.vers", "cyclonedx.analysis", "cyclonedx.rating".  Faults: E_LIMIT.
 */
bool cyclonedx_vex_check(struct ctx *c, str bytes, struct findings *f) MUST_CHECK;

#endif
