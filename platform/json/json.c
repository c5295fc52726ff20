#include "platform/json/json.h"

#include <stdlib.h>
#include <string.h>

#include "platform/json/json_build.h"
#include "platform/json/json_pull.h"

/*
 * The builder sees doubled keys when their object ends; the pull reader, sent
 * over the text once more, knows the place.
 */
static bool fault_twice(struct ctx *c, str text, struct json_scan *s, struct json_build *b)
{
	struct json_pull *p = json_pull_text(c, s->limits, text);
	struct json_event ev = { 0 };

	while (json_next(p, &ev))
		if (ev.kind == JSON_END)
			return fault(c, E_SYNTAX, NULL, N_("A key occurs twice in one object."));
	c->fault.where = json_build_pointer(b);
	return false;
}

bool json_parse(struct ctx *c, str text, const struct json_limits *limits,
                const struct json **out)
{
	struct json_scan  s;
	struct json_build b;
	struct json_token t;

	TRY(json_scan_init(&s, c, limits));
	if (text.n > s.limits->bytes || text.n > UINT32_MAX)
		return fault(c, E_LIMIT, NULL, N_("The text is longer than {1} bytes."),
		             str_fmt(c->arena, "%zu", s.limits->bytes));
	s.at    = text.p ? text.p : "";
	s.end   = s.at + text.n;
	s.final = true;
	json_build_init(&b, c, false);
	for (;;) {
		if (json_step(&s, &t) != SCAN_OK)
			return json_scan_fault(c, &s, json_build_pointer(&b), text.p, 0, 0);
		if (t.kind == JSON_END)
			break;
		if (!json_build_add(&b, &t))
			break;
	}
	if (b.full)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to read this text."));
	if (b.twice)
		return fault_twice(c, text, &s, &b);
	*out = json_build_root(&b);
	return true;
}

/* Index search: the order of json_build (length, then bytes). */
static const struct json *get_indexed(const struct json *v, str key)
{
	const uint32_t *index = (const uint32_t *)(const void *)(v->member + v->n);
	uint32_t        low = 0, high = v->n;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		const struct json_member *m = &v->member[index[mid]];
		int r = m->key_n != key.n ? (m->key_n < key.n ? -1 : 1) : memcmp(m->key, key.p, key.n);

		if (r == 0)
			return &m->value;
		if (r < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

const struct json *json_get(const struct json *v, str key)
{
	if (!v || v->kind != JSON_OBJECT)
		return NULL;
	if (v->n > JSON_INDEXED)
		return get_indexed(v, key);
	for (uint32_t i = 0; i < v->n; i++)
		if (v->member[i].key_n == key.n && memcmp(v->member[i].key, key.p, key.n) == 0)
			return &v->member[i].value;
	return NULL;
}

const struct json *json_at(const struct json *v, size_t i)
{
	return v && v->kind == JSON_ARRAY && i < v->n ? &v->item[i] : NULL;
}

static bool array_index(str part, size_t *out)
{
	size_t v = 0;

	if (part.n == 0 || part.n > 10 || (part.p[0] == '0' && part.n > 1))
		return false;
	for (size_t i = 0; i < part.n; i++) {
		if (part.p[i] < '0' || part.p[i] > '9')
			return false;
		v = v * 10 + (size_t)(part.p[i] - '0');
	}
	*out = v;
	return true;
}

/* "~1" is "/", "~0" is "~". */
static bool key_matches(const struct json_member *m, str part)
{
	size_t k = 0;

	for (size_t i = 0; i < part.n; i++, k++) {
		char ch = part.p[i];

		if (ch == '~' && i + 1 < part.n)
			ch = part.p[++i] == '1' ? '/' : '~';
		if (k >= m->key_n || m->key[k] != ch)
			return false;
	}
	return k == m->key_n;
}

static const struct json *point_step(const struct json *v, str part)
{
	size_t i;

	if (v->kind == JSON_ARRAY)
		return array_index(part, &i) ? json_at(v, i) : NULL;
	if (v->kind != JSON_OBJECT)
		return NULL;
	if (str_find(part, S("~"), 0) == SIZE_MAX)
		return json_get(v, part);
	for (uint32_t k = 0; k < v->n; k++)
		if (key_matches(&v->member[k], part))
			return &v->member[k].value;
	return NULL;
}

const struct json *json_point(const struct json *v, str pointer)
{
	while (v && pointer.n) {
		size_t end;

		if (pointer.p[0] != '/')
			return NULL;
		end = str_find(pointer, S("/"), 1);
		if (end == SIZE_MAX)
			end = pointer.n;
		v       = point_step(v, str_slice(pointer, 1, end));
		pointer = str_slice(pointer, end, pointer.n);
	}
	return v;
}

void json_pointer_key(struct buf *b, str key)
{
	buf_char(b, '/');
	for (size_t i = 0; i < key.n; i++) {
		if (key.p[i] == '~')
			buf_add(b, S("~0"));
		else if (key.p[i] == '/')
			buf_add(b, S("~1"));
		else
			buf_char(b, key.p[i]);
	}
}

void json_pointer_index(struct buf *b, size_t i)
{
	buf_char(b, '/');
	buf_int(b, (int64_t)i);
}

bool json_is(const struct json *v, enum json_kind kind)
{
	return v && v->kind == kind;
}

size_t json_count(const struct json *v)
{
	return v && (v->kind == JSON_ARRAY || v->kind == JSON_OBJECT) ? v->n : 0;
}

str json_str(const struct json *v)
{
	return json_is(v, JSON_STRING) ? (str){ v->text, v->n } : STR_NONE;
}

str json_get_str(const struct json *v, str key)
{
	return json_str(json_get(v, key));
}

str json_number(const struct json *v)
{
	return json_is(v, JSON_NUMBER) ? (str){ v->text, v->n } : STR_NONE;
}

bool json_bool(const struct json *v, bool *out)
{
	if (!json_is(v, JSON_TRUE) && !json_is(v, JSON_FALSE))
		return false;
	*out = v->kind == JSON_TRUE;
	return true;
}

str json_key(const struct json_member *m)
{
	return (str){ m->key, m->key_n };
}

const struct json *json_items_(const struct json *v)
{
	return json_is(v, JSON_ARRAY) ? v->item : NULL;
}

const struct json_member *json_members_(const struct json *v)
{
	return json_is(v, JSON_OBJECT) ? v->member : NULL;
}

size_t json_length_(const struct json *v, enum json_kind kind)
{
	return json_is(v, kind) ? v->n : 0;
}
