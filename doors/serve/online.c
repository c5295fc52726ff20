/* What psirt doctor --online is told: the server asks outside, for a local process of our own user alone. */
#include "doors/serve/station.h"

#include "platform/json/json_out.h"
#include "platform/log.h"
#include "platform/op/probe.h"
#include "platform/text/word.h"
#include "record/house.h"

const char *const probe_words[PROBE_VERDICTS] = { "ok", "warn", "bad" };

bool online_answer(struct ctx *c, struct station *s, const struct request *r, struct response *out)
{
	struct probe_notes notes;
	struct json_out    j;
	struct buf         b;

	response_header_set(out, S("Cache-Control"), S("no-store"));
	out->type = S("application/json");
	if (!is_local(r)) {
		out->status = 404;
		out->body   = S("{}\n");
		return true;
	}
	if (!lang_parse(request_header(r, S("Accept-Language")), &c->lang))
		c->lang = LANG_EN;
	c->front = &s->node->front;
	c->db    = s->node->front.db;
	c->actor = &house_actor;
	log_event(LEVEL_INFO, "doctor.online");
	TRY(probe_all(c, &notes));
	buf_init(&b, c->arena, 1 << 20);
	json_out_init(&j, &b, JSON_COMPACT);
	json_open(&j, NULL, '[');
	for (size_t i = 0; i < notes.n; i++) {
		const struct probe_note *n = &notes.v[i];
		json_open(&j, NULL, '{');
		json_put_str(&j, "check", str_of(n->name));
		json_put_str(&j, "verdict", str_of(probe_words[n->verdict]));
		json_put_str(&j, "found", n->found);
		json_put_str(&j, "mend", n->mend ? str_of(n->mend) : STR_NONE);
		json_close(&j);
	}
	json_close(&j);
	buf_char(&b, '\n');
	out->body = buf_str(&b);
	return !b.full || fault(c, E_LIMIT, NULL, NULL);
}
