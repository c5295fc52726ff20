#ifndef DOORS_PAGE_H
#define DOORS_PAGE_H

/* A view's model becomes a whole page with the frame around it. */

#include "doors/ask.h"

enum { PAGE_MAX = 8 << 20 };

/* An area of the navigation, by job (SCREENS.md). */
struct area_entry { const char *area, *label, *path, *key; };
/* NULL after the last. */
const struct area_entry *area_nth(size_t i);
/* Does its page exist, and may the actor open it? */
bool area_open(const struct ctx *c, const struct area_entry *a);

/* The page of a view whose rows stand in s; secret is shown once. */
bool page_view(struct ask *q, const struct view *v, const struct sheet *s, str secret, int status) MUST_CHECK;
/* A page of a title and a body that needs nothing of the database; secret as above. */
bool page_plain(struct ask *q, str title, html body, str secret, int status) MUST_CHECK;
/* A page that says what c->fault means, what was kept and what to do. */
void page_trouble(struct ask *q, int status);

#endif
