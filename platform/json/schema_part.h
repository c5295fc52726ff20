#ifndef PLATFORM_JSON_SCHEMA_PART_H
#define PLATFORM_JSON_SCHEMA_PART_H

/* A compiled schema: one node for each subschema in use. */

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "platform/json/schema.h"

struct node;

/* One schema document or embedded resource with its own $id. */
struct resource {
	struct resource   *next;
	str                uri;        /* without fragment */
	const struct json *root;
	int                draft;      /* 4, 6, 7, 2019, 2020 */
	struct anchor     *anchors;
};

struct anchor {
	struct anchor     *next;
	str                name;
	const struct json *at;
	bool               dynamic;
};

struct property { str key; struct node *node; };
struct pattern  { pcre2_code *code; str text; struct node *node; };
struct depend   { str key; str *required; size_t n; struct node *node; };
struct nodes    { struct node **v; size_t n; };

enum { COUNT_NONE = -1 };

struct node {
	const struct json *schema;
	struct resource   *resource;
	bool     never;              /* the schema `false` */
	uint32_t types;              /* bit of enum json_kind, TYPE_INTEGER; 0: any */
	const struct json *one_of_values, *value;    /* enum, const */
	str      multiple, max, over, min, under;    /* none when absent */
	int64_t  max_length, min_length, max_items, min_items, max_members, min_members;
	struct pattern *pattern;
	str      format;
	struct nodes    prefix;
	struct node    *items, *contains;
	int64_t  min_contains, max_contains;
	bool     unique;
	struct property *property;   /* sorted by length, then bytes */
	size_t   properties;
	struct pattern *key_pattern;
	size_t   key_patterns;
	struct node    *additional, *names;
	str     *required;
	size_t   requireds;
	struct depend *depend;
	size_t   depends;
	struct nodes    all, any, one;
	struct node    *not_, *if_, *then_, *else_, *ref;
	str      dynamic;            /* $dynamicRef to a $dynamicAnchor of this name */
	struct node    *loose_members, *loose_items;   /* unevaluated… */
};

enum { TYPE_INTEGER = 1 << 8 };

struct schema {
	struct arena      *arena;
	pcre2_general_context *memory;
	struct resource   *resources;
	struct slot_node  *slot;     /* node and resource by address of the subschema */
	size_t             slots, used;
	struct node       *root;
	bool               strict;      /* unlisted properties are refused */
};

struct slot_node { const struct json *key; struct resource *resource; struct node *node; };

/* The compiled node of the dynamic anchor in that resource, or NULL. */
struct node *schema_dynamic(const struct schema *s, const struct resource *r, str name);

#endif
