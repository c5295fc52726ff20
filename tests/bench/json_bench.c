/*
 * json_bench: speed of the JSON reader over files, or over a synthetic
 * document in CSAF's manner when none is given.
 *	json_bench [FILE]…
 */
#define BASE_PRINTF /* a bench talks to a terminal */
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "platform/json/json.h"
#include "platform/json/json_out.h"
#include "platform/json/json_pull.h"

enum { ROUNDS = 9, ARENA = 1 << 30 };

static const struct json_limits wide = { (size_t)1 << 31, 400, 100000000, 1 << 30 };

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool run_tree(struct ctx *c, str text)
{
	const struct json *v;

	return json_parse(c, text, &wide, &v);
}

static bool run_skip(struct ctx *c, str text)
{
	return json_skip(json_pull_text(c, &wide, text));
}

static bool run_pull(struct ctx *c, str text)
{
	struct json_pull *p = json_pull_text(c, &wide, text);
	struct json_event ev;

	do
		TRY(json_next(p, &ev));
	while (ev.kind != JSON_END);
	return true;
}

static bool run_print(struct ctx *c, str text)
{
	const struct json *v;
	struct buf b;

	TRY(json_parse(c, text, &wide, &v));
	buf_init(&b, c->arena, text.n * 2 + 4096);
	json_print(&b, v, JSON_PRETTY);
	return !b.full;
}

static void measure(const char *name, str text, bool (*run)(struct ctx *, str))
{
	double best = 1e9, first = 0;
	size_t used = 0;

	for (int i = 0; i < ROUNDS; i++) {
		struct arena a;
		struct ctx   c;
		double       t;
		bool         ok;

		arena_init(&a, ARENA);
		ctx_init(&c, &a);
		t  = seconds();
		ok = run(&c, text);
		t  = seconds() - t;
		if (!ok)
			printf("%s failed: %s at %ld:%ld\n", name, c.fault.text, c.fault.line, c.fault.column);
		if (i == 0)
			first = t;
		if (t < best)
			best = t;
		used = a.used;
		arena_done(&a);
	}
	printf("  %-6s %6.2f GB/s (first run, with fresh pages: %.2f)  memory %4.2f x the text\n", name,
	       (double)text.n / best / 1e9, (double)text.n / first / 1e9, (double)used / (double)text.n);
}

static void measure_all(const char *name, str text)
{
	printf("%s, %.1f MB\n", name, (double)text.n / 1e6);
	measure("tree", text, run_tree);
	measure("skip", text, run_skip);
	measure("pull", text, run_pull);
	measure("print", text, run_print);
}

static str synthetic(struct ctx *c, bool pretty)
{
	struct buf b;
	struct json_out o;

	buf_init(&b, c->arena, 256 << 20);
	json_out_init(&o, &b, pretty ? JSON_PRETTY : JSON_COMPACT);
	json_open_array(&o);
	for (int i = 0; i < 60000; i++) {
		json_open_object(&o);
		json_put_str(&o, "category", S("product_version"));
		json_put_str(&o, "name", str_fmt(c->arena, "%d.%d.%d", i % 9, i % 77, i));
		json_open(&o, "product", '{');
		json_put_str(&o, "name", str_fmt(c->arena, "Example Product Line %d", i));
		json_put_str(&o, "product_id", str_fmt(c->arena, "CSAFPID-%07d", i));
		json_put_number(&o, "score", S("9.8"));
		json_close(&o);
		json_close(&o);
	}
	json_close(&o);
	return buf_str(&b);
}

static str read_file(struct ctx *c, const char *path)
{
	FILE  *f = fopen(path, "rb");
	long   n;
	char  *p;

	if (!f)
		return STR_NONE;
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	p = arena_must(c->arena, 1, (size_t)n + 1);
	n = (long)fread(p, 1, (size_t)n, f);
	fclose(f);
	return (str){ p, (size_t)n };
}

int main(int argc, char **argv)
{
	struct arena a;
	struct ctx   c;

	/* Keep freed pages: the kernel's page faults are shown by the first run. */
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	arena_init(&a, ARENA);
	ctx_init(&c, &a);
	for (int i = 1; i < argc; i++) {
		str text = read_file(&c, argv[i]);

		if (str_is_none(text))
			printf("%s cannot be read\n", argv[i]);
		else
			measure_all(argv[i], text);
	}
	if (argc < 2) {
		measure_all("synthetic products, pretty", synthetic(&c, true));
		measure_all("synthetic products, compact", synthetic(&c, false));
	}
	arena_done(&a);
	return 0;
}
