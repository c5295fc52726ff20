#include "services/2-discovery/1-intake/reporting.h"

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/text/word.h"
#include "platform/text/zone.h"
#include "record/casefile.h"
#include "record/pace.h"
#include "record/role.h"
#include "record/session.h"

/* ---- report.submit, report.enter ---- */

/* "09:30" or nothing; hours and minutes into *at. */
static bool clock_read(struct ctx *c, str v, struct civil *at)
{
	int64_t h, m;

	if (v.n == 0)
		return true;
	if (v.n != 5 || v.p[2] != ':' || !str_to_int(str_slice(v, 0, 2), &h) || h < 0 || h > 23 ||
	    !str_to_int(str_slice(v, 3, 5), &m) || m < 0 || m > 59)
		return fault(c, E_INVALID, "plan_time", N_("Please give a time such as 18:00."));
	at->hour   = (int)h;
	at->minute = (int)m;
	return true;
}

bool plan_read(struct ctx *c, const struct args *a, time_us *at, str *name)
{
	const struct zone *z;
	struct civil       local;

	*at = TIME_NONE;
	if (!arg_str(a, "plan_date").n) {
		return !arg_str(a, "plan_time").n ||
		       fault(c, E_INVALID, "plan_date", N_("Please give the day that this time belongs to."));
	}
	if (!date_parse(arg_str(a, "plan_date"), &local))
		return fault(c, E_INVALID, "plan_date", N_("Please give a date such as 2026-12-01."));
	TRY(clock_read(c, arg_str(a, "plan_time"), &local));
	*name = arg_str(a, "plan_zone").n ? arg_str(a, "plan_zone") : c->zone.n ? c->zone : S("UTC");
	z            = zone_load(c, *name);
	if (!z)
		return fault(c, E_INVALID, "plan_zone", N_("There is no time zone named {1}. Names are such as Asia/Tokyo or UTC."),
		             *name);
	if (!zone_local(c, z, local, at, NULL)) {
		c->fault.where = S("plan_time");
		return false;
	}
	return true;
}

/* An address a letter can go to: something, one @, a name with a dot or not, nothing odd. */
static bool contact_check(struct ctx *c, str v)
{
	size_t at = str_find(v, S("@"), 0);
	bool   ok = v.n == 0 || (at != SIZE_MAX && at > 0 && at + 1 < v.n && str_find(v, S("@"), at + 1) == SIZE_MAX);

	for (size_t i = 0; ok && i < v.n; i++)
		ok = v.p[i] != ' ' && v.p[i] != '<' && v.p[i] != '>' && v.p[i] != ',' && v.p[i] != ';' && v.p[i] != '"';
	return ok || fault(c, E_INVALID, "contact", N_("Please give one mail address such as finder@example.org, or leave this empty to stay anonymous."));
}

static str title_of(struct ctx *c, const struct args *a)
{
	str    given = arg_str(a, "title"), line = arg_str(a, "description");
	size_t end;

	if (given.n)
		return given;
	line = str_trim(line);
	end  = str_find(line, S("\n"), 0);
	line = str_trim(str_slice(line, 0, end == SIZE_MAX ? line.n : end));
	if (str_ends(line, S(".")) || str_ends(line, S("。")))   /* a title is no sentence */
		line = str_slice(line, 0, line.n - (str_ends(line, S(".")) ? 1 : 3));
	return line.n <= 120 ? line : STR_CAT(c->arena, utf8_cut(line, 117), S("…"));
}

static bool draft_read(struct ctx *c, const struct args *a, struct report_draft *d)
{
	*d = (struct report_draft){
		.title = title_of(c, a), .product = arg_str(a, "product"),
		.product_version = arg_str(a, "product_version"), .description = arg_str(a, "description"),
		.found_how = arg_str(a, "found_how"), .impact = arg_str(a, "impact"),
		.exploited = arg_str(a, "exploited"), .known = arg_str(a, "known"), .told = arg_str(a, "told"),
		.contact = arg_str(a, "contact"), .contact_share = arg_bool(a, "contact_share"),
		.credit = arg_str(a, "credit"),
		.lang = arg_str(a, "lang").n ? arg_str(a, "lang") : lang_code(c->lang),
	};
	if (!str_trim(d->description).n)
		return fault(c, E_INVALID, "description", N_("Please fill this in."));
	TRY(contact_check(c, d->contact));
	return plan_read(c, a, &d->plan_at, &d->plan_zone);
}

