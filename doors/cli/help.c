#include "doors/cli/help.h"

#include "doors/cli/cli.h"
#include "doors/cli/say.h"
#include "doors/cli/table.h"
#include "doors/cli/tooling.h"
#include "doors/verb.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"

enum { COLUMN = 30 };

/* "  LEFT      text", the text on a line of its own when LEFT is too wide. */
static void line(struct ctx *c, str left, const char *english)
{
	str    text = word_tr(c->lang, english), one;
	size_t wide = table_width(left);
	bool   first = true;

	say("  %.*s", STR_ARG(left));
	if (wide >= COLUMN)
		say("\n  %*s", COLUMN, "");
	else
		say("%*s", (int)(COLUMN - wide), "");
	while (str_cut(&text, '\n', &one)) {
		if (!first)
			say("  %*s", COLUMN, "");
		say("%.*s\n", STR_ARG(one));
		first = false;
	}
	if (first)
		say("\n");
}

static void verb_lines(struct ctx *c)
{
	for (const struct verb *v = verbs; v->name; v++)
		line(c, str_fmt(c->arena, "psirt %s", v->name), v->help);
}

int help_brief(struct ctx *c)
{
	SAY(c, N_("psirt: the program of a product security incident response team."));
	say("\n");
	verb_lines(c);
	line(c, S("psirt NOUN VERB …"), N_("Work with the running server"));
	line(c, S("psirt help [WORD …]"), N_("All nouns and verbs, or one of them"));
	return 0;
}

/* ---- one verb ---- */

static int verb_help(struct ctx *c, const struct verb *v)
{
	str sentence = word_tr(c->lang, v->help);

	say("psirt %s%s%s [--NAME VALUE …]\n\n%.*s\n", v->name, *v->words ? " " : "", v->words, STR_ARG(sentence));
	if (v->flags || v->sets_up)
		say("\n");
	for (const struct verb_flag *f = v->flags; f && f->flag; f++)
		line(c, str_fmt(c->arena, "--%s%s%s", f->flag, f->value ? " " : "", f->value ? f->value : ""), f->help);
	if (!v->sets_up)
		return 0;
	line(c, S("--config FILE"), N_("Configuration file; also PSIRT_CONFIG."));
	for (size_t i = 0; i < setup_keys_n; i++) {
		if (v->part == SETUP_STORE && setup_ways[i].part != SETUP_STORE)
			continue;
		line(c, str_fmt(c->arena, "--%s %s", setup_ways[i].flag, setup_keys[i].type == CONFIG_INT ? "N" : "VALUE"),
		     setup_keys[i].help);
		if (setup_keys[i].standard)
			say("  %*s[%s]\n", COLUMN, "", setup_keys[i].standard);
	}
	return 0;
}

/* ---- operations and views ---- */

static str spoken(struct ctx *c, const char *name)
{
	str rest = str_of(name), noun;

	(void)str_cut(&rest, '.', &noun);
	return str_is_none(rest) ? noun : STR_CAT(c->arena, noun, S(" "), rest);
}

static bool in_path(struct ctx *c, const char *path, const char *name)
{
	str rest = str_of(path), part, want = str_fmt(c->arena, ":%s", name);

	while (str_cut(&rest, '/', &part))
		if (str_eq(part, want))
			return true;
	return false;
}

static str arg_left(struct ctx *c, const struct arg *d)
{
	static const char *const words[] = {
		[ARG_LINE] = "TEXT", [ARG_TEXT] = "TEXT|@FILE", [ARG_ID] = "ID", [ARG_INT] = "N", [ARG_BOOL] = "1|0",
		[ARG_TIME] = "2026-01-31T12:00:00Z", [ARG_DATE] = "2026-01-31", [ARG_CHOICE] = "WORD",
		[ARG_FILE] = "FILE", [ARG_SECRET] = "TEXT",
	};

	return str_fmt(c->arena, "--%s %s%s", d->name, words[d->kind], d->many ? " …" : "");
}

static void arg_line(struct ctx *c, const struct arg *d)
{
	struct buf b;

	line(c, arg_left(c, d), d->label ? d->label : "");
	if (d->hint)
		line(c, S(""), d->hint);
	if (d->must)
		line(c, S(""), N_("Must be given."));
	if (!d->choices)
		return;
	buf_init(&b, c->arena, 4096);
	for (const struct choice *x = d->choices; x->value; x++) {
		buf_add(&b, b.n ? S(" ") : S(""));
		buf_add(&b, str_of(x->value));
	}
	say("  %*s%.*s\n", COLUMN, "", STR_ARG(buf_str(&b)));
}

static int entry_help(struct ctx *c, const char *name, const char *path, const char *help, const struct arg *args)
{
	str said = spoken(c, name), sentence = word_tr(c->lang, help);
	bool any = false, file = false;

	say("psirt %.*s", STR_ARG(said));
	for (const struct arg *d = args; d && d->name; d++) {
		if (in_path(c, path, d->name))
			say(" %s", d->name);
		else
			any = true;
		file |= d->kind == ARG_FILE && d->must;
	}
	if (file)
		say(" FILE|FOLDER …");
	say("%s\n\n%.*s\n", any ? " [--NAME VALUE …]" : "", STR_ARG(sentence));
	if (any)
		say("\n");
	for (const struct arg *d = args; d && d->name; d++)
		if (!in_path(c, path, d->name))
			arg_line(c, d);
	say("\n");
	line(c, S("--json, --csv"), N_("The answer as it came, instead of a table."));
	line(c, S(""), path);
	return 0;
}

