#ifndef STANDARDS_VEX_VEX_PART_H
#define STANDARDS_VEX_VEX_PART_H

/* Between the readers and writers of standards/vex. */

#include "platform/json/json_out.h"
#include "standards/vex/vex.h"

bool vex_openvex_read(struct ctx *c, const struct json *root, struct vex *v) MUST_CHECK;
bool vex_cyclonedx_read(struct ctx *c, const struct json *root, struct vex *v) MUST_CHECK;
bool vex_csaf_read(struct ctx *c, const struct json *root, struct vex *v) MUST_CHECK;
bool vex_openvex_print(struct ctx *c, struct vex *v, struct json_out *o) MUST_CHECK;
bool vex_cyclonedx_print(struct ctx *c, struct vex *v, struct json_out *o) MUST_CHECK;
bool vex_csaf_print(struct ctx *c, struct vex *v, struct json_out *o) MUST_CHECK;

/* E_LIMIT when there are too many. */
bool vex_product_add(struct ctx *c, struct vex *v, struct vex_product p, size_t *at) MUST_CHECK;
bool vex_statement_add(struct ctx *c, struct vex *v, struct vex_statement s) MUST_CHECK;
bool vex_lose(struct ctx *c, struct vex *v, str pointer, const char *text, str one, str two) MUST_CHECK;
/* Forget the losses that are not at or below the pointer: they were those of a whole document. */
void vex_losses_keep(struct vex *v, str pointer);
/* Each member of an object that is not among the kept (spaces between) is a loss. */
bool vex_members_lose(struct ctx *c, struct vex *v, const struct json *object, const char *kept, str pointer) MUST_CHECK;

/* Fill name, version, vendor from the package URL where they are none. */
void vex_product_name(struct ctx *c, struct vex_product *p);
/* "Vendor Name 1.2", from what is known. */
str  vex_product_title(struct arena *a, const struct vex_product *p);
/* Its own package URL, or a generic one made of name and version (*made). */
str  vex_product_purl(struct ctx *c, const struct vex_product *p, bool *made);
/* The document's date, or now. */
str  vex_date(struct ctx *c, const struct vex *v);

/* Statement i is the first of those that say the same of other products. */
bool vex_first(const struct vex *v, size_t i, bool *seen);
bool vex_same(const struct vex_statement *a, const struct vex_statement *b);

#endif
