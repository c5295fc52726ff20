#include "platform/json/schema_part.h"

#include <string.h>

/*
 * Compiling: first every text is walked for $id, $anchor and the place of
 * every subschema; then nodes are made from the root along everything that is
 * reachable, so that checking only follows pointers.
 */

struct build {
	struct ctx    *c;
	struct schema *s;
	bool           bad;      /* the fault is in c */
	bool           dynamic;  /* there is a $dynamicRef */
};

static void *pcre_alloc(size_t n, void *arena)
{
	return arena_alloc(arena, n);
}

static void pcre_free(UNUSED void *p, UNUSED void *arena)
{
}

static struct slot_node *slot_of(const struct schema *s, const struct json *key)
{
	size_t at = ((uintptr_t)key >> 4) * 0x9e3779b97f4a7c15u >> 32 & (s->slots - 1);

	while (s->slot[at].key && s->slot[at].key != key)
		at = (at + 1) & (s->slots - 1);
	return &s->slot[at];
}

static struct slot_node *slot_add(struct schema *s, const struct json *key)
{
	if (s->used * 2 >= s->slots) {
		struct schema wider = { .slots = s->slots ? s->slots * 2 : 1024 };

		wider.slot = NEWS(s->arena, struct slot_node, wider.slots);
		for (size_t i = 0; i < s->slots; i++)
			if (s->slot[i].key)
				*slot_of(&wider, s->slot[i].key) = s->slot[i];
		s->slot  = wider.slot;
		s->slots = wider.slots;
	}
	if (!slot_of(s, key)->key)
		s->used++;
	slot_of(s, key)->key = key;
	return slot_of(s, key);
}

static str without_fragment(str uri)
{
	return str_slice(uri, 0, str_find(uri, S("#"), 0));
}

/* RFC 3986 section 5 for the references that occur: absolute, rooted, relative, fragment. */
static str resolve(struct arena *a, str base, str ref)
{
	size_t colon = str_find(ref, S(":"), 0), slash = str_find(ref, S("/"), 0), host, last;

	if (colon != SIZE_MAX && (slash == SIZE_MAX || colon < slash) && ref.p[0] != '#')
		return ref;
	base = without_fragment(base);
	if (ref.n == 0 || ref.p[0] == '#')
		return STR_CAT(a, base, ref);
	host = str_find(base, S("://"), 0);
	host = host == SIZE_MAX ? 0 : str_find(base, S("/"), host + 3);
	if (host > base.n)
		host = base.n;
	if (ref.p[0] == '/')
		return STR_CAT(a, str_slice(base, 0, host), ref);
	for (last = base.n; last > host && base.p[last - 1] != '/'; last--)
		continue;
	if (last == base.n && host == base.n && host)
		return STR_CAT(a, base, S("/"), ref);
	return STR_CAT(a, str_slice(base, 0, last), ref);
}

static int draft_of(const struct json *root, int otherwise)
{
	static const struct { const char *part; int draft; } drafts[] = {
		{ "draft-04", 4 }, { "draft-06", 6 }, { "draft-07", 7 }, { "2019-09", 2019 },
		{ "2020-12", 2020 },
	};
	str uri = json_get_str(root, S("$schema"));

	for (size_t i = 0; i < sizeof(drafts) / sizeof(*drafts); i++)
		if (str_find(uri, str_of(drafts[i].part), 0) != SIZE_MAX)
			return drafts[i].draft;
	return otherwise;
}

static struct resource *add_resource(struct build *b, str uri, const struct json *root, int draft)
{
	struct resource *r = NEW(b->s->arena, struct resource), **end = &b->s->resources;

	r->uri   = without_fragment(uri);
	r->root  = root;
	r->draft = draft_of(root, draft);
	while (*end)
		end = &(*end)->next;
	*end = r;
	return r;
}

static void add_anchor(struct build *b, struct resource *r, str name, const struct json *at,
                       bool dynamic)
{
	struct anchor *a = NEW(b->s->arena, struct anchor);

	*a = (struct anchor){ r->anchors, name, at, dynamic };
	r->anchors = a;
}

/* Every object below v is taken for a subschema, but for what enum and const hold. */
static void walk(struct build *b, const struct json *v, struct resource *r)
{
	if (v->kind == JSON_OBJECT) {
		const char *key = r && r->draft == 4 ? "id" : "$id";
		str id     = json_get_str(v, str_of(key));
		str anchor = json_get_str(v, S("$anchor"));
		str dyn    = json_get_str(v, S("$dynamicAnchor"));

		/* to draft 7, $ref stands alone */
		if (r && r->draft <= 7 && json_is(json_get(v, S("$ref")), JSON_STRING))
			id = STR_NONE;
		if (id.n && id.p[0] == '#')
			add_anchor(b, r, str_slice(id, 1, id.n), v, false);
		else if (id.n && v != r->root)
			r = add_resource(b, resolve(b->s->arena, r->uri, id), v, r->draft);
		if (anchor.n)
			add_anchor(b, r, anchor, v, false);
		if (dyn.n)
			add_anchor(b, r, dyn, v, true);
		slot_add(b->s, v)->resource = r;
	}
	for (JSON_MEMBERS(m, v))
		if (!str_eq(json_key(m), S("enum")) && !str_eq(json_key(m), S("const")))
			walk(b, &m->value, r);
	for (JSON_ITEMS(x, v))
		walk(b, x, r);
}

