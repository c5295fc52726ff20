#include "tools/langcheck/translation.h"

#include "base/buf.h"

static unsigned placeholders(str s)
{
	unsigned set = 0;

	for (size_t i = 0; i + 2 < s.n; i++)
		if (s.p[i] == '{' && s.p[i + 2] == '}' && s.p[i + 1] >= '1' && s.p[i + 1] <= '9')
			set |= 1u << (s.p[i + 1] - '0');
	return set;
}

static bool is_japanese(uint32_t u)
{
	return (u >= 0x3041 && u <= 0x30ff && u != 0x30fb) || (u >= 0x3400 && u <= 0x4dbf) ||
	       (u >= 0x4e00 && u <= 0x9fff) || u == 0x3005 || (u >= 0x20000 && u <= 0x3ffff);
}

/* Full-width letters and digits, half-width kana. */
static bool is_wrong_width(uint32_t u)
{
	return (u >= 0xff10 && u <= 0xff19) || (u >= 0xff21 && u <= 0xff3a) ||
	       (u >= 0xff41 && u <= 0xff5a) || (u >= 0xff61 && u <= 0xff9f);
}

static bool is_sentence(str s)
{
	return str_ends(s, S(".")) && !str_ends(s, S("…")) && !str_ends(s, S("..."));
}

str translation_check(UNUSED struct ctx *c, str english, str japanese, bool plain)
{
	bool   script = false, width = false;
	size_t at = 0;

	if (!utf8_check(japanese, NULL))
		return S("utf8: not UTF-8");
	while (at < japanese.n) {
		uint32_t u = utf8_next(japanese, &at);
		script = script || is_japanese(u);
		width  = width || is_wrong_width(u);
	}
	if (placeholders(english) != placeholders(japanese))
		return S("placeholders: the {n} differ");
	if (!script && !plain)
		return S("script: no Japanese in it (allow in lang/plain.txt)");
	if (width)
		return S("width: full-width letters or digits, or half-width kana");
	if (script && is_sentence(english) && !str_ends(japanese, S("。")))
		return S("stop: the English is a sentence, the Japanese does not end with 。");
	if (!is_sentence(english) && !str_ends(english, S("?")) && !str_ends(english, S("!")) &&
	    str_ends(japanese, S("。")))
		return S("stop: the English is no sentence, the Japanese ends with 。");
	return STR_NONE;
}

/* "1-intake" -> "intake" */
static str without_number(str part)
{
	size_t i = 0;

	while (i < part.n && part.p[i] >= '0' && part.p[i] <= '9')
		i++;
	return i && i < part.n && part.p[i] == '-' ? str_slice(part, i + 1, SIZE_MAX) : part;
}

str translation_room(struct ctx *c, str path)
{
	str rest = path, first, second, service, name = S("base");

	if (!str_cut(&rest, '/', &first) || !str_cut(&rest, '/', &second))
		return name;
	name = rest.n ? without_number(second) : first;
	if (!str_eq(first, S("services")) || !str_cut(&rest, '/', &service) || !rest.n)
		return name;
	if (str_eq(without_number(service), S("metrics")))
		return STR_CAT(c->arena, name, S("_metrics"));
	return without_number(service);
}
