#define BASE_OS /* files, and the environment of the programs it runs */
#include "doors/serve/dump.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/leaf.h"
#include "platform/text/word.h"

enum { WORDS_MAX = 12, ANSWER_MAX = 4096, NAME_KEPT = 34, HEAD = 5 };

/* ---- programs ---- */

static bool failed(struct ctx *c, const char *program, int status)
{
	return fault(c, E_STATE, NULL, N_("{1} ended with status {2}; what it said stands above."), str_of(program),
	             str_fmt(c->arena, "%d", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)));
}

/* What the program writes into the pipe, as far as there is room. */
static str answer_read(struct ctx *c, int from)
{
	char   *text = arena_must(c->arena, 1, ANSWER_MAX);
	size_t  n    = 0;
	ssize_t got;

	while (n < ANSWER_MAX && (got = read(from, text + n, ANSWER_MAX - n)) > 0)
		n += (size_t)got;
	return str_trim((str){ text, n });
}

/* The words of a command, ended by NULL. answer NULL: what it prints goes to standard output. */
static bool run(struct ctx *c, const char *const *words, str *answer)
{
	posix_spawn_file_actions_t acts;
	char *argv[WORDS_MAX] = { NULL };
	int   ends[2] = { -1, -1 }, status = 0, rc;
	pid_t pid;

	for (size_t i = 0; words[i] && i + 1 < WORDS_MAX; i++)
		argv[i] = cstr(c->arena, str_of(words[i]));
	if (answer && pipe2(ends, O_CLOEXEC) != 0)
		return fault(c, E_IO, NULL, NULL);
	posix_spawn_file_actions_init(&acts);
	if (answer)
		posix_spawn_file_actions_adddup2(&acts, ends[1], STDOUT_FILENO);
	rc = posix_spawnp(&pid, argv[0], &acts, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&acts);
	if (answer) {
		close(ends[1]);
		*answer = rc == 0 ? answer_read(c, ends[0]) : S("");
		close(ends[0]);
	}
	if (rc != 0)
		return fault(c, E_NOTFOUND, NULL, N_("The program {1} cannot be run: {2}. It comes with the package postgresql-client."),
		             str_of(words[0]), str_of(strerrordesc_np(rc)));
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status == 0 || failed(c, words[0], status);
}

/* How libpq is told of a database of the service: a value in single quotes. */
static const char *base_of(struct ctx *c, str name)
{
	struct buf b;

	buf_init(&b, c->arena, 1024);
	buf_add(&b, S("service=psirt dbname='"));
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == '\'' || name.p[i] == '\\')
			buf_char(&b, '\\');
		buf_char(&b, name.p[i]);
	}
	buf_add(&b, S("'"));
	return cstr(c->arena, buf_str(&b));
}

/* In the SQL of another database: the name as a name, or (with ') as a text. */
static str quoted(struct ctx *c, str name, char quote)
{
	struct buf *b = NEW(c->arena, struct buf);

	buf_init(b, c->arena, 1024);
	buf_char(b, quote);
	for (size_t i = 0; i < name.n; i++) {
		if (name.p[i] == quote)
			buf_char(b, quote);
		buf_char(b, name.p[i]);
	}
	buf_char(b, quote);
	return buf_str(b);
}

static bool ask(struct ctx *c, str base, str sql, str *answer)
{
	const char *words[] = { "psql", "-X", "-q", "-w", "-A", "-t", "-v", "ON_ERROR_STOP=1", base_of(c, base), "-c", cstr(c->arena, sql), NULL };

	return run(c, words, answer);
}

/* ---- the copy ---- */

bool dump_begin(struct ctx *c, const struct setup *s, struct dump *d)
{
	char *dir = cstr(c->arena, STR_CAT(c->arena, s->data, S("/.psirt-stage.XXXXXX")));
	str   lines, file;

	*d = (struct dump){ .dir = S("") };
	TRY(db_service(c, s->db, &lines, &d->name));
	if (!mkdtemp(dir))
		return fault(c, E_IO, NULL, N_("The file {1} could not be written: {2}."), str_of(dir), str_of(strerrordesc_np(errno)));
	d->dir = str_of(dir);
	d->url = s->db;
	file   = STR_CAT(c->arena, d->dir, S("/service"));
	TRY(leaf_put(c, file, lines));
	return setenv("PGSERVICEFILE", cstr(c->arena, file), 1) == 0;
}

static void beside_drop(struct ctx *c, struct dump *d)
{
	const char *words[] = { "dropdb", "-w", "--if-exists", "--force", "--maintenance-db", base_of(c, S("postgres")), cstr(c->arena, d->beside), NULL };
	struct fault was    = c->fault;

	if (d->beside.n && !run(c, words, NULL))
		c->fault = was;   /* dropdb has said why */
	d->beside = S("");
}

void dump_end(struct ctx *c, struct dump *d)
{
	static const char *const files[] = { "/service", "/seal.key" };

	if (!d->dir.n)
		return;
	beside_drop(c, d);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		unlink(cstr(c->arena, STR_CAT(c->arena, d->dir, str_of(files[i]))));
	rmdir(cstr(c->arena, d->dir));
}

