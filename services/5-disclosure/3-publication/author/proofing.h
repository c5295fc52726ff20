#ifndef DISCLOSURE_PROOFING_H
#define DISCLOSURE_PROOFING_H

/*
 * Spelling and grammar of the texts of a CSAF document (6.3.8, 6.3.16) with what the
 * terminal or the cage lends (front->lector): what of a text is a word, what a sentence, and which
 * words are right although no dictionary has them.
 *
 * No words are: numbers, versions, addresses, paths, names of files and of code, what is
 * in capitals (CVE, XML) or has capitals within (OpenSSL), and letters outside the
 * alphabets of dictionaries.  A sentence begins with a capital, has three words or more
 * and ends with a full stop; headings and lists are not judged.
 */

#include "platform/op/op.h"
#include "standards/csaf/csaf.h"

struct proofing {
	const struct lector *lector;
	LIST(str) words;       /* accepted, sorted without regard to case; proofing_words fills it */
};

/* Words of a file, one a line, "#" begins a remark; the terms of the trade are always there. False: E_LIMIT. */
bool proofing_words(struct ctx *c, struct proofing *p, str text) MUST_CHECK;
/* After the last file. */
void proofing_sort(struct proofing *p);
/* The callbacks of struct csaf_options for what `proofing` points at. */
enum csaf_spelling proofing_spell(const struct proofing *p, str language, str text, str *word);
/* Words of a text that nobody knows, each once, at most max of them; how many. */
size_t proofing_unknown(const struct proofing *p, str language, str text, str *words, size_t max);
enum csaf_spelling proofing_grammar(const struct proofing *p, str language, str text, str *place);

#endif
