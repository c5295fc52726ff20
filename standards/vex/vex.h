#ifndef STANDARDS_VEX_VEX_H
#define STANDARDS_VEX_VEX_H

/*
 * VEX: what is said of vulnerabilities in products, in one model read from and
 * printed as OpenVEX 0.2.0, CycloneDX VEX (read 1.4 to 1.7, printed 1.6) and
 * the CSAF VEX profile (read 2.0 and 2.1, printed 2.0).  The minimum
 * requirements of CISA (April 2023) are what all of them can say; what one
 * says and another cannot is listed as a loss, never dropped in silence.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "platform/json/json.h"

enum vex_format { VEX_OPENVEX, VEX_CYCLONEDX, VEX_CSAF, VEX_FORMATS };
enum vex_status { VEX_NOT_AFFECTED, VEX_AFFECTED, VEX_FIXED, VEX_UNDER_INVESTIGATION };

struct vex_product {
	str ref;                          /* as the source names it */
	str vendor, name, version, range; /* range: a vers; each may be none */
	str purl, cpe;
	str part;                         /* package URL or name of the component that is meant, in the product */
};

struct vex_statement {
	size_t product;                   /* number in products */
	str    vulnerability, description;
	enum vex_status status;
	str    justification;             /* word of OpenVEX and CSAF, or none */
	str    impact, action;            /* why not, what to do */
	str    response;                  /* words of CycloneDX, spaces between, or none */
	str    stamp;                     /* RFC 3339, or none */
	uint64_t hash;                    /* of all but the product */
};

/* Something that the target does not say, or only nearly. */
struct vex_loss { str pointer; const char *text; str arg[2]; };

enum { VEX_PRODUCTS_MAX = 200000, VEX_STATEMENTS_MAX = 200000, VEX_LOSSES_MAX = 1000 };

struct vex {
	enum vex_format from;
	str  id, title, author, site, stamp, version;   /* each may be none; site: a URL of the author */
	struct { struct vex_product *v; size_t n, cap, max; } products;
	struct { struct vex_statement *v; size_t n, cap, max; } statements;
	struct { struct vex_loss *v; size_t n, cap, max; } losses;
	size_t lost;                      /* losses found; may exceed losses.n */
};

/*
 * Read a document of any of the formats.  What the model does not hold is in
 * losses, at its pointer.  Faults: E_SYNTAX, E_LIMIT, E_INVALID when it is
 * none of them.
 */
bool vex_read(struct ctx *c, str bytes, struct vex *out) MUST_CHECK;
/*
 * Print it; further losses are added.  CSAF needs v->author and v->site
 * (E_INVALID at "author" and "site").  A missing date is c->now.
 */
bool vex_print(struct ctx *c, struct vex *v, enum vex_format to, struct buf *b) MUST_CHECK;

bool vex_format_parse(str word, enum vex_format *out) MUST_CHECK;   /* "openvex", "cyclonedx", "csaf" */
const char *vex_status_name(enum vex_status s);                     /* as in OpenVEX: "not_affected" */

#endif
