#include "record/house.h"

#include "gen/casefile.sql.h"

#include "platform/clock.h"
#include "record/casefile.h"
#include "record/report.h"
#include "record/vuln.h"

/*
 * Many cases, for benches: made by the records' own functions, so rows and
 * index are as always, but without the dispatcher and its audit.
 */

enum { A_TRANSACTION = 200, NOTES = 8 };

static const char *const things[] = {
	"buffer overflow", "missing authentication", "path traversal", "weak key", "cross-site scripting", "use after free",
	"バッファオーバーフロー", "認証の不備", "鍵の固定値", "ファームウェアの検証不備", "権限昇格", "コマンドインジェクション",
};
static const char *const parts[] = {
	"web console", "update service", "Modbus gateway", "login page", "backup import", "DNS resolver",
	"Web管理画面", "更新機能", "ゲートウェイ", "設定画面", "通信モジュール", "遠隔保守",
};
static const char *const notes[] = {
	"Seen again with the newest build; the log shows the same trace.",
	"The owner of the module was asked for the versions in the field.",
	"再現できました。手順は届出のとおりです。",
	"影響を受けるバージョンを確認中です。回答待ち。",
	"The finder agrees to wait until the remedy is out.",
	"A workaround: close port 502 towards the office network.",
	"修正版の試験が終わりました。公開日を調整します。",
	"The score was discussed; the impact on safety decides.",
};
static const char *const turns[] = { "team", "finder", "engineer", "approver", "nobody" };
static const char *const severities[] = { "unknown", "low", "medium", "high", "critical" };
static const char *const tlps[] = { "AMBER", "GREEN", "AMBER+STRICT", "RED", "CLEAR" };
static const struct { const char *state, *fact; } way[] = {
	{ "qualified", "case.qualified" }, { "remedying", "case.remedying" }, { "disclosing", "case.disclosing" },
	{ "published", "case.published" }, { "closed", "case.closed" },
};

enum { WAY = sizeof(way) / sizeof(way[0]) };

#define PICK(list, n) str_of((list)[(size_t)(n) % (sizeof(list) / sizeof((list)[0]))])

static bool crowd_report(struct ctx *c, str title, int64_t n, struct report_brief *r)
{
	struct report_draft d = {
		.title = title, .product = str_fmt(c->arena, "Controller %lld", (long long)(n % 500)), .product_version = S("4.2"),
		.description = PICK(notes, n / 3), .found_how = S(""), .impact = S(""), .exploited = S("unknown"), .known = S("no"),
		.told = S(""), .plan_at = TIME_NONE, .credit = S(""), .lang = S("en"), .source = S("external"), .channel = S("web"),
	};
	report_id id;
	str       number;

	TRY(report_open(c, &d, receipt_make(c, STR_NONE, STR_NONE), &id, &number));
	return report_brief(c, id, r);
}

static bool crowd_walk(struct ctx *c, case_id k, int64_t n)
{
	/* Most cases of a long life are closed; some stand at each step. */
	size_t steps = n % 4 ? WAY : (size_t)(n / 4) % WAY;

	for (size_t i = 0; i < steps; i++)
		TRY(casefile_move(c, k, way[i].state, way[i].fact));
	for (int i = 0; i < NOTES; i++) {
		c->now += HOUR;
		TRY(timeline_note(c, k, S("AMBER"), PICK(notes, n * 7 + i)));
	}
	return true;
}

static bool crowd_one(struct ctx *c, int64_t n, user_id owner)
{
	str                   title = STR_CAT(c->arena, PICK(things, n), S(" · "), PICK(parts, n / 7), S(" "), str_fmt(c->arena, "%lld", (long long)n));
	struct casefile_draft d     = { .title = title, .severity = PICK(severities, n / 5), .owner = owner };
	struct report_move    m     = { .state = "qualified", .step = 3, .outcome = S("qualified"), .version = INT_NONE };
	struct report_brief   r;
	case_id               k;
	vuln_id               v;
	str                   number;
	int64_t               changed;
	bool                  team = n % 50 != 0;

	TRY(crowd_report(c, title, n, &r));
	TRY(casefile_open(c, &d, &k, &number));
	TRY(sql_case_edit(c, k, 1, title, PICK(tlps, n / 11), team ? S("team") : S("members"), owner, PICK(turns, n / 3),
	                  n % 3 ? TIME_NONE : c->now + 90 * DAY, n % 3 ? STR_NONE : S("Asia/Tokyo"), n % 40 == 0, c->now, &changed));
	TRY(casefile_admit(c, k, owner, "owner"));
	TRY(sql_case_member_embargo(c, k, n % 3 ? TIME_NONE : c->now + 90 * DAY));
	m.casefile = k;
	TRY(report_move(c, &r, &m));
	TRY(vuln_add(c, k, &(struct vuln_draft){ .title = title, .summary = S(""), .cwe = 120 }, d.severity, &v));
	return crowd_walk(c, k, n);
}

bool house_crowd(struct ctx *c, int64_t from, int64_t most, int64_t *made)
{
	struct crowd_owners_rows      owners;
	struct arena                 *outer = c->arena, scratch;
	time_us                       now   = c->now;
	bool                          ok    = true;

	*made = most < A_TRANSACTION ? most : A_TRANSACTION;
	TRY(db_begin(c, DB_WRITE, &db_viewer_all));
	ok = sql_crowd_owners(c, &owners) && (owners.n > 0 || fault(c, E_STATE, NULL, N_("There is nobody who could own a case.")));
	for (int64_t i = from; ok && i < from + *made; i++) {
		arena_init(&scratch, ARENA_MAX);
		c->arena = &scratch;
		c->now   = now - 548 * DAY + i % 500 * DAY + i / 500 * MINUTE;
		ok       = crowd_one(c, i, owners.v[(size_t)i % owners.n].id);
		c->arena = outer;
		arena_done(&scratch);
	}
	c->now = now;
	if (ok && db_commit(c))
		return true;
	db_rollback(c);
	return false;
}
