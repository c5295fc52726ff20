#include "doors/keys/proof.h"

#include <dirent.h>
#include <errno.h>
#include <gpgme.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/keys/keyring.h"

/* One for the process: gpg's home is a thing outside of it. */
static struct { struct keyring ring; char home[1024]; bool open; } proof;
static char place[1000] = "/tmp";

static bool unavailable(struct ctx *c, gpgme_error_t e)
{
	return fault(c, E_UNAVAILABLE, NULL, N_("The program gpg says: {1}"), str_dup(c->arena, str_of(gpgme_strerror(e))));
}

/* ---- the home ---- */

static void folder_remove(const char *path, int depth)
{
	DIR           *d = opendir(path);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		if (unlinkat(dirfd(d), e->d_name, 0) != 0 && errno == EISDIR && depth < 3) {
			struct arena a;
			arena_init(&a, 1 << 16);
			folder_remove(str_fmt(&a, "%s/%s", path, e->d_name).p, depth + 1);
			arena_done(&a);
		}
	}
	if (d)
		closedir(d);
	(void)!rmdir(path);
}

void proof_sweep(str folder)
{
	struct arena   a;
	struct dirent *e;
	DIR           *d;

	arena_init(&a, 1 << 16);
	d = opendir(cstr(&a, folder));
	while (d && (e = readdir(d)))
		if (strncmp(e->d_name, "psirt-proof.", 12) == 0)
			folder_remove(cstr(&a, STR_CAT(&a, folder, S("/"), str_of(e->d_name))), 0);
	if (d)
		closedir(d);
	arena_done(&a);
}

void proof_close(void)
{
	if (proof.open)
		keyring_close(&proof.ring);
	if (proof.home[0])
		folder_remove(proof.home, 0);
	memset(&proof, 0, sizeof(proof));
}

static bool home_open(struct ctx *c)
{
	static bool told;
	str         home;

	if (proof.open)
		return true;
	home = str_fmt(c->arena, "%s/psirt-proof.XXXXXX", place);
	if (home.n >= sizeof(proof.home))
		return fault(c, E_LIMIT, NULL, NULL);
	memcpy(proof.home, home.p, home.n + 1);
	if (!mkdtemp(proof.home)) {
		proof.home[0] = '\0';
		return fault(c, E_IO, NULL, N_("The directory {1} could not be made."), str_of(place));
	}
	if (!told)
		(void)!atexit(proof_close);
	told = true;
	home = str_of(proof.home);
	TRY(keyring_make(c, home));
	TRY(keyring_open(c, &proof.ring, home));
	proof.open = true;
	return true;
}

bool proof_begin(struct ctx *c, str folder, str *home)
{
	if (folder.n >= sizeof(place))
		return fault(c, E_LIMIT, NULL, NULL);
	memcpy(place, folder.p, folder.n);
	place[folder.n] = '\0';
	TRY(home_open(c));
	*home = str_of(proof.home);
	return true;
}

/* ---- keys ---- */

static void key_tell(struct ctx *c, str fingerprint, struct buf *out)
{
	gpgme_key_t key = NULL;

	if (gpgme_get_key(proof.ring.gpg, cstr(c->arena, fingerprint), &key, 0) != 0)
		return;
	for (gpgme_subkey_t s = key->subkeys; s; s = s->next) {
		buf_add(out, out->n ? S(" ") : S(""));
		buf_add(out, str_of(s->fpr ? s->fpr : ""));
	}
	gpgme_key_unref(key);
}

bool proof_key(struct ctx *c, str bytes, str *fingerprints)
{
	LIST(str)             found = { .max = 100 };
	gpgme_data_t          d;
	gpgme_import_result_t r;
	gpgme_error_t         e;
	struct buf            b;

	*fingerprints = S("");
	TRY(home_open(c));
	e = gpgme_data_new_from_mem(&d, bytes.p ? bytes.p : "", bytes.n, 0);
	if (e)
		return unavailable(c, e);
	e = gpgme_op_import(proof.ring.gpg, d);
	gpgme_data_release(d);
	if (gpgme_err_code(e) == GPG_ERR_INV_ENGINE)
		return unavailable(c, e);
	r = e ? NULL : gpgme_op_import_result(proof.ring.gpg);
	for (gpgme_import_status_t s = r ? r->imports : NULL; s; s = s->next)
		if (!s->result && s->fpr)
			(void)!list_push(c->arena, &found, str_dup(c->arena, str_of(s->fpr)));
	buf_init(&b, c->arena, 1 << 16);
	for (size_t i = 0; i < found.n; i++)   /* asking for a key overwrites the result of the import */
		key_tell(c, found.v[i], &b);
	*fingerprints = buf_str(&b);
	return true;
}

