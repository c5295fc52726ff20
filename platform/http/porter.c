#include "platform/http/exchange.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/http/listener.h"

/*
 * One thread accepts and gives each connection to the worker with the least
 * to do.  The library's own pool lets one thread accept ten in a row, so that
 * a browser's connections would wait for each other.
 */

enum { BURST = 64, BUSY_WEIGHT = 1000, PAUSE_MS = 50 };

/* The worker with the fewest connections, those in a handler last. */
static struct worker *worker_choose(struct http *h)
{
	struct worker *best = NULL;
	int            low  = 0;

	for (int i = 0; i < h->cfg.threads; i++) {
		struct worker *w    = &h->worker[i];
		int            load = w->conns + (w->running ? BUSY_WEIGHT : 0);
		if (!best || load < low) {
			best = w;
			low  = load;
		}
	}
	return best;
}

/* How many connections that address has. */
static int address_count(const struct http *h, str peer)
{
	int n = 0;

	for (const struct conn *k = h->used; k; k = k->next)
		n += str_eq(k->peer, peer);
	return n;
}

/* May this connection come in?  Then it is counted as the worker's. */
static struct worker *admit(struct http *h, int fd)
{
	struct conn    who = { .fd = fd, .is_unix = listener_is_unix(fd) };
	struct worker *w   = NULL;

	conn_peer(&who);
	pthread_mutex_lock(&h->lock);
	if (who.is_unix || !h->cfg.per_address ||
	    address_count(h, who.peer) < h->cfg.per_address) {
		w = worker_choose(h);
		w->conns++;
		h->conns++;
	}
	pthread_mutex_unlock(&h->lock);
	return w;
}

static void leave(struct worker *w)
{
	pthread_mutex_lock(&w->http->lock);
	w->conns--;
	w->http->conns--;
	pthread_mutex_unlock(&w->http->lock);
}

/* Accept what waits; false when the porter should pause. */
static bool accept_some(struct http *h, int listener)
{
	for (int i = 0; i < BURST; i++) {
		struct sockaddr_storage at  = { 0 };
		socklen_t               len = sizeof(at);
		struct worker          *w;
		int                     fd;

		if (h->conns >= h->cfg.connections)
			return false;
		fd = accept4(listener, (struct sockaddr *)&at, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0)
			return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
		w = admit(h, fd);
		if (!w)
			close(fd);
		else if (MHD_add_connection(w->daemon, fd, (struct sockaddr *)&at, len) != MHD_YES)
			leave(w);      /* the library has closed it */
	}
	return true;
}

static void *porter_run(void *arg)
{
	struct http  *h = arg;
	struct pollfd p[LISTENERS + 1] = { 0 };
	nfds_t        n = (nfds_t)h->listeners;

	for (nfds_t i = 0; i < n; i++)
		p[i] = (struct pollfd){ .fd = h->listener[i].fd, .events = POLLIN };
	p[n] = (struct pollfd){ .fd = h->halt, .events = POLLIN };
	for (;;) {
		bool calm = true;
		if (poll(p, n + 1, -1) < 0 && errno != EINTR)
			break;
		if (p[n].revents)
			break;
		for (nfds_t i = 0; i < n; i++)
			if (p[i].revents)
				calm = accept_some(h, p[i].fd) && calm;
		if (!calm)
			poll(&p[n], 1, PAUSE_MS);
	}
	return NULL;
}

bool porter_open(struct ctx *c, struct http *h)
{
	h->halt = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (h->halt < 0 || pthread_create(&h->porter, NULL, porter_run, h) != 0)
		return fault(c, E_IO, NULL, N_("The server could not start a thread."));
	h->at_door = true;
	return true;
}

void porter_close(struct http *h)
{
	if (h->at_door) {
		eventfd_write(h->halt, 1);
		pthread_join(h->porter, NULL);
	}
	h->at_door = false;
	if (h->halt >= 0)
		close(h->halt);
	h->halt = -1;
}
