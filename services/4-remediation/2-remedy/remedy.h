#ifndef REMEDY_REMEDY_H
#define REMEDY_REMEDY_H

/*
 * FIRST 4.2.3: what is done about a vulnerability in a product.  Kinds follow
 * CSAF 2.0 3.2.3.12 (remediations): fix is vendor_fix, none_planned
 * none_available, will_not_fix no_fix_planned.
 */

#include "gen/remedy.sql.h"

#include "services/4-remediation/2-remedy/impact.h"

extern const struct choice remedy_kind_choices[], remedy_state_choices[];

struct remedy_line { struct remedy_list_row r; str product, vuln; };
struct remedy_panel_model {
	LIST(struct remedy_line) lines;
	struct scope_list_rows products;
	struct vuln_list_rows vulns;
	struct form *record;
	bool may_edit, open;      /* open: the form holds something */
};

/* A remedy by itself: its words, and the forms that change it. */
struct remedy_page { struct remedy_get_row r; str product, vuln; struct form *edit, *release; bool may_edit; };

extern const struct service remedy_service;

#endif
