#include "doors/serve/setup.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "doors/cli/say.h"
#include "platform/http/local.h"
#include "platform/text/word.h"

#define KEYS(X) \
	X("server.data", "data", "PSIRT_DATA", SETUP_STORE, CONFIG_PATH, "/var/lib/psirt", 0, 0, NULL, \
	  N_("Directory of seal.key and, with SQLite, of the database.")) \
	X("server.base_url", "base-url", "PSIRT_BASE_URL", SETUP_STORE, CONFIG_URL, "http://127.0.0.1:8080", 0, 0, NULL, \
	  N_("What the outside sees: links, the check of where a form came from and\nsecure cookies follow from it.")) \
	X("server.confine", "confine", NULL, SETUP_ALL, CONFIG_BOOL, "yes", 0, 0, NULL, \
	  N_("The process main confines itself to its files; no: for debugging.")) \
	X("database.url", "db", "PSIRT_DB", SETUP_STORE, CONFIG_TEXT, NULL, 0, 0, NULL, \
	  N_("sqlite:PATH or postgresql://USER@HOST/NAME; not set: sqlite:DATA/psirt.db.")) \
	X("database.url_file", "db-file", "PSIRT_DB_FILE", SETUP_STORE, CONFIG_PATH, NULL, 0, 0, NULL, \
	  N_("A file that holds that URL, when it has a password.")) \
	X("http.address", "address", NULL, SETUP_ALL, CONFIG_TEXT, "127.0.0.1", 0, 0, NULL, \
	  N_("IP address to listen on; off: none.")) \
	X("http.port", "port", NULL, SETUP_ALL, CONFIG_INT, "8080", 0, 65535, NULL, \
	  N_("And its port; 0: any free one.")) \
	X("http.socket", "socket", "PSIRT_SOCKET", SETUP_STORE, CONFIG_TEXT, NULL, 0, 0, NULL, \
	  N_("Unix socket for the command line and a proxy on this machine; off: none;\nnot set: /run/psirt/psirt.sock under systemd, else DATA/psirt.sock.")) \
	X("http.trusted", "trusted", NULL, SETUP_ALL, CONFIG_TEXT, NULL, 0, 0, NULL, \
	  N_("Proxies whose X-Forwarded-For counts: addresses or prefixes such as\n10.0.0.0/8, unix for one that comes by the Unix socket; blanks between.")) \
	X("http.spool", "spool", NULL, SETUP_ALL, CONFIG_PATH, "/tmp", 0, 0, NULL, \
	  N_("Directory of uploads while they arrive (unlinked files).")) \
	X("http.threads", "threads", NULL, SETUP_ALL, CONFIG_INT, "32", 1, 512, NULL, \
	  N_("Threads that answer requests.")) \
	X("http.connections", "connections", NULL, SETUP_ALL, CONFIG_INT, "1000", 1, 100000, NULL, \
	  N_("Connections at once; more wait.")) \
	X("http.per_address", "per-address", NULL, SETUP_ALL, CONFIG_INT, "0", 0, 100000, NULL, \
	  N_("Connections of one address; 0: no limit. Behind a proxy all have one address.")) \
	X("mail.folder", "mail-folder", NULL, SETUP_ALL, CONFIG_PATH, NULL, 0, 0, NULL, \
	  N_("Letters leave into this directory, one .eml file each, for the pickup of a\nmail server; of several servers on one database, set it for one. Not set: they wait.")) \
	X("mail.from", "mail-from", NULL, SETUP_ALL, CONFIG_TEXT, NULL, 0, 0, NULL, \
	  N_("The sender's address; not set: no-reply at the host of base_url.")) \
	X("fetch.allow", "fetch-allow", NULL, SETUP_ALL, CONFIG_TEXT, NULL, 0, 0, NULL, \
	  N_("Private and other special addresses that may be fetched from all the same:\naddresses or prefixes such as 10.1.2.0/24, blanks between.")) \
	X("fetch.http", "fetch-http", NULL, SETUP_ALL, CONFIG_BOOL, "no", 0, 0, NULL, \
	  N_("Fetch by http too, not only by https.")) \
	X("fetch.ports", "fetch-ports", NULL, SETUP_ALL, CONFIG_TEXT, NULL, 0, 0, NULL, \
	  N_("Ports to fetch from beside 443 and 80, blanks between.")) \
	X("log.level", "log-level", NULL, SETUP_ALL, CONFIG_TEXT, "info", 0, 0, "debug info warning error", \
	  N_("The least that is written to standard error.")) \
	X("log.form", "log-form", NULL, SETUP_ALL, CONFIG_TEXT, "auto", 0, 0, "auto json text", \
	  N_("One JSON object a line, or text; auto: text on a terminal only.")) \
	X("log.requests", "log-requests", NULL, SETUP_ALL, CONFIG_BOOL, "yes", 0, 0, NULL, \
	  N_("A line for each request. Never report text, codes, tokens or addresses.")) \
	X("metrics.readers", "metrics-readers", NULL, SETUP_ALL, CONFIG_TEXT, "local", 0, 0, "local loopback off", \
	  N_("Who may read /metrics: local, our own user and root on the Unix socket;\nloopback, also 127.0.0.1 and ::1, unless for a proxy; off, nobody.")) \
	X("metrics.token_file", "metrics-token-file", NULL, SETUP_ALL, CONFIG_PATH, NULL, 0, 0, NULL, \
	  N_("A file with a token of 16 characters or more; who sends it as\nAuthorization: Bearer may read /metrics, too."))

