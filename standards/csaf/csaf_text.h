#ifndef STANDARDS_CSAF_CSAF_TEXT_H
#define STANDARDS_CSAF_CSAF_TEXT_H

/* The schema files of data/ and data/v2.1/, taken into the program by csaf_schema.c. */

#define SCHEMA_TEXT(name) \
	extern const char name[] __attribute__((visibility("hidden"))); \
	extern const char name##_end[] __attribute__((visibility("hidden")))

SCHEMA_TEXT(schema_csaf);
SCHEMA_TEXT(schema_provider);
SCHEMA_TEXT(schema_provider21);
SCHEMA_TEXT(schema_aggregator);
SCHEMA_TEXT(schema_aggregator21);
SCHEMA_TEXT(schema_cvss2);
SCHEMA_TEXT(schema_cvss30);
SCHEMA_TEXT(schema_cvss31);
SCHEMA_TEXT(schema_cvss40);
SCHEMA_TEXT(schema_csaf21);
SCHEMA_TEXT(schema_content);
SCHEMA_TEXT(schema_metaschema);
SCHEMA_TEXT(schema_metadata);
SCHEMA_TEXT(schema_ssvc);

#endif
