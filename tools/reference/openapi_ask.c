/* Arguments as parameters and request bodies, with their limits. */
#include "tools/reference/openapi.h"

#define TIME_PATTERN "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?$"

static const struct { const char *type, *format, *pattern, *example; } kinds[] = {
	[ARG_LINE]   = { "string", NULL, "^[^\\u0000-\\u001f\\u007f]*$", NULL },
	[ARG_TEXT]   = { "string", NULL, "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$", NULL },
	[ARG_ID]     = { "string", NULL, "^[a-z0-9_-]*$", "k3v7q2m5t4x6c2b7n3r5w6y2zq" },
	[ARG_INT]    = { "integer", NULL, NULL, NULL },
	[ARG_BOOL]   = { "boolean", NULL, NULL, NULL },
	[ARG_TIME]   = { "string", NULL, TIME_PATTERN, "2026-12-01T09:00:00+09:00" },
	[ARG_DATE]   = { "string", "date", NULL, "2026-12-01" },
	[ARG_CHOICE] = { "string", NULL, NULL, NULL },
	[ARG_FILE]   = { "string", NULL, NULL, NULL },
	[ARG_SECRET] = { "string", "password", NULL, NULL },
};

static void arg_text(struct writer *w, const struct arg *d)
{
	struct buf b;

	buf_init(&b, w->c->arena, 4000);
	buf_fmt(&b, "%s", d->label ? d->label : d->name);
	if (d->hint)
		buf_fmt(&b, "%s %s", str_ends(buf_str(&b), S("?")) ? "" : ":", d->hint);
	json_put_str(w->o, "description", buf_str(&b));
}

static void value_schema(struct writer *w, const struct arg *d, bool body)
{
	struct json_out *o = w->o;

	json_put_str(o, "type", str_of(kinds[d->kind].type));
	if (kinds[d->kind].format)
		json_put_str(o, "format", str_of(kinds[d->kind].format));
	if (kinds[d->kind].pattern)
		json_put_str(o, "pattern", str_of(kinds[d->kind].pattern));
	if (d->kind == ARG_FILE)
		json_put_str(o, "contentMediaType", S("application/octet-stream"));
	if (d->kind == ARG_LINE || d->kind == ARG_TEXT || d->kind == ARG_ID || d->kind == ARG_SECRET) {
		json_put_int(o, "maxLength", (int64_t)arg_max(d));
		json_put_int(o, "x-max-bytes", (int64_t)arg_max(d));
		if (body && d->must)
			json_put_int(o, "minLength", 1);
	}
	if (d->choices && d->choices->value) {
		json_open(o, "enum", '[');
		for (const struct choice *k = d->choices; k->value; k++)
			json_out_str(o, str_of(k->value));
		json_close(o);
	}
	if (kinds[d->kind].example) {
		json_open(o, "examples", '[');
		json_out_str(o, str_of(kinds[d->kind].example));
		json_close(o);
	}
}

static void arg_schema(struct writer *w, const char *key, const struct arg *d, bool body)
{
	json_open(w->o, key, '{');
	if (body)
		arg_text(w, d);
	if (d->many) {
		json_put_str(w->o, "type", S("array"));
		json_open(w->o, "items", '{');
	}
	value_schema(w, d, body);
	if (d->many)
		json_close(w->o);
	json_close(w->o);
}

static void example_value(struct writer *w, const struct arg *d)
{
	json_out_key(w->o, str_of(d->name));
	if (d->many)
		json_open(w->o, NULL, '[');
	if (d->kind == ARG_INT)
		json_out_int(w->o, 1);
	else if (d->kind == ARG_BOOL)
		json_out_bool(w->o, true);
	else if (d->choices && d->choices->value)
		json_out_str(w->o, str_of(d->choices->value));
	else
		json_out_str(w->o, utf8_cut(str_of(kinds[d->kind].example ? kinds[d->kind].example : d->label ? d->label : d->name), arg_max(d)));
	if (d->many)
		json_close(w->o);
}

