/*
 * csaf_bench: the CSAF check over documents and over synthetic ones of 20,000
 * and 40,000 products (20 and 40 MB), full preset.
 *	csaf_bench [FILE]…         the files given are repeated to 50 MB
 *	csaf_bench write 2.0 N     such a document of N products to standard output; or 2.1
 *	csaf_bench write ranges N  a compact 2.1 document of N version ranges
 *	csaf_bench write vex N     a VEX of about N bytes
 * tests/bench/csaf measures the whole program over the latter.
 */
#define BASE_PRINTF /* a bench talks to a terminal */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "platform/json/json_out.h"
#include "standards/csaf/csaf.h"

enum { FILES_MAX = 4096, REPEAT_TO = 50000000 };

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double megabytes_used(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1e3;
}

static str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	long  n;
	char *p;

	if (!f)
		return STR_NONE;
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	p = arena_must(a, 1, (size_t)n + 1);
	n = (long)fread(p, 1, (size_t)n, f);
	fclose(f);
	return (str){ p, (size_t)n };
}

static void check_one(str text, struct csaf_findings *out)
{
	struct arena a;
	struct ctx   c;

	arena_init(&a, (size_t)4 << 30);
	ctx_init(&c, &a);
	if (!csaf_check(&c, text, NULL, out))
		printf("  failed: %s\n", c.fault.text);
	arena_done(&a);
}

static void put_ids(struct json_out *o, struct arena *a, const char *key, int from, int to)
{
	json_open(o, key, '[');
	for (int i = from; i < to; i++)
		json_out_str(o, str_fmt(a, "CSAFPID-%07d", i));
	json_close(o);
}

static void put_product(struct json_out *o, struct arena *a, int i, bool new)
{
	str purl = str_fmt(a, "pkg:generic/example/product@%d?arch=x86_64", i);

	json_open_object(o);
	json_put_str(o, "category", S("product_version"));
	json_put_str(o, "name", str_fmt(a, "%d.%d.%d", i / 1000, i / 10 % 100, i));
	json_open(o, "product", '{');
	json_put_str(o, "name", str_fmt(a, "Example Company Product of a long name %d", i));
	json_put_str(o, "product_id", str_fmt(a, "CSAFPID-%07d", i));
	json_open(o, "product_identification_helper", '{');
	json_open(o, "hashes", '[');
	json_open_object(o);
	json_open(o, "file_hashes", '[');
	json_open_object(o);
	json_put_str(o, "algorithm", S("sha256"));
	json_put_str(o, "value", str_fmt(a, "026a37919b182ef7c63791e82c9645e2f897a3f0b73c7a6028c7feb%09d", i));
	json_close(o);
	json_close(o);
	json_put_str(o, "filename", str_fmt(a, "product-%d.bin", i));
	json_close(o);
	json_close(o);
	json_open(o, "model_numbers", '[');
	json_out_str(o, str_fmt(a, "EX-%d", i));
	json_close(o);
	if (new) {
		json_open(o, "purls", '[');
		json_out_str(o, purl);
		json_close(o);
	} else {
		json_put_str(o, "purl", purl);
	}
	json_close(o);
	json_close(o);
	json_close(o);
}

#define HEAD "\"publisher\":{\"category\":\"vendor\",\"name\":\"Example\",\"namespace\":\"https://example.com\"}," \
	"\"title\":\"Synthetic\",\"tracking\":{\"current_release_date\":\"2026-01-01T00:00:00Z\"," \
	"\"id\":\"SYN-1\",\"initial_release_date\":\"2026-01-01T00:00:00Z\",\"revision_history\":" \
	"[{\"date\":\"2026-01-01T00:00:00Z\",\"number\":\"1\",\"summary\":\"First.\"}]," \
	"\"status\":\"final\",\"version\":\"1\"}}"

