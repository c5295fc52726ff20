#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

/*
 * Fuzz targets: one for each parser of bytes that come from outside.  A
 * target runs its parser over any bytes and says what must hold then (what
 * was printed is read again, two readers agree, an order is an order …).
 * fuzz_test.c runs every one over its seeds and some hundred mutations in
 * `make unit`; fuzz_loop.c for a time, under the sanitizers and guided by the
 * edges that an input reaches, in `make soak`.
 */

#include "base/ctx.h"

struct fuzz_target {
	const char *name;     /* its seeds are the files of tests/fuzz/corpus/NAME */
	void (*run)(struct ctx *c, str bytes);
	size_t      max;      /* bytes of an input; 0: FUZZ_BYTES */
	bool        json;     /* inputs are JSON: mutate values as well as bytes */
	const char *more;     /* further folders of seeds, blanks between; or NULL */
	void (*begin)(void);  /* before the first run and after the last; or NULL */
	void (*end)(void);
};

enum { FUZZ_BYTES = 16 << 10, FUZZ_MEMORY = 64 << 20 };

size_t fuzz_targets(void);
const struct fuzz_target *fuzz_target(size_t i);
/* Run once, with memory of its own; an end of that memory is no finding. */
void   fuzz_once(const struct fuzz_target *t, str bytes);

/* The seeds of a target, sorted by name, into the arena. */
struct seeds { str *v; size_t n, cap, max; };
bool   seeds_load(struct ctx *c, const struct fuzz_target *t, struct seeds *out) MUST_CHECK;

/* What a target says must hold.  Ends the test, or the process of fuzz_loop. */
#define HOLDS(x) ((x) ? (void)0 : fuzz_broken(#x, __FILE__, __LINE__))
/* What a target runs and either answer is right. */
#define EITHER(x) fuzz_either(x)
static inline void fuzz_either(UNUSED bool answer) { }
void   fuzz_broken(const char *what, const char *file, int line);

/* The tables that target.c puts in a row. */
struct fuzz_table { const struct fuzz_target *v; size_t n; };
extern const struct fuzz_table fuzz_json, fuzz_document, fuzz_author, fuzz_name, fuzz_provider, fuzz_supplier, fuzz_wire;

#endif
