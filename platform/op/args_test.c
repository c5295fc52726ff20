#include "platform/op/op.h"

#include "base/test.h"

static const struct arg defs[] = {
	{ .name = "name", .kind = ARG_LINE },
	{ .name = "password", .kind = ARG_SECRET },
	{ 0 },
};

TEST(work_that_was_given_a_password_wipes_its_memory)
{
	struct args a;

	args_init(&a, defs);
	check_ok(c, args_take(c, &a, S("name"), S("Mori"), true));
	check(!c->arena->wipe);
	check_ok(c, args_take(c, &a, S("password"), S("correct horse"), true));
	check(c->arena->wipe);
}