static void put_head(struct json_out *o, bool new)
{
	if (new)
		json_put_str(o, "$schema", S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"));
	json_out_key(o, S("document"));
	json_out_raw(o, new ? S("{\"category\":\"csaf_vex\",\"csaf_version\":\"2.1\",\"distribution\":{\"tlp\":{\"label\":\"CLEAR\"}},\"lang\":\"en\","
		HEAD) : S("{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"lang\":\"en\"," HEAD));
}

static void put_vulnerability(struct json_out *o, struct arena *a, int n, int which, bool new)
{
	json_open_object(o);
	json_put_str(o, "cve", str_fmt(a, "CVE-2026-%05d", which));
	json_out_key(o, S("notes"));
	json_out_raw(o, S("[{\"category\":\"summary\",\"text\":\"A text.\"}]"));
	json_open(o, "product_status", '{');
	put_ids(o, a, "fixed", n / 2, n);
	put_ids(o, a, "known_affected", 0, n / 2);
	json_close(o);
	json_open(o, "remediations", '[');
	json_open_object(o);
	json_put_str(o, "category", S("vendor_fix"));
	json_put_str(o, "details", S("Update."));
	put_ids(o, a, "product_ids", 0, n / 2);
	json_close(o);
	json_close(o);
	json_open(o, new ? "metrics" : "scores", '[');
	json_open_object(o);
	if (new)
		json_open(o, "content", '{');
	json_out_key(o, S("cvss_v3"));
	json_out_raw(o, S("{\"baseScore\":9.8,\"baseSeverity\":\"CRITICAL\",\"vectorString\":"
		"\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"version\":\"3.1\"}"));
	if (new)
		json_close(o);
	put_ids(o, a, "products", 0, n / 2);
	json_close(o);
	json_close(o);
	json_close(o);
}

static str synthetic(struct arena *a, int n, bool new)
{
	struct json_out o;
	struct buf b;

	buf_init(&b, a, 256 << 20);
	json_out_init(&o, &b, JSON_PRETTY);
	json_open_object(&o);
	put_head(&o, new);
	json_open(&o, "product_tree", '{');
	json_out_key(&o, S("branches"));
	json_out_raw(&o, S("[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":"
	                   "[{\"category\":\"product_name\",\"name\":\"Product\",\"branches\":"));
	/* The items go on below in their own list. */
	o.keyed = true;
	json_open_array(&o);
	for (int i = 0; i < n; i++)
		put_product(&o, a, i, new);
	json_close(&o);
	buf_add(&b, S("}]}]"));
	json_close(&o);
	json_open(&o, "vulnerabilities", '[');
	for (int i = 0; i < 3; i++)
		put_vulnerability(&o, a, n, i, new);
	json_close(&o);
	json_close(&o);
	return buf_str(&b);
}

/* One component of many on one platform, none of them affected but the last. */
static void put_component(struct json_out *o, struct arena *a, int i)
{
	json_open_object(o);
	json_put_str(o, "category", S("default_component_of"));
	json_open(o, "full_product_name", '{');
	json_put_str(o, "name", str_fmt(a, "component-%d-0:1.%d-3.el9.x86_64 as a component of Example Platform 9", i, i));
	json_put_str(o, "product_id", str_fmt(a, "PLATFORM-9:component-%d-0:1.%d-3.el9.x86_64", i, i));
	json_close(o);
	json_put_str(o, "product_reference", str_fmt(a, "CSAFPID-%07d", i));
	json_put_str(o, "relates_to_product_reference", S("PLATFORM-9"));
	json_close(o);
}

static void put_refs(struct json_out *o, struct arena *a, const char *key, int from, int to)
{
	json_open(o, key, '[');
	for (int i = from; i < to; i++)
		json_out_str(o, str_fmt(a, "PLATFORM-9:component-%d-0:1.%d-3.el9.x86_64", i, i));
	json_close(o);
}

static str synthetic_vex(struct arena *a, size_t bytes)
{
	struct json_out o;
	struct buf b;
	int n = 0;

	buf_init(&b, a, 256 << 20);
	json_out_init(&o, &b, JSON_PRETTY);
	json_open_object(&o);
	put_head(&o, false);
	json_open(&o, "product_tree", '{');
	json_out_key(&o, S("branches"));
	json_out_raw(&o, S("[{\"category\":\"vendor\",\"name\":\"Example\",\"branches\":"
	                   "[{\"category\":\"product_name\",\"name\":\"Component\",\"branches\":"));
	o.keyed = true;
	json_open_array(&o);
	json_open_object(&o);
	json_put_str(&o, "category", S("product_version"));
	json_put_str(&o, "name", S("9"));
	json_out_key(&o, S("product"));
	json_out_raw(&o, S("{\"name\":\"Example Platform 9\",\"product_id\":\"PLATFORM-9\"}"));
	json_close(&o);
	/* What follows takes two thirds as much again. */
	for (; b.n < bytes / 5 * 3; n++)
		put_product(&o, a, n, false);
	json_close(&o);
	buf_add(&b, S("}]}]"));
	json_open(&o, "relationships", '[');
	for (int i = 0; i < n; i++)
		put_component(&o, a, i);
	json_close(&o);
	json_close(&o);
	json_open(&o, "vulnerabilities", '[');
	json_open_object(&o);
	json_put_str(&o, "cve", S("CVE-2026-00001"));
	json_out_key(&o, S("notes"));
	json_out_raw(&o, S("[{\"category\":\"summary\",\"text\":\"A text.\"}]"));
	json_open(&o, "flags", '[');
	json_open_object(&o);
	json_put_str(&o, "label", S("vulnerable_code_not_present"));
	put_refs(&o, a, "product_ids", 0, n - 1);
	json_close(&o);
	json_close(&o);
	json_open(&o, "product_status", '{');
	put_refs(&o, a, "known_affected", n - 1, n);
	put_refs(&o, a, "known_not_affected", 0, n - 1);
	json_close(&o);
	json_open(&o, "remediations", '[');
	json_open_object(&o);
	json_put_str(&o, "category", S("vendor_fix"));
	json_put_str(&o, "details", S("Update."));
	put_refs(&o, a, "product_ids", n - 1, n);
	json_close(&o);
	json_close(&o);
	json_close(&o);
	json_close(&o);
	json_close(&o);
	return buf_str(&b);
}

/* n branches of a version range each, in the status lists of three vulnerabilities; compact, so little text for much meaning. */
static str synthetic_ranges(struct arena *a, int n)
{
	struct json_out o;
	struct buf b;

	buf_init(&b, a, 256 << 20);
	json_out_init(&o, &b, JSON_COMPACT);
	json_open_object(&o);
	put_head(&o, true);
	json_open(&o, "product_tree", '{');
	json_open(&o, "branches", '[');
	for (int i = 0; i < n; i++) {
		json_open_object(&o);
		json_put_str(&o, "category", S("product_version_range"));
		json_put_str(&o, "name", str_fmt(a, "vers:intdot/>=%d.0|<%d.5", i, i));
		json_open(&o, "product", '{');
		json_put_str(&o, "name", str_fmt(a, "Example Company Product of a long name %d", i));
		json_put_str(&o, "product_id", str_fmt(a, "CSAFPID-%07d", i));
		json_close(&o);
		json_close(&o);
	}
	json_close(&o);
	json_close(&o);
	json_open(&o, "vulnerabilities", '[');
	for (int v = 0; v < 3; v++)
		put_vulnerability(&o, a, n, v, true);
	json_close(&o);
	json_close(&o);
	return buf_str(&b);
}

static int write_out(const char *what, long n)
{
	struct arena a;
	str          text;

	arena_init(&a, (size_t)1 << 30);
	if (strcmp(what, "vex") == 0)
		text = synthetic_vex(&a, (size_t)n);
	else if (strcmp(what, "ranges") == 0)
		text = synthetic_ranges(&a, (int)n);
	else
		text = synthetic(&a, (int)n, strcmp(what, "2.1") == 0);
	n = (long)fwrite(text.p, 1, text.n, stdout);
	arena_done(&a);
	return n < 0 || (size_t)n != text.n;
}

static double measure(int n)
{
	struct csaf_findings f;
	struct arena a;
	double t;
	str    text;

	arena_init(&a, (size_t)1 << 30);
	text = synthetic(&a, n, false);
	t = seconds();
	check_one(text, &f);
	t = seconds() - t;
	printf("  %d products, %.1f MB: %.3f s CPU, %s, %zu findings\n", n, (double)text.n / 1e6, t,
	       f.valid ? "valid" : "invalid", f.count[0] + f.count[1] + f.count[2]);
	arena_done(&a);
	return t;
}

static void repeat(str *texts, size_t n)
{
	struct csaf_findings f;
	size_t bytes = 0, checks = 0, valid = 0;
	double t = seconds();

	check_one(texts[0], &f);
	printf("  first document, cold: %.1f ms CPU\n", (seconds() - t) * 1e3);
	t = seconds();
	while (bytes < REPEAT_TO)
		for (size_t i = 0; i < n && bytes < REPEAT_TO; i++) {
			check_one(texts[i], &f);
			valid += f.valid;
			bytes += texts[i].n;
			checks++;
		}
	t = seconds() - t;
	printf("  %zu documents, %.1f MB: %.2f s CPU, %.3f ms each, %zu valid\n", checks,
	       (double)bytes / 1e6, t, t * 1e3 / (double)checks, valid);
}

int main(int argc, char **argv)
{
	static str texts[FILES_MAX];
	struct arena a;
	size_t n = 0;
	double one, two;

	if (argc == 4 && strcmp(argv[1], "write") == 0)
		return write_out(argv[2], strtol(argv[3], NULL, 10));
	arena_init(&a, (size_t)1 << 30);
	printf("CSAF check in one process, full preset\n");
	for (int i = 1; i < argc && n < FILES_MAX; i++) {
		texts[n] = read_file(&a, argv[i]);
		n += texts[n].n > 0;
	}
	if (n) {
		repeat(texts, n);
		printf("  peak memory %.1f MB\n", megabytes_used());
	}
	one = measure(20000);
	two = measure(40000);
	printf("  twice the size costs x%.2f\n", two / one);
	printf("  peak memory %.1f MB\n", megabytes_used());
	arena_done(&a);
	return 0;
}
