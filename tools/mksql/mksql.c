#define BASE_PRINTF /* a build tool talks to the terminal */
#include "tools/mksql/mksql.h"

#include <stdarg.h>

void complain(struct mksql *m, str file, int line, str name, const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "%.*s:%d: ", STR_ARG(file), line);
	if (name.n)
		fprintf(stderr, "%.*s: ", STR_ARG(name));
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	m->errors++;
}

str file_read(struct mksql *m, str path)
{
	FILE      *f = fopen(cstr(m->a, path), "rb");
	char       block[4096];
	size_t     n;
	struct buf b;

	buf_init(&b, m->a, 16 << 20);
	if (!f) {
		complain(m, path, 1, STR_NONE, "cannot be read");
		return S("");
	}
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_add(&b, (str){ block, n });
	fclose(f);
	return buf_str(&b);
}

static bool file_same(const char *path, str text)
{
	FILE  *f = fopen(path, "rb");
	bool   same = f != NULL;
	size_t at = 0, n;
	char   block[4096];

	while (same && (n = fread(block, 1, sizeof(block), f)) > 0) {
		same = n <= text.n - at && memcmp(block, text.p + at, n) == 0;
		at += same ? n : 0;
	}
	if (f)
		fclose(f);
	return same && at == text.n;
}

void file_save(struct mksql *m, str path, str text)
{
	const char *name = cstr(m->a, path);
	FILE       *f;

	if (m->errors || file_same(name, text))
		return;
	f = fopen(name, "wb");
	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
		complain(m, path, 1, STR_NONE, "cannot be written");
}

str file_stem(str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/') {
			path = str_slice(path, i, path.n);
			break;
		}
	return str_ends(path, S(".sql")) ? str_slice(path, 0, path.n - 4) : path;
}

static const char usage[] =
	"usage: mksql [--out DIR] [--prefix WORD_] [--schema NAME] [--postgres URL]\n"
	"             MIGRATION.sql … -- STATEMENTS.sql …\n";

struct args { const char *out, *postgres; };

static int read_args(struct mksql *m, int argc, char **argv, struct args *a)
{
	int i = 1;

	m->prefix      = S("");
	m->schema_name = S("db_migrations");
	for (; i + 1 < argc && strncmp(argv[i], "--", 2) == 0 && argv[i][2]; i += 2) {
		if (strcmp(argv[i], "--out") == 0)
			a->out = argv[i + 1];
		else if (strcmp(argv[i], "--prefix") == 0)
			m->prefix = str_of(argv[i + 1]);
		else if (strcmp(argv[i], "--schema") == 0)
			m->schema_name = str_of(argv[i + 1]);
		else if (strcmp(argv[i], "--postgres") == 0)
			a->postgres = argv[i + 1];
		else
			return -1;
	}
	return i;
}

static int run(struct mksql *m, int argc, char **argv)
{
	struct args a = { 0 };
	int         i = read_args(m, argc, argv, &a), first;

	if (i < 0) {
		fputs(usage, stderr);
		return 2;
	}
	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		schema_load(m, str_of(argv[i]));
	schema_open(m);
	first = i + 1;
	for (i = first; i < argc && !m->errors; i++)
		source_load(m, str_of(argv[i]));
	for (size_t k = 0; k < m->stmts.n; k++)
		stmt_prepare(m, &m->stmts.v[k]);
	if (!m->errors && a.out) {
		emit_whole(m, str_of(a.out));
		page_write(m, STR_CAT(m->a, str_of(a.out), S("/"), m->prefix, S("schema.md")));
		for (i = first; i < argc; i++)
			emit_file(m, str_of(a.out), str_of(argv[i]));
	}
	if (!m->errors && a.postgres)
		return postgres_check(m, a.postgres);
	return m->errors ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct arena a;
	struct ctx   c;
	struct mksql m = { 0 };
	int          status;

	arena_init(&a, (size_t)1 << 30);
	ctx_init(&c, &a);
	m.c = &c;
	m.a = &a;
	m.tables.max = m.migrations.max = m.faces.max = m.ids.max = m.stmts.max = 100000;
	status = run(&m, argc, argv);
	sqlite3_close(m.db);
	arena_done(&a);
	return status;
}
