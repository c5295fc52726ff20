#include "base/test.h"
#include "platform/config.h"

static const struct config_key keys[] = {
	{ "http.address", CONFIG_TEXT, "127.0.0.1", "Address to listen on." },
	{ "http.port", CONFIG_INT, "8080", "Port to listen on.", 0, 65535 },
	{ "http.upload", CONFIG_BYTES, "25MB", "Largest upload.", 1024, (int64_t)1 << 30 },
	{ "session.idle", CONFIG_DURATION, "15m", "Sign out after this long without a click." },
	{ "site.url", CONFIG_URL, NULL, "Public address of this site." },
	{ "site.spool", CONFIG_PATH, "/tmp", "Where uploads wait." },
	{ "site.open", CONFIG_BOOL, "yes", "Take reports from everybody." },
	{ "log.level", CONFIG_TEXT, "info", "Least level.", 0, 0, "debug info error" },
};
enum { KEYS = sizeof(keys) / sizeof(*keys) };

static struct config *fresh(struct ctx *c)
{
	struct config *cfg = NULL;

	check_ok(c, config_new(c, keys, KEYS, &cfg));
	return cfg;
}

TEST(defaults_hold_until_the_file_says_otherwise)
{
	struct config *cfg = fresh(c);

	check_int(config_int(cfg, "http.upload"), 25 << 20);
	check_int(config_int(cfg, "session.idle"), 15 * MINUTE);
	check(config_bool(cfg, "site.open"));
	check(str_is_none(config_text(cfg, "site.url")));
	check(!config_parse(c, cfg, S("\xEF\xBB\xBF# words\r\n; more\r\n\r\n[http]\r\n"
	    " port=80\r\naddress = \" \\\"a\\\\ \"\r\n[session]\nidle = 1h30m\n[site]\n"
	    "url = https://psirt.example/x = y\nopen = NO")));
	check_fault(c, E_INVALID, "site.url");
	check_ok(c, config_parse(c, cfg, S("[http]\r\n port=80\r\naddress = \" \\\"a\\\\ \"\r\n"
	    "[session]\nidle = 1h30m\n[site]\nurl = https://psirt.example/x\nopen = NO\nspool = a # b")));
	check_int(config_int(cfg, "http.port"), 80);
	check_str(config_text(cfg, "http.address"), S(" \"a\\ "));
	check_int(config_int(cfg, "session.idle"), 90 * MINUTE);
	check_str(config_text(cfg, "site.url"), S("https://psirt.example/x"));
	check_str(config_text(cfg, "site.spool"), S("a # b"));
	check(!config_bool(cfg, "site.open"));
}

static void refused(struct ctx *c, const char *text, enum fault_code code, long line,
                    const char *near)
{
	check(!config_parse(c, fresh(c), str_of(text)));
	check_fault(c, code, NULL);
	check_int(c->fault.line, line);
	if (near)
		check_str(c->fault.arg[1], str_of(near));
}

TEST(unknown_names_are_refused_with_the_nearest_one)
{
	refused(c, "[http]\n\nprot = 80", E_INVALID, 3, "http.port");
	refused(c, "[htp]\n", E_INVALID, 1, "http");
	refused(c, "[http]\nwindows = 1", E_INVALID, 2, NULL);
	check(str_is_none(c->fault.arg[1]));
	refused(c, "[site]\nport = 80", E_INVALID, 2, NULL);
}

TEST(lines_that_are_no_settings_are_refused)
{
	refused(c, "port = 1", E_SYNTAX, 1, NULL);
	refused(c, "[http", E_SYNTAX, 1, NULL);
	refused(c, "[]", E_SYNTAX, 1, NULL);
	refused(c, "[http]\nport", E_SYNTAX, 2, NULL);
	refused(c, "[http]\n= 1", E_SYNTAX, 2, NULL);
	refused(c, "[http]\nport = 1\nport = 1", E_SYNTAX, 3, NULL);
	refused(c, "[http]\naddress = \"a", E_SYNTAX, 2, NULL);
	refused(c, "[http]\naddress = \"a\" b", E_SYNTAX, 2, NULL);
	refused(c, "[http]\naddress = \"a\\n\"", E_SYNTAX, 2, NULL);
	refused(c, "[http]\naddress = \xFF", E_SYNTAX, 2, NULL);
	refused(c, "[http]\naddress = a\x01", E_SYNTAX, 2, NULL);
	check(!config_parse(c, fresh(c), S("[http]\naddress = a\0b")));
}

