#ifndef STANDARDS_CVRF_CVRF_PART_H
#define STANDARDS_CVRF_CVRF_PART_H

/* Between the parts of the converter. */

#include "platform/xml/xml.h"
#include "standards/csaf/csaf_node.h"
#include "standards/cvrf/cvrf.h"

struct cvrf {
	struct ctx   *c;
	struct arena *a;
	const struct cvrf_options *how;
	struct cvrf_converted *out;
	struct xml   *root;
	struct node  *extra;       /* full_product_names */
	bool          full;
};

/* A word of CVRF and of CSAF. */
struct cvrf_word { const char *from, *to; };

void cvrf_say(struct cvrf *k, enum finding_class class, const char *part, const struct xml *at, const char *text, str one, str two);
/* The child, taken as understood; NULL when there is none. */
struct xml *cvrf_take(struct xml *x, const char *name);
struct xml *cvrf_again(struct xml *x);
/* Text without white space at its ends; none when there is no element, or nothing in it. */
str  cvrf_text(struct xml *x);
str  cvrf_child_text(struct xml *x, const char *name);
str  cvrf_attribute(struct xml *x, const char *name);
/* Add a member when the text is not none. */
void cvrf_put(struct cvrf *k, struct node *up, const char *key, str text);
/* The same with a date; without an offset it is taken for UTC, and told. */
void cvrf_put_date(struct cvrf *k, struct node *up, const char *key, struct xml *at, str text);
/* A member that is an array of the texts of all children of that name; left out when empty. */
struct node *cvrf_put_texts(struct cvrf *k, struct node *up, const char *key, struct xml *x, const char *name);
/* The word for an attribute or text; none and told when it is not known. */
str  cvrf_word(struct cvrf *k, const struct cvrf_word *words, struct xml *at, str text);
/* Add when it is not empty. */
void cvrf_put_list(struct cvrf *k, struct node *up, const char *key, struct node *list);

void cvrf_notes(struct cvrf *k, struct node *up, struct xml *notes);
void cvrf_references(struct cvrf *k, struct node *up, struct xml *references);
void cvrf_acknowledgments(struct cvrf *k, struct node *up, struct xml *acknowledgments);
void cvrf_tracking(struct cvrf *k, struct node *document, struct xml *tracking);
void cvrf_products(struct cvrf *k, struct node *root, struct xml *tree);
void cvrf_vulnerabilities(struct cvrf *k, struct node *root);
void cvrf_scores(struct cvrf *k, struct node *vulnerability, struct xml *sets, struct node *affected);

#endif
