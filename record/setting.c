#include "record/setting.h"

#include "gen/setting.sql.h"

#include "record/role.h"

/* Where a question is a journey a page asks for all settings at once: it needs half a dozen. */
static bool find(struct ctx *c, const char *name, struct setting_get_row *out, bool *found)
{
	struct setting_all_rows all;

	if (!db_looks_ahead(c))
		return sql_setting_get(c, str_of(name), out, found);
	TRY(sql_setting_all(c, &all));
	*found = false;
	for (size_t i = 0; i < all.n && !*found; i++) {
		*found = str_eq(all.v[i].name, str_of(name));
		*out   = (struct setting_get_row){ .value = all.v[i].value, .changed_at = all.v[i].changed_at };
	}
	return true;
}

bool setting_load(struct ctx *c, const char *name, str otherwise, str *out)
{
	struct setting_get_row row;
	bool                   found = false;

	TRY(find(c, name, &row, &found));
	*out = found ? row.value : otherwise;
	return true;
}

bool settings_ahead(struct ctx *c)
{
	return sql_setting_all_ahead(c);
}

bool setting_number(struct ctx *c, const char *name, int64_t otherwise, int64_t *out)
{
	str value;

	TRY(setting_load(c, name, S(""), &value));
	if (!str_to_int(value, out))
		*out = otherwise;
	return true;
}

bool setting_dated(struct ctx *c, const char *name, str *value, time_us *at)
{
	struct setting_get_row row;
	bool                   found = false;

	TRY(find(c, name, &row, &found));
	*value = found ? row.value : S("");
	*at    = found ? row.changed_at : TIME_NONE;
	return true;
}

bool setting_save(struct ctx *c, const char *name, str value)
{
	user_id person = { c->actor && c->actor->id.n && (c->actor->roles & ~(uint32_t)ROLE_LOCAL) ? c->actor->id : STR_NONE };

	return sql_setting_put(c, str_of(name), value, c->now, person);
}
