#include "doors/keys/gift.h"

#include <errno.h>
#include <sodium.h>
#include <unistd.h>

#include "platform/op/op.h"

enum { NONCE = crypto_box_NONCEBYTES, EXTRA = crypto_box_NONCEBYTES + crypto_box_MACBYTES, PERSON_MAX = 128 };

/* A user name of CVE Services is a file name as it is; the first character is a letter or digit. */
static bool person_check(struct ctx *c, str who)
{
	bool ok = who.n > 0 && who.n <= PERSON_MAX;

	for (size_t i = 0; ok && i < who.n; i++) {
		char x      = who.p[i];
		bool letter = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9');
		ok          = letter || (i > 0 && (x == '-' || x == '_' || x == '@' || x == '.'));
	}
	return ok || fault(c, E_INVALID, "name", N_("A user name has up to 128 letters, digits and the signs - _ @ . and begins with a letter or digit."));
}

/* "https://host:port" of an address. */
static str origin_of(str url)
{
	size_t at = str_find(url, S("://"), 0), end = at == SIZE_MAX ? url.n : at + 3;

	while (end < url.n && url.p[end] != '/' && url.p[end] != '?' && url.p[end] != '#')
		end++;
	return str_slice(url, 0, end);
}

/* ---- in fetch ---- */

bool gift_seal(struct ctx *c, const struct kept_pair *from, const unsigned char to[KEPT_PUBLIC], str url, const struct gift *g, str *sealed)
{
	str            text;
	unsigned char *out;
	bool           ok;

	TRY(kept_secret_check(c, g->secret));
	text = STR_CAT(c->arena, origin_of(url), S("\n"), g->name, S("\n"), g->who.n ? g->who : S(""), S("\n"), g->secret, S("\n"));
	out  = arena_alloc(c->arena, text.n + EXTRA);
	if (out)
		randombytes_buf(out, NONCE);
	ok = out && crypto_box_easy(out + NONCE, (const unsigned char *)text.p, text.n, out, to, from->shut) == 0;
	sodium_memzero((char *)(uintptr_t)text.p, text.n);
	*sealed = (str){ (char *)out, text.n + EXTRA };
	return ok || fault(c, E_INTERNAL, NULL, NULL);
}

/* ---- in keys ---- */

/* In place of the secret that was used: the same name and origin, or not at all. */
static bool replace(struct ctx *c, str folder, str name, str origin, str secret)
{
	char room[KEPT_FILE_MAX];
	str  before, old;
	bool same = kept_read(c, folder, name, ".kept", room, &before, &old) && str_eq(before, origin);

	sodium_memzero(room, sizeof(room));
	if (!same)
		return fault(c, E_FORBIDDEN, NULL, NULL);
	return kept_save(c, folder, name, origin, secret);
}

bool gift_take(struct ctx *c, str folder, const struct kept_pair *mine, const unsigned char from[KEPT_PUBLIC], str sealed)
{
	unsigned char *out;
	str            text, origin, name, who, secret;
	bool           ok;

	if (sealed.n <= EXTRA || sealed.n > KEPT_FILE_MAX + EXTRA)
		return fault(c, E_FORBIDDEN, NULL, NULL);
	out = arena_alloc(c->arena, sealed.n);
	if (!out || crypto_box_open_easy(out, (const unsigned char *)sealed.p + NONCE, sealed.n - NONCE, (const unsigned char *)sealed.p, from,
	                                 mine->shut) != 0)
		return fault(c, E_FORBIDDEN, NULL, NULL);
	text = (str){ (char *)out, sealed.n - EXTRA };
	if (!str_cut(&text, '\n', &origin) || !str_cut(&text, '\n', &name) || !str_cut(&text, '\n', &who) || !str_cut(&text, '\n', &secret))
		return fault(c, E_INTERNAL, NULL, NULL);
	if (who.n)
		ok = person_check(c, who) && kept_secret_check(c, secret) && kept_write(c, folder, who, ".hand", origin, secret);
	else
		ok = replace(c, folder, name, origin, secret);
	sodium_memzero(out, sealed.n);
	return ok;
}

/* ---- by the operator ---- */

bool gift_show(struct ctx *c, str folder, str who, char room[KEPT_FILE_MAX], str *origin, str *secret)
{
	TRY(person_check(c, who));
	return kept_read(c, folder, who, ".hand", room, origin, secret) ||
	       fault(c, E_NOTFOUND, "name", N_("No key waits for {1}. psirt keys list shows whose do."), who);
}

bool gift_drop(struct ctx *c, str folder, str who)
{
	TRY(person_check(c, who));
	if (unlink(cstr(c->arena, STR_CAT(c->arena, folder, S("/"), who, S(".hand")))) == 0 || errno == ENOENT)
		return true;
	return fault(c, E_IO, NULL, N_("The file {1} could not be written."), who);
}
