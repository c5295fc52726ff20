#include "platform/xml/xml.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/buf.h"

const struct xml_limits xml_default = { .bytes = 16 << 20, .depth = 100, .elements = 500000, .attributes = 64 };

enum { PORTION = 1 << 16, NAME_MAX_BYTES = 256 };

/* An element and its text so far. */
struct open { struct xml x; struct buf text; };

struct reading {
	struct ctx *c;
	const struct xml_limits *limits;
	xmlParserCtxtPtr parser;
	struct open *now;              /* the element that is open */
	struct xml  *root;
	uint32_t     depth, elements;
	bool         failed;           /* the fault is set, the rest is not read */
};

static void stop(struct reading *r, enum fault_code code, const char *text, str arg)
{
	if (r->failed)
		return;
	r->failed = true;
	(void)fault(r->c, code, NULL, text, arg);
	(void)fault_at(r->c, code, xmlSAX2GetLineNumber(r->parser), xmlSAX2GetColumnNumber(r->parser));
	xmlStopParser(r->parser);
}

static str copied(struct reading *r, const xmlChar *p, size_t n)
{
	char *copy = n < SIZE_MAX ? arena_alloc(r->c->arena, n + 1) : NULL;

	if (!copy) {
		stop(r, E_LIMIT, N_("There is not enough memory to read this document."), STR_NONE);
		return STR_NONE;
	}
	if (n)
		memcpy(copy, p, n);
	return (str){ copy, n };
}

static str copied_name(struct reading *r, const xmlChar *p)
{
	return p ? copied(r, p, strlen((const char *)p)) : STR_NONE;
}

static bool attributes_read(struct reading *r, struct xml *x, int n, const xmlChar **v)
{
	if ((uint32_t)n > r->limits->attributes) {
		stop(r, E_LIMIT, N_("At most {1} attributes are allowed in an element."), str_fmt(r->c->arena, "%u", r->limits->attributes));
		return false;
	}
	x->attribute  = n ? arena_alloc(r->c->arena, (size_t)n * sizeof(*x->attribute)) : NULL;
	x->attributes = x->attribute ? (size_t)n : 0;
	for (size_t i = 0; i < x->attributes; i++, v += 5)
		x->attribute[i] = (struct xml_attribute){ copied_name(r, v[2]), copied_name(r, v[0]), copied(r, v[3], (size_t)(v[4] - v[3])), false };
	return n == 0 || x->attribute;
}

static void namespaces_read(struct reading *r, struct xml *x, int n, const xmlChar **v)
{
	if ((uint32_t)n > r->limits->attributes) {
		stop(r, E_LIMIT, N_("At most {1} attributes are allowed in an element."), str_fmt(r->c->arena, "%u", r->limits->attributes));
		return;
	}
	x->declared = n && !r->root ? arena_alloc(r->c->arena, (size_t)n * sizeof(*x->declared)) : NULL;
	x->declares = x->declared ? (size_t)n : 0;
	for (size_t i = 0; i < x->declares; i++)
		x->declared[i] = v[2 * i + 1] ? copied_name(r, v[2 * i + 1]) : S("");
}

static void element_begin(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns, int namespaces,
                          const xmlChar **namespace, int attributes, int defaulted, const xmlChar **attribute)
{
	struct reading *r = user;
	struct open    *o;

	(void)prefix, (void)defaulted;
	if (r->failed)
		return;
	if (++r->depth > r->limits->depth || ++r->elements > r->limits->elements) {
		stop(r, E_LIMIT, r->depth > r->limits->depth ? N_("Elements may be nested {1} deep.") : N_("At most {1} elements are allowed."),
		     str_fmt(r->c->arena, "%u", r->depth > r->limits->depth ? r->limits->depth : r->limits->elements));
		return;
	}
	o = arena_alloc(r->c->arena, sizeof(*o));
	if (!o || strlen((const char *)name) > NAME_MAX_BYTES) {
		stop(r, E_LIMIT, o ? N_("The name of an element is too long.") : N_("There is not enough memory to read this document."), STR_NONE);
		return;
	}
	*o = (struct open){ .x = { .ns = copied_name(r, ns), .name = copied_name(r, name), .line = xmlSAX2GetLineNumber(r->parser),
	                           .column = xmlSAX2GetColumnNumber(r->parser), .up = r->now ? &r->now->x : NULL } };
	buf_init(&o->text, r->c->arena, r->limits->bytes);
	namespaces_read(r, &o->x, namespaces, namespace);
	if (!attributes_read(r, &o->x, attributes, attribute))
		return;
	if (o->x.up && o->x.up->last)
		o->x.up->last->next = &o->x;
	else if (o->x.up)
		o->x.up->first = &o->x;
	else
		r->root = &o->x;
	if (o->x.up)
		o->x.up->last = &o->x;
	r->now = o;
}

static void element_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
	struct reading *r = user;

	(void)name, (void)prefix, (void)ns;
	if (r->failed || !r->now)
		return;
	r->now->x.text = buf_str(&r->now->text).p ? buf_str(&r->now->text) : S("");
	if (r->now->text.full)
		stop(r, E_LIMIT, N_("There is not enough memory to read this document."), STR_NONE);
	r->now = (struct open *)r->now->x.up;   /* its first member */
	r->depth--;
}

static void text_add(void *user, const xmlChar *p, int n)
{
	struct reading *r = user;

	if (!r->failed && r->now && n > 0)
		buf_add(&r->now->text, (str){ (const char *)p, (size_t)n });
}

