#include "base/test.h"

#include "platform/text/fold.h"
#include "platform/text/token.h"

#include <string.h>

static const char *const subjects[] = {
	"OpenSSLの鍵", "バッファ", "ﾌｧｰﾑｳｪｱの更新", "CVE-2026-10042", "CVE‑2026‑10043 の脆弱性情報",
	"A heap-based buffer overflow", "The buffer", "届出", "公開鍵暗号", "認証サーバー",
	"Version 1.4.2 of the library", "製品1.4.2.7", "the_update_service", "脆弱性、影響、対策",
	"影響を受ける製品", "ログイン認証", "鍵", "Unauthenticated access（認証なし）",
	"ＡＢＣ社のルーター", "JVN#12345678",
};

static const char *const predicates[] = {
	"で脆弱性が見つかった。", " causes an overflow.", "の影響は大きい。", " was fixed in 1.4.3.",
	"を届け出た。", "について報告する。", "-related issue in kernel_mode", "に鍵がある",
	"（サーバ側）", " leads to remote code execution",
};

enum {
	SUBJECTS   = sizeof(subjects) / sizeof(subjects[0]),
	PREDICATES = sizeof(predicates) / sizeof(predicates[0]),
	SENTENCES  = SUBJECTS * PREDICATES,
};

struct sentence { str folded; struct token_list tokens; };

static struct sentence *corpus(struct ctx *c)
{
	struct sentence *all = NEWS(c->arena, struct sentence, SENTENCES);

	for (size_t i = 0; i < SENTENCES; i++) {
		str text = STR_CAT(c->arena, str_of(subjects[i / PREDICATES]),
		                   str_of(predicates[i % PREDICATES]));

		check_ok(c, fold_text(c, text, &all[i].folded));
		check_ok(c, token_split(c, text, &all[i].tokens));
	}
	return all;
}

static bool letter(str s, size_t at)
{
	return at < s.n && ((s.p[at] >= 'a' && s.p[at] <= 'z') || (s.p[at] >= '0' && s.p[at] <= '9'));
}

/* The truth: the folded term is a substring that does not cut a word of ASCII letters. */
static bool contains(str text, str term)
{
	for (size_t at = str_find(text, term, 0); at != SIZE_MAX; at = str_find(text, term, at + 1))
		if (!(at > 0 && letter(text, at - 1) && letter(term, 0)) &&
		    !(letter(text, at + term.n) && letter(term, term.n - 1)))
			return true;
	return false;
}

/* Both ways over the whole corpus; the number of sentences found. */
static int check_query(struct ctx *c, const struct sentence *all, str query)
{
	struct phrase_list phrases;
	int found = 0, wrong = 0;
	str term;

	check_ok(c, fold_text(c, query, &term));
	check_ok(c, token_query(c, STR_CAT(c->arena, S("\""), query, S("\"")), &phrases));
	check(phrases.n > 0);
	for (size_t i = 0; i < SENTENCES; i++) {
		bool match = token_match(&all[i].tokens, &phrases);

		found += match;
		wrong += match != contains(all[i].folded, term);
	}
	if (wrong)
		check_str(query, S(""));
	return found;
}

TEST(words_a_person_searches_are_found_like_substrings)
{
	static const char *const queries[] = {
		"鍵", "届出", "脆弱性", "影響", "認証", "バッファ", "ﾊﾞｯﾌｧ", "ばっふぁ", "ファームウェア",
		"ﾌｧｰﾑｳｪｱ", "CVE-2026-10042", "CVE‑2026‑10042", "ＣＶＥ－２０２６－１００４２",
		"cve–2026−10042", "2026-10042", "CVE-2026", "10042", "1.4.2", "1.4.2.7", "4.2", "1.4",
		"buffer overflow", "buffer", "OVERFLOW", "heap-based", "heap", "based buffer",
		"the_update_service", "update_service", "service", "サーバー", "サーバ", "サ−バ",
		"OpenSSL", "OpenSSLの", "OpenSSLの鍵", "SSL", "の", "鍵に", "公開鍵", "暗号", "鍵暗号",
		"製品1.4.2", "製品1.4.2.7", "社の", "ABC社", "ABC社のルータ", "C", "JVN#12345678",
		"脆弱性、影響", "kernel_mode", "認証なし", "く",
	};
	const struct sentence *all = corpus(c);
	int found = 0;

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		found += check_query(c, all, str_of(queries[i])) > 0;
	check(found > 40);
}

