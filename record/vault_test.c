#include "record/vault.h"

#include "base/test.h"

#define KEY S("0123456789abcdef0123456789abcdef")

TEST(what_was_locked_opens_under_its_label_alone)
{
	str locked, again, plain;

	vault_key_set(KEY);
	locked = vault_lock(c, S("totp ann"), S("a secret"));
	again  = vault_lock(c, S("totp ann"), S("a secret"));
	check(str_find(locked, S("secret"), 0) == SIZE_MAX);
	check(!str_eq(locked, again));
	check(vault_unlock(c, S("totp ann"), locked, &plain));
	check_str(plain, S("a secret"));
	check(!vault_unlock(c, S("totp bob"), locked, &plain));
	check(vault_unlock(c, S("x"), vault_lock(c, S("x"), S("")), &plain));
	check_str(plain, S(""));
}

TEST(another_house_key_opens_nothing)
{
	str locked, plain;

	vault_key_set(KEY);
	locked = vault_lock(c, S("x"), S("y"));
	vault_key_set(S("0123456789abcdef0123456789abcdeF"));
	check(!vault_unlock(c, S("x"), locked, &plain));
	vault_key_set(KEY);
	check(vault_unlock(c, S("x"), locked, &plain));
}

TEST(altered_cut_and_foreign_texts_do_not_open)
{
	str   locked, plain;
	char *x, *big = arena_must(c->arena, 1, 20000);

	vault_key_set(KEY);
	locked = vault_lock(c, S("x"), S("some words"));
	for (size_t i = 0; i < locked.n; i++) {
		x    = arena_must(c->arena, 1, locked.n);
		memcpy(x, locked.p, locked.n);
		x[i] = x[i] == '0' ? '1' : '0';
		check(!vault_unlock(c, S("x"), (str){ x, locked.n }, &plain));
		check(!vault_unlock(c, S("x"), str_slice(locked, 0, i), &plain));
	}
	memset(big, 'a', 20000);
	check(!vault_unlock(c, S("x"), (str){ big, 20000 }, &plain));
	check(!vault_unlock(c, S("x"), STR_NONE, &plain));
	check(!vault_unlock(c, S("x"), S("\xFF\0zz"), &plain));
}
