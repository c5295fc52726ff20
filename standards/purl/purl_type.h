#ifndef STANDARDS_PURL_PURL_TYPE_H
#define STANDARDS_PURL_PURL_TYPE_H

/* The rules of one registered type, from data/types.txt. */

#include "standards/purl/purl.h"

struct purl_type {
	str namespace;       /* "required", "optional", "prohibited" */
	str small;           /* of "nmv": what is in small letters */
	str qualifiers;      /* required, with commas between; "-" */
};

/* False when it is not registered. */
bool purl_type_find(str type, struct purl_type *out) MUST_CHECK;

/* Letters (of both sizes), digits and ".-_", no digit first. */
bool purl_key_check(str key);
/* In small ASCII letters. */
str  purl_small(struct arena *a, str s);

#endif
