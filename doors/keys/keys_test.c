#include "doors/keys/keys.h"
#include "doors/keys/proof.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/test.h"
#include "platform/log.h"

/* A program's exit status, its words unseen. */
static int run(struct ctx *c, str line)
{
	int   status = -1;
	pid_t pid    = fork();

	if (pid == 0) {
		int nowhere = open("/dev/null", O_RDWR);
		dup2(nowhere, 1);
		dup2(nowhere, 2);
		execl("/bin/sh", "sh", "-c", cstr(c->arena, line), (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void file_put(struct ctx *c, str path, str text)
{
	int fd = open(cstr(c->arena, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	check(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	close(fd);
}

struct house { struct keys_home home; str folder, data; struct front front; struct wires wires; int far; pid_t pid; struct kept_pair pair; };

/* A data directory with a name too long for gpg's sockets, and the process on it. */
static void house_begin(struct ctx *c, struct house *h, bool with_key)
{
	char           folder[] = "/tmp/psirt-keys-test-XXXXXX";
	struct keyring k;
	str            fingerprint;
	int            ends[2];

	log_aim(LEVEL_WARNING, 2, LOG_AUTO);
	check(mkdtemp(folder) != NULL);
	h->folder = str_dup(c->arena, str_of(folder));
	h->data   = STR_CAT(c->arena, h->folder, S("/a-data-directory-with-a-name-that-is-much-too-long-for-the-sockets-of-gpg-agent"));
	check(mkdir(cstr(c->arena, h->data), 0700) == 0);
	check_ok(c, keys_home_make(c, h->data, &h->home));
	check(kept_pair_make(&h->pair) && kept_pair_make(&h->home.mine));
	memcpy(h->home.lend_to, h->pair.open, sizeof(h->pair.open));
	check(h->home.made.n > 0);
	if (with_key) {
		check_ok(c, keyring_open(c, &k, h->home.near));
		check_ok(c, keyring_new(c, &k, S("Story Works PSIRT <psirt@story.example>"), 0, &fingerprint));
		check_int(fingerprint.n, 40);
		keyring_close(&k);
		keyring_rest(c, h->home.near);
	}
	check_ok(c, wire_pair(c, ends));
	h->far = ends[1];
	h->pid = fork();
	if (h->pid == 0)
		_exit(keys_run(ends[1], &h->home));
	h->wires = (struct wires){ -1, ends[0], -1 };
	h->front = (struct front){ .wires = &h->wires };
	c->front = &h->front;
}

static void house_end(struct ctx *c, struct house *h)
{
	kill(h->pid, SIGTERM);
	waitpid(h->pid, NULL, 0);
	close(h->far);
	close(h->wires.keys);
	keys_home_end(c, &h->home);
	check(access(cstr(c->arena, h->home.made), F_OK) != 0);
	run(c, STR_CAT(c->arena, S("rm -rf "), h->folder));
}

/* meets CSAF-2.0 7.1.19: signatures of others, where our own keys cannot be reached */
TEST(signatures_of_others_are_proved_with_their_keys_alone)
{
	struct house      h;
	struct reach_seal s;
	str               finger, sig, key;

	if (run(c, S("gpg --version")) != 0)
		skip_test("gpg is not installed");
	house_begin(c, &h, true);
	check_ok(c, keys_sign(c, false, S("an advisory"), &finger, &sig));
	check_ok(c, keys_public(c, finger, &key));
	check_ok(c, keys_prove(c, key, sig, S("an advisory"), &s));
	check(s.good);
	check_str(s.key, finger);
	check_ok(c, keys_prove(c, key, sig, S("an advisorx"), &s));
	check(!s.good && s.why.n);
	/* Our own key is in the ring of the house and not in the one of the proof. */
	check_ok(c, keys_prove(c, S(""), sig, S("an advisory"), &s));
	check(!s.good && !s.key.n);
	check_ok(c, keys_prove(c, S("\xff\n7"), S("no signature"), S(""), &s));
	check(!s.good);
	check_ok(c, keys_sign(c, false, S("x"), &finger, &sig));   /* it goes on */
	kill(h.pid, SIGTERM);
	waitpid(h.pid, NULL, 0);
	check(run(c, STR_CAT(c->arena, S("ls "), h.data, S("/keys/psirt-proof.*"))) != 0);   /* nothing is left behind */
	house_end(c, &h);
}

TEST(what_the_keys_sign_gpg_verifies)
{
	struct house h;
	str          finger, sig, clear, key, at;

	if (run(c, S("gpg --version")) != 0)
		skip_test("gpg is not installed");
	house_begin(c, &h, true);
	check_ok(c, keys_sign(c, false, S("{\"document\":1}"), &finger, &sig));
	check(str_starts(sig, S("-----BEGIN PGP SIGNATURE-----\n")));
	check_ok(c, keys_sign(c, true, S("Contact: x\nExpires: y\n"), &finger, &clear));
	check(str_starts(clear, S("-----BEGIN PGP SIGNED MESSAGE-----\n")));
	check_ok(c, keys_public(c, finger, &key));
	check(str_starts(key, S("-----BEGIN PGP PUBLIC KEY BLOCK-----\n")));

	at = h.folder;
	file_put(c, STR_CAT(c->arena, at, S("/doc")), S("{\"document\":1}"));
	file_put(c, STR_CAT(c->arena, at, S("/other")), S("{\"document\":2}"));
	file_put(c, STR_CAT(c->arena, at, S("/doc.asc")), sig);
	file_put(c, STR_CAT(c->arena, at, S("/clear")), clear);
	file_put(c, STR_CAT(c->arena, at, S("/key")), key);
	check(mkdir(cstr(c->arena, STR_CAT(c->arena, at, S("/them"))), 0700) == 0);
	check_int(run(c, STR_CAT(c->arena, S("gpg --homedir "), at, S("/them --import "), at, S("/key"))), 0);
	check_int(run(c, STR_CAT(c->arena, S("gpg --homedir "), at, S("/them --verify "), at, S("/doc.asc "), at, S("/doc"))), 0);
	check_int(run(c, STR_CAT(c->arena, S("gpg --homedir "), at, S("/them --verify "), at, S("/clear"))), 0);
	check(run(c, STR_CAT(c->arena, S("gpg --homedir "), at, S("/them --verify "), at, S("/doc.asc "), at, S("/other"))) != 0);

	check_int(run(c, STR_CAT(c->arena, S("echo secret | gpg --homedir "), at, S("/them --trust-model always -r "), finger,
	                         S(" -a -e -o "), at, S("/mail"))), 0);
	check_ok(c, keys_decrypt(c, test_file(c, STR_CAT(c->arena, at, S("/mail"))), &clear));
	check_str(clear, S("secret\n"));
	check(!keys_decrypt(c, S("no OpenPGP at all"), &clear));
	check_fault(c, E_SYNTAX, NULL);
	check(!keys_public(c, S("0123456789012345678901234567890123456789"), &key));
	check_fault(c, E_NOTFOUND, NULL);
	house_end(c, &h);
}

/* Also where there is no OpenPGP key, and only to the one that it was sealed for. */
TEST(a_kept_secret_leaves_the_process_sealed)
{
	struct house     h;
	struct kept_pair other;
	str              sealed, secret;

	house_begin(c, &h, false);
	check(kept_pair_make(&other));
	check(!keys_lend(c, S("cve-services"), &sealed));
	check_fault(c, E_STATE, NULL);
	check_ok(c, kept_save(c, h.home.real, S("cve-services"), S("https://cve.example"), S("TOP-SECRET-KEY")));
	check_ok(c, keys_lend(c, S("cve-services"), &sealed));
	check(str_find(sealed, S("SECRET"), 0) == SIZE_MAX);
	check_ok(c, kept_unseal(c, &h.pair, sealed, S("https://cve.example/api"), &secret));
	check_str(secret, S("TOP-SECRET-KEY"));
	check(!kept_unseal(c, &h.pair, sealed, S("https://cve.example.evil.example/api"), &secret));
	check_fault(c, E_FORBIDDEN, "url");
	check(!kept_unseal(c, &other, sealed, S("https://cve.example/api"), &secret));
	check_fault(c, E_INTERNAL, NULL);
	check(!keys_lend(c, S("../seal"), &sealed));
	check_fault(c, E_INVALID, "name");
	house_end(c, &h);
}

static str kept_now(struct ctx *c, const struct house *h, const char *name, const char *end)
{
	char *room = arena_must(c->arena, 1, KEPT_FILE_MAX);
	str   origin, secret;

	return kept_read(c, h->home.real, str_of(name), end, room, &origin, &secret) ? STR_CAT(c->arena, origin, S(" "), secret) : S("");
}

#define GIFT(who, secret) (&(struct gift){ S("cve-services"), who, secret })
#define API S("https://cve.example:8443/api/org/aozora?x=1")

/* Ours in the place of ours, of the same origin; somebody else's beside it; and nothing that fetch did not seal. */
TEST(a_secret_of_an_answer_is_taken_from_fetch_alone)
{
	struct house     h;
	struct kept_pair other;
	str              sealed, bad;

	house_begin(c, &h, false);
	check(kept_pair_make(&other));
	check_ok(c, gift_seal(c, &h.pair, h.home.mine.open, API, GIFT(STR_NONE, S("FRESH-KEY")), &sealed));
	check(str_find(sealed, S("FRESH"), 0) == SIZE_MAX);
	check(!keys_take(c, sealed));   /* there is none that it could replace */
	check_fault(c, E_FORBIDDEN, NULL);
	check_ok(c, kept_save(c, h.home.real, S("cve-services"), S("https://cve.example:8443"), S("OLD-SECRET")));
	check_ok(c, keys_take(c, sealed));
	check_str(kept_now(c, &h, "cve-services", ".kept"), S("https://cve.example:8443 FRESH-KEY"));
	check_ok(c, gift_seal(c, &h.pair, h.home.mine.open, S("https://evil.example/api"), GIFT(STR_NONE, S("EVIL-SECRET")), &sealed));
	check(!keys_take(c, sealed));
	check_fault(c, E_FORBIDDEN, NULL);
	/* main knows what keys opens with, and not what fetch seals with */
	check_ok(c, gift_seal(c, &other, h.home.mine.open, API, GIFT(STR_NONE, S("EVIL-SECRET")), &sealed));
	check(!keys_take(c, sealed));
	check_fault(c, E_FORBIDDEN, NULL);
	check_str(kept_now(c, &h, "cve-services", ".kept"), S("https://cve.example:8443 FRESH-KEY"));
	check_ok(c, gift_seal(c, &h.pair, h.home.mine.open, API, GIFT(S("ren@aozora.example"), S("KEY-OF-REN")), &sealed));
	bad = str_dup(c->arena, sealed);
	((char *)(uintptr_t)bad.p)[bad.n - 1] ^= 1;
	check(!keys_take(c, bad) && !keys_take(c, str_slice(sealed, 0, 30)) && !keys_take(c, S("")));
	check_ok(c, keys_take(c, sealed));
	check_str(kept_now(c, &h, "ren@aozora.example", ".hand"), S("https://cve.example:8443 KEY-OF-REN"));
	check(!keys_lend(c, S("ren@aozora.example"), &bad));   /* not ours to use */
	check_ok(c, gift_seal(c, &h.pair, h.home.mine.open, API, GIFT(S("../seal"), S("KEY-OF-REN")), &sealed));
	check(!keys_take(c, sealed));
	check_fault(c, E_INVALID, "name");
	check(!gift_seal(c, &h.pair, h.home.mine.open, API, GIFT(STR_NONE, S("two\nlines")), &sealed));
	check(!gift_seal(c, &h.pair, h.home.mine.open, API, GIFT(STR_NONE, S("short")), &sealed));
	house_end(c, &h);
}

TEST(a_key_is_handed_over_encrypted_to_who_gets_it)
{
	struct house   h;
	struct keyring k;
	str            finger, key, locked, plain;

	if (run(c, S("gpg --version")) != 0)
		skip_test("gpg is not installed");
	house_begin(c, &h, true);
	check_ok(c, keyring_open(c, &k, h.home.near));
	check_ok(c, keyring_sign(c, &k, false, S("x"), &finger, &plain));
	check_ok(c, keyring_export(c, &k, finger, &key));
	check_ok(c, proof_lock(c, key, S("KEY-OF-REN"), &locked));
	check(str_starts(locked, S("-----BEGIN PGP MESSAGE-----")) && str_find(locked, S("REN"), 0) == SIZE_MAX);
	check_ok(c, keyring_decrypt(c, &k, locked, &plain));
	check_str(plain, S("KEY-OF-REN"));
	check(!proof_lock(c, S("no key at all"), S("KEY-OF-REN"), &locked));
	check_fault(c, E_SYNTAX, "to");
	proof_close();
	keyring_close(&k);
	keyring_rest(c, h.home.near);
	house_end(c, &h);
}

TEST(without_a_key_nothing_is_signed_and_it_is_said)
{
	struct house h;
	str          finger, sig;

	house_begin(c, &h, false);
	check(!keys_sign(c, false, S("x"), &finger, &sig));
	check_fault(c, E_STATE, NULL);
	house_end(c, &h);
	h.wires.keys = -1;
	check(!keys_sign(c, false, S("x"), &finger, &sig));
	check_fault(c, E_UNAVAILABLE, NULL);
}
