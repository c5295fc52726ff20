#include "doors/keys/keys.h"

#include "base/buf.h"
#include "doors/cli/say.h"
#include "doors/keys/deed.h"
#include "doors/keys/proof.h"
#include "doors/serve/node.h"
#include "doors/serve/setup.h"
#include "platform/op/tool.h"

static int usage(void)
{
	say_error("usage: psirt keys new --name NAME --mail MAIL [--years N] | import FILE | list | export [FINGERPRINT] | keep NAME --for ORIGIN <FILE | forget NAME | hand PERSON [--to FILE]\n");
	return fault_exit(E_USAGE);
}

/* ---- what was asked for ---- */

struct wish { str what, word, name, origin, to; int64_t years; };

static bool make(struct ctx *c, struct keyring *k, const struct wish *w)
{
	str fingerprint;

	TRY(keyring_new(c, k, w->name, (int)w->years, &fingerprint));
	SAY(c, N_("The key {1} is made. From now on it signs."), fingerprint);
	return true;
}

static bool import(struct ctx *c, struct keyring *k, const struct wish *w)
{
	struct buf err;
	str        bytes;
	int        n;

	buf_init(&err, c->arena, 1 << 12);
	if (!tool_read(c, cstr(c->arena, w->word), &bytes, &err))
		return fault(c, E_IO, NULL, N_("The file {1} could not be read."), w->word);
	TRY(keyring_import(c, k, bytes, &n));
	SAY(c, N_("Private keys that are new: {1}."), str_fmt(c->arena, "%d", n));
	return true;
}

static bool list(struct ctx *c, struct keyring *k)
{
	struct key_briefs keys;
	bool              chosen = false;

	TRY(keyring_list(c, k, &keys));
	for (size_t i = 0; i < keys.n; i++) {
		const struct key_brief *b = &keys.v[i];
		bool signs = b->signs && !chosen;
		chosen |= signs;
		say("%c %.*s  %.*s  %.*s  %.*s\n", signs ? '*' : b->signs ? ' ' : '-', STR_ARG(b->fingerprint),
		    STR_ARG(str_slice(time_print(c->arena, b->made_at), 0, 10)),
		    STR_ARG(b->expires_at == TIME_NONE ? S("-") : str_slice(time_print(c->arena, b->expires_at), 0, 10)),
		    STR_ARG(b->name));
	}
	return true;
}

static bool export(struct ctx *c, struct keyring *k, const struct wish *w)
{
	struct key_briefs keys;
	str               text, which = w->word;

	TRY(keyring_list(c, k, &keys));
	for (size_t i = 0; i < keys.n && !which.n; i++)
		if (keys.v[i].signs)
			which = keys.v[i].fingerprint;
	if (!which.n)
		return fault(c, E_STATE, NULL, N_("There is no key to sign with. Make one with psirt keys new."));
	TRY(keyring_export(c, k, which, &text));
	say_bytes(text);
	return true;
}

/* From standard input, to the end; what ends the line does not count. */
static bool keep(struct ctx *c, str folder, const struct wish *w)
{
	struct buf err;
	str        secret;
	bool       ok;

	buf_init(&err, c->arena, 1 << 12);
	if (!tool_read(c, "-", &secret, &err))
		return fault(c, E_IO, NULL, N_("The file {1} could not be read."), S("-"));
	ok = kept_save(c, folder, w->word, w->origin, str_trim(secret));
	explicit_bzero((char *)(uintptr_t)secret.p, secret.n);
	if (ok)
		SAY(c, N_("The secret {1} is kept. It is used for {2} alone."), w->word, w->origin);
	return ok;
}

static bool forget(struct ctx *c, str folder, const struct wish *w)
{
	TRY(kept_drop(c, folder, w->word));
	SAY(c, N_("The secret {1} is forgotten."), w->word);
	return true;
}

/* Encrypted to the public key in the file, when one is named. */
static bool locked(struct ctx *c, const struct wish *w, str secret, str *out)
{
	struct buf err;
	str        key;
	bool       ok;

	buf_init(&err, c->arena, 1 << 12);
	if (!tool_read(c, cstr(c->arena, w->to), &key, &err))
		return fault(c, E_IO, "to", N_("The file {1} could not be read."), w->to);
	ok = proof_lock(c, key, secret, out);
	proof_close();
	return ok;
}

