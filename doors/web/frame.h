#ifndef DOORS_FRAME_H
#define DOORS_FRAME_H

/*
 * The frame around every page: areas by job (SCREENS.md), language, person,
 * notices; another one for the public pages.
 */

#include "platform/op/op.h"

struct frame_area { str name, label, path, key; bool here; };

struct frame {
	str  lang, title, theme, density;
	str  said;              /* what the last operation did */
	str  secret;            /* shown once */
	str  person, csrf, other_lang, other_path, organisation;
	str  organisation_mark;
	bool outside, signed_in, demo;
	LIST(struct frame_area) areas;
	void (*page)(struct page *w, const void *model);   /* writes what stands in <main> */
	const void *model;
};
void frame_body(struct page *w, const struct frame *m);

/* What a page says when something went wrong. */
struct trouble { str title, text, kept, next, lang; int status; };
struct plain { str title; html body; };

#endif
