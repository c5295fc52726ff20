#ifndef DISCLOSURE_MENTION_H
#define DISCLOSURE_MENTION_H

/* What an advisory that is out mentions: CVE IDs and the names of products, to find it by them. */

#include "platform/op/op.h"

/* Of an advisory of the house, by the CSAF document that was published. */
bool mention_keep(struct ctx *c, str number, str csaf, str translation) MUST_CHECK;
/* Of a former one, by what was kept of it when it was imported. */
bool mention_keep_past(struct ctx *c, str number) MUST_CHECK;
/* A few of those that are out and have not been read yet. */
bool mention_catch_up(struct ctx *c) MUST_CHECK;
/* For the list: the ID in capitals (E_INVALID at "cve" unless it is one), "%name%" for LIKE; none for "". */
bool mention_cve(struct ctx *c, str cve, str *out) MUST_CHECK;
bool mention_product(struct ctx *c, str product, str *out) MUST_CHECK;

#endif
