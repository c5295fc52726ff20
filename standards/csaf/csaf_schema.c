/*
 * The JSON schemas of CSAF 2.0 and 2.1 and CVSS, as their authors publish them in
 * data/ (terms in NOTICE).
 */
#include "standards/csaf/csaf_review.h"

#include "platform/json/schema.h"
#include "standards/csaf/csaf_text.h"

#define EMBED(name, file) \
	__asm__(".section .rodata\n.globl " #name "\n.hidden " #name "\n.globl " #name "_end\n.hidden " #name "_end\n" \
	        #name ":\n" \
	        ".incbin \"standards/csaf/data/" file "\"\n" #name "_end:\n.byte 0\n.previous\n")

EMBED(schema_csaf, "csaf_json_schema.json");
EMBED(schema_provider, "provider_json_schema.json");
EMBED(schema_aggregator, "aggregator_json_schema.json");
EMBED(schema_cvss2, "cvss-v2.0.json");
EMBED(schema_cvss30, "cvss-v3.0.json");
EMBED(schema_cvss31, "cvss-v3.1.json");
EMBED(schema_cvss40, "cvss-v4.0.json");
EMBED(schema_csaf21, "v2.1/csaf.json");
EMBED(schema_provider21, "v2.1/provider.json");
EMBED(schema_aggregator21, "v2.1/aggregator.json");
EMBED(schema_content, "v2.1/extension-content.json");
EMBED(schema_metaschema, "v2.1/extension-metaschema.json");
EMBED(schema_metadata, "v2.1/extension-metadata.json");
EMBED(schema_ssvc, "../../ssvc/data/SelectionList_2_0_0.schema.json");

#define TEXT(name) { name, name##_end }
#define CVSS TEXT(schema_cvss2), TEXT(schema_cvss30), TEXT(schema_cvss31)
#define CSAF21 TEXT(schema_csaf21), TEXT(schema_content), TEXT(schema_metaschema), CVSS, \
               TEXT(schema_cvss40), TEXT(schema_ssvc)

/* The root first, then what it refers to. */
static struct schema_source sources[SCHEMA_COUNT] = {
	[SCHEMA_CSAF20]        = { .text = { TEXT(schema_csaf), CVSS } },
	[SCHEMA_CSAF20_STRICT] = { .text = { TEXT(schema_csaf), CVSS }, .strict = true },
	[SCHEMA_CVSS2]         = { .text = { TEXT(schema_cvss2) } },
	[SCHEMA_CVSS30]        = { .text = { TEXT(schema_cvss30) } },
	[SCHEMA_CVSS31]        = { .text = { TEXT(schema_cvss31) } },
	[SCHEMA_CVSS40]        = { .text = { TEXT(schema_cvss40) } },
	[SCHEMA_CSAF21]        = { .text = { CSAF21 } },
	[SCHEMA_CSAF21_STRICT] = { .text = { CSAF21 }, .strict = true },
	[SCHEMA_CONTENT]       = { .text = { TEXT(schema_content), TEXT(schema_metaschema) } },
	[SCHEMA_METADATA]      = { .text = { TEXT(schema_metadata), TEXT(schema_metaschema) } },
	[SCHEMA_PROVIDER]      = { .text = { TEXT(schema_provider), TEXT(schema_csaf), CVSS } },
	[SCHEMA_PROVIDER21]    = { .text = { TEXT(schema_provider21), TEXT(schema_csaf21), CVSS,
	                                     TEXT(schema_cvss40), TEXT(schema_ssvc), TEXT(schema_content) } },
	[SCHEMA_AGGREGATOR]    = { .text = { TEXT(schema_aggregator), TEXT(schema_provider),
	                                     TEXT(schema_csaf), CVSS } },
	[SCHEMA_AGGREGATOR21]  = { .text = { TEXT(schema_aggregator21), TEXT(schema_provider21), TEXT(schema_csaf21), CVSS,
	                                     TEXT(schema_cvss40), TEXT(schema_ssvc), TEXT(schema_content) } },
};

const struct schema *csaf_schema(enum csaf_schema which)
{
	return schema_shared(&sources[which]);
}
