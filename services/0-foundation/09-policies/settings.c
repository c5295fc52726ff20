#include "services/0-foundation/09-policies/settings.h"

#include "gen/settings.html.h"

#include <stddef.h>

#include "base/buf.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"
#include "record/casefile.h"
#include "record/role.h"
#include "record/session.h"
#include "record/setting.h"
#include "standards/spdx/license.h"

enum { WORDS_MAX = 1900, NOTED = 300, IDLE_MIN = 5, IDLE_MAX = 240, HOURS_MIN = 1, HOURS_MAX = 24, PREFIX_MAX = 20 };

/* ---- what there is ---- */

enum group { HOUSE, RELEASE, ENTRY };

static const struct choice two_choices[] = {
	{ "1", N_("A second person approves") }, { "0", N_("One person may write and approve") }, { NULL, NULL },
};

static const struct choice original_choices[] = { { "en", N_("English") }, { "ja", N_("Japanese") }, { NULL, NULL } };

/* Every setting, with its default and how its value is shown. */
static const struct rule {
	const char *name, *label, *otherwise;
	enum group  group;
	const struct choice *choices;
} rules[] = {
	{ "organisation", N_("Name of the organisation"), "psirt", HOUSE, NULL },
	{ "organisation_ja", N_("Name in Japanese"), "", HOUSE, NULL },
	{ "zone", N_("Time zone of published documents"), "UTC", HOUSE, NULL },
	{ "advisory_prefix", N_("Prefix of advisory numbers"), "PSIRT", HOUSE, NULL },
	{ "advisory_pattern", N_("Pattern of advisory numbers"), "{PREFIX}-SA-{YEAR}-{N}", HOUSE, NULL },
	{ "advisory_original", N_("Language in which advisories are written"), "en", HOUSE, original_choices },
	{ "advisory_license", N_("License of published documents"), "", HOUSE, NULL },
	{ "advisory_advice_en", N_("General recommendations, in English"), "", HOUSE, NULL },
	{ "advisory_advice_ja", N_("General recommendations, in Japanese"), "", HOUSE, NULL },
	{ "advisory_terms_en", N_("Terms of use, in English"), "", HOUSE, NULL },
	{ "advisory_terms_ja", N_("Terms of use, in Japanese"), "", HOUSE, NULL },
	{ "publisher_namespaces", N_("Former namespaces of our documents"), "", HOUSE, NULL },
	{ "two_persons", N_("Approval of advisories"), "1", RELEASE, two_choices },
	{ "two_persons_reason", N_("Why one person is enough"), "", RELEASE, NULL },
	{ "interim_days", N_("Days between editions below which interim is suggested"), "21", RELEASE, NULL },
	{ "final_days", N_("Quiet days after which final is suggested"), "42", RELEASE, NULL },
	{ "spelling_words", N_("Words that no dictionary has and that are right"), "", RELEASE, NULL },
	{ "csaf21_begin", N_("CSAF 2.1 in production from"), "", RELEASE, NULL },
	{ "csaf21_rollover", N_("CSAF 2.1 authoritative from"), "", RELEASE, NULL },
	{ "csaf20_end", N_("CSAF 2.0 ends on"), "", RELEASE, NULL },
	{ "second_factor", N_("Roles that need a second factor"), "", ENTRY, role_choices },
	{ "session_idle", N_("Idle minutes until a session ends"), "30", ENTRY, NULL },
	{ "session_hours", N_("Hours until a session ends at the latest"), "12", ENTRY, NULL },
};
enum { RULES = sizeof(rules) / sizeof(rules[0]) };

static const struct setting_rows_row *row_of(const struct setting_rows_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->v[i].name, str_of(name)))
			return &rows->v[i];
	return NULL;
}

static str value_of(const struct setting_rows_rows *rows, const char *name)
{
	const struct setting_rows_row *r = row_of(rows, name);

	for (size_t i = 0; !r && i < RULES; i++)
		if (strcmp(rules[i].name, name) == 0)
			return str_of(rules[i].otherwise);
	return r ? r->value : S("");
}

/* Grows with every change in the group: what a form that was open meanwhile has to match. */
static int64_t version_of(const struct setting_rows_rows *rows, enum group g)
{
	int64_t n = 0;

	for (size_t i = 0; i < RULES; i++) {
		const struct setting_rows_row *r = rules[i].group == g ? row_of(rows, rules[i].name) : NULL;
		n += r ? r->version : 0;
	}
	return n;
}

