#include "tests/fault/disk_test.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The main file and what stands beside it; -shm is never on a disk after a cut. */
enum part { PART_MAIN, PART_WAL, PART_JOURNAL, PARTS };
static const char *const tails[PARTS] = { "", "-wal", "-journal" };

enum what { WROTE, CUT, SYNCED, DELETED };

struct entry { enum part part; enum what what; sqlite3_int64 at; size_t n; char *bytes; };

struct image { char *bytes; size_t n, cap; bool there; };

struct disk_file {
	sqlite3_file base;
	enum part    part;
	bool         logged;
	sqlite3_file *real;
};

static sqlite3_vfs  disk_vfs, *under;
static struct entry *entries;
static size_t        n_entries, cap_entries;
static struct image  start;
static bool          to_normal;
static int64_t       full_at, writes;

/* ---- the log ---- */

static void entry_add(enum part part, enum what what, sqlite3_int64 at, const void *bytes, size_t n)
{
	struct entry *e;

	if (n_entries == cap_entries) {
		cap_entries = cap_entries ? cap_entries * 2 : 1024;
		entries     = realloc(entries, cap_entries * sizeof(*entries));
		if (!entries)
			abort();
	}
	e  = &entries[n_entries++];
	*e = (struct entry){ part, what, at, n, NULL };
	if (bytes) {
		e->bytes = malloc(n ? n : 1);
		if (!e->bytes)
			abort();
		memcpy(e->bytes, bytes, n);
	}
}

static void log_clear(void)
{
	for (size_t i = 0; i < n_entries; i++)
		free(entries[i].bytes);
	free(entries);
	entries   = NULL;
	n_entries = cap_entries = 0;
	free(start.bytes);
	start = (struct image){ 0 };
}

static bool full(void)
{
	writes++;
	return full_at && writes >= full_at;
}

/* ---- files ---- */

static sqlite3_file *real_of(sqlite3_file *f)
{
	return ((struct disk_file *)f)->real;
}

static int f_close(sqlite3_file *f)
{
	return real_of(f)->pMethods ? real_of(f)->pMethods->xClose(real_of(f)) : SQLITE_OK;
}

static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	struct disk_file *d = (struct disk_file *)f;
	int rc;

	if (full())
		return SQLITE_FULL;
	rc = real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
	if (rc == SQLITE_OK && d->logged)
		entry_add(d->part, WROTE, at, from, (size_t)n);
	return rc;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	struct disk_file *d  = (struct disk_file *)f;
	int               rc = real_of(f)->pMethods->xTruncate(real_of(f), size);

	if (rc == SQLITE_OK && d->logged)
		entry_add(d->part, CUT, size, NULL, 0);
	return rc;
}

static int f_sync(sqlite3_file *f, int flags)
{
	struct disk_file *d  = (struct disk_file *)f;
	int               rc = real_of(f)->pMethods->xSync(real_of(f), flags);

	if (rc == SQLITE_OK && d->logged)
		entry_add(d->part, SYNCED, 0, NULL, 0);
	return rc;
}

static int f_size(sqlite3_file *f, sqlite3_int64 *out)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), out);
}

static int f_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int f_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int f_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

/* The driver asks for synchronous=FULL; the control is what happens with less. */
static int f_control(sqlite3_file *f, int op, void *arg)
{
	char **pragma = arg;

	if (op == SQLITE_FCNTL_PRAGMA && to_normal && strcmp(pragma[1], "synchronous") == 0 && pragma[2] && *pragma[2]) {
		pragma[2][0] = '1';
		pragma[2][1] = 0;
	}
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int f_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int f_traits(sqlite3_file *f)
{
	/* Nothing promised: neither that a sector is written whole nor in order. */
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f)) &
	       ~(SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_SEQUENTIAL);
}

static int f_shm_map(sqlite3_file *f, int i, int n, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), i, n, extend, out);
}

static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}

static void f_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int f_shm_unmap(sqlite3_file *f, int gone)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), gone);
}

static const sqlite3_io_methods methods = {
	2, f_close, f_read, f_write, f_truncate, f_sync, f_size, f_lock, f_unlock, f_reserved, f_control,
	f_sector, f_traits, f_shm_map, f_shm_lock, f_shm_barrier, f_shm_unmap, NULL, NULL,
};

/* ---- the VFS ---- */

static enum part part_of(const char *path)
{
	str p = str_of(path);

	for (int i = 1; i < PARTS; i++)
		if (p.n > strlen(tails[i]) && str_eq(str_slice(p, p.n - strlen(tails[i]), p.n), str_of(tails[i])))
			return (enum part)i;
	return PART_MAIN;
}

static int v_open(sqlite3_vfs *v, sqlite3_filename path, sqlite3_file *f, int flags, int *out)
{
	struct disk_file *d = (struct disk_file *)f;
	int rc;

	(void)v;
	d->real   = (sqlite3_file *)(d + 1);
	d->logged = path && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL);
	d->part   = path ? part_of(path) : PART_MAIN;
	rc        = under->xOpen(under, path, d->real, flags, out);
	d->base.pMethods = rc == SQLITE_OK ? &methods : NULL;
	return rc;
}

