#include "services/2-discovery/3-components/fetching.h"

#include <openssl/evp.h>

#include "base/buf.h"
#include "services/2-discovery/3-components/notice_digest.h"

/* Who made the document that was fetched, and is it whole?  Asked before it is read. */

enum { KEY_MAX = 200 << 10 };

/* ---- the digest ---- */

static str first_word(str text)
{
	size_t n = 0;

	while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') || (text.p[n] >= 'a' && text.p[n] <= 'f') || (text.p[n] >= 'A' && text.p[n] <= 'F')))
		n++;
	return str_slice(text, 0, n);
}

static str digest_of(struct ctx *c, str bytes, bool is_512)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned      n = 0;
	struct buf    b;

	buf_init(&b, c->arena, 2 * sizeof(sum) + 1);
	if (EVP_Digest(bytes.p ? bytes.p : "", bytes.n, sum, &n, is_512 ? EVP_sha512() : EVP_sha256(), NULL) == 1)
		buf_hex(&b, sum, n);
	return buf_str(&b);
}

/* Its digest lies beside it, or where the feed says.  meets CSAF-2.0 7.1.18: checked before it is read */
static bool digest_check(struct ctx *c, struct fetching *w, str bytes)
{
	const char *const ends[] = { ".sha512", ".sha256" };
	struct fetched    got;

	for (size_t i = 0; i < 2; i++) {
		bool said = w->item.digest.n > 0;
		str  url  = said ? w->item.digest : STR_CAT(c->arena, w->item.url, str_of(ends[i]));
		if (!str_eq(fetching_home(url), fetching_home(w->item.url)))
			return fetching_trouble(c, w, N_("{1} is on another host than the document."), url, S(""));
		if (!fetching_get(c, url, FETCHING_SMALL, STR_NONE, STR_NONE, &got))
			return fetching_trouble_fault(c, w);
		if (got.status == 200)
			return str_eq_nocase(first_word(got.body), digest_of(c, bytes, str_ends(url, S(".sha512")))) ||
			       fetching_trouble(c, w, N_("Its digest is not that of the file {1}."), url, S(""));
		if (said || (got.status != 404 && got.status != 410 && got.status != 403))
			return fetching_trouble(c, w, N_("{1} answers {2}."), url, str_fmt(c->arena, "%d", got.status));
	}
	return !w->item.trusted || fetching_trouble(c, w, N_("It has no digest, as a trusted provider has to give."), S(""), S(""));
}

/* ---- the signature ---- */

bool fetching_keys(struct ctx *c, struct fetching *w, const struct json *metadata)
{
	struct fetched got;

	w->keys.max = LISTING_KEYS;
	for (JSON_ITEMS(x, json_get(metadata, S("keys")))) {
		str url = notice_text(x, "url", NOTICE_TITLE);
		if (!str_starts(url, S("https://")) || !fetching_get(c, url, KEY_MAX, STR_NONE, STR_NONE, &got) || got.status != 200 || !utf8_check(got.body, NULL) ||
		    str_find(got.body, (str){ "", 1 }, 0) != SIZE_MAX) {
			c->fault = (struct fault){ 0 };
			continue;
		}
		if (!list_push(c->arena, &w->keys, (struct fetching_key){ url, notice_text(x, "fingerprint", 100), got.body }))
			break;
	}
	return c->arena->lack == ARENA_WHOLE;
}

static bool is_known(const struct fetching *w, str fingerprint)
{
	for (size_t i = 0; i < w->known.n; i++)
		if (!w->known.v[i].fingerprint.n || str_eq_nocase(w->known.v[i].fingerprint, fingerprint))
			return true;
	return false;
}

static bool seal_good(struct ctx *c, struct fetching *w, str bytes, str signature)
{
	struct reach_seal s;
	str               keys = S("");

	for (size_t i = 0; i < w->known.n; i++)
		keys = STR_CAT(c->arena, keys, w->known.v[i].bytes, S("\n"));
	if (!front_of(c)->prove(c, keys, signature, bytes, &s))
		return fetching_trouble_fault(c, w);
	if (!s.good)
		return fetching_trouble(c, w, N_("Its signature is not good: {1}."), utf8_check(s.why, NULL) ? s.why : S("?"), S(""));
	if (!is_known(w, s.key))
		return fetching_trouble(c, w, N_("Its signature is by the key {1}, which the metadata does not name."), s.key, S(""));
	w->signed_by = s.key;
	return true;
}

/* A trusted provider signs; of another what is signed is looked at when its metadata names a key.  meets CSAF-2.0 7.1.19 */
static bool seal_check(struct ctx *c, struct fetching *w, str bytes)
{
	struct fetched got;
	str            url = w->item.seal.n ? w->item.seal : STR_CAT(c->arena, w->item.url, S(".asc"));

	if (!front_of(c)->prove || (!w->known.n && !w->item.trusted))
		return !w->item.trusted || fetching_trouble(c, w, N_("Its signature cannot be checked here."), S(""), S(""));
	if (!str_eq(fetching_home(url), fetching_home(w->item.url)))
		return fetching_trouble(c, w, N_("{1} is on another host than the document."), url, S(""));
	if (!fetching_get(c, url, FETCHING_SMALL, STR_NONE, STR_NONE, &got))
		return fetching_trouble_fault(c, w);
	if (got.status == 200)
		return seal_good(c, w, bytes, got.body);
	if (got.status != 404 && got.status != 410 && got.status != 403)
		return fetching_trouble(c, w, N_("{1} answers {2}."), url, str_fmt(c->arena, "%d", got.status));
	return !w->item.trusted || fetching_trouble(c, w, N_("It has no signature, as a trusted provider has to give."), S(""), S(""));
}

bool fetching_proved(struct ctx *c, struct fetching *w, str bytes)
{
	TRY(digest_check(c, w, bytes));
	return w->wrong || seal_check(c, w, bytes);
}