/* Pieces of the sentences themselves, cut at random places: ones that are words at their ends. */
TEST(any_piece_of_a_sentence_finds_what_contains_it)
{
	const struct sentence *all = corpus(c);
	uint64_t seed = 20261124;
	int asked = 0;

	for (int i = 0; i < 1500; i++) {
		struct phrase_list phrases;
		str text = all[i % SENTENCES].folded, term;
		size_t count = utf8_count(text), from = 0, to, skip, take;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		skip = (seed >> 33) % count;
		take = 1 + (seed >> 20) % 9;
		while (skip-- > 0)
			(void)utf8_next(text, &from);
		to = from;
		while (take-- > 0 && to < text.n)
			(void)utf8_next(text, &to);
		term = str_slice(text, from, to);
		check_ok(c, token_query(c, STR_CAT(c->arena, S("\""), term, S("\"")), &phrases));
		if (!contains(text, term) || phrases.n == 0)
			continue;
		asked++;
		for (size_t s = 0; s < SENTENCES; s++)
			if (contains(all[s].folded, term) && !token_match(&all[s].tokens, &phrases))
				check_str(term, all[s].folded);
	}
	check(asked > 500);
}

static bool finds(struct ctx *c, str text, str query)
{
	struct token_list tokens = { 0 };
	struct phrase_list phrases;

	check_ok(c, token_split(c, text, &tokens));
	check_ok(c, token_query(c, query, &phrases));
	return phrases.n > 0 && token_match(&tokens, &phrases);
}

TEST(terms_are_all_wanted_and_quotes_keep_words_together)
{
	check(finds(c, S("An overflow of a buffer"), S("buffer overflow")));
	check(!finds(c, S("An overflow of a buffer"), S("\"buffer overflow\"")));
	check(finds(c, S("a stack-buffer  overflow"), S("\"buffer overflow\"")));
	check(finds(c, S("鍵の管理"), S("鍵　管理")));
	check(!finds(c, S("鍵の管理"), S("「鍵管理」")));
	check(finds(c, S("脆弱性「届出」"), S("「届出」")));
	check(finds(c, S("buffer overflow"), S("\"buffer")));
	check(finds(c, S("in kernel_mode"), S("kernel mode")));
	check(!finds(c, S("overflow"), S("over")));
	check(!finds(c, S("1.4.20"), S("1.4.2")));
	check(finds(c, S("host a.b.c.d.example.com"), S("b.c.d.example")));
	check(finds(c, S("10.0.0.1"), S("10.0.0.1")));
	check(!finds(c, S("10.0.0.2"), S("10.0.0.1")));
}

TEST(japanese_may_be_wrapped_anywhere)
{
	check(finds(c, S("この脆\r\n弱性の影\n響"), S("脆弱性")));
	check(finds(c, S("この脆\r\n弱性の影\n響"), S("影響")));
	check(!finds(c, S("脆\n\n弱性"), S("脆弱性")));
	check(finds(c, S("鍵\n"), S("鍵")));
}

TEST(other_scripts_are_searched_by_their_words_or_pairs)
{
	check(finds(c, S("Überlauf im Puffer"), S("überlauf")));
	check(finds(c, S("уязвимость в ядре"), S("ЯДРЕ")));
	check(finds(c, S("취약점이 발견되었다"), S("취약점")));
	check(finds(c, S("漏洞影响产品"), S("影响")));
	check(finds(c, S("ช่องโหว่ร้ายแรง"), S("โหว่")));
	check(!finds(c, S("😀"), S("😀")));
}

static void check_tokens(struct ctx *c, str text, str want)
{
	struct token_list l = { 0 };
	str all = S("");

	check_ok(c, token_split(c, text, &l));
	for (size_t i = 0; i < l.n; i++)
		all = STR_CAT(c->arena, all, i ? S(" ") : S(""), l.v[i]);
	check_str(all, want);
}

TEST(the_tokens_are_as_described)
{
	check_tokens(c, S("Buffer overflow, buffer."), S("buffer overflow buffer"));
	check_tokens(c, S("CVE-2026-10042"),
	             S("2026-10042 cve-2026 cve-2026-10042 cve2026 cve 2026 10042"));
	check_tokens(c, S("脆弱性"), S("弱 性 脆 脆弱 弱性"));
	check_tokens(c, S("鍵"), S("鍵 鍵"));
	check_tokens(c, S("SSLの鍵"), S("ssl\x1fの の 鍵 ssl の鍵"));
	check_tokens(c, S("-._-"), S(""));
	check_tokens(c, S("a..b -c_ d."), S("a b c d"));
}

