#ifndef COMMUNICATION_OUTBOX_H
#define COMMUNICATION_OUTBOX_H

/* Letters that wait to leave or have left: what they say is fixed per kind (1.5.2). */

#include "gen/outbox.sql.h"

#include "record/casefile.h"

extern const struct choice letter_state_choices[];

struct outbox_page { struct letter_list_rows rows; bool wait; /* there is no way out */ };

extern const struct service outbox_service;

#endif
