#ifndef SERVICES_FIND_H
#define SERVICES_FIND_H

/*
 * The search over all that one may see (record/search.h): each thing once,
 * the newest first, with the words around what was sought.
 */

#include "platform/op/op.h"
#include "platform/text/spot.h"

struct find_hit {
	str     kind, object, casefile;
	str     number, name, title;     /* title: both */
	str     href, body;              /* body: the excerpt as one text */
	time_us at;
	str     word;                    /* its kind, translated */
	struct spot_parts excerpt, number_parts, name_parts;   /* with the words marked */
};

struct find_kind { str value, label; bool on; };

struct find_page {
	str  query, kind;
	bool cut;                        /* there may be more */
	LIST(struct find_kind) kinds;
	LIST(struct find_hit) hits;
};

extern const struct arg find_args[];
bool find_rows(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void find_show(struct page *w, const void *model);

#endif
