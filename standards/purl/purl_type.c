#include "standards/purl/purl_type.h"

#include <string.h>

#include "base/buf.h"
#include "standards/finding/embed.h"

EMBED(purl_types, "standards/purl/data/types.txt");

bool purl_type_find(str type, struct purl_type *out)
{
	str rest = EMBEDDED_STR(purl_types), line, name;

	while (str_cut(&rest, '\n', &line)) {
		if (!str_cut(&line, '\t', &name) || !str_eq(name, type) || str_eq(name, S("date")))
			continue;
		return str_cut(&line, '\t', &out->namespace) && str_cut(&line, '\t', &out->small) &&
		       str_cut(&line, '\t', &out->qualifiers);
	}
	return false;
}

bool purl_type_known(str type)
{
	struct purl_type t;

	return purl_type_find(type, &t);
}

static bool letter(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

static bool digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

bool purl_key_check(str key)
{
	if (key.n == 0 || digit(key.p[0]))
		return false;
	for (size_t i = 0; i < key.n; i++)
		if (!letter(key.p[i]) && !digit(key.p[i]) && !memchr(".-_", key.p[i], 3))
			return false;
	return true;
}

static bool type_form(str type)
{
	if (type.n == 0 || !letter(type.p[0]))
		return false;
	for (size_t i = 0; i < type.n; i++)
		if (!letter(type.p[i]) && !digit(type.p[i]) && !memchr(".-", type.p[i], 2))
			return false;
	return true;
}

str purl_small(struct arena *a, str s)
{
	str out = str_dup(a, s);

	for (size_t i = 0; i < out.n; i++)
		if (out.p[i] >= 'A' && out.p[i] <= 'Z')
			((char *)(uintptr_t)out.p)[i] = (char)(out.p[i] + 32);
	return out;
}

/* Every character that is not in keep becomes `with`. */
static str replaced(struct arena *a, str s, bool (*keep)(char), char with)
{
	str out = str_dup(a, s);

	for (size_t i = 0; i < out.n; i++)
		if (!keep(out.p[i]))
			((char *)(uintptr_t)out.p)[i] = with;
	return out;
}

static bool not_underscore(char ch)
{
	return ch != '_';
}

static bool pub_char(char ch)
{
	return letter(ch) || digit(ch) || ch == '_';
}

/* The normalisations that a table of flags cannot say. */
static void own_form(struct arena *a, struct purl *p)
{
	if (str_eq(p->type, S("pypi")))
		p->name = replaced(a, p->name, not_underscore, '-');
	else if (str_eq(p->type, S("pub")))
		p->name = replaced(a, p->name, pub_char, '_');
	else if (str_eq(p->type, S("git")) && str_starts(p->namespace, S("github")))
		p->name = purl_small(a, p->name);
	else if (str_eq(p->type, S("mlflow")) &&
	         str_find(purl_qualifier(p, S("repository_url")), S("azuredatabricks.net"), 0) != SIZE_MAX)
		p->name = purl_small(a, p->name);
}

/* ^[a-p]{32}$ and ^\d+(\.\d+){0,3}$ */
static bool chrome_check(const struct purl *p)
{
	int  dots = 0;
	bool number = false;

	for (size_t i = 0; i < p->name.n; i++)
		if (p->name.p[i] < 'a' || p->name.p[i] > 'p')
			return false;
	for (size_t i = 0; i < p->version.n; i++) {
		if (p->version.p[i] == '.' ? !number : !digit(p->version.p[i]))
			return false;
		number = p->version.p[i] != '.';
		dots  += !number;
	}
	return p->name.n == 32 && dots <= 3 && (number || p->version.n == 0);
}

static bool own_check(struct ctx *c, const struct purl *p)
{
	if (str_eq(p->type, S("cpan")) && str_find(p->name, S("::"), 0) != SIZE_MAX)
		return fault(c, E_INVALID, "name", N_("A distribution's name has no “::”; that is a module's name."));
	if (str_eq(p->type, S("chrome-extension")) && !chrome_check(p))
		return fault(c, E_INVALID, "name", N_("Name or version has characters that the type {1} does not allow."),
		             p->type);
	return true;
}

static bool type_check(struct ctx *c, const struct purl *p, const struct purl_type *t)
{
	str rest = t->qualifiers, key;

	if (str_eq(t->namespace, S("prohibited")) && p->namespace.n)
		return fault(c, E_INVALID, "namespace", N_("The type {1} has no namespace."), p->type);
	if (str_eq(t->namespace, S("required")) && p->namespace.n == 0)
		return fault(c, E_INVALID, "namespace", N_("The type {1} needs a namespace."), p->type);
	while (!str_eq(t->qualifiers, S("-")) && str_cut(&rest, ',', &key))
		if (!purl_qualifier(p, key).p)
			return fault(c, E_INVALID, "qualifiers", N_("The type {1} needs the qualifier {2}."), p->type, key);
	return own_check(c, p);
}

static void qualifiers_sort(struct purl *p)
{
	for (size_t i = 1; i < p->qualifiers; i++) {
		struct purl_qualifier q = p->qualifier[i];
		size_t at = i;

		for (; at > 0 && str_cmp(p->qualifier[at - 1].key, q.key) > 0; at--)
			p->qualifier[at] = p->qualifier[at - 1];
		p->qualifier[at] = q;
	}
}

static bool qualifiers_check(struct ctx *c, const struct purl *p)
{
	for (size_t i = 0; i < p->qualifiers; i++) {
		str key = p->qualifier[i].key;

		if (i && str_eq(key, p->qualifier[i - 1].key))
			return fault(c, E_INVALID, "qualifiers", N_("A qualifier stands twice."));
		if (!purl_key_check(key))
			return fault(c, E_INVALID, "qualifiers",
			             N_("A qualifier's key has letters, digits and “.-_” only."));
	}
	return true;
}

bool purl_build(struct ctx *c, struct purl *p)
{
	struct purl_type t;
	bool known;

	if (!type_form(p->type))
		return fault(c, E_INVALID, "type", N_("A type has letters, digits, “.” and “-”, a letter first."));
	if (p->name.n == 0)
		return fault(c, E_INVALID, "name", N_("A name is missing."));
	p->type = purl_small(c->arena, p->type);
	for (size_t i = 0; i < p->qualifiers; i++)
		p->qualifier[i].key = purl_small(c->arena, p->qualifier[i].key);
	qualifiers_sort(p);
	TRY(qualifiers_check(c, p));
	known = purl_type_find(p->type, &t);
	if (!known)
		return true;
	if (str_find(t.small, S("n"), 0) != SIZE_MAX && p->namespace.p)
		p->namespace = purl_small(c->arena, p->namespace);
	if (str_find(t.small, S("m"), 0) != SIZE_MAX)
		p->name = purl_small(c->arena, p->name);
	if (str_find(t.small, S("v"), 0) != SIZE_MAX && p->version.p)
		p->version = purl_small(c->arena, p->version);
	own_form(c->arena, p);
	return type_check(c, p, &t);
}
