#define BASE_OS /* makes the folder */
#include "doors/mail/sink.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/leaf.h"
#include "platform/mail/mail.h"

enum { LETTER_MAX = 1 << 20 };

/* "https://psirt.example.jp:8443/x" -> "psirt.example.jp" */
static str host_of(str url)
{
	size_t from = str_find(url, S("//"), 0), to;

	from = from == SIZE_MAX ? 0 : from + 2;
	for (to = from; to < url.n && url.p[to] != '/' && url.p[to] != ':'; to++)
		;
	return to > from ? str_slice(url, from, to) : S("localhost");
}

bool sink_leave(struct ctx *c, const struct post *p, struct mail *m)
{
	struct buf b;

	m->from = p->from;
	m->host = p->host;
	buf_init(&b, c->arena, LETTER_MAX);
	return mail_print(c, m, &b) && leaf_put(c, STR_CAT(c->arena, p->folder, S("/"), m->id, S(".eml")), buf_str(&b));
}

bool sink_open(struct ctx *c, str folder, str from, str base_url, struct post *out)
{
	str host = host_of(base_url);

	*out = (struct post){ .folder = folder, .from = from.n ? from : STR_CAT(c->arena, S("no-reply@"), host), .host = host, .leave = sink_leave };
	if (mkdir(cstr(c->arena, folder), 0700) != 0 && errno != EEXIST)
		return fault(c, E_IO, NULL, N_("The folder {1} for letters could not be made."), folder);
	if (access(cstr(c->arena, STR_CAT(c->arena, folder, S("/."))), W_OK | X_OK) == 0)
		return true;
	return fault(c, E_IO, NULL, N_("Letters cannot be left in {1}: it has to be a folder that the user of the server may write to, and under systemd one that ReadWritePaths= names."), folder);
}
