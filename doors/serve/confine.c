#include "doors/serve/confine.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/list.h"
#include "platform/cage/wall.h"
#include "platform/log.h"

enum { PATHS_MAX = 4096, ALL = WALL_READ | WALL_WRITE | WALL_MAKE, POSTGRES = 5432 };

struct places { LIST(struct wall_path) paths; };

static void add(struct ctx *c, struct places *p, str path, unsigned rights)
{
	if (path.n)
		(void)list_push(c->arena, &p->paths, (struct wall_path){ cstr(c->arena, path), rights });
}

static str folder_of(str path)
{
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	return n ? str_slice(path, 0, n) : S(".");
}

/*
 * The data directory may be changed, and what is in it now be read and
 * written; so what the process keys keeps there stays its own.
 */
static void home_add(struct ctx *c, struct places *p, str data)
{
	DIR           *d = opendir(cstr(c->arena, data));
	struct dirent *e;

	add(c, p, data, WALL_MAKE);
	while (d && (e = readdir(d)))
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && strcmp(e->d_name, "keys") != 0)
			add(c, p, STR_CAT(c->arena, data, S("/"), str_of(e->d_name)), ALL);
	if (d)
		closedir(d);
}

/* sqlite:PATH elsewhere than in the data directory. */
static void database_add(struct ctx *c, struct places *p, const struct setup *s)
{
	str path = str_slice(s->db, 7, s->db.n), data = STR_CAT(c->arena, s->data, S("/"));

	if (str_starts(s->db, S("sqlite:")) && !str_eq(folder_of(path), data) && !str_eq(path, S(":memory:")))
		add(c, p, folder_of(path), ALL);
}

/* libpq resolves names and reads its files when it connects, which it does again and again. */
static void postgres_add(struct ctx *c, struct places *p)
{
	static const char *const read[] = { "/etc", "/usr/lib", "/lib", "/lib64", "/run/systemd/resolve", "/run/nscd" };
	const char              *home = getenv("HOME"), *pass = getenv("PGPASSFILE");

	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++)
		add(c, p, str_of(read[i]), WALL_READ);
	if (pass)
		add(c, p, str_of(pass), WALL_READ);
	if (home) {
		add(c, p, STR_CAT(c->arena, str_of(home), S("/.pgpass")), WALL_READ);
		add(c, p, STR_CAT(c->arena, str_of(home), S("/.postgresql")), WALL_READ);
	}
}

/* The port in postgresql://USER@HOST:PORT/NAME; 5432 when it says none. */
static int postgres_port(str url)
{
	size_t  from = str_find(url, S("//"), 0), slash, colon, at;
	str     host;
	int64_t port;

	host  = str_slice(url, from == SIZE_MAX ? 0 : from + 2, url.n);
	slash = str_find(host, S("/"), 0);
	host  = str_slice(host, 0, slash == SIZE_MAX ? host.n : slash);
	while ((at = str_find(host, S("@"), 0)) != SIZE_MAX)
		host = str_slice(host, at + 1, host.n);
	colon = host.n;
	while (colon > 0 && host.p[colon - 1] != ':' && host.p[colon - 1] != ']')
		colon--;
	if (colon > 0 && host.p[colon - 1] == ':' && str_to_int(str_slice(host, colon, host.n), &port) && port > 0 &&
	    port < 65536)
		return (int)port;
	return POSTGRES;
}

bool confine_main(struct ctx *c, const struct setup *s)
{
	static const char *const read[] = { "/usr/share/zoneinfo", "/etc/localtime", "/etc/ssl", "/usr/lib/ssl",
		"/usr/share/ca-certificates", "/proc/self", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/urandom" };
	int               binds[] = { (int)config_int(s->config, "http.port") };
	int               ports[] = { postgres_port(s->db) };
	bool              remote  = !str_starts(s->db, S("sqlite:"));
	struct places     p       = { .paths = { .max = PATHS_MAX } };
	struct wall_state state;

	if (!config_bool(s->config, "server.confine")) {
		log_event(LEVEL_WARNING, "main.unconfined");
		return true;
	}
	for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++)
		add(c, &p, str_of(read[i]), WALL_READ);
	add(c, &p, S("/dev/null"), WALL_READ | WALL_WRITE);
	add(c, &p, s->file, WALL_READ);
	add(c, &p, config_text(s->config, "metrics.token_file"), WALL_READ);
	add(c, &p, config_text(s->config, "http.spool"), ALL);
	add(c, &p, config_text(s->config, "mail.folder"), ALL);
	if (s->socket.n && !str_eq(folder_of(s->socket), STR_CAT(c->arena, s->data, S("/"))))
		add(c, &p, folder_of(s->socket), WALL_MAKE);
	home_add(c, &p, s->data);
	database_add(c, &p, s);
	if (remote)
		postgres_add(c, &p);
	TRY(wall_raise(c, &(struct wall){ .paths = p.paths.v, .paths_n = p.paths.n, .ports = ports, .ports_n = remote,
		.binds = binds, .binds_n = 1, .inet = true, .sockets = true, .opens = true }, &state));
	log_event(LEVEL_INFO, "main.confined", LOG_INT("landlock", state.landlock), LOG_INT("seccomp", state.seccomp));
	return true;
}