static void parameter(struct writer *w, const char *in, const char *name, const char *text, bool must)
{
	json_open(w->o, NULL, '{');
	json_put_str(w->o, "name", str_of(name));
	json_put_str(w->o, "in", str_of(in));
	json_put_str(w->o, "description", str_of(text));
	json_put_bool(w->o, "required", must);
}

void header_parameter(struct writer *w, const char *name, const char *text)
{
	parameter(w, "header", name, text, false);
	json_open(w->o, "schema", '{');
	json_put_str(w->o, "type", S("string"));
	json_close(w->o);
	json_close(w->o);
}

/* The variables of the path, named as in the template. */
void path_parameters(struct writer *w, str template, const char *path, const struct arg *args)
{
	str rest = str_of(path), part, mine = template, name;

	(void)str_cut(&rest, ' ', &part);
	while (str_cut(&rest, '/', &part) && str_cut(&mine, '/', &name)) {
		const struct arg *d = args;
		if (!part.n || part.p[0] != ':')
			continue;
		while (d->name && !str_eq(str_of(d->name), str_slice(part, 1, part.n)))
			d++;
		if (!d->name)
			continue;
		parameter(w, "path", cstr(w->c->arena, str_slice(name, 1, name.n - 1)), d->label ? d->label : d->name, true);
		arg_schema(w, "schema", d, false);
		json_close(w->o);
	}
}

void query_parameters(struct writer *w, const struct view *v, bool rows)
{
	for (const struct arg *d = v->args; d && d->name; d++) {
		if (path_has(v->path, d->name))
			continue;
		parameter(w, "query", d->name, d->label ? d->label : d->name, d->must);
		arg_schema(w, "schema", d, false);
		json_close(w->o);
	}
	if (!rows)
		return;
	parameter(w, "query", "format", "csv: the first list as CSV (RFC 4180)", false);
	json_open(w->o, "schema", '{');
	json_open(w->o, "enum", '[');
	json_out_str(w->o, S("csv"));
	json_close(w->o);
	json_close(w->o);
	json_close(w->o);
}

static void body_schema(struct writer *w, const struct op *o, bool files)
{
	bool some = false;

	json_open(w->o, "schema", '{');
	json_put_str(w->o, "type", S("object"));
	json_put_bool(w->o, "additionalProperties", false);
	json_open(w->o, "properties", '{');
	for (const struct arg *d = o->args; d && d->name; d++)
		if (!path_has(o->path, d->name) && (files || d->kind != ARG_FILE))
			arg_schema(w, d->name, d, true);
	json_close(w->o);
	for (const struct arg *d = o->args; d && d->name; d++) {
		if (!d->must || path_has(o->path, d->name) || (!files && d->kind == ARG_FILE))
			continue;
		if (!some)
			json_open(w->o, "required", '[');
		some = true;
		json_out_str(w->o, str_of(d->name));
	}
	if (some)
		json_close(w->o);
	json_close(w->o);
}

void body_write(struct writer *w, const struct op *o)
{
	bool files = false, some = false, must = false;

	for (const struct arg *d = o->args; d && d->name; d++) {
		bool inside = path_has(o->path, d->name);
		files |= d->kind == ARG_FILE;
		some |= !inside;
		must |= !inside && d->must;
	}
	if (!some)
		return;
	json_open(w->o, "requestBody", '{');
	json_put_bool(w->o, "required", must);
	json_open(w->o, "content", '{');
	json_open(w->o, "application/json", '{');
	body_schema(w, o, false);
	json_open(w->o, "example", '{');
	for (const struct arg *d = o->args; d && d->name; d++)
		if (d->must && !path_has(o->path, d->name) && d->kind != ARG_FILE)
			example_value(w, d);
	json_close(w->o);
	json_close(w->o);
	if (files) {
		json_open(w->o, "multipart/form-data", '{');
		body_schema(w, o, true);
		json_close(w->o);
	}
	json_close(w->o);
	json_close(w->o);
}
