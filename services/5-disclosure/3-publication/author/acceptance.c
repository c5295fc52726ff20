#include "services/5-disclosure/3-publication/author/retrieval_part.h"

#include <errno.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/point.h"
#include "standards/csaf/csaf.h"
#include "standards/tlp/tlp.h"

/*
 * One document of a provider: fetched into a draft, its digest and signature
 * checked, then read, then put to its place.  meets CSAF-2.0 7.3.2
 */

enum { DIGEST_TEXT = 1 << 16, SEAL_TEXT = 1 << 20 };

struct draft {
	struct ctx *c;
	struct errand *e;
	const struct wanted *w;
	str  name, hash_name, hash_text, seal_text;   /* hash_name: ".sha512" */
	int  fd;
	struct reach_answer got;
	str  sha256;
	str  path;           /* its place in the stock */
};

/* ---- digests ---- */

static bool draft_digest(struct draft *d, int bits, str *out)
{
	EVP_MD_CTX    *m = EVP_MD_CTX_new();
	unsigned char  room[1 << 14], sum[EVP_MAX_MD_SIZE];
	unsigned       n = 0;
	ssize_t        k = 0;
	struct buf     b;
	bool           ok = m && EVP_DigestInit_ex(m, bits == 512 ? EVP_sha512() : EVP_sha256(), NULL) == 1 && lseek(d->fd, 0, SEEK_SET) == 0;

	while (ok && (k = read(d->fd, room, sizeof(room))) > 0)
		ok = EVP_DigestUpdate(m, room, (size_t)k) == 1;
	ok = ok && k == 0 && EVP_DigestFinal_ex(m, sum, &n) == 1;
	EVP_MD_CTX_free(m);
	buf_init(&b, d->c->arena, 256);
	buf_hex(&b, sum, n);
	*out = buf_str(&b);
	return ok || fault(d->c, E_IO, NULL, NULL);
}

/* The hexadecimal word that a digest file begins with. */
static str first_word(str text)
{
	size_t n = 0;

	while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') || (text.p[n] >= 'a' && text.p[n] <= 'f') || (text.p[n] >= 'A' && text.p[n] <= 'F')))
		n++;
	return str_slice(text, 0, n);
}

/* *text: what lies at the URL, none when there is nothing (404, 410). A fault: no telling. */
static bool side_get(struct draft *d, str url, int64_t max, str *text)
{
	struct reach_answer a;

	*text = STR_NONE;
	TRY(errand_get(d->c, d->e, url, max, &a));
	if (a.status == 200)
		*text = a.body;
	else if (a.status != 404 && a.status != 410 && a.status != 403)
		return fault(d->c, E_UNAVAILABLE, NULL, N_("{1} answers {2}."), url, str_fmt(d->c->arena, "%d", a.status));
	return true;
}

/* The stronger one that is there is checked. *refused: told. */
static bool digest_check(struct draft *d, bool *refused)
{
	static const char *const ends[] = { ".sha512", ".sha256" };
	str want, have;

	for (int i = 0; i < 2 && !d->hash_name.n; i++) {
		str said = d->w->hash[1 - i], url = said.n ? said : STR_CAT(d->c->arena, d->w->url, str_of(ends[i]));
		if (!said.n && d->w->hash[i].n)
			continue;   /* the list names the other one */
		TRY(side_get(d, url, DIGEST_TEXT, &d->hash_text));
		if (d->hash_text.p)
			d->hash_name = str_of(ends[i]);
	}
	if (!d->hash_name.n) {
		*refused = d->e->found.trusted && !d->e->unsealed;
		if (*refused)
			errand_refuse(d->c, d->e, d->w->url, N_("It has no digest, as a trusted provider has to give."), STR_NONE, STR_NONE);
		return true;
	}
	TRY(draft_digest(d, str_eq(d->hash_name, S(".sha512")) ? 512 : 256, &have));
	want     = first_word(d->hash_text);
	*refused = !str_eq_nocase(want, have);
	if (*refused)
		errand_refuse(d->c, d->e, d->w->url, N_("Its digest is not that of the file {1}."), d->hash_name, STR_NONE);
	return true;
}

/* ---- signatures ---- */

static bool is_known_key(const struct errand *e, str fingerprint)
{
	for (size_t i = 0; i < e->found.keys.n; i++)
		if (!e->found.keys.v[i].fingerprint.n || str_eq_nocase(e->found.keys.v[i].fingerprint, fingerprint))
			return true;
	return false;
}

