#include "platform/json/schema.h"

#include <stdlib.h>
#include <string.h>

#include "platform/json/schema_part.h"

enum { MATCH_LIMIT = 100000, CALLS_MAX = 2000, VALUES_SHOWN = 16, TRIALS_MAX = 3 };

/* Where in the document we are; joined to a pointer when an error wants it. */
struct place {
	const struct place *up;
	str    key;                  /* none: an index */
	size_t index;
};

/* Members or items of one value that some keyword has judged (for unevaluated…). */
struct seen { bool *v; };

/* The resources entered, for $dynamicRef. */
struct scope {
	const struct scope    *up;
	const struct resource *resource;
};

struct run {
	const struct schema  *s;
	struct ctx           *c;
	struct schema_errors *errors;   /* NULL while trying alternatives */
	int                   trials;   /* choices within choices whose reasons are looked for */
	pcre2_match_context  *mc;
	pcre2_match_data     *md;
	int                   calls;
};

static bool check_node(struct run *r, const struct node *n, const struct json *v,
                       const struct place *at, const struct scope *scope, struct seen *seen);

static void place_print(struct buf *b, const struct place *at)
{
	if (!at->up)
		return;
	place_print(b, at->up);
	if (str_is_none(at->key))
		json_pointer_index(b, at->index);
	else
		json_pointer_key(b, at->key);
}

static bool wrong(struct run *r, const struct place *at, const char *keyword, const char *text,
                  str one, str two)
{
	struct schema_error *e;
	struct buf b;

	if (!r->errors)
		return false;
	if (r->errors->all++ >= SCHEMA_ERRORS_MAX)
		return false;
	buf_init(&b, r->c->arena, 16384);
	place_print(&b, at);
	e  = &r->errors->v[r->errors->n++];
	*e = (struct schema_error){ buf_str(&b), keyword, text, { one, two } };
	return false;
}

static str number_text(struct run *r, int64_t v)
{
	return str_fmt(r->c->arena, "%lld", (long long)v);
}

/* ok = ok and this, going on so that all errors are found; silent runs stop at the first. */
#define BOTH(ok, call) do { if (!(call)) { ok = false; if (!r->errors) return false; } } while (0)

static bool is_integer(const struct json *v)
{
	int64_t i;

	if (v->kind != JSON_NUMBER)
		return false;
	for (uint32_t k = 0; k < v->n; k++)
		if (v->text[k] == '.' || (v->text[k] | 32) == 'e')
			return json_int(v, &i);
	return true;
}

static bool check_type(struct run *r, const struct node *n, const struct json *v,
                       const struct place *at)
{
	const struct json *type;
	struct buf b;

	if (!n->types || n->types >> v->kind & 1)
		return true;
	if (n->types & TYPE_INTEGER && is_integer(v))
		return true;
	if (!r->errors)
		return false;
	type = json_get(n->schema, S("type"));
	buf_init(&b, r->c->arena, 256);
	buf_add(&b, json_str(type));
	for (JSON_ITEMS(x, type)) {
		if (b.n)
			buf_add(&b, S(", "));
		buf_add(&b, json_str(x));
	}
	return wrong(r, at, "type", N_("The value must be of type {1}."), buf_str(&b), STR_NONE);
}

static str scalar_text(const struct json *v)
{
	return v->kind == JSON_STRING ? json_str(v) : json_number(v);
}

/* "a, b, c"; none when they are more than one reads. */
static str values_text(struct run *r, const struct json *list)
{
	struct buf b;

	if (json_count(list) > VALUES_SHOWN)
		return STR_NONE;
	buf_init(&b, r->c->arena, 4096);
	for (JSON_ITEMS(x, list)) {
		if (b.n)
			buf_add(&b, S(", "));
		buf_add(&b, scalar_text(x));
	}
	return b.full ? STR_NONE : buf_str(&b);
}

