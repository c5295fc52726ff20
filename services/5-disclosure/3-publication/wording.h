#ifndef DISCLOSURE_WORDING_H
#define DISCLOSURE_WORDING_H

/*
 * What readers would stumble over in a text of an advisory.  Pages and CSAF
 * notes show texts as they were typed: marks of Markdown and elements of HTML
 * are only noise there.  CSAF has one language a document (3.2.1.6).
 */

#include "base/str.h"

/* The first mark of Markdown or HTML that is meant to be seen as something else; at most 40 bytes of it. */
bool markup_find(str text, str *what);
/* Is it surely not in this language ("en", "ja")?  Names and short texts say nothing. */
bool wrong_language(str text, str lang);

#endif
