#ifndef DISCLOSURE_LISTING_H
#define DISCLOSURE_LISTING_H

/*
 * The listings of the provider's folders (CSAF 2.0 7.1.14): what lies in white/ and
 * in each year below, for people and programs that go by hand.
 */

#include "platform/op/op.h"

struct listing_line { str name, href; time_us changed; };
struct listing_page { str path; LIST(struct listing_line) lines; };

/* Views: GET /.well-known/csaf/white/ and GET /.well-known/csaf/white/:year/ */
bool listing_root(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool listing_year(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void listing_show(struct page *w, const void *model);
extern const struct arg listing_year_args[];

#endif
