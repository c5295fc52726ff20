#ifndef DOORS_API_H
#define DOORS_API_H

/*
 * The REST API under /api/v1: every operation and view by its path, JSON out,
 * RFC 9457 problems, Bearer tokens, Idempotency-Key for operations that must
 * not run twice, If-Match for the version that was read.
 */

#include "platform/http/http.h"

/* path: without "/api/v1". */
bool api_answer(struct ctx *c, const struct request *r, str path, struct response *out) MUST_CHECK;
/* c->fault as application/problem+json. */
void api_fault(struct ctx *c, struct response *out);

#endif
