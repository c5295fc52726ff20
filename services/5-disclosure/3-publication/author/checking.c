#include "services/5-disclosure/3-publication/author/checking.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/list.h"
#include "platform/clock.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/asking.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/proofing.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/csaf/csaf.h"
#include "standards/cvss/cvss_report.h"
#include "standards/finding/finding.h"

enum { VALID = 0, INVALID = 1, USAGE = 2, UNREADABLE = 3, WARNED = 4 };
enum { SAID_MAX = 512 << 20, LACKS = 3 };
enum { FILES_MAX = 1000000, FOLDERS_DEEP = 30 };

/* What the terminal lends to the tests. */
struct means { struct proofing proof; struct asking asking; };

/* A file to check; found: in a folder, nobody named it. */
struct named { const char *path; bool found; };

/* What one run of `csaf check` works with. */
struct run {
	struct ctx *c;
	struct means *means;
	struct csaf_options how;
	bool   json, broken, lost;        /* broken: a wrong argument; lost: the accepted words cannot be read */
	bool   lacks[LACKS];              /* tests did not run for want of an option */
	struct { struct named *v; size_t n, cap, max; } files;
	bool   unreadable, invalid, warned;
	struct buf *out, *err;
};

static void findings_write(struct ctx *c, struct buf *out, const char *path, const struct csaf_findings *f)
{
	buf_fmt(out, "%s: %s\n", path, cstr(c->arena, word_tr(c->lang, f->valid ? N_("valid") : N_("not valid"))));
	for (size_t i = 0; i < f->n; i++) {
		str text = word_fill(c, f->v[i].text, f->v[i].arg, 2);

		finding_head(out, csaf_class_name(f->v[i].class), f->v[i].test, f->v[i].pointer, f->line, f->column);
		buf_add(out, text);
		buf_char(out, '\n');
	}
}

static int ask_status(void *with, str url)
{
	return asking_status(&((struct means *)with)->asking, url);
}

static enum csaf_spelling spell(void *with, str language, str text, str *word)
{
	return proofing_spell(&((struct means *)with)->proof, language, text, word);
}

static enum csaf_spelling grammar(void *with, str language, str text, str *place)
{
	return proofing_grammar(&((struct means *)with)->proof, language, text, place);
}

/* The tests that an option lets run. */
static const struct { const char *option, *tests, *which; } lacks[LACKS] = {
	{ "--network", "6.3.6 6.3.7", "6.3.6, 6.3.7" }, { "--spell", "6.3.8", "6.3.8" }, { "--grammar", "6.3.16", "6.3.16" },
};

static void lacks_note(struct run *r, const struct csaf_findings *f)
{
	for (size_t i = 0; i < f->not_runs; i++)
		for (int k = 0; k < LACKS; k++)
			r->lacks[k] |= !f->why[i].text && strstr(lacks[k].tests, f->not_run[i]);
}

/* On a terminal, what would run with an option. */
static void lacks_tell(struct run *r)
{
	struct ctx *c = r->c;

	for (int k = 0; k < LACKS; k++)
		if (r->lacks[k] && r->means->proof.lector && !r->json) {
			buf_add(r->err, word_fill(c, N_("Not run: {1}; {2} runs it."), (str[]){ str_of(lacks[k].which), str_of(lacks[k].option) }, 2));
			buf_char(r->err, '\n');
		}
}

