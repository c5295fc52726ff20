#include "platform/http/exchange.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

void conn_stage(struct conn *k, enum stage stage)
{
	struct http *h = k->http;

	pthread_mutex_lock(&h->lock);
	k->stage = stage;
	k->since = h->tick;
	k->got   = 0;
	pthread_mutex_unlock(&h->lock);
}

/* Does it do what it does for too long?  The library watches idle sockets
 * only, so a byte now and then would hold a connection for ever. */
static bool too_slow(const struct http *h, const struct conn *k)
{
	int64_t seconds = (h->tick - k->since) / TICKS;

	switch (k->stage) {
	case STAGE_WAIT:   return seconds > h->cfg.idle + h->cfg.head_seconds;
	case STAGE_HEAD:   return seconds > h->cfg.head_seconds;
	case STAGE_BODY:   return seconds > h->cfg.body_grace + k->got / h->cfg.body_rate;
	case STAGE_ANSWER: return false;
	}
	return false;
}

static void *watch_run(void *arg)
{
	struct http  *h    = arg;
	struct pollfd wake = { .fd = h->wake, .events = POLLIN };

	while (poll(&wake, 1, 1000 / TICKS) <= 0) {
		h->tick++;
		pthread_mutex_lock(&h->lock);
		for (struct conn *k = h->used; k; k = k->next) {
			if (k->cut || !too_slow(h, k))
				continue;
			k->cut = true;
			shutdown(k->fd, SHUT_RDWR);
		}
		pthread_mutex_unlock(&h->lock);
	}
	return NULL;
}

bool watch_open(struct ctx *c, struct http *h)
{
	h->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (h->wake < 0 || pthread_create(&h->watch, NULL, watch_run, h) != 0)
		return fault(c, E_IO, NULL, N_("The server could not start a thread."));
	h->watching = true;
	return true;
}

void watch_close(struct http *h)
{
	if (h->watching) {
		eventfd_write(h->wake, 1);
		pthread_join(h->watch, NULL);
	}
	h->watching = false;
	if (h->wake >= 0)
		close(h->wake);
	h->wake = -1;
}
