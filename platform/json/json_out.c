#include "platform/json/json_out.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

void json_out_init(struct json_out *o, struct buf *b, enum json_form form)
{
	o->buf   = b;
	o->form  = form;
	o->depth = 0;
	o->keyed = false;
}

static void line(struct json_out *o)
{
	if (o->form != JSON_PRETTY)
		return;
	buf_char(o->buf, '\n');
	for (int left = o->depth; left > 0; left -= 16)
		buf_add(o->buf, str_slice(S("                                "), 0,
		                          2 * (size_t)left));
}

/* Comma and line before an item or a key. */
static void separate(struct json_out *o)
{
	if (o->depth == 0)
		return;
	if (o->some[o->depth - 1])
		buf_char(o->buf, ',');
	o->some[o->depth - 1] = true;
	line(o);
}

static void value(struct json_out *o)
{
	if (o->keyed) {
		o->keyed = false;
		return;
	}
	assert(o->depth == 0 || o->kind[o->depth - 1] == '[');
	separate(o);
}

void json_out_key(struct json_out *o, str key)
{
	assert(!o->keyed && o->depth && o->kind[o->depth - 1] == '{');
	separate(o);
	json_quote(o->buf, key);
	buf_add(o->buf, o->form == JSON_PRETTY ? S(": ") : S(":"));
	o->keyed = true;
}

void json_open(struct json_out *o, const char *key, char kind)
{
	if (key)
		json_out_key(o, str_of(key));
	value(o);
	assert(o->depth < JSON_OUT_DEPTH && (kind == '{' || kind == '['));
	o->kind[o->depth] = kind;
	o->some[o->depth] = false;
	o->depth++;
	buf_char(o->buf, kind);
}

void json_open_object(struct json_out *o)
{
	json_open(o, NULL, '{');
}

void json_open_array(struct json_out *o)
{
	json_open(o, NULL, '[');
}

void json_close(struct json_out *o)
{
	assert(o->depth && !o->keyed);
	o->depth--;
	if (o->some[o->depth])
		line(o);
	buf_char(o->buf, o->kind[o->depth] == '{' ? '}' : ']');
	if (o->depth == 0 && o->form == JSON_PRETTY)
		buf_char(o->buf, '\n');
}

static void quote_control(struct buf *b, unsigned char ch)
{
	static const char names[] = "btn\0fr";

	buf_char(b, '\\');
	if (ch >= 8 && ch <= 13 && names[ch - 8]) {
		buf_char(b, names[ch - 8]);
	} else {
		buf_add(b, S("u00"));
		buf_hex(b, &ch, 1);
	}
}

void json_quote(struct buf *b, str s)
{
	size_t from = 0;

	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char ch = (unsigned char)s.p[i];

		if (ch >= 0x20 && ch != '"' && ch != '\\')
			continue;
		buf_add(b, str_slice(s, from, i));
		from = i + 1;
		if (ch < 0x20) {
			quote_control(b, ch);
		} else {
			buf_char(b, '\\');
			buf_char(b, (char)ch);
		}
	}
	buf_add(b, str_slice(s, from, s.n));
	buf_char(b, '"');
}

void json_out_str(struct json_out *o, str s)
{
	if (str_is_none(s)) {
		json_out_null(o);
		return;
	}
	value(o);
	json_quote(o->buf, s);
}

void json_out_int(struct json_out *o, int64_t v)
{
	value(o);
	buf_int(o->buf, v);
}

void json_out_raw(struct json_out *o, str v)
{
	value(o);
	buf_add(o->buf, v);
}

void json_out_bool(struct json_out *o, bool v)
{
	json_out_raw(o, v ? S("true") : S("false"));
}

void json_out_null(struct json_out *o)
{
	json_out_raw(o, S("null"));
}

void json_out_number(struct json_out *o, str number)
{
	json_out_raw(o, number);
}

void json_out_time(struct json_out *o, struct arena *a, time_us t)
{
	if (t == TIME_NONE)
		json_out_null(o);
	else
		json_out_str(o, time_print(a, t));
}

static int by_key(const void *a, const void *b)
{
	const struct json_member *const *x = a, *const *y = b;

	return str_cmp(json_key(*x), json_key(*y));
}

/* Canonical: the members in the order of their keys' bytes. */
static void out_sorted(struct json_out *o, const struct json *v)
{
	const struct json_member **m = NEWS(o->buf->arena, const struct json_member *, v->n + 1u);

	for (uint32_t i = 0; i < v->n; i++)
		m[i] = &v->member[i];
	qsort(m, v->n, sizeof(*m), by_key);
	for (uint32_t i = 0; i < v->n; i++) {
		json_out_key(o, json_key(m[i]));
		json_out_tree(o, &m[i]->value);
	}
}

static void out_members(struct json_out *o, const struct json *v)
{
	if (o->form == JSON_CANONICAL) {
		out_sorted(o, v);
		return;
	}
	for (JSON_MEMBERS(m, v)) {
		json_out_key(o, json_key(m));
		json_out_tree(o, &m->value);
	}
}

void json_out_tree(struct json_out *o, const struct json *v)
{
	switch ((enum json_kind)v->kind) {
	case JSON_TRUE:
	case JSON_FALSE:
		json_out_bool(o, v->kind == JSON_TRUE);
		break;
	case JSON_NUMBER:
		json_out_number(o, json_number(v));
		break;
	case JSON_STRING:
		json_out_str(o, json_str(v));
		break;
	case JSON_ARRAY:
		json_open_array(o);
		for (JSON_ITEMS(x, v))
			json_out_tree(o, x);
		json_close(o);
		break;
	case JSON_OBJECT:
		json_open_object(o);
		out_members(o, v);
		json_close(o);
		break;
	case JSON_NULL: case JSON_KEY: case JSON_ARRAY_END: case JSON_OBJECT_END: case JSON_END:
		json_out_null(o);
		break;
	}
}

void json_put_str(struct json_out *o, const char *key, str s)
{
	if (str_is_none(s))
		return;
	json_out_key(o, str_of(key));
	json_out_str(o, s);
}

void json_put_int(struct json_out *o, const char *key, int64_t v)
{
	if (v == INT_NONE)
		return;
	json_out_key(o, str_of(key));
	json_out_int(o, v);
}

void json_put_bool(struct json_out *o, const char *key, bool v)
{
	json_out_key(o, str_of(key));
	json_out_bool(o, v);
}

void json_put_number(struct json_out *o, const char *key, str number)
{
	if (str_is_none(number))
		return;
	json_out_key(o, str_of(key));
	json_out_number(o, number);
}

void json_put_time(struct json_out *o, struct arena *a, const char *key, time_us t)
{
	if (t == TIME_NONE)
		return;
	json_out_key(o, str_of(key));
	json_out_time(o, a, t);
}

void json_print(struct buf *b, const struct json *v, enum json_form form)
{
	struct json_out o;

	json_out_init(&o, b, form);
	json_out_tree(&o, v);
}
