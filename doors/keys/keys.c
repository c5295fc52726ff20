#include "doors/keys/keys.h"

#include <limits.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/keys/proof.h"
#include "platform/cage/wall.h"
#include "platform/cage/warden.h"
#include "platform/clock.h"
#include "platform/log.h"

enum { SOCKET_ROOM = 86 /* 107 less "/S.gpg-agent.browser" */, IDLE_MS = 3000, ALL = WALL_READ | WALL_WRITE | WALL_MAKE };

static const struct wire_limits usual = { .wall_ms = 20000, .memory = 128 << 20, .in_max = 16 << 20, .out_max = 33 << 20 };

/* ---- a short name ---- */

static bool link_make(struct ctx *c, struct keys_home *h)
{
	char folder[] = "/tmp/psirt-XXXXXX";

	if (!mkdtemp(folder))
		return fault(c, E_IO, NULL, N_("The directory {1} could not be made."), str_of(folder));
	h->made = str_dup(c->arena, str_of(folder));
	h->near = STR_CAT(c->arena, h->made, S("/k"));
	return symlink(cstr(c->arena, h->real), cstr(c->arena, h->near)) == 0 ||
	       fault(c, E_IO, NULL, N_("The file {1} could not be written."), h->near);
}

bool keys_home_make(struct ctx *c, str data, struct keys_home *h)
{
	str   name = STR_CAT(c->arena, data, S("/keys"));
	char *room = arena_must(c->arena, 1, PATH_MAX);

	*h = (struct keys_home){ 0 };
	TRY(keyring_make(c, name));
	if (!realpath(cstr(c->arena, name), room))
		return fault(c, E_IO, NULL, N_("The directory {1} could not be made."), name);
	h->real = h->near = str_of(room);
	return h->real.n <= SOCKET_ROOM || link_make(c, h);
}

void keys_home_end(struct ctx *c, const struct keys_home *h)
{
	if (!h->made.n)
		return;
	unlink(cstr(c->arena, h->near));
	rmdir(cstr(c->arena, h->made));
}

/* ---- in the process ---- */

/* "lend" (in: a name). */
static bool lend(struct ctx *c, const struct keys_home *v, str in, str *out)
{
	return kept_lend(c, v->near, in, v->lend_to, out);
}

/* "sign", "clear", "public" (in: a fingerprint), "decrypt". */
static bool act(struct ctx *c, struct keyring *k, str name, str in, str *out)
{
	bool clear = str_eq(name, S("clear"));
	str  fingerprint;

	if (clear || str_eq(name, S("sign"))) {
		TRY(keyring_sign(c, k, clear, in, &fingerprint, out));
		*out = STR_CAT(c->arena, fingerprint, S("\n"), *out);
		return true;
	}
	if (str_eq(name, S("public")))
		return keyring_export(c, k, in, out);
	if (str_eq(name, S("decrypt")))
		return keyring_decrypt(c, k, in, out);
	return fault(c, E_INTERNAL, NULL, NULL);
}

static bool count_take(str *in, str *out)
{
	str     line;
	int64_t n = 0;

	if (!str_cut(in, '\n', &line) || !line.n || line.n > 9)
		return false;
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] < '0' || line.p[i] > '9')
			return false;
		n = n * 10 + (line.p[i] - '0');
	}
	if ((size_t)n > in->n)
		return false;
	*out = str_slice(*in, 0, (size_t)n);
	*in  = str_slice(*in, (size_t)n, in->n);
	return true;
}

/* What reads the documents of strangers is where our own keys are not. */
static bool prove_wall(struct ctx *c, str home)
{
	const struct wall_path paths[] = {
		{ cstr(c->arena, home), ALL }, { "/usr", WALL_READ | WALL_RUN }, { "/bin", WALL_READ | WALL_RUN }, { "/lib", WALL_READ | WALL_RUN },
		{ "/lib64", WALL_READ | WALL_RUN }, { "/etc", WALL_READ }, { "/proc", WALL_READ }, { "/dev/null", WALL_READ | WALL_WRITE },
		{ "/dev/urandom", WALL_READ },
	};
	struct wall_state state;

	return wall_raise(c, &(struct wall){ .paths = paths, .paths_n = sizeof(paths) / sizeof(paths[0]), .runs = true, .sockets = true, .opens = true }, &state);
}

/* "prove" (in: bytes of the public keys, of the signature, each after its length; the document). */
static bool prove(struct ctx *c, const struct keys_home *v, str in, str *out)
{
	struct reach_seal s;
	str               keys, signature, home, prints;

	if (!count_take(&in, &keys) || !count_take(&in, &signature))
		return fault(c, E_INTERNAL, NULL, NULL);
	TRY(proof_begin(c, v->near, &home) && prove_wall(c, home));
	TRY(proof_key(c, keys, &prints));
	TRY(proof_verify(c, in.p ? in : S(""), -1, signature, &s));
	*out = STR_CAT(c->arena, s.good ? S("good\n") : S("bad\n"), s.key, S("\n"), s.why);
	return true;
}

