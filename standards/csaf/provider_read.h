#ifndef STANDARDS_CSAF_PROVIDER_READ_H
#define STANDARDS_CSAF_PROVIDER_READ_H

/*
 * CSAF: what the metadata of a provider (CSAF 2.0 and 2.1, 7.1.7) tells to who
 * wants its documents: role, keys, feeds and folders.
 */

#include "base/ctx.h"
#include "base/list.h"

struct provider_way { str url, label; bool feed; };      /* folders end in / */
struct provider_lock { str url, fingerprint; };

struct provider_found {
	str  version, role, canonical_url, publisher;
	bool trusted;                        /* csaf_trusted_provider */
	LIST(struct provider_way)  ways;     /* feeds first: they are to be preferred (7.3.2) */
	LIST(struct provider_lock) keys;
};

/* Faults: E_SYNTAX, E_LIMIT, E_INVALID with the pointer at which the schema is not met. */
bool provider_found_parse(struct ctx *c, str bytes, struct provider_found *out) MUST_CHECK;

/*
 * The place of a document in a folder of our own: at most three words of letters,
 * digits, + - _ and ., none beginning with a dot, the last ending in .json.
 */
bool provider_path_check(str path) MUST_CHECK;
/* Of a document's URL: "2026/x.json" when the folder above is a year, else "x.json"; none: not to be stored. */
str  provider_path_of(struct arena *a, str url);

/* The bytes of a URL or path up to its last slash, with it; 0 when there is none. */
size_t provider_folder(str url);

#endif
