#include "base/secret.h"

#include <string.h>

bool secret_set(secret *x, str s)
{
	if (s.n > SECRET_MAX)
		return false;
	if (s.n)
		memcpy(x->bytes, s.p, s.n);
	x->n = s.n;
	return true;
}

void secret_done(secret *x)
{
	explicit_bzero(x, sizeof(*x));
}

str secret_bytes(const secret *x)
{
	return (str){ x->bytes, x->n };
}

bool str_eq_secret(str a, str b)
{
	unsigned char diff = a.n != b.n;

	for (size_t i = 0; i < a.n && i < b.n; i++)
		diff |= (unsigned char)(a.p[i] ^ b.p[i]);
	return diff == 0;
}