static bool check_values(struct run *r, const struct node *n, const struct json *v,
                         const struct place *at)
{
	str list;

	if (n->value && json_cmp(n->value, v) != 0)
		return wrong(r, at, "const", N_("Only {1} is allowed here."), scalar_text(n->value), STR_NONE);
	if (n->one_of_values) {
		for (JSON_ITEMS(x, n->one_of_values))
			if (x->kind == v->kind && json_cmp(x, v) == 0)
				return true;
		if (!r->errors)
			return false;
		list = values_text(r, n->one_of_values);
		if (list.n && json_count(n->one_of_values) == 1)
			return wrong(r, at, "enum", N_("Only {1} is allowed here."), list, STR_NONE);
		return wrong(r, at, "enum", list.n ? N_("{1} is not one of: {2}.") : N_("{1} is not one of the allowed values."),
		             scalar_text(v), list);
	}
	return true;
}

/* x is a multiple of m: exact for decimals of up to 18 digits, else by double. */
static bool is_multiple(str x, str m)
{
	struct json jx = { JSON_NUMBER, (uint32_t)x.n, { x.p } };
	struct json jm = { JSON_NUMBER, (uint32_t)m.n, { m.p } };
	int64_t ix, im;
	double  dx, dm, q;

	if (json_int(&jx, &ix) && json_int(&jm, &im) && im > 0)
		return ix % im == 0;
	if (!json_double(&jx, &dx) || !json_double(&jm, &dm))
		return false;
	q = dx / dm;
	if (q > 9e15 || q < -9e15)
		return true;
	q -= (double)(int64_t)q;
	return (q < 1e-8 && q > -1e-8) || q > 1 - 1e-8 || q < -1 + 1e-8;
}

static bool check_number(struct run *r, const struct node *n, const struct json *v,
                         const struct place *at)
{
	str  x  = json_number(v);
	bool ok = true;

	if (n->max.p && json_number_cmp(x, n->max) > 0)
		BOTH(ok, wrong(r, at, "maximum", N_("At most {1} is allowed."), n->max, STR_NONE));
	if (n->min.p && json_number_cmp(x, n->min) < 0)
		BOTH(ok, wrong(r, at, "minimum", N_("At least {1} is required."), n->min, STR_NONE));
	if (n->over.p && json_number_cmp(x, n->over) >= 0)
		BOTH(ok, wrong(r, at, "exclusiveMaximum", N_("Less than {1} is required."), n->over, STR_NONE));
	if (n->under.p && json_number_cmp(x, n->under) <= 0)
		BOTH(ok, wrong(r, at, "exclusiveMinimum", N_("More than {1} is required."), n->under, STR_NONE));
	if (n->multiple.p && !is_multiple(x, n->multiple))
		BOTH(ok, wrong(r, at, "multipleOf", N_("A multiple of {1} is required."), n->multiple, STR_NONE));
	return ok;
}

static bool matches(struct run *r, const struct pattern *p, str s)
{
	return pcre2_match(p->code, (PCRE2_SPTR)(s.p ? s.p : ""), s.n, 0, PCRE2_NO_UTF_CHECK,
	                   r->md, r->mc) >= 0;
}

static bool check_string(struct run *r, const struct node *n, const struct json *v,
                         const struct place *at)
{
	str     s  = json_str(v);
	bool    ok = true;
	int64_t length = 0;

	if (n->max_length >= 0 || n->min_length > 1)
		length = (int64_t)utf8_count(s);
	else
		length = s.n != 0;
	if (n->max_length >= 0 && length > n->max_length)
		BOTH(ok, wrong(r, at, "maxLength", N_("At most {1} characters are allowed."),
		               number_text(r, n->max_length), STR_NONE));
	if (n->min_length > 0 && length < n->min_length)
		BOTH(ok, wrong(r, at, "minLength", N_("At least {1} characters are required."),
		               number_text(r, n->min_length), STR_NONE));
	if (n->pattern && !matches(r, n->pattern, s))
		BOTH(ok, wrong(r, at, "pattern", N_("{1} does not have the form {2}."),
		               utf8_cut(s, 200), n->pattern->text));
	if (n->format.p && !format_check(n->format, s))
		BOTH(ok, wrong(r, at, "format", N_("{1} is not a valid {2}."), utf8_cut(s, 200), n->format));
	return ok;
}

