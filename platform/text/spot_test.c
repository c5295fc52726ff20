#include "platform/text/spot.h"

#include "base/buf.h"
#include "base/test.h"
#include "platform/text/fold.h"

/* The text with [ ] around what was found. */
static str marked(struct ctx *c, str text, str query)
{
	struct spot_list spots = { 0 };
	struct buf       b;
	size_t           at = 0;

	check_ok(c, spot_find(c, text, query, &spots));
	buf_init(&b, c->arena, 4096);
	for (size_t i = 0; i < spots.n; i++) {
		buf_add(&b, str_slice(text, at, spots.v[i].at));
		at = spots.v[i].at + spots.v[i].n;
		buf_fmt(&b, "[%.*s]", (int)spots.v[i].n, text.p + spots.v[i].at);
	}
	buf_add(&b, str_slice(text, at, text.n));
	return buf_str(&b);
}

static str excerpt(struct ctx *c, str text, str query, size_t width)
{
	struct spot_parts parts = { 0 };
	struct buf        b;

	check_ok(c, spot_excerpt(c, text, query, width, &parts));
	buf_init(&b, c->arena, 4096);
	for (size_t i = 0; i < parts.n; i++)
		buf_fmt(&b, parts.v[i].hit ? "[%.*s]" : "%.*s", STR_ARG(parts.v[i].text));
	return buf_str(&b);
}

TEST(broken_text_and_too_many_terms_are_no_trouble)
{
	struct spot_list spots = { 0 };
	struct buf       b;

	check_str(marked(c, S("a \xff"), S("a")), S("a \xff"));
	buf_init(&b, c->arena, 1 << 16);
	for (int i = 0; i < 2000; i++)
		buf_fmt(&b, "w%d ", i);
	check_ok(c, spot_find(c, buf_str(&b), buf_str(&b), &spots));
	check_int(spots.n, SPOT_TERMS_MAX);
}

TEST(words_are_spotted_whole_and_in_any_case)
{
	check_str(marked(c, S("A Buffer overflow; buffers overflow."), S("buffer OVERFLOW")), S("A [Buffer] [overflow]; buffers [overflow]."));
	check_str(marked(c, S("see CVE-2026-10042."), S("cve‐2026‐10042")), S("see [CVE-2026-10042]."));
	check_str(marked(c, S("one buffer overflow, one overflow"), S("\"buffer overflow\"")), S("one [buffer overflow], one overflow"));
	check_str(marked(c, S("nothing"), S("  \"\" ")), S("nothing"));
	check_str(marked(c, S(""), S("x")), S(""));
}

TEST(japanese_is_spotted_in_any_width_and_kana)
{
	check_str(marked(c, S("暗号鍵の生成"), S("鍵")), S("暗号[鍵]の生成"));
	check_str(marked(c, S("ﾌｧｰﾑｳｪｱの更新"), S("ファームウェア")), S("[ﾌｧｰﾑｳｪｱ]の更新"));
	check_str(marked(c, S("バックアップのﾊﾞｯｸｱｯﾌﾟ"), S("ばっくあっぷ")), S("[バックアップ]の[ﾊﾞｯｸｱｯﾌﾟ]"));
	check_str(marked(c, S("ＣＶＥとcve"), S("CVE")), S("[ＣＶＥ]と[cve]"));
	check_str(marked(c, S("古いサーバーとサーバ"), S("サーバー")), S("古い[サーバ]ーと[サーバ]"));
}

TEST(what_the_index_takes_for_the_same_is_spotted)
{
	check_str(marked(c, S("A buffer overflow; a buffer\noverflow; buffer, overflow"), S("BUFFER-overflow")),
	          S("A [buffer overflow]; a [buffer\noverflow]; [buffer, overflow]"));
	check_str(marked(c, S("buffer-overflow"), S("\"buffer overflow\"")), S("[buffer-overflow]"));
	check_str(marked(c, S("KX-200, KX 200, KX200 and KX-2000"), S("kx-200")), S("[KX-200], [KX 200], [KX200] and KX-2000"));
	check_str(marked(c, S("KX-200, KX 200, KX200 and AKX-200"), S("KX200")), S("[KX-200], [KX 200], [KX200] and AKX-200"));
	check_str(marked(c, S("an overflow."), S("(overflow)")), S("an [overflow]."));
	check_str(marked(c, S("脆弱\n性"), S("脆弱性")), S("[脆弱\n性]"));
	check_str(marked(c, S("ファームウエアとﾌｧｰﾑｳｪｱ、ヴァージョン、ｳﾞｧｰｼﾞｮﾝ"), S("ファームウェア バージョン")),
	          S("[ファームウエア]と[ﾌｧｰﾑｳｪｱ]、[ヴァージョン]、[ｳﾞｧｰｼﾞｮﾝ]"));
	check_str(marked(c, S("PSIRT-2026-0001, DW-2026-7"), S("psirt-2026-1 DW-2026-007")), S("[PSIRT-2026-0001], [DW-2026-7]"));
	check_str(marked(c, S("PSIRT-2026-0010"), S("psirt-2026-1")), S("PSIRT-2026-0010"));
	check_str(marked(c, S("㍻の㍻"), S("平 成")), S("[㍻]の[㍻]"));
	check_str(marked(c, S("a-"), S("a-b")), S("a-"));
	check_str(marked(c, S("x"), S("-")), S("x"));
}

TEST(an_excerpt_begins_before_the_first_spot_and_says_what_it_left_out)
{
	str far = S("The first sentence says little and goes on for a while, so that what is sought stands further on: a heap overflow "
	            "in the parser of frames, which follows.");

	check_str(excerpt(c, far, S("overflow"), 90), S("…a while, so that what is sought stands further on: a heap [overflow] in the parser of frames…"));
	check_str(excerpt(c, far, S("absent"), 20), S("The first sentence s…"));
	check_str(excerpt(c, S("short"), S("short"), 90), S("[short]"));
	check_str(excerpt(c, S("脆弱性"), S("absent"), 4), S("脆…"));
}

/* The short way of the most frequent characters says what fold_text says. */
TEST(each_frequent_character_is_spotted_where_its_fold_is_sought)
{
	static const struct { uint32_t from, to; } ranges[] = {
		{ '0', '9' }, { 'A', 'Z' }, { 'a', 'z' }, { 0xC0, 0xFF }, { 0x3041, 0x3096 }, { 0x30A1, 0x30F6 }, { 0x4E00, 0x9FFF }, { 0xFF21, 0xFF3A }, { 0xFF66, 0xFF9D },
	};
	char small[4];

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		for (uint32_t u = ranges[i].from; u <= ranges[i].to; u++) {
			str one = { small, utf8_put(u, small) }, folded;

			check_ok(c, fold_text(c, one, &folded));
			check_str(marked(c, one, folded), STR_CAT(c->arena, S("["), one, S("]")));
		}
}
