#ifndef STANDARDS_FINDING_EMBED_H
#define STANDARDS_FINDING_EMBED_H

/*
 * A file of data/ as bytes of the program, between name and name_end:
 *	EMBED(kev_schema, "standards/kev/data/schema.json");
 *	static struct schema_source kev = { .text = { EMBEDDED(kev_schema) } };
 * The Makefile says that the object depends on the folder data/.
 */
#define EMBED(name, path) \
	extern const char name[] __attribute__((visibility("hidden"))); \
	extern const char name##_end[] __attribute__((visibility("hidden"))); \
	__asm__(".section .rodata\n" #name ":\n" \
	        ".incbin \"" path "\"\n" #name "_end:\n.byte 0\n.previous\n")

#define EMBEDDED(name) { name, name##_end }
#define EMBEDDED_STR(name) ((str){ name, (size_t)(name##_end - name) })

#endif
