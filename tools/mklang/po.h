#ifndef TOOLS_PO_H
#define TOOLS_PO_H

/*
 * po: reads the part of GNU gettext's .po format that lang/ uses: comments,
 * msgid, msgstr, continued strings.  Contexts and plural forms are refused;
 * obsolete entries (#~) are skipped; fuzzy ones have no text.
 */

#include "base/ctx.h"
#include "base/list.h"

struct po_entry {
	str         id, text;
	const char *file;
	long        line;
};
typedef LIST(struct po_entry) po_list;

/* Append the entries of src; E_SYNTAX with line.  The header (empty id) is left out. */
bool po_parse(struct ctx *c, const char *file, str src, po_list *out) MUST_CHECK;
/* Order by id and drop repeated entries; E_CONFLICT (line, where = file) when texts differ. */
bool po_sort(struct ctx *c, po_list *list) MUST_CHECK;
/* Read file, parse; on faults an error line on standard error. */
bool po_load(struct ctx *c, const char *file, po_list *out) MUST_CHECK;
/* The entry with this id in a sorted list, or NULL. */
const struct po_entry *po_find(const po_list *list, str id);

#endif