static bool load(struct build *b, str text)
{
	struct json_limits wide = json_default;
	const struct json *root;
	struct resource   *r;
	str                id;
	int                draft;

	wide.depth = 500;
	TRY(json_parse(b->c, text, &wide, &root));
	if (root->kind != JSON_OBJECT)
		return fault(b->c, E_INVALID, NULL, N_("A schema must be an object."));
	draft = draft_of(root, 2020);
	id    = json_get_str(root, draft == 4 ? S("id") : S("$id"));
	r     = add_resource(b, str_is_none(id) ? S("") : id, root, draft);
	walk(b, root, r);
	return true;
}

/* The query part is not told from another edition of the same schema (first.org's ids carry one). */
static str without_query(str uri)
{
	return str_slice(uri, 0, str_find(uri, S("?"), 0));
}

static struct resource *find_resource(const struct schema *s, str uri)
{
	for (struct resource *r = s->resources; r; r = r->next)
		if (str_eq(r->uri, uri))
			return r;
	for (struct resource *r = s->resources; r; r = r->next)
		if (str_eq(without_query(r->uri), uri))
			return r;
	return NULL;
}

static const struct anchor *find_anchor(const struct resource *r, str name)
{
	for (const struct anchor *a = r->anchors; a; a = a->next)
		if (str_eq(a->name, name))
			return a;
	return NULL;
}

/* "%25" and friends in a fragment. */
static str unescape_percent(struct arena *a, str s)
{
	char  *out = NEWS(a, char, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char ch = s.p[i];

		if (ch == '%' && i + 2 < s.n) {
			char hex[3] = { s.p[i + 1], s.p[i + 2], 0 };

			ch = (char)strtol(hex, NULL, 16);
			i += 2;
		}
		out[n++] = ch;
	}
	return (str){ out, n };
}

static struct node *make(struct build *b, const struct json *v, struct resource *r);

static struct node *bad_ref(struct build *b, str ref)
{
	b->bad = true;
	(void)fault(b->c, E_INVALID, NULL, N_("The schema refers to {1}, which is not known."), ref);
	return NULL;
}

static struct node *make_ref(struct build *b, str ref, struct resource *from, const struct anchor **anchor)
{
	str uri = resolve(b->s->arena, from->uri, ref), fragment;
	struct resource   *r = find_resource(b->s, without_fragment(uri));
	const struct json *at;
	size_t             hash = str_find(uri, S("#"), 0);

	*anchor = NULL;
	if (!r)
		return bad_ref(b, ref);
	at = r->root;
	if (hash == SIZE_MAX || hash + 1 == uri.n)
		return make(b, at, r);
	fragment = unescape_percent(b->s->arena, str_slice(uri, hash + 1, uri.n));
	if (fragment.p[0] == '/') {
		at = json_point(at, fragment);
	} else {
		*anchor = find_anchor(r, fragment);
		at = *anchor ? (*anchor)->at : NULL;
	}
	return at ? make(b, at, r) : bad_ref(b, ref);
}

struct node *schema_dynamic(const struct schema *s, const struct resource *r, str name)
{
	const struct anchor *a = find_anchor(r, name);

	return a && a->dynamic ? slot_of(s, a->at)->node : NULL;
}

static void make_pattern(struct build *b, str text, struct pattern *out)
{
	pcre2_compile_context *cc = pcre2_compile_context_create(b->s->memory);
	int    error;
	size_t where;

	out->text = text;
	out->code = pcre2_compile((PCRE2_SPTR)text.p, text.n,
	                          PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_BSUX,
	                          &error, &where, cc);
	if (!out->code) {
		b->bad = true;
		(void)fault(b->c, E_INVALID, NULL, N_("The pattern {1} is not valid."), text);
		return;
	}
	(void)pcre2_jit_compile(out->code, PCRE2_JIT_COMPLETE);
}

static struct node *make_member(struct build *b, const struct node *n, str key)
{
	const struct json *v = json_get(n->schema, key);

	return v ? make(b, v, n->resource) : NULL;
}

