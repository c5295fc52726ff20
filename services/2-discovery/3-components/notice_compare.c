#include "services/2-discovery/3-components/notice.h"

#include "platform/op/tool.h"
#include "services/2-discovery/3-components/notice_digest.h"

/*
 * A chore: an update is compared with the edition before it, in the cage, so that
 * people read what changed and not the whole again.
 */

static const char *const kinds[] = { "added", "removed", "changed", NULL };

struct comparing { paper_id id; str was, is; const struct json *changes; };

bool notice_compare_due(struct ctx *c, void **work)
{
	struct paper_uncompared_row r;
	struct comparing           *w = NEW(c->arena, struct comparing);
	bool                        found = false;

	*work = NULL;
	TRY(sql_paper_uncompared(c, &r, &found));
	if (!found)
		return true;
	*w    = (struct comparing){ r.id, r.was, r.bytes, NULL };
	*work = w;
	return true;
}

/* What cannot be compared is kept as not compared with; the editions themselves are there. */
bool notice_compare_act(struct ctx *c, void *work, bool *keep)
{
	struct comparing  *w = work;
	const struct json *doc;
	str                answer;
	int                status;

	*keep = true;
	if (!w->was.n)
		return true;
	TRY(tool_ask(c, S("csaf revision"), STR_CAT(c->arena, S("["), w->was, S(","), w->is, S("]")), &status, &answer));
	if (status == NOTICE_MADE) {
		TRY(json_parse(c, answer, NULL, &doc));
		w->changes = json_get(doc, S("changes"));
	}
	return true;
}

bool notice_compare_keep(struct ctx *c, void *work)
{
	const struct comparing *w = work;
	int64_t                 n = 0;

	for (JSON_ITEMS(x, w->changes)) {
		if (n >= NOTICE_CHANGES)
			break;
		TRY(sql_notice_change_insert(c, w->id, n++, notice_word(notice_text(x, "kind", 20), kinds), notice_text(x, "area", 30),
		                             notice_text(x, "vuln", 200), notice_text(x, "what", 200), notice_text(x, "products", NOTICE_TITLE),
		                             notice_text(x, "was", 500), notice_text(x, "becomes", 500)));
	}
	return sql_paper_compared(c, w->id);
}