/* A value for people: the words of its choices, "PSIRT lead · Analyst". */
static str shown(struct ctx *c, const struct rule *r, str value)
{
	str        one;
	struct buf b;

	if (!r->choices)
		return value;
	buf_init(&b, c->arena, 2000);
	while (str_cut(&value, ' ', &one)) {
		buf_add(&b, b.n ? S(" · ") : S(""));
		buf_add(&b, choice_label(c, r->choices, one));
	}
	return buf_str(&b);
}

/* ---- the page ---- */

#define COL(name, kind) { #name, kind, offsetof(struct setting_line, name) }
static const struct db_col line_cols[] = {
	COL(name, DB_TEXT), COL(label, DB_TEXT), COL(value, DB_TEXT), COL(set, DB_BOOL), COL(changed_at, DB_TIME), COL(changed_by, DB_TEXT),
};

static void lines_fill(struct ctx *c, const struct setting_rows_rows *rows, struct settings_page *m, struct sheet *out)
{
	struct setting_line *raw = NEWS(c->arena, struct setting_line, RULES);

	m->lines.max = RULES;
	for (size_t i = 0; i < RULES; i++) {
		const struct setting_rows_row *r = row_of(rows, rules[i].name);
		struct setting_line            line;
		raw[i] = (struct setting_line){
			str_of(rules[i].name), word_tr(c->lang, rules[i].label), value_of(rows, rules[i].name), r != NULL,
			r ? r->changed_at : TIME_NONE, r && r->changed_by.n ? r->changed_by : S("") };
		line       = raw[i];
		line.value = shown(c, &rules[i], raw[i].value);
		(void)list_push(c->arena, &m->lines, line);
	}
	sheet_add(out, "settings", false, line_cols, sizeof(line_cols) / sizeof(line_cols[0]), raw, RULES, sizeof(raw[0]));
}

static struct form *form_for(struct ctx *c, const char *op, const struct setting_rows_rows *rows, enum group g)
{
	struct form *f = form_new(c, op);

	form_set_int(c, f, "version", version_of(rows, g));
	for (size_t i = 0; i < RULES; i++) {
		str value = value_of(rows, rules[i].name), one;
		if (rules[i].group != g)
			continue;
		if (rules[i].choices == role_choices)
			while (str_cut(&value, ' ', &one))
				form_set(c, f, rules[i].name, one);
		else
			form_set(c, f, rules[i].name, value);
	}
	return f;
}

static bool show_rows(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct settings_page          *m = NEW(c->arena, struct settings_page);
	const struct setting_rows_row *two;
	struct setting_rows_rows       rows;

	(void)a;
	TRY(sql_setting_rows(c, &rows));
	lines_fill(c, &rows, m, out);
	m->house       = form_for(c, "setting.house", &rows, HOUSE);
	m->release     = form_for(c, "setting.release", &rows, RELEASE);
	m->entry       = form_for(c, "setting.entry", &rows, ENTRY);
	m->may_house   = form_may(c, m->house);
	m->may_release = form_may(c, m->release);
	m->one_person  = str_eq(value_of(&rows, "two_persons"), S("0"));
	two            = row_of(&rows, "two_persons");
	m->reason      = value_of(&rows, "two_persons_reason");
	m->since       = two ? two->changed_at : TIME_NONE;
	m->by          = two && two->changed_by.n ? two->changed_by : S("");
	out->model     = m;
	return true;
}

static void show_page(struct page *w, const void *model)
{
	html_settings(w, model);
}

/* ---- changing ---- */

struct change { struct setting_rows_rows rows; struct buf note; };

/* The group as it was when the form was opened; no version given: whatever it is. */
static bool change_begin(struct ctx *c, const struct args *a, enum group g, struct change *x)
{
	buf_init(&x->note, c->arena, 4000);
	TRY(sql_setting_rows(c, &x->rows));
	if (arg_int(a, "version") != INT_NONE && arg_int(a, "version") != version_of(&x->rows, g))
		return fault(c, E_CONFLICT, NULL, NULL);
	return true;
}

/* Old and new value go into the audit, of long ones the beginning; what stays the same is not written. */
static bool change(struct ctx *c, struct change *x, const char *name, str value)
{
	str was = value_of(&x->rows, name), now = value.p ? value : S("");

	if (str_eq(was, now))
		return true;
	buf_fmt(&x->note, "%s%s: %.*s -> %.*s", x->note.n ? "; " : "", name, STR_ARG(utf8_cut(was, NOTED)), STR_ARG(utf8_cut(now, NOTED)));
	return setting_save(c, name, now);
}

