#ifndef DISCLOSURE_HISTORY_TEST_H
#define DISCLOSURE_HISTORY_TEST_H

/* A document of former days, and a way to import documents.  Tests only. */

#include "record/house_test.h"

#include <sys/mman.h>
#include <unistd.h>

static const char past_document[] =
	"{\"document\":{\"category\":\"csaf_security_advisory\",\"csaf_version\":\"2.0\",\"lang\":\"en\","
	"\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},\"title\":\"Open gate\","
	"\"notes\":[{\"category\":\"summary\",\"text\":\"A gate opens by itself. \\u9375\",\"title\":\"Summary\"}],"
	"\"publisher\":{\"category\":\"vendor\",\"name\":\"Other Works\",\"namespace\":\"https://other.example\"},"
	"\"references\":[{\"category\":\"external\",\"summary\":\"Manual\",\"url\":\"https://other.example/manual\"}],"
	"\"tracking\":{\"current_release_date\":\"2019-07-11T09:00:00+09:00\",\"id\":\"OW-2019-1\","
	"\"initial_release_date\":\"2019-07-10T00:00:00Z\",\"revision_history\":["
	"{\"date\":\"2019-07-11T09:00:00+09:00\",\"number\":\"1\",\"summary\":\"First.\"}],\"status\":\"final\",\"version\":\"1\"}},"
	"\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Other Works\",\"branches\":["
	"{\"category\":\"product_name\",\"name\":\"Gate\",\"branches\":[{\"category\":\"product_version\",\"name\":\"1.0\","
	"\"product\":{\"name\":\"Gate 1.0\",\"product_id\":\"P1\"}},{\"category\":\"product_version\",\"name\":\"2.0\","
	"\"product\":{\"name\":\"Gate 2.0\",\"product_id\":\"P2\"}}]}]}]},"
	"\"vulnerabilities\":[{\"cve\":\"CVE-2019-10042\",\"cwe\":{\"id\":\"CWE-287\",\"name\":\"Improper Authentication\"},\"title\":\"It opens\","
	"\"notes\":[{\"category\":\"description\",\"text\":\"Nobody is asked.\"}],"
	"\"product_status\":{\"known_affected\":[\"P1\"],\"fixed\":[\"P2\"]},"
	"\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"Update to 2.0.\",\"product_ids\":[\"P1\"]}],"
	"\"scores\":[{\"cvss_v3\":{\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\",\"version\":\"3.1\","
	"\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"},\"products\":[\"P1\"]}]}]}";

/* The text with each of the pairs (old, new … NULL) exchanged where it stands first. */
static inline str past_with(struct ctx *c, ...)
{
	str         s = str_of(past_document);
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

static inline struct file_part past_file(const char *name, str bytes)
{
	struct file_part f = { str_of(name), S("application/json"), memfd_create("document", MFD_CLOEXEC), (int64_t)bytes.n };

	check(bytes.n == 0 || write(f.fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	return f;
}

enum { PAST_FILES = 8 };

/* Import at most PAST_FILES files as `who`; allocates nothing outside the operation's net. */
static inline bool past_import_as(struct ctx *c, const struct actor *who, const char *const *names, const str *texts, size_t n, struct sheet *out)
{
	const struct op  *o = op_find(front_of(c), S("advisory.import"));
	struct file_part  f[PAST_FILES];
	struct args       a;
	bool              ok = n <= PAST_FILES;
	size_t            made = 0;

	*out     = (struct sheet){ 0 };
	c->fault = (struct fault){ 0 };
	c->actor = who;
	args_init(&a, o->args);
	for (size_t i = 0; ok && i < n; i++) {
		f[i] = past_file(names ? names[i] : "advisory.json", texts[i]);
		made++;
		ok   = args_take_file(c, &a, S("file"), &f[i]);
	}
	ok = ok && op_call(c, o, &a, STR_NONE, out);
	for (size_t i = 0; i < made; i++)
		close(f[i].fd);
	return ok;
}

static inline bool past_import(struct ctx *c, const struct actor *who, const str *texts, size_t n, struct sheet *out)
{
	return past_import_as(c, who, NULL, texts, n, out);
}

static inline bool past_import_one(struct ctx *c, const struct actor *who, str text, struct sheet *out)
{
	return past_import(c, who, &text, 1, out);
}

#endif
