#include "record/journal.h"

#include "gen/journal.sql.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/buf.h"
#include "platform/clock.h"

static unsigned char seal_key[32];

static const char *const channels[] = { "web", "api", "cli", "job" };

void journal_key_set(str key)
{
	if (key.n == sizeof(seal_key))
		memcpy(seal_key, key.p, key.n);
}

static str hex(struct ctx *c, const unsigned char *p, size_t n)
{
	struct buf b;

	buf_init(&b, c->arena, 2 * n);
	buf_hex(&b, p, n);
	return buf_str(&b);
}

/* SHA-256 over the parts, each preceded by its length: no two lists collide. */
static str digest(struct ctx *c, const str *parts, size_t n)
{
	str          *head = NEWS(c->arena, str, n);
	EVP_MD_CTX   *md;
	unsigned char out[32];

	for (size_t i = 0; i < n; i++)
		head[i] = str_fmt(c->arena, "%zu:", parts[i].n);
	md = EVP_MD_CTX_new();   /* nothing is allocated from the arena while it is held */
	EVP_DigestInit_ex(md, EVP_sha256(), NULL);
	for (size_t i = 0; i < n; i++) {
		EVP_DigestUpdate(md, head[i].p, head[i].n);
		EVP_DigestUpdate(md, parts[i].p ? parts[i].p : "", parts[i].n);
	}
	EVP_DigestFinal_ex(md, out, NULL);
	EVP_MD_CTX_free(md);
	return hex(c, out, sizeof(out));
}

#define DIGEST(c, ...) \
	digest((c), (const str[]){ __VA_ARGS__ }, sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))

str journal_bind(struct ctx *c, str before, str chain, int64_t pos, str hash)
{
	return DIGEST(c, before, chain, str_fmt(c->arena, "%lld", (long long)pos), hash);
}

str journal_seal(struct ctx *c, str text)
{
	unsigned char out[32];
	unsigned      n = sizeof(out);

	HMAC(EVP_sha256(), seal_key, sizeof(seal_key), (const unsigned char *)text.p, text.n, out, &n);
	return hex(c, out, n);
}

static str seal(struct ctx *c, str chain, int64_t pos, str hash)
{
	return journal_seal(c, str_fmt(c->arena, "%.*s %lld %.*s", STR_ARG(chain), (long long)pos, STR_ARG(hash)));
}

static str hash_of(struct ctx *c, str prev, const struct journal_all_row *r)
{
	return DIGEST(c, prev, r->chain, str_fmt(c->arena, "%lld", (long long)r->pos),
	              str_fmt(c->arena, "%lld", (long long)r->at), r->actor, r->channel, r->verb,
	              r->is_read ? S("1") : S("0"), r->object, r->promise);
}

bool journal_write(struct ctx *c, const struct journal_entry *e)
{
	struct journal_head_get_row head  = { 0 };
	struct journal_all_row      r     = { 0 };
	bool                        found = false;

	r.chain = e->chain.n ? e->chain : S("system");
	TRY(sql_journal_head_get(c, r.chain, &head, &found));
	r.pos     = found ? head.pos + 1 : 1;
	r.at      = c->now;
	r.actor   = c->actor && c->actor->id.n ? c->actor->id : S("");
	r.channel = str_of(channels[c->actor ? c->actor->channel : CHANNEL_JOB]);
	r.verb    = str_of(e->verb);
	r.is_read = e->read;
	r.object  = e->object.p ? e->object : S("");
	r.salt    = random_id(c);
	r.who     = c->actor && c->actor->name.p ? c->actor->name : S("");
	r.note    = e->note.p ? e->note : S("");
	r.promise = DIGEST(c, r.salt, r.who, r.note);
	r.hash    = hash_of(c, found ? head.hash : S(""), &r);
	TRY(sql_journal_insert(c, r.chain, r.pos, r.at, r.actor, r.channel, r.verb, r.is_read,
	                       r.object, r.salt, r.who, r.note, r.promise, r.hash));
	return sql_journal_head_put(c, r.chain, r.pos, r.hash, seal(c, r.chain, r.pos, r.hash));
}

/* ---- verification ---- */

struct walk {
	struct journal_verdict *verdict;
	struct arena *arena;       /* outlives the entry being checked */
	struct journal_heads_rows heads;
	size_t at;                 /* head of the chain being read */
	str    chain, hash;
	int64_t pos;
	char   chain_text[64], hash_text[72];
};

void journal_wrong(struct arena *a, struct journal_verdict *v, const char *what, str chain, int64_t pos)
{
	if (!v->good)
		return;
	v->good  = false;
	v->what  = what;
	v->chain = str_dup(a, chain);
	v->pos   = pos;
	v->wrong = str_fmt(a, "%s: chain %.*s, entry %lld", what, STR_ARG(chain), (long long)pos);
}

static bool wrong(struct walk *w, const char *what, str chain, int64_t pos)
{
	journal_wrong(w->arena, w->verdict, what, chain, pos);
	return true;
}

