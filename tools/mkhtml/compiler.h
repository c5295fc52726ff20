#ifndef TOOLS_COMPILER_H
#define TOOLS_COMPILER_H

/*
 * compiler: the state of template_compile, shared by its two files:
 * template.c reads, block.c writes what the tags {{…}} mean.
 */

#include "tools/mkhtml/markup.h"
#include "tools/mkhtml/template.h"

enum { BLOCKS = 50, PIECE = 2000 };

enum block_kind { BLOCK_TEMPLATE, BLOCK_IF, BLOCK_EACH };

struct block {
	enum block_kind kind;
	long            line;
	struct markup   before;     /* where it began */
	struct markup   first;      /* where the first branch ended */
	bool            has_else;
	int             list;       /* number of the list variable of each */
};

struct compiler {
	struct ctx          *c;
	struct template_out *out;
	str                  path, src;
	size_t               at;        /* next byte of src */
	long                 line;
	struct buf           lit;       /* literal text not yet written */
	struct markup        m;
	struct block         block[BLOCKS];
	size_t               blocks;
	int                  lists;     /* numbers list variables */
};

/* Run one tag: the trimmed text between {{ and }}. */
bool compiler_tag(struct compiler *k, str tag) MUST_CHECK;
/* E_SYNTAX; @ in fmt stands for what. */
bool compiler_wrong(struct compiler *k, const char *fmt, const char *what) MUST_CHECK;
/* Literal text becomes html_raw calls. */
void compiler_flush(struct compiler *k);
/* What the C compiler says about the next statement is about this line. */
void compiler_line(struct compiler *k);
void compiler_statement(struct compiler *k, const char *head, str expr, const char *tail);
/* End of the C string or character literal that starts at i. */
size_t compiler_quoted(str s, size_t i);

#endif
