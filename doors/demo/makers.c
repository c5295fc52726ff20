#include "doors/demo/demo.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "doors/demo/train.h"
#include "platform/op/tool.h"

/*
 * The fictional makers of parts, what our products have of theirs, and what they say of
 * it: one advisory waits for a decision, one concerns us, one does not, one names
 * nothing of ours.
 */

struct saying {
	const char *id, *lang, *maker, *namespace, *part, *purl, *range, *fixed, *title, *summary, *cve, *cwe, *weakness, *vector, *score, *severity;
	int days;            /* before the end of the story */
	const char *outcome, *reason;
};

#define BRIGHT "Brightline Components", "https://brightline.example"
#define TSUBAME "つばめソフトウェア", "https://tsubame.example"
static const struct saying sayings[] = {
	{ "BL-2031", "en", BRIGHT, "libframe", "pkg:generic/libframe", "vers:generic/>=2.0.0|<2.6.3", "2.6.3",
	  "Heap overflow in the frame parser of libframe", "A frame whose length field is larger than the frame makes libframe write past the end of a heap buffer. One packet is enough.",
	  "CVE-2026-90031", "CWE-122", "Heap-based Buffer Overflow", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8", "CRITICAL", 3, NULL, NULL },
	{ "TSB-118", "ja", TSUBAME, "つばめXML", "pkg:generic/tsubame-xml", "vers:generic/<5.2.1", "5.2.1",
	  "つばめXMLにおける実体参照の展開によるサービス運用妨害", "入れ子になった実体参照を含む文書を読み込むと、メモリを大量に消費して応答しなくなります。",
	  "CVE-2026-90118", "CWE-776", "Improper Restriction of Recursive Entity References in DTDs ('XML Entity Expansion')", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", "7.5", "HIGH", 9,
	  "relevant", "設定ファイルの読み込みで使用。次の版で更新する。" },
	{ "BL-2027", "en", BRIGHT, "libclock", "pkg:generic/libclock", "vers:generic/<1.9.0", "1.9.0",
	  "Wrong time after a crafted answer of a time server", "An answer from a time server that is not authenticated can set the clock of the device to any time.",
	  "CVE-2026-90027", "CWE-345", "Insufficient Verification of Data Authenticity", "CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N", "5.3", "MEDIUM", 20,
	  "irrelevant", "Our products ask their own authenticated time server alone; the function is not built in." },
	{ "BL-2019", "en", BRIGHT, "libspool", "pkg:generic/libspool", "vers:generic/<3.0.0", "3.0.0",
	  "Path traversal when a job is named in libspool", "The name of a print job may lead out of the spool folder.",
	  "CVE-2026-90019", "CWE-22", "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N", "4.4", "MEDIUM", 31, NULL, NULL },
};

/* What is built in: product by its place in cast_goods, part, maker, purl. */
static const struct { size_t goods; const char *name, *maker, *purl; } built_in[] = {
	{ 0, "libframe", "Brightline Components", "pkg:generic/libframe@2.5.1" }, { 2, "libframe", "Brightline Components", "pkg:generic/libframe@2.6.3" },
	{ 6, "libframe", "Brightline Components", "pkg:generic/libframe@2.4.0" }, { 0, "つばめXML", "つばめソフトウェア", "pkg:generic/tsubame-xml@5.1.0" },
	{ 18, "つばめXML", "つばめソフトウェア", "pkg:generic/tsubame-xml@5.2.0" }, { 6, "libclock", "Brightline Components", "pkg:generic/libclock@1.8.2" },
};

static str day(struct stage *s, time_us at)
{
	struct civil d = time_civil(at);

	return str_fmt(&s->kept, "%04d-%02d-%02dT00:00:00Z", d.year, d.month, d.day);
}

/* A CSAF 2.0 document; the texts hold nothing that JSON would have to escape. */
static str document(struct stage *s, const struct saying *x)
{
	str        at = day(s, s->to - x->days * DAY);
	struct buf b;

	buf_init(&b, &s->kept, 32 << 10);
	buf_fmt(&b, "{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\",\"lang\":\"%s\",\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},"
	        "\"title\":\"%s\",\"notes\":[{\"category\":\"summary\",\"text\":\"%s\",\"title\":\"Summary\"}],\"publisher\":{\"category\":\"vendor\",\"name\":\"%s\",\"namespace\":\"%s\"},"
	        "\"references\":[{\"category\":\"external\",\"summary\":\"%s\",\"url\":\"%s/security\"}],", x->lang, x->title, x->summary, x->maker, x->namespace, x->id, x->namespace);
	buf_fmt(&b, "\"tracking\":{\"current_release_date\":\"%.*s\",\"id\":\"%s\",\"initial_release_date\":\"%.*s\",\"revision_history\":[{\"date\":\"%.*s\",\"number\":\"1\",\"summary\":\"1\"}],"
	        "\"status\":\"final\",\"version\":\"1\"}},", STR_ARG(at), x->id, STR_ARG(at), STR_ARG(at));
	buf_fmt(&b, "\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"%s\",\"branches\":[{\"category\":\"product_name\",\"name\":\"%s\",\"branches\":["
	        "{\"category\":\"product_version_range\",\"name\":\"%s\",\"product\":{\"name\":\"%s < %s\",\"product_id\":\"A\",\"product_identification_helper\":{\"purl\":\"%s\"}}},"
	        "{\"category\":\"product_version\",\"name\":\"%s\",\"product\":{\"name\":\"%s %s\",\"product_id\":\"B\",\"product_identification_helper\":{\"purl\":\"%s@%s\"}}}]}]}]},",
	        x->maker, x->part, x->range, x->part, x->fixed, x->purl, x->fixed, x->part, x->fixed, x->purl, x->fixed);
	buf_fmt(&b, "\"vulnerabilities\":[{\"cve\":\"%s\",\"cwe\":{\"id\":\"%s\",\"name\":\"%s\"},\"title\":\"%s\",\"notes\":[{\"category\":\"description\",\"text\":\"%s\"}],"
	        "\"product_status\":{\"known_affected\":[\"A\"],\"fixed\":[\"B\"]},\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"%s\",\"product_ids\":[\"A\"]}],"
	        "\"scores\":[{\"cvss_v3\":{\"baseScore\":%s,\"baseSeverity\":\"%s\",\"version\":\"3.1\",\"vectorString\":\"%s\"},\"products\":[\"A\"]}]}]}",
	        x->cve, x->cwe, x->weakness, x->title, x->summary, x->fixed, x->score, x->severity, x->vector);
	return buf_str(&b);
}

/* As the standard wants it: the id in small letters. */
static str file_name(struct stage *s, const char *id)
{
	struct buf b;

	buf_init(&b, &s->kept, 64);
	for (; *id; id++)
		buf_char(&b, *id >= 'A' && *id <= 'Z' ? (char)(*id + 32) : *id);
	buf_add(&b, S(".json"));
	return buf_str(&b);
}

static bool taken_in(struct stage *s, const struct player *by, time_us at, const struct saying *x)
{
	str              text = document(s, x);
	struct file_part f    = { file_name(s, x->id), S("application/json"), memfd_create("advisory", MFD_CLOEXEC), (int64_t)text.n };
	struct outcome   out  = { 0 };
	bool             ok   = f.fd >= 0 && write(f.fd, text.p, text.n) == (ssize_t)text.n && stage_file(s, by, at, "notice.import", &f, &out);

	if (f.fd >= 0)
		close(f.fd);
	if (!ok || !x->outcome)
		return ok;
	return ACT(s, by, at + MINUTE, "notice.decide", NULL, { "id", out.object }, { "outcome", str_of(x->outcome) }, { "reason", str_of(x->reason) });
}

bool story_makers(struct stage *s, time_us at)
{
	const struct player *lead = story_player(s, "lead"), *analyst = story_player(s, "analyst");
	bool               (*before)(struct ctx *c, str name, str body, struct tool_answer *out) = s->n->front.tool;
	bool                 ok = true;

	TRY(ACT(s, lead, at, "supplier.add", NULL, { "name", S("Brightline Components") }, { "namespace", S("https://brightline.example") }));
	TRY(ACT(s, lead, at, "supplier.add", NULL, { "name", S("つばめソフトウェア") }, { "namespace", S("https://tsubame.example") }));
	for (size_t i = 0; i < sizeof(built_in) / sizeof(built_in[0]); i++)
		TRY(ACT(s, story_player(s, "engineer"), at += MINUTE, "component.add", NULL, { "id", s->products[built_in[i].goods] },
		        { "release", train_name(s, s->shipped[built_in[i].goods] - 1) }, { "name", str_of(built_in[i].name) },
		        { "supplier", str_of(built_in[i].maker) }, { "purl", str_of(built_in[i].purl) }));
	s->n->front.tool = tool_here;   /* our own document; the cage starts with the server */
	for (size_t i = sizeof(sayings) / sizeof(sayings[0]); ok && i-- > 0;)
		ok = taken_in(s, analyst, at += 10 * MINUTE, &sayings[i]);
	s->n->front.tool = before;
	return ok;
}
