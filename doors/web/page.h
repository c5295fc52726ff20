#ifndef DOORS_PAGE_H
#define DOORS_PAGE_H

/* A view's model becomes a whole page with the frame around it. */

#include "doors/ask.h"

enum { PAGE_MAX = 8 << 20 };

/* The page of a view whose rows stand in s; secret is shown once. */
bool page_view(struct ask *q, const struct view *v, const struct sheet *s, str secret, int status) MUST_CHECK;
/* A page that says what c->fault means, what was kept and what to do. */
void page_trouble(struct ask *q, int status);

#endif