/* The chain that was being read has ended: does its head say so too? */
static bool chain_end(struct ctx *c, struct walk *w)
{
	const struct journal_heads_row *h;

	if (w->chain.n == 0)
		return true;
	for (; w->at < w->heads.n && str_cmp(w->heads.v[w->at].chain, w->chain) < 0; w->at++)
		TRY(wrong(w, N_("All entries of the chain are missing"), w->heads.v[w->at].chain, 0));
	if (w->at >= w->heads.n || !str_eq(w->heads.v[w->at].chain, w->chain))
		return wrong(w, N_("The head of the chain is missing"), w->chain, w->pos);
	h = &w->heads.v[w->at++];
	if (h->pos != w->pos || !str_eq(h->hash, w->hash))
		return wrong(w, N_("The end of the chain was cut off"), w->chain, w->pos);
	if (!str_eq(h->seal, seal(c, h->chain, h->pos, h->hash)))
		return wrong(w, N_("The seal of the chain is not ours"), w->chain, w->pos);
	return true;
}

static str keep(char *room, size_t size, str s)
{
	size_t n = s.n < size ? s.n : size;

	memcpy(room, s.p, n);
	return (str){ room, n };
}

static bool check_entry(struct ctx *c, struct walk *w, const struct journal_all_row *r)
{
	if (!str_eq(r->chain, w->chain)) {
		TRY(chain_end(c, w));
		w->chain = keep(w->chain_text, sizeof(w->chain_text), r->chain);
		w->hash  = S("");
		w->pos   = 0;
		w->verdict->chains++;
	}
	w->verdict->entries++;
	if (r->pos != w->pos + 1)
		TRY(wrong(w, N_("An entry is missing before this one"), r->chain, r->pos));
	if (!str_eq(r->hash, hash_of(c, w->hash, r)))
		TRY(wrong(w, N_("The entry was altered or moved"), r->chain, r->pos));
	if (str_is_none(r->salt))
		w->verdict->erased++;
	else if (!str_eq(r->promise, DIGEST(c, r->salt, r->who, r->note)))
		TRY(wrong(w, N_("The name or note of the entry was altered"), r->chain, r->pos));
	w->pos  = r->pos;
	w->hash = keep(w->hash_text, sizeof(w->hash_text), r->hash);
	return true;
}

/* Digests of one entry are not kept: a chain may have millions. */
static bool check_row(struct ctx *c, void *arg, const struct journal_all_row *r)
{
	struct walk *w = arg;
	struct arena scratch;
	bool         ok;

	arena_init(&scratch, ARENA_MAX);
	c->arena = &scratch;
	ok       = check_entry(c, w, r);
	c->arena = w->arena;
	arena_done(&scratch);
	return ok;
}

bool journal_verify(struct ctx *c, struct journal_verdict *verdict)
{
	struct walk w = { .verdict = verdict, .arena = c->arena };

	*verdict = (struct journal_verdict){ .good = true };
	TRY(sql_journal_heads(c, &w.heads));
	TRY(sql_journal_all(c, check_row, &w));
	TRY(chain_end(c, &w));
	if (verdict->good && w.at != w.heads.n)
		TRY(wrong(&w, N_("All entries of the chain are missing"), w.heads.v[w.at].chain, 0));
	return true;
}

bool journal_seals(struct ctx *c, int64_t *chains, str *bad)
{
	struct journal_heads_rows heads;

	*bad = STR_NONE;
	TRY(sql_journal_heads(c, &heads));
	*chains = (int64_t)heads.n;
	for (size_t i = 0; i < heads.n && str_is_none(*bad); i++)
		if (!str_eq(heads.v[i].seal, seal(c, heads.v[i].chain, heads.v[i].pos, heads.v[i].hash)))
			*bad = heads.v[i].chain;
	return true;
}

bool journal_digest(struct ctx *c, str *out)
{
	struct journal_heads_rows heads;
	str                       all = S("");

	TRY(sql_journal_heads(c, &heads));
	for (size_t i = 0; i < heads.n; i++)
		all = journal_bind(c, all, heads.v[i].chain, heads.v[i].pos, heads.v[i].hash);
	*out = all;
	return true;
}

bool journal_forget(struct ctx *c, str actor, int64_t *erased)
{
	return sql_journal_erase(c, actor, erased);
}

/* ---- replays ---- */

static str once_actor(const struct ctx *c)
{
	return c->actor && c->actor->id.n ? c->actor->id : S("");
}

bool once_find(struct ctx *c, str key, str op, str digest_now, bool *found, str *result)
{
	struct once_get_row row;

	TRY(sql_once_get(c, once_actor(c), key, &row, found));
	if (!*found)
		return true;
	if (!str_eq(row.op, op) || !str_eq(row.digest, digest_now))
		return fault(c, E_REPLAY, NULL, NULL);
	*result = row.result;
	return true;
}

bool once_forget(struct ctx *c)
{
	return sql_once_forget(c, c->now - ONCE_DAYS * DAY);
}

bool once_keep(struct ctx *c, str key, str op, str digest_now, str result)
{
	return sql_once_put(c, once_actor(c), key, op, digest_now, result, c->now);
}
