#ifndef PLATFORM_DB_BOOKS_TEST_H
#define PLATFORM_DB_BOOKS_TEST_H

/* A small database for the tests of platform/db (testing/), on each engine.  Tests only. */

#include "base/test.h"
#include "gen/shelf.sql.h"
#include "platform/db/db.h"

extern const struct db_viewer shelf_team, shelf_ann;

typedef void story_fn(struct ctx *c);

shelf_id shelf(const char *id);
book_id  book(const char *id);
bool     add_book(struct ctx *c, const char *id, const char *title, const char *owner, int64_t pages) MUST_CHECK;
/* How many books who looks sees. */
int64_t books_seen(struct ctx *c);

/* Makes one shelf and three books, of which one is ann's. */
void shelf_fill(struct ctx *c);
/* Tells the story on a database filled so. */
void on_memory(struct ctx *c, story_fn *story);
void on_file(struct ctx *c, story_fn *story);
void on_postgres(struct ctx *c, story_fn *story);   /* skipped without PSIRT_TEST_PG */

#define STORY(id) \
	static void id##_story(struct ctx *c); \
	TEST(id##_in_memory) { on_memory(c, id##_story); } \
	TEST(id##_in_a_file) { on_file(c, id##_story); } \
	TEST(id##_on_postgresql) { on_postgres(c, id##_story); } \
	static void id##_story(struct ctx *c)

#endif
