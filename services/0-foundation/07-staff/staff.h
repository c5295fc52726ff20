#ifndef FOUNDATION_STAFF_H
#define FOUNDATION_STAFF_H

/* Models of the pages of the foundation "Staff": people, own settings, sign-in. */

#include "gen/staff.sql.h"
#include "gen/user.sql.h"

#include "platform/op/form.h"
#include "record/casefile.h"
#include "record/role.h"

/* What a token may: read, or read and write. */
extern const struct choice scope_choices[], person_state_choices[];

struct person_line { struct person_rows_row p; str roles; };

struct people_page { LIST(struct person_line) people; struct form *invite; bool may_invite; };
struct person_page { struct person_get_row p; str roles; struct form *edit, *reset; bool may_edit; };
struct own_page {
	struct person_get_row p;
	str roles;
	struct session_rows_rows sessions;
	struct token_rows_rows tokens;
	struct form *settings, *token;
	LIST(struct form *) ends, drops;
};
struct login_page { struct form *form; bool wrong; };
struct invitation_page { struct form *form; str name; };

#endif
