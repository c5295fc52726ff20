/* cli.md: every verb of the command line with its arguments. */
#include "tools/reference/reference.h"

#include "doors/cli/say.h"
#include "doors/verb.h"
#include "platform/op/tool.h"

static const char *kind_word(const struct arg *d)
{
	static const char *const words[] = {
		[ARG_LINE] = "text", [ARG_TEXT] = "text of several lines", [ARG_ID] = "id", [ARG_INT] = "number",
		[ARG_BOOL] = "yes or no", [ARG_TIME] = "instant", [ARG_DATE] = "date", [ARG_CHOICE] = "choice",
		[ARG_FILE] = "file", [ARG_SECRET] = "secret",
	};

	return words[d->kind];
}

static void choices_write(struct buf *b, const struct choice *k)
{
	for (const struct choice *x = k; x && x->value; x++)
		if (*x->value)
			buf_fmt(b, "%s`%s`", x == k || !*k->value ? " " : ", ", x->value);
}

static void arg_row(struct reference const *r, struct buf *b, const char *path, const struct arg *d)
{
	bool in = path_has(path, d->name);

	buf_fmt(b, "| `%s%s` | %s%s%s | %s", in ? "" : "--", in ? cstr(r->c->arena, str_fmt(r->c->arena, "%s", d->name)) : d->name,
	        kind_word(d), d->must || in ? ", needed" : "", d->many ? ", may be repeated" : "", d->label ? d->label : "");
	if (d->hint)
		buf_fmt(b, "%s %s", str_ends(buf_str(b), S("?")) ? "" : ":", d->hint);
	if (d->choices)
		choices_write(b, d->choices);
	if (d->kind == ARG_LINE || d->kind == ARG_TEXT || d->kind == ARG_SECRET)
		buf_fmt(b, " (at most %zu bytes)", arg_max(d));
	buf_add(b, S(" |\n"));
}

/* "report.show" with ":id" -> "psirt report show ID". */
static void verb_head(struct reference const *r, struct buf *b, const char *name, const char *path, const char *help)
{
	str rest = str_of(path), part, word, words = str_of(name);

	buf_add(b, S("\n### psirt"));
	while (str_cut(&words, '.', &word))
		buf_fmt(b, " %.*s", STR_ARG(word));
	while (str_cut(&rest, '/', &part))
		if (part.n > 1 && part.p[0] == ':') {
			char *up = cstr(r->c->arena, str_slice(part, 1, part.n));
			for (char *p = up; *p; p++)
				*p = *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
			buf_fmt(b, " %s", up);
		}
	buf_fmt(b, "\n\n%s. `%s`\n", help, path);
}

static void args_write(const struct reference *r, struct buf *b, const char *path, const struct arg *args)
{
	bool some = false;

	for (const struct arg *d = args; d && d->name; d++) {
		if (!some)
			buf_add(b, S("\n| argument | kind | meaning |\n|---|---|---|\n"));
		some = true;
		arg_row(r, b, path, d);
	}
}

/* Text in a cell of a table: a bar would end it, and so would a line. */
static void cell_write(struct buf *b, const char *s)
{
	for (; *s; s++) {
		if (*s == '|')
			buf_char(b, '\\');
		buf_char(b, *s == '\n' ? ' ' : *s);
	}
}

static void tool_write(struct buf *b, const struct tool *t)
{
	const struct tool_manual *m = t->manual;

	buf_fmt(b, "\n### psirt %s\n\n%s. Needs no server.\n", t->name, t->help);
	if (!m)
		return;
	buf_add(b, S("\n```\n"));
	(void)tool_usage(b, t->name, m);
	buf_add(b, S("```\n"));
	for (const struct tool_flag *f = m->flags; f && f->flag; f++) {
		if (!f->help)
			continue;
		buf_fmt(b, "%s| `--%s%s", f == m->flags ? "\n| option | meaning |\n|---|---|\n" : "", f->flag, f->value ? "=" : "");
		cell_write(b, f->value ? f->value : "");
		buf_add(b, S("` | "));
		cell_write(b, f->help);
		buf_add(b, S(" |\n"));
	}
	for (const struct tool_exit *e = m->exits; e && e->help; e++)
		buf_fmt(b, "%s| %d | %s |\n", e == m->exits ? "\n| exit status | meaning |\n|---|---|\n" : "", e->status, e->help);
}

static void service_write(const struct reference *r, struct buf *b, const struct service *s, const char *before)
{
	if (!str_eq(str_of(s->number), str_of(before)))
		buf_fmt(b, "\n## %s %s\n", s->number, s->title);
	for (const struct view *v = s->views; v && v->name; v++) {
		verb_head(r, b, v->name, v->path, v->help);
		args_write(r, b, v->path, v->args);
	}
	for (const struct op *o = s->ops; o && o->name; o++) {
		verb_head(r, b, o->name, o->path, o->help);
		args_write(r, b, o->path, o->args);
	}
	for (const struct tool *t = s->tools; t && t->name; t++)
		tool_write(b, t);
}

/* The verbs of the program itself, which open the database or listen. */
static void own_verbs_write(struct buf *b)
{
	buf_add(b, S("\n## The program itself\n"));
	for (const struct verb *v = verbs; v->name; v++) {
		buf_fmt(b, "\n### psirt %s%s%s\n\n%s.%s\n", v->name, *v->words ? " " : "", v->words, v->help,
		        v->sets_up ? " Takes `--config FILE` and the settings of that file as `--name VALUE`." : "");
		for (const struct verb_flag *f = v->flags; f && f->flag; f++) {
			buf_fmt(b, "%s| `--%s ", f == v->flags ? "\n| option | meaning |\n|---|---|\n" : "", f->flag);
			b->n -= f->value ? 0 : 1;
			cell_write(b, f->value ? f->value : "");
			buf_fmt(b, "` | %s |\n", f->help);
		}
	}
}

static void exits_write(struct buf *b)
{
	buf_add(b, S("\n## Exit statuses\n\n| fault | exit | HTTP | again? | meaning |\n|---|---|---|---|---|\n"));
	for (int k = E_NONE + 1; k < FAULT_COUNT; k++) {
		enum fault_code f = (enum fault_code)k;
		buf_fmt(b, "| `%s` | %d | %d | %s | %s |\n", fault_name(f), fault_exit(f), fault_http(f),
		        fault_retryable(f) ? "yes" : "no", fault_title(f));
	}
	buf_fmt(b, "\n%d: standard output could not be written (the disk is full, the reader went away), so what was said is\n"
		"not complete. The statuses of a tool that checks or compares stand in its help and in the guide.\n", SAY_LOST);
}

void verbs_write(const struct reference *r, struct buf *b)
{
	buf_add(b, S("# The command line\n\n"
		"Made by `make reference` from the tables of the services. `psirt NOUN VERB` talks to a running server:\n"
		"over its socket (`PSIRT_SOCKET`, else `/run/psirt/psirt.sock`) or to `PSIRT_ADDRESS` (`127.0.0.1:8080`), with\n"
		"the token in `PSIRT_TOKEN`, else the one that `psirt login` got there. Words in capitals stand in the order shown; every other argument is\n"
		"`--name VALUE` or `--name=VALUE`, with `-` for `_` as one likes. A value `@FILE` stands for the text of a file,\n"
		"`-` for standard input. `--json` and `--csv` print the answer of the API as it is. `psirt help` lists all verbs.\n"));
	for (size_t i = 0; i < r->front->services_n; i++)
		service_write(r, b, r->front->services[i], i ? r->front->services[i - 1]->number : "");
	own_verbs_write(b);
	exits_write(b);
}
