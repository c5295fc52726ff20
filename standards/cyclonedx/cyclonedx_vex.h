#ifndef STANDARDS_CYCLONEDX_CYCLONEDX_VEX_H
#define STANDARDS_CYCLONEDX_CYCLONEDX_VEX_H

/*
 * CycloneDX VEX: the vulnerabilities of a CycloneDX document in JSON (ECMA-424).
 * The document is judged by the official schema of its version, 1.2 to 1.7 (1.4
 * has vulnerabilities), then by what a schema cannot see.  Reading and writing
 * statements: standards/vex.
 */

#include "base/ctx.h"
#include "standards/finding/finding.h"

extern const struct json_limits cyclonedx_limits;

/* Is it meant to be CycloneDX?  By bomFormat. */
bool cyclonedx_is(const struct json *root);
/*
 * Errors: "parse", "schema"; of a document that its schema takes also
 * "cyclonedx.ref" (a bom-ref that occurs twice), and the warnings and notes
 * "cyclonedx.affects" (a reference to nothing in the document),
 * "cyclonedx.vers", "cyclonedx.analysis", "cyclonedx.rating".  Faults: E_LIMIT.
 */
bool cyclonedx_vex_check(struct ctx *c, str bytes, struct findings *f) MUST_CHECK;

#endif
