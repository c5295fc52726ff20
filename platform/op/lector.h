#ifndef PLATFORM_OP_LECTOR_H
#define PLATFORM_OP_LECTOR_H

/*
 * Who reads proofs for a tool: on a terminal the dictionaries and grammars that are installed
 * there, in the cage the dictionary that it opened before its walls stood.  In the server's own
 * process there is nobody (front->lector is NULL).
 */

#include "base/str.h"

enum lector_verdict { LECTOR_GOOD, LECTOR_BAD, LECTOR_UNABLE };

struct lector {
	/*
	 * A word, or a sentence, in a language (BCP 47: "en", "en-GB").  UNABLE: there is nothing
	 * installed for the language.  Something empty is GOOD then, and costs no more than to look.
	 */
	enum lector_verdict (*word)(str language, str word);
	enum lector_verdict (*sentence)(str language, str sentence);
};

#endif
