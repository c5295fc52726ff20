#ifndef DOORS_CAST_H
#define DOORS_CAST_H

/* The fictional maker: its people, its products, and flaws that people report. */

#include "base/str.h"

struct person { const char *name, *mail, *roles, *lang, *zone; };
struct line_of_goods { const char *code, *name, *name_ja; };
struct goods { const char *family, *code, *name, *name_ja, *team; int versions; };

/* A kind of flaw: {P} in a text stands for the product. */
struct flaw {
	const char *title, *title_ja, *text, *text_ja, *impact, *impact_ja, *how, *how_ja;
	const char *cwe, *cvss4, *cvss31, *severity, *fix, *fix_ja, *around, *around_ja;
};

extern const struct person        cast_people[];
extern const struct line_of_goods cast_families[];
extern const struct goods         cast_goods[];
extern const struct flaw          cast_flaws[];
extern const char *const          cast_finders[];
extern const size_t cast_people_n, cast_families_n, cast_goods_n, cast_flaws_n, cast_finders_n;

#endif
