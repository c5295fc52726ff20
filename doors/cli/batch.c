#include "doors/cli/batch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/cli/say.h"
#include "platform/op/op.h"

static bool unread(struct ctx *c, str path)
{
	return fault(c, E_IO, NULL, N_("The file {1} could not be read."), path);
}

static bool push(struct ctx *c, struct batch_files *out, str path)
{
	return list_push(c->arena, out, path) ||
	       fault(c, E_LIMIT, NULL, N_("At most {1} files are sent at once."), str_fmt(c->arena, "%d", BATCH_FILES));
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

static bool add(struct ctx *c, str path, struct batch_files *out, int depth);

static bool names_of(struct ctx *c, str path, struct batch_files *names)
{
	DIR           *dir = opendir(cstr(c->arena, path));
	struct dirent *e;
	bool           ok  = true;

	if (!dir)
		return unread(c, path);
	while (ok && (e = readdir(dir)))
		if (e->d_name[0] != '.')
			ok = push(c, names, STR_CAT(c->arena, path, str_ends(path, S("/")) ? S("") : S("/"), str_of(e->d_name)));
	closedir(dir);
	if (names->n)
		qsort(names->v, names->n, sizeof(names->v[0]), by_name);
	return ok;
}

static bool add_folder(struct ctx *c, str path, struct batch_files *out, int depth)
{
	struct batch_files names = { .max = BATCH_FILES };
	struct stat        st;

	if (depth > BATCH_DEEP)
		return unread(c, path);
	TRY(names_of(c, path, &names));
	for (size_t i = 0; i < names.n; i++) {
		if (lstat(cstr(c->arena, names.v[i]), &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) || str_ends(names.v[i], S(".json")))
			TRY(add(c, names.v[i], out, depth + 1));
	}
	return true;
}

static bool add(struct ctx *c, str path, struct batch_files *out, int depth)
{
	struct stat st;

	if (stat(cstr(c->arena, path), &st) != 0)
		return unread(c, path);
	return S_ISDIR(st.st_mode) ? add_folder(c, path, out, depth) : push(c, out, path);
}

bool batch_add(struct ctx *c, str path, struct batch_files *out)
{
	return add(c, path, out, 0);
}

bool batch_beside(struct ctx *c, str path, struct batch_files *out)
{
	struct stat st;

	for (int i = 0; beside_ends[i] && str_ends(path, S(".json")); i++) {
		str one = STR_CAT(c->arena, path, str_of(beside_ends[i]));

		if (stat(cstr(c->arena, one), &st) == 0 && S_ISREG(st.st_mode))
			TRY(push(c, out, one));
	}
	return true;
}

/* What the shell made of * is sorted, so the document stands just before. */
static bool lies_beside(const struct batch_files *all, size_t n, str path)
{
	for (int i = 0; beside_ends[i]; i++)
		for (size_t k = n; k-- > 0 && str_ends(path, str_of(beside_ends[i]));)
			if (str_eq(all->v[k], str_slice(path, 0, path.n - strlen(beside_ends[i]))))
				return true;
	return false;
}

void batch_settle(struct batch_files *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (!lies_beside(all, n, all->v[i]))
			all->v[n++] = all->v[i];
	all->n = n;
}

void batch_progress(size_t done, size_t all)
{
	if (isatty(STDERR_FILENO))
		say_error("\r%zu/%zu%s", done, all, done == all ? "\n" : "");
}