struct hashed { uint64_t hash; const struct json *v; size_t i; };

static int by_value(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return json_cmp(x->v, y->v);
}

/* Sorted by hash and, where hashes meet, by value: no input makes it quadratic. */
static bool check_unique(struct run *r, const struct json *v, const struct place *at)
{
	struct hashed few[32], *h = few;

	if (v->n > 32 && !(h = arena_alloc(r->c->arena, v->n * sizeof(*h))))
		return wrong(r, at, "uniqueItems", N_("There is not enough memory to compare the items."),
		             STR_NONE, STR_NONE);
	for (uint32_t i = 0; i < v->n; i++)
		h[i] = (struct hashed){ json_hash(&v->item[i]), &v->item[i], i };
	qsort(h, v->n, sizeof(*h), by_value);
	for (uint32_t i = 1; i < v->n; i++)
		if (by_value(&h[i - 1], &h[i]) == 0)
			return wrong(r, at, "uniqueItems", N_("The items {1} and {2} are the same."),
			             number_text(r, (int64_t)(h[i - 1].i < h[i].i ? h[i - 1].i : h[i].i)),
			             number_text(r, (int64_t)(h[i - 1].i < h[i].i ? h[i].i : h[i - 1].i)));
	return true;
}

static bool check_items(struct run *r, const struct node *n, const struct json *v,
                        const struct place *at, const struct scope *scope, struct seen *seen)
{
	bool ok = true;

	for (uint32_t i = 0; i < v->n; i++) {
		const struct node *child = i < n->prefix.n ? n->prefix.v[i] : n->items;
		struct place here = { at, STR_NONE, i };

		if (!child)
			continue;
		if (seen)
			seen->v[i] = true;
		BOTH(ok, check_node(r, child, &v->item[i], &here, scope, NULL));
	}
	return ok;
}

static bool check_contains(struct run *r, const struct node *n, const struct json *v,
                           const struct place *at, const struct scope *scope, struct seen *seen)
{
	struct schema_errors *errors = r->errors;
	int64_t found = 0, least = n->min_contains >= 0 ? n->min_contains : 1;

	r->errors = NULL;
	for (uint32_t i = 0; i < v->n; i++) {
		struct place here = { at, STR_NONE, i };

		if (!check_node(r, n->contains, &v->item[i], &here, scope, NULL))
			continue;
		found++;
		if (seen && n->resource->draft >= 2020)
			seen->v[i] = true;
	}
	r->errors = errors;
	if (found < least)
		return wrong(r, at, "contains", N_("Too few items are of the kind that is required."),
		             STR_NONE, STR_NONE);
	if (n->max_contains >= 0 && found > n->max_contains)
		return wrong(r, at, "maxContains", N_("Too many items are of the kind that is limited."),
		             STR_NONE, STR_NONE);
	return true;
}

static bool check_array(struct run *r, const struct node *n, const struct json *v,
                        const struct place *at, const struct scope *scope, struct seen *seen)
{
	bool ok = true;

	if (n->max_items >= 0 && v->n > n->max_items)
		BOTH(ok, wrong(r, at, "maxItems", N_("At most {1} items are allowed."),
		               number_text(r, n->max_items), STR_NONE));
	if (n->min_items > 0 && v->n < n->min_items)
		BOTH(ok, wrong(r, at, "minItems", N_("At least {1} items are required."),
		               number_text(r, n->min_items), STR_NONE));
	if (n->unique && v->n > 1)
		BOTH(ok, check_unique(r, v, at));
	if (n->items || n->prefix.n)
		BOTH(ok, check_items(r, n, v, at, scope, seen));
	if (n->contains)
		BOTH(ok, check_contains(r, n, v, at, scope, seen));
	return ok;
}

static struct node *find_property(const struct node *n, str key)
{
	size_t low = 0, high = n->properties;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		str    k   = n->property[mid].key;
		int    c   = k.n != key.n ? (k.n < key.n ? -1 : 1) : memcmp(k.p, key.p, key.n);

