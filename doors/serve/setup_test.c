#include "base/test.h"

#include <fcntl.h>
#include <unistd.h>

#include "doors/serve/setup.h"
#include "platform/text/word.h"

/* A file of that text; the test removes it. */
static char *file_of(struct ctx *c, str text)
{
	char *path = cstr(c->arena, S("/tmp/setup.XXXXXX"));
	int   fd   = mkstemp(path);

	check(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	close(fd);
	return path;
}

static bool read_words(struct ctx *c, struct setup *s, enum setup_part part, int argc, char **argv)
{
	struct options o;

	options_init(c, &o, argc, argv);
	return setup_read(&o, part, s) && options_done(&o);
}

static void clean(void)
{
	static const char *const names[] = { "PSIRT_CONFIG", "PSIRT_DATA", "PSIRT_DB", "PSIRT_DB_FILE", "PSIRT_BASE_URL",
	                                     "PSIRT_SOCKET", "RUNTIME_DIRECTORY" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unsetenv(names[i]);
}

TEST(the_shipped_file_is_every_option_with_its_default)
{
	struct buf     b;
	struct config *cfg;

	buf_init(&b, c->arena, 1 << 16);
	setup_print_default(&b);
	check_str(test_file(c, S("dist/psirt.ini")), buf_str(&b));
	check_ok(c, config_new(c, setup_keys, setup_keys_n, &cfg));
	check_ok(c, config_parse(c, cfg, buf_str(&b)));
}

TEST(a_flag_outranks_the_environment_which_outranks_the_file)
{
	struct setup s;
	char        *file = file_of(c, S("[server]\ndata = /a\nbase_url = https://x.example/\n[http]\nport = 1\n"));
	char        *words[] = { "--config", file, "--port=3" };

	clean();
	check_ok(c, read_words(c, &s, SETUP_ALL, 2, words));
	check_str(s.data, S("/a"));
	check_str(s.base_url, S("https://x.example"));
	check_str(s.db, S("sqlite:/a/psirt.db"));
	check_str(s.socket, S("/a/psirt.sock"));
	check_int(config_int(s.config, "http.port"), 1);
	setenv("PSIRT_DATA", "/b", 1);
	setenv("RUNTIME_DIRECTORY", "/run/psirt", 1);
	check_ok(c, read_words(c, &s, SETUP_ALL, 3, words));
	check_str(s.data, S("/b"));
	check_str(s.socket, S("/run/psirt/psirt.sock"));
	check_int(config_int(s.config, "http.port"), 3);
	clean();
	unlink(file);
}

TEST(a_wrong_file_is_named_with_its_line)
{
	struct setup s;
	char        *file = file_of(c, S("[http]\naddress = localhost\n")), *other = file_of(c, S("[http]\nprot = 1\n"));
	char        *words[] = { "--config", file }, *again[] = { "--config", other };

	clean();
	check(!read_words(c, &s, SETUP_ALL, 2, words));
	check_fault(c, E_INVALID, "http.address");
	check_str(word_fault(c, &c->fault), STR_CAT(c->arena, str_of(file), S(":2: localhost is not an IP address (http.address).")));
	check(!read_words(c, &s, SETUP_ALL, 2, again));
	check(str_ends(word_fault(c, &c->fault), S(":2: http.prot is not known here; perhaps http.port was meant.")));
	unlink(file);
	unlink(other);
	check(!read_words(c, &s, SETUP_ALL, 2, words));
	check_fault(c, E_NOTFOUND, NULL);
}

TEST(what_only_a_server_needs_is_refused_elsewhere)
{
	struct setup s;
	char        *words[] = { "--port", "1" };

	clean();
	check(!read_words(c, &s, SETUP_STORE, 2, words));
	check_fault(c, E_USAGE, NULL);
}

TEST(the_url_with_a_password_may_stand_in_a_file_of_its_own)
{
	struct setup s;
	char        *url  = file_of(c, S("postgresql://psirt:geheim@db.example/psirt\n"));
	char        *file = file_of(c, STR_CAT(c->arena, S("[database]\nurl_file = "), str_of(url)));
	char        *both = file_of(c, STR_CAT(c->arena, S("[database]\nurl = sqlite:/x\nurl_file = "), str_of(url)));
	char        *bad  = file_of(c, S("geheim"));
	char        *words[] = { "--config", file, "--db", "sqlite:/y" }, *two[] = { "--config", both }, *wrong[] = { "--db-file", bad };

	clean();
	check_ok(c, read_words(c, &s, SETUP_STORE, 2, words));
	check_str(s.db, S("postgresql://psirt:geheim@db.example/psirt"));
	check_ok(c, read_words(c, &s, SETUP_STORE, 4, words));
	check_str(s.db, S("sqlite:/y"));
	check(!read_words(c, &s, SETUP_STORE, 2, two));
	check_fault(c, E_INVALID, "database.url_file");
	check(!read_words(c, &s, SETUP_STORE, 2, wrong));
	check(str_find(word_fault(c, &c->fault), S("geheim"), 0) == SIZE_MAX);
	unlink(url);
	unlink(file);
	unlink(both);
	unlink(bad);
}

TEST(a_password_of_a_database_is_not_shown)
{
	check_str(setup_url_shown(c, S("postgresql://u:a@b:c@h:5/x")), S("postgresql://u:…@h:5/x"));
	check_str(setup_url_shown(c, S("postgresql:///x?host=/run&password=y&z=1")), S("postgresql:///x?host=/run&password=…&z=1"));
	check_str(setup_url_shown(c, S("postgresql://u@h:5432/x")), S("postgresql://u@h:5432/x"));
	check_str(setup_url_shown(c, S("sqlite:/a:b@c")), S("sqlite:/a:b@c"));
}

TEST(addresses_and_prefixes_are_checked_before_listening)
{
	struct setup s;
	char        *good[] = { "--trusted", "127.0.0.1 10.0.0.0/8 ::1 unix", "--address", "off" };
	char        *bad[]  = { "--trusted", "10.0.0.0/x" }, *wide[] = { "--trusted", "10.0.0.0/33" }, *six[] = { "--trusted", "fd00::/64" };
	char        *reach[] = { "--fetch-allow", "10.1.2.0/24 unix" }, *ports[] = { "--fetch-ports", "8443 70000" };
	char        *deep[] = { "--socket", cstr(c->arena, (str){ NEWS(c->arena, char, 200), 200 }) };

	clean();
	memset(deep[1], 'a', 200);
	check_ok(c, read_words(c, &s, SETUP_ALL, 4, good));
	check(!read_words(c, &s, SETUP_ALL, 2, bad));
	check_fault(c, E_INVALID, "http.trusted");
	check(!read_words(c, &s, SETUP_ALL, 2, wide));
	check_fault(c, E_INVALID, "http.trusted");
	check_ok(c, read_words(c, &s, SETUP_ALL, 2, six));
	check(!read_words(c, &s, SETUP_ALL, 2, reach));
	check_fault(c, E_INVALID, "fetch.allow");
	check(!read_words(c, &s, SETUP_ALL, 2, ports));
	check_fault(c, E_INVALID, "fetch.ports");
	check(!read_words(c, &s, SETUP_ALL, 2, deep));
	check_fault(c, E_INVALID, "http.socket");
}

TEST(an_option_at_the_end_without_its_value_is_told)
{
	struct setup s;
	char        *bare[] = { "--port" };

	clean();
	check(!read_words(c, &s, SETUP_ALL, 1, bare));
	check_fault(c, E_USAGE, NULL);
	check_str(word_fault(c, &c->fault), S("--port needs a value."));
}
