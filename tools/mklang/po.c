#include "tools/mklang/po.h"

#include <stdlib.h>

#include "base/buf.h"
#include "tools/file.h"

enum { STRING_MAX = 16 << 10 };

/* The quoted string of a line, appended to b. */
static bool quoted(struct ctx *c, str line, struct buf *b)
{
	size_t i = 1;

	if (line.n < 2 || line.p[0] != '"')
		return fault(c, E_SYNTAX, NULL, "a string in quotes is missing");
	for (; i < line.n && line.p[i] != '"'; i++) {
		if (line.p[i] != '\\') {
			buf_char(b, line.p[i]);
			continue;
		}
		if (++i == line.n)
			break;
		switch (line.p[i]) {
		case 'n':  buf_char(b, '\n'); break;
		case 't':  buf_char(b, '\t'); break;
		case '"':
		case '\\': buf_char(b, line.p[i]); break;
		default:   return fault(c, E_SYNTAX, NULL, "unknown escape in a string");
		}
	}
	if (i + 1 != line.n)
		return fault(c, E_SYNTAX, NULL, "the string does not end with the line");
	return true;
}

struct reading {
	struct ctx     *c;
	po_list        *out;
	struct po_entry entry;
	struct buf      id, text, *into;
	bool            fuzzy, next_fuzzy;
};

/* An entry is complete when another begins or the file ends. */
static bool finish(struct reading *r)
{
	if (r->into == &r->id)
		return fault(r->c, E_SYNTAX, NULL, "msgid without msgstr");
	if (!r->into || r->id.n == 0)
		return true;
	r->entry.id   = str_dup(r->c->arena, buf_str(&r->id));
	r->entry.text = r->fuzzy ? S("") : str_dup(r->c->arena, buf_str(&r->text));
	if (!list_push(r->c->arena, r->out, r->entry))
		return fault(r->c, E_LIMIT, NULL, "too many entries");
	return true;
}

static bool keyword(str line, str name, str *rest)
{
	if (!str_starts(line, name) || line.n == name.n || line.p[name.n] != ' ')
		return false;
	*rest = str_trim(str_slice(line, name.n, SIZE_MAX));
	return true;
}

static bool one_line(struct reading *r, str line, const char *file, long number)
{
	str rest;

	if (line.n == 0)
		return true;
	if (line.p[0] == '#') {
		if (str_starts(line, S("#,")) && str_find(line, S("fuzzy"), 0) != SIZE_MAX)
			r->next_fuzzy = true;
		return true;
	}
	if (keyword(line, S("msgid"), &rest)) {
		TRY(finish(r));
		r->entry = (struct po_entry){ .file = file, .line = number };
		r->fuzzy = r->next_fuzzy;
		r->next_fuzzy = false;
		r->id.n = r->text.n = 0;
		r->into = &r->id;
		return quoted(r->c, rest, r->into);
	}
	if (keyword(line, S("msgstr"), &rest)) {
		if (r->into != &r->id)
			return fault(r->c, E_SYNTAX, NULL, "msgstr without msgid");
		r->into = &r->text;
		return quoted(r->c, rest, r->into);
	}
	if (line.p[0] == '"' && r->into)
		return quoted(r->c, line, r->into);
	return fault(r->c, E_SYNTAX, NULL, "only comments, msgid and msgstr are used here");
}

bool po_parse(struct ctx *c, const char *file, str src, po_list *out)
{
	struct reading r = { .c = c, .out = out };
	str            line;
	long           number = 0;

	if (!utf8_check(src, NULL))
		return fault(c, E_SYNTAX, NULL, "not UTF-8");
	buf_init(&r.id, c->arena, STRING_MAX);
	buf_init(&r.text, c->arena, STRING_MAX);
	if (!out->max)
		out->max = 100000;
	while (str_cut(&src, '\n', &line)) {
		number++;
		if (!one_line(&r, str_trim(line), file, number))
			return fault_at(c, c->fault.code, number, 0);
	}
	if (r.id.full || r.text.full)
		return fault(c, E_LIMIT, NULL, "a text is too long");
	return finish(&r);
}

static int by_id(const void *a, const void *b)
{
	const struct po_entry *x = a, *y = b;
	int r = str_cmp(x->id, y->id);

	if (r)
		return r;
	return (x->text.n == 0) - (y->text.n == 0);   /* those with a text first */
}

bool po_sort(struct ctx *c, po_list *list)
{
	size_t kept = 0;

	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), by_id);
	for (size_t i = 0; i < list->n; i++) {
		struct po_entry *e = &list->v[i], *last = kept ? &list->v[kept - 1] : NULL;
		if (!last || !str_eq(last->id, e->id)) {
			list->v[kept++] = *e;
		} else if (e->text.n && !str_eq(last->text, e->text)) {
			fault(c, E_CONFLICT, e->file, "\"{1}\" has another text in {2}",
			      e->id, str_of(last->file));
			return fault_at(c, E_CONFLICT, e->line, 0);
		}
	}
	list->n = kept;
	return true;
}

const struct po_entry *po_find(const po_list *list, str id)
{
	size_t low = 0, high = list->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int    r = str_cmp(id, list->v[mid].id);
		if (r == 0)
			return &list->v[mid];
		if (r < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

bool po_load(struct ctx *c, const char *file, po_list *out)
{
	str src = file_read(c->arena, file);

	if (str_is_none(src)) {
		file_wrong(c->arena, file, 0, "cannot be read");
		return false;
	}
	if (!po_parse(c, file, src, out)) {
		file_wrong(c->arena, file, c->fault.line, c->fault.text);
		return false;
	}
	return true;
}
