#ifndef COMMUNICATION_OUTBOX_H
#define COMMUNICATION_OUTBOX_H

/* Letters that wait to leave or have left: what they say is fixed per kind (1.5.2). */

#include "gen/outbox.sql.h"

/* The state word of a letter, translated. */
str letter_state(struct ctx *c, str state);

struct outbox_page { struct letter_list_rows rows; };

#endif
