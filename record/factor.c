#include "record/factor.h"

#include "gen/factor.sql.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "record/session.h"
#include "record/vault.h"
#include "standards/totp/totp.h"

enum { CODE_BYTES = 10, GROUP = 4 };

static str label(struct ctx *c, const char *what, user_id account)
{
	return STR_CAT(c->arena, str_of(what), account.v);
}

bool factor_load(struct ctx *c, user_id account, struct factor *f)
{
	struct factor_get_row r;

	TRY(sql_factor_get(c, account, &r));
	*f = (struct factor){ r.totp_key.n > 0, r.totp_at, r.codes_left };
	return true;
}

str factor_draft(struct ctx *c, user_id account)
{
	struct buf b;
	char       key[TOTP_BYTES];
	str        locked;

	buf_init(&b, c->arena, 100);
	c->random(key, sizeof(key));
	buf_add(&b, (str){ key, sizeof(key) });
	buf_int(&b, c->now);
	locked = vault_lock(c, label(c, "draft ", account), buf_str(&b));
	explicit_bzero(key, sizeof(key));
	return locked;
}

bool factor_draft_read(struct ctx *c, user_id account, str draft, str *key)
{
	int64_t made;
	str     plain;

	if (!vault_unlock(c, label(c, "draft ", account), draft, &plain) ||
	    !str_to_int(str_slice(plain, TOTP_BYTES, plain.n), &made) || c->now - made > FACTOR_DRAFT_LIFE)
		return fault(c, E_STATE, NULL, N_("This page was open for too long. Open it again and take the new key."));
	*key = str_slice(plain, 0, TOTP_BYTES);
	return true;
}

bool factor_key(struct ctx *c, user_id account, str locked, str *key)
{
	return locked.n && vault_unlock(c, label(c, "totp ", account), locked, key);
}

bool factor_enrol(struct ctx *c, user_id account, str draft, str code, str *codes)
{
	int64_t step;
	str     key;

	TRY(factor_draft_read(c, account, draft, &key));
	if (!totp_find(c, key, code, c->now, INT_NONE, &step))
		return fault(c, E_INVALID, "code", N_("This code is not the one of the key. Is the clock of the device right?"));
	TRY(sql_factor_set(c, account, vault_lock(c, label(c, "totp ", account), key), step, c->now));
	return factor_renew(c, account, codes);
}

/* "abcd-efgh-ijkl-mnop" */
static void code_add(struct buf *b, str code)
{
	for (size_t i = 0; i < code.n; i++) {
		if (i && i % GROUP == 0)
			buf_char(b, '-');
		buf_char(b, code.p[i]);
	}
}

bool factor_renew(struct ctx *c, user_id account, str *codes)
{
	struct buf b;

	buf_init(&b, c->arena, 1000);
	TRY(sql_recovery_end(c, account));
	for (int i = 0; i < RECOVERY_CODES; i++) {
		str code = secret_make(c, CODE_BYTES);
		TRY(sql_recovery_insert(c, (recovery_id){ random_id(c) }, account, factor_code_digest(c, code), c->now));
		if (i)
			buf_char(&b, '\n');
		code_add(&b, code);
	}
	*codes = buf_str(&b);
	return true;
}

bool factor_drop(struct ctx *c, user_id account)
{
	TRY(sql_recovery_end(c, account));
	return sql_factor_unset(c, account);
}

str factor_code_digest(struct ctx *c, str code)
{
	return receipt_digest(c, code);
}