bool proof_lock(struct ctx *c, str key, str bytes, str *out)
{
	gpgme_key_t   who[2] = { NULL, NULL };
	gpgme_data_t  in = NULL, locked = NULL;
	gpgme_error_t e;
	size_t        n = 0;
	str           prints, one = STR_NONE;
	char         *p;

	TRY(proof_key(c, key, &prints));
	(void)str_cut(&prints, ' ', &one);
	if (!one.n || gpgme_get_key(proof.ring.gpg, cstr(c->arena, one), &who[0], 0) != 0 || !who[0]->can_encrypt) {
		if (who[0])
			gpgme_key_unref(who[0]);
		return fault(c, E_SYNTAX, "to", N_("This holds no public key that can be encrypted to."));
	}
	gpgme_set_armor(proof.ring.gpg, 1);
	e = gpgme_data_new_from_mem(&in, bytes.p ? bytes.p : "", bytes.n, 0);
	if (!e)
		e = gpgme_data_new(&locked);
	if (!e)
		e = gpgme_op_encrypt(proof.ring.gpg, who, GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO, in, locked);
	gpgme_key_unref(who[0]);
	if (in)
		gpgme_data_release(in);
	p = locked ? gpgme_data_release_and_get_mem(locked, &n) : NULL;
	*out = e || !p ? STR_NONE : str_dup(c->arena, (str){ p, n });
	gpgme_free(p);
	return e ? unavailable(c, e) : out->n > 0;
}

/* ---- signatures ---- */

static time_us earlier(time_us a, unsigned long seconds)
{
	time_us b = seconds ? (time_us)seconds * SECOND : TIME_NONE;

	return a == TIME_NONE ? b : b == TIME_NONE ? a : a < b ? a : b;
}

/* Primary fingerprint and end of the key that made it. */
static void maker_tell(struct ctx *c, str fingerprint, struct reach_seal *out)
{
	gpgme_key_t key = NULL;

	if (!fingerprint.n || gpgme_get_key(proof.ring.gpg, cstr(c->arena, fingerprint), &key, 0) != 0)
		return;
	out->key = str_dup(c->arena, str_of(key->fpr));
	for (gpgme_subkey_t s = key->subkeys; s; s = s->next)
		if (s == key->subkeys || (s->fpr && str_eq(str_of(s->fpr), fingerprint)))
			out->expires = earlier(out->expires, (unsigned long)s->expires);
	gpgme_key_unref(key);
}

static void result_take(struct ctx *c, gpgme_verify_result_t r, struct reach_seal *out)
{
	str maker = STR_NONE;

	for (gpgme_signature_t s = r ? r->signatures : NULL; s; s = s->next) {
		out->good    = gpgme_err_code(s->status) == GPG_ERR_NO_ERROR;
		out->why     = out->good ? S("") : str_dup(c->arena, str_of(gpgme_strerror(s->status)));
		out->expires = earlier(TIME_NONE, s->exp_timestamp);
		maker        = gpgme_err_code(s->status) == GPG_ERR_NO_PUBKEY ? STR_NONE : str_dup(c->arena, str_of(s->fpr ? s->fpr : ""));
		if (out->good)
			break;
	}
	maker_tell(c, maker, out);
}

bool proof_verify(struct ctx *c, str bytes, int file, str signature, struct reach_seal *out)
{
	gpgme_data_t  sig = NULL, text = NULL;
	gpgme_error_t e;

	*out = (struct reach_seal){ .expires = TIME_NONE, .why = S("no signature") };
	TRY(home_open(c));
	if (!bytes.p && lseek(file, 0, SEEK_SET) != 0)
		return fault(c, E_IO, NULL, NULL);
	e = gpgme_data_new_from_mem(&sig, signature.p ? signature.p : "", signature.n, 0);
	if (!e)
		e = bytes.p ? gpgme_data_new_from_mem(&text, bytes.p, bytes.n, 0) : gpgme_data_new_from_fd(&text, file);
	if (!e)
		e = gpgme_op_verify(proof.ring.gpg, sig, text, NULL);
	if (!e)
		result_take(c, gpgme_op_verify_result(proof.ring.gpg), out);
	if (sig)
		gpgme_data_release(sig);
	if (text)
		gpgme_data_release(text);
	if (gpgme_err_code(e) == GPG_ERR_INV_ENGINE)
		return unavailable(c, e);
	if (e)
		out->why = str_dup(c->arena, str_of(gpgme_strerror(e)));
	return true;
}