static struct nodes make_nodes(struct build *b, const struct node *n, const struct json *list)
{
	struct nodes out = { NEWS(b->s->arena, struct node *, json_count(list) + 1), 0 };

	for (JSON_ITEMS(x, list))
		out.v[out.n++] = make(b, x, n->resource);
	return out;
}

static str *make_strings(struct build *b, const struct json *list, size_t *n)
{
	str *out = NEWS(b->s->arena, str, json_count(list) + 1);

	*n = 0;
	for (JSON_ITEMS(x, list))
		if (x->kind == JSON_STRING)
			out[(*n)++] = json_str(x);
	return out;
}

static uint32_t type_bit(str name)
{
	static const struct { const char *name; uint32_t bits; } types[] = {
		{ "null", 1 << JSON_NULL }, { "boolean", 1 << JSON_TRUE | 1 << JSON_FALSE },
		{ "number", 1 << JSON_NUMBER }, { "string", 1 << JSON_STRING },
		{ "array", 1 << JSON_ARRAY }, { "object", 1 << JSON_OBJECT },
		{ "integer", TYPE_INTEGER },
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_eq(name, str_of(types[i].name)))
			return types[i].bits;
	return 0;
}

static int64_t count_of(const struct node *n, str key)
{
	int64_t v;

	return json_int(json_get(n->schema, key), &v) && v >= 0 ? v : COUNT_NONE;
}

static void make_values(struct build *b, struct node *n)
{
	const struct json *v = n->schema, *type = json_get(v, S("type"));
	const struct json *over = json_get(v, S("exclusiveMaximum"));
	const struct json *under = json_get(v, S("exclusiveMinimum"));

	n->types = type_bit(json_str(type));
	for (JSON_ITEMS(x, type))
		n->types |= type_bit(json_str(x));
	n->one_of_values = json_get(v, S("enum"));
	n->value    = json_get(v, S("const"));
	n->multiple = json_number(json_get(v, S("multipleOf")));
	n->max      = json_number(json_get(v, S("maximum")));
	n->min      = json_number(json_get(v, S("minimum")));
	n->over     = json_is(over, JSON_TRUE) ? n->max : json_number(over);
	n->under    = json_is(under, JSON_TRUE) ? n->min : json_number(under);
	n->format   = json_get_str(v, S("format"));
	n->max_length = count_of(n, S("maxLength"));
	n->min_length = count_of(n, S("minLength"));
	if (!str_is_none(json_get_str(v, S("pattern")))) {
		n->pattern = NEW(b->s->arena, struct pattern);
		make_pattern(b, json_get_str(v, S("pattern")), n->pattern);
	}
}

static void make_array(struct build *b, struct node *n)
{
	const struct json *v = n->schema, *items = json_get(v, S("items"));

	n->max_items    = count_of(n, S("maxItems"));
	n->min_items    = count_of(n, S("minItems"));
	n->max_contains = count_of(n, S("maxContains"));
	n->min_contains = count_of(n, S("minContains"));
	n->unique       = json_is(json_get(v, S("uniqueItems")), JSON_TRUE);
	n->contains     = make_member(b, n, S("contains"));
	n->loose_items  = make_member(b, n, S("unevaluatedItems"));
	if (json_is(items, JSON_ARRAY)) {
		n->prefix = make_nodes(b, n, items);
		n->items  = make_member(b, n, S("additionalItems"));
		return;
	}
	n->prefix = make_nodes(b, n, json_get(v, S("prefixItems")));
	n->items  = make_member(b, n, S("items"));
}

static void make_depends(struct build *b, struct node *n, str keyword)
{
	for (JSON_MEMBERS(m, json_get(n->schema, keyword))) {
		struct depend *d = &n->depend[n->depends++];

		d->key = json_key(m);
		if (m->value.kind == JSON_ARRAY)
			d->required = make_strings(b, &m->value, &d->n);
		else
			d->node = make(b, &m->value, n->resource);
	}
}

/* Insert in the order of length, then bytes. */
static void add_property(struct node *n, str key, struct node *child)
{
	size_t i = n->properties++;

	for (; i; i--) {
		str before = n->property[i - 1].key;

		if (before.n < key.n || (before.n == key.n && str_cmp(before, key) < 0))
			break;
		n->property[i] = n->property[i - 1];
	}
	n->property[i] = (struct property){ key, child };
}

static const struct json nothing = { .kind = JSON_FALSE };