		if (c == 0)
			return n->property[mid].node;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static bool check_member(struct run *r, const struct node *n, const struct json_member *m,
                         const struct place *at, const struct scope *scope, bool *judged)
{
	str          key   = json_key(m);
	struct place here  = { at, key, 0 };
	struct node *child = find_property(n, key);
	bool         known = child != NULL, ok = true;

	if (child)
		BOTH(ok, check_node(r, child, &m->value, &here, scope, NULL));
	for (size_t i = 0; i < n->key_patterns; i++) {
		if (!matches(r, &n->key_pattern[i], key))
			continue;
		known = true;
		BOTH(ok, check_node(r, n->key_pattern[i].node, &m->value, &here, scope, NULL));
	}
	if (!known && n->additional) {
		known = true;
		if (n->additional->never)
			ok = wrong(r, &here, "additionalProperties", N_("The property {1} is not known here."),
			           key, STR_NONE);
		else
			BOTH(ok, check_node(r, n->additional, &m->value, &here, scope, NULL));
	}
	if (n->names) {
		struct json name = { JSON_STRING, m->key_n, { m->key } };

		BOTH(ok, check_node(r, n->names, &name, &here, scope, NULL));
	}
	if (known && judged)
		*judged = true;
	return ok;
}

static bool check_required(struct run *r, const str *key, size_t n, const struct json *v,
                           const struct place *at)
{
	bool ok = true;

	for (size_t i = 0; i < n; i++)
		if (!json_get(v, key[i]))
			BOTH(ok, wrong(r, at, "required", N_("The property {1} is missing."), key[i], STR_NONE));
	return ok;
}

static bool check_object(struct run *r, const struct node *n, const struct json *v,
                         const struct place *at, const struct scope *scope, struct seen *seen)
{
	bool ok = true;

	if (n->max_members >= 0 && v->n > n->max_members)
		BOTH(ok, wrong(r, at, "maxProperties", N_("At most {1} properties are allowed."),
		               number_text(r, n->max_members), STR_NONE));
	if (n->min_members > 0 && v->n < n->min_members)
		BOTH(ok, wrong(r, at, "minProperties", N_("At least {1} properties are required."),
		               number_text(r, n->min_members), STR_NONE));
	BOTH(ok, check_required(r, n->required, n->requireds, v, at));
	for (size_t i = 0; i < n->depends; i++) {
		const struct depend *d = &n->depend[i];

		if (!json_get(v, d->key))
			continue;
		BOTH(ok, check_required(r, d->required, d->n, v, at));
		if (d->node)
			BOTH(ok, check_node(r, d->node, v, at, scope, seen));
	}
	if (n->properties || n->key_patterns || n->additional || n->names)
		for (uint32_t i = 0; i < v->n; i++)
			BOTH(ok, check_member(r, n, &v->member[i], at, scope, seen ? &seen->v[i] : NULL));
	return ok;
}

/* A child that may fail: what it has judged counts only when it is valid. */
static bool attempt(struct run *r, const struct node *n, const struct json *v,
                    const struct place *at, const struct scope *scope, struct seen *seen)
{
	struct seen own;
	size_t      count = json_count(v);
	bool        ok;

	if (!seen)
		return check_node(r, n, v, at, scope, NULL);
	own.v = arena_alloc(r->c->arena, count + 1);
	if (!own.v)
		return wrong(r, at, "$ref", N_("There is not enough memory to check the document."),
		             STR_NONE, STR_NONE);
	ok = check_node(r, n, v, at, scope, &own);
	for (size_t i = 0; ok && i < count; i++)
		seen->v[i] |= own.v[i];
	return ok;
}

static bool silently(struct run *r, const struct node *n, const struct json *v,
                     const struct place *at, const struct scope *scope, struct seen *seen)
{
	struct schema_errors *errors = r->errors;
	bool ok;

	r->errors = NULL;
	ok = attempt(r, n, v, at, scope, seen);
	r->errors = errors;
	return ok;
}

/* How far below the choice the nearest of the errors lies. */
static size_t errors_depth(const struct schema_errors *e)
{
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < e->n; i++) {
		size_t depth = 0;

		for (size_t k = 0; k < e->v[i].pointer.n; k++)
			depth += e->v[i].pointer.p[k] == '/';
		least = depth < least ? depth : least;
	}
	return e->n ? least : 0;
}

