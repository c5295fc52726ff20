#ifndef STANDARDS_BCP47_LANGUAGE_H
#define STANDARDS_BCP47_LANGUAGE_H

/*
 * Language tags: RFC 5646 (BCP 47) with the subtags of IANA's registry, whose
 * date language_registry() tells.
 */

#include "base/str.h"

/* Date of the registry in use, "2026-08-08". */
str  language_registry(void);
/* Well-formed and every subtag registered (or reserved for private use, or x-…). */
bool language_check(str tag);
/* Contains a subtag that is reserved for private use ("qtx", "en-Qabc", "en-AA", "x-…"). */
bool language_private(str tag);
/* "i-default" in any case. */
bool language_default(str tag);
/* The primary subtag, "en" of "en-US". */
str  language_primary(str tag);

#endif
