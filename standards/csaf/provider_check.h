#ifndef STANDARDS_CSAF_PROVIDER_CHECK_H
#define STANDARDS_CSAF_PROVIDER_CHECK_H

/*
 * CSAF: judging a provider, requirement by requirement (CSAF 2.0 section 7.1,
 * requirements 1 to 23; 2.1 adds 24 and 25), and the roles of section 7.2 that
 * it fills.  Pure: what lies at an address, signatures and digests come from
 * the caller.  What was not tested is told as not tested, never as met.
 */

#include "base/buf.h"
#include "base/ctx.h"
#include "base/instant.h"
#include "base/list.h"

enum provider_requirement {
	REQ_DOCUMENT = 1, REQ_FILENAME, REQ_TLS, REQ_OPEN, REQ_CLOSED, REQ_REDIRECT, REQ_METADATA, REQ_SECURITYTXT,
	REQ_WELLKNOWN, REQ_DNS, REQ_YEAR, REQ_INDEX, REQ_CHANGES, REQ_LISTING, REQ_FEED, REQ_SERVICE, REQ_CATEGORY,
	REQ_HASH, REQ_SIGNATURE, REQ_KEY, REQ_PARTIES, REQ_DISJOINT, REQ_MIRROR, REQ_AGENT, REQ_ORIGIN, REQ_COUNT
};
/* "One folder for each year": a message id; NULL for a number without requirement. */
const char *provider_requirement_title(int requirement);

enum provider_verdict {
	PROVIDER_UNTESTED,
	PROVIDER_ABSENT,       /* there is no such thing here: an alternative or an option that is not used */
	PROVIDER_MET,
	PROVIDER_REMARKS,      /* met, with something to say */
	PROVIDER_FAILED,
};
/* "not tested", "not there", "met", "met with remarks", "not met": message ids. */
const char *provider_verdict_name(enum provider_verdict v);

enum provider_grade { PROVIDER_ERROR, PROVIDER_WARNING, PROVIDER_INFO };

struct provider_note {
	int  requirement;
	enum provider_grade grade;
	const char *text;      /* message id with {1} {2} {3} */
	str  arg[3];
};

enum provider_role { ROLE_PUBLISHER, ROLE_PROVIDER, ROLE_TRUSTED, ROLE_LISTER, ROLE_AGGREGATOR, ROLE_KINDS };
const char *provider_role_name(enum provider_role r);   /* "csaf_publisher" */

struct provider_standing {
	enum provider_verdict verdict;   /* MET, FAILED or UNTESTED */
	uint32_t failed, untested;       /* bits: the requirements that stand in the way */
};

struct provider_report {
	str    url;                      /* of the metadata; none: there is none */
	str    version;                  /* "2.0", "2.1" */
	str    role;                     /* as the metadata says */
	bool   aggregator;               /* an aggregator.json was judged, not a provider */
	enum provider_verdict v[REQ_COUNT];
	uint32_t tried[REQ_COUNT];       /* things looked at */
	uint32_t errors[REQ_COUNT], warnings[REQ_COUNT];
	struct { struct provider_note *v; size_t n, cap, max; } notes;   /* at most 20 alike; all are counted */
	struct provider_standing standing[ROLE_KINDS];
	size_t documents, tested;        /* known, and looked at */
};

/* What is at an address. */
struct provider_reply {
	int  status;           /* as HTTP has it; 0: no answer, and why */
	str  body, type;
	str  origin;           /* Access-Control-Allow-Origin */
	str  url;              /* after redirects */
	int  redirects;
	bool plain;            /* a step of the way had no TLS */
	str  why;
};

struct provider_seal {     /* a signature that was looked at */
	bool good, known;      /* known: made by one of the keys */
	time_us expires;       /* of the signature or its key, the earlier; TIME_NONE: never */
	str  why;              /* not good */
};

enum provider_ask {
	ASK_USUAL,
	ASK_STRANGER,          /* as another client: other User-Agent */
	ASK_PLAIN,             /* over http, without following */
};

struct provider_means {
	void *with;
	bool  network;         /* false: files of a folder: nothing of transport, redirects, headers and DNS can be seen */
	/* False only for want of memory. At most max bytes. */
	bool (*get)(struct ctx *c, void *with, str url, enum provider_ask how, size_t max, struct provider_reply *out);
	/* Every file below a folder's address, by address; NULL: only its listing tells. */
	bool (*list)(struct ctx *c, void *with, str url, bool (*take)(void *to, str url), void *to);
	/* Hexadecimal digest; bits 256 or 512. */
	str  (*digest)(struct ctx *c, void *with, int bits, str bytes);
	/* Take a public key; *fingerprints: of the key and its parts, blanks between; "" when it is none. NULL: none are checked. */
	bool (*key)(struct ctx *c, void *with, str bytes, str *fingerprints);
	bool (*verify)(struct ctx *c, void *with, str bytes, str signature, struct provider_seal *out);
	void (*progress)(void *with, size_t done, size_t all);
};

struct provider_task {
	str  url;              /* of the metadata; or the domain, "https://example.com/": then 8 to 10 are tested; or of an aggregator.json */
	const str *folders;    /* to be judged where there is no metadata: folders end in /, the others are feeds */
	size_t folders_n;
	size_t documents_max;  /* look into the newest only; 0: all */
	time_us now;
};

/* Is this one of what was judged: 21 to 23 and the last two roles, of which it names one, of an aggregator alone? */
bool provider_asks(const struct provider_report *r, int requirement);
bool provider_may_be(const struct provider_report *r, enum provider_role role);
/* True when it ran, whatever it found. Faults: E_LIMIT. */
bool provider_check(struct ctx *c, const struct provider_task *task, const struct provider_means *means,
                    struct provider_report *out) MUST_CHECK;
/* One line: {"url","csaf_version","role","documents","tested","requirements":[…],"roles":[…]}. */
void provider_report_print(struct buf *b, str target, const struct provider_report *r);

#endif
