#include "services/5-disclosure/3-publication/checking.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/list.h"
#include "platform/clock.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "standards/csaf/csaf.h"
#include "standards/cvss/cvss_report.h"

enum { VALID = 0, INVALID = 1, USAGE = 2, UNREADABLE = 3, WARNED = 4 };
enum { SAID_MAX = 512 << 20 };
enum { FILES_MAX = 1000000, FOLDERS_DEEP = 30, PROGRESS_FROM = 20 };

/* What one run of `csaf check` works with. */
struct run {
	struct ctx *c;
	struct csaf_options how;
	bool   json, broken;              /* broken: a wrong argument */
	struct { const char **v; size_t n, cap, max; } files;
	bool   unreadable, invalid, warned;
	struct buf *out, *err;
};

static void findings_write(struct ctx *c, struct buf *out, const char *path, const struct csaf_findings *f)
{
	buf_fmt(out, "%s: %s\n", path, cstr(c->arena, word_tr(c->lang, f->valid ? N_("valid") : N_("not valid"))));
	for (size_t i = 0; i < f->n; i++) {
		str text = word_fill(c, f->v[i].text, f->v[i].arg, 2);
		buf_fmt(out, "  %s %s %.*s: %.*s\n", csaf_class_name(f->v[i].class), f->v[i].test, STR_ARG(f->v[i].pointer),
		        STR_ARG(text));
	}
}

static void add_path(struct run *r, const char *path);

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
			add_path(r, names.v[i]);
	}
}

static void add_path(struct run *r, const char *path)
{
	if (!list_push(r->c->arena, &r->files, path))
		r->broken = true;
}

static bool preset_read(struct run *r, const char *name)
{
	return name && csaf_preset_parse(str_of(name), &r->how.preset);
}

/* Options, files and folders, in any order. */
static void read_arguments(struct run *r, int argc, char **argv)
{
	for (int i = 0; i < argc && !r->broken; i++) {
		struct stat st;

		if (strcmp(argv[i], "--json") == 0)
			r->json = true;
		else if (strcmp(argv[i], "--preset") == 0)
			r->broken = !preset_read(r, argv[++i]);
		else if (strncmp(argv[i], "--preset=", 9) == 0)
			r->broken = !preset_read(r, argv[i] + 9);
		else if (argv[i][0] == '-' && argv[i][1])
			r->broken = true;
		else if (strcmp(argv[i], "-") != 0 && stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode))
			add_folder(r, argv[i], 0);
		else
			add_path(r, argv[i]);
	}
}

/* One document, in memory of its own, with what is said of it. */
static bool check_file(struct run *r, const char *path)
{
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
	} else {
		r->invalid |= !found.valid;
		r->warned  |= found.count[CSAF_WARNING] > 0;
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

/* On a terminal, how far it is: "120/2379". */
static void show_progress(size_t done, size_t all)
{
	char       room[64];
	struct arena a;
	str        text;

	if (all < PROGRESS_FROM || !isatty(STDERR_FILENO))
		return;
	arena_init(&a, sizeof(room) * 64);
	text = str_fmt(&a, "\r%zu/%zu%s", done, all, done == all ? "\n" : "");
	if (write(STDERR_FILENO, text.p, text.n) < 0)
		errno = 0;
	arena_done(&a);
}

int csaf_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct run r = { .c = c, .how = { .preset = CSAF_FULL, .now = clock_now() }, .files.max = FILES_MAX,
	                 .out = out, .err = err };

	read_arguments(&r, argc, argv);
	if (r.broken || (r.files.n == 0 && !r.unreadable)) {
		buf_add(err, S("psirt csaf check [--json] [--preset=NAME] FILE…|FOLDER…|-\n"));
		for (int i = 0; i < CSAF_PRESETS; i++)
			buf_fmt(err, "  --preset=%s\n", csaf_preset_name((enum csaf_preset)i));
		return USAGE;
	}
	for (size_t i = 0; i < r.files.n; i++) {
		if (!check_file(&r, r.files.v[i]))
			return fault_exit(c->fault.code);
		show_progress(i + 1, r.files.n);
	}
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
	buf_add(err, S("psirt cvss [--json] VECTOR…|-\n"));
	return USAGE;
}
