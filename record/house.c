#define BASE_OS /* opens the key file */
#include "record/house.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "platform/clock.h"
#include "record/deny.h"
#include "record/draft.h"
#include "record/house_front.h"
#include "record/checkpoint.h"
#include "record/letter.h"
#include "record/report.h"
#include "record/setting.h"
#include "record/vault.h"

enum { FILE_MAX_DEFAULT = 25 << 20 };

const struct actor house_actor = {
	.id = S_INIT(""), .name = S_INIT("psirt"), .sight = S_INIT("*"), .channel = CHANNEL_JOB,
};

void house_hooks(struct front *f)
{
	f->journal     = journal_write;
	f->once_find   = once_find;
	f->once_keep   = once_keep;
	f->draft_drop  = draft_drop;
	f->numbered    = report_or_case_numbered;
	f->file_max    = FILE_MAX_DEFAULT;
	f->two_persons = true;
}

static bool key_make(struct ctx *c, const char *path, char key[32])
{
	int  fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool ok;

	random_bytes(key, 32);
	ok = fd >= 0 && write(fd, key, 32) == 32 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok || fault(c, E_IO, NULL, N_("The key file {1} could not be written."), str_of(path));
}

bool house_key(struct ctx *c, str data, bool make)
{
	const char *path = cstr(c->arena, STR_CAT(c->arena, data, S("/seal.key")));
	char        key[32];
	int         fd = open(path, O_RDONLY | O_CLOEXEC);
	bool        ok = true;

	if (fd < 0 && errno == ENOENT && !make)
		return fault(c, E_STATE, NULL, N_("The key {1} is missing. It seals the audit: put back the copy that was kept apart from the backups."),
		             str_of(path));
	if (fd < 0 && errno != ENOENT)
		return fault(c, E_IO, NULL, N_("The key file {1} cannot be read."), str_of(path));
	if (fd < 0) {
		TRY(key_make(c, path, key));
	} else {
		ok = read(fd, key, sizeof(key)) == (ssize_t)sizeof(key);
		close(fd);
	}
	if (!ok)
		return fault(c, E_IO, NULL, N_("The key file {1} is not 32 bytes long."), str_of(path));
	journal_key_set((str){ key, sizeof(key) });
	vault_key_set((str){ key, sizeof(key) });
	deny_file_set(STR_CAT(c->arena, data, S("/deny.txt")));
	explicit_bzero(key, sizeof(key));
	return true;
}

bool house_settings(struct ctx *c, struct front *f)
{
	TRY(house_front_read(c));
	*f = *house_front(c, f);
	return true;
}

bool house_found(struct ctx *c, const struct user_draft *first, str organisation, user_id *id, str *secret)
{
	struct journal_entry e      = { .verb = "system.init" };
	int64_t              people = 0;
	bool                 ok;

	TRY(db_begin(c, DB_WRITE, &db_viewer_all));
	ok = user_count(c, &people);
	if (ok && people)
		ok = fault(c, E_EXISTS, NULL, N_("This house is founded already. On the running server, psirt user reset makes a new link."));
	ok = ok && setting_save(c, "organisation", organisation) && user_add(c, first, id) &&
	     user_invite(c, *id, "invite", secret);
	e.object = ok ? id->v : S("");
	if (ok && journal_write(c, &e) && db_commit(c))
		return true;
	db_rollback(c);
	return false;
}

/* May everything in it be replaced?  A psirt without people, or no table at all, which is migrated then. */
static bool fresh(struct ctx *c)
{
	struct db_size size;
	int64_t        people = 0, applied;
	bool           ok;

	TRY(db_measure(c, &size));
	if (size.tables == 0)
		return db_migrate(c, &applied);
	ok = db_migrated(c) && db_begin(c, DB_READ, &db_viewer_all) && user_count(c, &people);
	db_rollback(c);
	return (ok && !people) || fault(c, E_EXISTS, "database", N_("That database is not empty. Name a new one."));
}

bool house_move(struct ctx *c, struct db *to, db_told *told, void *arg)
{
	struct journal_entry e   = { .verb = "system.move", .object = S("") };
	struct db           *old = c->db;
	bool                 ok;

	c->db = to;
	ok    = fresh(c);
	c->db = old;
	TRY(ok && db_carry(c, to, told, arg));
	c->db = to;
	ok    = db_begin(c, DB_WRITE, &db_viewer_all) && journal_write(c, &e) && db_commit(c);
	db_rollback(c);
	c->db = old;
	return ok;
}

bool house_tell(struct ctx *c, const struct house_deeds *deeds)
{
	bool ok;

	TRY(db_begin(c, DB_WRITE, &db_viewer_all));
	ok = true;
	for (size_t i = 0; ok && i < deeds->n; i++) {
		struct journal_entry e = { .verb = deeds->v[i].verb, .note = deeds->v[i].note, .object = S("") };
		ok = journal_write(c, &e);
	}
	if (ok && db_commit(c))
		return true;
	db_rollback(c);
	return false;
}

bool house_letters(struct ctx *c, int64_t *n, time_us *oldest)
{
	bool ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = letter_waiting(c, n, oldest);
	db_rollback(c);
	return ok;
}

bool house_seals(struct ctx *c, int64_t *chains, str *wrong)
{
	bool ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = journal_seals(c, chains, wrong);
	db_rollback(c);
	return ok;
}

bool house_verify(struct ctx *c, struct house_verdict *v)
{
	struct journal_verdict j;
	bool                   ok;

	TRY(db_verify(c));
	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = journal_verify(c, &j) && checkpoint_verify(c, &j) && journal_digest(c, &v->heads);
	db_rollback(c);
	*v = (struct house_verdict){ j.entries, j.chains, j.erased, j.checkpoints, j.good, j.wrong, v->heads };
	return ok;
}
