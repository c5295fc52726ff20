#include "services/5-disclosure/3-publication/author/proofing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 200000, WORD_BYTES = 100, SENTENCE_WORDS = 3 };

/* Terms of the trade that dictionaries of English do not have. */
static const char trade[] =
	"advisories\nallowlist\nauthenticator\nbackend\nbackport\nbackported\nbackports\nblocklist\nboolean\nbootloader\nbotnet\n"
	"changelog\nchecksum\nchecksums\nciphertext\ncleartext\nconfig\ncryptographic\ncryptographically\ncyber\ncybersecurity\ndatagram\ndataset\ndecrypt\ndecrypts\n"
	"denylist\ndeserialization\ndeserialize\ndeserialized\ndeserializing\ndowngrade\ndropdown\nendpoint\nendpoints\nexfiltrate\nexfiltration\nexploitability\n"
	"firewalls\nfuzzing\nhardcoded\nhostname\nhostnames\nhotfix\nhotfixes\nhttps\nhypervisor\nhypervisors\nintegrator\nintegrators\n"
	"keystore\nlocalhost\nlogfile\nmalware\nmetadata\nmicrocode\nmicrocontroller\nmiddleware\nmitigations\nmultipart\nmutex\n"
	"namespace\nnamespaces\nopcode\npassphrase\npasswordless\npathname\nplaintext\npooling\npreprocessor\nproxied\nransomware\n"
	"reauthenticate\nrecursion\nregex\nrepo\nrollback\nruntime\nsandboxed\nsandboxing\nserializer\nspoofing\nstateful\nstateless\n"
	"sandbox\nsubdomain\nsubdomains\nsubnet\nsubsystem\nsubsystems\nsuperuser\nsyscall\ntimestamp\ntimestamps\ntraversal\nunauthenticated\n"
	"unauthorized\nunencrypted\nunpatched\nunprivileged\nunsanitized\nuntrusted\nuploader\nuptime\nusername\nusernames\nuserspace\nvalidator\n"
	"virtualization\nvirtualized\nvulnerabilities\nwebserver\nwhitelist\nwildcard\nworkaround\nworkarounds\n";

static int by_word(const void *a, const void *b)
{
	const str *x = a, *y = b;
	size_t     n = x->n < y->n ? x->n : y->n;
	int        r = n ? strncasecmp(x->p, y->p, n) : 0;

	return r ? r : (x->n > y->n) - (x->n < y->n);
}

static bool words_add(struct ctx *c, struct proofing *p, str text)
{
	str line, remark;

	p->words.max = WORDS_MAX;
	while (str_cut(&text, '\n', &line)) {
		(void)str_cut(&line, '#', &remark);
		remark = str_trim(remark);
		if (remark.n && !list_push(c->arena, &p->words, remark))
			return fault(c, E_LIMIT, NULL, N_("There are more than {1} accepted words."), str_fmt(c->arena, "%d", WORDS_MAX));
	}
	return true;
}

bool proofing_words(struct ctx *c, struct proofing *p, str text)
{
	if (p->words.n == 0)
		TRY(words_add(c, p, str_of(trade)));
	return words_add(c, p, text);
}

void proofing_sort(struct proofing *p)
{
	if (p->words.n)
		qsort(p->words.v, p->words.n, sizeof(*p->words.v), by_word);
}

static bool is_accepted(const struct proofing *p, str word)
{
	return p->words.n && bsearch(&word, p->words.v, p->words.n, sizeof(*p->words.v), by_word);
}

/* ---- what is a word ---- */

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Cut what stands around a word: ASCII punctuation, and the quotes, dashes and dots of U+2010 to U+203F and U+00AB, U+00BB. */
static str bare(str s)
{
	for (;;) {
		if (s.n && (unsigned char)s.p[0] < 0x80 && ispunct((unsigned char)s.p[0]))
			s = str_slice(s, 1, s.n);
		else if (str_starts(s, S("\xe2\x80")) && s.n >= 3)
			s = str_slice(s, 3, s.n);
		else if (str_starts(s, S("\xc2\xab")) || str_starts(s, S("\xc2\xbb")))
			s = str_slice(s, 2, s.n);
		else
			break;
	}
	for (;;) {
		if (s.n && (unsigned char)s.p[s.n - 1] < 0x80 && ispunct((unsigned char)s.p[s.n - 1]))
			s.n--;
		else if (s.n >= 3 && memcmp(s.p + s.n - 3, "\xe2\x80", 2) == 0)
			s.n -= 3;
		else if (str_ends(s, S("\xc2\xab")) || str_ends(s, S("\xc2\xbb")))
			s.n -= 2;
		else
			return s;
	}
}

/* A figure typed for a letter, "Vu1nerability": within small letters on both sides. */
static bool is_slip(str s)
{
	size_t digits = 0, at = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (is_digit(s.p[i])) {
			digits++;
			at = i;
		} else if (!is_lower(s.p[i]) && i > 0) {
			return false;
		}
	}
	return digits == 1 && at >= 2 && s.n - at >= 5;
}

