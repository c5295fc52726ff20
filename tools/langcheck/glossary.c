#include "tools/langcheck/glossary.h"

#include "base/buf.h"

enum { FIELDS = 4 };

/* One field of a CSV line; quotes around it are taken off. */
static bool field(str *rest, str *out)
{
	size_t end;

	if (rest->n == 0 || rest->p[0] != '"')
		return str_cut(rest, ',', out);
	end = str_find(*rest, S("\""), 1);
	if (end == SIZE_MAX)
		return false;
	*out  = str_slice(*rest, 1, end);
	*rest = str_slice(*rest, end + 1, SIZE_MAX);
	if (rest->n && rest->p[0] != ',')
		return false;
	*rest = str_slice(*rest, 1, SIZE_MAX);
	return true;
}

bool glossary_parse(struct ctx *c, str csv, term_list *out)
{
	str  line, f[FIELDS];
	long number = 0;

	if (!out->max)
		out->max = 5000;
	while (str_cut(&csv, '\n', &line)) {
		number++;
		if (number == 1 || str_trim(line).n == 0)
			continue;   /* the heading */
		for (size_t i = 0; i < FIELDS; i++)
			f[i] = S("");
		for (size_t i = 0; i < FIELDS && line.n; i++)
			if (!field(&line, &f[i]))
				return fault_at(c, E_SYNTAX, number, 0);
		if (line.n || (f[0].n == 0 && f[2].n == 0) ||
		    !list_push(c->arena, out, (struct term){ f[0], f[1], f[2], number }))
			return fault_at(c, E_SYNTAX, number, 0);
	}
	return true;
}

static bool is_letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '-';
}

/* The words of term stand in text, with or without a plural s. */
static bool has_term(str text, str term)
{
	for (size_t i = 0; i + term.n <= text.n; i++) {
		size_t end = i + term.n;
		if (i && is_letter(text.p[i - 1]))
			continue;
		if (!str_eq_nocase(str_slice(text, i, end), term))
			continue;
		if (end < text.n && text.p[end] == 's')
			end++;
		if (end == text.n || !is_letter(text.p[end]))
			return true;
	}
	return false;
}

/* One of the words stands in s: 報告する has 報告. */
static bool one_of(str alternatives, str s)
{
	str word;

	while (str_cut(&alternatives, '|', &word))
		if (word.n && str_find(s, word, 0) != SIZE_MAX)
			return true;
	return false;
}

/* The forbidden word that stands in s; one inside the right word does not count. */
static str forbidden_in(const struct term *t, str s)
{
	str rest = t->forbidden, word, good, right;

	while (str_cut(&rest, '|', &word)) {
		for (size_t at = str_find(s, word, 0); word.n && at != SIZE_MAX; at = str_find(s, word, at + 1)) {
			bool covered = false;
			right = t->japanese;
			while (str_cut(&right, '|', &good))
				for (size_t g = str_find(s, good, 0); good.n && g != SIZE_MAX && g <= at;
				     g = str_find(s, good, g + 1))
					covered = covered || g + good.n >= at + word.n;
			if (!covered)
				return word;
		}
	}
	return STR_NONE;
}

str glossary_check(struct ctx *c, const term_list *terms, str english, str japanese)
{
	str label = english;

	if (label.n && label.p[label.n - 1] == ':')
		label.n--;
	for (size_t i = 0; i < terms->n; i++) {
		const struct term *t = &terms->v[i];
		str bad;
		if (t->english.n && !has_term(english, t->english))
			continue;
		if (t->english.n && str_eq_nocase(label, t->english) && t->japanese.n &&
		    !one_of(t->japanese, japanese))
			return str_fmt(c->arena, "\"%.*s\" is %.*s here, not %.*s", STR_ARG(t->english),
			               STR_ARG(t->japanese), STR_ARG(japanese));
		bad = forbidden_in(t, japanese);
		if (bad.n)
			return str_fmt(c->arena, "write %.*s, not %.*s", STR_ARG(t->japanese), STR_ARG(bad));
	}
	return STR_NONE;
}