static bool draft_store(struct ctx *c, const struct args *a, struct report_draft *d, struct sheet *out)
{
	report_id id;
	str       number;

	TRY(report_open(c, d, out->secret, &id, &number));
	TRY(likeness_note(c, id, d));
	TRY(report_attach(c, id, (message_id){ STR_NONE }, a, "file"));
	out->object = out->report = id.v;
	return fact_tell(c, "report.submitted", STR_NONE, id.v);
}

/* The code comes before the transaction, so that a repeated submission shows it again. */
static bool submit_prepare(struct ctx *c, const struct args *a, struct sheet *out)
{
	out->secret = receipt_make(c, arg_str(a, "seed"), out->once);
	return true;
}

/* meets FIRST-1.1 2.1.1.1, 2.1.2 */
static bool submit_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_draft d;

	TRY(draft_read(c, a, &d));
	TRY(pace_report(c, a));
	d.channel = c->actor && c->actor->channel == CHANNEL_API ? S("api") : S("web");
	out->next = S("/report/received");
	out->said = S(N_("Your report has arrived."));
	return draft_store(c, a, &d, out);
}

/* meets FIRST-1.1 2.1.2.1: what came by another channel is a report, too */
static bool enter_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_draft d;

	TRY(draft_read(c, a, &d));
	d.source  = arg_str(a, "source");
	d.channel = arg_str(a, "channel");
	d.entered = true;
	TRY(draft_store(c, a, &d, out));
	out->next = STR_CAT(c->arena, S("/reports/"), out->object);
	out->said = S(N_("The report was entered. Its receipt code is shown once; give it to the finder."));
	return true;
}

/* ---- the finder's own page ---- */

static bool status_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	str code = receipt_plain(c, arg_str(a, "code"));

	if (code.n < 20 || code.n > 40)
		return fault(c, E_INVALID, "code", N_("A receipt code has 20 letters and digits, such as K7QM2-XRD94-TFHW3-C5PLA."));
	out->cookie = STR_CAT(c->arena, S("receipt:"), code);
	out->next   = S("/report/mine");
	return true;
}

static bool leave_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	(void)c;
	(void)a;
	out->cookie = S("");
	out->next   = S("/report/status");
	out->said   = S(N_("The page of the report was closed on this device."));
	return true;
}

static bool add_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_brief r;
	message_id          m;

	TRY(report_own(c, &r));
	if (!arg_str(a, "body").n && !arg_file(a, "file", 0))
		return fault(c, E_INVALID, "body", N_("Please write something or choose a file."));
	TRY(pace_report(c, a));
	TRY(report_hear(c, &r, arg_str(a, "body").n ? arg_str(a, "body") : S(""), &m));
	TRY(report_attach(c, r.id, m, a, "file"));
	out->object   = out->report = r.id.v;
	out->casefile = r.casefile.v;
	out->next     = S("/report/mine");
	out->said     = S(N_("Your message has arrived."));
	return true;
}

/* ---- the team ---- */

static bool named(struct ctx *c, const struct args *a, struct report_brief *r, struct sheet *out)
{
	TRY(report_brief(c, (report_id){ arg_str(a, "id") }, r));
	out->object   = out->report = r->id.v;
	out->casefile = r->casefile.v;
	out->next     = STR_CAT(c->arena, S("/reports/"), r->id.v);
	return true;
}

/* meets FIRST-1.1 2.1.2.3, 5.1.3: the finder is answered, and told when to expect more */
static bool reply_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_brief r;
	message_id          m;

	TRY(named(c, a, &r, out));
	TRY(report_tell(c, &r, arg_str(a, "marking"), arg_str(a, "body"), arg_bool(a, "awaits"), &m));
	TRY(report_attach(c, r.id, m, a, "file"));
	out->said = r.contact.n ? S(N_("The message stands on the finder's page, and a letter that points to it waits to leave."))
	                        : S(N_("The message stands on the finder's page. The finder gave no address, so no letter leaves."));
	return true;
}

static bool take_run(struct ctx *c, const struct args *a, struct sheet *out)
{
	struct report_brief r;

	TRY(named(c, a, &r, out));
	out->said = S(N_("Marked as read."));
	return report_read(c, &r);
}

/* ---- facts heard, evidence ---- */

static bool hear_qualified(struct ctx *c, str case_id_, str object)
{
	(void)object;
	return report_follow(c, (case_id){ case_id_ }, 3);
}

static bool hear_remedying(struct ctx *c, str case_id_, str object)
{
	(void)object;
	return report_follow(c, (case_id){ case_id_ }, 4);
}

