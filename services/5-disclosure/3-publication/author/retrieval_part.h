#ifndef DISCLOSURE_RETRIEVAL_PART_H
#define DISCLOSURE_RETRIEVAL_PART_H

/* What the two halves of retrieval share: the lists of a provider, and one document. */

#include "services/5-disclosure/3-publication/author/stock.h"
#include "platform/op/op.h"
#include "standards/csaf/provider_read.h"

enum { RETRIEVAL_WAIT = 120, RETRIEVAL_HOPS = 5 };

struct errand {
	struct ctx *c;
	const struct reach *reach;
	struct reach_rules  rules;
	struct stock        stock;
	struct provider_found found;
	str     home;                  /* "https://host:port" of the metadata */
	time_us since;                 /* older documents are left; TIME_NONE */
	int64_t document_max;          /* bytes */
	bool    any_host, unsealed;    /* --any-host, --unsigned */
	bool    json;
	bool    sealing;               /* keys were learnt */
	struct buf *out;
	int64_t fresh, changed, same, refused;
	/* of the list that is being worked through: */
	const struct provider_way *way;
	str     way_home;
	int64_t troubles;
};

/* A document that a list names. */
struct wanted { str url, path, hash[2], signature; time_us updated; };

/* GET into memory, at most max bytes. *status 0 with the fault in c. */
bool errand_get(struct ctx *c, const struct errand *e, str url, int64_t max, struct reach_answer *out) MUST_CHECK;
/* "https://host:port" of an address. */
str  errand_home(str url);
/* Told and counted; the fault in c is the reason when text is NULL. */
void errand_refuse(struct ctx *c, struct errand *e, str url, const char *text, str a, str b);
void errand_tell(struct ctx *c, struct errand *e, const char *what, str url, str path);
/*
 * Take one document, if it is new or has changed.  True also when it was refused,
 * which is told; false only when nothing more can be stored (E_IO, E_DISK, E_LIMIT).
 */
bool document_take(struct errand *e, const struct wanted *w) MUST_CHECK;

#endif