static void add_path(struct run *r, const char *path, bool found);

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The documents of a folder and of those in it, by name; links to folders are not followed. */
static void add_folder(struct run *r, const char *path, int depth)
{
	DIR           *dir = depth > FOLDERS_DEEP ? NULL : opendir(path);
	struct dirent *entry;
	struct { const char **v; size_t n, cap, max; } names = { .max = FILES_MAX };

	if (!dir) {
		buf_fmt(r->err, "%s: %s\n", path, strerror(depth > FOLDERS_DEEP ? ELOOP : errno));
		r->unreadable = true;
		return;
	}
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.' && !list_push(r->c->arena, &names,
		    cstr(r->c->arena, str_fmt(r->c->arena, "%s/%s", path, entry->d_name))))
			break;
	closedir(dir);
	if (names.n)
		qsort(names.v, names.n, sizeof(*names.v), by_name);
	for (size_t i = 0; i < names.n; i++) {
		struct stat st;

		if (lstat(names.v[i], &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			add_folder(r, names.v[i], depth + 1);
		else if (str_ends(str_of(names.v[i]), S(".json")))
			add_path(r, names.v[i], true);
	}
}

static void add_path(struct run *r, const char *path, bool found)
{
	struct named file = { path, found };

	if (!list_push(r->c->arena, &r->files, file))
		r->broken = true;
}

static void take_folder(struct run *r, const char *path)
{
	size_t files = r->files.n;
	bool   unreadable = r->unreadable;

	r->unreadable = false;
	add_folder(r, path, 0);
	if (r->files.n == files && !r->unreadable) {
		buf_fmt(r->err, "%s: %s\n", path, cstr(r->c->arena, word_tr(r->c->lang, N_("The folder holds no *.json."))));
		r->unreadable = true;
	}
	r->unreadable |= unreadable;
}

static bool preset_read(struct run *r, const char *name)
{
	if (!name)
		return false;
	if (csaf_preset_parse(str_of(name), &r->how.preset))
		return true;
	buf_add(r->err, word_fill(r->c, N_("There is no preset {1}."), (str[]){ str_of(name), STR_NONE }, 2));
	buf_char(r->err, '\n');
	return false;
}

/* The value of "--NAME=VALUE" or "--NAME VALUE"; NULL: it is another option. */
static const char *value_of(const char *name, char **argv, int argc, int *i)
{
	size_t n = strlen(name);

	if (strncmp(argv[*i], name, n) != 0)
		return NULL;
	if (argv[*i][n] == '=')
		return argv[*i] + n + 1;
	return argv[*i][n] == '\0' && *i + 1 < argc ? argv[++*i] : NULL;
}

static bool words_read(struct run *r, const char *path)
{
	str text;

	r->how.spell = spell;
	if (!tool_read(r->c, path, &text, r->err))
		return false;
	if (utf8_check(text, NULL) && proofing_words(r->c, &r->means->proof, text))
		return true;
	buf_fmt(r->err, "%s: ", path);
	buf_add(r->err, utf8_check(text, NULL) ? word_fault(r->c, &r->c->fault) : word_tr(r->c->lang, N_("This is not UTF-8.")));
	buf_char(r->err, '\n');
	return false;
}

/* "--network" and the like: what the tests that ask the outside need. */
static bool means_read(struct run *r, int argc, char **argv, int *i)
{
	const char *value;
	int64_t     port;

	if (strcmp(argv[*i], "--network") == 0) {
		r->how.url_status = ask_status;
	} else if ((value = value_of("--near", argv, argc, i))) {
		r->how.url_status = ask_status;
		r->broken |= !str_to_int(str_of(value), &port) || port < 1 || port > 65535;
		r->means->asking.rules.near = true;
		r->means->asking.rules.port = r->broken ? 0 : (int)port;
	} else if (strcmp(argv[*i], "--spell") == 0) {
		r->how.spell = spell;
	} else if (strcmp(argv[*i], "--grammar") == 0) {
		r->how.grammar = grammar;
	} else if ((value = value_of("--words", argv, argc, i))) {
		r->lost |= !words_read(r, value);
	} else {
		return false;
	}
	return true;
}

/* Options, files and folders, in any order. */
static void read_arguments(struct run *r, int argc, char **argv)
{
	for (int i = 0; i < argc && !r->broken && !r->lost; i++) {
		struct stat st;

		if (strcmp(argv[i], "--json") == 0)
			r->json = true;
		else if (strcmp(argv[i], "--preset") == 0)
			r->broken = !preset_read(r, argv[++i]);
		else if (strncmp(argv[i], "--preset=", 9) == 0)
			r->broken = !preset_read(r, argv[i] + 9);
		else if (means_read(r, argc, argv, &i))
			continue;
		else if (argv[i][0] == '-' && argv[i][1])
			r->broken = true;
		else if (strcmp(argv[i], "-") != 0 && stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
			take_folder(r, argv[i]);
		else
			add_path(r, argv[i], false);
	}
}

/* Metadata, feed, service or category document: what stands beside the documents of a provider. */
static bool is_beside(struct ctx *c, str bytes)
{
	static const char *const roots[] = { "feed", "service", "categories", "canonical_url", "aggregator" };
	const struct json *root;

	if (!json_parse(c, bytes, &csaf_limits, &root) || json_get(root, S("document")))
		return false;
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (json_get(root, str_of(roots[i])))
			return true;
	return false;
}

static void beside_tell(struct run *r, const char *path)
{
	buf_fmt(r->err, "%s: %s\n", path,
	        cstr(r->c->arena, word_tr(r->c->lang, N_("Left out: it is the provider's, no document; psirt provider check judges it."))));
}

/* One document, in memory of its own, with what is said of it. */
static bool check_file(struct run *r, const struct named *file)
{
	const char *path = file->path;
	struct csaf_findings found = { 0 };
	struct arena a;
	struct ctx   d;
	struct buf   said;
	str          bytes;
	bool         ok = true;

	arena_init(&a, (size_t)4 << 30);
	ctx_init(&d, &a);
	d.lang = r->c->lang;
	if (!tool_read(&d, path, &bytes, r->err)) {
		r->unreadable = true;
	} else if (!csaf_check(&d, bytes, &r->how, &found)) {
		buf_fmt(r->err, "%s: %s\n", path, cstr(&a, word_fault(&d, &d.fault)));
		r->c->fault = d.fault;
		ok = false;
	} else if (file->found && !found.valid && !found.version.p && is_beside(&d, bytes)) {
		beside_tell(r, path);
	} else {
		r->invalid |= !found.valid;
		r->warned  |= found.count[CSAF_WARNING] > 0;
		lacks_note(r, &found);
		buf_init(&said, &a, SAID_MAX);
		if (r->json)
			csaf_findings_print(&said, str_of(path), &found);
		else
			findings_write(&d, &said, path, &found);
		ok = tool_say(r->out, buf_str(&said));
	}
	arena_done(&a);
	return ok;
}

/* The server has neither a network nor dictionaries for its tools. */
static bool lent(const struct run *r)
{
	bool outside = r->how.url_status || r->how.spell || r->how.grammar;

	if (!outside || (r->means->proof.lector && r->means->asking.reach))
		return true;
	buf_add(r->err, word_tr(r->c->lang, N_("Networks and dictionaries are asked on a terminal only.")));
	buf_char(r->err, '\n');
	return false;
}

int csaf_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	const struct front *f = front_of(c);
	struct run r = { .c = c, .how = { .preset = CSAF_FULL, .now = clock_now() }, .files.max = FILES_MAX,
	                 .out = out, .err = err, .means = NEW(c->arena, struct means) };

	r.how.with      = r.means;
	r.means->proof  = (struct proofing){ .lector = f ? f->lector : NULL };
	r.means->asking = (struct asking){ .c = c, .reach = f ? f->reach : NULL, .rules = { .plain = true } };
	read_arguments(&r, argc, argv);
	if (r.lost)
		return UNREADABLE;
	if (r.broken || (r.files.n == 0 && !r.unreadable))
		return tool_usage(err, "csaf check", &csaf_check_manual);
	if (!lent(&r))
		return USAGE;
	if (!proofing_words(c, &r.means->proof, S("")))
		return fault_exit(c->fault.code);
	proofing_sort(&r.means->proof);
	for (size_t i = 0; i < r.files.n; i++) {
		if (!check_file(&r, &r.files.v[i]))
			return fault_exit(c->fault.code);
		progress_show(i + 1, r.files.n);
	}
	progress_end(r.files.n);
	lacks_tell(&r);
	return r.unreadable ? UNREADABLE : r.invalid ? INVALID : r.warned ? WARNED : VALID;
}

int cvss_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	bool json = false, good = true;
	int  vectors = 0;
	str  lines;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			json = true;
			continue;
		}
		vectors++;
		if (strcmp(argv[i], "-") != 0)
			good &= cvss_report(c, str_of(argv[i]), json, out);
		else if (tool_read(c, "-", &lines, err))
			good &= cvss_report_lines(c, lines, json, out);
		else
			return UNREADABLE;
	}
	if (vectors > 0)
		return good ? VALID : INVALID;
	return tool_usage(err, "cvss", &cvss_manual);
}
