#include "services/5-disclosure/3-publication/tongue_test.h"

#include "record/setting.h"
#include "services/5-disclosure/3-publication/archive.h"
#include "services/5-disclosure/3-publication/past/history_test.h"
#include "standards/tar/tarball_test.h"

static void ends(struct ctx *c, const char *day)
{
	check_ok(c, db_begin(c, DB_WRITE, &house_viewer));
	check_ok(c, setting_save(c, "csaf20_end", str_of(day)));
	check_ok(c, db_commit(c));
}

static bool made(struct ctx *c)
{
	static const struct chore make = { "archive.make", archive_due, archive_act, archive_keep };
	bool done;

	check_ok(c, chore_run(c, &make, &done));
	return done;
}

/* none: it is not there. */
static str archive(struct ctx *c, struct story *t, const char *file)
{
	bool there = house_see(c, &t->h.nobody, "archive.file", &t->v, "file", file, NULL);

	if (!there)
		check_fault(c, E_NOTFOUND, NULL);
	return there ? str_dup(c->arena, t->v.raw) : STR_NONE;
}

static str page(struct ctx *c, struct story *t, const char *view, const char *number)
{
	check_ok(c, number ? house_see(c, &t->h.nobody, view, &t->v, "number", number, NULL) : house_see(c, &t->h.nobody, view, &t->v, NULL));
	return house_page(c, view, &t->v);
}

static const char *former(struct ctx *c, struct story *t, const char *number)
{
	struct sheet s;
	const char  *id;

	check_ok(c, past_import_one(c, &t->h.analyst, past_with(c, "https://other.example\"", "https://psirt.example.jp\"", "OW-2019-1", number, NULL), &s));
	id = cstr(c->arena, house_cell(c, &s, "files", 0, "id"));
	check_ok(c, house_do(c, &t->h.lead, "history.publish", &s, "id", id, NULL));
	return id;
}

/* meets CSAF-2.1 7.4.2, 7.4.3 */
TEST(what_stood_in_the_tree_of_2_0_is_an_archive_after_its_end)
{
	struct story t;
	str          document, digest, tar, xz;
	size_t       n;

	published(c, &t);
	former(c, &t, "OW-2019-1");
	check_ok(c, house_see(c, &t.h.nobody, "tree.file", &t.v, "tree", "v2.0", "folder", "white", "year", "2026", "file", "psirt-sa-2026-0001.json", NULL));
	document = str_dup(c->arena, t.v.raw);
	check_ok(c, house_see(c, &t.h.nobody, "provider.file", &t.v, "year", "2026", "file", "psirt-sa-2026-0001.json.sha512", NULL));
	digest = str_dup(c->arena, t.v.raw);
	ends(c, "2027-09-01");
	check(!made(c) && !archive(c, &t, "v2.0.tar.xz").p);
	check(!house_has(page(c, &t, "advisory.show", t.number), "id=\"ended\""));
	check(time_parse(S("2027-09-01T00:00:00Z"), &c->now));
	check(!archive(c, &t, "v2.0.tar.xz").p);
	check(house_has(page(c, &t, "advisory.show", t.number), "id=\"ended\"") && !house_has(page(c, &t, "advisory.list", NULL), "/archive/"));
	check(made(c) && !made(c));
	xz = archive(c, &t, "v2.0.tar.xz");
	check(str_starts(archive(c, &t, "v2.0.tar.xz.sha256"), bytes_sha256(c, xz)));
	check(str_starts(archive(c, &t, "v2.0.tar.xz.sha512"), bytes_sha512(c, xz)));
	check(!archive(c, &t, "v2.0.tar.gz").p);
	tar = tarball_unpacked(c, xz);
	check_str(tarball_find(c, tar, "2026/psirt-sa-2026-0001.json", &n), document);
	check_int((int64_t)n, 9);   /* three documents, each with two digests */
	check_str(tarball_find(c, tar, "2026/psirt-sa-2026-0001.json.sha512", &n), digest);
	check(tarball_find(c, tar, "2026/psirt-sa-2026-0001-ja.json", &n).p && tarball_find(c, tar, "2019/ow-2019-1.json.sha256", &n).p);
	check(house_has(page(c, &t, "advisory.show", t.number), "/archive/v2.0.tar.xz") && house_has(page(c, &t, "advisory.list", NULL), "/archive/v2.0.tar.xz"));
	check(house_has(page(c, &t, "advisory.show", "OW-2019-1"), "/archive/v2.0.tar.xz"));
	house_close(c);
}

/* What was taken off the public pages is not in the archive either, and what comes is. */
TEST(an_archive_follows_what_is_withdrawn_and_what_is_published_after_it)
{
	struct story t;
	const char  *id;
	size_t       n;

	published(c, &t);
	id = former(c, &t, "OW-2019-1");
	ends(c, "2027-09-01");
	check(time_parse(S("2027-09-02T00:00:00Z"), &c->now));
	check(made(c));
	check_ok(c, house_do(c, &t.h.lead, "history.withdraw", &t.s, "id", id, "reason_en", "A mistake.", "reason_ja", "誤り。", NULL));
	check(made(c) && !made(c));
	check(!tarball_find(c, tarball_unpacked(c, archive(c, &t, "v2.0.tar.xz")), "2019/ow-2019-1.json", &n).p);
	check_int((int64_t)n, 6);
	former(c, &t, "OW-2019-2");
	check(made(c));
	check(tarball_find(c, tarball_unpacked(c, archive(c, &t, "v2.0.tar.xz")), "2019/ow-2019-2.json", &n).p);
	/* The end is moved: the tree is there again, and a new archive at the new end. */
	ends(c, "2027-10-01");
	check(!archive(c, &t, "v2.0.tar.xz").p && !made(c));
	check_ok(c, house_see(c, &t.h.nobody, "tree.index", &t.v, "tree", "v2.0", "folder", "white", NULL));
	check(time_parse(S("2027-10-02T00:00:00Z"), &c->now));
	check(!archive(c, &t, "v2.0.tar.xz").p && made(c) && archive(c, &t, "v2.0.tar.xz").p);
	house_close(c);
}
