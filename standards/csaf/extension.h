#ifndef STANDARDS_CSAF_EXTENSION_H
#define STANDARDS_CSAF_EXTENSION_H

/*
 * Extensions of CSAF 2.1 (section 2.4) that are known here: those of the TC
 * for documentation (data/v2.1/extension).  None is registered or official yet.
 */

#include "base/ctx.h"
#include "platform/json/json.h"

struct extension;
struct schema;

/* By the value of its $schema; NULL when it is not known. */
const struct extension *extension_find(str name);
const struct schema    *extension_schema(const struct extension *e);
/* Its metadata, read into the context's arena; NULL when memory is short. */
const struct json      *extension_metadata(struct ctx *c, const struct extension *e);

#endif