static bool change_end(struct change *x, struct sheet *out)
{
	out->note = buf_str(&x->note);
	out->next = S("/settings");
	out->said = x->note.n ? str_of(N_("The settings were saved.")) : str_of(N_("Nothing was different; nothing was changed."));
	return true;
}

#define VERSION { .name = "version", .kind = ARG_INT, .hidden = true, .label = N_("Version") }

static const struct arg house_args[] = {
	VERSION,
	{ .name = "organisation", .kind = ARG_LINE, .max = 200, .must = true, .label = N_("Name of the organisation"),
	  .hint = N_("As it stands on public pages, in letters and as the publisher of CSAF documents.") },
	{ .name = "organisation_ja", .kind = ARG_LINE, .max = 200, .label = N_("Name in Japanese"),
	  .hint = N_("What readers of Japanese see on pages and in letters; the publisher of CSAF documents has one name.") },
	{ .name = "zone", .kind = ARG_LINE, .max = 60, .must = true, .label = N_("Time zone of published documents"),
	  .hint = N_("Such as Asia/Tokyo. Who has no account reads all times in it.") },
	{ .name = "advisory_prefix", .kind = ARG_LINE, .max = PREFIX_MAX, .must = true, .label = N_("Prefix of advisory numbers"),
	  .hint = N_("Capital letters, digits and hyphens. Numbers that were given stay as they are.") },
	{ .name = "advisory_pattern", .kind = ARG_LINE, .max = 60, .label = N_("Pattern of advisory numbers"),
	  .hint = N_("Capital letters, digits, hyphens, {PREFIX}, {YEAR} and once {N}, which counts in each year. It is the tracking id of CSAF.") },
	{ .name = "advisory_original", .kind = ARG_CHOICE, .choices = original_choices, .label = N_("Language in which advisories are written"),
	  .hint = N_("The documents in it are the originals, those in the other language their translations. It can be chosen for each advisory.") },
	{ .name = "advisory_license", .kind = ARG_LINE, .max = 200, .label = N_("License of published documents"),
	  .hint = N_("An expression of SPDX, such as CC-BY-4.0. It stands in CSAF documents and on pages that go out from now on; empty: none is told.") },
	{ .name = "advisory_advice_en", .kind = ARG_TEXT, .max = WORDS_MAX, .label = N_("General recommendations, in English"),
	  .hint = N_("What every customer does to be safe. It stands in each document and page that goes out from now on; in both languages or in none.") },
	{ .name = "advisory_advice_ja", .kind = ARG_TEXT, .max = WORDS_MAX, .label = N_("General recommendations, in Japanese") },
	{ .name = "advisory_terms_en", .kind = ARG_TEXT, .max = WORDS_MAX, .label = N_("Terms of use, in English"),
	  .hint = N_("The legal disclaimer of documents and pages that go out from now on; in both languages or in none.") },
	{ .name = "advisory_terms_ja", .kind = ARG_TEXT, .max = WORDS_MAX, .label = N_("Terms of use, in Japanese") },
	{ .name = "publisher_namespaces", .kind = ARG_LINE, .max = 1000, .label = N_("Former namespaces of our documents"),
	  .hint = N_("Addresses that stood as the publisher's namespace in CSAF documents of ours, beside the one of this site; separated by blanks.") },
	{ 0 },
};

static bool prefix_check(struct ctx *c, str p)
{
	bool ok = p.n && p.p[0] >= 'A' && p.p[0] <= 'Z' && p.p[p.n - 1] != '-';

	for (size_t i = 0; i < p.n; i++)
		ok = ok && ((p.p[i] >= 'A' && p.p[i] <= 'Z') || (p.p[i] >= '0' && p.p[i] <= '9') || p.p[i] == '-');
	return ok || fault(c, E_INVALID, "advisory_prefix",
	                   N_("A prefix begins with a capital letter and has capital letters, digits and hyphens only, such as ACME."));
}