static bool seal_check(struct draft *d, bool *refused)
{
	struct reach_seal s;
	bool              must = d->e->found.trusted && !d->e->unsealed;
	str               url  = d->w->signature.n ? d->w->signature : STR_CAT(d->c->arena, d->w->url, S(".asc"));

	if (!d->e->sealing && !must)
		return true;
	TRY(side_get(d, url, SEAL_TEXT, &d->seal_text));
	if (!d->seal_text.p) {
		*refused = must;
		if (must)
			errand_refuse(d->c, d->e, d->w->url, N_("It has no signature, as a trusted provider has to give."), STR_NONE, STR_NONE);
		return true;
	}
	TRY(d->e->reach->verify(d->c, STR_NONE, d->fd, d->seal_text, &s));
	*refused = !s.good || !is_known_key(d->e, s.key);
	if (*refused && s.key.n && s.good)
		errand_refuse(d->c, d->e, d->w->url, N_("Its signature is by the key {1}, which the metadata does not name."), s.key, STR_NONE);
	else if (*refused)
		errand_refuse(d->c, d->e, d->w->url, N_("Its signature is not good: {1}."), s.why, STR_NONE);
	return true;
}

/* ---- what it says ---- */

static str label_folder(struct ctx *c, str label)
{
	enum tlp t;

	if (!tlp_parse(label, &t))
		return S("unlabeled");
	switch (t) {
	case TLP_CLEAR: return S("white");
	case TLP_GREEN: return S("green");
	case TLP_AMBER: return S("amber");
	case TLP_AMBER_STRICT: return S("amber+strict");
	case TLP_RED: return S("red");
	case TLP_COUNT: break;
	}
	(void)c;
	return S("unlabeled");
}

/* It is CSAF of the schema, its name is that of its id; its label says where it belongs. */
static bool content_check(struct draft *d, str bytes, bool *refused)
{
	struct csaf_findings f = { 0 };
	const struct json   *root, *document;
	str                  name, want, label;

	*refused = true;
	TRY(csaf_check(d->c, bytes, &(struct csaf_options){ .preset = CSAF_SCHEMA }, &f));
	if (!f.valid) {
		errand_refuse(d->c, d->e, d->w->url, N_("It is no CSAF document: {1} at {2}."), str_of(f.v[0].test),
		              f.v[0].pointer.n ? f.v[0].pointer : str_fmt(d->c->arena, "%ld:%ld", f.line, f.column));
		return true;
	}
	TRY(json_parse(d->c, bytes, &csaf_limits, &root));
	document = json_get(root, S("document"));
	name     = provider_path_of(d->c->arena, d->w->url);
	want     = csaf_filename(d->c->arena, json_get_str(json_get(document, S("tracking")), S("id")));
	if (!str_ends(STR_CAT(d->c->arena, S("/"), name), STR_CAT(d->c->arena, S("/"), want))) {
		errand_refuse(d->c, d->e, d->w->url, N_("It would have to be called {1}."), want, STR_NONE);
		return true;
	}
	label    = json_get_str(json_get(json_get(document, S("distribution")), S("tlp")), S("label"));
	d->path  = STR_CAT(d->c->arena, label_folder(d->c, label), S("/"), d->w->path);
	*refused = false;
	return true;
}

static bool content_read(struct draft *d, bool *refused)
{
	void *p = d->got.size ? mmap(NULL, (size_t)d->got.size, PROT_READ, MAP_PRIVATE, d->fd, 0) : MAP_FAILED;
	bool  ok;

	if (p == MAP_FAILED)
		return content_check(d, S(""), refused);
	ok = content_check(d, (str){ p, (size_t)d->got.size }, refused);
	munmap(p, (size_t)d->got.size);
	return ok;
}

/* ---- its place ---- */

/* Digest and signature first: where the document is, they are. */
static bool draft_place(struct draft *d)
{
	const struct stock *s = &d->e->stock;

	if (d->hash_name.n)
		TRY(stock_write(d->c, s, STR_CAT(d->c->arena, d->path, d->hash_name), d->hash_text));
	if (d->seal_text.p)
		TRY(stock_write(d->c, s, STR_CAT(d->c->arena, d->path, S(".asc")), d->seal_text));
	crash_point("fetch.beside");
	TRY(stock_place(d->c, s, d->name, d->fd, d->path));
	d->fd = -1;
	crash_point("fetch.placed");
	return true;
}

