#ifndef PLATFORM_MAIL_H
#define PLATFORM_MAIL_H

/*
 * A message of plain text as bytes (RFC 5322, RFC 2045, RFC 2047).  Lines end in
 * CR LF and are never longer than 998 bytes; the body is 7bit where it can be and
 * base64 of UTF-8 where not.  It says that a program wrote it (RFC 3834), so
 * that nobody's absence answers it.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum { MAIL_ADDRESS_MAX = 254 };

struct mail {
	str     id;                /* of Message-ID, before the @ */
	str     host;              /* and after it */
	str     from_name, from;   /* name may be "" */
	str     to;
	str     lang;              /* BCP 47 */
	str     subject, body;     /* UTF-8; the subject one line */
	time_us made;
};

/*
 * E_INVALID "to", "from", "host" or "id": an address that is not ASCII, has no @ or
 * holds blanks, controls, brackets or commas: it could say another header.
 */
bool mail_print(struct ctx *c, const struct mail *m, struct buf *out) MUST_CHECK;

#endif