static void doctype_refuse(void *user, const xmlChar *name, const xmlChar *public, const xmlChar *system)
{
	(void)name, (void)public, (void)system;
	stop(user, E_INVALID, N_("A document type is not allowed, nor are entities."), STR_NONE);
}

/* The parser's own sentence is the only one there is for its many errors. */
static void error_take(void *user, const xmlError *e)
{
	struct reading *r = user;
	str text = e && e->message ? str_trim(copied(r, (const xmlChar *)e->message, strlen(e->message))) : S("");

	if (r->failed || !e || e->level < XML_ERR_ERROR)
		return;
	r->failed = true;
	(void)fault(r->c, E_SYNTAX, NULL, N_("This is no well-formed XML: {1}"), utf8_check(text, NULL) ? text : S(""));
	(void)fault_at(r->c, E_SYNTAX, e->line, e->int2 > 0 ? e->int2 : 1);
	xmlStopParser(r->parser);
}

/* The encoding that the first line names, or none. */
static str encoding_named(str text)
{
	size_t end = str_starts(text, S("<?xml")) ? str_find(text, S("?>"), 0) : SIZE_MAX, at;
	str line;

	if (end == SIZE_MAX || end > 1000)
		return STR_NONE;
	line = str_slice(text, 0, end);
	at   = str_find(line, S("encoding"), 0);
	while (at < line.n && line.p[at] != '"' && line.p[at] != '\'')
		at++;
	if (at >= line.n)
		return STR_NONE;
	for (size_t to = at + 1; to < line.n; to++)
		if (line.p[to] == line.p[at])
			return str_slice(line, at + 1, to);
	return STR_NONE;
}

static bool text_feed(struct reading *r, str text)
{
	for (size_t at = 0; at < text.n && !r->failed; at += PORTION) {
		size_t n = text.n - at < PORTION ? text.n - at : PORTION;

		(void)xmlParseChunk(r->parser, text.p + at, (int)n, 0);
	}
	if (!r->failed)
		(void)xmlParseChunk(r->parser, text.p, 0, 1);
	if (r->failed)
		return false;
	if (!r->parser->wellFormed || !r->root)
		return fault(r->c, E_SYNTAX, NULL, N_("This is no well-formed XML."));
	return true;
}

bool xml_parse(struct ctx *c, str text, const struct xml_limits *limits, struct xml **out)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC, .startElementNs = element_begin, .endElementNs = element_end,
	                      .characters = text_add, .ignorableWhitespace = text_add, .cdataBlock = text_add,
	                      .internalSubset = doctype_refuse, .serror = (xmlStructuredErrorFunc)(void *)error_take };
	struct reading r = { .c = c, .limits = limits ? limits : &xml_default };
	size_t bad;
	str    encoding;
	bool   ok;

	if (text.n > r.limits->bytes)
		return fault(c, E_LIMIT, NULL, N_("At most {1} bytes are allowed."), str_fmt(c->arena, "%zu", r.limits->bytes));
	if (!utf8_check(text, &bad))
		return fault(c, E_SYNTAX, NULL, N_("The text is not UTF-8."));
	if (str_starts(text, S("\xEF\xBB\xBF")))
		text = str_slice(text, 3, text.n);
	encoding = encoding_named(text);
	if (encoding.p && !str_eq_nocase(encoding, S("utf-8")) && !str_eq_nocase(encoding, S("us-ascii")))
		return fault(c, E_INVALID, NULL, N_("The encoding {1} is not read; turn the document into UTF-8."), utf8_cut(encoding, 40));
	r.parser = xmlCreatePushParserCtxt(&sax, &r, NULL, 0, NULL);
	if (!r.parser)
		return fault(c, E_LIMIT, NULL, N_("There is not enough memory to read this document."));
	(void)xmlCtxtUseOptions(r.parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	ok = text_feed(&r, text);
	xmlFreeParserCtxt(r.parser);
	*out = r.root;
	return ok;
}

struct xml *xml_child(struct xml *x, const char *name)
{
	for (x = x ? x->first : NULL; x; x = x->next)
		if (str_eq(x->name, str_of(name)))
			return x;
	return NULL;
}

struct xml *xml_again(struct xml *x)
{
	str name = x->name;

	for (x = x->next; x; x = x->next)
		if (str_eq(x->name, name))
			return x;
	return NULL;
}

struct xml_attribute *xml_attribute(struct xml *x, const char *name)
{
	for (size_t i = 0; x && i < x->attributes; i++)
		if (!x->attribute[i].ns.p && str_eq(x->attribute[i].name, str_of(name)))
			return &x->attribute[i];
	return NULL;
}

static void path_write(struct buf *b, const struct xml *x)
{
	size_t n = 0, at = 0;

	if (!x)
		return;
	path_write(b, x->up);
	buf_char(b, '/');
	buf_add(b, x->name);
	for (const struct xml *y = x->up ? x->up->first : x; y; y = y->next)
		if (str_eq(y->name, x->name)) {
			n++;
			if (y == x)
				at = n;
		}
	if (n > 1)
		buf_fmt(b, "[%zu]", at);
}

str xml_path(struct arena *a, const struct xml *x)
{
	struct buf b;

	buf_init(&b, a, 1 << 16);
	path_write(&b, x);
	return buf_str(&b);
}
