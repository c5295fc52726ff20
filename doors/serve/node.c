#define BASE_OS /* opens the key file */
#include "doors/serve/node.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/serve/services.h"
#include "platform/clock.h"
#include "record/journal.h"
#include "record/setting.h"

enum { FILE_MAX_DEFAULT = 25 << 20 };

const struct actor node_actor = {
	.id = S_INIT(""), .name = S_INIT("psirt"), .sight = S_INIT("*"), .channel = CHANNEL_JOB,
};

/* The key of the audit's seals: made once, readable by us alone. */
static bool key_load(struct ctx *c, str data)
{
	char *path = cstr(c->arena, STR_CAT(c->arena, data, S("/seal.key")));
	char  key[32];
	int   fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		random_bytes(key, sizeof(key));
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 || write(fd, key, sizeof(key)) != (ssize_t)sizeof(key) || fsync(fd) != 0) {
			if (fd >= 0)
				close(fd);
			return fault(c, E_IO, NULL, N_("The key file {1} could not be written."), str_of(path));
		}
	} else if (read(fd, key, sizeof(key)) != (ssize_t)sizeof(key)) {
		close(fd);
		return fault(c, E_IO, NULL, N_("The key file {1} is not 32 bytes long."), str_of(path));
	}
	close(fd);
	journal_key_set((str){ key, sizeof(key) });
	explicit_bzero(key, sizeof(key));
	return true;
}

static bool settings_load(struct ctx *c, struct front *f)
{
	struct db_viewer all = { S(""), S("*") };
	str  two;
	bool ok;

	TRY(db_begin(c, DB_READ, &all));
	ok = setting_load(c, "organisation", S("psirt"), &f->organisation) &&
	     setting_load(c, "two_persons", S("1"), &two);
	db_rollback(c);
	f->two_persons = ok && !str_eq(two, S("0"));
	return ok;
}

bool node_open(struct node *n, const struct node_options *o)
{
	struct ctx *c = &n->c;
	int64_t     applied;
	str         url;

	*n = (struct node){ 0 };
	arena_init(&n->arena, ARENA_MAX);
	ctx_init(c, &n->arena);
	c->now    = clock_now();
	c->random = random_bytes;
	c->actor  = &node_actor;
	c->front  = &n->front;
	n->front  = (struct front){
		.services = services, .journal = journal_write, .once_find = once_find,
		.once_keep = once_keep, .base_url = str_dup(&n->arena, o->base_url), .demo = o->demo,
		.file_max = FILE_MAX_DEFAULT,
	};
	while (services[n->front.services_n])
		n->front.services_n++;
	if (mkdir(cstr(c->arena, o->data), 0700) != 0 && access(cstr(c->arena, o->data), W_OK) != 0)
		return fault(c, E_IO, NULL, N_("The data directory {1} cannot be written."), o->data);
	TRY(key_load(c, o->data));
	url = o->db.n ? o->db : STR_CAT(c->arena, S("sqlite:"), o->data, S("/psirt.db"));
	TRY(db_open(c, url, &n->front.db));
	c->db = n->front.db;
	if (o->migrate)
		TRY(db_migrate(c, &applied));
	TRY(db_migrated(c));
	return settings_load(c, &n->front);
}

void node_close(struct node *n)
{
	if (n->front.db)
		db_close(n->front.db);
	arena_done(&n->arena);
}