static int v_delete(sqlite3_vfs *v, const char *path, int sync)
{
	int rc = under->xDelete(under, path, sync);

	(void)v;
	if (rc == SQLITE_OK)
		entry_add(part_of(path), DELETED, 0, NULL, 0);
	return rc;
}

void disk_rest(void)
{
	sqlite3_vfs_unregister(&disk_vfs);
	sqlite3_vfs_register(under, 1);
}

void disk_close(void)
{
	disk_rest();
	log_clear();
}

void disk_open(bool normal)
{
	/* Of a test that failed in the middle: under this disk there is never this disk. */
	if (sqlite3_vfs_find("disk") == &disk_vfs)
		disk_close();
	under           = sqlite3_vfs_find(NULL);
	disk_vfs        = *under;
	disk_vfs.zName  = "disk";
	disk_vfs.pNext  = NULL;
	disk_vfs.szOsFile = (int)sizeof(struct disk_file) + under->szOsFile;
	disk_vfs.xOpen  = v_open;
	disk_vfs.xDelete = v_delete;
	to_normal       = normal;
	full_at = writes = 0;
	if (sqlite3_vfs_register(&disk_vfs, 1) != SQLITE_OK)
		abort();
}

void disk_begin(struct ctx *c, str path)
{
	str bytes = test_file(c, path);

	log_clear();
	check(bytes.n > 0);
	start = (struct image){ malloc(bytes.n), bytes.n, bytes.n, true };
	if (!start.bytes)
		abort();
	memcpy(start.bytes, bytes.p, bytes.n);
}

int64_t disk_fill(int64_t n)
{
	int64_t was = writes;

	full_at = n;
	writes  = 0;
	return was;
}

size_t disk_at(void)
{
	return n_entries;
}

/* ---- after the cut ---- */

static void image_put(struct image *m, const struct entry *e, size_t n)
{
	size_t end = (size_t)e->at + n;

	m->there = true;
	if (e->what == CUT) {
		end = (size_t)e->at;
		if (end < m->n)
			m->n = end;
		return;
	}
	if (end > m->cap) {
		m->cap   = end * 2;
		m->bytes = realloc(m->bytes, m->cap);
		if (!m->bytes)
			abort();
	}
	if (end > m->n) {
		memset(m->bytes + m->n, 0, end - m->n);
		m->n = end;
	}
	memcpy(m->bytes + e->at, e->bytes, n);
}

static uint64_t dice;

static uint64_t roll(void)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return dice;
}

/* Some of what was not synced, in any order. */
static void image_gamble(struct image *m, struct entry **pending, size_t n, enum disk_loss how)
{
	for (size_t i = n; i > 1; i--) {
		size_t        k = roll() % i;
		struct entry *e = pending[k];
		pending[k]      = pending[i - 1];
		pending[i - 1]  = e;
	}
	for (size_t i = 0; i < n; i++)
		if (roll() & 1)
			image_put(m, pending[i], how == DISK_TORN && pending[i]->n ? roll() % pending[i]->n : pending[i]->n);
}

static void image_of(enum part part, size_t at, enum disk_loss how, struct image *m)
{
	struct entry **pending = malloc((at + 1) * sizeof(struct entry *));
	size_t         n       = 0;

	if (!pending)
		abort();
	for (size_t i = 0; i < at; i++) {
		struct entry *e = &entries[i];
		if (e->part != part)
			continue;
		if (e->what == SYNCED) {
			for (size_t k = 0; k < n; k++)
				image_put(m, pending[k], pending[k]->n);
			n = 0;
		} else if (e->what == DELETED) {
			n    = 0;
			m->n = 0;
			m->there = false;
		} else {
			pending[n++] = e;
		}
	}
	if (how != DISK_NOTHING)
		image_gamble(m, pending, n, how);
	free(pending);
}

static void image_save(struct ctx *c, const struct image *m, str path)
{
	const char *name = cstr(c->arena, path);
	int         fd;

	unlink(name);
	if (!m->there)
		return;
	fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	check(fd >= 0 && write(fd, m->bytes, m->n) == (ssize_t)m->n);
	close(fd);
}

void disk_cut(struct ctx *c, size_t at, enum disk_loss how, uint64_t seed, str path)
{
	dice = seed * 2654435761u + 88172645463325252u;
	for (int i = 0; i < PARTS; i++) {
		struct image m = { 0 };
		if (i == PART_MAIN && start.there) {
			m = (struct image){ malloc(start.n + 1), start.n, start.n, true };
			if (!m.bytes)
				abort();
			memcpy(m.bytes, start.bytes, start.n);
		}
		image_of((enum part)i, at, how, &m);
		image_save(c, &m, STR_CAT(c->arena, path, str_of(tails[i])));
		free(m.bytes);
	}
	unlink(STR_CAT(c->arena, path, S("-shm")).p);
}
