/*
 * The JSON schemas of CSAF 2.0 and CVSS, as their authors publish them in
 * data/ (terms in NOTICE), compiled once for the process.
 */
#include "standards/csaf/csaf_review.h"

#include <pthread.h>
#include <stdlib.h>

#include "platform/json/schema.h"

#define EMBED(name, file) \
	__asm__(".section .rodata\n" #name ":\n" \
	        ".incbin \"standards/csaf/data/" file "\"\n" #name "_end:\n.byte 0\n.previous\n"); \
	extern const char name[] __attribute__((visibility("hidden"))); \
	extern const char name##_end[] __attribute__((visibility("hidden")))

EMBED(schema_csaf, "csaf_json_schema.json");
EMBED(schema_provider, "provider_json_schema.json");
EMBED(schema_aggregator, "aggregator_json_schema.json");
EMBED(schema_cvss2, "cvss-v2.0.json");
EMBED(schema_cvss30, "cvss-v3.0.json");
EMBED(schema_cvss31, "cvss-v3.1.json");

#define TEXT(name) (str){ name, (size_t)(name##_end - name) }

static const struct schema *schemas[SCHEMA_COUNT];
static pthread_once_t       once = PTHREAD_ONCE_INIT;

static void compile_one(struct ctx *c, enum csaf_schema which, const str *texts, size_t n)
{
	bool strict = which == SCHEMA_CSAF20_STRICT;

	if (!(strict ? schema_compile_strict : schema_compile)(c, texts, n, &schemas[which]))
		abort();   /* our own files: tests would have told */
}

static void compile_all(void)
{
	static struct arena memory;   /* lives as long as the process */
	struct ctx c;
	str text[] = {
		TEXT(schema_aggregator), TEXT(schema_provider), TEXT(schema_csaf),
		TEXT(schema_cvss2), TEXT(schema_cvss30), TEXT(schema_cvss31),
	};

	arena_init(&memory, 64 << 20);
	ctx_init(&c, &memory);
	compile_one(&c, SCHEMA_AGGREGATOR, text, 6);
	compile_one(&c, SCHEMA_PROVIDER, text + 1, 5);
	compile_one(&c, SCHEMA_CSAF20, text + 2, 4);
	compile_one(&c, SCHEMA_CSAF20_STRICT, text + 2, 4);
	compile_one(&c, SCHEMA_CVSS2, text + 3, 1);
	compile_one(&c, SCHEMA_CVSS30, text + 4, 1);
	compile_one(&c, SCHEMA_CVSS31, text + 5, 1);
}

const struct schema *csaf_schema(enum csaf_schema which)
{
	(void)pthread_once(&once, compile_all);
	return schemas[which];
}
