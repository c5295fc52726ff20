#include "doors/keys/deed.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/test.h"
#include "doors/serve/node.h"
#include "record/house.h"

/* A house of its own in a new directory, which is removed with it. */
static str begin(struct ctx *c, struct node *n)
{
	char                folder[] = "/tmp/psirt-deed-XXXXXX";
	struct node_options o = { .founds = true, .migrate = true };

	check(mkdtemp(folder) != NULL);
	o.data = str_dup(c->arena, str_of(folder));
	check_ok(&n->c, node_open(n, &o));
	n->deeds = deed_open(c, o.data);
	check(n->deeds >= 0);
	return o.data;
}

static void end(struct ctx *c, struct node *n, str data)
{
	static const char *const files[] = { "deeds", "psirt.db", "psirt.db-wal", "psirt.db-shm", "seal.key" };

	node_close(n);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		unlink(cstr(c->arena, STR_CAT(c->arena, data, S("/"), str_of(files[i]))));
	check_int(rmdir(cstr(c->arena, data)), 0);
}

static int64_t entries(struct node *n)
{
	struct house_verdict v;

	check_ok(&n->c, house_verify(&n->c, &v));
	check(v.good);
	return v.entries;
}

static off_t left(const struct node *n)
{
	struct stat st;

	check(fstat(n->deeds, &st) == 0);
	return st.st_size;
}

TEST(what_was_done_with_keys_is_taken_into_the_audit_once)
{
	struct node n;
	str         data = begin(c, &n);

	check_ok(c, deed_write(c, data, S("hand"), S("ren@aozora.example")));
	check_ok(c, deed_write(c, data, S("new"), S("Story\nkeys.hand Works")));   /* one line all the same */
	check(left(&n) > 0);
	check_ok(&n.c, deed_take(&n.c, n.deeds));
	check_int(entries(&n), 2);
	check_int(left(&n), 0);
	check_ok(&n.c, deed_take(&n.c, n.deeds));
	check_int(entries(&n), 2);
	end(c, &n, data);
}

TEST(a_line_that_is_none_of_ours_is_no_entry)
{
	struct node n;
	str         data = begin(c, &n);
	str         text = S("case.close x\nkeys.handy y\nkeys.hand\n\xff\nkeys.keep cve-services, now, uid 0");   /* the last was cut short */

	check(write(n.deeds, text.p, text.n) == (ssize_t)text.n);
	check_ok(&n.c, deed_take(&n.c, n.deeds));
	check_int(entries(&n), 1);
	end(c, &n, data);
}

TEST(while_the_operator_writes_the_lines_wait)
{
	struct node n;
	str         data  = begin(c, &n);
	int         other = open(cstr(c->arena, STR_CAT(c->arena, data, S("/deeds"))), O_RDWR | O_CLOEXEC);

	check_ok(c, deed_write(c, data, S("forget"), S("cve-services")));
	check(other >= 0 && flock(other, LOCK_EX) == 0);
	check_ok(&n.c, deed_take(&n.c, n.deeds));
	check_int(entries(&n), 0);
	close(other);
	check_ok(&n.c, deed_take(&n.c, n.deeds));
	check_int(entries(&n), 1);
	end(c, &n, data);
}

TEST(nothing_is_done_that_cannot_be_written_down)
{
	check(!deed_write(c, S("/nonexistent/house"), S("hand"), S("ren")));
	check_fault(c, E_IO, NULL);
}
