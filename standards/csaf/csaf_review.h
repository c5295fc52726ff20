#ifndef STANDARDS_CSAF_CSAF_REVIEW_H
#define STANDARDS_CSAF_CSAF_REVIEW_H

/*
 * What the tests of one document share: the tree, an index of its products
 * and the list of findings.  A test is one small function in csaf_rule_….c;
 * csaf_registry.c lists them all.
 */

#include "standards/csaf/csaf.h"

/*
 * Names to small numbers, in order of first appearance.  Names are copied, so
 * that those that follow each other lie side by side: most documents name
 * their products in the same order again and again, and a map of some ten
 * thousand stays in the processor's cache.
 */
struct id_map {
	struct id_entry { str id; uint64_t hash; } *entry;   /* by number */
	uint32_t *slot;            /* number + 1, 0: free */
	size_t    n, room, cap;    /* entries and room for them; slots */
	char     *text;            /* the piece of memory that copies go to */
	size_t    text_n, text_cap;
	uint64_t  seed;
};

/* Number of the id, added when new; UINT32_MAX when memory is short. */
uint32_t id_add(struct arena *a, struct id_map *m, str id);
/* Number of the id, or UINT32_MAX. */
uint32_t id_find(const struct id_map *m, str id);

struct branch {
	const struct branch *up;      /* NULL: in /product_tree */
	const struct json   *node;
	size_t               index;
	int                  depth;
	size_t               at;      /* place in review.branches */
};

enum product_place { IN_BRANCH, IN_NAMES, IN_RELATION, IN_PATH };

struct product {
	const struct json   *name;    /* the full_product_name_t */
	str                  id;      /* none when it is no string */
	uint32_t             number;  /* in review.ids */
	enum product_place   place;
	const struct branch *branch;
	size_t               index;
};

struct review {
	struct ctx          *c;
	const struct csaf_options *options;
	struct csaf_findings *out;
	const struct rule   *rule;        /* the test that runs */
	bool                 v21;         /* a document of CSAF 2.1 */
	bool                 schema_valid;
	bool                 full;        /* memory ran out */
	const struct json   *root, *document, *tracking, *tree, *vulnerabilities;
	str                  category;
	struct id_map        ids;         /* every product id, defined or referred to */
	struct { struct product *v; size_t n, cap, max; } products;
	struct { struct branch **v; size_t n, cap, max; } branches;
	uint32_t            *product_of;  /* by number: index in products + 1, 0: not defined */
	struct id_map        group_ids;
	const struct json  **group;       /* by number: its product_ids; NULL: not defined */
	uint32_t            *mark;        /* by number: bits, for sets of products */
	uint32_t            *touched;     /* numbers whose mark is not 0 */
	size_t               touches;
	uint32_t            *group_mark;  /* by group number: bits of all its products */
	uint32_t            *group_touched;
	size_t               group_touches;
	uint32_t            *groups_of;   /* group numbers of the products, one product after the other */
	uint32_t            *groups_from; /* by product number: where its groups begin in groups_of */
	struct range        *ranges;      /* of the branches, read when first asked for */
	struct field        *field;       /* memory of the tests of overlapping ranges */
	size_t               vulnerability_at;
	/* what a test of dates works with */
	time_us              newest, youngest;
	str                  youngest_at;
	/* what a test of extensions does with each */
	void               (*extension_fn)(struct review *r, const struct json *extension, str pointer);
};

struct rule {
	const char     *id;
	enum csaf_class class;
	unsigned        versions;
	const char     *title;
	void          (*run)(struct review *r);
	unsigned        needs;            /* NEEDS_… */
};
enum { NEEDS_URL = 1, NEEDS_SPELL = 2, NEEDS_GRAMMAR = 4, NEEDS_NOW = 8 };

extern const struct rule csaf_rules[];
extern const size_t      csaf_rule_count;

/* The parts of r->root, and its version. */
void review_open(struct review *r);
/* Fill the index; once, before the tests. */
void review_index(struct review *r);

/* Is there room for one more finding of the running test?  If not, it is counted. */
bool review_room(struct review *r);
void review_find(struct review *r, const char *text, str one, str two, str pointer);
/*
 * Something the running test has to say besides its verdict, in a class of its
 * own: a scheme it does not know, a translation that is not recorded.
 */
void review_tell(struct review *r, enum csaf_class class, const char *text, str one, str two, str pointer);
/* The running test could not judge this document; it is listed as not run, with the reason. */
void review_skip(struct review *r, const char *why, str arg);
/*
 * Record a finding of the running test.  The arguments are worked out only
 * while there is room, so a document with millions of faults costs no memory.
 */
#define FIND_AT(r, text, one, two, pointer) do { \
	if (review_room(r)) \
		review_find((r), (text), (one), (two), (pointer)); \
	} while (0)
/* The same with the pointer as for str_fmt. */
#define FIND(r, text, one, two, ...) \
	FIND_AT(r, text, one, two, str_fmt((r)->c->arena, __VA_ARGS__))

/* Place of x in the array. */
static inline size_t index_in(const struct json *array, const struct json *x)
{
	return (size_t)(x - array->item);
}

str  branch_pointer(struct arena *a, const struct branch *b);
str  product_pointer(struct arena *a, const struct product *p);

/*
 * Sets of products: bits by number.  A group is marked as one thing and its
 * products find it, so that many references to a large group stay cheap.
 */
uint32_t mark_of(const struct review *r, str id);
void mark_add(struct review *r, const struct json *ids, uint32_t bits);
void mark_add_groups(struct review *r, const struct json *group_ids, uint32_t bits);
/* product_ids and group_ids of a remediation, threat or flag. */
void mark_add_scope(struct review *r, const struct json *item, uint32_t bits);
void mark_clear(struct review *r);

/* One place that refers to a product (or, in *_groups, to a group). */
struct reference {
	str         id;
	const char *list, *key;      /* "remediations", "product_ids" */
	size_t      i, j, k;
	enum { REF_GROUP, REF_RELATION, REF_SUBPATH, REF_STATUS, REF_ITEM, REF_NOTE } kind;
};
typedef void reference_fn(struct review *r, const struct reference *ref);
void each_product_reference(struct review *r, reference_fn *fn);
void each_group_reference(struct review *r, reference_fn *fn);
str  reference_pointer(struct arena *a, const struct reference *ref);

/* The text of a member is one of the words (C strings up to NULL). */
bool one_of(str s, const char *const *words);

/* The schemas, compiled once: the document's, its strict form, and CVSS by version. */
struct schema;
enum csaf_schema {
	SCHEMA_CSAF20, SCHEMA_CSAF20_STRICT, SCHEMA_CSAF21, SCHEMA_CSAF21_STRICT,
	SCHEMA_CVSS2, SCHEMA_CVSS30, SCHEMA_CVSS31, SCHEMA_CVSS40,
	SCHEMA_CONTENT, SCHEMA_METADATA, SCHEMA_PROVIDER, SCHEMA_PROVIDER21, SCHEMA_AGGREGATOR,
	SCHEMA_AGGREGATOR21,
	SCHEMA_COUNT
};
const struct schema *csaf_schema(enum csaf_schema which);

#endif
