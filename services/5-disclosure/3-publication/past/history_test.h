#ifndef DISCLOSURE_HISTORY_TEST_H
#define DISCLOSURE_HISTORY_TEST_H

/* A document of former days, and a way to import documents.  Tests only. */

#include "record/document_test.h"

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
	va_list pairs;
	str     s;

	va_start(pairs, c);
	s = document_with(c, str_of(past_document), pairs);
	va_end(pairs);
	return s;
}

/* Import at most DOCUMENTS_MAX files as `who`; allocates nothing outside the operation's net. */
static inline bool past_import_as(struct ctx *c, const struct actor *who, const char *const *names, const str *texts, size_t n, struct sheet *out)
{
	return document_send(c, who, "advisory.import", names, "advisory.json", texts, n, out);
}

static inline bool past_import(struct ctx *c, const struct actor *who, const str *texts, size_t n, struct sheet *out)
{
	return past_import_as(c, who, NULL, texts, n, out);
}

static inline bool past_import_one(struct ctx *c, const struct actor *who, str text, struct sheet *out)
{
	return past_import(c, who, &text, 1, out);
}

extern const struct service publication_service;

/* What the errand does with all that was imported: what it becomes in CSAF 2.1. */
static inline void past_converted(struct ctx *c)
{
	bool done = true;

	while (done)
		for (const struct chore *x = publication_service.chores; x->name; x++)
			if (strcmp(x->name, "successor.make") == 0)
				check_ok(c, chore_run(c, x, &done));
}

#endif
