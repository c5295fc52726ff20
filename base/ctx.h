#ifndef BASE_CTX_H
#define BASE_CTX_H

/*
 * ctx: what a piece of work carries: its memory, its fault, its instant, its
 * language, and (opaque here) its database and its actor.  One ctx belongs to
 * one thread at a time.
 */

#include "base/arena.h"
#include "base/fault.h"
#include "base/instant.h"

enum lang { LANG_EN, LANG_JA, LANG_PSEUDO, LANG_COUNT };

struct db;      /* platform/db */
struct db_tx;   /* platform/db: the transaction this work runs in */
struct actor;   /* record/user: who is asking */

struct ctx {
	struct arena *arena;
	struct fault  fault;
	time_us       now;       /* the instant of this work; fixed for its length */
	enum lang     lang;
	str           zone;      /* IANA name of the viewer's zone, "UTC" when unknown */
	void        (*random)(void *p, size_t n);   /* never NULL outside pure code */
	struct db    *db;
	struct db_tx *tx;
	const struct actor *actor;
	const void   *front;     /* platform/op: the application */
	const void   *pending;   /* platform/op: a refused form that is shown again */
};

/*
 * Run with a net below: when the memory of c->arena ends where nobody can
 * check it, the work is left in the middle and false comes back, with E_LIMIT
 * (max was passed) or E_UNAVAILABLE (the system has none).  The caller rolls
 * back what may be open.  Foreign objects that the work held are lost: hold
 * none over an allocation.  Work that ended well although an allocation had
 * failed is not believed: a list or a text in it may have been cut.  Nets may
 * lie above each other.
 */
bool ctx_net(struct ctx *c, bool (*run)(struct ctx *c, void *arg), void *arg) MUST_CHECK;
/* Has every allocation since the net was spread been met?  db_commit asks. */
bool ctx_whole(struct ctx *c) MUST_CHECK;
/* What arena_must does when there is no room: into the net, or the process ends. */
void arena_fall(const struct arena *a) __attribute__((noreturn));

/* A ctx with nothing but memory: for pure functions, tools and tests. */
void ctx_init(struct ctx *c, struct arena *a);

/*
 * Record a fault and return false:
 *	return fault(c, E_LIMIT, "body", N_("At most {1} bytes."), max);
 * `where` is a C string or NULL; the extra arguments are str.
 */
#define fault(c, code, where, ...) \
	fault_set_((c), (code), str_of(where), __FILE__, __LINE__, \
	           FAULT_TEXT_(__VA_ARGS__, NULL), \
	           (const str[]){ STR_NONE, FAULT_REST_(__VA_ARGS__) }, \
	           sizeof((const str[]){ STR_NONE, FAULT_REST_(__VA_ARGS__) }) / sizeof(str))
#define FAULT_TEXT_(text, ...) (text)
#define FAULT_REST_(text, ...) __VA_ARGS__
bool fault_set_(struct ctx *c, enum fault_code code, str where,
                const char *file, int line, const char *text,
                const str *args, size_t n);
/* The same at a place in the input. */
bool fault_at(struct ctx *c, enum fault_code code, long line, long column);

/* Leave early when a call has recorded a fault. */
#define TRY(call) do { if (!(call)) return false; } while (0)

#endif