/* Only capital letters, digits and hyphens come out of it, and {N} tells the numbers apart. */
static bool pattern_check(struct ctx *c, str p)
{
	static const char *const places[] = { "{PREFIX}", "{YEAR}", "{N}" };
	size_t counts = 0;
	bool   ok     = p.n && ((p.p[0] >= 'A' && p.p[0] <= 'Z') || str_starts(p, S("{PREFIX}"))) && p.p[p.n - 1] != '-';

	for (size_t i = 0, n; ok && i < p.n; i += n) {
		n = 1;
		for (size_t k = 0; k < 3; k++)
			if (str_starts(str_slice(p, i, p.n), str_of(places[k]))) {
				n       = str_of(places[k]).n;
				counts += k == 2;
			}
		ok = n > 1 || (p.p[i] >= 'A' && p.p[i] <= 'Z') || (p.p[i] >= '0' && p.p[i] <= '9') || p.p[i] == '-';
	}
	return (ok && counts == 1) ||
	       fault(c, E_INVALID, "advisory_pattern",
	             N_("A pattern begins with a capital letter or {PREFIX}, has {N} once, and else capital letters, digits, hyphens, {PREFIX} and {YEAR}, such as {PREFIX}-{YEAR}-{N}."));
}

/* meets CSAF-2.1 3.2.3.6, 6.1.54, 6.2.44, 6.2.45: one of another list would need its text in every document (6.1.55) */
static bool license_check(struct ctx *c, str text)
{
	struct license_ids ids = { .max = LICENSE_IDS_MAX };

	if (!text.n)
		return true;
	if (!license_parse(c->arena, text, &ids))
		return fault(c, E_INVALID, "advisory_license", N_("{1} is no license expression of SPDX, such as CC-BY-4.0 or (MIT OR Apache-2.0)."), text);
	for (size_t i = 0; i < ids.n; i++) {
		enum license_state state = license_find(&ids.v[i]);

		if (state == LICENSE_UNKNOWN)
			return fault(c, E_INVALID, "advisory_license", N_("{1} is no license of the lists ({2}); mind capital and small letters."),
			             ids.v[i].id, license_source());
		if (state == LICENSE_DEPRECATED)
			return fault(c, E_INVALID, "advisory_license", N_("The license identifier {1} is deprecated; the list has another one in its place."), ids.v[i].id);
	}
	return true;
}

static bool namespaces_check(struct ctx *c, str all)
{
	str one;

	while (str_cut(&all, ' ', &one))
		if (one.n && !str_starts(one, S("https://")) && !str_starts(one, S("http://")))
			return fault(c, E_INVALID, "publisher_namespaces", N_("{1} is no address; one begins with https://."), one);
	return true;
}

/* Words of the house for all that it publishes. meets CSAF-2.0 9.1.6: they are prefilled from the configuration */
static bool words_change(struct ctx *c, const struct args *a, struct change *x, const char *en, const char *ja)
{
	str one = arg_given(a, en) ? arg_str(a, en) : value_of(&x->rows, en), two = arg_given(a, ja) ? arg_str(a, ja) : value_of(&x->rows, ja);

	if (!one.n != !two.n)
		return fault(c, E_INVALID, one.n ? ja : en, N_("Readers of both languages need these words: write them in both, or in none."));
	TRY(change(c, x, en, one));
	return change(c, x, ja, two);
}

static bool house_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct change x;

	TRY(prefix_check(c, arg_str(a, "advisory_prefix")));
	if (arg_str(a, "advisory_pattern").n)
		TRY(pattern_check(c, arg_str(a, "advisory_pattern")));
	TRY(namespaces_check(c, arg_str(a, "publisher_namespaces")));
	TRY(license_check(c, arg_str(a, "advisory_license")));
	if (!zone_load(c, arg_str(a, "zone")))
		return false;
	TRY(change_begin(c, a, HOUSE, &x));
	TRY(change(c, &x, "organisation", arg_str(a, "organisation")));
	if (arg_given(a, "organisation_ja"))
		TRY(change(c, &x, "organisation_ja", arg_str(a, "organisation_ja")));
	TRY(change(c, &x, "zone", arg_str(a, "zone")));
	TRY(change(c, &x, "advisory_prefix", arg_str(a, "advisory_prefix")));
	if (arg_str(a, "advisory_pattern").n)
		TRY(change(c, &x, "advisory_pattern", arg_str(a, "advisory_pattern")));
	if (arg_str(a, "advisory_original").n)
		TRY(change(c, &x, "advisory_original", arg_str(a, "advisory_original")));
	if (arg_given(a, "advisory_license"))
		TRY(change(c, &x, "advisory_license", arg_str(a, "advisory_license")));
	TRY(words_change(c, a, &x, "advisory_advice_en", "advisory_advice_ja"));
	TRY(words_change(c, a, &x, "advisory_terms_en", "advisory_terms_ja"));
	if (arg_given(a, "publisher_namespaces"))
		TRY(change(c, &x, "publisher_namespaces", arg_str(a, "publisher_namespaces")));
	return change_end(&x, out);
}