/* Once: what was printed is forgotten. */
static bool hand(struct ctx *c, str folder, str data, const struct wish *w)
{
	char room[KEPT_FILE_MAX];
	str  origin, secret, text;
	bool ok = gift_show(c, folder, w->word, room, &origin, &secret) && deed_write(c, data, w->what, w->word);

	if (ok)
		origin = str_dup(c->arena, origin);
	if (ok && !w->to.n)
		text = STR_CAT(c->arena, secret, S("\n"));
	else
		ok = ok && locked(c, w, secret, &text);
	explicit_bzero(room, sizeof(room));
	TRY(ok);
	ok = say_bytes(text) && say_end(c, 0) == 0;
	explicit_bzero((char *)(uintptr_t)text.p, text.n);
	if (!ok)
		return fault(c, E_IO, NULL, N_("The file {1} could not be written."), S("-"));
	SAY_ERROR(c, N_("That is the key of {1} at {2}. It is forgotten here; a lost one is reset."), w->word, origin);
	return gift_drop(c, folder, w->word);
}

static bool list_kept(struct ctx *c, str folder)
{
	struct kept_briefs kept;

	TRY(kept_list(c, folder, &kept));
	for (size_t i = 0; i < kept.n; i++)
		if (kept.v[i].hand)
			SAY(c, N_("Key of {1} at {2}, which waits to be handed over: psirt keys hand {1}"), kept.v[i].name, kept.v[i].origin);
		else
			SAY(c, N_("Secret {1} for {2}"), kept.v[i].name, kept.v[i].origin);
	return true;
}

/* Does it change what keys are here?  The audit learns it first (of hand, when there is one to hand over). */
static bool write_down(struct ctx *c, str data, const struct wish *w)
{
	if (str_eq(w->what, S("list")) || str_eq(w->what, S("export")) || str_eq(w->what, S("hand")))
		return true;
	return deed_write(c, data, w->what, str_eq(w->what, S("new")) ? w->name : w->word);
}

static bool carry_out(struct ctx *c, struct keyring *k, const struct wish *w)
{
	if (str_eq(w->what, S("new")))
		return make(c, k, w);
	if (str_eq(w->what, S("import")))
		return import(c, k, w);
	if (str_eq(w->what, S("export")))
		return export(c, k, w);
	return list(c, k);
}

static bool on_keyring(struct ctx *c, str data, const struct wish *w)
{
	struct keyring   k = { 0 };
	struct keys_home h;
	bool             ok;

	TRY(node_owner_check(c, data));
	ok = keys_home_make(c, data, &h) && write_down(c, data, w);
	if (ok && str_eq(w->what, S("keep")))
		ok = keep(c, h.near, w);
	else if (ok && str_eq(w->what, S("forget")))
		ok = forget(c, h.near, w);
	else if (ok && str_eq(w->what, S("hand")))
		ok = hand(c, h.near, data, w);
	else
		ok = ok && keyring_open(c, &k, h.near) && carry_out(c, &k, w) &&
		     (!str_eq(w->what, S("list")) || list_kept(c, h.near));
	keyring_close(&k);
	if (h.near.n)
		keyring_rest(c, h.near);
	keys_home_end(c, &h);
	return ok;
}

/* ---- the words ---- */

static bool sound(const struct wish *w, str name, str mail)
{
	if (str_eq(w->what, S("new")))
		return name.n > 0 && mail.n > 0 && w->years >= 0 && w->years <= 20;
	if (str_eq(w->what, S("import")))
		return w->word.n > 0;
	if (str_eq(w->what, S("hand")))
		return w->word.n > 0;
	if (str_eq(w->what, S("keep")) || str_eq(w->what, S("forget")))
		return w->word.n > 0 && (w->origin.n > 0) == str_eq(w->what, S("keep"));
	return str_eq(w->what, S("list")) || str_eq(w->what, S("export"));
}

int keys_verb(struct options *o)
{
	struct ctx  *c    = o->c;
	str          name = option_str(o, "name", NULL, S("")), mail = option_str(o, "mail", NULL, S(""));
	str          years = option_str(o, "years", NULL, S("0"));
	struct setup s;
	struct wish  w = { .origin = option_str(o, "for", NULL, S("")), .to = option_str(o, "to", NULL, S("")) };

	if (!setup_read(o, SETUP_STORE, &s))
		return say_fault(c);
	w.what = option_word(o);
	w.word = option_word(o);
	if (!options_done(o))
		return say_fault(c);
	if (!str_to_int(years, &w.years) || !sound(&w, name, mail))
		return usage();
	w.name = STR_CAT(c->arena, name, S(" <"), mail, S(">"));
	return on_keyring(c, s.data, &w) ? 0 : say_fault(c);
}
