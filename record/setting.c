#include "record/setting.h"

#include "gen/setting.sql.h"

#include "record/role.h"

bool setting_load(struct ctx *c, const char *name, str otherwise, str *out)
{
	struct setting_get_row row;
	bool                   found = false;

	TRY(sql_setting_get(c, str_of(name), &row, &found));
	*out = found ? row.value : otherwise;
	return true;
}

bool setting_ahead(struct ctx *c, const char *name)
{
	return sql_setting_get_ahead(c, str_of(name));
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

	TRY(sql_setting_get(c, str_of(name), &row, &found));
	*value = found ? row.value : S("");
	*at    = found ? row.changed_at : TIME_NONE;
	return true;
}

bool setting_save(struct ctx *c, const char *name, str value)
{
	user_id person = { c->actor && c->actor->id.n && (c->actor->roles & ~(uint32_t)ROLE_LOCAL) ? c->actor->id : STR_NONE };

	return sql_setting_put(c, str_of(name), value, c->now, person);
}
