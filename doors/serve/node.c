#include "doors/serve/node.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/serve/services.h"
#include "platform/clock.h"
#include "record/house.h"

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
	c->actor  = &house_actor;
	c->front  = &n->front;
	house_hooks(&n->front);
	n->front.services = services;
	n->front.base_url = str_dup(&n->arena, o->base_url);
	n->front.demo     = o->demo;
	while (services[n->front.services_n])
		n->front.services_n++;
	if (mkdir(cstr(c->arena, o->data), 0700) != 0 && access(cstr(c->arena, o->data), W_OK) != 0)
		return fault(c, E_IO, NULL, N_("The data directory {1} cannot be written."), o->data);
	TRY(house_key(c, o->data));
	url = o->db.n ? o->db : STR_CAT(c->arena, S("sqlite:"), o->data, S("/psirt.db"));
	TRY(db_open(c, url, &n->front.db));
	c->db = n->front.db;
	if (o->migrate)
		TRY(db_migrate(c, &applied));
	TRY(db_migrated(c));
	return house_settings(c, &n->front);
}

void node_close(struct node *n)
{
	if (n->front.db)
		db_close(n->front.db);
	arena_done(&n->arena);
}
