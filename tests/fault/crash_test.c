#include "tests/fault/deed_test.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "record/house.h"
#include "tests/fault/dump_test.h"
#include "tests/fault/point_test.h"

/*
 * The process ends at a named point.  A child does the work on a database in a
 * file and is ended at one point; the parent opens the file again: it is
 * sound, the audit verifies, what the child acknowledged is there, what it did
 * not is there whole or not at all, and the work can be done (again).
 */

enum { PASSES = 400 };

struct passed { char name[PASSES][32]; int n; bool acknowledged; };

static struct passed *passed;   /* shared with the child */

static void pass(const char *name)
{
	if (passed->n < PASSES)
		snprintf(passed->name[passed->n++], sizeof(passed->name[0]), "%s", name);
}

static bool was_passed(const char *name)
{
	for (int i = 0; i < passed->n; i++)
		if (strcmp(passed->name[i], name) == 0)
			return true;
	return false;
}

/* The how-manieth pass of its name is pass i? */
static int nth_of(const struct passed *p, int i)
{
	int n = 0;

	for (int k = 0; k <= i; k++)
		n += strcmp(p->name[k], p->name[i]) == 0;
	return n;
}

struct scene {
	struct world       w;
	struct deed_marks  m;
	struct dump_tables t;
	const struct deed *d;
	const char *folder, *base, *file, *copy;
	struct db  *memory;
	uint64_t    before, after;
};

static const char *in_folder(struct ctx *c, const struct scene *s, const char *name)
{
	return STR_CAT(c->arena, str_of(s->folder), S("/"), str_of(name)).p;
}

static void scene_open(struct ctx *c, struct scene *s)
{
	char *folder = cstr(c->arena, S("/tmp/psirt-crash.XXXXXX"));

	passed = mmap(NULL, sizeof(*passed), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	check(passed != MAP_FAILED && mkdtemp(folder) != NULL);
	s->folder = folder;
	s->base   = in_folder(c, s, "base.db");
	s->file   = in_folder(c, s, "at.db");
	s->copy   = in_folder(c, s, "copy.db");
	world_open(c, &s->w, NULL, 0);
	deeds_ready(c, &s->w, &s->m, false);
	dump_prepare(c, &s->t);
	s->before = dump_digest(c, &s->t);
	check_ok(c, db_backup(c, str_of(s->base)));
	s->memory = c->db;
}

static void file_open(struct ctx *c, struct scene *s, const char *path)
{
	check_ok(c, db_open(c, STR_CAT(c->arena, S("sqlite:"), str_of(path)), &c->db));
	s->w.h.front.db = c->db;
}

static void file_close(struct ctx *c, struct scene *s)
{
	db_close(c->db);
	c->db = s->w.h.front.db = s->memory;
}

static void file_gone(struct ctx *c, struct scene *s)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal" };

	for (size_t i = 0; i < 4; i++)
		unlink(STR_CAT(c->arena, str_of(s->file), str_of(tails[i])).p);
}

/* A fresh copy of the base at s->file. */
static void file_fresh(struct ctx *c, struct scene *s)
{
	file_gone(c, s);
	file_open(c, s, s->base);
	check_ok(c, db_backup(c, str_of(s->file)));
	file_close(c, s);
}

static void scene_close(struct ctx *c, struct scene *s)
{
	check_int(system(STR_CAT(c->arena, S("rm -rf "), str_of(s->folder)).p), 0);
	munmap(passed, sizeof(*passed));
	house_close(c);
}

typedef bool work_fn(struct ctx *c, struct scene *s);

