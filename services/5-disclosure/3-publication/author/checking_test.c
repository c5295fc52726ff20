#include "base/test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "services/5-disclosure/3-publication/author/checking.h"
#include "services/5-disclosure/3-publication/author/inspection.h"

static const char document[] = "{\"document\":{\"csaf_version\":\"2.0\"}}";
static const struct { const char *name, *text; } files[] = {
	{ "a.json", document }, { "feed.json", "{\"feed\":{\"id\":\"x\",\"entry\":[]}}" },
	{ "provider-metadata.json", "{\"canonical_url\":\"https://a.example/\"}" }, { "other.json", "{}" }, { "notes.txt", "no" },
	{ "scores.csv", "#model_version:v1,score_date:2026-11-24T00:00:00+0000\ncve,epss,percentile\nCVE-2026-10042,0.5,0.9\n" },
	{ "wrong.csv", "#model_version:v1,score_date:2026-11-24T00:00:00+0000\ncve,epss,percentile\nCVE-2026-10042,1.5,0.9\n" },
};
enum { FILES = sizeof(files) / sizeof(*files) };

struct room { char path[32]; };

static const char *file_of(struct ctx *c, const struct room *r, int i)
{
	return cstr(c->arena, str_fmt(c->arena, "%s/%s", r->path, files[i].name));
}

static void room_open(struct ctx *c, struct room *r)
{
	*r = (struct room){ "/tmp/psirt-check.XXXXXX" };
	check(mkdtemp(r->path) != NULL);
	for (int i = 0; i < FILES; i++) {
		FILE *f = fopen(file_of(c, r, i), "wb");

		check(f && fwrite(files[i].text, 1, strlen(files[i].text), f) == strlen(files[i].text) && fclose(f) == 0);
	}
}

static void room_close(struct ctx *c, const struct room *r)
{
	for (int i = 0; i < FILES; i++)
		(void)unlink(file_of(c, r, i));
	(void)rmdir(r->path);
}

static int run(struct ctx *c, int (*tool)(struct ctx *, int, char **, struct buf *, struct buf *), const char *path, struct buf *out,
               struct buf *err)
{
	char *argv[] = { cstr(c->arena, S("--json")), cstr(c->arena, str_of(path)), NULL };
	struct front none = { 0 };

	c->front = &none;
	buf_init(out, c->arena, 1 << 20);
	buf_init(err, c->arena, 1 << 16);
	return tool(c, 2, argv, out, err);
}

static bool has(const struct buf *b, const char *part)
{
	return str_find(buf_str(b), str_of(part), 0) != SIZE_MAX;
}

TEST(of_a_folder_what_belongs_to_the_provider_is_left_out_and_told)
{
	struct room r;
	struct buf out, err;

	room_open(c, &r);
	check_int(run(c, csaf_check_run, r.path, &out, &err), 1);
	check(has(&out, "/a.json\"") && has(&out, "/other.json\"") && !has(&out, "feed.json") && !has(&out, "metadata"));
	check(has(&err, "feed.json: ") && has(&err, "provider-metadata.json: ") && !has(&err, "other.json"));
	check_int(run(c, csaf_check_run, file_of(c, &r, 1), &out, &err), 1);   /* named, it is judged */
	check(has(&out, "feed.json\"") && !has(&err, "feed.json"));
	room_close(c, &r);
}

TEST(a_folder_without_documents_is_told_by_every_check)
{
	char path[] = "/tmp/psirt-check.XXXXXX";
	struct buf out, err;

	check(mkdtemp(path) != NULL);
	check_int(run(c, csaf_check_run, path, &out, &err), 3);
	check(has(&err, path));
	check_int(run(c, osv_check_run, path, &out, &err), 3);
	check(has(&err, path));
	check_int(run(c, cve_check_run, path, &out, &err), 3);
	(void)rmdir(path);
}

TEST(scores_of_epss_are_judged_and_what_is_wrong_has_its_line_and_column)
{
	struct room r;
	struct buf  out, err;

	room_open(c, &r);
	check_int(run(c, epss_check_run, file_of(c, &r, 5), &out, &err), 0);
	check(has(&out, "\"version\":\"v1\",\"valid\":true"));
	check_int(run(c, epss_check_run, file_of(c, &r, 6), &out, &err), 1);
	check(has(&out, "\"valid\":false,\"line\":3,\"column\":16"));
	check_int(run(c, epss_check_run, file_of(c, &r, 4), &out, &err), 1);
	room_close(c, &r);
}
