#ifndef STANDARDS_VEX_VEX_OSV_H
#define STANDARDS_VEX_VEX_OSV_H

/*
 * A record of OSV 1.7 made of what a CSAF document (2.0 or 2.1) says of one
 * vulnerability, for standards/osv.
 */

#include "standards/vex/vex_source.h"

/*
 * Print the record for the vulnerability of that CVE number; none: of the only
 * one there is.  Products without a package URL of an ecosystem that OSV has,
 * and all else that has no place there, are losses in v.  The result is to be
 * judged by osv_check.  The id is the document's when its prefix is a
 * registered one, else "x_" and that.
 * With several vulnerabilities each id ends in the CVE number, another id or the place.
 * Faults: E_SYNTAX, E_LIMIT, E_INVALID (no CSAF, or several vulnerabilities),
 * E_NOTFOUND at "cve".
 */
bool vex_osv_print(struct ctx *c, str bytes, str cve, struct vex *v, struct buf *b) MUST_CHECK;
/* The record of the vulnerability at that place, on one line when there are several. */
bool vex_osv_record(struct ctx *c, struct vex_source *from, size_t i, struct vex *v, struct buf *b) MUST_CHECK;

#endif