/* The work in a child that ends at the nth pass of a point (NULL: at its end); its exit status. */
static int in_child(struct ctx *c, struct scene *s, work_fn *work, const char *point, int nth)
{
	pid_t pid;
	int   status = 0;

	fflush(NULL);
	*passed = (struct passed){ .n = 0 };
	pid = fork();
	check(pid >= 0);
	if (pid == 0) {
		point_watch(pass);
		file_open(c, s, s->file);
		*passed = (struct passed){ .n = 0 };
		point_crash(point, nth);
		if (!work(c, s))
			_exit(1);
		passed->acknowledged = true;
		_exit(0);
	}
	check_int(waitpid(pid, &status, 0), pid);
	check(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void sound(struct ctx *c)
{
	struct house_verdict v = { 0 };

	check_ok(c, db_verify(c));
	check_ok(c, house_verify(c, &v));
	check(v.good);
}

static bool deed_work(struct ctx *c, struct scene *s)
{
	struct sheet out;

	world_dice(c, 9);
	return s->d->run(c, &s->w, &s->m, &out);
}

static void deed_check(struct ctx *c, struct scene *s)
{
	uint64_t now;

	file_open(c, s, s->file);
	sound(c);
	now = dump_digest(c, &s->t);
	check(now == s->before || now == s->after);
	check(!passed->acknowledged || now == s->after);
	if (now == s->before) {
		check_ok(c, deed_work(c, s));
		check(dump_digest(c, &s->t) == s->after);
	}
	file_close(c, s);
}

/* Visit each pass of each point that the work makes. */
static int visit_all(struct ctx *c, struct scene *s, work_fn *work, void (*look)(struct ctx *, struct scene *))
{
	struct passed *all = NEW(c->arena, struct passed);
	int visits = 0;

	*all = *passed;
	for (int i = 0; i < all->n; i++) {
		file_fresh(c, s);
		check_int(in_child(c, s, work, all->name[i], nth_of(all, i)), POINT_END);
		look(c, s);
		visits++;
	}
	return visits;
}

TEST(whatever_point_an_operation_ends_at_it_was_done_whole_or_not_at_all)
{
	struct scene s = { 0 };

	scene_open(c, &s);
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		s.d = &deeds[i];
		if (s.d->slow || s.d->run == deed_verify)
			continue;
		file_fresh(c, &s);
		check_int(in_child(c, &s, deed_work, NULL, 0), 0);
		check(was_passed("commit.before") && was_passed("commit.after"));
		if (s.d->run == deed_publish)
			check(was_passed("publish.marked") && was_passed("publish.english") && was_passed("publish.documents") && was_passed("publish.moved"));
		if (s.d->run == deed_import)
			check(was_passed("import.read") && was_passed("import.kept") && was_passed("import.stored"));
		if (s.d->run == deed_release)
			check(was_passed("history.published") && was_passed("successor.out"));
		if (s.d->run == deed_withdraw)
			check(was_passed("history.withdrawn"));
		file_open(c, &s, s.file);
		s.after = dump_digest(c, &s.t);
		file_close(c, &s);
		check(s.after != s.before);
		check(visit_all(c, &s, deed_work, deed_check) >= 2);
	}
	scene_close(c, &s);
}

/* ---- import ---- */

enum { PAPERS = 3 };
static str papers[PAPERS];

/* As the command line does it: file by file. */
static bool import_work(struct ctx *c, struct scene *s)
{
	struct sheet out;

	for (int i = 0; i < PAPERS; i++)
		TRY(past_import_one(c, &s->w.h.analyst, papers[i], &out));
	return true;
}

static int64_t import_count(struct ctx *c, const char *sql)
{
	int64_t n;

	check(str_to_int(world_read(c, sql), &n));
	return n;
}

/* Each document is there with all that hangs on it, or not at all; the same import goes on. */
static void import_check(struct ctx *c, struct scene *s)
{
	static const char parts[] = "SELECT count(*) FROM past_edition e WHERE e.number LIKE 'CR-%' AND e.rank = 1"
		" AND (SELECT count(*) FROM past_line l WHERE l.edition = e.id) = 5"
		" AND (SELECT count(*) FROM past_product p WHERE p.edition = e.id) = 2"
		" AND (SELECT count(*) FROM past_verdict v WHERE v.edition = e.id) = 2"
		" AND (SELECT count(*) FROM find_piece f WHERE f.object = e.id) = 1"
		" AND (SELECT count(*) FROM journal j WHERE j.object = e.id AND j.verb = 'advisory.import') = 1";
	static const char all[] = "SELECT count(*) FROM past_edition WHERE number LIKE 'CR-%'";
	int64_t kept;

	file_open(c, s, s->file);
	sound(c);
	kept = import_count(c, all);
	check_int(import_count(c, parts), kept);
	check(!passed->acknowledged || kept == PAPERS);
	check_ok(c, import_work(c, s));
	check_int(import_count(c, parts), PAPERS);
	check_int(import_count(c, all), PAPERS);
	sound(c);
	file_close(c, s);
}

TEST(an_import_that_was_cut_short_goes_on_where_it_was)
{
	struct scene s = { 0 };

	scene_open(c, &s);
	for (int i = 0; i < PAPERS; i++)
		papers[i] = past_with(c, "OW-2019-1", cstr(c->arena, str_fmt(c->arena, "CR-%d", i)), NULL);
	file_fresh(c, &s);
	check_int(in_child(c, &s, import_work, NULL, 0), 0);
	check(was_passed("import.read") && was_passed("import.kept") && was_passed("import.stored"));
	check_int(visit_all(c, &s, import_work, import_check), PAPERS * 5);
	scene_close(c, &s);
}

/* ---- migrate ---- */

static bool migrate_work(struct ctx *c, struct scene *s)
{
	int64_t applied;

	(void)s;
	return db_migrate(c, &applied);
}

static uint64_t schema_digest(struct ctx *c)
{
	uint64_t h = 14695981039346656037u;

	check_ok(c, db_begin(c, DB_READ, &(struct db_viewer){ S(""), S("*") }));
	check_ok(c, dump_rows(c, "SELECT type || name || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name", dump_add, &h));
	check_ok(c, dump_rows(c, "SELECT name || sha256 FROM db_migration ORDER BY name", dump_add, &h));
	db_rollback(c);
	return h;
}

TEST(a_migration_that_was_cut_short_goes_on_where_it_was)
{
	struct scene   s = { 0 };
	struct passed *all = NEW(c->arena, struct passed);
	uint64_t       whole;
	int            step;

	scene_open(c, &s);
	check_int(in_child(c, &s, migrate_work, NULL, 0), 0);
	check(was_passed("migrate.applied"));
	*all  = *passed;
	step  = all->n / 12 + 1;
	whole = schema_digest(c);
	for (int i = 0; i < all->n; i += step) {
		file_gone(c, &s);
		check_int(in_child(c, &s, migrate_work, all->name[i], nth_of(all, i)), POINT_END);
		file_open(c, &s, s.file);
		check_ok(c, db_verify(c));
		check_ok(c, migrate_work(c, &s));
		check_ok(c, db_migrated(c));
		check(schema_digest(c) == whole);
		file_close(c, &s);
	}
	scene_close(c, &s);
}

/* ---- backup ---- */

static bool backup_work(struct ctx *c, struct scene *s)
{
	return db_backup(c, str_of(s->copy));
}

static bool exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

static void copy_check(struct ctx *c, struct scene *s)
{
	check(!passed->acknowledged || exists(s->copy));
	if (exists(s->copy)) {
		file_open(c, s, s->copy);
		sound(c);
		check(dump_digest(c, &s->t) == s->before);
		file_close(c, s);
	}
	file_open(c, s, s->file);
	sound(c);
	check(dump_digest(c, &s->t) == s->before);
	check_ok(c, backup_work(c, s));
	check(!exists(in_folder(c, s, "copy.db.part")));
	file_close(c, s);
	file_open(c, s, s->copy);
	check(dump_digest(c, &s->t) == s->before);
	file_close(c, s);
}

static void copy_check_first(struct ctx *c, struct scene *s)
{
	copy_check(c, s);
	unlink(s->copy);
}

TEST(a_backup_that_was_cut_short_leaves_a_whole_copy_or_none)
{
	struct scene s = { 0 };

	scene_open(c, &s);
	file_fresh(c, &s);
	check_int(in_child(c, &s, backup_work, NULL, 0), 0);
	check(was_passed("backup.opened") && was_passed("backup.copied") && was_passed("backup.closed") &&
	      was_passed("backup.placed"));
	check_int(visit_all(c, &s, backup_work, copy_check), 4);              /* over an older copy */
	check_int(in_child(c, &s, backup_work, NULL, 0), 0);
	unlink(s.copy);
	check_int(visit_all(c, &s, backup_work, copy_check_first), 4);        /* and where there is none */
	scene_close(c, &s);
}
