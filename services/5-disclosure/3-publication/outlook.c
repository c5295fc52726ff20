#include "services/5-disclosure/3-publication/outlook.h"

#include "platform/json/json.h"
#include "services/5-disclosure/3-publication/publication.h"
#include "services/5-disclosure/3-publication/signature.h"
#include "standards/securitytxt/securitytxt.h"

enum { FILES = 4, FILE_MAX = 16 << 20 };

static const struct arg nothing[] = { { 0 } };

#define PROXY_MEND N_("Look at the proxy in front, the name server and the certificate; psirt itself serves the file at that path.")
#define SILENT_MEND N_("Look at the proxy in front, the name server, the certificate, and whether psirt may connect out (psirt-outside.conf).")
#define CACHE_MEND N_("Empty the cache in front of psirt, or have it ask again after some minutes.")
#define OTHER_MEND N_("Another site answers there, or an old copy: let the proxy hand this path to psirt.")

/* What we serve ourselves, and where outsiders look for it. */
struct served { const char *name; str path, raw; };
struct outlook { struct served v[FILES]; size_t n; };

static void add(struct outlook *o, const char *name, str path, str raw)
{
	o->v[o->n++] = (struct served){ name, path, raw };
}

/* meets FIRST-1.1 5.3.2 */
bool outlook_look(struct ctx *c, void **work)
{
	struct outlook          *o = NEW(c->arena, struct outlook);
	struct public_newest_row d;
	struct args              none;
	struct sheet             s = { 0 };
	struct transition        when;
	bool                     found, over;

	*work = o;
	if (!str_starts(front_of(c)->base_url, S("https://")))
		return true;
	args_init(&none, nothing);
	TRY(tree_provider(c, &none, &s));
	add(o, N_("provider's metadata"), S("/.well-known/csaf/provider-metadata.json"), s.raw);
	s = (struct sheet){ 0 };
	TRY(public_securitytxt(c, &none, &s));
	add(o, N_("security.txt"), S("/.well-known/security.txt"), s.raw);
	s = (struct sheet){ 0 };
	TRY(transition_load(c, &when));
	over = transition_over(c, &when);   /* what is left then is in the tree of 2.1 */
	if (over) {
		args_init(&none, tree_folder_args);
		TRY(args_take(c, &none, S("tree"), S("v2.1"), true) && args_take(c, &none, S("folder"), S("clear"), true));
	}
	TRY(tree_index(c, &none, &s));
	add(o, N_("list of documents"), over ? S("/.well-known/csaf/v2.1/clear/index.txt") : S("/.well-known/csaf/white/index.txt"), s.raw);
	TRY(sql_public_newest(c, document_kind(TEXT_EN, over), &d, &found));
	if (found)
		add(o, N_("newest document"), tree_public(c, over, d.path), d.bytes);
	return true;
}

/* Not byte for byte ours, but does it say that it is? */
static bool is_ours(struct ctx *c, const struct served *f, str url, str body)
{
	const struct json *root;
	struct securitytxt s;
	struct ctx         quiet = *c;

	if (str_ends(f->path, S("provider-metadata.json")))
		return json_parse(&quiet, body, NULL, &root) && str_eq(json_get_str(root, S("canonical_url")), url);
	if (!str_ends(f->path, S("security.txt")) || !securitytxt_parse(&quiet, body, &s))
		return false;
	for (size_t i = 0; i < s.fields.n; i++)
		if (s.fields.v[i].name == SECTXT_CANONICAL && str_eq(s.fields.v[i].value, url))
			return true;
	return false;
}

static void file_note(struct ctx *c, const struct served *f, struct probe_notes *out)
{
	str            url = STR_CAT(c->arena, front_of(c)->base_url, f->path);
	struct fetched got;

	if (!front_of(c)->fetch(c, url, FILE_MAX, &got))
		probe_fault(c, out, f->name, url, c->fault.code == E_FORBIDDEN
			? N_("The address leads into your own network: ask from outside, or list it in fetch.allow.") : SILENT_MEND);
	else if (got.status != 200)
		PROBE_NOTE(c, out, f->name, PROBE_BAD, PROXY_MEND, N_("{1} answers {2}"), url, str_fmt(c->arena, "%d", got.status));
	else if (str_eq(got.body, f->raw) && str_eq(got.url, url))
		PROBE_NOTE(c, out, f->name, PROBE_WELL, NULL, N_("{1} is there, as psirt serves it"), url);
	else if (str_eq(got.body, f->raw))
		PROBE_NOTE(c, out, f->name, PROBE_ATTENTION, N_("Serve it at the address itself: some who read it do not follow."),
		           N_("{1} leads on to {2}"), url, got.url);
	else if (is_ours(c, f, url, got.body))
		PROBE_NOTE(c, out, f->name, PROBE_ATTENTION, CACHE_MEND, N_("{1} is there, but not as psirt serves it now"), url);
	else
		PROBE_NOTE(c, out, f->name, PROBE_BAD, OTHER_MEND, N_("{1} answers something else"), url);
}

bool outlook_ask(struct ctx *c, void *work, struct probe_notes *out)
{
	const struct outlook *o = work;

	if (!front_of(c)->fetch)
		return true;
	if (!o->n)
		PROBE_NOTE(c, out, N_("provider's metadata"), PROBE_ATTENTION,
		           N_("Outsiders need https: set server.base_url to what they see."), N_("not asked: the public address is {1}"), front_of(c)->base_url);
	for (size_t i = 0; i < o->n; i++)
		file_note(c, &o->v[i], out);
	return true;
}
