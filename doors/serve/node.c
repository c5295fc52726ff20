#include "doors/serve/node.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/serve/services.h"
#include "platform/clock.h"
#include "record/house.h"

bool node_owner_check(struct ctx *c, str data)
{
	struct stat st;

	if (geteuid() == 0 && stat(cstr(c->arena, data), &st) == 0 && st.st_uid != 0)
		return fault(c, E_STATE, NULL, N_("{1} belongs to user {2}: run this as that user, such as runuser -u psirt -- psirt …"),
		             data, str_fmt(c->arena, "%u", (unsigned)st.st_uid));
	return true;
}

/* The directory, and with SQLite the file: made by the founder alone, so that a
 * mistyped name is told instead of being filled. */
static bool place_check(struct ctx *c, const struct node_options *o, str url)
{
	char *dir = cstr(c->arena, o->data);
	str   file = str_starts(url, S("sqlite:")) ? str_slice(url, 7, url.n) : STR_NONE;

	if (o->founds)
		(void)mkdir(dir, 0700);
	if (access(dir, F_OK) != 0)
		return fault(c, E_NOTFOUND, NULL, N_("There is no directory {1}. psirt init makes it; --data names another."), o->data);
	TRY(node_owner_check(c, o->data));
	if (access(dir, W_OK | X_OK) != 0)
		return fault(c, E_IO, NULL, N_("The data directory {1} cannot be written."), o->data);
	if (!o->founds && file.n && access(cstr(c->arena, file), F_OK) != 0)
		return fault(c, E_NOTFOUND, NULL, N_("There is no database {1}. psirt init makes it; --data or --db names another."), file);
	return true;
}

bool node_open(struct node *n, const struct node_options *o)
{
	struct ctx *c = &n->c;
	int64_t     applied;
	str         url;

	*n = (struct node){ .lock = -1, .deeds = -1 };
	arena_init(&n->arena, ARENA_MAX);
	ctx_init(c, &n->arena);
	c->now    = clock_now();
	c->lang   = o->lang;
	c->random = random_bytes;
	c->actor  = &house_actor;
	c->front  = &n->front;
	house_hooks(&n->front);
	n->front.services = services;
	n->front.base_url = str_dup(&n->arena, o->base_url);
	n->front.demo     = o->demo;
	while (services[n->front.services_n])
		n->front.services_n++;
	front_index(&n->arena, &n->front);
	url = o->db.n ? o->db : STR_CAT(c->arena, S("sqlite:"), o->data, S("/psirt.db"));
	TRY(place_check(c, o, url));
	if (o->alone)
		TRY(node_lock(c, o->data, &n->lock));
	TRY(house_key(c, o->data, o->founds));
	TRY(db_open(c, url, &n->front.db));
	c->db = n->front.db;
	if (o->migrate)
		TRY(db_migrate(c, &applied));
	TRY(db_migrated(c));
	return house_settings(c, &n->front);
}

bool node_lock(struct ctx *c, str dir, int *fd)
{
	str path = STR_CAT(c->arena, dir, S("/psirt.lock"));

	*fd = open(cstr(c->arena, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0)
		return fault(c, E_IO, NULL, N_("The data directory {1} cannot be written."), dir);
	if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return true;
	close(*fd);
	*fd = -1;
	return fault(c, E_STATE, NULL, N_("Another psirt works on {1}: stop the server first."), dir);
}

void node_close(struct node *n)
{
	if (n->front.db)
		db_close(n->front.db);
	if (n->lock >= 0)
		close(n->lock);
	if (n->deeds >= 0)
		close(n->deeds);
	arena_done(&n->arena);
}
