#include "tests/fault/point_test.h"

#include <string.h>
#include <unistd.h>

static enum point  armed;
static int64_t     at, seen;
static bool        counting, tripped;
static const char *end_name;
static int         end_nth;
static void      (*watcher)(const char *name), (*disturbance)(void);

void point_arm(enum point what, int64_t n)
{
	armed    = what;
	at       = n;
	seen     = 0;
	tripped  = false;
	counting = true;
	disturbance = NULL;
}

void point_disturb(enum point what, int64_t n, void (*meanwhile)(void))
{
	point_arm(what, n);
	disturbance = meanwhile;
}

int64_t point_seen(void)
{
	return seen;
}

bool point_tripped(void)
{
	return tripped;
}

void point_crash(const char *name, int nth)
{
	end_name = name;
	end_nth  = nth;
}

void point_watch(void (*fn)(const char *name))
{
	watcher = fn;
}

static void crash(const char *name)
{
	if (watcher)
		watcher(name);
	if (end_name && strcmp(end_name, name) == 0 && --end_nth == 0)
		_exit(POINT_END);
}

bool point_hit(enum point what, const char *name)
{
	if (what == POINT_CRASH) {
		crash(name);
		return false;
	}
	if (!counting || what != armed)
		return false;
	seen++;
	if (seen != at)
		return false;
	tripped = true;
	if (!disturbance)
		return true;
	counting = false;   /* what the disturbance does itself does not count */
	disturbance();
	counting = true;
	return false;
}