TEST(a_long_text_is_cut_in_pieces_at_lines)
{
	str rest = S("one two\nthree four five\n脆弱性脆弱性"), piece;

	check(token_piece(&rest, 12, &piece));
	check_str(piece, S("one two\n"));
	check(token_piece(&rest, 12, &piece));
	check_str(piece, S("three four "));
	check(token_piece(&rest, 12, &piece));
	check_str(piece, S("five\n"));
	check(token_piece(&rest, 10, &piece));
	check_str(piece, S("脆弱性"));
	check(token_piece(&rest, 10, &piece));
	check(!token_piece(&rest, 10, &piece));
	rest = S("\x80\x80\x80");
	check(token_piece(&rest, 1, &piece));
}

TEST(hyphens_between_words_are_spaces_and_models_are_written_in_three_ways)
{
	static const char *const ways[] = { "the KX-200 of", "the KX 200 of", "the KX200 of", "KX-200の鍵", "ＫＸ－２００" };

	check(finds(c, S("a buffer overflow"), S("BUFFER-overflow")));
	check(finds(c, S("a buffer-overflow"), S("buffer overflow")));
	check(finds(c, S("use after free"), S("use-after-free")));
	check(!finds(c, S("overflow of a buffer"), S("buffer-overflow")));
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		check(finds(c, str_of(ways[i]), S("KX-200")));
		check(finds(c, str_of(ways[i]), S("kx200")));
		check(i == 2 || finds(c, str_of(ways[i]), S("KX 200")));
		check(!finds(c, str_of(ways[i]), S("KX-20")));
		check(!finds(c, str_of(ways[i]), S("KX-2000")));
	}
	check(finds(c, S("Heron 20 3.1"), S("Heron-20")));
	check(finds(c, S("SHA256"), S("SHA-256")));
	check(finds(c, S("see CVE-2026-10042"), S("CVE-2026")));
	check(!finds(c, S("cve 2026 and 10042"), S("CVE-2026-10042")));
	check(!finds(c, S("CVE-2026-10043"), S("CVE-2026-10042")));
	check(!finds(c, S("the update service"), S("update_service")));
}

TEST(zeros_before_the_number_after_a_year_do_not_count)
{
	static const char *const typed[] = { "PSIRT-2026-42", "psirt-2026-0042", "2026-42", "PSIRT-2026-042の鍵" };

	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		check(finds(c, S("see PSIRT-2026-0042の鍵."), str_of(typed[i])));
		check(!finds(c, S("see PSIRT-2026-0420の鍵, 42, 0042."), str_of(typed[i])));
	}
	check(finds(c, S("PSIRT-SA-2026-0007"), S("PSIRT-SA-2026-7")));
	check(finds(c, S("DW-2026-7"), S("DW-2026-7")));
	check(finds(c, S("DW-2026-7"), S("DW-2026-007")));
	check(finds(c, S("on 2026-01-05"), S("2026-01-05")));
	check(!finds(c, S("on 2026-01-05"), S("2026-1-5")));
	check(finds(c, S("R-2026-0000"), S("R-2026-0")));
}

TEST(hostile_texts_and_queries_have_their_limits)
{
	static char big[TOKEN_TEXT_MAX + 1];
	struct token_list l = { .max = 100 };
	struct phrase_list q;

	check_ok(c, token_query(c, S(""), &q));
	check_int(q.n, 0);
	check_ok(c, token_query(c, S(" \"\" 「」 *:(-) 　"), &q));
	check_int(q.n, 0);
	check_ok(c, token_query(c, S("\xff\xfe\0\x1f"), &q));
	check_int(q.n, 0);
	memset(big, 'a', sizeof(big));
	check(!token_query(c, (str){ big, TOKEN_QUERY_MAX + 1 }, &q));
	check_fault(c, E_LIMIT, "query");
	check_ok(c, token_query(c, (str){ big, TOKEN_QUERY_MAX }, &q));
	check_int(q.v[0].v[0].n, TOKEN_WORD_MAX);
	check(!token_split(c, (str){ big, sizeof(big) }, &l));
	check_fault(c, E_LIMIT, "text");
	for (size_t i = 1; i < sizeof(big); i += 2)
		big[i] = ' ';
	check(!token_query(c, (str){ big, TOKEN_QUERY_MAX }, &q));
	check_fault(c, E_LIMIT, "query");
	check(!token_split(c, (str){ big, 1000 }, &l));
	check_fault(c, E_LIMIT, "text");
	l = (struct token_list){ 0 };
	memset(big, '.', sizeof(big));
	check_ok(c, token_split(c, (str){ big, TOKEN_TEXT_MAX }, &l));
	check_int(l.n, 0);
	for (size_t i = 1; i < 300000; i += 2)
		big[i] = 'a';
	check_ok(c, token_split(c, (str){ big, 300000 }, &l));
	check_ok(c, token_split(c, S("\xff脆\xff\0弱\xed\xa0\x80"), &l));
}
