#include "platform/http/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/http/exchange.h"
#include "platform/http/local.h"

enum { BACKLOG = 511, FIRST_INHERITED = 3 };

static bool io_fault(struct ctx *c, int fd, const char *where, str name)
{
	str why = str_of(strerrordesc_np(errno));

	if (fd >= 0)
		close(fd);
	return fault(c, E_IO, where, N_("Cannot listen on {1}: {2}."), str_dup(c->arena, name), why);
}

bool listener_tcp(struct ctx *c, str address, int port, int *fd)
{
	union { struct sockaddr any; struct sockaddr_in v4; struct sockaddr_in6 v6; } to = { 0 };
	char     *text = cstr(c->arena, address);
	socklen_t len  = sizeof(to.v4);
	int       on   = 1;

	if (inet_pton(AF_INET, text, &to.v4.sin_addr) == 1) {
		to.v4.sin_family = AF_INET;
		to.v4.sin_port   = htons((uint16_t)port);
	} else if (inet_pton(AF_INET6, text, &to.v6.sin6_addr) == 1) {
		to.v6.sin6_family = AF_INET6;
		to.v6.sin6_port   = htons((uint16_t)port);
		len = sizeof(to.v6);
	} else {
		return fault(c, E_USAGE, "address", N_("{1} is not an IP address."), address);
	}
	*fd = socket(to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (*fd < 0 || setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
	    bind(*fd, &to.any, len) < 0 || listen(*fd, BACKLOG) < 0)
		return io_fault(c, *fd, "address", str_fmt(c->arena, "%s port %d", text, port));
	return true;
}

/* A socket file that nobody listens on is a leftover. */
static bool leftover_remove(struct ctx *c, const struct sockaddr_un *to, const char *path)
{
	struct stat st;
	int  fd;
	bool live;

	if (lstat(path, &st) < 0)
		return true;
	if (!S_ISSOCK(st.st_mode))
		return fault(c, E_STATE, "socket", N_("{1} exists and is not a socket."),
		             str_of(path));
	fd   = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	live = fd >= 0 && connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0;
	if (fd >= 0)
		close(fd);
	if (live)
		return fault(c, E_STATE, "socket", N_("Another server listens on {1}."),
		             str_of(path));
	unlink(path);
	return true;
}

static bool local_listen(struct ctx *c, str path, int mode, const struct sockaddr_un *to, int *fd)
{
	char *name = cstr(c->arena, path);

	TRY(leftover_remove(c, to, name));
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* On Linux the mode set before bind is the file's. */
	if (*fd < 0 || fchmod(*fd, (mode_t)mode) < 0 ||
	    bind(*fd, (const struct sockaddr *)to, sizeof(*to)) < 0 || chmod(name, (mode_t)mode) < 0 ||
	    listen(*fd, BACKLOG) < 0)
		return io_fault(c, *fd, "socket", path);
	return true;
}

bool listener_unix(struct ctx *c, str path, int mode, int *fd)
{
	struct local l;
	bool         ok;

	TRY(local_open(c, path, &l));
	ok = local_listen(c, path, mode, &l.at, fd);
	local_close(&l);
	return ok;
}

int listener_inherited(int i)
{
	int fd = FIRST_INHERITED + i;

	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	return fd;
}

bool listener_is_unix(int fd)
{
	struct sockaddr_storage at  = { 0 };
	socklen_t               len = sizeof(at);

	return getsockname(fd, (struct sockaddr *)&at, &len) == 0 && at.ss_family == AF_UNIX;
}

int listener_port(int fd)
{
	union { struct sockaddr any; struct sockaddr_in v4; struct sockaddr_in6 v6; } at = { 0 };
	socklen_t len = sizeof(at);

	if (getsockname(fd, &at.any, &len) < 0)
		return 0;
	if (at.any.sa_family == AF_INET)
		return ntohs(at.v4.sin_port);
	return at.any.sa_family == AF_INET6 ? ntohs(at.v6.sin6_port) : 0;
}

void conn_peer(struct conn *k)
{
	union { struct sockaddr any; struct sockaddr_in v4; struct sockaddr_in6 v6;
	        struct sockaddr_storage room; } at = { 0 };
	socklen_t    len = sizeof(at), n = sizeof(struct ucred);
	struct ucred who = { 0 };

	k->uid = k->gid = k->pid = -1;
	k->peer = S("");
	if (k->is_unix) {
		if (getsockopt(k->fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0) {
			k->uid = who.uid;
			k->gid = who.gid;
			k->pid = who.pid;
		}
		return;
	}
	if (getpeername(k->fd, &at.any, &len) < 0)
		return;
	if (at.any.sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&at.v6.sin6_addr))
		inet_ntop(AF_INET, &at.v6.sin6_addr.s6_addr[12], k->peer_text, sizeof(k->peer_text));
	else if (at.any.sa_family == AF_INET6)
		inet_ntop(AF_INET6, &at.v6.sin6_addr, k->peer_text, sizeof(k->peer_text));
	else if (at.any.sa_family == AF_INET)
		inet_ntop(AF_INET, &at.v4.sin_addr, k->peer_text, sizeof(k->peer_text));
	k->peer = str_of(k->peer_text);
}

/* The address as bytes; the number of them, 0 if it is none. */
static int address_bytes(str s, unsigned char out[16])
{
	char text[64] = { 0 };

	if (s.n == 0 || s.n >= sizeof(text))
		return 0;
	memcpy(text, s.p, s.n);
	if (inet_pton(AF_INET, text, out) == 1)
		return 4;
	return inet_pton(AF_INET6, text, out) == 1 ? 16 : 0;
}

static bool prefix_holds(str prefix, const unsigned char *at, int n)
{
	unsigned char base[16];
	str           rest = prefix, head;
	int64_t       bits = n * 8;

	if (!str_cut(&rest, '/', &head) || address_bytes(head, base) != n)
		return false;
	if (!str_is_none(rest) && (!str_to_int(rest, &bits) || bits < 0 || bits > n * 8))
		return false;
	for (int i = 0; i < n && bits > 0; i++, bits -= 8) {
		int mask = bits >= 8 ? 0xFF : 0xFF << (8 - bits) & 0xFF;
		if ((base[i] ^ at[i]) & mask)
			return false;
	}
	return true;
}

bool address_in(str address, str list)
{
	unsigned char at[16];
	int           n = address_bytes(address, at);
	str           part;

	while (str_cut(&list, ' ', &part))
		if (part.n && (str_eq(part, address) || (n && prefix_holds(part, at, n))))
			return true;
	return false;
}
