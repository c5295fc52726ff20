#include "base/test.h"

#include "platform/text/fold.h"

#include <string.h>

static void check_fold(struct ctx *c, str text, str want)
{
	str once, twice;

	check_ok(c, fold_text(c, text, &once));
	check_str(once, want);
	check_ok(c, fold_text(c, once, &twice));
	check_str(twice, once);
}

TEST(width_case_and_kana_are_folded)
{
	check_fold(c, S("ＣＶＥ－２０２６－１００４２"), S("cve-2026-10042"));
	check_fold(c, S("Buffer OVERFLOW"), S("buffer overflow"));
	check_fold(c, S("ファームウェア"), S("ふあーむうえあ"));
	check_fold(c, S("ﾌｧｰﾑｳｪｱ"), S("ふあーむうえあ"));
	check_fold(c, S("ﾊﾞｯﾌｧ ﾎﾟｲﾝﾀ ｳﾞｧ"), S("ばっふあ ぽいんた ば"));
	check_fold(c, S("ハ゛ッファ"), S("ばっふあ"));
	check_fold(c, S("Straße ﬁle Ⅳ ㍿"), S("strasse file iv 株式会社"));
	check_fold(c, S("が"), S("が"));
	check_fold(c, S("全角　空白"), S("全角 空白"));
	check_fold(c, S("脆弱性"), S("脆弱性"));
	check_fold(c, S("soft\xc2\xadhyphen zero\xe2\x80\x8bwidth"), S("softhyphen zerowidth"));
}

TEST(spellings_of_one_loanword_are_the_same)
{
	check_fold(c, S("ファームウエア"), S("ふあーむうえあ"));
	check_fold(c, S("ウィルス ウイルス"), S("ういるす ういるす"));
	check_fold(c, S("ヴァージョン バージョン ｳﾞｧｰｼﾞｮﾝ"), S("ばーじょん ばーじょん ばーじょん"));
	check_fold(c, S("ヴィ ヴ ヴェ ヴォ ヴュ ゔぁ ウ゛ィ"), S("び ぶ べ ぼ びゅ ば び"));
	check_fold(c, S("一ヶ月 一ケ月 霞ヵ関"), S("一け月 一け月 霞か関"));
	check_fold(c, S("ヴ"), S("ぶ"));
	check_fold(c, S("キャッシュ ティ"), S("きゃっしゅ てい"));
}

TEST(every_dash_is_a_hyphen_but_after_kana_a_long_mark)
{
	check_fold(c, S("CVE‐2026‑10042"), S("cve-2026-10042"));
	check_fold(c, S("CVE–2026—10042"), S("cve-2026-10042"));
	check_fold(c, S("CVE−2026﹣10042"), S("cve-2026-10042"));
	check_fold(c, S("サ−バ"), S("さーば"));
	check_fold(c, S("デ―タ"), S("でーた"));
	check_fold(c, S("カナ-カナ"), S("かな-かな"));
	check_fold(c, S("影響―対策"), S("影響-対策"));
}

TEST(the_long_mark_that_ends_a_long_word_is_left_out)
{
	check_fold(c, S("サーバー"), S("さーば"));
	check_fold(c, S("サーバーの鍵"), S("さーばの鍵"));
	check_fold(c, S("ユーザー名"), S("ゆーざ名"));
	check_fold(c, S("ｻｰﾊﾞｰ"), S("さーば"));
	check_fold(c, S("キー"), S("きー"));
	check_fold(c, S("エラー"), S("えらー"));
	check_fold(c, S("サーバーソフト"), S("さーばーそふと"));
	check_fold(c, S("ー"), S("ー"));
}

TEST(hostile_text_is_folded_without_harm)
{
	static char big[FOLD_MAX + 1];
	str out;

	check_fold(c, S(""), S(""));
	check_fold(c, STR_NONE, S(""));
	check_fold(c, S("a\0B\0"), S("a\0b\0"));
	check_fold(c, S("\xff鍵\xc0\x80"), S("\xef\xbf\xbd鍵\xef\xbf\xbd\xef\xbf\xbd"));
	check_fold(c, S("\xed\xa0\x80"), S("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
	memset(big, 'A', sizeof(big));
	check(!fold_text(c, (str){ big, sizeof(big) }, &out));
	check_fault(c, E_LIMIT, "text");
	/* U+FDFA becomes 18 characters */
	for (size_t i = 0; i + 3 <= 30000; i += 3)
		memcpy(big + i, "\xef\xb7\xba", 3);
	check_ok(c, fold_text(c, (str){ big, 30000 }, &out));
	check(out.n > 300000);
}

TEST(text_that_deceives_the_eye_is_found_and_shown)
{
	size_t at;

	check_int(text_risk(S("普通の text, 123"), false, NULL), TEXT_SAFE);
	check_int(text_risk(S("葛\xf3\xa0\x84\x80城"), false, NULL), TEXT_SAFE);
	check_int(text_risk(S("a\nb\t"), true, NULL), TEXT_SAFE);
	check_int(text_risk(S("a\nb"), false, &at), TEXT_CONTROL);
	check_int(at, 1);
	check_int(text_risk(S("invoice\xe2\x80\xaegpj.exe"), true, &at), TEXT_DIRECTION);
	check_int(at, 7);
	check_int(text_risk(S("pay\xe2\x80\x8bpal"), true, NULL), TEXT_INVISIBLE);
	check_int(text_risk(S("\xee\x80\x80"), true, NULL), TEXT_UNASSIGNED);
	check_int(text_risk(S("a\xff"), true, &at), TEXT_CONTROL);
	check_int(at, 1);
	check_int(text_risk(S("a\0"), true, NULL), TEXT_CONTROL);
	check_str(text_visible(c->arena, S("a\xe2\x80\xae" "b\x1b[0m\xff鍵\xe9"), true),
	          S("a[U+202E]b[U+001B][0m[FF]鍵[E9]"));
	check(text_mixed(S("p\xd0\xb0ypal")));
	check(!text_mixed(S("paypal \xd0\xb0")));
	check(!text_mixed(S("鍵key")));
	check(!text_mixed(S("\xff")));
}

TEST(folding_twice_changes_nothing_whatever_the_characters)
{
	for (int i = 0; i < 20000; i++) {
		char text[64];
		size_t n = 0;
		str once, twice;

		for (int k = 0; k < 12; k++) {
			static const uint32_t base[] = { 0x20, 0x3040, 0x30A0, 0xFF60, 0x2000, 0x300, 0x3090, 0x1F00 };
			uint64_t r;
			uint32_t u;

			c->random(&r, sizeof(r));
			u = r % 9 == 8 ? (uint32_t)(r >> 8) % 0x110000 : base[r % 9] + (uint32_t)(r >> 8) % 0x60;
			if (u < 0xD800 || u > 0xDFFF)
				n += utf8_put(u, text + n);
		}
		check_ok(c, fold_text(c, (str){ text, n }, &once));
		check(utf8_check(once, NULL));
		check_ok(c, fold_text(c, once, &twice));
		check_str(twice, once);
		(void)text_risk(once, false, NULL);
		(void)text_visible(c->arena, (str){ text, n - n / 5 }, false);
	}
}
