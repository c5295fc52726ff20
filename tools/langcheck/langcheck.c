/*
 * langcheck [--update]: compares the texts of the files named on standard
 * input (one a line) with lang/.  Findings go to standard output as
 * file:line: rule: text; status 1 when there are any.  --update adds what is
 * missing to lang/ja/ROOM.po with an empty msgstr.  Started by tools/check-lang.
 */
#include <stdlib.h>

#include "base/buf.h"
#include "tools/file.h"
#include "tools/langcheck/glossary.h"
#include "tools/langcheck/phrase.h"
#include "tools/langcheck/translation.h"
#include "tools/mkhtml/template.h"
#include "tools/mklang/po.h"

struct check {
	struct ctx *c;
	use_list    uses, bare;
	po_list     ja, en;
	term_list   terms;
	str         plain;      /* lines of lang/plain.txt */
	size_t      findings;
};

static void finding(struct check *k, const char *file, long line, const char *rule, str text)
{
	struct buf b;

	buf_init(&b, k->c->arena, 40000);
	buf_fmt(&b, "%s:%ld: %s%.*s\n", file, line, rule, STR_ARG(utf8_cut(text, 3000)));
	fwrite(b.p, 1, b.n, stdout);
	k->findings++;
}

static bool is_plain(const struct check *k, str text)
{
	str rest = k->plain, line;

	while (str_cut(&rest, '\n', &line))
		if (str_eq(str_trim(line), text))
			return true;
	return false;
}

static void read_source(struct check *k, const char *file)
{
	str  src = file_read(k->c->arena, file), path = str_of(file);
	bool ok = !str_is_none(src);

	if (str_starts(path, S("lang/")))
		ok = ok && po_parse(k->c, file, src, &k->ja);
	else if (str_ends(path, S(".html")))
		ok = ok && phrase_in_html(k->c, file, src, &k->uses, &k->bare);
	else if (str_ends(path, S(".def")))
		ok = ok && phrase_in_faults(k->c, file, src, &k->uses);
	else
		ok = ok && phrase_in_c(k->c, file, src, &k->uses);
	if (!ok)
		finding(k, file, k->c->fault.line, "read: ", str_of(k->c->fault.text));
}

static void check_uses(struct check *k)
{
	for (size_t i = 0; i < k->uses.n; i++) {
		const struct use      *u = &k->uses.v[i];
		const struct po_entry *e = po_find(&k->ja, u->text);
		if (!e || e->text.n == 0)
			finding(k, u->file, u->line, "missing: no Japanese for ", u->text);
	}
	for (size_t i = 0; i < k->bare.n; i++)
		if (!is_plain(k, k->bare.v[i].text))
			finding(k, k->bare.v[i].file, k->bare.v[i].line,
			        "bare: write {_…_} around, or allow in lang/plain.txt: ", k->bare.v[i].text);
}

static int by_text(const void *a, const void *b)
{
	const struct use *x = a, *y = b;

	return str_cmp(x->text, y->text);
}

static bool is_used(const struct check *k, str id)
{
	const struct use key = { .text = id };

	return k->uses.n && bsearch(&key, k->uses.v, k->uses.n, sizeof(key), by_text);
}

static void check_entries(struct check *k)
{
	for (size_t i = 0; i < k->ja.n; i++) {
		const struct po_entry *e = &k->ja.v[i];
		str bad;
		if (!is_used(k, e->id))
			finding(k, e->file, e->line, "unused: ", e->id);
		if (e->text.n == 0)
			continue;
		bad = translation_check(k->c, e->id, e->text, is_plain(k, e->id));
		if (bad.n)
			finding(k, e->file, e->line, "", STR_CAT(k->c->arena, bad, S(": "), e->id));
		bad = glossary_check(k->c, &k->terms, e->id, e->text);
		if (bad.n)
			finding(k, e->file, e->line, "glossary: ", bad);
	}
	for (size_t i = 0; i < k->en.n; i++)
		if (!is_used(k, k->en.v[i].id))
			finding(k, k->en.v[i].file, k->en.v[i].line, "unused: ", k->en.v[i].id);
}

static const char po_header[] =
	"msgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: psirt\\n\"\n"
	"\"PO-Revision-Date: 2026-11-24 09:00+0900\\n\"\n\"Last-Translator: psirt\\n\"\n"
	"\"Language-Team: psirt\\n\"\n\"Language: ja\\n\"\n"
	"\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	"\"Content-Transfer-Encoding: 8bit\\n\"\n";

/* Append an entry to the file of its room. */
static bool add_entry(struct check *k, const struct use *u)
{
	str        room = translation_room(k->c, str_of(u->file));
	char      *path = cstr(k->c->arena, STR_CAT(k->c->arena, S("lang/ja/"), room, S(".po")));
	str        old = file_read(k->c->arena, path);
	struct buf b;

	buf_init(&b, k->c->arena, (size_t)64 << 20);
	buf_add(&b, str_is_none(old) ? str_of(po_header) : old);
	buf_fmt(&b, "\n#: %s\nmsgid \"", u->file);
	template_quote(&b, u->text);
	buf_add(&b, S("\"\nmsgstr \"\"\n"));
	return file_write(path, buf_str(&b));
}

static int update(struct check *k)
{
	size_t     added = 0;
	struct buf b;

	for (size_t i = 0; i < k->uses.n; i++) {
		if (i && str_eq(k->uses.v[i].text, k->uses.v[i - 1].text))
			continue;
		if (po_find(&k->ja, k->uses.v[i].text))
			continue;
		if (!add_entry(k, &k->uses.v[i]))
			return 1;
		added++;
	}
	buf_init(&b, k->c->arena, 100);
	buf_fmt(&b, "%zu entries added; fill in their msgstr\n", added);
	fwrite(b.p, 1, b.n, stdout);
	return 0;
}

static void read_lang(struct check *k)
{
	str csv = file_read(k->c->arena, "lang/glossary.csv");

	k->plain = file_read(k->c->arena, "lang/plain.txt");
	if (!po_load(k->c, "lang/en.po", &k->en))
		k->findings++;
	if (str_is_none(csv) || !glossary_parse(k->c, csv, &k->terms))
		finding(k, "lang/glossary.csv", k->c->fault.line, "read: ", S("english,japanese,forbidden,note"));
}

int main(int argc, UNUSED char **argv)
{
	struct arena a;
	struct ctx   c;
	struct check k = { .c = &c, .uses.max = 100000, .bare.max = 100000 };
	char         line[4096];

	arena_init(&a, (size_t)1 << 30);
	ctx_init(&c, &a);
	read_lang(&k);
	while (fgets(line, sizeof(line), stdin))
		read_source(&k, cstr(&a, str_trim(str_of(line))));
	if (!po_sort(&c, &k.ja)) {
		finding(&k, cstr(&a, c.fault.where), c.fault.line, "conflict: another text elsewhere for ", c.fault.arg[0]);
		return 1;
	}
	if (k.uses.n)
		qsort(k.uses.v, k.uses.n, sizeof(*k.uses.v), by_text);
	if (argc > 1)
		return update(&k);
	check_uses(&k);
	check_entries(&k);
	arena_done(&a);
	return k.findings != 0;
}
