#ifndef STANDARDS_OPENVEX_OPENVEX_H
#define STANDARDS_OPENVEX_OPENVEX_H

/*
 * OpenVEX 0.2.0 (openvex/spec): checking documents.  0.0.1 is told and judged
 * by its own, older form.  Reading and writing statements: standards/vex.
 */

#include "base/ctx.h"
#include "standards/finding/finding.h"

extern const struct json_limits openvex_limits;

/*
 * Errors: "parse", "schema", "openvex.statement" (what a status demands);
 * warnings: "openvex.conflict" (one product, one vulnerability, one instant,
 * two statuses), "openvex.purl", "openvex.version".  Faults: E_LIMIT.
 */
bool openvex_check(struct ctx *c, str bytes, struct findings *f) MUST_CHECK;
/* Is it meant to be OpenVEX?  By its @context. */
bool openvex_is(const struct json *root);
/* "0.2.0" of "https://openvex.dev/ns/v0.2.0"; none when the context names no version. */
str  openvex_version(const struct json *root);

#endif