bool dump_make(struct ctx *c, const struct dump *d, str file)
{
	const char *words[] = { "pg_dump", "-w", "--format=custom", "--no-owner", "--no-privileges", "--file", cstr(c->arena, file),
		base_of(c, d->name), NULL };
	int         fd = open(cstr(c->arena, file), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool        ok;

	if (fd < 0)
		return fault(c, errno == EEXIST ? E_EXISTS : E_IO, NULL, N_("The file {1} could not be written: {2}."), file, str_of(strerrordesc_np(errno)));
	ok = run(c, words, NULL) && (fsync(fd) == 0 || fault(c, E_IO, NULL, N_("The file {1} could not be written: {2}."), file, str_of(strerrordesc_np(errno))));
	close(fd);
	return ok;
}

bool dump_is(struct ctx *c, str file)
{
	char head[HEAD];
	int  fd = open(cstr(c->arena, file), O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && read(fd, head, HEAD) == HEAD && memcmp(head, "PGDMP", HEAD) == 0;

	if (fd < 0)
		return fault(c, errno == ENOENT ? E_NOTFOUND : E_IO, NULL, N_("The file {1} could not be read: {2}."), file, str_of(strerrordesc_np(errno)));
	close(fd);
	return ok || fault(c, E_SYNTAX, NULL, N_("The file {1} is not a copy of a PostgreSQL database made by psirt backup."), file);
}

static bool beside_make(struct ctx *c, struct dump *d, str file)
{
	str         name     = STR_CAT(c->arena, S("psirt_copy_"), random_id(c));
	const char *make[]   = { "createdb", "-w", "--template=template0", "--encoding=UTF8", "--locale=C", "--maintenance-db",
		base_of(c, S("postgres")), cstr(c->arena, name), NULL };
	const char *fill[]   = { "pg_restore", "-w", "--no-owner", "--no-privileges", "--exit-on-error", "--dbname", base_of(c, name),
		cstr(c->arena, file), NULL };
	bool        has_more = str_find(d->url, S("?"), 0) != SIZE_MAX;

	TRY(run(c, make, NULL));
	d->beside = name;
	d->url    = STR_CAT(c->arena, d->url, has_more ? S("&dbname=") : S("?dbname="), name);
	return run(c, fill, NULL) || (c->fault.code == E_STATE && fault(c, E_DATABASE, NULL, N_("The copy is damaged. {1}"), word_fault(c, &c->fault)));
}

bool dump_look(struct ctx *c, struct dump *d, str file, str key, bool migrate, struct copy_seen *seen)
{
	TRY(dump_is(c, file));
	TRY(copy_bytes(c, key, STR_CAT(c->arena, d->dir, S("/seal.key"))));
	TRY(beside_make(c, d, file));
	return store_look(c, d->dir, d->url, migrate, seen);
}

/* ---- in place ---- */

/* Is the database there; has it tables? */
static bool place_ask(struct ctx *c, const struct dump *d, bool *there, bool *full)
{
	str answer;

	*full = false;
	TRY(ask(c, S("postgres"), STR_CAT(c->arena, S("SELECT count(*) FROM pg_database WHERE datname = "), quoted(c, d->name, '\'')), &answer));
	*there = str_eq(answer, S("1"));
	if (!*there)
		return true;
	TRY(ask(c, d->name, S("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), &answer));
	*full = !str_eq(answer, S("0"));
	return true;
}

bool dump_free(struct ctx *c, const struct dump *d, bool replace)
{
	bool there, full;

	TRY(place_ask(c, d, &there, &full));
	return !full || replace ||
	       fault(c, E_EXISTS, NULL, N_("There is a database at {1}. With --replace the copy takes its place and the old one is kept beside it."), d->name);
}

/* The wall before the guards is not in a copy: migrating makes it again. */
static bool wall_make(struct ctx *c, const struct dump *d)
{
	struct copy_seen again;

	return store_look(c, d->dir, d->url, true, &again);
}

bool dump_place(struct ctx *c, struct dump *d, str *kept)
{
	str  old = STR_CAT(c->arena, str_slice(d->name, 0, NAME_KEPT), S(".before-"), time_print(c->arena, clock_now() / SECOND * SECOND)), said;
	str  sql = STR_CAT(c->arena, S("ALTER DATABASE "), quoted(c, d->beside, '"'), S(" RENAME TO "), quoted(c, d->name, '"'), S(";"));
	bool there, full;

	TRY(wall_make(c, d));
	TRY(place_ask(c, d, &there, &full));
	if (there)
		sql = STR_CAT(c->arena, S("ALTER DATABASE "), quoted(c, d->name, '"'), S(" RENAME TO "), quoted(c, old, '"'), S("; "), sql);
	TRY(ask(c, S("postgres"), sql, &said));   /* sent at once: both or none */
	d->beside = there && !full ? old : S("");   /* an empty one is not kept */
	*kept     = there && full ? old : S("");
	return true;
}
