#ifndef DISCLOSURE_PUBLICATION_TEST_H
#define DISCLOSURE_PUBLICATION_TEST_H

/* An advisory on its way from a case to the outside, for tests. */

#include "services/5-disclosure/3-publication/publication.h"

#include "record/casefile.h"
#include "record/house.h"
#include "record/house_test.h"
#include "record/vuln.h"

UNUSED static const struct service *const all[] = { &tracking_service, &publication_service };

#define V31 "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"

struct story { struct house h; struct sheet s, v; const char *k, *id, *number; };

/* A case with one assessed vulnerability, made as the lead. */
static inline void case_make(struct ctx *c, struct story *t, const char *access)
{
	struct casefile_draft d = { .title = S("Sessions stay valid"), .severity = S("high"), .access = str_of(access) };
	struct vuln_draft     v = { S("Session not ended"), S("A session stays valid after the password was changed."),
	                            S("CVE-2026-10042"), 613 };
	struct vuln_rating    r = { STR_NONE, S(V31), 98, S("critical"), STR_NONE };
	struct db_viewer      lead = { t->h.lead.id, t->h.lead.sight };
	case_id k;
	vuln_id id;
	str     number;

	c->actor = &t->h.lead;
	check_ok(c, db_begin(c, DB_WRITE, &lead));
	check_ok(c, casefile_open(c, &d, &k, &number));
	check_ok(c, casefile_move(c, k, "qualified", "case.qualified"));
	check_ok(c, vuln_add(c, k, &v, S("critical"), &id));
	check_ok(c, vuln_rate(c, k, id, 1, &r));
	check_ok(c, db_commit(c));
	t->k = cstr(c->arena, k.v);
}

static inline bool save(struct ctx *c, struct story *t, const char *version, const char *summary)
{
	return house_do(c, &t->h.lead, "edition.save", &t->s, "id", t->id, "version", version,
	                "title_en", "Sessions stay valid", "title_ja", "セッション無効化不備の脆弱性",
	                "summary_en", summary, "summary_ja", "以前のセッションが有効なまま残ります。",
	                "impact_en", "The console may be used by others.", "impact_ja", "管理画面を操作される可能性があります。",
	                "refs_en", "https://example.org/a A page", "refs_ja", "https://example.org/a 参考",
	                "change_note_en", "First edition.", "change_note_ja", "初版", NULL);
}

static inline void drafted(struct ctx *c, struct story *t, const char *access)
{
	house_open(c, &t->h, all, 2);
	case_make(c, t, access);
	check_ok(c, house_do(c, &t->h.lead, "advisory.draft", &t->s, "id", t->k, NULL));
	t->id     = cstr(c->arena, t->s.object);
	t->number = cstr(c->arena, t->s.note);
	check_str(t->s.note, S("PSIRT-SA-2026-0001"));
	check_ok(c, save(c, t, "1", "A session stays valid."));
}

static inline void approved(struct ctx *c, struct story *t, const char *access)
{
	drafted(c, t, access);
	check_ok(c, house_do(c, &t->h.lead, "edition.submit", &t->s, "id", t->id, NULL));
	check_ok(c, house_do(c, &t->h.analyst, "edition.approve", &t->s, "id", t->id, NULL));
}

static inline void published(struct ctx *c, struct story *t)
{
	approved(c, t, "team");
	check_ok(c, house_do(c, &t->h.lead, "edition.publish", &t->s, "id", t->id, NULL));
}

static inline str raw(struct ctx *c, struct story *t, const char *view)
{
	check_ok(c, house_see(c, &t->h.nobody, view, &t->v, NULL));
	return str_dup(c->arena, t->v.raw);
}

static inline str csaf_of(struct ctx *c, struct story *t)
{
	check_ok(c, house_see(c, &t->h.nobody, "advisory.csaf", &t->v, "number", t->number, NULL));
	return str_dup(c->arena, t->v.raw);
}

#endif
