#include <stdio.h>

#include "base/buf.h"
#include "base/point.h"
#include "platform/db/driver.h"

static const struct db_query q_have = {
	.sqlite = "SELECT name, sha256 FROM db_migration ORDER BY name",
	.postgres = "SELECT name, sha256 FROM db_migration ORDER BY name", .types = "",
};
static const struct db_query q_add = {
	.sqlite = "INSERT INTO db_migration (name, sha256, applied) VALUES (?1, ?2, ?3)",
	.postgres = "INSERT INTO db_migration (name, sha256, applied) VALUES ($1, $2, $3)",
	.types = "tti", .writes = true,
};

struct have { str name, sha256; };
struct haves { struct have *v; size_t n; };

static const struct db_col have_cols[] = {
	{ "name", DB_TEXT, offsetof(struct have, name) },
	{ "sha256", DB_TEXT, offsetof(struct have, sha256) },
};

static bool load_haves(struct ctx *c, struct haves *out)
{
	struct db_run *r;

	TRY(db_start(c, &q_have, &r));
	return db_many(c, r, have_cols, 2, sizeof(struct have), 100000, (void **)&out->v, &out->n);
}

/* Every applied migration must be one of ours, unchanged, and none skipped. */
static bool check_haves(struct ctx *c, const struct haves *have,
                        const struct db_migration *list, size_t n)
{
	for (size_t i = 0; i < have->n; i++) {
		if (i >= n || !str_eq(have->v[i].name, str_of(list[i].name)))
			return fault(c, E_STATE, "schema",
			             N_("The database has the migration {1}, which this program does not know at this place: it may be older than the database."),
			             have->v[i].name);
		if (!str_eq(have->v[i].sha256, str_of(list[i].sha256)))
			return fault(c, E_STATE, "schema",
			             N_("The migration {1} has changed since it was applied."), have->v[i].name);
	}
	return true;
}

static bool apply_one(struct ctx *c, const struct db_migration *m)
{
	struct db_run *r;

	TRY(c->db->driver->script(c, db_kind(c->db) == DB_SQLITE ? m->sqlite : m->postgres));
	crash_point("migrate.applied");
	TRY(db_start(c, &q_add, &r));
	db_put_text(r, 0, str_of(m->name));
	db_put_text(r, 1, str_of(m->sha256));
	db_put_int(r, 2, c->now);
	return db_exec(c, r, NULL);
}

/* One step inside its own transaction: *more says whether a migration ran. */
static bool migrate_step(struct ctx *c, const struct db_migration *list, size_t n, bool *more)
{
	struct haves have;

	TRY(load_haves(c, &have));
	TRY(check_haves(c, &have, list, n));
	*more = have.n < n;
	if (*more)
		TRY(apply_one(c, &list[have.n]));
	return have.n + 1 < n || c->db->driver->wall(c);
}

static bool migrate_all(struct ctx *c, const struct db_migration *list, size_t n, int64_t *applied)
{
	bool more = true;

	for (;;) {
		TRY(db_begin(c, DB_WRITE, NULL));
		if (!migrate_step(c, list, n, &more)) {
			db_rollback(c);
			return false;
		}
		TRY(db_commit(c));
		if (!more)
			return true;
		++*applied;
	}
}

bool db_migrate_list(struct ctx *c, const struct db_migration *list, size_t n, int64_t *applied)
{
	bool ok;

	*applied = 0;
	TRY(c->db->driver->schema_begin(c));
	ok = migrate_all(c, list, n, applied);
	c->db->driver->schema_end(c);
	return ok;
}

bool db_migrated_list(struct ctx *c, const struct db_migration *list, size_t n)
{
	struct haves have;
	bool         ok;

	TRY(db_begin(c, DB_READ, NULL));
	ok = load_haves(c, &have) && check_haves(c, &have, list, n);
	db_rollback(c);
	if (!ok && c->fault.code == E_DATABASE)
		return fault(c, E_STATE, "schema", N_("The database has no schema yet."));
	if (ok && have.n < n)
		return fault(c, E_STATE, "schema", N_("The migration {1} has not been applied; psirt migrate does it."),
		             str_of(list[have.n].name));
	return ok;
}

bool db_migrate(struct ctx *c, int64_t *applied)
{
	return db_migrate_list(c, db_migrations, db_migrations_n, applied);
}

bool db_migrated(struct ctx *c)
{
	return db_migrated_list(c, db_migrations, db_migrations_n);
}