static const struct arg release_args[] = {
	VERSION,
	{ .name = "two_persons", .kind = ARG_CHOICE, .choices = two_choices, .must = true, .label = N_("Approval of advisories") },
	{ .name = "two_persons_reason", .kind = ARG_LINE, .max = 300, .label = N_("Why one person is enough"),
	  .hint = N_("Needed when one person may write and approve. It is shown to everybody who approves.") },
	{ .name = "interim_days", .kind = ARG_INT, .label = N_("Days between editions below which interim is suggested"), .hint = N_("1 to 365.") },
	{ .name = "final_days", .kind = ARG_INT, .label = N_("Quiet days after which final is suggested"), .hint = N_("1 to 365.") },
	{ .name = "spelling_words", .kind = ARG_TEXT, .max = 1900, .label = N_("Words that no dictionary has and that are right"),
	  .hint = N_("Such as names of protocols; separated by blanks. Names of products, of the organisation and of who is thanked are known.") },
	{ .name = "csaf21_begin", .kind = ARG_DATE, .label = N_("CSAF 2.1 in production from"),
	  .hint = N_("The days of the move to CSAF 2.1 are announced on the page of the advisories; each begins at midnight in the time zone of published documents.") },
	{ .name = "csaf21_rollover", .kind = ARG_DATE, .label = N_("CSAF 2.1 authoritative from"),
	  .hint = N_("From then on the provider metadata without a version is that of CSAF 2.1. Revise before it what is out in CSAF 2.0 alone.") },
	{ .name = "csaf20_end", .kind = ARG_DATE, .label = N_("CSAF 2.0 ends on"),
	  .hint = N_("From then on the folders of CSAF 2.0 answer no more; what stood in them is one archive.") },
	{ 0 },
};

static bool within(struct ctx *c, const struct args *a, const char *name, int64_t least, int64_t most)
{
	int64_t n = arg_int(a, name);

	return (n >= least && n <= most) ||
	       fault(c, E_INVALID, name, N_("Please give a number from {1} to {2}."), str_fmt(c->arena, "%lld", (long long)least),
	             str_fmt(c->arena, "%lld", (long long)most));
}

static bool days_given(struct ctx *c, const struct args *a, const char *name)
{
	return !arg_given(a, name) || within(c, a, name, 1, 365);
}

/* The day as it will be. */
static str day_of(const struct args *a, const struct change *x, const char *name)
{
	return arg_given(a, name) ? arg_str(a, name) : value_of(&x->rows, name);
}

/* meets CSAF-2.1 7.4.1: begin, roll-over and end, in this order */
static bool moves_check(struct ctx *c, const struct args *a, const struct change *x)
{
	str begin = day_of(a, x, "csaf21_begin"), rollover = day_of(a, x, "csaf21_rollover"), end = day_of(a, x, "csaf20_end");

	if (rollover.n && !begin.n)
		return fault(c, E_INVALID, "csaf21_begin", N_("Please say from when on CSAF 2.1 is for use in production."));
	if (rollover.n && str_cmp(rollover, begin) < 0)
		return fault(c, E_INVALID, "csaf21_rollover", N_("CSAF 2.1 is in production before it is authoritative: not before {1}."), begin);
	if (end.n && !rollover.n)
		return fault(c, E_INVALID, "csaf21_rollover", N_("Please say from when on CSAF 2.1 is authoritative: before CSAF 2.0 ends."));
	if (end.n && str_cmp(end, rollover) < 0)
		return fault(c, E_INVALID, "csaf20_end", N_("CSAF 2.0 ends when CSAF 2.1 is authoritative: not before {1}."), rollover);
	return true;
}

static bool moves_change(struct ctx *c, const struct args *a, struct change *x)
{
	static const char *const names[] = { "csaf21_begin", "csaf21_rollover", "csaf20_end" };

	TRY(moves_check(c, a, x));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		TRY(change(c, x, names[i], day_of(a, x, names[i])));
	return true;
}

