#ifndef PLATFORM_TEXT_TOKEN_H
#define PLATFORM_TEXT_TOKEN_H

/*
 * Tokens for search in Japanese and English.
 *
 * A document becomes one sequence of tokens over folded text (fold.h):
 *   words     each run of letters and digits of a script that puts spaces
 *             between words: "buffer", "overflow"
 *   pairs     in scripts that do not, each two neighbours: 脆弱性 is 脆弱 弱性;
 *             a character that stands alone is a token itself; a line end
 *             between two such characters is none
 * and, before it, a set of tokens that stand for themselves:
 *   compounds words joined by one of . - _ : cve-2026-10042, 1.4.2, and their
 *             parts of two and three words; a number after a year without the
 *             zeros before it, too: psirt-2026-0042 is psirt-2026-42
 *   models    letters and digits that a hyphen or a space parts: kx-200 and
 *             kx 200 are kx200, too
 *   single characters of the second kind of script, so that 鍵 finds 暗号鍵
 *   seams     where such a character touches a word: openssl\x1fの
 *
 * A query becomes phrases, all of which must be in a document; a phrase is
 * tokens that follow one another.  So words are found whole, alone or in
 * compounds, and Japanese is found like a substring.  Hyphens between words
 * without digits are as good as spaces: buffer-overflow; with digits they
 * count: cve-2026-10042 is not found where the three numbers stand apart.
 */

#include "base/ctx.h"
#include "base/list.h"

enum {
	TOKEN_TEXT_MAX   = 4 << 20,   /* bytes of a document given to token_split */
	TOKEN_WORD_MAX   = 64,        /* bytes of a word that count */
	TOKEN_JOINED_MAX = 96,        /* bytes of a compound; longer ones have none */
	TOKEN_QUERY_MAX  = 1000,      /* bytes of a query */
	TOKEN_PHRASES_MAX = 64,
};

struct token_list { str *v; size_t n, cap, max; };

struct phrase { const str *v; size_t n; };
struct phrase_list { struct phrase *v; size_t n, cap, max; };

/*
 * The tokens of a document, the set first.  E_LIMIT at "text" when it is
 * longer than TOKEN_TEXT_MAX or has more than out->max tokens (0: no such
 * maximum).
 */
bool token_split(struct ctx *c, str text, struct token_list *out) MUST_CHECK;
/*
 * Take from *rest a piece of at most `max` bytes that ends at a line, else at
 * a space, else at a character: for texts too long for one row of an index.
 * False when nothing is left.
 */
bool token_piece(str *rest, size_t max, str *piece);
/*
 * The phrases of a query: its terms are parted by white space; "…" and 「…」
 * make one term of several words.  No phrase at all when nothing in it can be
 * searched for.  E_LIMIT at "query" beyond the limits above.
 */
bool token_query(struct ctx *c, str query, struct phrase_list *out) MUST_CHECK;
/* Is every phrase in the tokens of a document?  What the index does, in memory. */
bool token_match(const struct token_list *document, const struct phrase_list *query);

#endif
