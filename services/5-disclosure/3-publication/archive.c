#include "services/5-disclosure/3-publication/archive.h"

#include <stdlib.h>
#include <string.h>

#include "gen/archive.sql.h"

#include "services/5-disclosure/3-publication/apart.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "standards/csaf/provider.h"
#include "standards/tar/tarball.h"

enum { ARCHIVE_MAX = 48 << 20, SCRATCH = 256 << 20 };

/* What is made: its bytes are of the caller's arena. */
struct archiving { time_us ended; str past, bytes; int64_t n; };

/* ---- when ---- */

static bool ended_at(struct ctx *c, time_us *out)
{
	struct transition when;

	TRY(transition_load(c, &when));
	*out = transition_over(c, &when) ? when.end : TIME_NONE;
	return true;
}

bool archive_there(struct ctx *c, time_us *ended, bool *there)
{
	struct archive_state_row s;

	*there = false;
	TRY(ended_at(c, ended));
	if (*ended == TIME_NONE)
		return true;
	TRY(sql_archive_state(c, S(ARCHIVE_FILE), &s, there));
	*there = *there && s.ended_at == *ended;
	return true;
}

static bool is_due(struct ctx *c, struct archiving *w, bool *due)
{
	struct archive_state_row s;
	struct archive_past_row  past;
	bool                     there;

	*due = false;
	TRY(ended_at(c, &w->ended));
	if (w->ended == TIME_NONE)
		return true;
	TRY(sql_archive_state(c, S(ARCHIVE_FILE), &s, &there));
	TRY(sql_archive_past(c, &past));
	w->past = str_fmt(c->arena, "%lld %lld %lld", (long long)past.n, (long long)past.released, (long long)past.gone);
	*due    = !there || s.ended_at != w->ended || !str_eq(s.past, w->past);
	return true;
}

/* ---- making ---- */

/* One document and what lies beside it, in memory of its own. */
struct entry { struct tarball *to; const struct public_tree_row *row; };

static bool entry_put(struct ctx *c, void *arg)
{
	static const char *const beside[] = { "", ".sha256", ".sha512", ".asc" };
	struct entry *e = arg;
	str           year = str_slice(e->row->path, 0, 4), name = str_slice(e->row->path, 5, e->row->path.n);

	for (size_t i = 0; i < 4; i++) {
		struct sheet s = { 0 };

		if (i == 3 && !e->row->fingerprint.n)
			continue;
		TRY(tree_bytes(c, false, year, STR_CAT(c->arena, name, str_of(beside[i])), &s));
		TRY(tarball_file(c, e->to, STR_CAT(c->arena, e->row->path, str_of(beside[i])), s.raw, e->row->changed_at));
	}
	return true;
}

static int by_path(const void *a, const void *b)
{
	return str_cmp(((const struct public_tree_row *)a)->path, ((const struct public_tree_row *)b)->path);
}

struct building { struct buf b; int64_t n; };

/* meets CSAF-2.1 7.4.3: in folders by year, with digests and the signatures that there are */
static bool build(struct ctx *c, void *arg)
{
	struct building        *w = arg;
	struct public_tree_rows rows;
	struct tarball         *t;

	TRY(sql_public_tree(c, document_kind(TEXT_EN, false), document_kind(TEXT_JA, false), &rows));
	qsort(rows.v, rows.n, sizeof(*rows.v), by_path);
	buf_init(&w->b, c->arena, ARCHIVE_MAX);
	TRY(tarball_begin(c, &w->b, &t));
	for (size_t i = 0; i < rows.n; i++)
		TRY(work_apart(c, entry_put, &(struct entry){ t, &rows.v[i] }));
	w->n = (int64_t)rows.n;
	return tarball_end(c, t);
}

/* As long as it takes, but once: in the reading transaction, so that it is one state of the tree. */
bool archive_due(struct ctx *c, void **work)
{
	struct archiving *w = NEW(c->arena, struct archiving);
	struct building   made = { 0 };
	struct ctx        d = *c;
	struct arena      scratch;
	bool              due, ok;

	*work = NULL;
	TRY(is_due(c, w, &due));
	if (!due)
		return true;
	arena_init(&scratch, SCRATCH);
	d.arena = &scratch;
	ok      = ctx_net(&d, build, &made);
	if (!ok)
		c->fault = (struct fault){ .code = d.fault.code, .text = d.fault.text };
	w->n = made.n;
	if (ok)
		w->bytes.p = arena_room(c->arena, made.b.n);
	if (ok && w->bytes.p) {
		memcpy((char *)(uintptr_t)w->bytes.p, made.b.p, made.b.n);
		w->bytes.n = made.b.n;
	}
	arena_done(&scratch);
	*work = w;
	return ok && (w->bytes.p || fault(c, E_LIMIT, NULL, NULL));
}

bool archive_act(UNUSED struct ctx *c, UNUSED void *work, bool *keep)
{
	*keep = true;
	return true;
}

bool archive_keep(struct ctx *c, void *work)
{
	const struct archiving *w = work;

	return sql_archive_put(c, S(ARCHIVE_FILE), w->ended, w->past, w->n, w->bytes, bytes_sha256(c, w->bytes), bytes_sha512(c, w->bytes), c->now);
}

/* ---- serving ---- */

const struct arg archive_file_args[] = {
	{ .name = "file", .kind = ARG_LINE, .max = 100, .must = true, .hidden = true, .label = N_("File") },
	{ 0 },
};

/* meets CSAF-2.1 7.4.3: with digests of the same algorithms */
bool archive_file(struct ctx *c, const struct args *a, struct sheet *out)
{
	str  file = arg_str(a, "file");
	bool h256 = str_eq(file, S(ARCHIVE_FILE ".sha256")), h512 = str_eq(file, S(ARCHIVE_FILE ".sha512")), there;
	struct archive_get_row r;
	time_us ended;

	TRY(archive_there(c, &ended, &there));
	if (!there || !(h256 || h512 || str_eq(file, S(ARCHIVE_FILE))))
		return fault(c, E_NOTFOUND, NULL, NULL);
	TRY(sql_archive_get(c, S(ARCHIVE_FILE), &r, &there));
	out->raw_at   = r.made_at;
	out->raw      = h256 || h512 ? provider_hash_line(c->arena, h256 ? r.sha256 : r.sha512, S(ARCHIVE_FILE)) : r.bytes;
	out->raw_type = h256 || h512 ? S("text/plain; charset=utf-8") : S("application/x-xz");
	return true;
}