static void make_object(struct build *b, struct node *n)
{
	const struct json *v = n->schema, *props = json_get(v, S("properties"));
	const struct json *pats = json_get(v, S("patternProperties"));

	n->max_members = count_of(n, S("maxProperties"));
	n->min_members = count_of(n, S("minProperties"));
	n->required    = make_strings(b, json_get(v, S("required")), &n->requireds);
	n->additional  = make_member(b, n, S("additionalProperties"));
	if (b->s->strict && props && !n->additional && n->types && !json_get(v, S("unevaluatedProperties")))
		n->additional = make(b, &nothing, n->resource);
	n->names       = make_member(b, n, S("propertyNames"));
	n->loose_members = make_member(b, n, S("unevaluatedProperties"));
	n->property    = NEWS(b->s->arena, struct property, json_count(props) + 1);
	for (JSON_MEMBERS(m, props))
		add_property(n, json_key(m), make(b, &m->value, n->resource));
	n->key_pattern = NEWS(b->s->arena, struct pattern, json_count(pats) + 1);
	for (JSON_MEMBERS(m, pats)) {
		struct pattern *p = &n->key_pattern[n->key_patterns++];

		make_pattern(b, json_key(m), p);
		p->node = make(b, &m->value, n->resource);
	}
	n->depend = NEWS(b->s->arena, struct depend, json_count(json_get(v, S("dependencies"))) +
	                 json_count(json_get(v, S("dependentRequired"))) +
	                 json_count(json_get(v, S("dependentSchemas"))) + 1);
	make_depends(b, n, S("dependencies"));
	make_depends(b, n, S("dependentRequired"));
	make_depends(b, n, S("dependentSchemas"));
}

static void make_logic(struct build *b, struct node *n)
{
	n->all   = make_nodes(b, n, json_get(n->schema, S("allOf")));
	n->any   = make_nodes(b, n, json_get(n->schema, S("anyOf")));
	n->one   = make_nodes(b, n, json_get(n->schema, S("oneOf")));
	n->not_  = make_member(b, n, S("not"));
	n->if_   = make_member(b, n, S("if"));
	n->then_ = make_member(b, n, S("then"));
	n->else_ = make_member(b, n, S("else"));
}

static void make_refs(struct build *b, struct node *n)
{
	str ref = json_get_str(n->schema, S("$ref")), dyn = json_get_str(n->schema, S("$dynamicRef"));
	const struct anchor *anchor;

	if (json_get(n->schema, S("$recursiveRef"))) {
		b->bad = true;
		(void)fault(b->c, E_INVALID, NULL, N_("The schema refers to {1}, which is not known."), S("$recursiveRef"));
	}
	if (!str_is_none(ref))
		n->ref = make_ref(b, ref, n->resource, &anchor);
	if (!str_is_none(dyn)) {
		b->dynamic = true;
		n->ref = make_ref(b, dyn, n->resource, &anchor);
		if (anchor && anchor->dynamic)
			n->dynamic = anchor->name;
	}
}

static struct node *make(struct build *b, const struct json *v, struct resource *r)
{
	struct slot_node *slot = slot_add(b->s, v);
	struct node      *n    = slot->node;

	if (n || b->bad)
		return n;
	n = slot->node = NEW(b->s->arena, struct node);
	n->schema   = v;
	n->resource = slot->resource ? slot->resource : r;
	n->never    = v->kind == JSON_FALSE;
	n->max_length = n->min_length = n->max_items = n->min_items = COUNT_NONE;
	n->max_members = n->min_members = n->min_contains = n->max_contains = COUNT_NONE;
	if (v->kind != JSON_OBJECT)
		return n;
	make_refs(b, n);
	if (n->ref && n->resource->draft <= 7)   /* there, $ref stands alone */
		return n;
	make_values(b, n);
	make_array(b, n);
	make_object(b, n);
	make_logic(b, n);
	return n;
}

static bool compile(struct ctx *c, const str *texts, size_t n, bool strict, const struct schema **out)
{
	struct build b = { .c = c, .s = NEW(c->arena, struct schema) };

	b.s->arena  = c->arena;
	b.s->strict = strict;
	b.s->memory = pcre2_general_context_create(pcre_alloc, pcre_free, c->arena);
	if (n == 0 || !b.s->memory)
		return fault(c, E_INVALID, NULL, N_("A schema must be an object."));
	for (size_t i = 0; i < n; i++)
		TRY(load(&b, texts[i]));
	b.s->root = make(&b, b.s->resources->root, b.s->resources);
	/* Dynamic anchors may be reached only while checking; without a $dynamicRef, never. */
	for (struct resource *r = b.dynamic ? b.s->resources : NULL; r; r = r->next)
		for (struct anchor *a = r->anchors; a; a = a->next)
			if (a->dynamic)
				(void)make(&b, a->at, r);
	*out = b.s;
	return !b.bad;
}

bool schema_compile(struct ctx *c, const str *texts, size_t n, const struct schema **out)
{
	return compile(c, texts, n, false, out);
}

bool schema_compile_strict(struct ctx *c, const str *texts, size_t n, const struct schema **out)
{
	return compile(c, texts, n, true, out);
}
