#ifndef STANDARDS_CSAF_CSAF_PART_H
#define STANDARDS_CSAF_CSAF_PART_H

/* Parts of a document that csaf_write.c, csaf_vulnerability.c and provider.c share. */

#include "platform/json/json_out.h"
#include "standards/csaf/csaf_write.h"

void part_strs(struct json_out *o, const char *key, struct csaf_strs s);
/* A member with a word of the standard; left out when NULL. */
void part_word(struct json_out *o, const char *key, const char *word);
/* Is this language written in the document? */
bool part_speaks(const struct csaf_doc *d, str lang);
void part_thanked(struct json_out *o, struct csaf_thanked t);
void part_note(struct json_out *o, const struct csaf_note *n);
size_t part_note_count(const struct csaf_doc *d, struct csaf_notes n);
void part_links(struct json_out *o, struct csaf_links l);
void part_publisher(struct json_out *o, const struct csaf_publisher *p);
/* product_tree: branches of a document that was read, full_product_names, relationships. */
void part_branches(struct json_out *o, const struct csaf_branch *v, size_t n);
void part_loose(struct json_out *o, const struct csaf_doc *d);
void part_relations(struct json_out *o, const struct csaf_doc *d);
bool part_vulnerability(struct json_out *o, struct ctx *c, const struct csaf_doc *d,
                        const struct csaf_vulnerability *v) MUST_CHECK;

#endif
