#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

/*
 * The mutator: from a seed and a state to another input, always the same for
 * the same state.  Bytes are flipped, cut, doubled and moved, numbers and
 * nesting exaggerated, UTF-8 broken, words of the seeds put in; of JSON a
 * value is exchanged, dropped or doubled with the text staying JSON.
 */

#include "tests/fuzz/fuzz.h"

enum { WORDS_MAX = 4096, WORD_BYTES = 64 };

struct words { str v[WORDS_MAX]; size_t n; };

struct mutator {
	uint64_t      state;      /* not 0 */
	const struct seeds *seeds;
	struct words  words;      /* of the seeds, and what mutate_word learned */
	size_t        max;
	bool          json;
};

void   mutator_init(struct mutator *m, const struct fuzz_target *t, const struct seeds *seeds, uint64_t state);
/* A word that inputs may hold; the text must live on. */
void   mutate_word(struct mutator *m, str word);
/* A number below n (0 for 0). */
size_t mutate_pick(struct mutator *m, size_t n);
/* from with one to some changes; other is spliced in now and then. */
str    mutate(struct mutator *m, struct arena *a, str from, str other);
/* A value of the JSON text changed; none when it is no JSON. */
str    mutate_json(struct mutator *m, struct arena *a, str from, str other);

#endif