#define KEY(name, flag, env, part, type, standard, min, max, choices, help) \
	{ name, type, standard, help, min, max, choices },
#define WAY(name, flag, env, part, type, standard, min, max, choices, help) { flag, env, part },

const struct config_key setup_keys[] = { KEYS(KEY) };
const struct setup_key  setup_ways[] = { KEYS(WAY) };
const size_t            setup_keys_n = sizeof(setup_keys) / sizeof(*setup_keys);

/* ---- what the pieces say together ---- */

/* A fault of one key, with the line of the file that set it. */
static bool wrong(struct ctx *c, const struct setup *s, const char *key, const char *text, str arg)
{
	long line = config_line(s->config, key);

	(void)fault(c, E_INVALID, key, text, arg, str_of(key));
	return line ? fault_at(c, E_INVALID, line, 0) : false;
}

/* 32, 128, or 0: none. */
static int address_bits(struct ctx *c, str text)
{
	unsigned char room[16];
	char         *p = cstr(c->arena, text);

	return inet_pton(AF_INET, p, room) == 1 ? 32 : inet_pton(AF_INET6, p, room) == 1 ? 128 : 0;
}

static bool is_address(struct ctx *c, str text)
{
	return address_bits(c, text) > 0;
}

/* Addresses and prefixes, blanks between. */
static bool prefixes_check(struct ctx *c, const struct setup *s, const char *key)
{
	str rest = config_text(s->config, key), one, address;

	while (str_cut(&rest, ' ', &one)) {
		str     bits = one;
		int64_t n    = 0;
		if (!one.n || (str_eq(one, S("unix")) && !strcmp(key, "http.trusted")))
			continue;
		(void)str_cut(&bits, '/', &address);
		if (!is_address(c, address) || (!str_is_none(bits) && (!str_to_int(bits, &n) || n < 0 || n > address_bits(c, address))))
			return wrong(c, s, key, N_("{1} is neither an address nor a prefix such as 10.0.0.0/8 ({2})."), one);
	}
	return true;
}

static bool ports_check(struct ctx *c, const struct setup *s)
{
	str     rest = config_text(s->config, "fetch.ports"), one;
	int64_t n;

	while (str_cut(&rest, ' ', &one))
		if (one.n && (!str_to_int(one, &n) || n < 1 || n > 65535))
			return wrong(c, s, "fetch.ports", N_("{1} is no port; they go from 1 to 65535 ({2})."), one);
	return true;
}

static bool is_db_url(str url)
{
	return (str_starts(url, S("sqlite:")) && url.n > 7) || str_starts(url, S("postgresql://")) ||
	       str_starts(url, S("postgres://"));
}

