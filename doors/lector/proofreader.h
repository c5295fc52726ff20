#ifndef DOORS_PROOFREADER_H
#define DOORS_PROOFREADER_H

/*
 * What platform/op/lector.h promises to tools on a terminal, with what is installed:
 * dictionaries of hunspell (DICPATH, else /usr/share/hunspell and /usr/share/myspell), the English
 * grammar of link-grammar.  What was opened stays open until the process ends.
 *
 * A dictionary belongs to a region: "en-GB" is not judged by that of "en-US".  A language
 * without a region takes the region that is its own (de_DE), for English the United States.
 */

#include "base/arena.h"
#include "platform/op/lector.h"

extern const struct lector lector_terminal;
/* The same where no file can be opened any more: the dictionary of lector_settle, no grammar. */
extern const struct lector lector_settled;

/* Opens the dictionary of a language, if there is one; from now on no other is looked for in this process. */
void lector_settle(str language);

/* The file of a language without its ending, "/usr/share/hunspell/en_US"; none when there is none. */
str lector_dictionary(struct arena *a, str language);

#endif
