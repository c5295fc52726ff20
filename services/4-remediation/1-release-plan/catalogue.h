#ifndef RELEASE_PLAN_CATALOGUE_H
#define RELEASE_PLAN_CATALOGUE_H

/* Models of the pages of FIRST 4.1.1, the catalogue of products. */

#include "gen/catalogue.sql.h"

#include "base/list.h"
#include "platform/op/form.h"
#include "record/casefile.h"
#include "record/product.h"

enum { CATALOGUE_LINES_MAX = 20000, CATALOGUE_FILE_MAX = 8 << 20 };

struct family_block { str id, code, name; LIST(struct product_list_row) products; struct form *add; };

struct catalogue_page {
	LIST(struct family_block) families;
	struct form *family, *file;
	bool may_edit;
};

struct product_page {
	struct product_get_row p;
	struct release_list_rows releases;
	struct member_list_rows members;
	struct product_case_list_rows cases;
	struct engineer_list_rows engineers;
	struct form *edit, *release, *admit;
	LIST(struct form *) dismiss;
	bool may_edit;
};

/* A family or a version by itself, to be edited. */
struct family_page { struct family_get_row f; struct form *edit; bool may_edit; };
struct release_page { struct release_get_row r; struct form *edit; bool may_edit; };

struct support_block { str name, until; bool over; LIST(struct support_line_row) lines; };
struct support_page { LIST(struct support_block) products; };

/* A name in the language of the reader: the Japanese one when there is one. */
str name_in(const struct ctx *c, str name, str name_ja);
/* "2028-03-31" as a day for people; a dash when it is not stated. */
str day_text(struct ctx *c, str day);
/* True when the day is past at c->now. */
bool day_over(const struct ctx *c, str day);

extern const struct op      catalogue_ops[];
extern const struct service release_plan_service;

#endif
