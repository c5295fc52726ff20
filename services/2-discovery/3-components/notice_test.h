#ifndef COMPONENTS_NOTICE_TEST_H
#define COMPONENTS_NOTICE_TEST_H

/* A supplier's document and a way to take documents in.  Tests only. */

#include "record/document_test.h"

static const char notice_document[] =
	"{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\",\"lang\":\"en\","
	"\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},\"title\":\"Heap overflow in Fathom\","
	"\"notes\":[{\"category\":\"summary\",\"text\":\"A long header overflows. \\u9375\",\"title\":\"Summary\"}],"
	"\"publisher\":{\"category\":\"vendor\",\"name\":\"Deepwater Parts\",\"namespace\":\"https://deepwater.example\"},"
	"\"tracking\":{\"current_release_date\":\"2026-03-02T00:00:00Z\",\"id\":\"DW-2026-7\","
	"\"initial_release_date\":\"2026-03-01T00:00:00Z\",\"revision_history\":["
	"{\"date\":\"2026-03-02T00:00:00Z\",\"number\":\"2\",\"summary\":\"First.\"}],\"status\":\"final\",\"version\":\"2\"}},"
	"\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Deepwater Parts\",\"branches\":["
	"{\"category\":\"product_name\",\"name\":\"Fathom\",\"branches\":["
	"{\"category\":\"product_version_range\",\"name\":\"vers:npm/>=1.0.0|<1.4.2\",\"product\":{\"name\":\"Fathom before 1.4.2\",\"product_id\":\"P1\","
	"\"product_identification_helper\":{\"cpe\":\"cpe:2.3:a:deepwater:fathom:*:*:*:*:*:*:*:*\",\"purl\":\"pkg:npm/%40deepwater/fathom\"}}},"
	"{\"category\":\"product_version\",\"name\":\"1.4.2\",\"product\":{\"name\":\"Fathom 1.4.2\",\"product_id\":\"P2\","
	"\"product_identification_helper\":{\"purl\":\"pkg:npm/%40deepwater/fathom@1.4.2\"}}}]}]}]},"
	"\"vulnerabilities\":[{\"cve\":\"CVE-2026-10077\",\"cwe\":{\"id\":\"CWE-122\",\"name\":\"Heap-based Buffer Overflow\"},\"title\":\"It overflows\","
	"\"notes\":[{\"category\":\"description\",\"text\":\"No length is looked at.\"}],"
	"\"product_status\":{\"known_affected\":[\"P1\"],\"fixed\":[\"P2\"]},"
	"\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"Update to 1.4.2.\",\"product_ids\":[\"P1\"]}],"
	"\"scores\":[{\"cvss_v3\":{\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\",\"version\":\"3.1\","
	"\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"},\"products\":[\"P1\"]}]}]}";

/* The text with each of the pairs (old, new … NULL) exchanged where it stands first. */
static inline str notice_with(struct ctx *c, ...)
{
	va_list pairs;
	str     s;

	va_start(pairs, c);
	s = document_with(c, str_of(notice_document), pairs);
	va_end(pairs);
	return s;
}

/* The same advisory as another version. */
static inline str notice_version(struct ctx *c, const char *v, const char *title)
{
	const char *quoted = cstr(c->arena, STR_CAT(c->arena, S("\"version\":\""), str_of(v), S("\"}},")));
	const char *number = cstr(c->arena, STR_CAT(c->arena, S("\"number\":\""), str_of(v), S("\"")));

	return notice_with(c, "\"version\":\"2\"}},", quoted, "\"number\":\"2\"", number, "Heap overflow in Fathom", title, NULL);
}

static inline bool notice_take(struct ctx *c, const struct actor *who, const str *texts, size_t n, struct sheet *out)
{
	return document_send(c, who, "notice.import", NULL, "dw-2026-7.json", texts, n, out);
}

static inline bool notice_take_one(struct ctx *c, const struct actor *who, str text, struct sheet *out)
{
	return notice_take(c, who, &text, 1, out);
}

#endif