static bool draft_accept(struct draft *d, const struct stock_item *have)
{
	struct errand    *e   = d->e;
	struct stock_item now = { d->w->url, d->path, d->sha256, d->w->updated, d->got.etag, d->got.modified };
	bool              same = have && str_eq(have->sha256, d->sha256) && stock_has(d->c, &e->stock, have);

	if (same) {
		now.path = have->path;
		e->same++;
		return stock_keep(d->c, &e->stock, &now);
	}
	TRY(draft_place(d));
	TRY(stock_keep(d->c, &e->stock, &now));
	*(have ? &e->changed : &e->fresh) += 1;
	errand_tell(d->c, e, have ? "changed" : "new", d->w->url, d->path);
	return true;
}

static bool checks(struct draft *d, bool *refused)
{
	TRY(draft_digest(d, 256, &d->sha256));
	TRY(digest_check(d, refused));
	if (!*refused)
		TRY(seal_check(d, refused));
	return *refused || content_read(d, refused);
}

/* Faults that end the whole run; others are this document's own. */
static bool is_ours(enum fault_code code)
{
	return code == E_DISK || code == E_IO;
}

static bool draft_fill(struct draft *d, const struct stock_item *have)
{
	struct errand   *e   = d->e;
	struct reach_ask ask = { .rules = &e->rules, .url = d->w->url, .max = e->document_max, .seconds = RETRIEVAL_WAIT,
		.redirects = RETRIEVAL_HOPS, .to_file = true, .file = d->fd };
	bool             refused = false;

	if (have && stock_has(d->c, &e->stock, have)) {
		ask.etag     = have->etag;
		ask.modified = have->modified;
	}
	if (!e->reach->get(d->c, &ask, &d->got)) {
		if (is_ours(d->c->fault.code))
			return false;
		errand_refuse(d->c, e, d->w->url, NULL, STR_NONE, STR_NONE);
		return true;
	}
	if (d->got.status == 304) {
		struct stock_item now = *have;
		now.updated = d->w->updated;
		e->same++;
		return stock_keep(d->c, &e->stock, &now);
	}
	if (d->got.status != 200) {
		errand_refuse(d->c, e, d->w->url, N_("It answers {1}."), str_fmt(d->c->arena, "%d", d->got.status), STR_NONE);
		return true;
	}
	if (!e->any_host && !str_eq(errand_home(d->got.url), errand_home(d->w->url))) {
		errand_refuse(d->c, e, d->w->url, N_("It leads on to another host: {1}."), d->got.url, STR_NONE);
		return true;
	}
	if (!checks(d, &refused)) {
		if (is_ours(d->c->fault.code))
			return false;
		errand_refuse(d->c, e, d->w->url, NULL, STR_NONE, STR_NONE);
		return true;
	}
	return refused || draft_accept(d, have);
}

static bool draft_take(struct ctx *c, struct errand *e, const struct wanted *w, const struct stock_item *have)
{
	struct draft d = { .c = c, .e = e, .w = w };
	bool         ok;

	d.fd = stock_draft(c, &e->stock, &d.name);
	if (d.fd < 0)
		return false;
	ok = draft_fill(&d, have);
	if (d.fd >= 0)
		stock_drop(c, d.name, d.fd);
	return ok;
}

/* Documents come from the provider's own hosts: that of the metadata, and of the list that it names. */
static bool is_own_host(const struct errand *e, str url)
{
	str home = errand_home(url);

	return e->any_host || str_eq(home, e->home) || str_eq(home, e->way_home);
}

bool document_take(struct errand *e, const struct wanted *w)
{
	const struct stock_item *have = stock_find(&e->stock, w->url);
	struct arena             a;
	struct ctx               c;
	bool                     ok = true;

	arena_init(&a, (size_t)4 << 30);
	ctx_init(&c, &a);
	c.now    = e->c->now;
	c.random = e->c->random;
	c.lang   = e->c->lang;
	if (e->since != TIME_NONE && w->updated != TIME_NONE && w->updated < e->since)
		e->same += have != NULL;
	else if (!is_own_host(e, w->url))
		errand_refuse(&c, e, w->url, N_("It is on another host than the provider; --any-host allows that."), STR_NONE, STR_NONE);
	else if (!w->path.n)
		errand_refuse(&c, e, w->url, N_("Its address is not that of a CSAF document."), STR_NONE, STR_NONE);
	else if (have && w->updated != TIME_NONE && have->updated == w->updated && stock_has(&c, &e->stock, have))
		e->same++;
	else
		ok = draft_take(&c, e, w, have);
	if (!ok) {
		e->c->fault = c.fault;   /* its words live in the program */
		for (int i = 0; i < FAULT_ARGS; i++)
			e->c->fault.arg[i] = str_dup(e->c->arena, c.fault.arg[i]);
		e->c->fault.where = STR_NONE;
	}
	arena_done(&a);
	return ok;
}
