#include "tests/fuzz/fuzz.h"

#include "base/buf.h"
#include "platform/json/json.h"
#include "platform/op/tool.h"
#include "services/2-discovery/3-components/notice_digest.h"

typedef int tool_fn(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

/* What the house is told, of good documents and of bad ones, is one object of JSON; of bad ones it says why. */
static const struct json *told(struct ctx *c, tool_fn *tool, str bytes)
{
	char               name[] = "-", *argv[] = { name, NULL };
	const struct json *root;
	struct buf         out, err;
	int                status;

	buf_init(&out, c->arena, 32 << 20);
	buf_init(&err, c->arena, 1 << 16);
	tool_source(bytes);
	status = tool(c, 1, argv, &out, &err);
	tool_source(STR_NONE);
	HOLDS(status == NOTICE_MADE || status == NOTICE_REFUSED);
	HOLDS(json_parse(c, buf_str(&out), NULL, &root) && json_is(root, JSON_OBJECT));
	HOLDS(status == NOTICE_MADE || json_get_str(root, S("text")).n || json_get_str(root, S("fault")).n);
	return status == NOTICE_MADE ? root : NULL;
}

static void run_notice(struct ctx *c, str bytes)
{
	EITHER(told(c, csaf_notice_run, bytes) != NULL);
}

static void run_listing(struct ctx *c, str bytes)
{
	EITHER(told(c, csaf_listing_run, bytes) != NULL);
}

static void run_revision(struct ctx *c, str bytes)
{
	const struct json *root = told(c, csaf_notice_changes_run, bytes);

	HOLDS(!root || json_count(json_get(root, S("changes"))) <= NOTICE_CHANGES);
}

static const struct fuzz_target targets[] = {
	{ .name = "notice", .run = run_notice, .json = true, .more = "csaf20 csaf21" },
	{ .name = "listing", .run = run_listing, .more = "metadata feed" },
	{ .name = "revision", .run = run_revision, .json = true },
};

const struct fuzz_table fuzz_supplier = { targets, sizeof(targets) / sizeof(*targets) };