static bool hear_disclosing(struct ctx *c, str case_id_, str object)
{
	(void)object;
	return report_follow(c, (case_id){ case_id_ }, 5);
}

static bool hear_published(struct ctx *c, str case_id_, str object)
{
	(void)object;
	return report_follow(c, (case_id){ case_id_ }, 6);
}

static bool hear_closed(struct ctx *c, str case_id_, str object)
{
	(void)object;
	return report_close(c, (case_id){ case_id_ }, false);
}

static bool hear_reopened(struct ctx *c, str case_id_, str object)
{
	(void)object;
	return report_close(c, (case_id){ case_id_ }, true);
}

/* meets FIRST-1.1 2.1.1: reports arrive by the channels that are offered */
static bool evidence_received(struct ctx *c, int64_t *n, time_us *newest)
{
	struct count_received_row r;

	TRY(sql_count_received(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* meets FIRST-1.1 2.1.2: reports that a person has answered */
static bool evidence_answered(struct ctx *c, int64_t *n, time_us *newest)
{
	struct count_answered_row r;

	TRY(sql_count_answered(c, &r));
	*n      = r.n;
	*newest = r.newest;
	return true;
}

/* ---- tables ---- */

static const struct choice lang_choices[] = {
	{ "en", N_("English") }, { "ja", N_("Japanese") }, { NULL, NULL },
};

/* What a report says: the same questions on the public page and for the team. */
#define REPORT_ARGS \
	{ .name = "product", .kind = ARG_LINE, .max = 300, .must = true, .label = N_("Product"), \
	  .hint = N_("Name or model, as printed on the device or shown in the software") }, \
	{ .name = "product_version", .kind = ARG_LINE, .max = 300, .label = N_("Version"), \
	  .hint = N_("The exact version, build or firmware in which you saw it") }, \
	{ .name = "title", .kind = ARG_LINE, .max = 300, .label = N_("Title"), \
	  .hint = N_("One line; without it the first line of the description is taken") }, \
	{ .name = "description", .kind = ARG_TEXT, .max = 65536, .must = true, .label = N_("What did you find?"), \
	  .hint = N_("Steps that show it help most: what you did, what happened, what should have happened. Any language.") }, \
	{ .name = "found_how", .kind = ARG_TEXT, .max = 16384, .label = N_("How was it found?"), \
	  .hint = N_("Tool, method or chance; and whether you saw it happen yourself") }, \
	{ .name = "impact", .kind = ARG_TEXT, .max = 16384, .label = N_("What can somebody do with it?"), \
	  .hint = N_("On a device with default settings, and from where") }, \
	{ .name = "exploited", .kind = ARG_CHOICE, .choices = report_answer_choices, .label = N_("Is it being exploited?") }, \
	{ .name = "known", .kind = ARG_CHOICE, .choices = report_answer_choices, .label = N_("Is it public already?") }, \
	{ .name = "told", .kind = ARG_TEXT, .max = 4000, .label = N_("Whom else have you told?"), \
	  .hint = N_("Other makers, a coordinator such as JPCERT/CC or CERT/CC, an address where it is public") }, \
	{ .name = "plan_date", .kind = ARG_DATE, .label = N_("Do you plan to publish? On which day?") }, \
	{ .name = "plan_time", .kind = ARG_LINE, .max = 5, .label = N_("Time of day"), .hint = N_("Such as 18:00") }, \
	{ .name = "plan_zone", .kind = ARG_LINE, .max = 64, .label = N_("Time zone"), .hint = N_("Such as Asia/Tokyo, Europe/Berlin or UTC") }, \
	{ .name = "contact", .kind = ARG_LINE, .max = 254, .label = N_("Mail address"), \
	  .hint = N_("Only to say that there is news; leave it empty to stay anonymous") }, \
	{ .name = "contact_share", .kind = ARG_BOOL, .label = N_("You may pass my name and address on to coordinators and suppliers") }, \
	{ .name = "credit", .kind = ARG_LINE, .max = 300, .label = N_("Name for the acknowledgement"), \
	  .hint = N_("Exactly as it should stand in the advisory; empty: no acknowledgement") }, \
	{ .name = "file", .kind = ARG_FILE, .many = true, .label = N_("Files"), \
	  .hint = N_("Files are stored as they are and never opened here. Remove what you do not want us to know from their properties.") }

static const struct arg submit_args[] = {
	REPORT_ARGS,
	{ .name = "seed", .kind = ARG_ID, .hidden = true, .label = N_("Random id of the page") },
	{ 0 },
};

static const struct arg enter_args[] = {
	{ .name = "source", .kind = ARG_CHOICE, .must = true, .choices = report_source_choices, .label = N_("Where it was found") },
	{ .name = "channel", .kind = ARG_CHOICE, .must = true, .choices = report_channel_choices, .label = N_("How it reached us") },
	{ .name = "lang", .kind = ARG_CHOICE, .choices = lang_choices, .label = N_("Language of our answers") },
	REPORT_ARGS,
	{ .name = "seed", .kind = ARG_ID, .hidden = true, .label = N_("Random id of the page") },
	{ 0 },
};

static const struct arg status_args[] = {
	{ .name = "code", .kind = ARG_SECRET, .max = 200, .must = true, .label = N_("Receipt code"),
	  .hint = N_("It was shown once, when the report was sent") },
	{ 0 },
};

static const struct arg add_args[] = {
	{ .name = "body", .kind = ARG_TEXT, .max = 65536, .label = N_("Message to the PSIRT") },
	{ .name = "file", .kind = ARG_FILE, .many = true, .label = N_("Files") },
	{ 0 },
};

static const struct arg reply_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true },
	{ .name = "body", .kind = ARG_TEXT, .max = 65536, .must = true, .label = N_("Message to the finder"),
	  .hint = N_("The finder reads this on the status page. Your name is not shown.") },
	{ .name = "marking", .kind = ARG_CHOICE, .choices = tlp_choices, .label = "TLP",
	  .hint = N_("How far the finder may pass it on (FIRST TLP 2.0). The case's label when nothing is chosen.") },
	{ .name = "awaits", .kind = ARG_BOOL, .label = N_("We wait for an answer: it becomes the finder's turn") },
	{ .name = "file", .kind = ARG_FILE, .many = true, .label = N_("Files") },
	{ 0 },
};

static const struct arg id_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true },
	{ 0 },
};

