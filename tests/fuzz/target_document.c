#include "tests/fuzz/fuzz.h"

#include "platform/json/json_out.h"
#include "platform/xml/xml.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_convert.h"
#include "standards/csaf/csaf_diff.h"
#include "standards/csaf/csaf_read.h"
#include "standards/csaf/csaf_stub.h"
#include "standards/cve/cve.h"
#include "standards/cve/cve_service.h"
#include "standards/cvrf/cvrf.h"
#include "standards/cyclonedx/cyclonedx_vex.h"
#include "standards/epss/epss.h"
#include "standards/kev/kev.h"
#include "standards/openvex/openvex.h"
#include "standards/osv/osv.h"
#include "standards/rolie/rolie.h"
#include "standards/securitytxt/securitytxt.h"
#include "standards/ssvc/ssvc.h"
#include "standards/vex/vex.h"
#include "standards/vex/vex_cve.h"
#include "standards/vex/vex_osv.h"

/* The place that a finding names is a JSON pointer; what is missing has one, too. */
static void place_hold(str pointer)
{
	HOLDS(utf8_check(pointer, NULL) && (pointer.n == 0 || pointer.p[0] == '/'));
	for (size_t i = 0; i < pointer.n; i++)
		if (pointer.p[i] == '~')
			HOLDS(i + 1 < pointer.n && (pointer.p[i + 1] == '0' || pointer.p[i + 1] == '1'));
}

static const struct json *root_of(struct ctx *c, str bytes)
{
	const struct json *v;

	return json_parse(c, bytes, &csaf_limits, &v) ? v : NULL;
}

/* Printed findings are one line of JSON. */
static void line_hold(struct ctx *c, str line)
{
	const struct json *v;

	HOLDS(str_ends(line, S("\n")) && str_find(line, S("\n"), 0) == line.n - 1);
	HOLDS(json_parse(c, line, NULL, &v) && json_get(v, S("findings")));
}

static void run_csaf(struct ctx *c, str bytes)
{
	struct csaf_findings f;
	const struct json   *root;
	struct buf           b;
	size_t               all;

	if (!csaf_check(c, bytes, &stub_options, &f))
		return;
	root = root_of(c, bytes);
	all  = f.count[CSAF_ERROR] + f.count[CSAF_WARNING] + f.count[CSAF_INFO];
	HOLDS(f.valid == (f.count[CSAF_ERROR] == 0) && f.n <= all && (root || !f.valid));
	for (size_t i = 0; i < f.n; i++)
		place_hold(f.v[i].pointer);
	buf_init(&b, c->arena, 16 << 20);
	csaf_findings_print(&b, S("a.json"), &f);
	line_hold(c, buf_str(&b));
}

/* What was converted is a document of 2.1 that the check takes. */
static void run_convert(struct ctx *c, str bytes)
{
	struct csaf_convert_options how = { .now = c->now, .tlp_from_text = bytes.n % 2, .latest_cwe = bytes.n % 3 };
	struct csaf_converted       out;
	const struct json          *root;
	struct buf                  b;

	buf_init(&b, c->arena, 16 << 20);
	if (!csaf_convert(c, bytes, &how, &out, &b)) {
		HOLDS(c->fault.code == E_SYNTAX || c->fault.code == E_LIMIT || c->fault.code == E_INVALID);
		return;
	}
	root = root_of(c, buf_str(&b));
	HOLDS(root && str_eq(json_str(json_point(root, S("/document/csaf_version"))), S("2.1")));
	for (size_t i = 0; i < out.notes.n; i++)
		place_hold(out.notes.v[i].pointer);
}

