#include "services/2-discovery/3-components/notice.h"

#include <openssl/evp.h>

#include "base/buf.h"
#include "platform/clock.h"
#include "platform/op/tool.h"
#include "services/2-discovery/3-components/notice_digest.h"

enum { ANSWER_MAX = 32 << 20 };

static const struct json_limits answer_limits = {
	.bytes = ANSWER_MAX, .depth = 8, .members = NOTICE_PRODUCTS, .string = 2 * NOTICE_SUMMARY,
};

str notice_text(const struct json *v, const char *key, size_t max)
{
	str s = json_get_str(v, str_of(key));

	return s.n ? utf8_cut(s, max) : S("");
}

str notice_word(str s, const char *const *words)
{
	for (; words[1]; words++)
		if (str_eq(s, str_of(*words)))
			break;
	return str_of(*words);
}

static int64_t number(const struct json *v, const char *key)
{
	int64_t n;

	return json_int(json_get(v, str_of(key)), &n) ? n : INT_NONE;
}

static str sha256_of(struct ctx *c, str bytes)
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned      n = 0;
	struct buf    b;

	buf_init(&b, c->arena, 2 * sizeof(sum) + 1);
	if (EVP_Digest(bytes.p ? bytes.p : "", bytes.n, sum, &n, EVP_sha256(), NULL) == 1)
		buf_hex(&b, sum, n);
	return buf_str(&b);
}

/* ---- what it answers ---- */

static const char *const versions[] = { "2.0", "2.1", NULL };
static const char *const severities[] = { "none", "low", "medium", "high", "critical", "unknown", NULL };
static const char *const labels[] = { "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "NONE", "RED", NULL };   /* what is not known is not shown */
static const char *const states[] = { "final", "interim", "draft", NULL };

str notice_lines(struct ctx *c, const struct json *list)
{
	struct buf b;

	buf_init(&b, c->arena, 8 << 10);
	for (JSON_ITEMS(x, list)) {
		str s = json_str(x);
		for (size_t i = 0; i < s.n; i++)
			buf_char(&b, s.p[i] == '\n' ? ' ' : s.p[i]);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

static void unreadable(struct ctx *c, struct notice_paper *p)
{
	int64_t line = number(p->doc, "line");

	p->readable = false;
	p->why = (struct notice_why){
		.why = notice_text(p->doc, "text", NOTICE_TITLE), .with = notice_lines(c, json_get(p->doc, S("with"))),
		.detail = notice_text(p->doc, "detail", NOTICE_TITLE), .detail_with = notice_lines(c, json_get(p->doc, S("detail_with"))),
		.pointer = notice_text(p->doc, "pointer", NOTICE_TITLE),
		.line = line > 0 ? line : INT_NONE, .column = line > 0 ? number(p->doc, "column") : INT_NONE };
}

static void answer_read(struct notice_paper *p)
{
	const struct json *d = p->doc;

	p->csaf          = notice_word(notice_text(d, "csaf", 10), versions);
	p->namespace_uri = notice_text(d, "namespace", NOTICE_TITLE);
	while (str_ends(p->namespace_uri, S("/")))   /* some write it now with, now without */
		p->namespace_uri.n--;
	p->publisher = notice_text(d, "publisher", NOTICE_TITLE);
	p->number    = notice_text(d, "number", NOTICE_TITLE);
	p->edition   = notice_text(d, "edition", 100);
	p->status    = notice_word(notice_text(d, "status", 20), states);
	p->tlp       = notice_word(notice_text(d, "tlp", 20), labels);
	p->lang      = notice_text(d, "lang", 40);
	p->title     = notice_text(d, "title", NOTICE_TITLE);
	p->summary   = notice_text(d, "summary", NOTICE_SUMMARY);
	p->severity  = notice_word(notice_text(d, "severity", 20), severities);
	p->score     = number(d, "score");
	p->errors    = number(d, "errors") > 0 ? number(d, "errors") : 0;
	p->readable  = time_parse(notice_text(d, "first_at", 60), &p->first_at) && time_parse(notice_text(d, "changed_at", 60), &p->changed_at) &&
	               p->number.n && p->edition.n && p->publisher.n && p->namespace_uri.n;
	if (!p->readable)
		p->why = (struct notice_why){ S(N_("The document does not say in full who published what and when.")), S(""), S(""), S(""), S(""), INT_NONE, INT_NONE };
}

bool notice_read(struct ctx *c, str file, str bytes, struct notice_paper *out)
{
	str answer;
	int status;

	*out = (struct notice_paper){ .file = utf8_cut(file.n ? file : S("unnamed"), 250), .bytes = bytes };
	TRY(tool_ask(c, S("csaf notice"), bytes, &status, &answer));
	if (status != NOTICE_MADE && status != NOTICE_REFUSED)
		return fault(c, E_INTERNAL, NULL, NULL);
	TRY(json_parse(c, answer, &answer_limits, &out->doc));
	out->sha256 = sha256_of(c, bytes);
	if (!out->sha256.n)
		return fault(c, E_INTERNAL, NULL, NULL);
	if (status == NOTICE_REFUSED || json_get(out->doc, S("fault")))
		unreadable(c, out);
	else
		answer_read(out);
	return true;
}
