#define BASE_OS /* files */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doors/cli/say.h"
#include "doors/serve/copy.h"
#include "doors/serve/dump.h"
#include "doors/serve/serve.h"
#include "doors/serve/setup.h"
#include "platform/clock.h"

enum { NOT_VERIFIED = 7 /* exit status */ };

static str key_of(struct ctx *c, const struct setup *s)
{
	return STR_CAT(c->arena, s->data, S("/seal.key"));
}

static bool is_sqlite(const struct setup *s)
{
	return str_starts(s->db, S("sqlite:"));
}

static bool exists(struct ctx *c, str path)
{
	return access(cstr(c->arena, path), F_OK) == 0;
}

static struct node_options options_of(struct ctx *c, const struct setup *s)
{
	return (struct node_options){ .data = s->data, .db = s->db, .base_url = s->base_url, .lang = c->lang };
}

/* ---- backup ---- */

/* psirt doctor tells how old the last copy is. */
static void backup_note(struct ctx *c, const struct setup *s, str file)
{
	str path = STR_CAT(c->arena, s->data, S("/backup.last"));
	str text = STR_CAT(c->arena, time_print(c->arena, clock_now() / SECOND * SECOND), S(" "), file, S("\n"));
	int fd   = open(cstr(c->arena, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		SAY_ERROR(c, N_("The file {1} could not be written; psirt doctor will not know of this copy."), path);
	if (fd >= 0)
		close(fd);
}

static bool target_check(struct ctx *c, const struct setup *s, str file, bool replace)
{
	struct stat to, db;

	if (stat(cstr(c->arena, folder_of(c, file)), &to) != 0 || !S_ISDIR(to.st_mode))
		return fault(c, E_NOTFOUND, NULL, N_("There is no directory {1}."), folder_of(c, file));
	if (stat(cstr(c->arena, file), &to) != 0)
		return true;
	if (is_sqlite(s) && stat(cstr(c->arena, str_slice(s->db, 7, s->db.n)), &db) == 0 && db.st_dev == to.st_dev && db.st_ino == to.st_ino)
		return fault(c, E_INVALID, NULL, N_("{1} is the database itself."), file);
	return replace || fault(c, E_EXISTS, NULL, N_("{1} exists. Name another file, or give --replace."), file);
}

static bool take_name(struct ctx *c, str from, str to)
{
	if (rename(cstr(c->arena, from), cstr(c->arena, to)) != 0)
		return fault(c, E_IO, NULL, N_("The file {1} could not be written: {2}."), to, str_of(strerrordesc_np(errno)));
	return folder_sync(c, folder_of(c, to));
}

/* Of a PostgreSQL database. */
static bool dump_backup(struct ctx *c, const struct setup *s, str fresh, struct copy_seen *seen)
{
	struct dump d;
	bool        ok;

	unlink(cstr(c->arena, fresh));   /* of a copy that was cut short */
	ok = dump_begin(c, s, &d) && dump_make(c, &d, fresh) && dump_look(c, &d, fresh, key_of(c, s), false, seen);

	dump_end(c, &d);
	return ok;
}

static bool file_backup(struct ctx *c, const struct setup *s, str fresh, struct copy_seen *seen)
{
	struct node_options no    = options_of(c, s);
	struct copy_stage   stage = { .dir = S("") };
	struct node         n;
	bool                ok    = (node_open(&n, &no) && db_backup(&n.c, fresh)) || fault_keep(c, &n.c);

	node_close(&n);
	ok = ok && stage_make(c, fresh, key_of(c, s), fresh, &stage) && stage_look(c, &stage, false, seen);
	stage_drop(c, &stage);
	return ok;
}

/* Copy, then restore the copy beside it and look through it. */
static bool backup(struct ctx *c, const struct setup *s, str file, struct copy_seen *seen)
{
	str  fresh = STR_CAT(c->arena, file, S(".new"));
	bool ok    = (is_sqlite(s) ? file_backup : dump_backup)(c, s, fresh, seen) && take_name(c, fresh, file);

	if (!ok)
		(void)say_fault(c);
	unlink(cstr(c->arena, fresh));
	return ok;
}

int serve_backup(struct options *o)
{
	struct ctx      *c       = o->c;
	bool             replace = option_on(o, "replace");
	struct setup     s;
	struct copy_seen seen = { 0 };
	str              file;

	if (!setup_read(o, SETUP_STORE, &s) || (file = option_word(o), !options_done(o)))
		return say_fault(c);
	if (!file.n) {
		SAY_ERROR(c, N_("usage: psirt backup FILE. See psirt help backup."));
		return fault_exit(E_USAGE);
	}
	if (!target_check(c, &s, file, replace))
		return say_fault(c);
	if (!backup(c, &s, file, &seen))
		return fault_exit(c->fault.code);
	backup_note(c, &s, file);
	SAY(c, N_("{1} holds a consistent copy. It was restored to a temporary place and looked through:"), file);
	seen_say(c, &seen);
	SAY(c, N_("The key of the seals is not in it. Keep a copy of {1} in another place than the backups; psirt restore asks for it."),
	    key_of(c, &s));
	return 0;
}

/* ---- verify ---- */

static bool verify_live(struct ctx *c, const struct setup *s, struct copy_seen *seen)
{
	struct node_options no = options_of(c, s);
	struct node         n;
	bool                ok = node_open(&n, &no);

	if (!ok) {
		(void)say_fault(&n.c);
		c->fault = (struct fault){ .code = n.c.fault.code };
	} else if (!(ok = node_look(c, &n, seen))) {
		(void)say_fault(c);
	}
	node_close(&n);
	return ok;
}

static bool verify_file(struct ctx *c, const struct setup *s, str file, str key, struct copy_seen *seen)
{
	struct copy_stage stage = { .dir = S("") };
	struct dump       d     = { .dir = S("") };
	bool              ok;

	key = key.n ? key : key_of(c, s);
	if (is_sqlite(s))
		ok = stage_make(c, file, key, file, &stage) && stage_look(c, &stage, false, seen);
	else
		ok = dump_begin(c, s, &d) && dump_look(c, &d, file, key, false, seen);
	if (!ok)
		(void)say_fault(c);
	stage_drop(c, &stage);
	dump_end(c, &d);
	return ok;
}

int serve_verify(struct options *o)
{
	struct ctx      *c   = o->c;
	str              key = option_str(o, "seal-key", NULL, STR_NONE), file;
	struct copy_seen seen = { .audit = { .good = true } };
	struct setup     s;

	if (!setup_read(o, SETUP_STORE, &s) || (file = option_word(o), !options_done(o)))
		return say_fault(c);
	if (!(file.n ? verify_file(c, &s, file, key, &seen) : verify_live(c, &s, &seen)))
		return seen.audit.good ? fault_exit(c->fault.code) : NOT_VERIFIED;
	seen_say(c, &seen);
	return 0;
}

/* ---- restore ---- */

/* Whose key: the one that is there, or the one that is given; both must be one. */
static bool key_choose(struct ctx *c, const struct setup *s, str given, str *key)
{
	str own = key_of(c, s), a = S(""), b = S("");

	*key = given.n ? given : own;
	if (!exists(c, *key))
		return fault(c, E_NOTFOUND, "seal-key", N_("The audit of the copy is sealed with a key that is kept apart: --seal-key FILE names it ({1} is not there)."), *key);
	if (!given.n || !exists(c, own))
		return true;
	TRY(config_text_load(c, own, &a) && config_text_load(c, given, &b));
	return str_eq(a, b) || fault(c, E_STATE, "seal-key", N_("{1} is another key. Move it away first if the copy is of another house."), own);
}

static bool place_free(struct ctx *c, const struct setup *s, str target, bool replace, int *lock)
{
	(void)mkdir(cstr(c->arena, s->data), 0700);
	TRY(node_lock(c, s->data, lock));
	if (!exists(c, target) || replace)
		return true;
	return fault(c, E_EXISTS, NULL, N_("There is a database at {1}. With --replace the copy takes its place and the old one is kept beside it."), target);
}

/* The old database stays beside under a name with the time, its log included. */
static bool old_keep(struct ctx *c, str target, str *kept)
{
	static const char *const ends[] = { "-wal", "-shm" };
	char *from = cstr(c->arena, target), *to;

	*kept = STR_CAT(c->arena, target, S(".before-"), time_print(c->arena, clock_now() / SECOND * SECOND));
	to    = cstr(c->arena, *kept);
	if (link(from, to) != 0)
		return fault(c, E_IO, NULL, N_("The file {1} could not be written: {2}."), *kept, str_of(strerrordesc_np(errno)));
	for (size_t i = 0; i < 2; i++) {
		str was = STR_CAT(c->arena, target, str_of(ends[i])), now = STR_CAT(c->arena, *kept, str_of(ends[i]));
		if (exists(c, was) && rename(cstr(c->arena, was), cstr(c->arena, now)) != 0)
			return fault(c, E_IO, NULL, N_("The file {1} could not be written: {2}."), now, str_of(strerrordesc_np(errno)));
	}
	return true;
}

/* The stage has been looked through: put it in place. */
static bool put_in_place(struct ctx *c, const struct setup *s, const struct copy_stage *stage, str target, str *kept)
{
	*kept = S("");
	if (!exists(c, key_of(c, s)))
		TRY(copy_bytes(c, stage->key, key_of(c, s)));
	if (exists(c, target))
		TRY(old_keep(c, target, kept));
	if (rename(cstr(c->arena, stage->db), cstr(c->arena, target)) != 0)
		return fault(c, E_IO, NULL, N_("The file {1} could not be written: {2}."), target, str_of(strerrordesc_np(errno)));
	TRY(folder_sync(c, folder_of(c, target)));
	return folder_sync(c, s->data);
}

struct restoring { str file, given; bool replace, migrate, looked; };

static bool restore(struct ctx *c, const struct setup *s, struct restoring *r, struct copy_seen *seen, str *kept)
{
	struct copy_stage stage  = { .dir = S("") };
	str               target = str_slice(s->db, 7, s->db.n), key;
	int               lock   = -1;
	bool              ok;

	ok = place_free(c, s, target, r->replace, &lock) && key_choose(c, s, r->given, &key) &&
	     stage_make(c, r->file, key, target, &stage) && stage_look(c, &stage, r->migrate, seen);
	r->looked = ok;
	ok        = ok && put_in_place(c, s, &stage, target, kept);
	stage_drop(c, &stage);
	if (lock >= 0)
		close(lock);
	return ok;
}

/* The same of a PostgreSQL database. */
static bool dump_restore(struct ctx *c, const struct setup *s, struct restoring *r, struct copy_seen *seen, str *kept)
{
	struct dump d    = { .dir = S("") };
	int         lock = -1;
	str         key;
	bool        ok, fresh;

	(void)mkdir(cstr(c->arena, s->data), 0700);
	ok = node_lock(c, s->data, &lock) && key_choose(c, s, r->given, &key) && dump_begin(c, s, &d) &&
	     dump_free(c, &d, r->replace) && dump_look(c, &d, r->file, key, r->migrate, seen);
	fresh = ok && !exists(c, key_of(c, s));
	ok    = ok && (!fresh || copy_bytes(c, key, key_of(c, s))) && dump_place(c, &d, kept);
	if (!ok && fresh)
		unlink(cstr(c->arena, key_of(c, s)));
	r->looked = ok;
	dump_end(c, &d);
	if (lock >= 0)
		close(lock);
	return ok;
}

int serve_restore(struct options *o)
{
	struct ctx      *c    = o->c;
	struct restoring r    = { .given = option_str(o, "seal-key", NULL, STR_NONE), .replace = option_on(o, "replace"),
	                          .migrate = option_on(o, "migrate") };
	struct copy_seen seen = { .audit = { .good = true } };
	struct setup     s;
	str              kept = S("");

	if (!setup_read(o, SETUP_STORE, &s) || (r.file = option_word(o), !options_done(o)))
		return say_fault(c);
	if (!r.file.n) {
		SAY_ERROR(c, N_("usage: psirt restore FILE --data DIR. See psirt help restore."));
		return fault_exit(E_USAGE);
	}
	if (!node_owner_check(c, s.data))
		return say_fault(c);
	if (!(is_sqlite(&s) ? restore : dump_restore)(c, &s, &r, &seen, &kept)) {
		(void)say_fault(c);
		if (!r.looked)
			SAY_ERROR(c, N_("Nothing was changed."));
		return seen.audit.good ? fault_exit(c->fault.code) : NOT_VERIFIED;
	}
	SAY(c, N_("{1} is restored to {2}. Before it was put there it was looked through:"), r.file, is_sqlite(&s) ? str_slice(s.db, 7, s.db.n) : setup_url_shown(c, s.db));
	seen_say(c, &seen);
	if (kept.n)
		SAY(c, N_("The database that was there is {1}."), kept);
	return 0;
}
