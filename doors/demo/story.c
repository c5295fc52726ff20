#include "doors/demo/demo.h"

#include "base/buf.h"
#include "doors/demo/cast.h"
#include "doors/demo/train.h"
#include "record/house.h"
#include "record/session.h"

/* ---- people ---- */

const struct player *story_player(const struct stage *s, const char *role)
{
	for (size_t i = 0; i < s->cast_n; i++)
		if (str_eq(s->cast[i].roles, str_of(role)))
			return &s->cast[i];
	return NULL;
}

static bool accept_invitation(struct stage *s, struct player *p, time_us at, str secret)
{
	size_t         from = str_find(secret, S("code="), 0);
	struct outcome out;

	return ACT(s, NULL, at, "user.accept", &out, { "code", str_slice(secret, from + 5, secret.n) },
	           { "password", p->password });
}

/* The first administrator comes from the house; the others are invited. */
static bool join(struct stage *s, struct player *p, time_us at, const struct player *by)
{
	struct outcome out = { 0 };
	struct ctx    *c   = &s->n->c;
	user_id        first;
	str            link;

	if (by) {
		TRY(ACT(s, by, at, "user.invite", &out, { "name", p->name }, { "mail", p->mail }, { "roles", p->roles },
		        { "lang", p->lang }, { "zone", p->zone }));
		TRY(accept_invitation(s, p, at + MINUTE, out.secret));
		p->who.id = out.object;
	} else {
		struct user_draft d = { p->name, p->mail, p->lang, p->zone, ROLE_ADMIN };
		c->now = at;
		TRY(house_found(c, &d, S("Kakuu Controls"), &first, &link));
		TRY(house_settings(c, &s->n->front));
		TRY(accept_invitation(s, p, at + MINUTE, STR_CAT(c->arena, S("code="), link)));
		p->who.id = stage_keep(s, first.v);
	}
	return true;
}

