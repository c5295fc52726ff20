#include "standards/totp/totp.h"

#include <openssl/hmac.h>

#include "base/buf.h"
#include "base/secret.h"

int64_t totp_step(time_us at)
{
	return at / (TOTP_SECONDS * SECOND);
}

str totp_code(struct ctx *c, str key, int64_t step, int digits)
{
	unsigned char moving[8], mac[EVP_MAX_MD_SIZE];
	unsigned      n = sizeof(mac);
	uint32_t      bits, ten = 1;
	size_t        at;

	for (int i = 0; i < 8; i++)
		moving[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	HMAC(EVP_sha1(), key.p, (int)key.n, moving, sizeof(moving), mac, &n);
	/* meets RFC 4226 5.3: dynamic truncation */
	at   = mac[19] & 15;
	bits = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	for (int i = 0; i < digits; i++)
		ten *= 10;
	return str_fmt(c->arena, "%0*u", digits, bits % ten);
}

/* The digits alone; none when there are others than six, or other characters. */
static str digits_of(struct ctx *c, str code)
{
	struct buf b;

	buf_init(&b, c->arena, TOTP_DIGITS + 1);
	for (size_t i = 0; i < code.n; i++) {
		if (code.p[i] >= '0' && code.p[i] <= '9')
			buf_char(&b, code.p[i]);
		else if (code.p[i] != ' ')
			return STR_NONE;
	}
	return b.n == TOTP_DIGITS ? buf_str(&b) : STR_NONE;
}

bool totp_find(struct ctx *c, str key, str code, time_us now, int64_t last, int64_t *step)
{
	str  given = digits_of(c, code);
	bool found = false;

	if (given.n == 0 || key.n == 0)
		return false;
	for (int64_t t = totp_step(now) - TOTP_SKEW; t <= totp_step(now) + TOTP_SKEW; t++)
		if (str_eq_secret(totp_code(c, key, t, TOTP_DIGITS), given) && (last == INT_NONE || t > last)) {
			*step = t;
			found = true;
		}
	return found;
}

str totp_base32(struct ctx *c, str key)
{
	struct buf b;
	uint32_t   acc  = 0;
	int        held = 0;

	buf_init(&b, c->arena, 2 * key.n + 8);
	for (size_t i = 0; i < key.n; i++) {
		acc = acc << 8 | (unsigned char)key.p[i];
		for (held += 8; held >= 5; held -= 5)
			buf_char(&b, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[acc >> (held - 5) & 31]);
	}
	if (held)
		buf_char(&b, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[acc << (5 - held) & 31]);
	return buf_str(&b);
}

static void part(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char x = (unsigned char)s.p[i];
		if ((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') || x == '-' || x == '.' || x == '_' || x == '~')
			buf_char(b, (char)x);
		else
			buf_fmt(b, "%%%02X", x);
	}
}

str totp_uri(struct ctx *c, str key, str issuer, str account)
{
	struct buf b;

	buf_init(&b, c->arena, 8192);
	buf_add(&b, S("otpauth://totp/"));
	part(&b, issuer);
	buf_char(&b, ':');
	part(&b, account);
	buf_add(&b, S("?secret="));
	buf_add(&b, totp_base32(c, key));
	buf_add(&b, S("&issuer="));
	part(&b, issuer);
	buf_add(&b, S("&algorithm=SHA1&digits=6&period=30"));
	return buf_str(&b);
}
