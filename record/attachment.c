#include "record/attachment.h"

#include "gen/attachment.sql.h"

#include <openssl/evp.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/clock.h"

/* Read up to n bytes at an offset, whole unless the file ends. */
static bool read_at(struct ctx *c, int fd, char *to, size_t n, off_t at, size_t *got)
{
	*got = 0;
	while (*got < n) {
		ssize_t r = pread(fd, to + *got, n - *got, at + (off_t)*got);
		if (r < 0 || point_fails(POINT_FILE, "attachment.read"))
			return fault(c, E_IO, NULL, N_("The uploaded file could not be read."));
		if (r == 0)
			break;
		*got += (size_t)r;
	}
	return true;
}

static bool file_digest(struct ctx *c, const struct file_part *f, char *room, str *hex)
{
	EVP_MD_CTX   *md = EVP_MD_CTX_new();
	unsigned char out[32];
	struct buf    b;
	bool          ok = true;
	size_t        got;

	EVP_DigestInit_ex(md, EVP_sha256(), NULL);
	for (off_t at = 0; ok && at < f->size; at += (off_t)got) {
		ok = read_at(c, f->fd, room, ATTACHMENT_CHUNK, at, &got);
		if (ok && got == 0)
			ok = fault(c, E_IO, NULL, N_("The uploaded file could not be read."));
		if (ok)
			EVP_DigestUpdate(md, room, got);
	}
	EVP_DigestFinal_ex(md, out, NULL);
	EVP_MD_CTX_free(md);
	buf_init(&b, c->arena, 64);
	buf_hex(&b, out, sizeof(out));
	*hex = buf_str(&b);
	return ok;
}

/* meets FIRST-1.1 3.3.4, 2.1.2.2: kept as bytes, never rendered */
bool attachment_store(struct ctx *c, str holder, const struct file_part *f, attachment_id *id)
{
	char   *room = arena_must(c->arena, 1, ATTACHMENT_CHUNK);
	int64_t max  = front_of(c)->file_max, ordinal = 0;
	size_t  got;
	str     hex;

	if (f->size > max)
		return fault(c, E_LIMIT, "file", N_("{1} has {2} bytes; at most {3} are accepted for one file."),
		             f->name, str_fmt(c->arena, "%lld", (long long)f->size),
		             str_fmt(c->arena, "%lld", (long long)max));
	TRY(file_digest(c, f, room, &hex));
	id->v = random_id(c);
	TRY(sql_attachment_insert(c, *id, holder, f->name.n ? f->name : S("unnamed"),
	                          f->type.n ? f->type : S("application/octet-stream"), f->size, hex, c->now));
	for (off_t at = 0; at < f->size; at += (off_t)got) {
		TRY(read_at(c, f->fd, room, ATTACHMENT_CHUNK, at, &got));
		TRY(sql_attachment_chunk_insert(c, *id, ordinal++, (str){ room, got }));
	}
	return true;
}

struct gather { char *p; size_t n, size; };

static bool gather_chunk(struct ctx *c, void *arg, const struct attachment_chunk_list_row *r)
{
	struct gather *g = arg;

	if (r->bytes.n > g->size - g->n)
		return fault(c, E_DATABASE, NULL, N_("A stored file is longer than it should be."));
	if (r->bytes.n)
		memcpy(g->p + g->n, r->bytes.p, r->bytes.n);
	g->n += r->bytes.n;
	return true;
}

bool attachment_load(struct ctx *c, attachment_id id, str *name, str *bytes)
{
	struct attachment_get_row row;
	struct gather             g = { 0 };

	TRY(sql_attachment_get(c, id, &row));
	g.size = (size_t)row.size;
	g.p    = arena_alloc(c->arena, g.size + 1);
	if (!g.p)
		return fault(c, E_LIMIT, NULL, N_("The file is too large to be sent in one piece."));
	TRY(sql_attachment_chunk_list(c, id, gather_chunk, &g));
	*name  = row.name;
	*bytes = (str){ g.p, g.n };
	return true;
}
