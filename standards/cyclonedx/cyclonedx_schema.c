#include "standards/cyclonedx/cyclonedx_schema.h"

#include "standards/finding/embed.h"

EMBED(cyclonedx_12, "standards/cyclonedx/data/bom-1.2.json");
EMBED(cyclonedx_13, "standards/cyclonedx/data/bom-1.3.json");
EMBED(cyclonedx_14, "standards/cyclonedx/data/bom-1.4.json");
EMBED(cyclonedx_15, "standards/cyclonedx/data/bom-1.5.json");
EMBED(cyclonedx_16, "standards/cyclonedx/data/bom-1.6.json");
EMBED(cyclonedx_17, "standards/cyclonedx/data/bom-1.7.json");
EMBED(cyclonedx_license, "standards/cyclonedx/data/spdx.json");
EMBED(cyclonedx_signature, "standards/cyclonedx/data/jsf-0.82.json");
EMBED(cyclonedx_cryptography, "standards/cyclonedx/data/cryptography-defs.json");

#define SOURCE(bom) { .text = { EMBEDDED(bom), EMBEDDED(cyclonedx_license), EMBEDDED(cyclonedx_signature), \
	EMBEDDED(cyclonedx_cryptography) } }

static struct { const char *version; struct schema_source source; } versions[] = {
	{ "1.2", SOURCE(cyclonedx_12) }, { "1.3", SOURCE(cyclonedx_13) }, { "1.4", SOURCE(cyclonedx_14) },
	{ "1.5", SOURCE(cyclonedx_15) }, { "1.6", SOURCE(cyclonedx_16) }, { "1.7", SOURCE(cyclonedx_17) },
};

const struct schema *cyclonedx_schema(str version)
{
	for (size_t i = 0; i < sizeof(versions) / sizeof(*versions); i++)
		if (str_eq(version, str_of(versions[i].version)))
			return schema_shared(&versions[i].source);
	return NULL;
}
