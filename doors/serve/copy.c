#define BASE_OS /* files */
#include "doors/serve/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/cli/say.h"
#include "platform/text/word.h"

enum { PIECE = 1 << 16, HEAD = 16 };

static bool io(struct ctx *c, const char *text, str path)
{
	if (errno == ENOSPC || errno == EDQUOT)
		return fault(c, E_DISK, NULL, text, path, str_of(strerrordesc_np(errno)));
	if (errno == EEXIST)
		return fault(c, E_EXISTS, NULL, text, path, str_of(strerrordesc_np(errno)));
	return fault(c, errno == ENOENT ? E_NOTFOUND : E_IO, NULL, text, path, str_of(strerrordesc_np(errno)));
}

static bool pour(int from, int to)
{
	static _Thread_local char room[PIECE];
	ssize_t got;

	while ((got = read(from, room, sizeof(room))) > 0)
		for (ssize_t done = 0, n; done < got; done += n)
			if ((n = write(to, room + done, (size_t)(got - done))) < 0)
				return false;
	return got == 0 && fsync(to) == 0;
}

bool copy_bytes(struct ctx *c, str from, str to)
{
	int  in = open(cstr(c->arena, from), O_RDONLY | O_CLOEXEC), out;
	bool ok;

	if (in < 0)
		return io(c, N_("The file {1} could not be read: {2}."), from);
	out = open(cstr(c->arena, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ok  = out >= 0 && pour(in, out);
	if (!ok)
		(void)io(c, N_("The file {1} could not be written: {2}."), to);
	if (out >= 0)
		close(out);
	if (!ok && out >= 0)
		unlink(cstr(c->arena, to));
	close(in);
	return ok;
}

str folder_of(struct ctx *c, str path)
{
	size_t n = path.n;

	while (n && path.p[n - 1] != '/')
		n--;
	if (!n)
		return S(".");
	return str_dup(c->arena, n == 1 ? S("/") : str_slice(path, 0, n - 1));
}

bool folder_sync(struct ctx *c, str path)
{
	int  fd = open(cstr(c->arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = (fd >= 0 && fsync(fd) == 0) || io(c, N_("The file {1} could not be written: {2}."), path);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* SQLite's own name stands at the start of its files. */
static bool is_database(struct ctx *c, str file)
{
	char head[HEAD];
	int  fd = open(cstr(c->arena, file), O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && read(fd, head, HEAD) == HEAD && memcmp(head, "SQLite format 3", HEAD) == 0;

	if (fd < 0)
		return io(c, N_("The file {1} could not be read: {2}."), file);
	close(fd);
	return ok || fault(c, E_SYNTAX, NULL, N_("The file {1} is not a copy made by psirt backup."), file);
}

bool stage_make(struct ctx *c, str file, str key, str beside, struct copy_stage *s)
{
	char *dir = cstr(c->arena, STR_CAT(c->arena, folder_of(c, beside), S("/.psirt-stage.XXXXXX")));

	*s = (struct copy_stage){ .dir = S("") };
	TRY(is_database(c, file));
	if (!mkdtemp(dir))
		return io(c, N_("The file {1} could not be written: {2}."), str_of(dir));
	s->dir = str_of(dir);
	s->db  = STR_CAT(c->arena, s->dir, S("/psirt.db"));
	s->key = STR_CAT(c->arena, s->dir, S("/seal.key"));
	return copy_bytes(c, file, s->db) && copy_bytes(c, key, s->key);
}

void stage_drop(struct ctx *c, const struct copy_stage *s)
{
	static const char *const ends[] = { "/psirt.db", "/psirt.db-wal", "/psirt.db-shm", "/psirt.db-journal", "/seal.key" };

	if (!s->dir.n)
		return;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		unlink(cstr(c->arena, STR_CAT(c->arena, s->dir, str_of(ends[i]))));
	rmdir(cstr(c->arena, s->dir));
}

bool fault_keep(struct ctx *c, const struct ctx *from)
{
	struct fault f = from->fault;

	c->fault = f;
	for (size_t i = 0; i < FAULT_ARGS; i++)
		c->fault.arg[i] = str_dup(c->arena, f.arg[i]);
	c->fault.where = str_dup(c->arena, f.where);
	return false;
}

bool node_look(struct ctx *c, struct node *n, struct copy_seen *seen)
{
	bool ok = house_verify(&n->c, &seen->audit) && db_measure(&n->c, &seen->size);

	seen->audit.wrong = str_dup(c->arena, seen->audit.wrong);
	seen->audit.heads = str_dup(c->arena, seen->audit.heads);
	if (!ok)
		return &n->c == c ? false : fault_keep(c, &n->c);
	if (!seen->audit.good)
		return fault(c, E_STATE, NULL, N_("The audit does not verify: {1}"), seen->audit.wrong);
	return true;
}

bool store_look(struct ctx *c, str dir, str url, bool migrate, struct copy_seen *seen)
{
	struct node_options no = { .data = dir, .db = url, .migrate = migrate, .lang = c->lang };
	struct node         n;
	bool                ok = node_open(&n, &no);

	ok = ok ? node_look(c, &n, seen) : fault_keep(c, &n.c);
	node_close(&n);
	if (!ok && c->fault.code == E_DATABASE)
		return fault(c, E_DATABASE, NULL, N_("The copy is damaged. {1}"), word_fault(c, &c->fault));
	return ok;
}

bool stage_look(struct ctx *c, const struct copy_stage *s, bool migrate, struct copy_seen *seen)
{
	return store_look(c, s->dir, STR_CAT(c->arena, S("sqlite:"), s->db), migrate, seen);
}

void seen_say(struct ctx *c, const struct copy_seen *v)
{
#define NUMBER(x) str_fmt(c->arena, "%lld", (long long)(x))
	SAY(c, N_("Storage is sound: {1} pages of {2} bytes, {3} tables, {4} rows."), NUMBER(v->size.pages),
	    NUMBER(v->size.page_bytes), NUMBER(v->size.tables), NUMBER(v->size.rows));
	SAY(c, N_("The audit verifies. Entries: {1}, chains: {2}, checkpoints: {5}, entries with erased names: {3}; heads {4}."), NUMBER(v->audit.entries),
	    NUMBER(v->audit.chains), NUMBER(v->audit.erased), str_slice(v->audit.heads, 0, 16), NUMBER(v->audit.checkpoints));
#undef NUMBER
}