/* {"old": …, "new": …}, or one document alone, compared with itself. */
static void run_diff(struct ctx *c, str bytes)
{
	const struct json *root = root_of(c, bytes), *was = json_get(root, S("old")), *is = json_get(root, S("new"));
	struct csaf_diff   d;
	struct buf         b;

	buf_init(&b, c->arena, 16 << 20);
	if (root && csaf_diff(c, root, root, &d))
		HOLDS(d.all == 0);
	if (!was || !is || !csaf_diff(c, was, is, &d))
		return;
	csaf_diff_print(&b, &d);
	HOLDS(root_of(c, buf_str(&b)));
	for (size_t i = 0; i < d.changes.n; i++) {
		HOLDS(!d.changes.v[i].pointer[0].p || json_point(was, d.changes.v[i].pointer[0]));
		HOLDS(!d.changes.v[i].pointer[1].p || json_point(is, d.changes.v[i].pointer[1]));
	}
	b.n = 0;
	csaf_diff_tell(c, &b, &d);
	HOLDS(utf8_check(buf_str(&b), NULL));
}

/* What is printed again is JSON, and printing that again loses nothing more. */
static void run_reprint(struct ctx *c, str bytes)
{
	const struct json *root = root_of(c, bytes), *again;
	struct csaf_losses l;
	struct buf         b, d;

	buf_init(&b, c->arena, 16 << 20);
	buf_init(&d, c->arena, 16 << 20);
	if (!root || !csaf_reprint(c, root, &b, &l))
		return;
	for (size_t i = 0; i < l.n; i++)
		place_hold(l.v[i].pointer);
	again = root_of(c, buf_str(&b));
	HOLDS(again && csaf_reprint(c, again, &d, &l));
}

/* Every element can be named; what was converted is JSON that the check takes. */
static void run_cvrf(struct ctx *c, str bytes)
{
	static const struct cvrf_options how = { S_INIT("Example"), S_INIT("https://example.com"), S_INIT("3.1") };
	struct cvrf_converted out;
	struct xml *x;
	struct buf  b;

	buf_init(&b, c->arena, 16 << 20);
	if (!xml_parse(c, bytes, &xml_default, &x)) {
		HOLDS(c->fault.code == E_SYNTAX || c->fault.code == E_LIMIT || c->fault.code == E_INVALID);
		return;
	}
	while (x->last)
		x = x->last;
	HOLDS(utf8_check(x->text, NULL) && str_ends(xml_path(c->arena, x), S("]")) + str_ends(xml_path(c->arena, x), x->name));
	if (cvrf_convert(c, bytes, &how, &out, &b))
		HOLDS(root_of(c, buf_str(&b)));
}

typedef bool check_fn(struct ctx *c, str bytes, struct findings *f);

static void findings_hold(struct ctx *c, str bytes, check_fn *run)
{
	struct findings    f;
	const struct json *root;
	struct buf         b;

	if (!run(c, bytes, &f))
		return;
	root = root_of(c, bytes);
	HOLDS(f.valid == (f.count[FINDING_ERROR] == 0) && (root || !f.valid));
	for (size_t i = 0; i < f.n; i++)
		place_hold(f.v[i].pointer);
	buf_init(&b, c->arena, 16 << 20);
	findings_print(&b, S("a.json"), &f);
	line_hold(c, buf_str(&b));
	b.n = 0;
	findings_tell(c, &b, S("a.json"), &f);
	HOLDS(utf8_check(buf_str(&b), NULL));
}

static void run_cve(struct ctx *c, str bytes)
{
	const struct json *root;
	struct cve         v;
	struct cve_changes changes;
	bool               sure;

	findings_hold(c, bytes, cve_check);
	if (!(root = root_of(c, bytes)))
		return;
	cve_read(root, &v);
	for (JSON_ITEMS(x, json_get(v.cna, S("affected"))))
		(void)cve_version_status(x, S("1.2.3"), &sure);
	if (cve_diff(c, root, root, &changes))
		HOLDS(changes.n == 0);
}

/* {"before": …, "after": …} */
static void run_cve_diff(struct ctx *c, str bytes)
{
	const struct json *root = root_of(c, bytes), *before = json_get(root, S("before")), *after = json_get(root, S("after"));
	struct cve_changes there, back;

	if (!before || !after || !cve_diff(c, before, after, &there) || !cve_diff(c, after, before, &back))
		return;
	HOLDS((there.n == 0) == (back.n == 0));
	for (size_t i = 0; i < there.n; i++)
		HOLDS(json_point(there.v[i].kind == CVE_REMOVED ? before : after, there.v[i].pointer));
}