static bool together_check(struct ctx *c, const struct setup *s)
{
	const struct config *k = s->config;
	str url = config_text(k, "database.url"), address = config_text(k, "http.address"), socket = config_text(k, "http.socket");

	if (url.n && !is_db_url(url))
		return wrong(c, s, "database.url", N_("A database is named sqlite:PATH or postgresql://… ({2})."), S(""));
	if (config_line(k, "database.url") && config_line(k, "database.url_file"))
		return wrong(c, s, "database.url_file", N_("Set either database.url or database.url_file ({2})."), S(""));
	if (!str_eq(address, S("off")) && !is_address(c, address))
		return wrong(c, s, "http.address", N_("{1} is not an IP address ({2})."), address);
	if (local_name(socket).n > LOCAL_NAME_MAX)
		return wrong(c, s, "http.socket", N_("The name of a socket has from 1 to {1} bytes ({2})."), str_fmt(c->arena, "%d", LOCAL_NAME_MAX));
	return prefixes_check(c, s, "http.trusted") && prefixes_check(c, s, "fetch.allow") && ports_check(c, s);
}

/* ---- reading ---- */

/* The fault once more, with FILE:LINE before it. */
static bool in_file(struct ctx *c, str file)
{
	struct fault f = c->fault;

	if (!f.line)
		return false;
	return fault(c, f.code, f.where.n ? cstr(c->arena, f.where) : NULL, "{1}:{2}: {3}", file,
	             str_fmt(c->arena, "%ld", f.line), word_fault(c, &f));
}

static bool key_over(struct options *o, struct setup *s, size_t i, enum setup_part part)
{
	const struct setup_key *w = &setup_ways[i];
	str name = str_of(setup_keys[i].name), value;

	if (part == SETUP_STORE && w->part != SETUP_STORE)
		return true;
	value = option_str(o, w->flag, w->env, STR_NONE);
	return str_is_none(value) || config_set(o->c, s->config, name, value);
}

/* Of the two ways to name the database the one that outranks the file, else the one that is set. */
static bool url_load(struct ctx *c, struct setup *s)
{
	const struct config *k = s->config;
	str  url = config_text(k, "database.url"), path = config_text(k, "database.url_file");
	bool by_file = path.n && (!url.n || (!config_line(k, "database.url_file") && config_line(k, "database.url")));

	s->db = url.n ? url : STR_CAT(c->arena, S("sqlite:"), s->data, S("/psirt.db"));
	if (!by_file)
		return true;
	TRY(config_text_load(c, path, &s->db));
	s->db = str_trim(s->db);
	return is_db_url(s->db) ||
	       fault(c, E_INVALID, "database.url_file", N_("The file {1} does not hold the URL of a database."), path);
}

static void derive(struct ctx *c, struct setup *s)
{
	str         socket = config_text(s->config, "http.socket"), home;
	const char *run    = getenv("RUNTIME_DIRECTORY");   /* of systemd: RuntimeDirectory= */

	s->data     = config_text(s->config, "server.data");
	s->base_url = config_text(s->config, "server.base_url");
	while (str_ends(s->base_url, S("/")))
		s->base_url = str_slice(s->base_url, 0, s->base_url.n - 1);
	home      = run && *run ? str_of(run) : s->data;
	s->socket = socket.n ? socket : STR_CAT(c->arena, home, S("/psirt.sock"));
	if (str_eq(socket, S("off")))
		s->socket = S("");
}

bool setup_read(struct options *o, enum setup_part part, struct setup *s)
{
	struct ctx *c = o->c;

	*s = (struct setup){ .file = option_str(o, "config", "PSIRT_CONFIG", STR_NONE) };
	TRY(config_new(c, setup_keys, setup_keys_n, &s->config));
	if (s->file.n && !config_load(c, s->config, s->file))
		return in_file(c, s->file);
	for (size_t i = 0; i < setup_keys_n; i++)
		TRY(key_over(o, s, i, part));
	derive(c, s);
	if (!together_check(c, s))
		return in_file(c, s->file);
	return url_load(c, s);
}

/* ---- showing ---- */

