#include "services/5-disclosure/3-publication/author/proofing.h"

#include "base/test.h"

/* English: these words; a sentence is wrong when it has "are is". */
static enum lector_verdict word_judge(str language, str word)
{
	static const char *const known[] = { "the", "device", "naive", "cannot", "don't", "buffer", "overflow", "is", "read" };

	if (!str_eq(language, S("en")))
		return LECTOR_UNABLE;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_eq_nocase(word, str_of(known[i])))
			return LECTOR_GOOD;
	return word.n ? LECTOR_BAD : LECTOR_GOOD;
}

static enum lector_verdict sentence_judge(str language, str s)
{
	if (!str_eq(language, S("en")))
		return LECTOR_UNABLE;
	return str_find(s, S("are is"), 0) == SIZE_MAX ? LECTOR_GOOD : LECTOR_BAD;
}

static const struct lector stub = { word_judge, sentence_judge };

/* The first word of the text that is not known; "" when there is none. */
static str first_wrong(struct proofing *p, const char *text)
{
	str word = STR_NONE;

	return proofing_spell(p, S("en"), str_of(text), &word) == SPELL_BAD ? word : S("");
}

TEST(what_is_no_word_is_not_looked_up)
{
	static const struct { const char *text, *wrong; } rows[] = {
		{ "The device", "" }, { "The devise.", "devise" }, { "(the) \xe2\x80\x9c" "devise\xe2\x80\x9d", "devise" },
		{ "CVE-2026-1234 read OpenSSL 3.0.1-rc2", "" }, { "https://example.com/wrnog /etc/wrnog wrnog.conf wrnog@example.com", "" },
		{ "XMLX", "" }, { "foo_bar <wrnog> `wrnog` $wrnog", "wrnog" }, { "Vu1nerability", "Vu1nerability" }, { "base64 x509 log4j", "" },
		{ "buffer-overflow", "" }, { "buffer-overfolw", "overfolw" }, { "device's don\xe2\x80\x99t", "" },
		{ "\xe8\x84\x86\xe5\xbc\xb1\xe6\x80\xa7 \xc2\xa9 \xe2\x80\xa6 -- ...", "" }, { "na\xc3\xafve", "na\xc3\xafve" },
		{ "", "" }, { "\xff\xfe", "" },
	};
	struct proofing p = { .lector = &stub };

	check_ok(c, proofing_words(c, &p, S("")));
	proofing_sort(&p);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_str(first_wrong(&p, rows[i].text), str_of(rows[i].wrong));
}

TEST(accepted_words_are_right_in_any_case)
{
	struct proofing p = { .lector = &stub };

	check_ok(c, proofing_words(c, &p, S("# ours\n Acmesoft # the maker\nwrnog\n\nturbo-frobnicator\n")));
	proofing_sort(&p);
	check_str(first_wrong(&p, "Acmesoft acmesoft Wrnog wrnog's turbo-frobnicator firewalls"), S(""));
	check_str(first_wrong(&p, "The Acmesofts"), S("Acmesofts"));
}

TEST(a_language_nobody_can_read_is_told)
{
	struct proofing p = { .lector = &stub };
	str             word;

	check_int(proofing_spell(&p, S("ja"), S("x"), &word), SPELL_UNSUPPORTED);
	check_int(proofing_grammar(&p, S("ja"), S("x"), &word), SPELL_UNSUPPORTED);
}

TEST(sentences_of_prose_are_judged_and_nothing_else)
{
	static const struct { const char *text, *wrong; } rows[] = {
		{ "All is well. They are is wrong. And on.", "They are is wrong." }, { "They are is", "" }, { "are is here it.", "" },
		{ "Version 1.2 are is wrong.", "" }, { "A heading\nThey are is wrong!", "They are is wrong!" }, { "Are is.", "" }, { "", "" },
	};
	struct proofing p = { .lector = &stub };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		str place = S("");
		bool bad = proofing_grammar(&p, S("en"), str_of(rows[i].text), &place) == SPELL_BAD;
		check_str(bad ? place : S(""), str_of(rows[i].wrong));
	}
}

TEST(any_bytes_are_cut_into_words_within_them)
{
	static const char *const pieces[] = { "a", "Z", "1", "-", "'", " ", "\n", "\xe2\x80\x99", "\xe2\x80", "\xe2", "\xc2\xab", "\xc3\xa9", "\xff", ".", "the", "(" };
	struct proofing p = { .lector = &stub };
	uint64_t        x = 20261129;

	check_ok(c, proofing_words(c, &p, S("")));
	proofing_sort(&p);
	for (int i = 0; i < 20000; i++) {
		char  *text = NEWS(c->arena, char, 64);
		size_t n    = 0;
		str    word = STR_NONE, place = STR_NONE, all;

		for (x ^= x << 13, x ^= x >> 7, x ^= x << 17; n < 58 && (x >> (n % 60)) % 31; x = x * 6364136223846793005u + 1) {
			const char *piece = pieces[(x >> 33) % (sizeof(pieces) / sizeof(*pieces))];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		all = (str){ text, n };
		if (proofing_spell(&p, S("en"), all, &word) == SPELL_BAD)
			check(word.n >= 2 && word.p >= text && word.p + word.n <= text + n);
		if (proofing_grammar(&p, S("en"), all, &place) == SPELL_BAD)
			check(place.p >= text && place.p + place.n <= text + n);
	}
}
