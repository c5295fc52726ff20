#include "platform/db/driver.h"

bool db_open_postgres(struct ctx *c, str url, struct db **out)
{
	(void)url;
	(void)out;
	return fault(c, E_UNAVAILABLE, "database", N_("PostgreSQL cannot be reached."));
}
