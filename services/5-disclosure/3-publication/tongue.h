#ifndef DISCLOSURE_TONGUE_H
#define DISCLOSURE_TONGUE_H

/*
 * In which language an advisory is written: the documents in it are the originals,
 * those in the other one translations (docs/adr/0012).  The house has one that it
 * writes in, a person chooses another one for an advisory until it is out: then its
 * tracking ids and addresses stay.
 */

#include "platform/op/op.h"

extern const struct choice tongue_choices[];

/* "en", "ja": that of the house. */
bool tongue_usual(struct ctx *c, str *code) MUST_CHECK;
bool tongue_ahead(struct ctx *c) MUST_CHECK;   /* it will be asked for (db_ahead) */
bool run_original(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg original_args[];

#endif
