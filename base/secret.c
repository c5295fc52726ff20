#include "base/secret.h"

bool str_eq_secret(str a, str b)
{
	unsigned char diff = a.n != b.n;

	for (size_t i = 0; i < a.n && i < b.n; i++)
		diff |= (unsigned char)(a.p[i] ^ b.p[i]);
	return diff == 0;
}
