#ifndef PLATFORM_XML_XML_H
#define PLATFORM_XML_XML_H

/*
 * XML 1.0 with namespaces, read by libxml2 into a tree in the arena.  Strict
 * on purpose: UTF-8 alone, no document type (so no entities but the five of
 * XML, and nothing fetched), limits of bytes, depth, elements and attributes.
 * Comments and processing instructions are passed over.
 */

#include "base/ctx.h"

struct xml_limits {
	size_t   bytes;
	uint32_t depth, elements, attributes;   /* attributes: of one element */
};

/* 16 MiB, depth 100, 500,000 elements, 64 attributes. */
extern const struct xml_limits xml_default;

struct xml_attribute {
	str  ns, name, value;      /* ns: the address of its namespace, none without a prefix */
	bool taken;                /* for whoever reads the tree: what is left was not understood */
};

struct xml {
	str   ns, name, text;      /* name without prefix; text: what stands directly in it */
	long  line, column;
	bool  taken;
	struct xml_attribute *attribute;
	size_t attributes;
	str   *declared;           /* of the root: the namespaces it declares */
	size_t declares;
	struct xml *up, *first, *last, *next;
};

/* Faults: E_SYNTAX with line and column, E_LIMIT, E_INVALID for a document type or another encoding. */
bool xml_parse(struct ctx *c, str text, const struct xml_limits *limits, struct xml **out) MUST_CHECK;

/* The first child of that name, or NULL; x may be NULL. */
struct xml *xml_child(struct xml *x, const char *name);
/* The next element of the same name, or NULL. */
struct xml *xml_again(struct xml *x);
/* The attribute without a namespace, or NULL; x may be NULL. */
struct xml_attribute *xml_attribute(struct xml *x, const char *name);
/* "/cvrfdoc/Vulnerability[2]/CWE[1]": names without prefixes, numbers where the name is there more than once. */
str  xml_path(struct arena *a, const struct xml *x);

#endif