/* Something that a dictionary can be asked about. */
static bool is_word(str s)
{
	size_t capitals = 0, letters = 0, digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char b = (unsigned char)s.p[i];

		if (is_digit(s.p[i]))
			digits++;
		else if (b == 0xc2)
			return false;   /* signs: © ° § */
		else if (b >= 0xe2 && !(b == 0xe2 && str_starts(str_slice(s, i, s.n), S("\xe2\x80\x99"))))
			return false;   /* not Latin, Greek or Cyrillic; but for the apostrophe of typographers */
		else if (b < 0x80 && !is_upper(s.p[i]) && !is_lower(s.p[i]) && s.p[i] != '\'')
			return false;
		capitals += i > 0 && is_upper(s.p[i]);
		letters  += b >= 0xc3 || is_upper(s.p[i]) || is_lower(s.p[i]);
	}
	return letters >= 2 && s.n <= WORD_BYTES && capitals == 0 && (digits == 0 || is_slip(s));
}

/* The apostrophe as a typewriter has it. */
static str plain(str s, char room[WORD_BYTES + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (str_starts(str_slice(s, i, s.n), S("\xe2\x80\x99"))) {
			room[n++] = '\'';
			i += 2;
		} else {
			room[n++] = s.p[i];
		}
	}
	return (str){ room, n };
}

static bool known(const struct proofing *p, str language, str word)
{
	char room[WORD_BYTES + 1];

	if (!is_word(word))
		return true;
	word = plain(word, room);
	if (str_ends(word, S("'s")) && (is_accepted(p, str_slice(word, 0, word.n - 2)) ||
	    p->lector->word(language, str_slice(word, 0, word.n - 2)) != LECTOR_BAD))
		return true;
	return is_accepted(p, word) || p->lector->word(language, word) != LECTOR_BAD;
}

/* "buffer-overflow" as a whole, or its parts. */
static bool known_parts(const struct proofing *p, str language, str word, str *which)
{
	str part, rest = word;

	*which = word;
	if (str_find(word, S("-"), 0) == SIZE_MAX)
		return known(p, language, word);
	if (is_accepted(p, word))
		return true;
	while (str_cut(&rest, '-', &part))
		if (!is_word(part) && part.n > 1)
			return true;   /* a name of parts */
	for (rest = word; str_cut(&rest, '-', which);)
		if (!known(p, language, *which))
			return false;
	return true;
}

/* The next piece between white space; false at the end. */
static bool piece_next(str *rest, str *piece)
{
	size_t from = 0, end;

	while (from < rest->n && (unsigned char)rest->p[from] <= ' ')
		from++;
	for (end = from; end < rest->n && (unsigned char)rest->p[end] > ' '; end++)
		;
	*piece = str_slice(*rest, from, end);
	*rest  = str_slice(*rest, end, rest->n);
	return piece->n > 0;
}

/* One word after the other; the first that is not known ends it. */
enum csaf_spelling proofing_spell(const struct proofing *p, str language, str text, str *word)
{
	str piece;

	if (p->lector->word(language, S("")) == LECTOR_UNABLE)
		return SPELL_UNSUPPORTED;
	while (piece_next(&text, &piece))
		if (!known_parts(p, language, bare(piece), word))
			return SPELL_BAD;
	return SPELL_GOOD;
}

size_t proofing_unknown(const struct proofing *p, str language, str text, str *words, size_t max)
{
	str    piece;
	size_t n = 0, i;

	while (n < max && piece_next(&text, &piece)) {
		if (known_parts(p, language, bare(piece), &words[n]))
			continue;
		for (i = 0; i < n && !str_eq(words[i], words[n]); i++)
			;
		n += i == n;
	}
	return n;
}

/* ---- what is a sentence ---- */

static bool ends_sentence(str rest, size_t i)
{
	return strchr(".!?", rest.p[i]) && (i + 1 == rest.n || (unsigned char)rest.p[i + 1] <= ' ');
}

/* The next sentence of a line; a line that does not end like one gives none. */
static bool sentence_next(str *rest, str *out)
{
	size_t end = 0;

	*rest = str_trim(*rest);
	while (end < rest->n && !ends_sentence(*rest, end))
		end++;
	if (end == rest->n)
		return false;
	*out  = str_slice(*rest, 0, end + 1);
	*rest = str_slice(*rest, end + 1, rest->n);
	return true;
}

/* Are these words alone, so that a grammar can be asked? */
static bool is_prose(str s)
{
	size_t n = 0;
	str    piece, rest = s;

	if (!is_upper(s.p[0]))
		return false;
	while (piece_next(&rest, &piece)) {
		str word = bare(piece), part;

		n++;
		while (str_cut(&word, '-', &part))
			for (size_t i = 0; i < part.n; i++)
				if (!is_upper(part.p[i]) && !is_lower(part.p[i]) && part.p[i] != '\'' && (unsigned char)part.p[i] < 0x80)
					return false;
	}
	return n >= SENTENCE_WORDS;
}

enum csaf_spelling proofing_grammar(const struct proofing *p, str language, str text, str *place)
{
	str line;

	if (p->lector->sentence(language, S("")) == LECTOR_UNABLE)
		return SPELL_UNSUPPORTED;
	while (str_cut(&text, '\n', &line))
		while (sentence_next(&line, place))
			if (is_prose(*place) && p->lector->sentence(language, *place) == LECTOR_BAD)
				return SPELL_BAD;
	return SPELL_GOOD;
}