str setup_url_shown(struct ctx *c, str url)
{
	size_t scheme = str_find(url, S("://"), 0), at = SIZE_MAX, colon, pass, next;
	str    out    = url;

	if (scheme == SIZE_MAX)
		return url;
	for (next = scheme; (next = str_find(url, S("@"), next + 1)) != SIZE_MAX;)
		at = next;   /* the last one: a password may hold another */
	colon = str_find(url, S(":"), scheme + 3);
	if (at != SIZE_MAX && colon < at)
		out = STR_CAT(c->arena, str_slice(url, 0, colon), S(":…"), str_slice(url, at, url.n));
	pass = str_find(out, S("password="), 0);
	if (pass != SIZE_MAX) {
		size_t end = str_find(out, S("&"), pass);
		out = STR_CAT(c->arena, str_slice(out, 0, pass + 9), S("…"),
		              str_slice(out, end == SIZE_MAX ? out.n : end, out.n));
	}
	return out;
}

void setup_print_default(struct buf *b)
{
	buf_add(b, S("# Options of psirt serve; copy to /etc/psirt/psirt.ini.  What is commented out\n"
	             "# shows the default, where there is one.  A flag (--base-url) outranks the\n"
	             "# environment, which outranks this file.  psirt config check FILE reads it, psirt\n"
	             "# config show prints what is in force; psirt config default printed this.\n\n"));
	config_print_default(b, setup_keys, setup_keys_n);
}

static int setup_default(struct ctx *c)
{
	struct buf b;

	buf_init(&b, c->arena, 1 << 16);
	setup_print_default(&b);
	say_bytes(buf_str(&b));
	return 0;
}

static int setup_show(struct options *o)
{
	struct ctx  *c = o->c;
	struct setup s;
	struct buf   b;
	str          rest, line;

	if (!setup_read(o, SETUP_ALL, &s) || !options_done(o))
		return say_fault(c);
	buf_init(&b, c->arena, 1 << 16);
	config_print(&b, s.config);
	rest = buf_str(&b);
	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, S("database.url = ")))
			line = STR_CAT(c->arena, S("database.url = "), setup_url_shown(c, s.db));
		else if (str_starts(line, S("http.socket = ")))
			line = STR_CAT(c->arena, S("http.socket = "), s.socket.n ? s.socket : S("off"));
		if (line.n)
			say("%.*s\n", STR_ARG(line));
	}
	return 0;
}

struct review { struct ctx *c; str file; int flaws; };

static void review_flaw(void *arg, const struct fault *f)
{
	struct review *v    = arg;
	str            text = word_fault(v->c, f);

	v->flaws++;
	say("%.*s:%ld: %.*s\n", STR_ARG(v->file), f->line, STR_ARG(text));
}

/* A password that others can read is told, and is no flaw of the file's text. */
static void secrecy_note(struct ctx *c, const struct setup *s)
{
	str         url = config_text(s->config, "database.url");
	struct stat st;

	if (!url.n || str_eq(setup_url_shown(c, url), url) || stat(cstr(c->arena, s->file), &st) != 0 || !(st.st_mode & 07))
		return;
	say("%.*s:%ld: ", STR_ARG(s->file), config_line(s->config, "database.url"));
	SAY(c, N_("The password of the database stands in a file that everybody may read. Use database.url_file, or chmod o-rwx."));
}

static int setup_check(struct options *o, str file)
{
	struct ctx   *c = o->c;
	struct setup  s = { .file = file };
	struct review v = { c, file, 0 };
	str           text;

	if (!options_done(o) || !config_text_load(c, file, &text) || !config_new(c, setup_keys, setup_keys_n, &s.config))
		return say_fault(c);
	config_review(c, s.config, text, review_flaw, &v);
	derive(c, &s);
	if (!v.flaws && !together_check(c, &s))
		review_flaw(&v, &c->fault);
	if (v.flaws)
		return fault_exit(E_INVALID);
	secrecy_note(c, &s);
	SAY(c, N_("{1} is in order."), file);
	return 0;
}

int setup_run(struct options *o)
{
	str what = option_word(o), file;

	if (str_eq(what, S("check")) && (file = option_word(o)).n)
		return setup_check(o, file);
	if (str_eq(what, S("show")))
		return setup_show(o);
	if (str_eq(what, S("default")))
		return setup_default(o->c);
	say_error("usage: psirt config check FILE | psirt config show [--config FILE] | psirt config default\n");
	return fault_exit(E_USAGE);
}
