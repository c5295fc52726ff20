#ifndef FAULT_DISK_TEST_H
#define FAULT_DISK_TEST_H

/*
 * A disk that can be pulled: a SQLite VFS which passes everything on to the
 * real one and keeps a log of what was written, cut, deleted and synced.  From
 * the log follows what a disk would hold after a power cut at any moment: all
 * that was synced, and of the rest nothing, or any part in any order.
 * It can also be full.  Tests only; one database at a time.
 */

#include "base/test.h"

/* Make it the VFS of databases opened from now on; NORMAL: their synchronous=FULL becomes NORMAL. */
void disk_open(bool normal);
/* Databases opened from now on use the usual VFS; the log stays. */
void disk_rest(void);
/* The same, and the log is gone. */
void disk_close(void);
/* Forget the log; what the file at path holds now is on the disk. */
void disk_begin(struct ctx *c, str path);
/* Writes fail with ENOSPC from the n-th on (0: never); how many were counted since the last call. */
int64_t disk_fill(int64_t n);

/* Where the log is now. */
size_t disk_at(void);

enum disk_loss {
	DISK_NOTHING,    /* of what was not synced */
	DISK_SOME,       /* any of it, in any order, */
	DISK_TORN,       /* and the last one only in part */
};
/* What is left after a power cut at that place of the log, as files beside `path`. */
void disk_cut(struct ctx *c, size_t at, enum disk_loss how, uint64_t seed, str path);

#endif
