#ifndef PLATFORM_DB_POSTGRES_WALL_H
#define PLATFORM_DB_POSTGRES_WALL_H

/*
 * The second wall on PostgreSQL (docs/adr/0003): a reading transaction runs as
 * the role USER_reader, which may read every table and view except the guarded
 * tables themselves. Their views see_… read as the owner, so a statement that
 * asks a guarded table raw is refused by the server, whatever wrote it.
 *
 * The role has no login and is made with the schema. A user who may not make
 * roles goes without the wall until an administrator has made the role and
 * granted it ("psirt doctor" says how).
 */

/* Makes the role, gives it what it may read, takes the rest. Runs with the last migration. */
#define DB_POSTGRES_WALL \
	"DO $wall$ DECLARE reader name := left(current_user, 56) || '_reader'; t record; BEGIN" \
	" BEGIN" \
	"  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = reader) THEN" \
	"   EXECUTE format('CREATE ROLE %I NOLOGIN', reader); END IF;" \
	"  IF NOT pg_has_role(current_user, reader, 'MEMBER') THEN" \
	"   EXECUTE format('GRANT %I TO CURRENT_USER', reader); END IF;" \
	" EXCEPTION WHEN insufficient_privilege OR duplicate_object OR unique_violation THEN NULL; END;" \
	" IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = reader) THEN RETURN; END IF;" \
	" EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), reader);" \
	" FOR t IN SELECT k.oid::regclass AS name, EXISTS (SELECT 1 FROM pg_class v" \
	"   WHERE v.relnamespace = k.relnamespace AND v.relkind = 'v' AND v.relname = 'see_' || k.relname) AS guarded" \
	"  FROM pg_class k WHERE k.relnamespace = current_schema()::regnamespace AND k.relkind IN ('r', 'p', 'v')" \
	" LOOP" \
	"  IF t.guarded THEN EXECUTE format('REVOKE ALL ON %s FROM %I', t.name, reader);" \
	"  ELSE EXECUTE format('GRANT SELECT ON %s TO %I', t.name, reader); END IF;" \
	" END LOOP;" \
	"END $wall$"

/* One row, the role, when it can be taken and has been given what it reads. */
#define DB_POSTGRES_READER \
	"SELECT r.rolname FROM pg_roles r WHERE r.rolname = left(current_user, 56) || '_reader'" \
	" AND pg_has_role(current_user, r.oid, 'MEMBER')" \
	" AND has_table_privilege(r.oid, to_regclass('db_migration'), 'SELECT')"

#endif
