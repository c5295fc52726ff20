#include "base/ctx.h"

void ctx_init(struct ctx *c, struct arena *a)
{
	*c = (struct ctx){ .arena = a, .now = TIME_NONE, .zone = S("UTC") };
}

bool fault_set_(struct ctx *c, enum fault_code code, str where,
                const char *file, int line, const char *text,
                const str *args, size_t n)
{
	c->fault = (struct fault){
		.code = code, .where = where, .text = text, .file = file, .at = line,
	};
	/* args[0] is a filler that lets the list be empty. */
	for (size_t i = 1; i < n && i <= FAULT_ARGS; i++)
		c->fault.arg[i - 1] = args[i];
	return false;
}

bool fault_at(struct ctx *c, enum fault_code code, long line, long column)
{
	c->fault.code   = code;
	c->fault.line   = line;
	c->fault.column = column;
	return false;
}
