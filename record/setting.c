#include "record/setting.h"

#include "gen/setting.sql.h"

bool setting_load(struct ctx *c, const char *name, str otherwise, str *out)
{
	struct setting_get_row row;
	bool                   found = false;

	TRY(sql_setting_get(c, str_of(name), &row, &found));
	*out = found ? row.value : otherwise;
	return true;
}

bool setting_save(struct ctx *c, const char *name, str value)
{
	return sql_setting_put(c, str_of(name), value);
}
