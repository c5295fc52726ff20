#include "tests/fuzz/fuzz.h"

#include "platform/text/fold.h"
#include "platform/text/spot.h"
#include "platform/text/token.h"
#include "standards/bcp47/language.h"
#include "standards/cpe/cpe.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/edition.h"
#include "standards/cve/cve.h"
#include "standards/cvss/cvss.h"
#include "standards/cvss/cvss_report.h"
#include "standards/cwe/cwe.h"
#include "standards/purl/purl.h"
#include "standards/spdx/license.h"
#include "standards/ssvc/ssvc.h"
#include "standards/tlp/tlp.h"
#include "standards/totp/totp.h"
#include "standards/vers/order.h"
#include "standards/vers/vers.h"

/* The canonical text reads as the same vector with the same scores. */
static void run_cvss(struct ctx *c, str bytes)
{
	struct cvss       v, w;
	struct cvss_score s, t;
	struct buf        b;
	str               text;

	buf_init(&b, c->arena, 4 << 20);
	(void)!cvss_report_lines(c, bytes, true, &b);
	(void)!cvss_report_lines(c, bytes, false, &b);
	HOLDS(!utf8_check(bytes, NULL) || utf8_check(buf_str(&b), NULL));
	if (!cvss_parse(c, bytes, &v)) {
		HOLDS(c->fault.code == E_INVALID || c->fault.code == E_LIMIT);
		return;
	}
	text = cvss_print(c->arena, &v);
	HOLDS(cvss_parse(c, text, &w) && str_eq(cvss_print(c->arena, &w), text));
	s = cvss_scores(&v);
	t = cvss_scores(&w);
	HOLDS(s.overall == t.overall && s.base == t.base && s.base >= 0 && s.base <= 100);
	HOLDS(s.threat >= 0 && s.threat <= 100 && s.environmental >= 0 && s.environmental <= 100);
}

static void run_purl(struct ctx *c, str bytes)
{
	struct purl p, q;
	str         text;

	if (!purl_parse(c, bytes, &p)) {
		HOLDS(c->fault.code == E_SYNTAX || c->fault.code == E_LIMIT || c->fault.code == E_INVALID);
		return;
	}
	text = purl_print(c->arena, &p);
	HOLDS(utf8_check(text, NULL));
	HOLDS(purl_parse(c, text, &q));
	HOLDS(str_eq(purl_print(c->arena, &q), text) && purl_same_package(&p, &q));
}

/* Two names, a line each. */
static void run_cpe(struct ctx *c, str bytes)
{
	struct cpe m, n;
	str        one, text;

	if (!str_cut(&bytes, '\n', &one) || !cpe_parse(c, one, &m))
		return;
	text = cpe_print(c->arena, &m);
	HOLDS(cpe_parse(c, text, &n) && str_eq(cpe_print(c->arena, &n), text));
	HOLDS(cpe_compare(&n, &n) == CPE_EQUAL || cpe_compare(&n, &n) == CPE_UNDEFINED);
	if (str_cut(&bytes, '\n', &one) && cpe_parse(c, one, &n)) {
		HOLDS((cpe_compare(&m, &n) == CPE_SUBSET) <= (cpe_compare(&n, &m) != CPE_SUBSET));
		HOLDS((cpe_compare(&m, &n) == CPE_DISJOINT) == (cpe_compare(&n, &m) == CPE_DISJOINT) ||
		      cpe_compare(&m, &n) == CPE_UNDEFINED || cpe_compare(&n, &m) == CPE_UNDEFINED);
	}
}

/* A range, and versions, a line each. */
static void run_vers(struct ctx *c, str bytes)
{
	struct vers v, w;
	str         one, text;
	bool        in, again;

	if (!str_cut(&bytes, '\n', &one) || !vers_read(c, one, &v))
		return;
	if (vers_check(c, &v)) {
		text = vers_print(c->arena, &v);
		HOLDS(vers_parse(c, text, &w) && w.n == v.n && str_eq(vers_print(c->arena, &w), text));
		while (str_cut(&bytes, '\n', &one))
			if (vers_contains(c, &v, one, &in))
				HOLDS(vers_contains(c, &w, one, &again) && in == again);
	}
	vers_sort(&v);
}

