#ifndef STANDARDS_CYCLONEDX_CYCLONEDX_SCHEMA_H
#define STANDARDS_CYCLONEDX_CYCLONEDX_SCHEMA_H

/* The official JSON schemas (data/; JSON came with version 1.2). */

#include "platform/json/schema.h"

/* Of "1.2" to "1.7"; NULL: no other version is known. */
const struct schema *cyclonedx_schema(str version);

#endif