/* Which form was meant: the one that is wrong further down than all others; NULL: cannot be said. */
static const struct node *form_meant(struct run *r, const struct nodes *forms, const struct json *v,
                                     const struct place *at, const struct scope *scope)
{
	const struct node *meant = NULL;
	struct schema_errors *errors = r->errors, *trial = arena_alloc(r->c->arena, sizeof(*trial));
	size_t best = 0;

	for (size_t i = 0; trial && i < forms->n; i++) {
		size_t depth;

		trial->n = trial->all = 0;
		r->errors = trial;
		(void)attempt(r, forms->v[i], v, at, scope, NULL);
		depth = errors_depth(trial);
		if (depth > best)
			meant = forms->v[i];
		else if (depth == best)
			meant = NULL;
		best = depth > best ? depth : best;
	}
	r->errors = errors;
	return meant;
}

/* No form fits: the reasons of the one that was meant, else only that. */
static bool none_fits(struct run *r, const char *keyword, const struct nodes *forms, const struct json *v,
                      const struct place *at, const struct scope *scope)
{
	const struct node *meant = NULL;

	if (r->errors && r->errors->all < SCHEMA_ERRORS_MAX && r->trials < TRIALS_MAX) {
		r->trials++;
		if ((meant = form_meant(r, forms, v, at, scope)))
			(void)attempt(r, meant, v, at, scope, NULL);
		r->trials--;
	}
	return meant ? false : wrong(r, at, keyword, N_("None of the allowed forms fits."), STR_NONE, STR_NONE);
}

static bool check_choice(struct run *r, const struct node *n, const struct json *v,
                         const struct place *at, const struct scope *scope, struct seen *seen)
{
	size_t fit = 0;
	bool   ok  = true;

	for (size_t i = 0; i < n->any.n && (fit == 0 || seen); i++)
		fit += silently(r, n->any.v[i], v, at, scope, seen);
	if (n->any.n && fit == 0)
		BOTH(ok, none_fits(r, "anyOf", &n->any, v, at, scope));
	fit = 0;
	for (size_t i = 0; i < n->one.n && fit < 2; i++)
		fit += silently(r, n->one.v[i], v, at, scope, seen);
	if (n->one.n && fit == 0)
		BOTH(ok, none_fits(r, "oneOf", &n->one, v, at, scope));
	if (fit > 1)
		BOTH(ok, wrong(r, at, "oneOf", N_("More than one of the forms fits."), STR_NONE, STR_NONE));
	return ok;
}

static bool check_logic(struct run *r, const struct node *n, const struct json *v,
                        const struct place *at, const struct scope *scope, struct seen *seen)
{
	bool ok = true;

	for (size_t i = 0; i < n->all.n; i++)
		BOTH(ok, attempt(r, n->all.v[i], v, at, scope, seen));
	if (n->any.n || n->one.n)
		BOTH(ok, check_choice(r, n, v, at, scope, seen));
	if (n->not_ && silently(r, n->not_, v, at, scope, NULL))
		BOTH(ok, wrong(r, at, "not", N_("The value has a form that is excluded."),
		               STR_NONE, STR_NONE));
	if (n->if_) {
		const struct node *next = silently(r, n->if_, v, at, scope, seen) ? n->then_ : n->else_;

		if (next)
			BOTH(ok, attempt(r, next, v, at, scope, seen));
	}
	return ok;
}

static const struct node *dynamic_target(struct run *r, const struct node *n,
                                         const struct scope *scope)
{
	const struct node *best = n->ref;

	for (; scope; scope = scope->up) {
		const struct node *other = schema_dynamic(r->s, scope->resource, n->dynamic);

		if (other)
			best = other;
	}
	return best;
}

