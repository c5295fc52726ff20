#include "doors/cli/purse.h"

#include "base/test.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void home_make(struct ctx *c)
{
	char path[] = "/tmp/purse.XXXXXX";

	check(mkdtemp(path) != NULL);
	check(setenv("XDG_CONFIG_HOME", path, 1) == 0);
	(void)c;
}

static void home_drop(struct ctx *c)
{
	str path = purse_path(c);

	(void)unlink(cstr(c->arena, path));
	(void)rmdir(cstr(c->arena, str_slice(path, 0, path.n - 7)));
	(void)rmdir(getenv("XDG_CONFIG_HOME"));
	unsetenv("XDG_CONFIG_HOME");
}

static str found(struct ctx *c, const char *server)
{
	str token;

	check_ok(c, purse_find(c, str_of(server), &token));
	return token;
}

TEST(a_token_is_kept_for_the_server_that_gave_it_and_for_its_owner_alone)
{
	struct stat st;

	home_make(c);
	check_int((int64_t)found(c, "/run/a.sock").n, 0);
	check_ok(c, purse_keep(c, S("/run/a.sock"), S("psirt_one")));
	check_ok(c, purse_keep(c, S("127.0.0.1:8080"), S("psirt_two")));
	check_str(found(c, "/run/a.sock"), S("psirt_one"));
	check_str(found(c, "127.0.0.1:8080"), S("psirt_two"));
	check_int((int64_t)found(c, "/run/other.sock").n, 0);
	check_int((int64_t)found(c, "/run/a").n, 0);
	check(stat(cstr(c->arena, purse_path(c)), &st) == 0);
	check_int(st.st_mode & 0777, 0600);
	check_ok(c, purse_keep(c, S("/run/a.sock"), S("psirt_three")));
	check_str(found(c, "/run/a.sock"), S("psirt_three"));
	check_ok(c, purse_keep(c, S("/run/a.sock"), STR_NONE));
	check_int((int64_t)found(c, "/run/a.sock").n, 0);
	check_str(found(c, "127.0.0.1:8080"), S("psirt_two"));
	home_drop(c);
}

TEST(a_file_that_others_may_read_is_not_used)
{
	str token;

	home_make(c);
	check_ok(c, purse_keep(c, S("/run/a.sock"), S("psirt_one")));
	check(chmod(cstr(c->arena, purse_path(c)), 0640) == 0);
	check(!purse_find(c, S("/run/a.sock"), &token));
	check_fault(c, E_STATE, NULL);
	check(!purse_keep(c, S("/run/a.sock"), S("psirt_two")));
	home_drop(c);
}