TEST(wrong_values_are_refused)
{
	refused(c, "[http]\nport = 65536", E_INVALID, 2, NULL);
	refused(c, "[http]\nport = -1", E_INVALID, 2, NULL);
	refused(c, "[http]\nport = 8o", E_INVALID, 2, NULL);
	refused(c, "[http]\nport =", E_INVALID, 2, NULL);
	refused(c, "[http]\nupload = 1023", E_INVALID, 2, NULL);
	refused(c, "[http]\nupload = 25 XB", E_INVALID, 2, NULL);
	refused(c, "[http]\nupload = 9223372036854775807KB", E_INVALID, 2, NULL);
	refused(c, "[session]\nidle = 15", E_INVALID, 2, NULL);
	refused(c, "[session]\nidle = 15y", E_INVALID, 2, NULL);
	refused(c, "[session]\nidle = 99999999999999w", E_INVALID, 2, NULL);
	refused(c, "[site]\nopen = maybe", E_INVALID, 2, NULL);
	refused(c, "[site]\nspool =", E_INVALID, 2, NULL);
	refused(c, "[log]\nlevel = inf", E_INVALID, 2, "debug info error");
	refused(c, "[site]\nurl = ftp://a", E_INVALID, 2, NULL);
	refused(c, "[site]\nurl = http://", E_INVALID, 2, NULL);
	refused(c, "[site]\nurl = http://a@b/", E_INVALID, 2, NULL);
	refused(c, "[site]\nurl = https://:80", E_INVALID, 2, NULL);
}

TEST(a_value_from_the_command_line_is_checked_too)
{
	struct config *cfg = fresh(c);

	check_ok(c, config_set(c, cfg, S("http.port"), S("81")));
	check_int(config_int(cfg, "http.port"), 81);
	check(!config_set(c, cfg, S("http.prt"), S("81")));
	check_str(c->fault.arg[1], S("http.port"));
	check(!config_set(c, cfg, S("http.port"), S("x")));
	check(!config_set(c, cfg, S("http.address"), S("a\nb")));
}

TEST(the_default_file_without_its_marks_is_the_default)
{
	struct buf     b, plain, in_force, again;
	struct config *cfg = fresh(c), *other = fresh(c);
	str            rest, line;

	buf_init(&b, c->arena, 1 << 16);
	buf_init(&plain, c->arena, 1 << 16);
	config_print_default(&b, keys, KEYS);
	check(str_find(buf_str(&b), S("\n# One of: debug info error\n#level = info\n"), 0) != SIZE_MAX);
	check_ok(c, config_parse(c, cfg, buf_str(&b)));
	rest = buf_str(&b);
	while (str_cut(&rest, '\n', &line)) {
		if (line.n > 1 && line.p[0] == '#' && line.p[1] != ' ' && !str_ends(line, S("=")))
			line = str_slice(line, 1, line.n);
		buf_add(&plain, line);
		buf_char(&plain, '\n');
	}
	check_ok(c, config_parse(c, other, buf_str(&plain)));
	buf_init(&in_force, c->arena, 1 << 16);
	buf_init(&again, c->arena, 1 << 16);
	config_print(&in_force, cfg);
	config_print(&again, other);
	check_str(buf_str(&again), buf_str(&in_force));
	check(str_starts(buf_str(&again), S("http.address = 127.0.0.1\nhttp.port = 8080\n")));
}

TEST(a_file_that_is_not_there_is_told)
{
	check(!config_load(c, fresh(c), S("/nonexistent/psirt.conf")));
	check_fault(c, E_NOTFOUND, NULL);
	check(!config_load(c, fresh(c), S("/")));
	check_fault(c, E_IO, NULL);
}

struct flaws { long line[8]; size_t n; };

static void flaw_note(void *arg, const struct fault *f)
{
	struct flaws *all = arg;

	if (all->n < 8)
		all->line[all->n++] = f->line;
}

TEST(a_review_tells_every_wrong_line_and_reads_the_others)
{
	struct config *cfg = fresh(c);
	struct flaws   all = { 0 };

	config_review(c, cfg, S("[http]\nprot = 80\nport = 81\n[sit]\n[log]\nlevel = loud\n"), flaw_note, &all);
	check_int(all.n, 3);
	check(all.line[0] == 2 && all.line[1] == 4 && all.line[2] == 6);
	check_int(config_int(cfg, "http.port"), 81);
	check_int(config_line(cfg, "http.port"), 3);
	check_ok(c, config_set(c, cfg, S("http.port"), S("82")));
	check_int(config_line(cfg, "http.port"), 0);
}