/* ---- tools ---- */

static int tool_help(struct ctx *c, const struct tool *t)
{
	const struct tool_manual *m = t->manual;
	struct buf b;

	buf_init(&b, c->arena, 16384);
	(void)tool_usage(&b, t->name, m);
	say("%.*s\n", STR_ARG(buf_str(&b)));
	say("%.*s\n", STR_ARG(word_tr(c->lang, t->help)));
	SAY(c, N_("It needs no server."));
	if (m->flags)
		say("\n");
	for (const struct tool_flag *f = m->flags; f && f->flag; f++)
		if (f->help)
			line(c, str_fmt(c->arena, "--%s%s%s", f->flag, f->value ? "=" : "", f->value ? f->value : ""), f->help);
	if (!m->exits)
		return 0;
	say("\n");
	SAY(c, N_("Exit status"));
	for (const struct tool_exit *e = m->exits; e->help; e++)
		line(c, str_fmt(c->arena, "%d", e->status), e->help);
	return 0;
}

/* ---- everything ---- */

/* Is the word none, or the noun (or whole name) of this entry? */
static bool of_noun(str noun, const char *name)
{
	str rest = str_of(name), first;

	if (!noun.n)
		return true;
	(void)str_cut(&rest, str_find(rest, S("."), 0) == SIZE_MAX ? ' ' : '.', &first);
	return str_eq(first, noun);
}

/* The title of a service, once for those that share its number; *last: the one before. */
static void title_line(struct ctx *c, const struct service *s, str *last)
{
	if (!str_eq(*last, str_of(s->number)))
		say("\n%s %.*s\n", s->number, STR_ARG(word_tr(c->lang, s->title)));
	*last = str_of(s->number);
}

/* The entries of one service of that noun; the title before the first. */
static int service_lines(struct ctx *c, const struct service *s, str noun, str *last)
{
	int n = 0;

#define ENTRY(T, member) \
	for (const struct T *e = s->member; e && e->name; e++) { \
		if (!of_noun(noun, e->name)) \
			continue; \
		if (!n++) \
			title_line(c, s, last); \
		line(c, STR_CAT(c->arena, S("psirt "), spoken(c, e->name)), e->help); \
	}
	ENTRY(view, views)
	ENTRY(op, ops)
#undef ENTRY
	for (const struct tool *t = s->tools; t && t->name; t++) {
		if (!t->manual || !of_noun(noun, t->name))
			continue;
		if (!n++)
			title_line(c, s, last);
		line(c, STR_CAT(c->arena, S("psirt "), str_of(t->name)), t->help);
	}
	return n;
}

static int all_lines(struct ctx *c, const struct front *f, str noun)
{
	str last = STR_NONE;
	int n = 0;

	for (size_t i = 0; i < f->services_n; i++)
		n += service_lines(c, f->services[i], noun, &last);
	return n;
}

static bool noun_known(const struct front *f, str noun)
{
#define LOOK(T, member) \
	for (const struct T *e = s->member; e && e->name; e++) \
		if (of_noun(noun, e->name)) \
			return true
	for (size_t i = 0; i < f->services_n; i++) {
		const struct service *s = f->services[i];

		LOOK(view, views);
		LOOK(op, ops);
		LOOK(tool, tools);
	}
#undef LOOK
	return false;
}

int help_noun(struct ctx *c, const struct front *f, int argc, char **argv)
{
	if (argc == 1 && all_lines(c, f, str_of(argv[0])))
		return 0;
	if (argc > 1 && noun_known(f, str_of(argv[0])))
		SAY_ERROR(c, N_("There is no {1}. psirt help {2} lists what there is."),
		          STR_CAT(c->arena, str_of(argv[0]), S(" "), str_of(argv[1])), str_of(argv[0]));
	else
		SAY_ERROR(c, N_("There is no {1}. See psirt help."), str_of(argv[0]));
	return fault_exit(E_USAGE);
}

int help_run(struct ctx *c, int argc, char **argv)
{
	struct front       f = cli_services();
	const struct op   *o;
	const struct view *v;
	const struct tool *t;
	str                one, name;
	int                words;

	while (argc && argv[argc - 1][0] == '-')   /* --help itself, and what stood before it */
		argc--;
	if (!argc || argv[0][0] == '-') {
		(void)help_brief(c);
		(void)all_lines(c, &f, STR_NONE);
		return 0;
	}
	if (verb_find(argv[0]))
		return verb_help(c, verb_find(argv[0]));
	one  = str_of(argv[0]);
	name = argc > 1 ? STR_CAT(c->arena, one, S("."), str_of(argv[1])) : one;
	if ((o = op_find(&f, name)))
		return entry_help(c, o->name, o->path, o->help, o->args);
	if ((v = view_find(&f, name)))
		return entry_help(c, v->name, v->path, v->help, v->args);
	if ((t = tooling_find(c, &f, argc, argv, &words)) && t->manual)
		return tool_help(c, t);
	return help_noun(c, &f, argc, argv);
}
