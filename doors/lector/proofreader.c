#include "doors/lector/proofreader.h"

#include <hunspell/hunspell.h>
#include <link-grammar/link-includes.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unistd.h>

#include "base/buf.h"

enum { TAG_MAX = 12, WORD_MAX = 100, SENTENCE_MAX = 600, OPEN_MAX = 8, SECONDS = 1 };

/* ---- words ---- */

/* A dictionary that was opened, or looked for in vain. */
struct book { char tag[TAG_MAX]; Hunhandle *words; char coding[32]; };

static struct book books[OPEN_MAX];
static size_t      books_n;
static bool        settled;

static bool is_letters(str s, size_t from, size_t to)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] | 32) >= 'a' && (s.p[i] | 32) <= 'z'))
			return false;
	return s.n >= from && s.n <= to;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c & ~32) : c;
}

/*
 * "en-gb" as the dictionaries are named, "en_GB"; "en" alone as "en_US", "de" as
 * "de_DE".  Nothing but letters passes, for it becomes a part of a path.
 */
static bool tag_read(str language, char out[TAG_MAX])
{
	str    part, region = STR_NONE;
	size_t n = 0;

	if (!str_cut(&language, '-', &part) || !is_letters(part, 2, 3))
		return false;
	for (size_t i = 0; i < part.n; i++)
		out[n++] = lower(part.p[i]);
	out[n] = '\0';
	while (!region.n && str_cut(&language, '-', &part)) {
		if (part.n == 1)
			return false;   /* an extension or a private language */
		if (is_letters(part, 2, 2))
			region = part;
		else if (!is_letters(part, 4, 4))
			return false;
	}
	if (!region.n)
		region = strcmp(out, "en") == 0 ? S("US") : n == 2 ? str_of(out) : STR_NONE;
	if (!region.n)
		return true;
	out[n] = '_';
	out[n + 1] = upper(region.p[0]);
	out[n + 2] = upper(region.p[1]);
	out[n + 3] = '\0';
	return true;
}

static str path_of(struct arena *a, str folders, const char *tag)
{
	str folder;

	while (str_cut(&folders, ':', &folder)) {
		str path = STR_CAT(a, folder, S("/"), str_of(tag));
		if (folder.n && access(cstr(a, STR_CAT(a, path, S(".aff"))), R_OK) == 0 &&
		    access(cstr(a, STR_CAT(a, path, S(".dic"))), R_OK) == 0)
			return path;
	}
	return STR_NONE;
}

str lector_dictionary(struct arena *a, str language)
{
	const char *folders = getenv("DICPATH");
	char        tag[TAG_MAX];

	if (!tag_read(language, tag))
		return STR_NONE;
	return path_of(a, str_of(folders && *folders ? folders : "/usr/share/hunspell:/usr/share/myspell"), tag);
}

static struct book *book_of(str language)
{
	struct book *b;
	struct arena a;
	char         tag[TAG_MAX];
	str          path;

	if (!tag_read(language, tag))
		return NULL;
	for (size_t i = 0; i < books_n; i++)
		if (strcmp(books[i].tag, tag) == 0)
			return &books[i];
	if (books_n == OPEN_MAX || settled)
		return NULL;
	b = &books[books_n++];
	memcpy(b->tag, tag, sizeof(tag));
	arena_init(&a, 1 << 16);
	path = lector_dictionary(&a, language);
	if (path.n)
		b->words = Hunspell_create(cstr(&a, STR_CAT(&a, path, S(".aff"))), cstr(&a, STR_CAT(&a, path, S(".dic"))));
	if (b->words) {
		const char *coding = Hunspell_get_dic_encoding(b->words);
		size_t      n      = coding ? strlen(coding) : 0;

		if (n < sizeof(b->coding))
			memcpy(b->coding, coding ? coding : "", n);
	}
	arena_done(&a);
	return b;
}

static enum lector_verdict word_judge(str language, str word)
{
	struct book *b = book_of(language);
	char         text[WORD_MAX + 1], room[4 * WORD_MAX + 1];
	UErrorCode   e = U_ZERO_ERROR;

	if (!b || !b->words)
		return LECTOR_UNABLE;
	if (word.n == 0 || word.n > WORD_MAX)
		return LECTOR_GOOD;
	memcpy(text, word.p, word.n);
	text[word.n] = '\0';
	if (!b->coding[0] || strcmp(b->coding, "UTF-8") == 0)
		return Hunspell_spell(b->words, text) ? LECTOR_GOOD : LECTOR_BAD;
	ucnv_convert(b->coding, "UTF-8", room, (int32_t)sizeof(room) - 1, text, (int32_t)word.n, &e);
	if (U_FAILURE(e))
		return LECTOR_GOOD;   /* not judged */
	return Hunspell_spell(b->words, room) ? LECTOR_GOOD : LECTOR_BAD;
}

/* ---- sentences ---- */

static enum { NEVER, OPEN, ABSENT } grammar;
static Dictionary    rules;
static Parse_Options way;

/* The library has this grammar; that of other languages is a toy. */
static bool is_english(str language)
{
	return str_eq_nocase(str_slice(language, 0, 2), S("en")) && (language.n == 2 || language.p[2] == '-');
}

static bool grammar_open(void)
{
	if (grammar != NEVER)
		return grammar == OPEN;
	grammar = ABSENT;
	lg_error_set_handler(NULL, NULL);   /* it talks to standard error */
	rules = dictionary_create_lang("en");
	way   = rules ? parse_options_create() : NULL;
	if (!way)
		return false;
	parse_options_set_verbosity(way, 0);
	parse_options_set_linkage_limit(way, 1);
	parse_options_set_spell_guess(way, 0);
	parse_options_set_max_parse_time(way, SECONDS);
	grammar = OPEN;
	return true;
}

static enum lector_verdict sentence_judge(str language, str text)
{
	char     room[SENTENCE_MAX + 1];
	Sentence s;
	bool     good;

	if (!is_english(language) || !grammar_open())
		return LECTOR_UNABLE;
	if (text.n == 0 || text.n > SENTENCE_MAX)
		return LECTOR_GOOD;
	memcpy(room, text.p, text.n);
	room[text.n] = '\0';
	s    = sentence_create(room, rules);
	good = !s || sentence_split(s, way) < 0 || sentence_parse(s, way) != 0;
	good |= parse_options_resources_exhausted(way) != 0;   /* too difficult is not wrong */
	parse_options_reset_resources(way);
	if (s)
		sentence_delete(s);
	return good ? LECTOR_GOOD : LECTOR_BAD;
}

static enum lector_verdict sentence_unable(str language, str text)
{
	(void)language;
	(void)text;
	return LECTOR_UNABLE;
}

void lector_settle(str language)
{
	(void)book_of(language);
	settled = true;
}

const struct lector lector_terminal = { word_judge, sentence_judge };
const struct lector lector_settled  = { word_judge, sentence_unable };
