#include "services/5-disclosure/3-publication/signature.h"

#include "services/5-disclosure/3-publication/archive.h"
#include "services/5-disclosure/3-publication/past/successor.h"
#include "services/5-disclosure/3-publication/cve/numbering.h"
#include "services/5-disclosure/3-publication/publication.h"

/* ---- a piece of work ---- */

struct signing {
	bool  clear;
	struct signing_due_row due;     /* a document */
	past_id past;                   /* or one of former days, its bytes in due */
	str   plain;                    /* or security.txt */
	str   fingerprint, signature, armor;
};

/* Sign, and fetch the key that verifies it; without a key nothing is to be done now. */
static bool sign_act(struct ctx *c, void *work, bool *keep)
{
	const struct front *f = front_of(c);
	struct signing     *w = work;

	*keep = f->sign && f->public_key;
	if (!*keep)
		return true;
	if (!f->sign(c, w->clear, w->clear ? w->plain : w->due.bytes, &w->fingerprint, &w->signature)) {
		*keep = false;
		return c->fault.code == E_STATE;
	}
	return f->public_key(c, w->fingerprint, &w->armor);
}

/* ---- documents ---- */

static bool document_due(struct ctx *c, void **work)
{
	struct signing *w = NEW(c->arena, struct signing);
	bool            found;

	TRY(sql_signing_due(c, &w->due, &found));
	*work = found ? w : NULL;
	return true;
}

/* meets CSAF-2.0 7.1.19 */
static bool document_keep(struct ctx *c, void *work)
{
	struct signing *w = work;

	TRY(sql_openpgp_key_put(c, w->fingerprint, w->armor, c->now));
	return sql_signature_put(c, w->due.edition, w->due.kind, w->fingerprint, w->signature, c->now);
}

/* ---- former advisories of ours: they are ours, so the signature is, too ---- */

static bool past_due(struct ctx *c, void **work)
{
	struct signing              *w = NEW(c->arena, struct signing);
	struct past_signing_due_row  r;
	struct past_bytes_row        d = { .bytes = STR_NONE };
	bool                         found;

	TRY(sql_past_signing_due(c, &r, &found));
	if (found)
		TRY(sql_past_bytes(c, r.edition, &d));
	w->past      = r.edition;
	w->due.bytes = d.bytes;
	*work        = found ? w : NULL;
	return true;
}

static bool past_keep(struct ctx *c, void *work)
{
	struct signing *w = work;

	TRY(sql_openpgp_key_put(c, w->fingerprint, w->armor, c->now));
	return sql_past_signature_put(c, w->past, w->fingerprint, w->signature, c->now);
}

/* ---- what former advisories became in CSAF 2.1 ---- */

static bool next_due(struct ctx *c, void **work)
{
	struct signing                  *w = NEW(c->arena, struct signing);
	struct successor_signing_due_row r;
	struct successor_bytes_row       d = { .bytes = STR_NONE };
	bool                             found;

	TRY(sql_successor_signing_due(c, &r, &found));
	if (found)
		TRY(sql_successor_bytes(c, r.edition, &d, &found));
	w->past      = r.edition;
	w->due.bytes = d.bytes;
	*work        = found ? w : NULL;
	return true;
}

/* meets CSAF-2.1 7.1.19 */
static bool next_keep(struct ctx *c, void *work)
{
	struct signing *w = work;

	TRY(sql_openpgp_key_put(c, w->fingerprint, w->armor, c->now));
	return sql_successor_sign(c, w->past, bytes_sha256(c, w->due.bytes), w->fingerprint, w->signature);
}

/* ---- security.txt ---- */

static bool text_due(struct ctx *c, void **work)
{
	struct signed_text_get_row have;
	struct signing            *w = NEW(c->arena, struct signing);
	bool                       found;

	*work = NULL;
	if (!signing_text(c, &w->plain)) {
		bool none = c->fault.code == E_NOTFOUND;
		c->fault  = none ? (struct fault){ 0 } : c->fault;
		return none;
	}
	TRY(sql_signed_text_get(c, S("security.txt"), &have, &found));
	w->clear = true;
	if (!found || !str_eq(have.plain, w->plain))
		*work = w;
	return true;
}

/* meets RFC 9116 2.3 */
static bool text_keep(struct ctx *c, void *work)
{
	struct signing *w = work;

	TRY(sql_openpgp_key_put(c, w->fingerprint, w->armor, c->now));
	return sql_signed_text_put(c, S("security.txt"), w->plain, w->signature, w->fingerprint, c->now);
}

bool signing_served(struct ctx *c, str plain, str *out)
{
	struct signed_text_get_row have;
	bool                       found;

	TRY(sql_signed_text_get(c, S("security.txt"), &have, &found));
	*out = found && str_eq(have.plain, plain) ? have.framed : plain;
	return true;
}

/* ---- keys ---- */

const struct arg signing_key_args[] = {
	{ .name = "file", .kind = ARG_LINE, .max = 100, .must = true, .hidden = true, .label = N_("File") },
	{ 0 },
};

str signing_key_url(struct ctx *c, str fingerprint)
{
	return STR_CAT(c->arena, front_of(c)->base_url, S("/.well-known/csaf/openpgp/"), fingerprint, S(".asc"));
}

/* meets CSAF-2.0 7.1.20 */
bool signing_key_file(struct ctx *c, const struct args *a, struct sheet *out)
{
	str                        file = arg_str(a, "file");
	struct openpgp_key_get_row k;

	if (!str_ends(file, S(".asc")))
		return fault(c, E_NOTFOUND, NULL, NULL);
	TRY(sql_openpgp_key_get(c, str_slice(file, 0, file.n - 4), &k));
	out->raw      = k.armor;
	out->raw_type = S("application/pgp-keys");
	return true;
}

const struct chore signing_chores[] = {
	{ "cve.errand", cve_due, cve_act, cve_keep },
	{ "document.sign", document_due, sign_act, document_keep },
	{ "history.sign", past_due, sign_act, past_keep },
	{ "successor.make", successor_due, successor_act, successor_done },
	{ "successor.sign", next_due, sign_act, next_keep },
	{ "archive.make", archive_due, archive_act, archive_keep },
	{ "securitytxt.sign", text_due, sign_act, text_keep },
	{ 0 },
};