/* What CVE Services may answer to anything; a request that may have been carried out is never lost. */
static void run_cve_answer(struct ctx *c, str bytes)
{
	static const int status[] = { 200, 400, 403, 429, 500 };
	struct cve_answer a;

	for (enum cve_ask ask = CVE_ASK_RESERVE; ask <= CVE_ASK_USERS; ask++)
		for (size_t i = 0; i < sizeof(status) / sizeof(*status); i++) {
			if (!cve_answer_read(c, ask, status[i], bytes, &a))
				continue;
			HOLDS(a.ids.n <= CVE_PAGE_MOST && a.users.n <= CVE_PAGE_MOST && cve_refusal(a.code, a.status));
			HOLDS(root_of(c, bytes) || status[i] != 200 || a.verdict == CVE_LATER || a.verdict == CVE_DOUBT);
		}
}

static void run_osv(struct ctx *c, str bytes)
{
	findings_hold(c, bytes, osv_check);
	for (JSON_ITEMS(x, json_get(root_of(c, bytes), S("affected"))))
		(void)osv_version_affected(x, S("1.2.3"));
}

static void run_openvex(struct ctx *c, str bytes)
{
	findings_hold(c, bytes, openvex_check);
}

static void run_cyclonedx(struct ctx *c, str bytes)
{
	findings_hold(c, bytes, cyclonedx_vex_check);
}

static void run_ssvc(struct ctx *c, str bytes)
{
	uint32_t possible[SSVC_OVER_MAX];
	const struct json *root;

	findings_hold(c, bytes, ssvc_check);
	if ((root = root_of(c, bytes)))
		EITHER(ssvc_options_read(root, ssvc_table_of_role(S("cisa")), possible));
}

static bool kev_check(struct ctx *c, str bytes, struct findings *f)
{
	struct kev k;

	TRY(kev_read(c, bytes, f, &k));
	for (size_t i = 0; f->valid && i < k.n; i++)
		HOLDS(kev_find(&k, k.v[i].cve));
	return true;
}

static void run_kev(struct ctx *c, str bytes)
{
	findings_hold(c, bytes, kev_check);
}

/* What was read of one format is printed in all, and read again with as many statements. */
static void run_vex(struct ctx *c, str bytes)
{
	struct vex v, again;
	struct buf b;

	if (!vex_read(c, bytes, &v)) {
		HOLDS(c->fault.code == E_SYNTAX || c->fault.code == E_LIMIT || c->fault.code == E_INVALID);
		return;
	}
	if (!v.author.n)
		v.author = S("Example");
	if (!v.site.n)
		v.site = S("https://example.com");
	for (enum vex_format to = VEX_OPENVEX; to < VEX_FORMATS; to++) {
		buf_init(&b, c->arena, 16 << 20);
		if (!vex_print(c, &v, to, &b))
			continue;
		HOLDS(root_of(c, buf_str(&b)));
		HOLDS(vex_read(c, buf_str(&b), &again));
	}
}

static void run_epss(struct ctx *c, str bytes)
{
	struct epss     e;
	struct epss_row row;

	if (!epss_open(c, bytes, &e)) {
		HOLDS(c->fault.line >= 1);
		return;
	}
	while (epss_next(c, &e, &row)) {
		if (str_is_none(row.cve))
			return;
		HOLDS(row.probability_n >= 0 && row.probability_n <= EPSS_SCALE && row.percentile_n <= EPSS_SCALE);
	}
	HOLDS(c->fault.line >= 3);
}