static str day_text(struct stage *s, time_us at)
{
	struct civil d = time_civil(at);

	return str_fmt(&s->kept, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* What the house publishes: its names, its license, and the days of its move to CSAF 2.1. */
static bool house_decides(struct stage *s, time_us at)
{
	TRY(ACT(s, story_player(s, "administrator"), at, "setting.house", NULL, { "organisation", S("Kakuu Controls") },
	        { "organisation_ja", S("架空制御機器株式会社") }, { "zone", S("Asia/Tokyo") }, { "advisory_prefix", S("PSIRT") },
	        { "advisory_license", S("CC-BY-4.0") }));
	return ACT(s, story_player(s, "lead"), at + HOUR, "setting.release", NULL, { "two_persons", S("1") },
	           { "csaf21_begin", day_text(s, s->to - 60 * DAY) }, { "csaf21_rollover", day_text(s, s->to + 120 * DAY) },
	           { "csaf20_end", day_text(s, s->to + 365 * DAY) });
}

bool story_people(struct stage *s, time_us at)
{
	struct ctx *c = &s->n->c;

	for (size_t i = 0; i < cast_people_n; i++) {
		const struct person *x = &cast_people[i];
		struct player       *p = &s->cast[i];
		int64_t              roles;
		*p = (struct player){ str_of(x->name), str_of(x->mail), str_of(x->roles), str_of(x->lang),
		                      str_of(x->zone), STR_NONE, { .id = STR_NONE } };
		p->password = stage_keep(s, str_slice(secret_make(c, 12), 0, 16));
		TRY(role_parse(c, p->roles, &roles));
		p->who = (struct actor){ .name = p->name, .roles = (uint32_t)roles, .channel = CHANNEL_CLI,
		                         .sight = stage_keep(s, role_sight(c, roles)), .zone = p->zone };
		TRY(join(s, p, at + (time_us)i * HOUR, i ? &s->cast[0] : NULL));
		s->cast_n++;
	}
	TRY(house_decides(s, at + DAY));
	return house_settings(c, &s->n->front);
}

/* ---- products ---- */

/* "Kestrel 300" -> cpe:2.3:o:kakuu:kestrel_300_firmware:*: …; what runs on a PC is an application. */
static str cpe_of(struct stage *s, const struct goods *g)
{
	bool        soft = strcmp(g->family, "MV") == 0;
	struct buf  b;

	buf_init(&b, &s->kept, 200);
	buf_fmt(&b, "cpe:2.3:%c:kakuu:", soft ? 'a' : 'o');
	for (const char *p = g->name; *p; p++)
		buf_char(&b, *p == ' ' ? '_' : *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p);
	buf_fmt(&b, "%s:*:*:*:*:*:*:*:*", soft ? "" : "_firmware");
	return buf_str(&b);
}

bool story_products(struct stage *s, time_us at)
{
	const struct player *by = story_player(s, "lead");
	struct outcome       family = { 0 }, product;

	for (size_t i = 0; i < cast_goods_n; i++) {
		const struct goods *g = &cast_goods[i];
		for (size_t k = 0; k < cast_families_n; k++) {
			const struct line_of_goods *l = &cast_families[k];
			if (!str_eq(str_of(l->code), str_of(g->family)) ||
			    (i && str_eq(str_of(cast_goods[i - 1].family), str_of(l->code))))
				continue;
			TRY(ACT(s, by, at, "family.add", &family, { "code", str_of(l->code) },
			        { "name", str_of(l->name) }, { "name_ja", str_of(l->name_ja) }));
		}
		at += MINUTE;
		TRY(ACT(s, by, at, "product.add", &product, { "family", family.object }, { "code", str_of(g->code) },
		        { "name", str_of(g->name) }, { "name_ja", str_of(g->name_ja) }, { "team", str_of(g->team) },
		        { "support_ends", S("2035-12-31") }, { "models", str_of(g->code) }, { "cpe", cpe_of(s, g) }));
		s->products[i] = product.object;
		while (train_at(s, i, s->shipped[i]) <= s->from && s->shipped[i] < g->versions)
			TRY(train_ship(s, i, at));
		TRY(ACT(s, by, at, "product.admit", NULL, { "id", product.object },
		        { "account", story_player(s, "engineer")->who.id }));
	}
	return true;
}

/* ---- reports ---- */

/* {P} becomes the product; a Japanese name needs no space before what follows it. */
static str text_with(struct stage *s, const char *text, const char *product)
{
	struct buf b;
	str        t = str_of(text);
	size_t     from = 0, hit;

	buf_init(&b, &s->kept, 8192);
	while ((hit = str_find(t, S("{P}"), from)) != SIZE_MAX) {
		buf_add(&b, str_slice(t, from, hit));
		buf_add(&b, str_of(product));
		from = hit + 3;
		if (from < t.n && t.p[from] == ' ' && *product && (signed char)product[strlen(product) - 1] < 0)
			from++;
	}
	buf_add(&b, str_slice(t, from, t.n));
	return buf_str(&b);
}

struct tale { const struct flaw *f; const struct goods *g; bool ja; str finder; };

static struct tale tale_pick(struct stage *s)
{
	return (struct tale){
		&cast_flaws[stage_dice(s, cast_flaws_n)], &cast_goods[stage_dice(s, cast_goods_n)],
		stage_dice(s, 5) < 3, str_of(cast_finders[stage_dice(s, cast_finders_n)]),
	};
}

static bool report(struct stage *s, const struct tale *t, time_us at, struct outcome *out)
{
	const char *name = t->ja ? t->g->name_ja : t->g->name;

	s->outside_lang = t->ja ? LANG_JA : LANG_EN;
	return ACT(s, NULL, at, "report.submit", out, { "product", str_of(name) },
	           { "product_version", str_fmt(&s->kept, "%zu.%zu", 1 + stage_dice(s, 4), stage_dice(s, 9)) },
	           { "title", text_with(s, t->ja ? t->f->title_ja : t->f->title, name) },
	           { "description", text_with(s, t->ja ? t->f->text_ja : t->f->text, name) },
	           { "impact", str_of(t->ja ? t->f->impact_ja : t->f->impact) }, { "found_how", str_of(t->ja ? t->f->how_ja : t->f->how) },
	           { "contact", str_fmt(&s->kept, "finder%zu@example.org", stage_dice(s, 90)) }, { "credit", t->finder });
}

static const char *const other_ends[] = {
	"not_security", "works_as_designed", "out_of_scope", "not_reproducible", "obsolete_product", "other_vendor",
};

/* One report's way through the house, a step at a time; many run side by side. */
struct thread {
	struct tale t;
	time_us     at;           /* of the next step; TIME_NONE: at its end */
	time_us     word_at;      /* of the next word to the finder when no step brings one; TIME_NONE: none is owed */
	int         step;
	bool        waits;        /* stays in the inbox */
	bool        qualifies, asks, asks_owner, publishes;
	bool        forgotten;    /* nobody writes to its finder in between */
	str         report, casefile, vuln, edition, code;
};

static bool decide(struct stage *s, struct thread *x, const char *outcome, struct outcome *out)
{
	const struct player *by   = story_player(s, stage_dice(s, 3) ? "analyst" : "lead");
	bool                 good = str_eq(str_of(outcome), S("qualified"));
	str                  version;

	TRY(stage_cell(s, by, x->at, "report.show", x->report, "report", 0, "version", &version));
	return ACT(s, by, x->at, "report.decide", out, { "id", x->report }, { "version", version },
	           { "outcome", str_of(outcome) }, { "reason", S("Checked against the catalogue and the bug bar.") },
	           { "message", str_eq(str_of(outcome), S("needs_info")) ? S("Which firmware build do you use?") : STR_NONE },
	           { "title", good ? text_with(s, x->t.f->title, x->t.g->name) : STR_NONE },
	           { "severity", good ? str_of(x->t.f->severity) : STR_NONE });
}

static bool step_report(struct stage *s, struct thread *x)
{
	struct outcome out;

	TRY(report(s, &x->t, x->at, &out));
	x->report = out.object;
	x->code   = out.secret;
	x->at     = x->waits ? TIME_NONE : x->at + (time_us)(4 + stage_dice(s, 60)) * HOUR;
	return true;
}

/* A word to the finder, in their language; {P} is what the advisory or version is called. */
static bool tell_finder(struct stage *s, struct thread *x, time_us at, const char *en, const char *ja, str name)
{
	x->word_at = x->forgotten ? TIME_NONE : at + 13 * DAY;
	return ACT(s, story_player(s, "analyst"), at, "report.reply", NULL, { "id", x->report },
	           { "body", text_with(s, x->t.ja ? ja : en, cstr(&s->kept, name)) });
}

/* Two weeks were promised: the finder hears from us even when nothing new is to be told. */
static bool keep_word(struct stage *s, struct thread *x)
{
	return tell_finder(s, x, x->word_at, "We are still working on this. We will write again within two weeks.",
	                   "現在も対応を進めております。2週間以内に改めてご連絡いたします。", STR_NONE);
}

static bool step_decide(struct stage *s, struct thread *x)
{
	struct outcome out = { 0 };
	const char    *end = other_ends[stage_dice(s, sizeof(other_ends) / sizeof(other_ends[0]))];

	TRY(decide(s, x, x->qualifies ? "qualified" : x->asks ? "needs_info" : end, &out));
	x->casefile = out.casefile;
	x->word_at  = x->qualifies && !x->forgotten ? x->at + 13 * DAY : TIME_NONE;
	x->at       = x->qualifies ? x->at + HOUR : x->asks ? x->at + 30 * DAY : TIME_NONE;
	return true;
}

/* Thirty days without an answer to our question. */
static bool silence(struct stage *s, struct thread *x)
{
	TRY(decide(s, x, "no_response", NULL));
	x->at = TIME_NONE;
	return true;
}

static bool step_assess(struct stage *s, struct thread *x)
{
	const struct player *by = story_player(s, "analyst");
	str                  version;

	if (x->asks)
		return silence(s, x);
	TRY(stage_cell(s, by, x->at, "case.show", x->casefile, "vulns", 0, "id", &x->vuln));
	TRY(stage_cell(s, by, x->at, "case.show", x->casefile, "vulns", 0, "version", &version));
	TRY(ACT(s, by, x->at, "vuln.edit", NULL, { "id", x->casefile }, { "vuln", x->vuln }, { "version", version },
	        { "title", text_with(s, x->t.f->title, x->t.g->name) },
	        { "title_ja", text_with(s, x->t.f->title_ja, x->t.g->name_ja) },
	        { "summary", text_with(s, x->t.f->text, x->t.g->name) },
	        { "summary_ja", text_with(s, x->t.f->text_ja, x->t.g->name_ja) }, { "cwe", str_of(x->t.f->cwe) }));
	TRY(stage_cell(s, by, x->at, "case.show", x->casefile, "vulns", 0, "version", &version));
	TRY(ACT(s, by, x->at + MINUTE, "vuln.assess", NULL, { "id", x->casefile }, { "vuln", x->vuln },
	        { "version", version }, { "standard", S("3.1") }, { "vector", str_of(x->t.f->cvss31) }));
	x->at += (time_us)(1 + stage_dice(s, 6)) * DAY;
	return true;
}

/* Which versions: asked of the owner, all up to the newest but one affected, fixed in the newest. */
static bool step_impact(struct stage *s, struct thread *x)
{
	const struct player *by = story_player(s, "analyst"), *owner = story_player(s, "engineer");
	str                  product = s->products[x->t.g - cast_goods], question, version;
	struct outcome       out;

	TRY(ACT(s, by, x->at, "impact.ask", &out, { "id", x->casefile }, { "product", product }, { "vuln", x->vuln },
	        { "to", owner->who.id }));
	question = out.object;
	if (x->asks_owner) {   /* still open: the engineer answers it in the browser */
		x->at = TIME_NONE;
		return true;
	}
	x->at += (time_us)(1 + stage_dice(s, 5)) * DAY;
	TRY(stage_cell(s, owner, x->at, "question.show", question, "question", 0, "version", &version));
	TRY(ACT(s, owner, x->at, "question.answer", NULL, { "id", question }, { "version", version },
	        { "answer", S("affected") }, { "note", S("The same code is in all versions.") }));
	x->at += HOUR;
	return true;
}

/* A fix in the version that comes next, and a workaround until then. */
static bool step_remedy(struct stage *s, struct thread *x)
{
	const struct player *by = story_player(s, "analyst");
	const struct flaw   *f  = x->t.f;
	size_t  goods   = (size_t)(x->t.g - cast_goods);
	str     product = s->products[goods];
	time_us ships   = train_at(s, goods, s->shipped[goods]);

	TRY(ACT(s, by, x->at, "remedy.record", NULL, { "id", x->casefile }, { "product", product },
	        { "kind", S("workaround") }, { "body", str_of(f->around) }, { "body_ja", str_of(f->around_ja) }));
	TRY(ACT(s, by, x->at + MINUTE, "remedy.record", NULL, { "id", x->casefile }, { "product", product },
	        { "kind", S("fix") }, { "fixed_in", train_name(s, s->shipped[goods]) },
	        { "body", str_of(f->fix) }, { "body_ja", str_of(f->fix_ja) },
	        { "url", S("https://kakuu.example/downloads") }));
	TRY(tell_finder(s, x, x->at + 2 * MINUTE, "We plan the fix for version {P}. We will write again when it is out.",
	                "修正はバージョン{P}で提供する予定です。提供開始時に改めてご連絡いたします。", train_name(s, s->shipped[goods])));
	x->at = ships == TIME_NONE ? TIME_NONE : ships > x->at ? ships + 2 * HOUR : x->at + DAY;
	return true;
}

/* The version with the fix is out. */
static bool step_release(struct stage *s, struct thread *x)
{
	const struct player *by = story_player(s, "engineer");
	str id, version, state;

	for (size_t row = 0; row < 2; row++) {
		TRY(stage_cell(s, by, x->at, "case.show", x->casefile, "remedies", row, "id", &id));
		TRY(stage_cell(s, by, x->at, "case.show", x->casefile, "remedies", row, "version", &version));
		TRY(stage_cell(s, by, x->at, "case.show", x->casefile, "remedies", row, "state", &state));
		if (str_eq(state, S("planned")))
			TRY(ACT(s, by, x->at, "remedy.release", NULL, { "id", id }, { "version", version }));
	}
	TRY(tell_finder(s, x, x->at + HOUR, "Version {P} with the fix is out. Thank you for your patience.",
	                "修正を含むバージョン{P}を提供開始しました。お待ちいただきありがとうございました。",
	                train_name(s, s->shipped[x->t.g - cast_goods] - 1)));
	x->at += DAY;
	return true;
}

/* What is told in the release notes only ends here. */
static bool step_bar(struct stage *s, struct thread *x)
{
	if (x->publishes)
		return true;
	TRY(ACT(s, story_player(s, "lead"), x->at, "case.close", NULL, { "id", x->casefile },
	        { "reason", S("Fixed in a regular release and told in its notes; below the bar for an advisory.") }));
	x->at = x->word_at = TIME_NONE;
	return true;
}

/* The advisory: drafted by the analyst, its Japanese and English filled in. */
static bool step_draft(struct stage *s, struct thread *x)
{
	const struct player *by = story_player(s, "analyst");
	const struct flaw   *f  = x->t.f;
	struct outcome       out;
	str                  version;

	/* Some are written in Japanese first, as they were reported. */
	TRY(ACT(s, by, x->at, "advisory.draft", &out, { "id", x->casefile }, { "original", x->t.ja && f == &cast_flaws[0] ? S("ja") : S("en") }));
	x->edition = out.object;
	TRY(stage_cell(s, by, x->at, "edition.show", x->edition, "edition", 0, "version", &version));
	TRY(ACT(s, by, x->at + MINUTE, "edition.save", NULL, { "id", x->edition }, { "version", version },
	        { "title_en", text_with(s, f->title, x->t.g->name) },
	        { "title_ja", text_with(s, f->title_ja, x->t.g->name_ja) },
	        { "summary_en", text_with(s, f->text, x->t.g->name) },
	        { "summary_ja", text_with(s, f->text_ja, x->t.g->name_ja) },
	        { "description_en", text_with(s, f->text, x->t.g->name) },
	        { "description_ja", text_with(s, f->text_ja, x->t.g->name_ja) },
	        { "impact_en", str_of(f->impact) }, { "impact_ja", str_of(f->impact_ja) },
	        { "solution_en", str_of(f->fix) }, { "solution_ja", str_of(f->fix_ja) },
	        { "workaround_en", str_of(f->around) }, { "workaround_ja", str_of(f->around_ja) },
	        { "change_note_en", S("First edition") }, { "change_note_ja", S("初版") },
	        { "thanks_en", str_fmt(&s->kept, "We thank %.*s for the report.", STR_ARG(x->t.finder)) },
	        { "thanks_ja", str_fmt(&s->kept, "本脆弱性をご報告いただいた %.*s 様に感謝します。", STR_ARG(x->t.finder)) }));
	if (x->at > s->to - 66 * DAY && x->at < s->to - 46 * DAY)   /* and nobody comes back to it */
		TRY(ACT(s, by, x->at + MINUTE, "edition.status", NULL, { "id", x->edition }, { "status", S("interim") }));
	TRY(ACT(s, by, x->at + 2 * MINUTE, "edition.submit", NULL, { "id", x->edition }));
	x->at += (time_us)(1 + stage_dice(s, 3)) * DAY;
	return true;
}

/* A second person approves; the analyst publishes. The newest ones still wait for the approval. */
static bool step_publish(struct stage *s, struct thread *x)
{
	if (x->at > s->to - 23 * DAY) {
		x->at = TIME_NONE;
		return true;
	}
	TRY(ACT(s, story_player(s, "lead"), x->at, "edition.approve", NULL, { "id", x->edition }));
	TRY(ACT(s, story_player(s, "analyst"), x->at + HOUR, "edition.publish", NULL, { "id", x->edition }));
	x->at     += 30 * DAY;
	x->word_at = TIME_NONE;
	return true;
}

/* A month without a word that would have changed the advisory. */
static bool step_close(struct stage *s, struct thread *x)
{
	TRY(ACT(s, story_player(s, "lead"), x->at, "case.close", NULL, { "id", x->casefile },
	        { "reason", S("Published, and nothing came back in a month.") }));
	x->at = TIME_NONE;
	return true;
}

typedef bool step_fn(struct stage *s, struct thread *x);
static step_fn *const steps[] = { step_report, step_decide, step_assess, step_impact, step_remedy, step_release, step_bar,
	                           step_draft, step_publish, step_close };

static time_us next_at(const struct thread *x)
{
	return x->at == TIME_NONE || (x->word_at != TIME_NONE && x->word_at < x->at) ? x->word_at : x->at;
}

/* The thread to which something happens the earliest, or NULL when all have ended. */
static struct thread *next_thread(struct thread *all, size_t n, time_us until)
{
	struct thread *first = NULL;

	for (size_t i = 0; i < n; i++) {
		time_us at = next_at(&all[i]);
		if (at != TIME_NONE && at < until && (!first || at < next_at(first)))
			first = &all[i];
	}
	return first;
}

bool story_reports(struct stage *s, time_us from, time_us to, size_t reports, str *code)
{
	struct thread *all = NEWS(&s->kept, struct thread, reports);
	struct thread *x;
	size_t         goods;

	for (size_t i = 0; i < reports; i++) {
		all[i].t         = tale_pick(s);
		all[i].at        = from + (to - from) / (time_us)reports * (time_us)(i + 1);
		all[i].waits     = i + 8 >= reports;
		all[i].qualifies = i % 5 < 2;
		all[i].asks      = i % 40 == 7;
		all[i].asks_owner = i + 30 >= reports;
		all[i].word_at   = TIME_NONE;
		all[i].forgotten = i % 30 == 21;
		all[i].publishes = all[i].qualifies && i % 19 < 6;
	}
	/* The one that a newcomer opens first. */
	all[reports - 1].t = (struct tale){ &cast_flaws[0], &cast_goods[2], true, S("高橋 誠") };
	while ((x = next_thread(all, reports, to + HOUR)) != NULL) {
		time_us at = next_at(x);
		while ((goods = train_next(s, at)) != SIZE_MAX)
			TRY(train_ship(s, goods, train_at(s, goods, s->shipped[goods])));
		if (at != x->at) {
			TRY(keep_word(s, x));
			continue;
		}
		TRY(steps[x->step++](s, x));
		if ((size_t)x->step == sizeof(steps) / sizeof(steps[0]))
			x->at = TIME_NONE;
	}
	*code = all[reports - 1].code;
	return true;
}
