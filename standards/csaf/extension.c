#include "standards/csaf/extension.h"

#include "platform/json/schema.h"
#include "standards/csaf/csaf_text.h"
#include "standards/finding/embed.h"

#define FOLDER "standards/csaf/data/v2.1/extension/"
EMBED(extension_11, FOLDER "documentation-11-content_1.0.0.json");
EMBED(extension_11_metadata, FOLDER "documentation-11-metadata_1.0.0.json");
EMBED(extension_12, FOLDER "documentation-12-content_1.0.0.json");
EMBED(extension_12_metadata, FOLDER "documentation-12-metadata_1.0.0.json");
EMBED(extension_13, FOLDER "documentation-13-content_1.0.0.json");
EMBED(extension_13_metadata, FOLDER "documentation-13-metadata_1.0.0.json");

struct extension {
	const char *name;
	struct schema_source schema;
	struct { const char *begin, *end; } metadata;
};

#define VALID "https://raw.githubusercontent.com/oasis-tcs/csaf/refs/heads/master/csaf_2.1/extension/data/valid/"

static struct extension extensions[] = {
	{ VALID "documentation-11/documentation-11-content_1.0.0.json", { .text = { EMBEDDED(extension_11) } },
	  EMBEDDED(extension_11_metadata) },
	{ VALID "documentation-12/documentation-12-content_1.0.0.json", { .text = { EMBEDDED(extension_12) } },
	  EMBEDDED(extension_12_metadata) },
	/* refers to the product types of CSAF itself */
	{ VALID "documentation-13/documentation-13-content_1.0.0.json",
	  { .text = { EMBEDDED(extension_13), EMBEDDED(schema_csaf21), EMBEDDED(schema_content),
	              EMBEDDED(schema_metaschema) } }, EMBEDDED(extension_13_metadata) },
};

const struct extension *extension_find(str name)
{
	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++)
		if (str_eq(name, str_of(extensions[i].name)))
			return &extensions[i];
	return NULL;
}

const struct schema *extension_schema(const struct extension *e)
{
	return schema_shared(&extensions[e - extensions].schema);
}

const struct json *extension_metadata(struct ctx *c, const struct extension *e)
{
	str text = { e->metadata.begin, (size_t)(e->metadata.end - e->metadata.begin) };
	const struct json *v;

	return json_parse(c, text, NULL, &v) ? v : NULL;
}
