#include "doors/keys/keyring.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gpgme.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_BYTES = 32 << 20 };

static const char gpg_conf[]   = "no-greeting\nno-emit-version\nno-comments\npersonal-digest-preferences SHA512 SHA256\n"
                                 "cert-digest-algo SHA512\ntrust-model always\nno-auto-check-trustdb\nno-auto-key-locate\n";
static const char agent_conf[] = "disable-scdaemon\npinentry-program /bin/false\n";

/* ---- the home ---- */

static bool conf_write(struct ctx *c, str home, const char *name, const char *text)
{
	const char *path = cstr(c->arena, STR_CAT(c->arena, home, S("/"), str_of(name)));
	int         fd   = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	size_t      n    = strlen(text);
	bool        ok   = fd >= 0 ? write(fd, text, n) == (ssize_t)n : errno == EEXIST;

	if (fd >= 0)
		close(fd);
	return ok || fault(c, E_IO, NULL, N_("The file {1} could not be written."), str_of(path));
}

bool keyring_make(struct ctx *c, str home)
{
	if (mkdir(cstr(c->arena, home), 0700) != 0 && errno != EEXIST)
		return fault(c, E_IO, NULL, N_("The directory {1} could not be made."), home);
	return conf_write(c, home, "gpg.conf", gpg_conf) && conf_write(c, home, "gpg-agent.conf", agent_conf);
}

bool keyring_filled(struct ctx *c, str home)
{
	DIR           *d     = opendir(cstr(c->arena, STR_CAT(c->arena, home, S("/private-keys-v1.d"))));
	bool           found = false;
	struct dirent *e;

	while (d && !found && (e = readdir(d)))
		found = str_ends(str_of(e->d_name), S(".key"));
	if (d)
		closedir(d);
	return found;
}

/* ---- gpg ---- */

static bool trouble(struct ctx *c, gpgme_error_t e)
{
	gpgme_err_code_t code = gpgme_err_code(e);
	str              why  = str_dup(c->arena, str_of(gpgme_strerror(e)));

	if (code == GPG_ERR_NO_DATA || code == GPG_ERR_INV_ARMOR)
		return fault(c, E_SYNTAX, NULL, N_("This holds nothing of OpenPGP."));
	if (code == GPG_ERR_NO_SECKEY || code == GPG_ERR_DECRYPT_FAILED)
		return fault(c, E_NOTFOUND, NULL, N_("None of our private keys opens this."));
	if (code == GPG_ERR_INV_ENGINE || code == GPG_ERR_NO_AGENT)
		return fault(c, E_UNAVAILABLE, NULL, N_("The program gpg is missing or does not run."));
	return fault(c, E_UNAVAILABLE, NULL, N_("The program gpg says: {1}"), why);
}

bool keyring_open(struct ctx *c, struct keyring *k, str home)
{
	gpgme_ctx_t   g = NULL;
	gpgme_error_t e;

	*k = (struct keyring){ .home = home };
	gpgme_check_version(NULL);
	e = gpgme_new(&g);
	if (!e)
		e = gpgme_ctx_set_engine_info(g, GPGME_PROTOCOL_OpenPGP, NULL, cstr(c->arena, home));
	if (e) {
		if (g)
			gpgme_release(g);
		return trouble(c, e);
	}
	gpgme_set_armor(g, 1);
	gpgme_set_textmode(g, 0);
	gpgme_set_offline(g, 1);
	k->gpg = g;
	return true;
}

void keyring_close(struct keyring *k)
{
	if (k->gpg)
		gpgme_release(k->gpg);
	k->gpg = NULL;
}

void keyring_rest(struct ctx *c, str home)
{
	const char   *path = cstr(c->arena, STR_CAT(c->arena, home, S("/S.gpg-agent")));
	struct stat   st;
	gpgme_ctx_t   g = NULL;
	gpgme_error_t e, did;

	if (lstat(path, &st) != 0)
		return;
	gpgme_check_version(NULL);
	e = gpgme_new(&g);
	if (!e)
		e = gpgme_set_protocol(g, GPGME_PROTOCOL_ASSUAN);
	if (!e)
		e = gpgme_ctx_set_engine_info(g, GPGME_PROTOCOL_ASSUAN, path, cstr(c->arena, home));
	if (!e)
		(void)gpgme_op_assuan_transact_ext(g, "KILLAGENT", NULL, NULL, NULL, NULL, NULL, NULL, &did);
	if (g)
		gpgme_release(g);
}

/* Bytes in or out of gpg. */
static bool source_make(struct ctx *c, str bytes, gpgme_data_t *out)
{
	gpgme_error_t e = gpgme_data_new_from_mem(out, bytes.p ? bytes.p : "", bytes.n, 0);

	return !e || trouble(c, e);
}

static bool sink_take(struct ctx *c, gpgme_data_t d, str *out)
{
	size_t n;
	char  *p    = gpgme_data_release_and_get_mem(d, &n);
	char  *room = n <= TEXT_BYTES ? arena_alloc(c->arena, n + 1) : NULL;

	if (room && n)
		memcpy(room, p, n);
	gpgme_free(p);
	*out = (str){ room, n };
	return room || fault(c, E_LIMIT, NULL, N_("The answer is longer than is allowed."));
}

/* ---- the keys ---- */

static time_us instant(unsigned long seconds)
{
	return seconds ? (time_us)seconds * SECOND : TIME_NONE;
}

