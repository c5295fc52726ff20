#ifndef PLATFORM_TEXT_FOLD_H
#define PLATFORM_TEXT_FOLD_H

/*
 * Folding of text for search, so that what a person takes for the same is
 * the same bytes; and a look at text that could deceive the eye.  By ICU.
 */

#include "base/ctx.h"

enum { FOLD_MAX = 16 << 20 };   /* bytes of one text */

/*
 * Fold for search: NFKC (width, half-width kana with their voiced marks,
 * ligatures), case, invisible characters away, every dash is '-', katakana is
 * hiragana, small vowels are large (ファームウェア is ファームウエア, ヶ is ケ),
 * ヴ is ブ (ヴァ is バ).  Long vowels: a dash (not '-') after kana is the long mark; the
 * long mark that ends a katakana word of three letters or more is left out
 * (サーバー is サーバ, as JIS Z 8301 writes; キー stays).  Line ends stay.
 * Bytes that are not UTF-8 become U+FFFD.  Folding twice changes nothing.
 * Folded text is stored: who changes this counts SEARCH_EDITION up (record/search.h) and writes
 * migrations as those called "spelling".
 * Faults: E_LIMIT at "text".
 */
bool fold_text(struct ctx *c, str text, str *out) MUST_CHECK;

enum text_risk {
	TEXT_SAFE,
	TEXT_CONTROL,      /* a control character, a line end in one line, not UTF-8 */
	TEXT_DIRECTION,    /* turns the direction of writing around */
	TEXT_INVISIBLE,    /* takes no place but tells texts apart */
	TEXT_UNASSIGNED,   /* private or no character at all */
};

/*
 * The first thing that would make shown text differ from what it seems;
 * *at (if not NULL) is its offset.  Tabs and line ends pass when `lines`.
 */
enum text_risk text_risk(str s, bool lines, size_t *at);
/* Has a word letters of Latin together with Greek or Cyrillic ones? */
bool text_mixed(str s);
/* A copy for the eye: what text_risk finds is written as [U+202E]. */
str  text_visible(struct arena *a, str s, bool lines);

#endif
