#ifndef PLATFORM_PROBE_H
#define PLATFORM_PROBE_H

/*
 * Probes: what a service can look at outside, when the operator asks for it and only then
 * (`psirt doctor --online`).  Each note says how one thing is, and what mends it.
 */

#include "base/ctx.h"

enum probe_verdict { PROBE_WELL, PROBE_ATTENTION, PROBE_BAD, PROBE_VERDICTS };

/* name, mend: N_(), mend NULL when all is well; found: in the language of c. */
struct probe_note { const char *name; enum probe_verdict verdict; str found; const char *mend; };
struct probe_notes { struct probe_note *v; size_t n, cap, max; };

struct probe {
	const char *name;         /* "cve.services" */
	/* In a reading transaction: *work is what is to be asked; NULL: nothing. */
	bool (*look)(struct ctx *c, void **work);
	/* Outside any transaction. */
	bool (*ask)(struct ctx *c, void *work, struct probe_notes *out);
};

/* All probes of the house, one after the other; one that fails says so in a note. */
bool probe_all(struct ctx *c, struct probe_notes *out) MUST_CHECK;

/* PROBE_NOTE(c, out, name, verdict, mend, N_("{1} answers"), url): found is the sentence filled in. */
void probe_note(struct ctx *c, struct probe_notes *out, const char *name, enum probe_verdict v, const char *mend, const char *found,
                const str *args, size_t n);
#define PROBE_NOTE(c, out, name, v, mend, found, ...) \
	probe_note((c), (out), (name), (v), (mend), (found), (const str[]){ __VA_ARGS__ }, sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))
/* The fault of c, taken away, as a note; mend: what to do about a fault of the connection. */
void probe_fault(struct ctx *c, struct probe_notes *out, const char *name, str url, const char *mend);

#endif
