#ifndef STANDARDS_VERS_VERS_H
#define STANDARDS_VERS_VERS_H

/*
 * vers: the Version Range Specifier of Package-URL (TC54 draft, clause 5):
 * "vers:npm/>=1.0.0|<2.0.0".  Reading, canonical form, the rules of validity
 * and containment.  CSAF 2.1 (6.1.50, 6.2.49 to 6.2.51), CycloneDX and CVE use it.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "standards/vers/order.h"

enum vers_op { VERS_EQ, VERS_NE, VERS_LT, VERS_LE, VERS_GT, VERS_GE, VERS_ANY };

struct vers_constraint {
	enum vers_op op;
	uint32_t at;                 /* vers_sort: where it stood */
	str version;                 /* decoded; empty for VERS_ANY */
};

struct vers {
	str type;
	const struct order *order;   /* NULL: the order of this type is not known here */
	struct vers_constraint *v;
	size_t n;
};

enum { VERS_BYTES_MAX = 65536, VERS_CONSTRAINTS_MAX = 4096 };

/* data/types.txt: the types of the specification. */
enum vers_kind { VERS_UNKNOWN, VERS_GENERAL, VERS_PACKAGE, VERS_RESERVED };
enum vers_kind vers_type_kind(str type);
/* How versions of the type compare; NULL when it is not known here. */
const struct order *vers_type_order(str type);
str  vers_types_date(void);      /* of the copy: "2026-08-21" */

/*
 * Read a vers as it is written: the grammar and percent-encoding of 5.3, no
 * white space, no empty constraint, the forms of `all`, `none`, `datetime` and
 * `invalid`.  Order is not judged.  Faults: E_SYNTAX with column, E_LIMIT.
 */
bool vers_read(struct ctx *c, str text, struct vers *out) MUST_CHECK;
/*
 * The same and the rules of 5.4: sorted (where the order is known), versions
 * unique, comparators in a possible sequence.  Faults: those, and E_INVALID.
 */
bool vers_parse(struct ctx *c, str text, struct vers *out) MUST_CHECK;
/* The rules of 5.4 for a vers that was read. Faults: E_INVALID. */
bool vers_check(struct ctx *c, const struct vers *v) MUST_CHECK;
/* Room for the constraints that the text can have, as many as are allowed at most: ranges come by the ten thousand. */
bool vers_room(struct arena *a, str text, struct vers_constraint **v, size_t *n) MUST_CHECK;
/* Into version order, where it is known; equal versions keep their order. */
void vers_sort(struct vers *v);
/* Canonical text. */
str  vers_print(struct arena *a, const struct vers *v);
/* One version as it stands in a constraint, percent-encoded (5.3.3.2), and what it says. Faults: E_SYNTAX with column. */
void vers_version_print(struct buf *b, str version);
bool vers_version_read(struct ctx *c, str text, str *out) MUST_CHECK;
const char *vers_op_text(enum vers_op op);   /* "", "!=", "<", … */
/*
 * Is the version in the range?  Faults: E_INVALID when the order of the type
 * is not known, or a version is not of its form.
 */
bool vers_contains(struct ctx *c, const struct vers *v, str version, bool *in) MUST_CHECK;

#endif
