#ifndef DISCLOSURE_LEXICON_H
#define DISCLOSURE_LEXICON_H

/*
 * The tool "text spell": which words of some texts no dictionary has.  It reads
 *
 *	{ "language": "en", "words": "Kestrel\nAoi", "texts": [{ "name": "summary_en", "text": "…" }] }
 *
 * where words, one a line, are right besides, and answers
 *
 *	{ "dictionary": true, "texts": [{ "name": "summary_en", "words": ["secruity"] }] }
 *
 * with the texts that have such words.  dictionary false: there is none for the language.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum { LEXICON_TEXTS = 500, LEXICON_WORDS = 10 };   /* of a text: each once */

int text_spell_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