/* The name of an order and three versions, a line each: it is one. */
static void run_order(UNUSED struct ctx *c, str bytes)
{
	/* 1 is before 1.x, that before 1-rc, that before 1; 10 before 1a before 2; no release matches all */
	static const char *const rings[] = { "maven", "conan", "alpm" };
	const struct order *o;
	str name, v[3];

	if (!str_cut(&bytes, '\n', &name) || !(o = order_find(name)))
		return;
	for (size_t i = 0; i < 3; i++)
		if (!str_cut(&bytes, '\n', &v[i]))
			v[i] = S("");
	for (size_t i = 0; i < 3; i++) {
		if (o->valid && !o->valid(v[i]))
			return;
		HOLDS(o->cmp(v[i], v[i]) == 0);
		for (size_t k = 0; k < 3; k++) {
			int there = o->cmp(v[i], v[k]), back = o->cmp(v[k], v[i]);

			HOLDS((there > 0) == (back < 0) && (there < 0) == (back > 0));
		}
	}
	/* Some are none where they come from, and are followed. */
	for (size_t i = 0; i < sizeof(rings) / sizeof(*rings); i++)
		if (str_eq(name, str_of(rings[i])))
			return;
	for (size_t i = 0; i < 6; i++) {
		static const unsigned char turn[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
		str x = v[turn[i][0]], y = v[turn[i][1]], z = v[turn[i][2]];

		if (o->cmp(x, y) <= 0 && o->cmp(y, z) <= 0)
			HOLDS(o->cmp(x, z) <= 0);
	}
}

/* A vector and the role that decides by it, a line each. */
static void run_vector(struct ctx *c, str bytes)
{
	const struct ssvc_table *t;
	struct ssvc_vector       v, w;
	uint32_t possible[SSVC_OVER_MAX];
	str      one, text;

	if (!str_cut(&bytes, '\n', &one) || !ssvc_vector_parse(c, one, &v))
		return;
	text = ssvc_vector_print(c->arena, &v);
	if (text.n <= SSVC_VECTOR_MAX)   /* a slash was added */
		HOLDS(ssvc_vector_parse(c, text, &w) && str_eq(ssvc_vector_print(c->arena, &w), text));
	t = ssvc_table_of_role(str_trim(bytes));
	if (t && ssvc_vector_read(c, &v, t, possible)) {
		HOLDS(ssvc_outcomes(t, possible) != 0);
		text = ssvc_vector_of(c->arena, t, possible, TIME_NONE);
		/* nothing known: no vector */
		HOLDS(str_eq(text, S("SSVCv2/")) || ssvc_vector_parse(c, text, &w));
	}
}

static void run_license(struct ctx *c, str bytes)
{
	struct license_ids ids = { .max = LICENSE_IDS_MAX };

	if (!license_parse(c->arena, bytes, &ids))
		return;
	for (size_t i = 0; i < ids.n; i++) {
		HOLDS(ids.v[i].id.n > 0);
		HOLDS(!license_foreign(&ids.v[i]) || license_find(&ids.v[i]) == LICENSE_UNKNOWN);
	}
}

/* What small readers of one line say. */
static void run_line(struct ctx *c, str bytes)
{
	struct cwe_list found = { 0 };
	struct edition  e;
	enum tlp        label, again;
	time_us         t, u;
	struct civil    day;
	int             id;
	int64_t         step, n;

	if (language_check(bytes))
		HOLDS(language_primary(bytes).n <= bytes.n);
	(void)language_private(bytes);
	if (edition_parse(bytes, &e))
		HOLDS(edition_cmp(&e, &e, true) == 0 && edition_cmp(&e, &e, false) == 0);
	if (tlp_parse(bytes, &label))
		HOLDS(tlp_parse(str_of(tlp_label(label)), &again) && again == label);
	EITHER(tlp_from_text(bytes, &label));
	if (cwe_id_parse(bytes, &id))
		HOLDS(str_eq(cwe_id_print(c->arena, id), bytes));
	HOLDS(cwe_search(c, bytes, 10, &found) && found.n <= 10);
	if (time_parse(bytes, &t))
		HOLDS(time_parse(time_print(c->arena, t), &u) && t == u);
	if (date_parse(bytes, &day))
		HOLDS(civil_check(&day));
	if (str_to_int(bytes, &n))
		HOLDS(str_to_int(str_fmt(c->arena, "%lld", (long long)n), &step) && step == n);
	EITHER(totp_find(c, S("12345678901234567890"), bytes, c->now, INT_NONE, &step));
	HOLDS(totp_base32(c, bytes).n >= bytes.n);
	HOLDS(!utf8_check(bytes, NULL) || utf8_check(totp_uri(c, S("k"), bytes, bytes), NULL));
	HOLDS(csaf_filename(c->arena, bytes).n >= 5);
	(void)cve_id_check(bytes);
}

/* The first line is sought in the rest: spots stand in order, none within another, none of them empty. */
static void spot_run(struct ctx *c, str bytes)
{
	struct spot_list spots = { 0 };
	str              query;
	size_t           end = 0;

	if (!str_cut(&bytes, '\n', &query) || !spot_find(c, bytes, query, &spots))
		return;
	for (size_t i = 0; i < spots.n; i++) {
		HOLDS(spots.v[i].n > 0 && spots.v[i].at >= end && spots.v[i].at + spots.v[i].n <= bytes.n);
		HOLDS(utf8_check(str_slice(bytes, spots.v[i].at, spots.v[i].at + spots.v[i].n), NULL));
		end = spots.v[i].at + spots.v[i].n;
	}
}

/* Folding twice changes nothing; a text is found by what was folded of it. */
static void run_text(struct ctx *c, str bytes)
{
	struct token_list  tokens = { 0 };
	struct phrase_list phrases = { 0 };
	str    once, twice, rest = bytes, piece;
	size_t at, sum = 0;

	if (!fold_text(c, bytes, &once))
		return;
	HOLDS(utf8_check(once, NULL) && fold_text(c, once, &twice) && str_eq(once, twice));
	if (token_split(c, bytes, &tokens) && token_query(c, bytes, &phrases))
		(void)token_match(&tokens, &phrases);
	spot_run(c, bytes);
	if (!utf8_check(bytes, NULL))
		return;
	while (token_piece(&rest, 64, &piece)) {
		HOLDS(piece.n > 0 && piece.n <= 64 && utf8_check(piece, NULL));
		sum += piece.n;
	}
	HOLDS(sum <= bytes.n);
	if (text_risk(bytes, true, &at) != TEXT_SAFE)
		HOLDS(at < bytes.n);
	(void)text_mixed(bytes);
	HOLDS(text_risk(text_visible(c->arena, bytes, true), true, NULL) == TEXT_SAFE);
}

static const struct fuzz_target targets[] = {
	{ .name = "cvss", .run = run_cvss, .max = 1024 },
	{ .name = "purl", .run = run_purl, .max = 2048 },
	{ .name = "cpe", .run = run_cpe, .max = 2048 },
	{ .name = "vers", .run = run_vers, .max = 4096 },
	{ .name = "order", .run = run_order, .max = 512 },
	{ .name = "vector", .run = run_vector, .max = 1024 },
	{ .name = "license", .run = run_license, .max = 2048 },
	{ .name = "line", .run = run_line, .max = 512 },
	{ .name = "text", .run = run_text, .max = 4096 },
};

const struct fuzz_table fuzz_name = { targets, sizeof(targets) / sizeof(*targets) };
