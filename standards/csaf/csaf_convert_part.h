#ifndef STANDARDS_CSAF_CSAF_CONVERT_PART_H
#define STANDARDS_CSAF_CSAF_CONVERT_PART_H

/* Between the steps of the converter; each step is one group of rules of clause 18. */

#include "standards/csaf/csaf_convert.h"
#include "standards/csaf/csaf_review.h"
#include "standards/csaf/csaf_node.h"

/* A product of the document, and the names that lead to it. */
struct named { str name, id; };

struct convert {
	struct ctx   *c;
	struct arena *a;
	const struct csaf_convert_options *how;
	struct csaf_converted *out;
	struct node  *root, *document, *tracking, *tree, *vulnerabilities;
	bool          whole;       /* add the fixed products that the profile of security advisories asks for */
	bool          old_profile; /* it cannot be met: use the deprecated one */
	bool          full;        /* memory ran out */
	/* by csaf_convert_product_index */
	struct id_map ids, groups;
	struct node **group;       /* by number of the group: its product_ids */
	uint8_t      *mark;        /* by number of the product: for one vulnerability at a time */
	struct { struct named *v; size_t n, cap, max; } names;
	size_t        visits;      /* of products in groups; there is an end to it */
};

/* class: an error when the standard calls for one. */
void convert_say(struct convert *k, enum finding_class class, const char *part, struct node *at,
                 const char *text, str one, str two);
/* A warning with the value in {1}. */
void convert_warn(struct convert *k, const char *part, struct node *at, const char *text, str two);

/* Additional properties and leap seconds, by the schema of 2.0. */
void convert_clean(struct convert *k, struct node *root);
void convert_document(struct convert *k);
/* Categories and version ranges of the branches. */
void convert_branches(struct convert *k);
void convert_range(struct convert *k, struct node *branch);
/* Ids, hashes, model numbers of a product; relationships. */
void convert_products(struct convert *k);
/* Paths that begin or end with the product of another are written out, step by step. */
void convert_paths(struct convert *k, struct node *list);
/* A product for the end of each range that excludes it. */
void convert_fixed(struct convert *k);
void convert_vulnerabilities(struct convert *k);
void convert_remedies(struct convert *k, struct node *vulnerability);
void convert_ids(struct convert *k, struct node *vulnerability);
/* Notes whose title names a product; pairs of category and title up to NULL. */
void convert_notes(struct convert *k, struct node *notes, const char *const *pairs);

/* Call fn for each branch, parents first; fn may remove it. */
void each_branch(struct convert *k, struct node *list, void (*fn)(struct convert *k, struct node *branch));
/* Call fn for each full_product_name_t. */
void each_product(struct convert *k, void (*fn)(struct convert *k, struct node *product));
/* Fill ids, groups and names. */
void index_products(struct convert *k);

#endif
