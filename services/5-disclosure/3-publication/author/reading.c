#include "services/5-disclosure/3-publication/author/reading.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/text/word.h"

enum { DEPTH_MAX = 20, SAID_MAX = 512 << 20 };
#define FILE_MEMORY ((size_t)2 << 30)

/* A context of its own for a file or a line of it. */
static void ctx_for(const struct visit *v, struct arena *memory, struct ctx *c)
{
	arena_init(memory, FILE_MEMORY);
	ctx_init(c, memory);
	c->lang = v->c->lang;
	c->now  = v->c->now;
}

static void document_visit(struct visit *v, struct ctx *c, const char *path, str bytes)
{
	struct buf said, *out = v->out;
	int        status;

	buf_init(&said, c->arena, SAID_MAX);
	v->out = &said;
	status = v->file(v, c, path, bytes);
	v->out = out;
	v->lost |= !tool_say(out, buf_str(&said));
	if (status > v->status)
		v->status = status;
}

/* An object that is whole on its line, and another one below it. */
static bool is_lines(str bytes)
{
	str line, next = STR_NONE;

	if (!str_cut(&bytes, '\n', &line))
		return false;
	line = str_trim(line);
	while (!next.n && str_cut(&bytes, '\n', &next))
		next = str_trim(next);
	return line.n > 1 && line.p[0] == '{' && line.p[line.n - 1] == '}' && next.n && next.p[0] == '{';
}

static void lines_visit(struct visit *v, const char *path, str bytes)
{
	str line;

	for (size_t i = 1; !v->lost && str_cut(&bytes, '\n', &line); i++) {
		struct arena memory;
		struct ctx   c;

		if (!str_trim(line).n)
			continue;
		ctx_for(v, &memory, &c);
		document_visit(v, &c, cstr(&memory, str_fmt(&memory, "%s:%zu", path, i)), line);
		arena_done(&memory);
	}
}

static void one_file(struct visit *v, const char *path)
{
	struct arena memory;
	struct ctx   c;
	str          bytes;

	ctx_for(v, &memory, &c);
	v->files++;
	if (!tool_read(&c, path, &bytes, v->err))
		v->status = TOOL_UNREADABLE > v->status ? TOOL_UNREADABLE : v->status;
	else if (v->lines && is_lines(bytes))
		lines_visit(v, path, bytes);
	else
		document_visit(v, &c, path, bytes);
	arena_done(&memory);
	progress_show((size_t)v->files, 0);
}

static void unread(struct visit *v, const char *path, const char *why)
{
	buf_fmt(v->err, "%s: %s\n", path, why);
	v->status = TOOL_UNREADABLE > v->status ? TOOL_UNREADABLE : v->status;
}

static int plain(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void walk(struct visit *v, const char *path, int depth)
{
	struct dirent **entry = NULL;
	struct stat st;
	int n;

	if (v->lost)
		return;
	if (strcmp(path, "-") == 0 || stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		one_file(v, path);
		return;
	}
	n = scandir(path, &entry, plain, alphasort);
	if (n < 0)
		unread(v, path, strerror(errno));
	for (int i = 0; i < n; i++) {
		str below = STR_CAT(v->c->arena, str_of(path), S("/"), str_of(entry[i]->d_name));
		char *name = cstr(v->c->arena, below);
		bool folder = stat(name, &st) == 0 && S_ISDIR(st.st_mode);

		if ((folder && depth < DEPTH_MAX) || (!folder && str_ends(below, S(".json"))))
			walk(v, name, depth + 1);
		(free)(entry[i]);
	}
	(free)(entry);
}

enum { PROGRESS_FROM = 20, PROGRESS_BYTES = 4096 };

/* Not where the answers stand on the same terminal: they are the progress there. */
static bool progress_seen(size_t done)
{
	return done >= PROGRESS_FROM && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
}

static void progress_say(str words)
{
	if (write(STDERR_FILENO, words.p, words.n) < 0)
		errno = 0;
}

void progress_show(size_t done, size_t all)
{
	struct arena a;

	if (!progress_seen(all ? all : done))
		return;
	arena_init(&a, PROGRESS_BYTES);
	progress_say(all ? str_fmt(&a, "\r%zu/%zu", done, all) : str_fmt(&a, "\r%zu", done));
	arena_done(&a);
}

void progress_end(size_t done)
{
	if (progress_seen(done))
		progress_say(S("\n"));
}

void path_visit(struct visit *v, const char *path)
{
	int files = v->files, status = v->status;

	v->status = TOOL_VALID;
	walk(v, path, 0);
	if (v->files == files && v->status == TOOL_VALID && !v->lost)
		unread(v, path, cstr(v->c->arena, word_tr(v->c->lang, N_("The folder holds no *.json."))));
	v->status = status > v->status ? status : v->status;
}

int paths_visit(struct visit *v, int argc, char **argv, const char *name, const struct tool_manual *m)
{
	int paths = 0;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0)
			v->json = true;
		else if (argv[i][0] == '-' && argv[i][1])
			return tool_usage(v->err, name, m);
		else
			paths++;
	}
	if (!paths)
		return tool_usage(v->err, name, m);
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "--json") != 0)
			path_visit(v, argv[i]);
	progress_end((size_t)v->files);
	return v->status;
}