static bool key_take(struct ctx *c, gpgme_key_t key, struct key_briefs *out)
{
	struct key_brief b = {
		.fingerprint = str_dup(c->arena, str_of(key->fpr)),
		.name        = key->uids ? str_dup(c->arena, str_of(key->uids->uid)) : S(""),
		.made_at     = instant((unsigned long)key->subkeys->timestamp),
		.expires_at  = instant((unsigned long)key->subkeys->expires),
		.signs       = key->secret && key->can_sign && !key->revoked && !key->expired && !key->disabled && !key->invalid,
	};
	size_t i;

	if (!list_push(c->arena, out, b))
		return fault(c, E_LIMIT, NULL, NULL);
	for (i = out->n - 1; i > 0 && (out->v[i - 1].made_at < b.made_at); i--)
		out->v[i] = out->v[i - 1];
	out->v[i] = b;
	return true;
}

bool keyring_list(struct ctx *c, struct keyring *k, struct key_briefs *out)
{
	gpgme_key_t   key;
	bool          ok = true;
	gpgme_error_t e  = gpgme_op_keylist_start(k->gpg, NULL, 1);

	*out = (struct key_briefs){ .max = KEYS_MAX };
	while (ok && !e && !(e = gpgme_op_keylist_next(k->gpg, &key))) {
		ok = key_take(c, key, out);
		gpgme_key_unref(key);
	}
	gpgme_op_keylist_end(k->gpg);
	return ok && (gpgme_err_code(e) == GPG_ERR_EOF || trouble(c, e));
}

bool keyring_new(struct ctx *c, struct keyring *k, str name, int years, str *fingerprint)
{
	unsigned long          life  = (unsigned long)years * 366 * 86400;
	unsigned               never = years ? 0 : GPGME_CREATE_NOEXPIRE;
	gpgme_genkey_result_t  made;
	gpgme_key_t            key = NULL;
	gpgme_error_t          e   = gpgme_op_createkey(k->gpg, cstr(c->arena, name), "ed25519", 0, life, NULL,
	                                              GPGME_CREATE_SIGN | GPGME_CREATE_CERT | GPGME_CREATE_NOPASSWD | GPGME_CREATE_FORCE | never);

	made = e ? NULL : gpgme_op_genkey_result(k->gpg);
	if (!made || !made->fpr)
		return trouble(c, e ? e : gpgme_error(GPG_ERR_GENERAL));
	*fingerprint = str_dup(c->arena, str_of(made->fpr));
	e = gpgme_get_key(k->gpg, cstr(c->arena, *fingerprint), &key, 1);
	if (!e)
		e = gpgme_op_createsubkey(k->gpg, key, "cv25519", 0, life, GPGME_CREATE_ENCR | GPGME_CREATE_NOPASSWD | never);
	if (key)
		gpgme_key_unref(key);
	return !e || trouble(c, e);
}

bool keyring_import(struct ctx *c, struct keyring *k, str bytes, int *n)
{
	gpgme_data_t           d;
	gpgme_import_result_t  r;
	gpgme_error_t          e;

	TRY(source_make(c, bytes, &d));
	e = gpgme_op_import(k->gpg, d);
	gpgme_data_release(d);
	r = e ? NULL : gpgme_op_import_result(k->gpg);
	if (!r)
		return trouble(c, e);
	*n = r->secret_imported;
	return r->considered > 0 || fault(c, E_SYNTAX, NULL, N_("This holds nothing of OpenPGP."));
}

bool keyring_export(struct ctx *c, struct keyring *k, str fingerprint, str *out)
{
	gpgme_data_t  d;
	gpgme_error_t e = gpgme_data_new(&d);

	if (e)
		return trouble(c, e);
	e = gpgme_op_export(k->gpg, cstr(c->arena, fingerprint), GPGME_EXPORT_MODE_MINIMAL, d);
	if (e) {
		gpgme_data_release(d);
		return trouble(c, e);
	}
	TRY(sink_take(c, d, out));
	return out->n > 0 || fault(c, E_NOTFOUND, NULL, N_("There is no key {1}."), fingerprint);
}

/* ---- what they are for ---- */

/* The newest key that can sign becomes the signer. */
static bool signer_set(struct ctx *c, struct keyring *k, str *fingerprint)
{
	struct key_briefs keys;
	gpgme_key_t       key = NULL;
	gpgme_error_t     e;

	TRY(keyring_list(c, k, &keys));
	for (size_t i = 0; i < keys.n; i++) {
		if (!keys.v[i].signs)
			continue;
		*fingerprint = keys.v[i].fingerprint;
		e = gpgme_get_key(k->gpg, cstr(c->arena, *fingerprint), &key, 1);
		gpgme_signers_clear(k->gpg);
		if (!e)
			e = gpgme_signers_add(k->gpg, key);
		if (key)
			gpgme_key_unref(key);
		return !e || trouble(c, e);
	}
	return fault(c, E_STATE, NULL, N_("There is no key to sign with. Make one with psirt keys new."));
}

bool keyring_sign(struct ctx *c, struct keyring *k, bool clear, str bytes, str *fingerprint, str *out)
{
	gpgme_data_t  in, sig;
	gpgme_error_t e;

	TRY(signer_set(c, k, fingerprint));
	TRY(source_make(c, bytes, &in));
	e = gpgme_data_new(&sig);
	if (!e)
		e = gpgme_op_sign(k->gpg, in, sig, clear ? GPGME_SIG_MODE_CLEAR : GPGME_SIG_MODE_DETACH);
	gpgme_data_release(in);
	if (e)
		return trouble(c, e);
	return sink_take(c, sig, out);
}

bool keyring_decrypt(struct ctx *c, struct keyring *k, str bytes, str *out)
{
	gpgme_data_t  in, plain;
	gpgme_error_t e;

	TRY(source_make(c, bytes, &in));
	e = gpgme_data_new(&plain);
	if (!e)
		e = gpgme_op_decrypt(k->gpg, in, plain);
	gpgme_data_release(in);
	if (e)
		return trouble(c, e);
	return sink_take(c, plain, out);
}
