#include "platform/op/tool.h"

#include <errno.h>
#include <sys/stat.h>

#include "platform/op/op.h"
#include "platform/text/word.h"

enum { FILE_BYTES = 160 << 20, SCRATCH = 192 << 20 };

static str source;   /* of a process that reads nothing else */
static bool (*sink)(str piece);

void tool_source(str bytes)
{
	source = bytes;
}

void tool_sink(bool (*write)(str piece))
{
	sink = write;
}

bool tool_say(struct buf *out, str piece)
{
	if (!sink) {
		buf_add(out, piece);
		return true;
	}
	if (out->n && !sink(buf_str(out)))
		return false;
	out->n = 0;
	return sink(piece);
}

static void say(struct ctx *c, struct buf *err, const char *name, const char *text)
{
	buf_fmt(err, "%s: %s\n", name, cstr(c->arena, word_tr(c->lang, text)));
}

static bool file_read(struct ctx *c, FILE *f, const char *name, str *out, struct buf *err)
{
	struct stat st;
	struct buf b;
	char       piece[1 << 14];
	size_t     n;

	buf_init(&b, c->arena, FILE_BYTES);
	if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size < FILE_BYTES)
		buf_reserve(&b, (size_t)st.st_size);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0 && !b.full)
		buf_add(&b, (str){ piece, n });
	if (b.full)
		buf_fmt(err, "%s: %s\n", name, cstr(c->arena, word_fill(c, N_("The file is larger than {1} MB, the most that is read."),
		        (str[]){ str_fmt(c->arena, "%d", FILE_BYTES >> 20), STR_NONE }, 2)));
	else if (ferror(f))
		say(c, err, name, N_("The file cannot be read."));
	*out = buf_str(&b);
	return !b.full && !ferror(f);
}

bool tool_read(struct ctx *c, const char *name, str *out, struct buf *err)
{
	bool  input = strcmp(name, "-") == 0, ok;
	FILE *f;

	if (source.p) {
		*out = source;
		if (!input)
			say(c, err, name, N_("The file cannot be read."));
		return input;
	}
	f = input ? stdin : fopen(name, "rb");
	if (!f) {
		buf_fmt(err, "%s: %s\n", name, strerror(errno));
		return false;
	}
	ok = file_read(c, f, name, out, err);
	if (!input)
		fclose(f);
	return ok;
}

/* ---- asking the cage ---- */

int tool_usage(struct buf *err, const char *name, const struct tool_manual *m)
{
	enum { NOT_UNDERSTOOD = 2 };
	str rest = str_of(m->words), words;

	while (str_cut(&rest, '\n', &words))
		buf_fmt(err, "psirt %s %.*s\n", name, STR_ARG(words));
	return NOT_UNDERSTOOD;
}

struct asking { str name, bytes; struct tool_answer a; };

static bool ask(struct ctx *d, void *arg)
{
	struct asking *q = arg;

	return front_of(d)->tool(d, q->name, q->bytes, &q->a);
}

static str copied(struct ctx *c, str s)
{
	char *p = arena_alloc(c->arena, s.n + 1);

	if (!p)
		return STR_NONE;
	memcpy(p, s.n ? s.p : "", s.n);
	return (str){ p, s.n };
}

bool tool_ask(struct ctx *c, str name, str bytes, int *status, str *answer)
{
	struct asking q = { .name = name, .bytes = bytes };
	struct ctx    d = *c;
	struct arena  scratch;
	bool          ok;

	if (!front_of(c)->tool)
		return fault(c, E_UNAVAILABLE, NULL, N_("Documents are read by a part of the server that does not run here."));
	arena_init(&scratch, SCRATCH);
	d.arena = &scratch;
	d.fault = (struct fault){ 0 };
	ok      = ctx_net(&d, ask, &q);
	*status = q.a.status;
	*answer = copied(c, ok ? q.a.out : S(""));
	if (!ok) {
		c->fault       = d.fault;
		c->fault.where = STR_NONE;
		for (size_t i = 0; i < FAULT_ARGS; i++)
			c->fault.arg[i] = copied(c, d.fault.arg[i]);
	}
	arena_done(&scratch);
	return ok && (answer->p || fault(c, E_LIMIT, "file", NULL));
}

bool tool_here(struct ctx *c, str name, str bytes, struct tool_answer *out)
{
	const struct front *f = front_of(c);
	char                dash[] = "-", *argv[] = { dash, NULL };
	struct buf          said, err;

	buf_init(&said, c->arena, 16 << 20);
	buf_init(&err, c->arena, 1 << 20);
	for (size_t i = 0; i < f->services_n; i++)
		for (const struct tool *t = f->services[i]->tools; t && t->name; t++) {
			if (!str_eq(str_of(t->name), name))
				continue;
			tool_source(bytes.n ? bytes : S(""));
			out->status = t->run(c, 1, argv, &said, &err);
			tool_source(STR_NONE);
			out->out = buf_str(&said);
			out->err = buf_str(&err);
			return true;
		}
	return fault(c, E_NOTFOUND, NULL, NULL);
}
