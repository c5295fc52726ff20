#define BASE_PRINTF /* a build tool talks to the terminal */
#include "tools/mksql/mksql.h"

int postgres_check(struct mksql *m, const char *url)
{
	(void)m;
	(void)url;
	return 1;
}