static const struct arg file_args[] = {
	{ .name = "id", .kind = ARG_ID, .must = true, .hidden = true },
	{ .name = "file", .kind = ARG_ID, .must = true, .hidden = true },
	{ 0 },
};

const struct choice inbox_sort_choices[] = {
	{ "due", N_("Oldest promise first") }, { "newest", N_("Newest first") }, { "oldest", N_("Oldest first") },
	{ "changed", N_("Last changed first") }, { "title", N_("Title") }, { "product", N_("Product") },
	{ "state", N_("State") }, { "channel", N_("Channel") }, { NULL, NULL },
};

static const struct arg list_args[] = {
	{ .name = "state", .kind = ARG_CHOICE, .choices = report_state_choices, .label = N_("State") },
	{ .name = "q", .kind = ARG_LINE, .max = 100, .label = N_("Words in the report; or how a number, an address or a name of a reporter begins") },
	{ .name = "channel", .kind = ARG_CHOICE, .choices = report_channel_choices, .label = N_("Channel") },
	{ .name = "exploited", .kind = ARG_CHOICE, .choices = report_answer_choices, .label = N_("Exploited") },
	{ .name = "sort", .kind = ARG_CHOICE, .choices = inbox_sort_choices, .label = N_("Order") },
	{ .name = "from", .kind = ARG_INT, .label = N_("Skip so many") },
	{ 0 },
};

static const struct arg none[] = { { 0 } };

