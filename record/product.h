#ifndef RECORD_PRODUCT_H
#define RECORD_PRODUCT_H

/*
 * The catalogue: families, products and their releases (versions), the team
 * that owns each, and how long each is supported.  Everybody inside may read
 * it; the support periods are public.
 *
 * Days are texts YYYY-MM-DD; none: not stated.
 */

#include "platform/op/op.h"
#include "platform/text/spot.h"
#include "record/ids.h"
#include "record/search.h"

struct product_draft {
	family_id family;
	str code, name, name_ja, team, support_ends;
	str cpe, purl;   /* without a version; p NULL: as they are */
	str models;      /* model numbers, with commas between them; p NULL: as they are */
};

/*
 * What machines know a product by, in its normal form.  E_INVALID at "cpe" or "purl" with a version, or of
 * what is none; at "models" for more than 20 or one that is empty.
 */
bool product_identity(struct ctx *c, str *cpe, str *purl, str *models) MUST_CHECK;

/* E_EXISTS at "code" when another family or product has it. */
bool family_add(struct ctx *c, str code, str name, str name_ja, family_id *id) MUST_CHECK;
bool product_add(struct ctx *c, const struct product_draft *d, product_id *id) MUST_CHECK;
/* Everything but family and code; *note: what changed, for the audit. Faults: E_NOTFOUND, E_CONFLICT when it was changed since. */
bool product_change(struct ctx *c, product_id id, int64_t version, const struct product_draft *d, str *note) MUST_CHECK;
/* Its names. *note: what changed, for the audit. Faults: E_NOTFOUND, E_CONFLICT when it was changed since. */
bool family_change(struct ctx *c, family_id id, int64_t version, str name, str name_ja, str *note) MUST_CHECK;
/* The newest version of a product. E_EXISTS at "name" when the product has it already. */
bool release_add(struct ctx *c, product_id product, str name, str released_on, str support_ends, release_id *id) MUST_CHECK;
/* Name and days of a version; *product is whose it is. E_EXISTS at "name"; E_CONFLICT when it was changed since. */
bool release_change(struct ctx *c, release_id id, int64_t version, str name, str released_on, str support_ends,
                    product_id *product, str *note) MUST_CHECK;
/* Into or out of the product's team. Faults: E_NOTFOUND; E_INVALID at "account": not an active engineer. */
bool product_admit(struct ctx *c, product_id product, user_id account) MUST_CHECK;
bool product_dismiss(struct ctx *c, product_id product, user_id account) MUST_CHECK;

/*
 * Where somebody's text first names the product by code, name or Japanese name (three bytes or more, whole
 * words, folded).  folded: the text by fold_text.  n 0: nowhere.
 */
bool product_spot(struct ctx *c, str folded, str code, str name, str name_ja, struct spot *out) MUST_CHECK;
/* a is only a part of what b names, as "Heron 20" in "Heron 20 Wireless". */
bool spot_within(struct spot a, struct spot b);

/* One line of the catalogue as a table: a product (version none) or one of its versions. */
struct catalogue_line {
	str family_code, family, family_ja, product_code, product, product_ja, team;
	str version, released_on, support_ends;
	str cpe, purl, models;   /* p NULL: not said, stays as it is */
};
/*
 * Make it so: adds what is missing, changes what differs, removes nothing.
 * *changed says whether anything did.  E_INVALID at "product_code": it belongs
 * to another family.
 */
bool catalogue_put(struct ctx *c, const struct catalogue_line *l, bool *changed) MUST_CHECK;
/* What products are found by (record/search.h). */
extern const struct search_source product_source;

#endif
