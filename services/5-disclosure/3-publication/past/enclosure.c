#include "services/5-disclosure/3-publication/past/history.h"

#include "base/buf.h"

/*
 * What lies beside a document: NAME.json.asc, .sha256, .sha512.  The digests
 * must be those of the document; the signature is kept as it came and goes out
 * with the original.  Nobody here has the key that made it, so what it is worth
 * is for its reader to say; what is no signature at all is refused.
 */

enum { SEAL_MAX = 64 << 10, FIRST_WORD = 200 };

bool enclosure_is(str name, enum beside *kind, str *of)
{
	for (int i = 0; beside_ends[i]; i++) {
		str end = str_of(beside_ends[i]);

		if (!str_ends(name, end) || !str_ends(str_slice(name, 0, name.n - end.n), S(".json")))
			continue;
		*kind = (enum beside)i;
		*of   = str_slice(name, 0, name.n - end.n);
		return true;
	}
	return false;
}

bool enclosure_put(struct ctx *c, struct enclosed *to, enum beside kind, str name, str bytes)
{
	if (bytes.n > SEAL_MAX)
		return fault(c, E_LIMIT, "file", N_("The file {1} has {2} bytes; at most {3} are accepted."), name,
		             str_fmt(c->arena, "%zu", bytes.n), str_fmt(c->arena, "%d", SEAL_MAX));
	if (to->name[kind].n)
		return fault(c, E_INVALID, "file", N_("The file {1} is there twice."), name);
	to->name[kind]  = name;
	to->bytes[kind] = bytes;
	return true;
}

/* "HEX" or "HEX  NAME", as sha256sum writes it. meets CSAF-2.0 7.1.18 */
static str first_word(str text)
{
	size_t n = 0;

	text = str_slice(text, str_starts(text, S("\xEF\xBB\xBF")) ? 3 : 0, text.n);
	while (n < text.n && n < FIRST_WORD && text.p[n] != ' ' && text.p[n] != '\t' && text.p[n] != '\r' && text.p[n] != '\n')
		n++;
	return str_slice(text, 0, n);
}

static bool is_hex(str s, size_t n)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f') || (s.p[i] >= 'A' && s.p[i] <= 'F')))
			return false;
	return s.n == n;
}

static bool digest_check(struct ctx *c, str name, str bytes, str is, const char *hash)
{
	str said = first_word(bytes);

	if (!name.n || str_eq_nocase(said, is))
		return true;
	if (!is_hex(said, is.n))
		return fault(c, E_SYNTAX, "file", N_("The file {1} does not begin with a {2} in hexadecimal digits."), name, str_of(hash));
	return fault(c, E_INVALID, "file", N_("The {2} in the file {1} is not that of the document, which has {3}."), name, str_of(hash), is);
}

bool enclosure_check(struct ctx *c, const struct enclosed *e, const struct past *p)
{
	static const str begin = S_INIT("-----BEGIN PGP SIGNATURE-----"), end = S_INIT("-----END PGP SIGNATURE-----");
	str seal = e->bytes[BESIDE_SEAL];

	TRY(digest_check(c, e->name[BESIDE_SHA256], e->bytes[BESIDE_SHA256], p->sha256, "SHA-256"));
	TRY(digest_check(c, e->name[BESIDE_SHA512], e->bytes[BESIDE_SHA512], p->sha512, "SHA-512"));
	return !e->name[BESIDE_SEAL].n || (str_starts(str_trim(seal), begin) && str_ends(str_trim(seal), end)) ||
	       fault(c, E_SYNTAX, "file", N_("The file {1} is no OpenPGP signature in ASCII armor."), e->name[BESIDE_SEAL]);
}

bool enclosure_keep(struct ctx *c, const struct enclosed *e, past_id id)
{
	struct past_signature_row have;
	str  seal = e->bytes[BESIDE_SEAL];
	bool found;

	if (!e->name[BESIDE_SEAL].n || !id.v.n)
		return true;
	TRY(sql_past_signature(c, id, &have, &found));
	if (!found)
		return sql_past_signature_put(c, id, S(PAST_RECEIVED), seal, c->now);
	return str_eq(have.bytes, seal) ||
	       fault(c, E_CONFLICT, "file", N_("The document is kept already with another signature than that in the file {1}."), e->name[BESIDE_SEAL]);
}
