#ifndef COMPONENTS_NOTICE_DIGEST_H
#define COMPONENTS_NOTICE_DIGEST_H

/*
 * The two tools that read suppliers' documents, in the cage.
 *
 * psirt csaf notice FILE|-: what the house keeps of a CSAF document (2.0 or 2.1)
 * of a supplier beside its bytes, as one JSON object: who says what of which
 * product, by which names (CPE, purl without version) and in which versions.  Of
 * what cannot be read: {"fault","text","with","detail","detail_with","pointer",
 * "line","column"}, texts being message ids.
 *
 * psirt csaf revision FILE|-: of a JSON array of two editions, what the new
 * one says otherwise (standards/csaf/csaf_diff), without what every edition changes.
 */

#include "base/buf.h"
#include "base/ctx.h"

enum { NOTICE_MADE = 0, NOTICE_REFUSED = 1, NOTICE_USAGE = 2, NOTICE_UNREADABLE = 3 };

/* Bytes of a text; products told of, ways to name them, vulnerabilities, changes. */
enum { NOTICE_TITLE = 1000, NOTICE_SUMMARY = 4000, NOTICE_PRODUCTS = 20000, NOTICE_VULNS = 5000, NOTICE_CHANGES = 500 };

/*
 * psirt csaf listing FILE|-: of the metadata of a provider its feeds, folders and keys;
 * of a feed, changes.csv or index.txt the documents that it names.
 */
int csaf_listing_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/* psirt csaf places FILE|-: the values of the fields CSAF of a security.txt, as {"places":[…]}. */
int csaf_places_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
enum { LISTING_ENTRIES = 20000, LISTING_WAYS = 200, LISTING_KEYS = 10, LISTING_PLACES = 20 };

/* Shared by the tools: the fault of c as such an object; the one file of the command line. */
void notice_wrong(struct ctx *c, struct buf *out);
bool notice_read_one(struct ctx *c, int argc, char **argv, const char *usage, str *bytes, struct buf *err, int *status) MUST_CHECK;
int csaf_notice_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
int csaf_notice_changes_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
