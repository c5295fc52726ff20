#ifndef STANDARDS_VEX_VEX_CVE_H
#define STANDARDS_VEX_VEX_CVE_H

/*
 * A CNA container (the body of a request to CVE Services) made of what a CSAF
 * document says of one CVE, for standards/cve.
 */

#include "standards/vex/vex_source.h"

/* Who owns a whole record: id (UUID) and short name of the organisation; name may be none. */
struct vex_cve_owner { str org, name; };

/*
 * Print {"cnaContainer": …} for the vulnerability of that CVE number.  v gets
 * the products and, as losses, what is not carried over.  The result is to be
 * judged by cve_check: a document may say less than a record needs.
 * Faults: E_SYNTAX, E_LIMIT, E_INVALID (no CSAF), E_NOTFOUND at "cve".
 */
bool vex_cve_print(struct ctx *c, str bytes, str cve, struct vex *v, struct buf *b) MUST_CHECK;

/*
 * The vulnerability at that place, with an owner as a whole published record (5.2).
 * Faults besides: E_INVALID at "cve", it has no CVE number.
 */
bool vex_cve_record(struct ctx *c, struct vex_source *from, size_t i, const struct vex_cve_owner *owner, struct vex *v,
                    struct buf *b) MUST_CHECK;

#endif
