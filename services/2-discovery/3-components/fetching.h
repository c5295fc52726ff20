#ifndef COMPONENTS_FETCHING_H
#define COMPONENTS_FETCHING_H

/*
 * The chore that fetches suppliers' advisories.  A piece of work is one document, or
 * asking one provider what there is: its metadata (7.3.1 of CSAF), then its feeds, or
 * where there is none the folders' changes.csv and index.txt, each only when it changed.
 * What a list names is noted and stays wanted until it was received or has failed
 * FETCH_TRIES times; a failure of the provider is kept with the instant since when.
 * Documents and lists come from the hosts of the provider alone; digest and signature
 * are checked before they are read (fetching_seal.c), and everything is read in the cage.
 */

#include "gen/fetching.sql.h"

#include "services/2-discovery/3-components/notice.h"

enum { FETCH_TRIES = 6 };
#define FETCH_EVERY (4 * HOUR)
#define FETCH_AGAIN (15 * MINUTE)

/* A list of the provider, as it was fetched. */
struct fetching_way { str url, etag, modified; const struct json *entries; bool folder; };
struct fetching_key { str url, fingerprint, bytes; };

struct fetching {
	bool asks;                           /* a provider; else a document */
	/* a provider */
	struct supplier_due_row    s;
	struct supplier_lists_rows lists;    /* as they were */
	LIST(struct fetching_way) ways;
	LIST(struct fetching_key) keys;
	str  home;
	bool trusted;
	/* a document */
	struct item_due_row       item;
	struct supplier_keys_rows known;
	struct notice_paper       paper;
	bool got;
	str  signed_by;
	/* what went wrong; none: nothing */
	bool wrong;
	str  why, with;
};

bool fetching_due(struct ctx *c, void **work) MUST_CHECK;
bool fetching_act(struct ctx *c, void *work, bool *keep) MUST_CHECK;
bool fetching_keep(struct ctx *c, void *work) MUST_CHECK;

/* ---- shared by its files ---- */

enum { FETCHING_SMALL = 1 << 20 };

/* Noted as what went wrong; true, for the work goes on with telling it. */
bool fetching_trouble(struct ctx *c, struct fetching *w, const char *why, str a, str b) MUST_CHECK;
/* The fault of c becomes what went wrong; false: it is one of the machine, and ends the chore. */
bool fetching_trouble_fault(struct ctx *c, struct fetching *w) MUST_CHECK;
bool fetching_get(struct ctx *c, str url, int64_t max, str etag, str modified, struct fetched *out) MUST_CHECK;
/* The keys that the metadata names; one that is not there is of no use and no fault. */
bool fetching_keys(struct ctx *c, struct fetching *w, const struct json *metadata) MUST_CHECK;
/* Digest and signature of the document. */
bool fetching_proved(struct ctx *c, struct fetching *w, str bytes) MUST_CHECK;
/* "https://host:port" of an address. */
str  fetching_home(str url);

#endif
