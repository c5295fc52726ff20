#include "record/vault.h"

#include <sodium.h>

#include "base/buf.h"

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	MARK  = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	PLAIN_MAX = 4096,
};

static unsigned char vault_key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];

void vault_key_set(str house_key)
{
	if (house_key.n != crypto_kdf_KEYBYTES || sodium_init() < 0)
		abort();   /* the file's length was checked */
	(void)crypto_kdf_derive_from_key(vault_key, sizeof(vault_key), 1, "psirtvlt", (const unsigned char *)house_key.p);
}

str vault_lock(struct ctx *c, str label, str plain)
{
	unsigned char     *out = arena_must(c->arena, 1, NONCE + plain.n + MARK);
	unsigned long long n;
	struct buf         b;

	c->random(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, &n, (const unsigned char *)plain.p, plain.n,
	                                           (const unsigned char *)label.p, label.n, NULL, out, vault_key);
	buf_init(&b, c->arena, 2 * (NONCE + plain.n + MARK));
	buf_hex(&b, out, NONCE + (size_t)n);
	return buf_str(&b);
}

bool vault_unlock(struct ctx *c, str label, str locked, str *plain)
{
	unsigned char      raw[NONCE + PLAIN_MAX + MARK], *out = arena_must(c->arena, 1, PLAIN_MAX + 1);
	size_t             n = 0;
	unsigned long long got;

	if (sodium_hex2bin(raw, sizeof(raw), locked.p ? locked.p : "", locked.n, NULL, &n, NULL) != 0 ||
	    2 * n != locked.n || n < NONCE + MARK)
		return false;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &got, NULL, raw + NONCE, n - NONCE, (const unsigned char *)label.p,
	                                               label.n, raw, vault_key) != 0)
		return false;
	arena_secret(c->arena);
	*plain = (str){ (char *)out, (size_t)got };
	return true;
}
