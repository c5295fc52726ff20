#ifndef COMPONENTS_MAKER_H
#define COMPONENTS_MAKER_H

/* Makers of components, whose advisories are watched (FIRST 1.3.1, 2.3.2). */

#include "gen/fetching.sql.h"
#include "gen/maker.sql.h"

#include "base/list.h"
#include "platform/html/html.h"
#include "platform/op/form.h"
#include "record/ids.h"

struct supplier_list_page { struct supplier_list_rows rows; struct form *add; bool may_edit; };
struct supplier_page { struct supplier_get_row s; struct item_troubles_rows troubles; struct form *edit, *stop, *start, *fetch; bool may_edit; };
/* A row's trouble as a sentence. */
str supplier_trouble(struct ctx *c, str text, str with);

/* All of them, to choose from. */
bool supplier_offer(struct ctx *c, const struct choice **out) MUST_CHECK;

bool supplier_add(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool supplier_edit(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool supplier_stop(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool supplier_fetch(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool supplier_start(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
bool supplier_list_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void supplier_list_show(struct page *w, const void *model);
bool supplier_show_fill(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
void supplier_show(struct page *w, const void *model);
extern const struct arg supplier_add_args[], supplier_edit_args[], supplier_id_args[];

#endif
