#ifndef STANDARDS_VEX_VEX_CVE_H
#define STANDARDS_VEX_VEX_CVE_H

/*
 * A CNA container (the body of a request to CVE Services) made of what a CSAF
 * document says of one CVE, for standards/cve.
 */

#include "standards/vex/vex.h"

/*
 * Print {"cnaContainer": …} for the vulnerability of that CVE number.  v gets
 * the products and, as losses, what is not carried over.  The result is to be
 * judged by cve_check: a document may say less than a record needs.
 * Faults: E_SYNTAX, E_LIMIT, E_INVALID (no CSAF), E_NOTFOUND at "cve".
 */
bool vex_cve_print(struct ctx *c, str bytes, str cve, struct vex *v, struct buf *b) MUST_CHECK;

#endif
