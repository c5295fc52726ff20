#ifndef DOORS_OPENAPI_H
#define DOORS_OPENAPI_H

/* The description of the API (OpenAPI 3.1) that `make reference` made, served at /api/v1/openapi.json. */

#include "base/str.h"

/* Put there by the assembler. */
extern const char openapi_at[], openapi_end[];

str openapi_text(void);

#endif
