#include "services/5-disclosure/3-publication/author/stock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/point.h"
#include "platform/json/json_out.h"

enum { ITEMS_MAX = 2000000, STATE_BYTES = 1 << 30, LINE_BYTES = 1 << 14 };

static const char state_name[] = "/fetch.state";

static bool unwritten(struct ctx *c, str path)
{
	return fault(c, errno == ENOSPC ? E_DISK : E_IO, NULL, N_("The file {1} could not be written."), str_dup(c->arena, path));
}

static str inside(struct ctx *c, const struct stock *s, str path)
{
	return STR_CAT(c->arena, s->folder, S("/"), path);
}

/* ---- what is known ---- */

static void slot_put(struct stock *s, uint32_t at)
{
	size_t i = str_hash(s->items.v[at].url) & (s->slots - 1);

	while (s->slot[i])
		i = (i + 1) & (s->slots - 1);
	s->slot[i] = at + 1;
}

static bool slots_grow(struct stock *s)
{
	s->slots = s->slots ? s->slots * 2 : 1024;
	s->slot  = arena_alloc(s->c->arena, s->slots * sizeof(*s->slot));
	if (!s->slot)
		return false;
	for (uint32_t i = 0; i < s->items.n; i++)
		slot_put(s, i);
	return true;
}

static struct stock_item *find(const struct stock *s, str url)
{
	size_t i = s->slots ? str_hash(url) & (s->slots - 1) : 0;

	for (; s->slots && s->slot[i]; i = (i + 1) & (s->slots - 1))
		if (str_eq(s->items.v[s->slot[i] - 1].url, url))
			return &s->items.v[s->slot[i] - 1];
	return NULL;
}

const struct stock_item *stock_find(const struct stock *s, str url)
{
	return find(s, url);
}

static void mark_put(struct stock *s, uint64_t h)
{
	size_t i = h & (s->marks_max - 1);

	while (s->mark[i] && s->mark[i] != h)
		i = (i + 1) & (s->marks_max - 1);
	s->mark[i] = h;
}

/* Without memory nothing is remembered: a document may be looked at twice. */
static void marks_grow(struct stock *s)
{
	uint64_t *old = s->mark, *wide = arena_alloc(s->c->arena, (s->marks_max ? s->marks_max * 2 : 1024) * sizeof(*wide));
	size_t    n   = s->marks_max;

	if (!wide)
		return;
	s->mark      = wide;
	s->marks_max = n ? n * 2 : 1024;
	for (size_t i = 0; i < n; i++)
		if (old[i])
			mark_put(s, old[i]);
}

bool stock_met(struct stock *s, str url)
{
	uint64_t h = str_hash(url) | 1;
	size_t   i;

	if (s->marks * 2 >= s->marks_max)
		marks_grow(s);
	if (s->marks * 2 >= s->marks_max)
		return false;
	for (i = h & (s->marks_max - 1); s->mark[i]; i = (i + 1) & (s->marks_max - 1))
		if (s->mark[i] == h)
			return true;
	s->mark[i] = h;
	s->marks++;
	return false;
}

static bool remember(struct ctx *c, struct stock *s, const struct stock_item *item)
{
	struct arena      *a    = s->c->arena;
	struct stock_item *have = find(s, item->url);
	struct stock_item  copy = { str_dup(a, item->url), str_dup(a, item->path), str_dup(a, item->sha256), item->updated,
		str_dup(a, item->etag), str_dup(a, item->modified) };

	if (have) {
		copy.url = have->url;
		*have    = copy;
		return true;
	}
	if (s->items.n * 2 >= s->slots && !slots_grow(s))
		return fault(c, E_LIMIT, NULL, N_("There are more documents than can be kept."));
	if (!list_push(a, &s->items, copy))
		return fault(c, E_LIMIT, NULL, N_("There are more documents than can be kept."));
	slot_put(s, (uint32_t)s->items.n - 1);
	return true;
}

/* ---- the state ---- */

static void item_print(struct buf *b, struct arena *a, const struct stock_item *i)
{
	struct json_out o;

	json_out_init(&o, b, JSON_COMPACT);
	json_open_object(&o);
	json_put_str(&o, "url", i->url);
	json_put_str(&o, "path", i->path);
	json_put_str(&o, "sha256", i->sha256);
	json_put_time(&o, a, "updated", i->updated);
	json_put_str(&o, "etag", i->etag);
	json_put_str(&o, "modified", i->modified);
	json_close(&o);
	buf_char(b, '\n');
}

/* One line; what is no such line is passed over. */
static bool line_take(struct ctx *c, struct stock *s, str line)
{
	const struct json *v;
	struct stock_item  i;

	if (!line.n || !json_parse(c, line, NULL, &v)) {
		c->fault = (struct fault){ 0 };
		return true;
	}
	i = (struct stock_item){ json_get_str(v, S("url")), json_get_str(v, S("path")), json_get_str(v, S("sha256")), TIME_NONE,
		json_get_str(v, S("etag")), json_get_str(v, S("modified")) };
	if (!time_parse(json_get_str(v, S("updated")), &i.updated))
		i.updated = TIME_NONE;
	return !i.url.n || remember(c, s, &i);
}

static bool lines_take(struct stock *s, FILE *f)
{
	char         line[LINE_BYTES];
	bool         ok = true;
	struct arena a;
	struct ctx   c;

	while (ok && fgets(line, sizeof(line), f)) {
		size_t n = strlen(line);
		arena_init(&a, 1 << 20);
		ctx_init(&c, &a);
		if (n && line[n - 1] == '\n')
			ok = line_take(&c, s, (str){ line, n - 1 });
		if (!ok)
			s->c->fault = (struct fault){ .code = E_LIMIT };
		arena_done(&a);
	}
	return ok;
}