/* Texts from anywhere, a line each, in a feed: it stays JSON. */
static void run_rolie(struct ctx *c, str bytes)
{
	struct rolie_entry e = { .published = c->now, .updated = c->now, .sha256 = true, .signature = true };
	struct rolie_feed  f = { .entries = &e, .n = 1, .updated = TIME_NONE };
	str               *into[] = { &e.id, &e.title, &e.summary, &e.url, &f.id, &f.title, &f.url, &f.service_url };
	struct buf         b;

	if (!utf8_check(bytes, NULL))
		return;
	for (size_t i = 0; i < sizeof(into) / sizeof(*into); i++)
		if (!str_cut(&bytes, '\n', into[i]))
			*into[i] = S("");
	buf_init(&b, c->arena, 1 << 20);
	if (rolie_feed_print(c, &f, &b))
		HOLDS(root_of(c, buf_str(&b)));
	b.n = 0;
	rolie_service_print(&b, f.title, &f, 1);
	HOLDS(root_of(c, buf_str(&b)));
}

/* A file without errors is printed, and read as the same fields. */
static void run_securitytxt(struct ctx *c, str bytes)
{
	struct securitytxt     s, again;
	struct sectxt_findings f = { .max = 1000 };
	struct buf             b;

	if (!securitytxt_parse(c, bytes, &s) || !securitytxt_check(c, &s, S("https://example.com/.well-known/security.txt"), c->now, &f))
		return;
	buf_init(&b, c->arena, 1 << 20);
	if (sectxt_has_error(&f) || !securitytxt_print(c, &s, &b))
		return;
	HOLDS(securitytxt_parse(c, buf_str(&b), &again));
	HOLDS(again.fields.n == s.fields.n && again.strange.n == 0);
}

/* Every record that is made of a document is JSON, and can be judged. */
static void run_records(struct ctx *c, str bytes)
{
	static const struct vex_cve_owner owner = { S_INIT("8254265b-2729-46b6-b9e3-3dfca2d5bfca"), S_INIT("example") };
	const struct json *root;
	struct vex_source  s;
	struct findings    f;
	struct vex         v;
	struct buf         b;

	if (!vex_source_open(c, bytes, &s))
		return;
	for (size_t i = 0; i < s.n && i < 8; i++) {
		buf_init(&b, c->arena, 4 << 20);
		if (vex_osv_record(c, &s, i, &v, &b)) {
			HOLDS(json_parse(c, buf_str(&b), &csaf_limits, &root));
			HOLDS(osv_check(c, buf_str(&b), &f));
		}
		buf_init(&b, c->arena, 4 << 20);
		if (vex_cve_record(c, &s, i, i % 2 ? &owner : NULL, &v, &b)) {
			HOLDS(json_parse(c, buf_str(&b), &csaf_limits, &root));
			HOLDS(cve_check(c, buf_str(&b), &f));
		}
	}
}

static const struct fuzz_target targets[] = {
	{ .name = "csaf20", .run = run_csaf, .json = true },
	{ .name = "csaf21", .run = run_csaf, .json = true },
	{ .name = "convert", .run = run_convert, .json = true, .more = "csaf20" },
	{ .name = "diff", .run = run_diff, .json = true, .more = "csaf20 csaf21", .max = 32 << 10 },
	{ .name = "reprint", .run = run_reprint, .json = true, .more = "csaf20" },
	{ .name = "cvrf", .run = run_cvrf },
	{ .name = "cve", .run = run_cve, .json = true },
	{ .name = "cve-diff", .run = run_cve_diff, .json = true },
	{ .name = "cve-answer", .run = run_cve_answer, .json = true },
	{ .name = "osv", .run = run_osv, .json = true },
	{ .name = "openvex", .run = run_openvex, .json = true },
	{ .name = "cyclonedx", .run = run_cyclonedx, .json = true },
	{ .name = "vex", .run = run_vex, .json = true, .more = "openvex cyclonedx csaf20 csaf21" },
	{ .name = "records", .run = run_records, .json = true, .more = "csaf20 csaf21" },
	{ .name = "ssvc", .run = run_ssvc, .json = true },
	{ .name = "kev", .run = run_kev, .json = true },
	{ .name = "epss", .run = run_epss },
	{ .name = "rolie", .run = run_rolie, .max = 2048 },
	{ .name = "securitytxt", .run = run_securitytxt },
};

const struct fuzz_table fuzz_document = { targets, sizeof(targets) / sizeof(*targets) };