static const struct op ops[] = {
	{ .name = "report.submit", .path = "POST /report", .may = MAY_ANYONE, .args = submit_args, .prepare = submit_prepare,
	  .run = submit_run, .form = "report.form", .help = N_("Send the report"), .flags = OP_ONCE | OP_FILES },
	{ .name = "report.enter", .path = "POST /reports", .may = MAY_TEAM, .args = enter_args, .prepare = submit_prepare,
	  .run = enter_run, .form = "report.entry", .help = N_("Enter the report"), .flags = OP_ONCE | OP_FILES | OP_DRAFT },
	{ .name = "report.status", .path = "POST /report/status", .may = MAY_ANYONE, .args = status_args, .run = status_run,
	  .form = "report.code", .help = N_("Open the page of my report"), .flags = OP_QUIET },
	{ .name = "report.leave", .path = "POST /report/mine/leave", .may = ROLE_FINDER, .args = none, .run = leave_run,
	  .help = N_("Close the page of the report"), .flags = OP_QUIET },
	{ .name = "report.add", .path = "POST /report/mine/messages", .may = ROLE_FINDER, .args = add_args, .run = add_run,
	  .form = "report.mine", .help = N_("Send to the PSIRT"), .flags = OP_ONCE | OP_FILES },
	{ .name = "report.reply", .path = "POST /reports/:id/messages", .may = MAY_TEAM, .args = reply_args, .run = reply_run,
	  .form = "report.show", .help = N_("Send to the finder"), .flags = OP_ONCE | OP_FILES | OP_DRAFT },
	{ .name = "report.propose", .path = "POST /reports/:id/agreement", .may = MAY_TEAM, .args = propose_args, .run = propose_run,
	  .form = "report.show", .help = N_("Propose date and acknowledgement"), .flags = OP_ONCE | OP_DRAFT },
	{ .name = "report.embargo", .path = "POST /reports/:id/embargo", .may = MAY_TEAM, .args = embargo_args, .run = embargo_run,
	  .form = "report.show", .help = N_("Make the agreed day the embargo of the case") },
	{ .name = "report.agree", .path = "POST /report/mine/agreement", .may = ROLE_FINDER, .args = agree_args, .run = agree_run,
	  .form = "report.mine", .help = N_("I agree"), .flags = OP_ONCE },
	{ .name = "report.wish", .path = "POST /report/mine/wish", .may = ROLE_FINDER, .args = wish_args, .run = wish_run,
	  .form = "report.mine", .help = N_("Send my wish"), .flags = OP_ONCE },
	{ .name = "report.take", .path = "POST /reports/:id/read", .may = MAY_TEAM, .args = id_args, .run = take_run,
	  .form = "report.show", .help = N_("Mark as read") },
	{ 0 },
};

static const struct view views[] = {
	{ .name = "report.form", .path = "GET /report", .may = MAY_ANYONE, .args = none, .rows = finder_form_rows,
	  .page = finder_form_page, .help = N_("Report a vulnerability"), .outside = true },
	{ .name = "report.received", .path = "GET /report/received", .may = MAY_ANYONE, .args = none,
	  .rows = finder_receipt_rows, .page = finder_receipt_page, .help = N_("Your report has arrived"), .outside = true },
	{ .name = "report.code", .path = "GET /report/status", .may = MAY_ANYONE, .args = none, .rows = finder_code_rows,
	  .page = finder_code_page, .help = N_("Status of a report"), .outside = true },
	{ .name = "report.mine", .path = "GET /report/mine", .may = ROLE_FINDER, .args = none, .rows = finder_mine_rows,
	  .page = finder_mine_page, .help = N_("Your report"), .opens = "report", .outside = true },
	{ .name = "report.list", .path = "GET /reports", .may = MAY_TEAM | ROLE_AUDITOR, .args = list_args,
	  .rows = inbox_rows, .page = inbox_page, .help = N_("Reports"), .area = "reports" },
	{ .name = "report.entry", .path = "GET /reports/new", .may = MAY_TEAM, .args = none, .rows = inbox_entry_rows,
	  .page = inbox_entry_page, .help = N_("Enter a report"), .area = "reports" },
	{ .name = "report.show", .path = "GET /reports/:id", .may = MAY_TEAM | ROLE_AUDITOR, .args = id_args,
	  .rows = inbox_report_rows, .page = inbox_report_page, .help = N_("Report"), .opens = "report", .area = "reports" },
	{ .name = "report.file", .path = "GET /reports/:id/files/:file", .may = MAY_TEAM | ROLE_AUDITOR, .args = file_args,
	  .rows = inbox_file_rows, .help = N_("File of a report"), .opens = "file", .area = "reports" },
	{ 0 },
};

static const struct hears hears[] = {
	{ "report.decided", agreement_heard }, { "person.forgotten", agreement_forget },
	{ "case.qualified", hear_qualified }, { "case.remedying", hear_remedying },
	{ "case.disclosing", hear_disclosing }, { "case.published", hear_published },
	{ "case.closed", hear_closed }, { "case.reopened", hear_reopened },
	{ 0 },
};

static const struct evidence evidence[] = {
	{ "2.1.1", N_("Reports that arrived by form, API or mail"), evidence_received },
	{ "2.1.2", N_("Reports that a person has answered"), evidence_answered },
	{ 0 },
};

static const struct search_source *const sources[] = { &report_source, NULL };

const struct service intake_service = {
	.number = "2.1", .title = N_("Intake of Vulnerability Reporting"),
	.ops = ops, .views = views, .panels = intake_panels, .hears = hears, .evidence = evidence, .sources = sources,
};
