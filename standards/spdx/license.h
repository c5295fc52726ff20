#ifndef STANDARDS_SPDX_LICENSE_H
#define STANDARDS_SPDX_LICENSE_H

/*
 * License expressions: SPDX 3.0.1 annex B, without the DocumentRef part, which
 * CSAF 2.1 forbids; and what the SPDX license list and AboutCode's ScanCode
 * LicenseDB say of an identifier.
 */

#include "base/list.h"

enum license_state { LICENSE_UNKNOWN, LICENSE_LISTED, LICENSE_DEPRECATED };

struct license_id {
	str  id;          /* as written, without "+" */
	bool exception;   /* after WITH */
};
struct license_ids { struct license_id *v; size_t n, cap, max; };

enum { LICENSE_DEPTH_MAX = 50, LICENSE_IDS_MAX = 1000 };

/* Is it an expression?  Its identifiers go to out (may be NULL), in order. */
bool license_parse(struct arena *a, str text, struct license_ids *out) MUST_CHECK;
/* The identifier in the SPDX list, or after "LicenseRef-scancode-" in ScanCode's. */
enum license_state license_find(const struct license_id *id);
/* Is it a LicenseRef- or AdditionRef- of neither list's making? */
bool license_foreign(const struct license_id *id);
/* Where the lists come from. */
str  license_source(void);

#endif
