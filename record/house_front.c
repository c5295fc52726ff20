#include "record/house_front.h"

#include <pthread.h>

#include "record/setting.h"

enum { ROOM = 200 };   /* bytes of the organisation's name */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool            known, two_persons;
static char            name[ROOM];
static size_t          name_n;

bool house_front_read(struct ctx *c)
{
	str  organisation, two;
	bool ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = setting_load(c, "organisation", S("psirt"), &organisation) && setting_load(c, "two_persons", S("1"), &two);
	db_rollback(c);
	TRY(ok);
	organisation = utf8_cut(organisation, sizeof(name));
	pthread_mutex_lock(&lock);
	memcpy(name, organisation.p, organisation.n);
	name_n      = organisation.n;
	two_persons = !str_eq(two, S("0"));
	known       = true;
	pthread_mutex_unlock(&lock);
	return true;
}

const struct front *house_front(struct ctx *c, const struct front *f)
{
	struct front *now = NEW(c->arena, struct front);

	*now = *f;
	pthread_mutex_lock(&lock);
	if (known) {
		now->organisation = str_dup(c->arena, (str){ name, name_n });
		now->two_persons  = two_persons;
	}
	pthread_mutex_unlock(&lock);
	return now;
}
