/* Components: the token, problem+json from base/faults.def, the answer of operations. */
#include "tools/reference/openapi.h"

void refer(struct writer *w, const char *key, str to)
{
	json_out_key(w->o, str_of(key));
	json_out_raw(w->o, STR_CAT(w->c->arena, S("{ \"$ref\": \""), to, S("\" }")));
}

bool first_of_status(int code)
{
	for (int k = E_NONE + 1; k < code; k++)
		if (fault_http((enum fault_code)k) == fault_http((enum fault_code)code))
			return false;
	return true;
}

static void text_member(struct writer *w, const char *name, const char *text)
{
	json_open(w->o, name, '{');
	json_put_str(w->o, "type", S("string"));
	json_put_str(w->o, "description", str_of(text));
	json_close(w->o);
}

/* A column's kind; several types when it may be unset. */
static void kind_schema(struct writer *w, const char *name, const char *type, const char *format, const char *text)
{
	json_open(w->o, name, '{');
	if (str_eq(str_of(type), S("boolean")) || str_eq(str_of(type), S("null"))) {
		json_put_str(w->o, "type", str_of(type));
	} else {
		json_open(w->o, "type", '[');
		json_out_str(w->o, str_of(type));
		json_out_str(w->o, S("null"));
		json_close(w->o);
	}
	if (format)
		json_put_str(w->o, "format", str_of(format));
	json_put_str(w->o, "description", str_of(text));
	json_close(w->o);
}

static void kinds_write(struct writer *w)
{
	kind_schema(w, "Text", "string", NULL, "UTF-8; null when it is not set");
	kind_schema(w, "Integer", "integer", NULL, "A whole number; null when it is not set");
	kind_schema(w, "Instant", "string", "date-time", "RFC 3339 in UTC; null when it is not set");
	kind_schema(w, "Truth", "boolean", NULL, "true or false");
	kind_schema(w, "Real", "number", NULL, "A number; null when it is not set");
	kind_schema(w, "Bytes", "null", NULL, "Bytes are not part of JSON answers");
}

static void done_schema(struct writer *w)
{
	json_open(w->o, "Done", '{');
	json_put_str(w->o, "type", S("object"));
	json_put_str(w->o, "description", S("What an operation did."));
	json_open(w->o, "properties", '{');
	text_member(w, "id", "What was made or changed");
	text_member(w, "next", "The page that shows it, or for a secret a view of it");
	text_member(w, "secret", "Shown once and never kept: a receipt code, an invitation, a token");
	text_member(w, "said", "One sentence in the language of the request");
	json_close(w->o);
	json_open(w->o, "examples", '[');
	json_open(w->o, NULL, '{');
	json_put_str(w->o, "id", S("k3v7q2m5t4x6c2b7n3r5w6y2zq"));
	json_put_str(w->o, "next", S("/cases/k3v7q2m5t4x6c2b7n3r5w6y2zq"));
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

static void problem_errors(struct writer *w)
{
	json_open(w->o, "errors", '{');
	json_put_str(w->o, "type", S("array"));
	json_open(w->o, "items", '{');
	json_put_str(w->o, "type", S("object"));
	json_open(w->o, "properties", '{');
	text_member(w, "field", "Name of the argument, or JSON pointer into the input");
	json_open(w->o, "line", '{');
	json_put_str(w->o, "type", S("integer"));
	json_close(w->o);
	json_open(w->o, "column", '{');
	json_put_str(w->o, "type", S("integer"));
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

static void problem_schema(struct writer *w)
{
	json_open(w->o, "Problem", '{');
	json_put_str(w->o, "type", S("object"));
	json_put_str(w->o, "description", S("RFC 9457 problem details in the language of the request."));
	json_open(w->o, "properties", '{');
	json_open(w->o, "type", '{');
	json_open(w->o, "enum", '[');
	for (int k = E_NONE + 1; k < FAULT_COUNT; k++)
		json_out_str(w->o, STR_CAT(w->c->arena, S("urn:psirt:fault:"), str_of(fault_name((enum fault_code)k))));
	json_close(w->o);
	json_close(w->o);
	text_member(w, "title", "What kind of fault it is");
	json_open(w->o, "status", '{');
	json_put_str(w->o, "type", S("integer"));
	json_close(w->o);
	text_member(w, "detail", "What was wrong, and what to do");
	problem_errors(w);
	json_open(w->o, "retryable", '{');
	json_put_str(w->o, "type", S("boolean"));
	json_put_str(w->o, "description", S("The same request may succeed later; Retry-After says when"));
	json_close(w->o);
	json_close(w->o);
	json_open(w->o, "required", '[');
	json_out_str(w->o, S("type"));
	json_out_str(w->o, S("title"));
	json_out_str(w->o, S("status"));
	json_out_str(w->o, S("detail"));
	json_out_str(w->o, S("retryable"));
	json_close(w->o);
	json_close(w->o);
}

static void fault_example(struct writer *w, enum fault_code code)
{
	json_open(w->o, "example", '{');
	json_put_str(w->o, "type", STR_CAT(w->c->arena, S("urn:psirt:fault:"), str_of(fault_name(code))));
	json_put_str(w->o, "title", str_of(fault_title(code)));
	json_put_int(w->o, "status", fault_http(code));
	json_put_str(w->o, "detail", str_of(fault_title(code)));
	json_put_bool(w->o, "retryable", fault_retryable(code));
	json_close(w->o);
}

static void fault_response(struct writer *w, int code)
{
	int        status = fault_http((enum fault_code)code);
	struct buf b;

	buf_init(&b, w->c->arena, 4000);
	for (int k = code; k < FAULT_COUNT; k++)
		if (fault_http((enum fault_code)k) == status)
			buf_fmt(&b, "%s%s: %s", b.n ? "; " : "", fault_name((enum fault_code)k), fault_title((enum fault_code)k));
	json_open(w->o, cstr(w->c->arena, str_fmt(w->c->arena, "Fault%d", status)), '{');
	json_put_str(w->o, "description", buf_str(&b));
	json_open(w->o, "content", '{');
	json_open(w->o, "application/problem+json", '{');
	refer(w, "schema", S("#/components/schemas/Problem"));
	fault_example(w, (enum fault_code)code);
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

void components_write(struct writer *w)
{
	json_open(w->o, "components", '{');
	json_open(w->o, "securitySchemes", '{');
	json_open(w->o, "token", '{');
	json_put_str(w->o, "type", S("http"));
	json_put_str(w->o, "scheme", S("bearer"));
	json_put_str(w->o, "description", S("A token of a person, made on the page /me; it may be for reading only."));
	json_close(w->o);
	json_close(w->o);
	json_open(w->o, "schemas", '{');
	kinds_write(w);
	done_schema(w);
	tool_schema(w);
	problem_schema(w);
	json_close(w->o);
	json_open(w->o, "responses", '{');
	for (int k = E_NONE + 1; k < FAULT_COUNT; k++)
		if (first_of_status(k) && fault_http((enum fault_code)k) != 405)
			fault_response(w, k);
	json_close(w->o);
	json_close(w->o);
}
