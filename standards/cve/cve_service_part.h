#ifndef STANDARDS_CVE_CVE_SERVICE_PART_H
#define STANDARDS_CVE_CVE_SERVICE_PART_H

/* What the makers of requests share. */

#include "base/buf.h"
#include "standards/cve/cve_service.h"

/* RFC 3986: all but unreserved characters in percent. */
void cve_put_encoded(struct buf *b, str s);
/* E_INVALID at "org". */
bool cve_org_check(struct ctx *c, str org) MUST_CHECK;

#endif
