#ifndef STANDARDS_PURL_PURL_H
#define STANDARDS_PURL_PURL_H

/*
 * purl: Package-URL (ECMA-427), "pkg:type/namespace/name@version?qualifiers#subpath".
 * Parsing, the rules of each registered type (data/types.txt), canonical text.
 */

#include "base/ctx.h"

struct purl_qualifier { str key, value; };

enum { PURL_BYTES_MAX = 8192, PURL_QUALIFIERS_MAX = 64 };

/* Decoded; a component that is not there is none. Qualifiers are sorted by key. */
struct purl {
	str type, namespace, name, version, subpath;
	struct purl_qualifier qualifier[PURL_QUALIFIERS_MAX];
	size_t qualifiers;
};

/*
 * Faults: E_SYNTAX with column for what is no purl, E_INVALID for what its
 * type forbids (namespace, qualifier, characters), E_LIMIT.
 */
bool purl_parse(struct ctx *c, str text, struct purl *out) MUST_CHECK;
/*
 * Make a purl of components: puts it into the normal form of its type
 * (letters, order, empty parts) and checks it.  Faults: E_INVALID, E_LIMIT.
 */
bool purl_build(struct ctx *c, struct purl *p) MUST_CHECK;
/* Canonical text of a purl that was parsed or built. */
str  purl_print(struct arena *a, const struct purl *p);
/* A qualifier's value, or none. */
str  purl_qualifier(const struct purl *p, str key);
/* Is the type registered? */
bool purl_type_known(str type);
/* The same package: type, namespace and name; version, qualifiers and subpath do not count. */
bool purl_same_package(const struct purl *a, const struct purl *b);

#endif
