#include "doors/serve/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void notify_say(const char *state)
{
	const char        *to = getenv("NOTIFY_SOCKET");
	struct sockaddr_un a  = { .sun_family = AF_UNIX };
	size_t             n  = to ? strlen(to) : 0;
	int                fd;

	if (n < 2 || n >= sizeof(a.sun_path) || (*to != '/' && *to != '@'))
		return;
	memcpy(a.sun_path, to, n);
	if (*to == '@')
		a.sun_path[0] = '\0';   /* an abstract name */
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	/* A manager that does not listen any more cannot be told, and need not be. */
	(void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&a, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}
