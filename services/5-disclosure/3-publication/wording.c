#include "services/5-disclosure/3-publication/wording.h"

#include "record/report.h"

enum { SHOWN = 40, LONG_ENOUGH = 40 };

/* Elements that people type for their look; others, such as <script>, are what advisories are about. */
static bool is_look(str name)
{
	static const char *const names[] = { "a", "b", "br", "code", "em", "h1", "h2", "h3", "i", "li", "ol", "p", "pre", "strong", "u", "ul" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static bool element_at(str line, size_t at)
{
	size_t from = at + 1, to;

	from += from < line.n && line.p[from] == '/';
	for (to = from; to < line.n && ((line.p[to] | 32) >= 'a' || (line.p[to] >= '0' && line.p[to] <= '9')) && line.p[to] != '>'; to++)
		;
	return to < line.n && (line.p[to] == '>' || line.p[to] == ' ' || line.p[to] == '/') && is_look(str_slice(line, from, to)) &&
	       str_find(line, S(">"), to) != SIZE_MAX;
}

/* Of "**x**", of "[x](http…"; SIZE_MAX: not there. */
static size_t bold_at(str line)
{
	size_t at = str_find(line, S("**"), 0);
	bool   on = at != SIZE_MAX && at + 2 < line.n && line.p[at + 2] != ' ' && line.p[at + 2] != '*';

	return on && str_find(line, S("**"), at + 3) != SIZE_MAX ? at : SIZE_MAX;
}

static size_t link_at(str line)
{
	size_t at = str_find(line, S("](http"), 0);

	while (at != SIZE_MAX && at > 0 && line.p[at] != '[')
		at--;
	return at != SIZE_MAX && line.p[at] == '[' ? at : SIZE_MAX;
}

/* Where the mark begins in the line, or SIZE_MAX. */
static size_t mark_of(str line)
{
	size_t hashes = 0;

	while (hashes < line.n && line.p[hashes] == '#')
		hashes++;
	if ((hashes > 0 && hashes <= 6 && hashes < line.n && line.p[hashes] == ' ') || str_starts(line, S("```")))
		return 0;
	if (bold_at(line) != SIZE_MAX)
		return bold_at(line);
	if (link_at(line) != SIZE_MAX)
		return link_at(line);
	for (size_t at = 0; (at = str_find(line, S("<"), at)) != SIZE_MAX; at++)
		if (element_at(line, at))
			return at;
	return SIZE_MAX;
}

bool markup_find(str text, str *what)
{
	str line;

	while (str_cut(&text, '\n', &line)) {
		size_t at = mark_of(str_trim(line));

		if (at == SIZE_MAX)
			continue;
		line  = str_trim(line);
		*what = utf8_cut(str_trim(str_slice(line, at, line.n)), SHOWN);
		return true;
	}
	return false;
}

bool wrong_language(str text, str lang)
{
	str is = text_lang(text);

	return str_eq(lang, S("ja")) ? str_eq(is, S("en")) && text.n >= LONG_ENOUGH : str_eq(is, S("ja"));
}
