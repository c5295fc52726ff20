#include "doors/serve/node.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/test.h"
#include "doors/cli/cli.h"
#include "doors/keys/keys.h"
#include "doors/serve/serve.h"

enum { SOMEBODY = 65534 };

static int run(struct ctx *c, int (*verb)(struct options *), int argc, char **argv)
{
	struct options o;

	options_init(c, &o, argc, argv);
	return verb(&o);
}

TEST(root_leaves_nothing_in_a_directory_that_belongs_to_the_user_of_the_server)
{
	char  data[]  = "/tmp/psirt-node-XXXXXX";
	char *keys[]  = { "new", "--name", "A", "--mail", "a@example.org", "--data", data };
	char *copy[]  = { "/dev/null", "--data", data };

	if (geteuid() != 0)
		skip_test("not root");
	check(mkdtemp(data) != NULL && chown(data, SOMEBODY, SOMEBODY) == 0);
	check_int(run(c, keys_verb, 7, keys), fault_exit(E_STATE));
	check_int(run(c, serve_restore, 3, copy), fault_exit(E_STATE));
	check_int(rmdir(data), 0);   /* still empty */
}

TEST(one_may_work_in_a_directory_of_ones_own)
{
	char data[] = "/tmp/psirt-node-XXXXXX";

	check(mkdtemp(data) != NULL);
	check_ok(c, node_owner_check(c, str_of(data)));
	check_int(rmdir(data), 0);
	check_ok(c, node_owner_check(c, str_of(data)));   /* it may be made */
}

TEST(the_server_is_looked_for_in_its_directory_then_where_the_unit_puts_it)
{
	char  data[] = "/tmp/psirt-node-XXXXXX";
	str   there;
	FILE *f;

	check(mkdtemp(data) != NULL);
	check_str(cli_socket(c, str_of(data)), S("/run/psirt/psirt.sock"));
	check_str(cli_socket(c, S("")), S("/run/psirt/psirt.sock"));
	there = STR_CAT(c->arena, str_of(data), S("/psirt.sock"));
	f     = fopen(cstr(c->arena, there), "w");
	check(f && fclose(f) == 0);
	check_str(cli_socket(c, str_of(data)), there);
	check_int(unlink(cstr(c->arena, there)), 0);
	check_int(rmdir(data), 0);
}
