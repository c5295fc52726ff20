#include "record/house_front.h"

#include <pthread.h>

#include "record/setting.h"

enum { ROOM = 600 /* bytes of a value: 200 characters */ };

enum { NAME, NAME_JA, ZONE, TWO, KEPT };

static const struct { const char *name, *otherwise; } kept[KEPT] = {
	[NAME] = { "organisation", "psirt" }, [NAME_JA] = { "organisation_ja", "" }, [ZONE] = { "zone", "UTC" }, [TWO] = { "two_persons", "1" },
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bool            known;
static struct { char p[ROOM]; size_t n; } now[KEPT];

static bool load(struct ctx *c, str out[KEPT])
{
	for (size_t i = 0; i < KEPT; i++)
		TRY(setting_load(c, kept[i].name, str_of(kept[i].otherwise), &out[i]));
	return true;
}

bool house_front_read(struct ctx *c)
{
	str  v[KEPT];
	bool ok;

	TRY(db_begin(c, DB_READ, &db_viewer_all));
	ok = load(c, v);
	db_rollback(c);
	TRY(ok);
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < KEPT; i++) {
		str s = utf8_cut(v[i], ROOM);

		now[i].n = s.n;
		if (s.n)
			memcpy(now[i].p, s.p, s.n);
	}
	known = true;
	pthread_mutex_unlock(&lock);
	return true;
}

const struct front *house_front(struct ctx *c, const struct front *f)
{
	struct front *own = NEW(c->arena, struct front);
	str           v[KEPT];
	bool          read;

	*own = *f;
	pthread_mutex_lock(&lock);
	read = known;
	for (size_t i = 0; i < KEPT; i++)
		v[i] = str_dup(c->arena, (str){ now[i].p, now[i].n });
	pthread_mutex_unlock(&lock);
	if (!read)
		return own;
	own->organisation    = v[NAME];
	own->organisation_ja = v[NAME_JA];
	own->zone            = v[ZONE];
	own->two_persons     = !str_eq(v[TWO], S("0"));
	return own;
}
