#ifndef RECORD_JOURNAL_H
#define RECORD_JOURNAL_H

/*
 * The audit: every change, and every opening of a case, report, file or
 * export, in hash chains: one per case, one per report, one for the system.
 *
 * hash  = SHA-256 over the previous hash and all fields, with `promise` in
 *         place of who and note;
 * promise = SHA-256 over salt, who and note: these three can be erased;
 * seal  = HMAC-SHA-256 of a chain's head with the house key, so that cutting
 *         the end off a chain shows.
 */

#include "platform/op/op.h"

/* The key of the seals: 32 bytes that live outside the database. */
void journal_key_set(str key);

/* Hooks for struct front. */
bool journal_write(struct ctx *c, const struct journal_entry *e) MUST_CHECK;
bool once_find(struct ctx *c, str key, str op, str digest, bool *found, str *result) MUST_CHECK;
bool once_keep(struct ctx *c, str key, str op, str digest, str result) MUST_CHECK;
/* Replay keys are known for so long; then what was sent with them is new. In a writing transaction. */
enum { ONCE_DAYS = 90 };
bool once_forget(struct ctx *c) MUST_CHECK;

/* what: N_ sentence on the first thing found wrong, in that chain at that place; wrong: all three, in English. */
struct journal_verdict {
	int64_t     entries, chains, erased, checkpoints;
	bool        good;
	str         wrong;
	const char *what;
	str         chain;
	int64_t     pos;
};

/*
 * Check every chain that the viewer sees: alteration, removal, reordering and
 * truncation.  Runs in a reading transaction; with sight '*' that is all of
 * them, with sight 'audit' the system's chain and those of the cases seen:
 * of other cases neither entries nor heads are read.
 */
bool journal_verify(struct ctx *c, struct journal_verdict *verdict) MUST_CHECK;
/* The seals of all heads that the viewer sees, without their entries; *wrong: chain of the first that is not ours, or none. */
bool journal_seals(struct ctx *c, int64_t *chains, str *wrong) MUST_CHECK;
/* SHA-256 over all heads that the viewer sees, in hexadecimal. */
bool journal_digest(struct ctx *c, str *out) MUST_CHECK;
/* For checkpoints: what binds a head to what stands before it, a seal with the house key, the first thing wrong. */
str  journal_bind(struct ctx *c, str before, str chain, int64_t pos, str hash);
str  journal_seal(struct ctx *c, str text);
void journal_wrong(struct arena *a, struct journal_verdict *v, const char *what, str chain, int64_t pos);
/* Erase the names and notes of one actor's entries; the chains still verify. */
bool journal_forget(struct ctx *c, str actor, int64_t *erased) MUST_CHECK;

#endif
