#ifndef COMPONENTS_NOTICE_TEST_H
#define COMPONENTS_NOTICE_TEST_H

/* A supplier's document and a way to take documents in.  Tests only. */

#include "record/house_test.h"

#include <sys/mman.h>
#include <unistd.h>

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
	str         s = str_of(notice_document);
	const char *old;
	va_list     list;

	va_start(list, c);
	while ((old = va_arg(list, const char *))) {
		size_t at = str_find(s, str_of(old), 0);
		check(at != SIZE_MAX);
		s = STR_CAT(c->arena, str_slice(s, 0, at), str_of(va_arg(list, const char *)), str_slice(s, at + str_of(old).n, s.n));
	}
	va_end(list);
	return s;
}

/* The same advisory as another version. */
static inline str notice_version(struct ctx *c, const char *v, const char *title)
{
	const char *quoted = cstr(c->arena, STR_CAT(c->arena, S("\"version\":\""), str_of(v), S("\"}},")));
	const char *number = cstr(c->arena, STR_CAT(c->arena, S("\"number\":\""), str_of(v), S("\"")));

	return notice_with(c, "\"version\":\"2\"}},", quoted, "\"number\":\"2\"", number, "Heap overflow in Fathom", title, NULL);
}

enum { NOTICE_TEST_FILES = 8 };

static inline bool notice_take(struct ctx *c, const struct actor *who, const str *texts, size_t n, struct sheet *out)
{
	const struct op  *o = op_find(front_of(c), S("notice.import"));
	struct file_part  f[NOTICE_TEST_FILES];
	struct args       a;
	bool              ok = n <= NOTICE_TEST_FILES;
	size_t            made = 0;

	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = who;
	args_init(&a, o->args);
	for (size_t i = 0; ok && i < n; i++) {
		f[i] = (struct file_part){ S("dw-2026-7.json"), S("application/json"), memfd_create("notice", MFD_CLOEXEC), (int64_t)texts[i].n };
		check(texts[i].n == 0 || write(f[i].fd, texts[i].p, texts[i].n) == (ssize_t)texts[i].n);
		made++;
		ok = args_take_file(c, &a, S("file"), &f[i]);
	}
	ok = ok && op_call(c, o, &a, STR_NONE, out);
	for (size_t i = 0; i < made; i++)
		close(f[i].fd);
	return ok;
}

static inline bool notice_take_one(struct ctx *c, const struct actor *who, str text, struct sheet *out)
{
	return notice_take(c, who, &text, 1, out);
}

#endif
