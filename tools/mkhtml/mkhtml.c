/*
 * mkhtml X.html X.html.h X.html.c: compile one file of templates.  The
 * language is described in platform/html/html.h.
 */
#include "tools/file.h"
#include "tools/mkhtml/template.h"

int main(int argc, char **argv)
{
	struct arena        a;
	struct ctx          c;
	struct template_out out;
	str                 src;

	arena_init(&a, (size_t)256 << 20);
	ctx_init(&c, &a);
	if (argc != 4) {
		fputs("usage: mkhtml X.html X.html.h X.html.c\n", stderr);
		return 2;
	}
	src = file_read(&a, argv[1]);
	if (str_is_none(src))
		return file_wrong(&a, argv[1], 0, "cannot be read");
	if (!template_compile(&c, str_of(argv[1]), src, &out))
		return file_wrong(&a, argv[1], c.fault.line, c.fault.text);
	if (!file_write(argv[2], buf_str(&out.head)) || !file_write(argv[3], buf_str(&out.body)))
		return file_wrong(&a, argv[3], 0, "cannot be written");
	arena_done(&a);
	return 0;
}
