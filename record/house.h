#ifndef RECORD_HOUSE_H
#define RECORD_HOUSE_H

/*
 * Fills the hooks that platform/op declares (audit, replays, settings), and
 * what the maintenance verbs need of the records.
 */

#include "platform/op/op.h"
#include "record/user.h"

/* The house itself as actor: sees all, channel job. */
extern const struct actor house_actor;

/* Hooks and limits, without the database. */
void house_hooks(struct front *f);
/*
 * The key of the audit's seals: 32 bytes in DATA/seal.key, readable by us alone;
 * `make` one when it is missing, else that is E_STATE.
 */
bool house_key(struct ctx *c, str data, bool make) MUST_CHECK;
/* Organisation, two_persons: from the settings, in a reading transaction of its own. */
bool house_settings(struct ctx *c, struct front *f) MUST_CHECK;
/*
 * The first person and the organisation's name; *id is theirs, *secret the
 * one-time link's.  E_EXISTS when the house has people already.
 */
bool house_found(struct ctx *c, const struct user_draft *first, str organisation, user_id *id, str *secret) MUST_CHECK;

/*
 * Everything of this house (c->db, SQLite) into a PostgreSQL database that holds none: all or nothing,
 * with an entry in its audit there.  The old one stays as it is.  E_EXISTS: it is not empty; E_STATE: other engines.
 */
bool house_move(struct ctx *c, struct db *to, db_told *told, void *arg) MUST_CHECK;

/* What was done on the server's own terminal: entries of the audit, all of them or none, in a transaction of their own. */
struct house_deed { const char *verb; str note; };
struct house_deeds { struct house_deed *v; size_t n, cap, max; };
bool house_tell(struct ctx *c, const struct house_deeds *deeds) MUST_CHECK;

/* Letters that wait to leave: how many, and since when the oldest (TIME_NONE: none). */
bool house_letters(struct ctx *c, int64_t *n, time_us *oldest) MUST_CHECK;

/*
 * For benches: up to `most` cases in one transaction, numbered from `from`, each
 * with report, vulnerability and ten entries or more on its timeline; owners are
 * the leads and analysts. *made says how many.
 */
bool house_crowd(struct ctx *c, int64_t from, int64_t most, int64_t *made) MUST_CHECK;

/*
 * The search index made what the records say: some objects more in a transaction of their own.
 * Begin with zeros and go on until `whole`; `after` is in the arena of c and must outlive the
 * call.  What is right is left as it is, so that doing it again changes nothing.
 */
struct house_index { size_t kind; str after; int64_t objects, made, mended, dropped; bool whole; };
bool house_index(struct ctx *c, struct house_index *w) MUST_CHECK;
/* Pieces of the index that an earlier edition of it made, counted to HOUSE_BEHIND_MOST. */
enum { HOUSE_BEHIND_MOST = 10000 };
bool house_index_behind(struct ctx *c, int64_t *n) MUST_CHECK;

/* The seals alone, which is quick; *wrong: the first chain whose seal is not of our key, or none. */
bool house_seals(struct ctx *c, int64_t *chains, str *wrong) MUST_CHECK;

/* heads: a digest over the heads of all chains; of two databases with the same one all chains end alike. */
struct house_verdict { int64_t entries, chains, erased, checkpoints; bool good; str wrong, heads; };
/* Storage, foreign keys and every audit chain. */
bool house_verify(struct ctx *c, struct house_verdict *v) MUST_CHECK;

#endif
