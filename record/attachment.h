#ifndef RECORD_ATTACHMENT_H
#define RECORD_ATTACHMENT_H

/*
 * Files: kept in the database in chunks, with size and SHA-256; never opened,
 * rendered or given a type that a browser would run.
 */

#include "platform/op/op.h"
#include "record/ids.h"

enum { ATTACHMENT_CHUNK = 256 << 10 };

/* Store an uploaded file for its holder (report or case id). Faults: E_LIMIT names the limit; E_IO. */
bool attachment_store(struct ctx *c, str holder, const struct file_part *f, attachment_id *id) MUST_CHECK;
/* Read the whole file; the caller has checked that the actor sees its holder. */
bool attachment_load(struct ctx *c, attachment_id id, str *name, str *bytes) MUST_CHECK;

#endif
