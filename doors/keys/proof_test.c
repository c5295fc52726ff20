#include "doors/keys/proof.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/test.h"
#include "doors/keys/keyring.h"

/* A key of our own in a home of its own, what it signs, and its public half. */
struct maker { struct keyring ring; str home, key, public_key, signature; };

static void maker_open(struct ctx *c, struct maker *m, str text)
{
	char room[] = "/tmp/psirt-maker.XXXXXX";
	str  fingerprint;

	check(mkdtemp(room) != NULL);
	m->home = str_dup(c->arena, str_of(room));
	check_ok(c, keyring_make(c, m->home));
	check_ok(c, keyring_open(c, &m->ring, m->home));
	check_ok(c, keyring_new(c, &m->ring, S("Ex <p@ex.example>"), 1, &m->key));
	check_ok(c, keyring_sign(c, &m->ring, false, text, &fingerprint, &m->signature));
	check_ok(c, keyring_export(c, &m->ring, m->key, &m->public_key));
}

static void maker_close(struct ctx *c, struct maker *m)
{
	keyring_close(&m->ring);
	keyring_rest(c, m->home);
	(void)!system(cstr(c->arena, STR_CAT(c->arena, S("rm -rf "), m->home)));
}

TEST(a_signature_is_good_for_its_bytes_and_key_alone)
{
	struct maker      m;
	struct reach_seal s;
	str               prints;
	char              path[] = "/tmp/psirt-proof-file.XXXXXX";
	int               fd;

	maker_open(c, &m, S("an advisory"));
	check_ok(c, proof_verify(c, S("an advisory"), -1, m.signature, &s));
	check(!s.good && !s.key.n);   /* nobody knows the key */
	check_ok(c, proof_key(c, m.public_key, &prints));
	check(str_starts(prints, m.key));
	check_ok(c, proof_verify(c, S("an advisory"), -1, m.signature, &s));
	check(s.good);
	check_str(s.key, m.key);
	check(s.expires != TIME_NONE);
	check_ok(c, proof_verify(c, S("an advisorx"), -1, m.signature, &s));
	check(!s.good && s.why.n);
	fd = mkstemp(path);
	check(fd >= 0 && write(fd, "an advisory", 11) == 11);
	check_ok(c, proof_verify(c, STR_NONE, fd, m.signature, &s));
	check(s.good);
	close(fd);
	unlink(path);
	proof_close();
	check_ok(c, proof_verify(c, S("an advisory"), -1, m.signature, &s));
	check(!s.good);   /* forgotten */
	proof_close();
	maker_close(c, &m);
}

TEST(what_is_no_key_and_no_signature_is_told)
{
	static const char *const junk[] = { "", "\xff\xff\xff", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n", "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n" };
	struct reach_seal s;
	str               prints;

	for (size_t i = 0; i < sizeof(junk) / sizeof(junk[0]); i++) {
		check_ok(c, proof_key(c, str_of(junk[i]), &prints));
		check_str(prints, S(""));
		check_ok(c, proof_verify(c, S("x"), -1, str_of(junk[i]), &s));
		check(!s.good);
	}
	proof_close();
}

TEST(the_signatures_of_the_fixtures_are_good)
{
	static const char *const kinds[] = { "directory", "rolie" };
	str base = test_vectors(c), prints, text;
	struct reach_seal s;

	if (!base.n)
		skip_test("no test vectors (PSIRT_VECTORS)");
	for (size_t i = 0; i < 2; i++) {
		str at = STR_CAT(c->arena, base, S("/csaf/provider-fixtures/gocsaf/testdata/simple-"), str_of(kinds[i]), S("-provider/"));
		text = test_file(c, STR_CAT(c->arena, at, S("white/avendor-advisory-0004.json")));
		if (!text.n)
			skip_test("no provider fixtures of gocsaf");
		check_ok(c, proof_key(c, test_file(c, STR_CAT(c->arena, at, S("openpgp/pubkey.asc"))), &prints));
		check(str_starts(prints, S("A8914CA2F11139C6A69A0018FB3CD9B15DE61596")));
		check_ok(c, proof_verify(c, text, -1, test_file(c, STR_CAT(c->arena, at, S("white/avendor-advisory-0004.json.asc"))), &s));
		check(s.good);
	}
	proof_close();
}
