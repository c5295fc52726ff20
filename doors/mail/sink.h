#ifndef DOORS_SINK_H
#define DOORS_SINK_H

/*
 * Letters leave into a folder, FOLDER/ID.eml, each a whole message (platform/mail) that
 * a mail server's pickup, `sendmail -t` or a person can take away.  A letter that
 * comes twice has the same name.
 */

#include "platform/op/op.h"

/*
 * What front->post shall be: folder, and from: the sender's address ("": no-reply at
 * the host of base_url).  The folder is made when it is missing.  E_IO: it cannot be, or not be written.
 */
bool sink_open(struct ctx *c, str folder, str from, str base_url, struct post *out) MUST_CHECK;
/* One letter into the folder: what post->leave is. */
bool sink_leave(struct ctx *c, const struct post *p, struct mail *m) MUST_CHECK;

#endif
