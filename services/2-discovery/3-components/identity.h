#ifndef COMPONENTS_IDENTITY_H
#define COMPONENTS_IDENTITY_H

/* By what a product of a supplier and a component of ours are taken for the same. */

#include "base/ctx.h"
#include "standards/cpe/cpe.h"
#include "standards/purl/purl.h"

/* "pkg:npm/%40acme/gate": without version, qualifiers and subpath. */
str identity_purl_key(struct ctx *c, const struct purl *p);
/* "vendor:product"; "" when one of them is open. */
str identity_cpe_key(struct ctx *c, const struct cpe *n);
/* A value of a CPE without the marks before marks. */
str identity_cpe_plain(struct ctx *c, str value);
/* Both folded, with "|" between; "" when one is missing. E_LIMIT. */
bool identity_name_key(struct ctx *c, str vendor, str product, str *out) MUST_CHECK;

/* Is our version one of those? */
enum span { SPAN_IN, SPAN_OUT, SPAN_UNSURE };
/*
 * ours: the component's version; release, span: what the notice says, one of them
 * or none; purl_key: for the order of the versions.
 */
enum span identity_span(struct ctx *c, str ours, str release, str range, str purl_key);

#endif