static bool state_open(struct ctx *c, struct stock *s)
{
	str         path = STR_CAT(c->arena, s->folder, str_of(state_name));
	struct stat st;
	FILE       *f;
	bool        ok;

	s->state = open(cstr(c->arena, path), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (s->state < 0)
		return unwritten(c, path);
	if (fstat(s->state, &st) != 0 || st.st_size > STATE_BYTES)
		return fault(c, E_LIMIT, NULL, N_("{1} is larger than can be read."), path);
	f  = fdopen(dup(s->state), "r");
	ok = f && lines_take(s, f);
	if (f)
		fclose(f);
	return ok || fault(c, E_LIMIT, NULL, N_("{1} cannot be read."), path);
}

/* What a run that was ended left behind. */
static void drafts_sweep(struct ctx *c, const struct stock *s)
{
	DIR           *d = opendir(cstr(c->arena, s->folder));
	struct dirent *e;

	while (d && (e = readdir(d)))
		if (str_starts(str_of(e->d_name), S(".draft-")))
			(void)!unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

bool stock_open(struct ctx *c, struct stock *s, str folder)
{
	*s = (struct stock){ .c = c, .folder = folder, .lock = -1, .state = -1, .items.max = ITEMS_MAX };
	if (mkdir(cstr(c->arena, folder), 0700) != 0 && errno != EEXIST)
		return fault(c, E_IO, NULL, N_("The directory {1} could not be made."), folder);
	s->lock = open(cstr(c->arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->lock < 0)
		return fault(c, E_IO, NULL, N_("The directory {1} could not be made."), folder);
	if (flock(s->lock, LOCK_EX | LOCK_NB) != 0)
		return fault(c, E_BUSY, NULL, N_("Another run is at {1}."), folder);
	TRY(state_open(c, s));
	drafts_sweep(c, s);
	return true;
}

void stock_close(struct stock *s)
{
	if (s->state >= 0)
		close(s->state);
	if (s->lock >= 0)
		close(s->lock);
	s->state = s->lock = -1;
}

bool stock_keep(struct ctx *c, struct stock *s, const struct stock_item *item)
{
	struct buf b;

	TRY(remember(c, s, item));
	buf_init(&b, c->arena, LINE_BYTES);
	item_print(&b, c->arena, item);
	if (b.full || write(s->state, b.p, b.n) != (ssize_t)b.n)
		return unwritten(c, STR_CAT(c->arena, s->folder, str_of(state_name)));
	return true;
}

bool stock_settle(struct ctx *c, struct stock *s)
{
	str          draft = STR_NONE;
	int          fd    = stock_draft(c, s, &draft);
	struct arena a;
	struct buf   b;
	bool         ok = fd >= 0;

	for (size_t i = 0; ok && i < s->items.n; i++) {
		arena_init(&a, 1 << 20);
		buf_init(&b, &a, LINE_BYTES);
		item_print(&b, &a, &s->items.v[i]);
		ok = b.full || write(fd, b.p, b.n) == (ssize_t)b.n;
		arena_done(&a);
	}
	if (ok)
		return stock_place(c, s, draft, fd, S("fetch.state"));
	if (fd < 0)
		return false;
	stock_drop(c, draft, fd);
	return unwritten(c, draft);
}

/* ---- files ---- */

bool stock_has(struct ctx *c, const struct stock *s, const struct stock_item *item)
{
	struct stat st;

	return item->path.n && stat(cstr(c->arena, inside(c, s, item->path)), &st) == 0 && S_ISREG(st.st_mode);
}

int stock_draft(struct ctx *c, const struct stock *s, str *name)
{
	char *path = cstr(c->arena, inside(c, s, S(".draft-XXXXXX")));
	int   fd   = point_fails(POINT_FILE, "stock.draft") ? -1 : mkostemp(path, O_CLOEXEC);

	*name = str_of(path);
	if (fd < 0)
		(void)unwritten(c, *name);
	return fd;
}

static bool folders_make(struct ctx *c, const struct stock *s, str path)
{
	for (size_t i = 1; i < path.n; i++)
		if (path.p[i] == '/' && mkdir(cstr(c->arena, inside(c, s, str_slice(path, 0, i))), 0700) != 0 && errno != EEXIST)
			return unwritten(c, path);
	return true;
}

bool stock_place(struct ctx *c, const struct stock *s, str draft, int fd, str path)
{
	bool ok = folders_make(c, s, path);

	if (ok && (fdatasync(fd) != 0 || rename(cstr(c->arena, draft), cstr(c->arena, inside(c, s, path))) != 0))
		ok = unwritten(c, inside(c, s, path));
	if (!ok)
		(void)!unlink(cstr(c->arena, draft));
	close(fd);
	return ok;
}

void stock_drop(struct ctx *c, str draft, int fd)
{
	(void)!unlink(cstr(c->arena, draft));
	close(fd);
}

bool stock_write(struct ctx *c, const struct stock *s, str path, str bytes)
{
	str draft;
	int fd = stock_draft(c, s, &draft);

	if (fd < 0)
		return false;
	if (write(fd, bytes.p ? bytes.p : "", bytes.n) != (ssize_t)bytes.n) {
		stock_drop(c, draft, fd);
		return unwritten(c, path);
	}
	return stock_place(c, s, draft, fd, path);
}