static void call_run(void *arg, const struct wire_head *h, int fd)
{
	const struct keys_home *v = arg;
	struct keyring      k = { 0 };
	struct arena        a;
	struct ctx          c;
	str                 in = STR_NONE, out = STR_NONE;
	bool                ok;

	arena_init(&a, (size_t)h->memory);
	ctx_init(&c, &a);
	c.now    = clock_now();
	c.random = random_bytes;
	c.lang   = (enum lang)h->lang;
	ok = wire_input(&c, fd, h, &in);
	if (ok && str_eq(str_of(h->name), S("lend"))) {
		ok = lend(&c, v, in, &out);
	} else if (ok && str_eq(str_of(h->name), S("take"))) {
		ok = gift_take(&c, v->near, &v->mine, v->lend_to, in);
	} else if (ok && str_eq(str_of(h->name), S("prove"))) {
		ok = prove(&c, v, in, &out);
	} else {
		if (ok && !keyring_filled(&c, v->near))
			ok = fault(&c, E_STATE, NULL, N_("There is no key to sign with. Make one with psirt keys new."));
		ok = ok && keyring_open(&c, &k, v->near) && act(&c, &k, str_of(h->name), in, &out);
		keyring_close(&k);
	}
	wire_answer(&c, fd, h, ok, out);
	proof_close();
	_exit(0);
}

static void rest(void *arg)
{
	const struct keys_home *v = arg;
	struct arena        a;
	struct ctx          c;

	arena_init(&a, 1 << 20);
	ctx_init(&c, &a);
	keyring_rest(&c, v->near);
	proof_sweep(v->near);
	arena_done(&a);
}

static bool confine(struct ctx *c, const struct keys_home *v, struct wall_state *s)
{
	const struct wall_path paths[] = {
		{ cstr(c->arena, v->real), ALL }, { v->made.n ? cstr(c->arena, v->made) : "", WALL_READ },
		{ "/usr", WALL_READ | WALL_RUN }, { "/bin", WALL_READ | WALL_RUN }, { "/lib", WALL_READ | WALL_RUN },
		{ "/lib64", WALL_READ | WALL_RUN }, { "/etc", WALL_READ }, { "/proc", WALL_READ },
		{ "/dev/null", WALL_READ | WALL_WRITE }, { "/dev/urandom", WALL_READ },
	};

	return wall_raise(c, &(struct wall){ .paths = paths, .paths_n = sizeof(paths) / sizeof(paths[0]), .runs = true,
		.sockets = true, .opens = true }, s);
}

int keys_run(int channel, void *arg)
{
	struct keys_home *v = arg;
	struct wall_state s;
	struct arena      a;
	struct ctx        c;
	int               status;

	arena_init(&a, ARENA_MAX);
	ctx_init(&c, &a);
	warden_close(channel, channel);
	prctl(PR_SET_DUMPABLE, 0);
	if (!v->near.n || !confine(&c, v, &s)) {
		log_event(LEVEL_ERROR, "keys.unusable", LOG_TEXT("fault", str_of(c.fault.text ? c.fault.text : "")));
		return 1;
	}
	log_event(LEVEL_INFO, "keys.confined", LOG_INT("landlock", s.landlock), LOG_INT("seccomp", s.seccomp));
	status = warden_run(&(struct warden){ .channel = channel, .most = 1, .grouped = true, .run = call_run, .idle = rest,
		.idle_ms = IDLE_MS, .arg = v });
	keyring_rest(&c, v->near);
	proof_sweep(v->near);
	return status;
}

/* ---- in main ---- */

static bool ask(struct ctx *c, const char *what, str in, str *out)
{
	const struct wires *w = front_of(c)->wires;

	return wire_call(c, w ? w->keys : -1, what, STR_NONE, in, &usual, out);
}

bool keys_sign(struct ctx *c, bool clear, str bytes, str *fingerprint, str *out)
{
	TRY(ask(c, clear ? "clear" : "sign", bytes, out));
	return str_cut(out, '\n', fingerprint) || fault(c, E_INTERNAL, NULL, NULL);
}

bool keys_public(struct ctx *c, str fingerprint, str *out)
{
	return ask(c, "public", fingerprint, out);
}

bool keys_prove(struct ctx *c, str keys, str signature, str bytes, struct reach_seal *out)
{
	str answer, verdict;

	*out = (struct reach_seal){ .expires = TIME_NONE };
	TRY(ask(c, "prove", STR_CAT(c->arena, str_fmt(c->arena, "%zu\n", keys.n), keys, str_fmt(c->arena, "%zu\n", signature.n), signature, bytes), &answer));
	if (!str_cut(&answer, '\n', &verdict) || !str_cut(&answer, '\n', &out->key))
		return fault(c, E_INTERNAL, NULL, NULL);
	out->good = str_eq(verdict, S("good"));
	out->why  = answer.n ? answer : S("");
	return true;
}

bool keys_decrypt(struct ctx *c, str bytes, str *out)
{
	return ask(c, "decrypt", bytes, out);
}

bool keys_lend(struct ctx *c, str name, str *sealed)
{
	return ask(c, "lend", name, sealed);
}

bool keys_take(struct ctx *c, str sealed)
{
	str out;

	return ask(c, "take", sealed, &out);
}
