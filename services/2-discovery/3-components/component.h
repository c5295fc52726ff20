#ifndef COMPONENTS_COMPONENT_H
#define COMPONENTS_COMPONENT_H

/*
 * What the versions of our products are made of (FIRST 2.3.1): name, maker, purl,
 * CPE and version of each component, typed or read from CSV.
 */

#include "gen/component.sql.h"

#include "base/list.h"
#include "platform/html/html.h"
#include "platform/op/form.h"
#include "record/ids.h"

enum { COMPONENT_FILE_MAX = 8 << 20, COMPONENT_LINES = 20000 };

struct component_line { str release, name, supplier, purl, cpe, version; };

/*
 * Into a version of the product; *added false: it is there already.  E_INVALID at
 * "purl", "cpe", "release" says what is wrong.
 */
bool component_put(struct ctx *c, product_id product, const struct component_line *l, bool *added) MUST_CHECK;

struct component_page {
	struct component_product_row p;
	struct component_list_rows rows;
	LIST(struct form *) drop;
	struct form *add, *file;
	bool may_edit, no_release;
};

bool component_add(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool component_drop(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool component_import_prepare(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool component_import(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool component_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void component_list_show(struct page *w, const void *model);
extern const struct arg component_add_args[], component_import_args[], component_drop_args[], component_list_args[];

#endif
