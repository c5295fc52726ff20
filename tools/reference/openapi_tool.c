/* The tools over the API: POST /tool/NAME, the document in the body. */
#include "tools/reference/openapi.h"

static void arg_parameter(struct writer *w)
{
	json_open(w->o, "parameters", '[');
	json_open(w->o, NULL, '{');
	json_put_str(w->o, "name", S("arg"));
	json_put_str(w->o, "in", S("query"));
	json_put_str(w->o, "description", S("The words that would follow on the command line, in their order, such as --json"));
	json_put_bool(w->o, "required", false);
	json_out_key(w->o, S("schema"));
	json_out_raw(w->o, S("{ \"type\": \"array\", \"items\": { \"type\": \"string\" } }"));
	json_close(w->o);
	json_close(w->o);
}

static void tool_write(struct writer *w, const struct service *s, const struct tool *t)
{
	char *path = cstr(w->c->arena, STR_CAT(w->c->arena, S("/tool/"), str_of(t->name)));

	for (char *p = path; *p; p++)
		*p = *p == ' ' ? '-' : *p;
	json_open(w->o, path, '{');
	json_open(w->o, "post", '{');
	json_put_str(w->o, "operationId", STR_CAT(w->c->arena, S("tool."), str_slice(str_of(path), 6, SIZE_MAX)));
	json_put_str(w->o, "summary", str_of(t->help));
	json_open(w->o, "tags", '[');
	json_out_str(w->o, str_of(s->number));
	json_close(w->o);
	json_put_str(w->o, "description", S("For everybody with an account. The body is the document; it is read where it can do no harm."));
	json_open(w->o, "security", '[');
	json_out_raw(w->o, S("{ \"token\": [] }"));
	json_close(w->o);
	arg_parameter(w);
	json_open(w->o, "requestBody", '{');
	json_open(w->o, "content", '{');
	json_out_key(w->o, S("*/*"));
	json_out_raw(w->o, S("{ \"schema\": {} }"));
	json_close(w->o);
	json_close(w->o);
	json_open(w->o, "responses", '{');
	json_open(w->o, "200", '{');
	json_put_str(w->o, "description", S("What the tool printed"));
	json_open(w->o, "content", '{');
	json_open(w->o, "application/json", '{');
	refer(w, "schema", S("#/components/schemas/ToolResult"));
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
	fault_answers(w, true);
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

void tools_write(struct writer *w)
{
	const struct front *f = w->r->front;

	for (size_t i = 0; i < f->services_n; i++)
		for (const struct tool *t = f->services[i]->tools; t && t->name; t++)
			if (!t->terminal)
				tool_write(w, f->services[i], t);
}

void tool_schema(struct writer *w)
{
	json_open(w->o, "ToolResult", '{');
	json_put_str(w->o, "type", S("object"));
	json_open(w->o, "properties", '{');
	json_out_key(w->o, S("tool"));
	json_out_raw(w->o, S("{ \"type\": \"string\" }"));
	json_out_key(w->o, S("exit"));
	json_out_raw(w->o, S("{ \"type\": \"integer\" }"));
	json_out_key(w->o, S("result"));
	json_out_raw(w->o, S("{ \"enum\": [\"sound\", \"unsound\", \"usage\", \"unreadable\", \"failed\"] }"));
	json_out_key(w->o, S("output"));
	json_out_raw(w->o, S("{ \"type\": \"string\" }"));
	json_out_key(w->o, S("errors"));
	json_out_raw(w->o, S("{ \"type\": \"string\" }"));
	json_close(w->o);
	json_out_key(w->o, S("required"));
	json_out_raw(w->o, S("[\"tool\", \"exit\", \"result\"]"));
	json_close(w->o);
}
