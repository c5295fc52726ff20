#ifndef TOOLS_OPENAPI_H
#define TOOLS_OPENAPI_H

/*
 * The parts of openapi.json, each writing into one JSON writer.
 *
 * openapi_ask.c      arguments: parameters, request bodies
 * openapi_answer.c   answers of views and operations
 * openapi_tool.c     the tools
 * openapi_fault.c    components: security, problems
 */

#include "platform/json/json_out.h"
#include "tools/reference/reference.h"

struct writer { const struct reference *r; struct ctx *c; struct json_out *o; };

void path_parameters(struct writer *w, str template, const char *path, const struct arg *args);
/* rows: the answer can be CSV. */
void query_parameters(struct writer *w, const struct view *v, bool rows);
void header_parameter(struct writer *w, const char *name, const char *text);
void body_write(struct writer *w, const struct op *o);

void view_answer(struct writer *w, const struct seen *s);
void op_answer(struct writer *w, const struct op *o);
/* writes: of an operation. */
void fault_answers(struct writer *w, bool writes);

/* Paths of the tools, and the schema of their answer. */
void tools_write(struct writer *w);
void tool_schema(struct writer *w);

void refer(struct writer *w, const char *key, str to);
/* Of several faults with one HTTP status the first stands for it. */
bool first_of_status(int code);
void components_write(struct writer *w);

#endif