/* meets JSON-Schema-2020-12 11.2, 11.3 */
static bool check_loose(struct run *r, const struct node *n, const struct json *v,
                        const struct place *at, const struct scope *scope, struct seen *seen)
{
	const struct node *child = v->kind == JSON_OBJECT ? n->loose_members : n->loose_items;
	bool ok = true;

	for (uint32_t i = 0; i < v->n && child; i++) {
		bool         object = v->kind == JSON_OBJECT;
		struct place here = { at, object ? json_key(&v->member[i]) : STR_NONE, i };
		const struct json *x = object ? &v->member[i].value : &v->item[i];

		if (seen->v[i])
			continue;
		seen->v[i] = true;
		if (child->never)
			BOTH(ok, wrong(r, &here, object ? "unevaluatedProperties" : "unevaluatedItems",
			               N_("The property {1} is not known here."), here.key, STR_NONE));
		else
			BOTH(ok, check_node(r, child, x, &here, scope, NULL));
	}
	return ok;
}

static bool check_rules(struct run *r, const struct node *n, const struct json *v,
                        const struct place *at, const struct scope *scope, struct seen *seen)
{
	bool ok = true;

	if (n->ref)
		BOTH(ok, attempt(r, n->dynamic.p ? dynamic_target(r, n, scope) : n->ref, v, at, scope, seen));
	BOTH(ok, check_type(r, n, v, at));
	if (n->value || n->one_of_values)
		BOTH(ok, check_values(r, n, v, at));
	if (v->kind == JSON_OBJECT)
		BOTH(ok, check_object(r, n, v, at, scope, seen));
	else if (v->kind == JSON_ARRAY)
		BOTH(ok, check_array(r, n, v, at, scope, seen));
	else if (v->kind == JSON_STRING)
		BOTH(ok, check_string(r, n, v, at));
	else if (v->kind == JSON_NUMBER)
		BOTH(ok, check_number(r, n, v, at));
	BOTH(ok, check_logic(r, n, v, at, scope, seen));
	return ok;
}

static bool check_node(struct run *r, const struct node *n, const struct json *v,
                       const struct place *at, const struct scope *scope, struct seen *seen)
{
	struct scope inner = { scope, n->resource };
	struct seen  own;
	bool         ok;

	if (n->never)
		return wrong(r, at, "false", N_("Nothing is allowed here."), STR_NONE, STR_NONE);
	if (n->schema->kind != JSON_OBJECT)
		return true;
	if (++r->calls > CALLS_MAX) {
		r->calls--;
		return wrong(r, at, "$ref", N_("The schema goes in a circle."), STR_NONE, STR_NONE);
	}
	if (scope && scope->resource == n->resource)
		inner = *scope;
	if (v->kind >= JSON_ARRAY && !seen && (n->loose_members || n->loose_items)) {
		own.v = arena_alloc(r->c->arena, v->n + 1u);
		seen  = own.v ? &own : NULL;
	}
	ok = check_rules(r, n, v, at, &inner, seen);
	if (ok && v->kind >= JSON_ARRAY && (n->loose_members || n->loose_items))
		ok = seen && check_loose(r, n, v, at, &inner, seen);
	r->calls--;
	return ok;
}

static void *pcre_alloc(size_t n, void *arena)
{
	return arena_alloc(arena, n);
}

static void pcre_free(UNUSED void *p, UNUSED void *arena)
{
}

bool schema_check(const struct schema *s, struct ctx *c, const struct json *v,
                  struct schema_errors *errors)
{
	pcre2_general_context *memory = pcre2_general_context_create(pcre_alloc, pcre_free, c->arena);
	struct run   r   = { .s = s, .c = c, .errors = errors };
	struct place top = { NULL, STR_NONE, 0 };

	if (errors)
		errors->n = errors->all = 0;
	r.mc = memory ? pcre2_match_context_create(memory) : NULL;
	r.md = memory ? pcre2_match_data_create(4, memory) : NULL;
	if (!r.mc || !r.md)
		return wrong(&r, &top, "pattern", N_("There is not enough memory to check the document."),
		             STR_NONE, STR_NONE);
	pcre2_set_match_limit(r.mc, MATCH_LIMIT);
	pcre2_set_depth_limit(r.mc, MATCH_LIMIT);
	return check_node(&r, s->root, v, &top, NULL, NULL);
}