static bool release_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	bool          two    = str_eq(arg_str(a, "two_persons"), S("1"));
	str           reason = two ? S("") : arg_str(a, "two_persons_reason");
	struct change x;

	if (!two && reason.n == 0)
		return fault(c, E_INVALID, "two_persons_reason", N_("Please say why one person is enough."));
	TRY(days_given(c, a, "interim_days"));
	TRY(days_given(c, a, "final_days"));
	TRY(change_begin(c, a, RELEASE, &x));
	if (arg_given(a, "interim_days"))
		TRY(change(c, &x, "interim_days", arg_str(a, "interim_days")));
	if (arg_given(a, "final_days"))
		TRY(change(c, &x, "final_days", arg_str(a, "final_days")));
	if (arg_given(a, "spelling_words"))
		TRY(change(c, &x, "spelling_words", arg_str(a, "spelling_words")));
	TRY(moves_change(c, a, &x));
	TRY(change(c, &x, "two_persons", arg_str(a, "two_persons")));
	TRY(change(c, &x, "two_persons_reason", reason));
	return change_end(&x, out);
}

static const struct arg entry_args[] = {
	VERSION,
	{ .name = "second_factor", .kind = ARG_CHOICE, .choices = role_choices, .many = true, .label = N_("Roles that need a second factor"),
	  .hint = N_("Everybody may set one up. With a role that is ticked here nothing else opens before that is done.") },
	{ .name = "session_idle", .kind = ARG_INT, .must = true, .label = N_("Idle minutes until a session ends"), .hint = N_("5 to 240.") },
	{ .name = "session_hours", .kind = ARG_INT, .must = true, .label = N_("Hours until a session ends at the latest"),
	  .hint = N_("1 to 24. Holds for sessions that begin from now on.") },
	{ 0 },
};

/* In the order of the roles, each once. */
static bool roles_given(struct ctx *c, const struct args *a, str *out)
{
	int64_t all = 0, one;
	str     name;

	for (size_t i = 0; arg_nth(a, "second_factor", i, &name); i++)
		if (name.n) {
			TRY(role_parse(c, name, &one));
			all |= one;
		}
	*out = role_print(c, all);
	return true;
}

static bool entry_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct change x;
	str           roles;

	TRY(within(c, a, "session_idle", IDLE_MIN, IDLE_MAX));
	TRY(within(c, a, "session_hours", HOURS_MIN, HOURS_MAX));
	TRY(roles_given(c, a, &roles));
	TRY(change_begin(c, a, ENTRY, &x));
	TRY(change(c, &x, "second_factor", roles));
	TRY(change(c, &x, "session_idle", arg_str(a, "session_idle")));
	TRY(change(c, &x, "session_hours", arg_str(a, "session_hours")));
	return change_end(&x, out);
}

static bool count_settings(struct ctx *c, int64_t *n, time_us *newest)
{
	struct setting_rows_rows rows;

	TRY(sql_setting_rows(c, &rows));
	*newest = TIME_NONE;
	*n      = 0;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].changed_at != TIME_NONE && rows.v[i].changed_by.n) {
			++*n;
			if (rows.v[i].changed_at > *newest)
				*newest = rows.v[i].changed_at;
		}
	return true;
}

/* ---- tables ---- */

static const struct arg none[] = { { 0 } };

static const struct op ops[] = {
	{ .name = "setting.house", .path = "POST /settings/house", .may = ROLE_ADMIN, .args = house_args, .run = house_run,
	  .form = "setting.show", .help = N_("Save the settings of the house") },
	{ .name = "setting.release", .path = "POST /settings/release", .may = ROLE_LEAD, .args = release_args, .run = release_run,
	  .form = "setting.show", .help = N_("Save the rules of publishing") },
	{ .name = "setting.entry", .path = "POST /settings/entry", .may = ROLE_ADMIN, .args = entry_args, .run = entry_run,
	  .form = "setting.show", .help = N_("Save the rules of signing in") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "setting.show", .path = "GET /settings", .may = ROLE_ADMIN | ROLE_LEAD | ROLE_AUDITOR, .args = none,
	  .rows = show_rows, .page = show_page, .help = N_("Settings"), .area = "settings" },
	{ 0 },
};

static const struct evidence proof[] = {
	{ "III.A", N_("Settings that somebody decided on"), count_settings },
	{ 0 },
};

const struct service settings_service = {
	.number   = "0.9",
	.title    = N_("Policies and Procedures"),
	.ops      = ops,
	.views    = views,
	.evidence = proof,
};
