#ifndef DISCLOSURE_SIGNATURE_H
#define DISCLOSURE_SIGNATURE_H

/*
 * Signatures: CSAF 2.0 7.1.19 (a detached OpenPGP signature beside each
 * document) and RFC 9116 2.3 (security.txt in a cleartext frame).  They are made
 * by chores after the publication, which never waits for them: a document is
 * out, "not signed yet", and the chore mends that when there is a key.
 */

#include "platform/op/op.h"

#include "gen/signature.sql.h"

extern const struct chore signing_chores[];

/* The name under which the text is kept signed; plain: what it says now. */
bool signing_text(struct ctx *c, str *plain) MUST_CHECK;   /* security.txt; E_NOTFOUND without https */
/* The signed form of security.txt, when it says what is said now; else the plain one. */
bool signing_served(struct ctx *c, str plain, str *out) MUST_CHECK;
/* Address of a public key in the provider's tree. */
str  signing_key_url(struct ctx *c, str fingerprint);
/* View: GET /.well-known/csaf/openpgp/:file */
bool signing_key_file(struct ctx *c, const struct args *a, struct sheet *out) MUST_CHECK;
extern const struct arg signing_key_args[];

#endif
