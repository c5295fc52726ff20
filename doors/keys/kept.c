#include "doors/keys/kept.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/op/op.h"

enum { NAME_MAX_BYTES = 40, FILE_MAX = KEPT_FILE_MAX, KEPT_MAX = 200 };

bool kept_pair_make(struct kept_pair *p)
{
	return sodium_init() >= 0 && crypto_box_keypair(p->open, p->shut) == 0;
}

/* ---- what may be kept ---- */

static bool name_check(struct ctx *c, str name)
{
	bool ok = name.n > 0 && name.n <= NAME_MAX_BYTES;

	for (size_t i = 0; ok && i < name.n; i++)
		ok = (name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '-';
	return ok || fault(c, E_INVALID, "name", N_("A name has 1 to 40 small letters, digits and hyphens."));
}

/* "https://host" or "https://host:port" and nothing behind it. */
static bool origin_check(struct ctx *c, str origin)
{
	size_t from = str_starts(origin, S("https://")) ? 8 : str_starts(origin, S("http://")) ? 7 : 0;
	bool   ok   = from > 0 && origin.n > from && origin.n < 300;

	for (size_t i = from; ok && i < origin.n; i++)
		ok = origin.p[i] > ' ' && origin.p[i] < 0x7F && !strchr("/?#@\\", origin.p[i]);
	return ok || fault(c, E_INVALID, "for", N_("The address that a secret is for is written such as https://cve.example.org, without a path."));
}

bool kept_secret_check(struct ctx *c, str secret)
{
	bool ok = secret.n >= 8 && secret.n <= KEPT_SECRET_MAX;

	for (size_t i = 0; ok && i < secret.n; i++)
		ok = secret.p[i] > ' ' && secret.p[i] < 0x7F;
	return ok || fault(c, E_INVALID, "secret", N_("A secret is one line of 8 to 1,000 ASCII characters without blanks."));
}

/* ---- the files ---- */

static const char *path_of(struct ctx *c, str folder, str name, const char *end)
{
	return cstr(c->arena, STR_CAT(c->arena, folder, S("/"), name, str_of(end)));
}

static bool write_failed(struct ctx *c, const char *path)
{
	return fault(c, E_IO, NULL, N_("The file {1} could not be written."), str_of(path));
}

bool kept_write(struct ctx *c, str folder, str name, const char *end, str origin, str secret)
{
	const char *fresh = path_of(c, folder, name, ".new"), *path = path_of(c, folder, name, end);
	str         text  = STR_CAT(c->arena, origin, S("\n"), secret, S("\n"));
	int         fd;
	bool        ok;

	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ok = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	sodium_memzero((char *)(uintptr_t)text.p, text.n);
	if (!ok || rename(fresh, path) != 0) {
		(void)unlink(fresh);
		return write_failed(c, path);
	}
	return true;
}

bool kept_save(struct ctx *c, str folder, str name, str origin, str secret)
{
	TRY(name_check(c, name) && origin_check(c, origin) && kept_secret_check(c, secret));
	return kept_write(c, folder, name, ".kept", origin, secret);
}

bool kept_drop(struct ctx *c, str folder, str name)
{
	const char *path;

	TRY(name_check(c, name));
	path = path_of(c, folder, name, ".kept");
	if (unlink(path) == 0)
		return true;
	return errno == ENOENT ? fault(c, E_NOTFOUND, NULL, N_("No secret {1} is kept."), name) : write_failed(c, path);
}

/* The whole file; the caller wipes it. */
static bool file_read(struct ctx *c, str folder, str name, const char *end, char room[FILE_MAX], str *text)
{
	int     fd = open(path_of(c, folder, name, end), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n  = fd >= 0 ? read(fd, room, FILE_MAX) : -1;

	if (fd >= 0)
		close(fd);
	*text = (str){ room, n > 0 ? (size_t)n : 0 };
	return n > 0;
}

bool kept_read(struct ctx *c, str folder, str name, const char *end, char room[FILE_MAX], str *origin, str *secret)
{
	str text;

	return file_read(c, folder, name, end, room, &text) && str_cut(&text, '\n', origin) && str_cut(&text, '\n', secret);
}

bool kept_list(struct ctx *c, str folder, struct kept_briefs *out)
{
	DIR           *d = opendir(cstr(c->arena, folder));
	struct dirent *e;
	char           room[FILE_MAX];
	bool           ok = true, hand;

	*out = (struct kept_briefs){ .max = KEPT_MAX };
	while (d && ok && (e = readdir(d))) {
		str name = str_of(e->d_name), text, origin = S("");
		hand = str_ends(name, S(".hand"));
		if (!hand && !str_ends(name, S(".kept")))
			continue;
		name = str_dup(c->arena, str_slice(name, 0, name.n - 5));
		if (file_read(c, folder, name, hand ? ".hand" : ".kept", room, &text))
			(void)str_cut(&text, '\n', &origin);
		ok = list_push(c->arena, out, (struct kept_brief){ name, str_dup(c->arena, origin), hand });
	}
	sodium_memzero(room, sizeof(room));
	if (d)
		closedir(d);
	return ok || fault(c, E_LIMIT, NULL, NULL);
}

bool kept_lend(struct ctx *c, str folder, str name, const unsigned char open[KEPT_PUBLIC], str *sealed)
{
	char           room[FILE_MAX];
	unsigned char *out;
	str            text;
	bool           ok;

	TRY(name_check(c, name));
	if (!file_read(c, folder, name, ".kept", room, &text))
		return fault(c, E_STATE, NULL, N_("No secret {1} is kept: the operator stores it with psirt keys keep {1}."), name);
	out = arena_alloc(c->arena, text.n + crypto_box_SEALBYTES);
	ok  = out && crypto_box_seal(out, (const unsigned char *)text.p, text.n, open) == 0;
	sodium_memzero(room, sizeof(room));
	*sealed = (str){ (char *)out, text.n + crypto_box_SEALBYTES };
	return ok || fault(c, E_INTERNAL, NULL, NULL);
}

/* ---- in fetch ---- */

bool kept_unseal(struct ctx *c, const struct kept_pair *p, str sealed, str url, str *secret)
{
	unsigned char *out;
	str            text, origin;

	if (sealed.n <= crypto_box_SEALBYTES || sealed.n > FILE_MAX + crypto_box_SEALBYTES)
		return fault(c, E_INTERNAL, NULL, NULL);
	out = arena_alloc(c->arena, sealed.n);
	if (!out || crypto_box_seal_open(out, (const unsigned char *)sealed.p, sealed.n, p->open, p->shut) != 0)
		return fault(c, E_INTERNAL, NULL, NULL);
	text = (str){ (char *)out, sealed.n - crypto_box_SEALBYTES };
	if (!str_cut(&text, '\n', &origin) || !str_cut(&text, '\n', secret))
		return fault(c, E_INTERNAL, NULL, NULL);
	return str_starts(url, STR_CAT(c->arena, origin, S("/"))) ||
	       fault(c, E_FORBIDDEN, "url", N_("The secret is for {1} alone."), origin);
}

void kept_hide(str secret, str text)
{
	size_t at = 0;

	while (secret.n && (at = str_find(text, secret, at)) != SIZE_MAX)
		memset((char *)(uintptr_t)text.p + at, '*', secret.n);
}
