#ifndef DISCLOSURE_SPELLING_H
#define DISCLOSURE_SPELLING_H

/*
 * Words of an edition that no dictionary has, in its English texts and in what the
 * CSAF documents take from the case.  Looked up in the cage (author/lexicon.h): words may
 * come from strangers, and main opens no dictionaries.  Names of the products, of the house and
 * of who is thanked are right, and so are the words of the settings.  There is no dictionary of Japanese.
 */

#include "services/5-disclosure/3-publication/bulletin.h"

/* Either a text field, or a text of the case: the title of what it belongs to and the place on the case page. */
struct misspelt { const struct text_field *field; str of; const char *at; str words; };

enum spelling_state { SPELLING_DONE, SPELLING_NO_DICTIONARY, SPELLING_NOBODY };

struct spelling { enum spelling_state state; LIST(struct misspelt) list; };

/* What does not come about is no fault, but a state. */
bool spelling_find(struct ctx *c, const struct bulletin *b, struct spelling *out) MUST_CHECK;

#endif
