#include "services/5-disclosure/3-publication/author/site.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/json/json.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/bulletin.h"
#include "standards/csaf/provider_read.h"

enum { DEEP = 8, PLACES_MAX = 1000, WAIT = 60, REDIRECTS = 10 };

/* ---- the network ---- */

static bool net_get(struct ctx *c, void *with, str url, enum provider_ask how, size_t max, struct provider_reply *out)
{
	const struct site  *s     = with;
	struct reach_rules  rules = s->rules;
	struct reach_ask    ask   = { .rules = &rules, .url = url, .max = (int64_t)max, .seconds = WAIT, .redirects = REDIRECTS };
	struct reach_answer a;

	if (how == ASK_STRANGER)
		ask.agent = S("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
	if (how == ASK_PLAIN) {
		rules.plain   = true;
		ask.redirects = -1;
	}
	if (!s->reach->get(c, &ask, &a)) {
		*out     = (struct provider_reply){ .why = word_fault(c, &c->fault) };
		c->fault = (struct fault){ 0 };
		return true;
	}
	*out = (struct provider_reply){ .status = a.status, .body = a.body, .type = a.type, .origin = a.origin, .url = a.url,
		.redirects = a.redirects, .plain = a.plain };
	return true;
}

/* ---- a folder ---- */

static str file_path(struct ctx *c, const struct site *s, str url)
{
	str rest = url, part;

	if (!str_starts(url, s->base))
		return STR_NONE;
	url = rest = str_slice(url, s->base.n, url.n);
	while (str_cut(&rest, '/', &part))
		if (str_eq(part, S("..")))
			return STR_NONE;
	if (!url.n || str_ends(url, S("/")))
		url = STR_CAT(c->arena, url, S("index.html"));
	return STR_CAT(c->arena, s->folder, S("/"), url);
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static bool folder_get(struct ctx *c, void *with, str url, enum provider_ask how, size_t max, struct provider_reply *out)
{
	const struct site *s    = with;
	str                path = file_path(c, s, url), bytes;
	struct buf         err;

	(void)how;
	*out = (struct provider_reply){ .status = 404, .url = url };
	if (!path.n || !is_file(cstr(c->arena, path)))
		return true;
	buf_init(&err, c->arena, 1 << 12);
	if (!tool_read(c, cstr(c->arena, path), &bytes, &err) || bytes.n > max)
		*out = (struct provider_reply){ .why = word_tr(c->lang, N_("The file cannot be read.")) };
	else
		*out = (struct provider_reply){ .status = 200, .url = url, .body = bytes.p ? bytes : S("") };
	return true;
}

struct walk { struct ctx *c; struct site *s; bool (*take)(void *to, str url); void *to; };

/* Every file below; links are not followed. */
static bool walk_files(struct walk *w, str path, str url, int depth)
{
	DIR           *dir = depth > DEEP ? NULL : opendir(cstr(w->c->arena, path));
	struct dirent *e;
	bool           ok = true;

	while (ok && dir && (e = readdir(dir))) {
		struct stat st;
		str         name = str_of(e->d_name), at = STR_CAT(w->c->arena, path, S("/"), name);
		if (e->d_name[0] == '.' || !utf8_check(name, NULL) || lstat(cstr(w->c->arena, at), &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			ok = walk_files(w, at, STR_CAT(w->c->arena, url, name, S("/")), depth + 1);
		else if (S_ISREG(st.st_mode))
			ok = w->take(w->to, STR_CAT(w->c->arena, url, name));
	}
	if (dir)
		closedir(dir);
	return ok;
}

static bool folder_list(struct ctx *c, void *with, str url, bool (*take)(void *to, str url), void *to)
{
	struct site *s = with;
	struct walk  w = { c, s, take, to };
	str          path;

	if (!str_starts(url, s->base))
		return true;
	path = STR_CAT(c->arena, s->folder, S("/"), str_slice(url, s->base.n, url.n));
	return walk_files(&w, path, url, 0);
}

/* ---- digests, keys, signatures ---- */

static str digest(struct ctx *c, void *with, int bits, str bytes)
{
	(void)with;
	return bits == 512 ? bytes_sha512(c, bytes) : bytes_sha256(c, bytes);
}

static bool key_take(struct ctx *c, void *with, str bytes, str *fingerprints)
{
	struct site *s = with;

	if (s->reach->key(c, bytes, fingerprints))
		return true;
	c->fault      = (struct fault){ 0 };
	*fingerprints = S("");
	return true;
}

static bool seal_check(struct ctx *c, void *with, str bytes, str signature, struct provider_seal *out)
{
	struct site      *s = with;
	struct reach_seal seal;

	if (!s->reach->verify(c, bytes.p ? bytes : S(""), -1, signature, &seal)) {
		*out     = (struct provider_seal){ .known = true, .expires = TIME_NONE, .why = word_fault(c, &c->fault) };
		c->fault = (struct fault){ 0 };
		return true;
	}
	*out = (struct provider_seal){ .good = seal.good, .known = seal.key.n > 0, .expires = seal.expires, .why = seal.why };
	return true;
}

static void progress(void *with, size_t done, size_t all)
{
	const struct site *s = with;
	struct arena       a;
	str                text;

	if (!s->terminal || all < 20)
		return;
	arena_init(&a, 1 << 12);
	text = str_fmt(&a, "\r%zu/%zu%s", done, all, done == all ? "\n" : "");
	if (write(STDERR_FILENO, text.p, text.n) < 0)
		errno = 0;
	arena_done(&a);
}

/* ---- which folder it is ---- */

static str read_small(struct ctx *c, str path)
{
	struct buf err;
	str        bytes;

	buf_init(&err, c->arena, 1 << 12);
	return is_file(cstr(c->arena, path)) && tool_read(c, cstr(c->arena, path), &bytes, &err) ? bytes : STR_NONE;
}

static str origin_of(str url)
{
	size_t at = str_find(url, S("://"), 0), end;

	end = at == SIZE_MAX ? SIZE_MAX : str_find(url, S("/"), at + 3);
	return at == SIZE_MAX ? STR_NONE : str_slice(url, 0, end == SIZE_MAX ? url.n : end);
}

static str json_text(struct ctx *c, str bytes, str pointer)
{
	const struct json *root;

	if (bytes.n && json_parse(c, bytes, NULL, &root))
		return json_str(json_point(root, pointer));
	c->fault = (struct fault){ 0 };
	return STR_NONE;
}

/* The first field CSAF of a security.txt. */
static str field_csaf(str text)
{
	str line;

	while (str_cut(&text, '\n', &line))
		if (str_starts(line, S("CSAF:")))
			return str_trim(str_slice(line, 5, line.n));
	return STR_NONE;
}

/* A copy of a whole site, or of the folder that holds the metadata. */
static bool with_metadata(struct ctx *c, struct site *s)
{
	str known = STR_CAT(c->arena, s->folder, S("/.well-known/csaf/provider-metadata.json"));
	str text  = field_csaf(read_small(c, STR_CAT(c->arena, s->folder, S("/.well-known/security.txt"))));
	str at    = STR_CAT(c->arena, s->folder, S("/provider-metadata.json")), url, bytes;

	if ((bytes = read_small(c, known)).p || text.n) {
		url = bytes.p ? origin_of(json_text(c, bytes, S("/canonical_url"))) : origin_of(text);
		s->base     = STR_CAT(c->arena, url.n ? url : S("https://folder.invalid"), S("/"));
		s->task.url = s->base;
		return true;
	}
	if (!(bytes = read_small(c, at)).p)
		return false;
	url = json_text(c, bytes, S("/canonical_url"));
	if (!str_ends(url, S("/provider-metadata.json")))
		url = S("https://folder.invalid/provider-metadata.json");
	s->base     = str_slice(url, 0, url.n - S("provider-metadata.json").n);
	s->task.url = url;
	return true;
}

/* ---- folders of documents alone ---- */

struct gather { struct ctx *c; struct site *s; str last; };

static void place_put(struct gather *g, str place)
{
	for (size_t i = 0; i < g->s->places.n; i++)
		if (str_eq(g->s->places.v[i], place))
			return;
	(void)!list_push(g->c->arena, &g->s->places, place);
}

static bool is_year(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == 4;
}

/* The address of a file tells of a folder: index.txt, changes.csv, a feed, or a year above. */
static bool gather_take(void *to, str url)
{
	struct gather *g = to;
	size_t         at = provider_folder(url), up;
	str            name, self;

	name = str_slice(url, at, url.n);
	if (str_eq(name, S("index.txt")) || str_eq(name, S("changes.csv")))
		place_put(g, str_slice(url, 0, at));
	up = at ? provider_folder(str_slice(url, 0, at - 1)) : 0;
	if (at && str_ends(name, S(".json")) && is_year(str_slice(url, up, at - 1)))
		place_put(g, str_slice(url, 0, up));
	if (!str_ends(name, S(".json")) || str_find(name, S("feed"), 0) == SIZE_MAX)
		return true;
	self = json_text(g->c, read_small(g->c, STR_CAT(g->c->arena, g->s->folder, S("/"), url)), S("/feed/link/0/href"));
	if (str_ends(self, STR_CAT(g->c->arena, S("/"), url)))
		g->s->base = str_slice(self, 0, self.n - url.n);
	place_put(g, url);
	return true;
}

static bool without_metadata(struct ctx *c, struct site *s)
{
	struct gather g = { .c = c, .s = s };
	struct walk   w = { c, s, gather_take, &g };

	s->base = S("https://folder.invalid/");
	if (!walk_files(&w, s->folder, S(""), 0) || !s->places.n)
		return fault(c, E_NOTFOUND, NULL, N_("In {1} there is neither provider-metadata.json nor a folder or feed of CSAF documents."), s->folder);
	for (size_t i = 0; i < s->places.n; i++)
		s->places.v[i] = STR_CAT(c->arena, s->base, s->places.v[i]);
	s->task.folders   = s->places.v;
	s->task.folders_n = s->places.n;
	return true;
}

/* ---- opening ---- */

bool site_is_folder(struct ctx *c, str target)
{
	struct stat st;

	return stat(cstr(c->arena, target), &st) == 0 && S_ISDIR(st.st_mode);
}

bool site_is_near(str url, int *port)
{
	size_t  at    = str_find(url, S("://"), 0);
	str     rest  = str_slice(url, at == SIZE_MAX ? 0 : at + 3, url.n), host = rest, name;
	size_t  slash = str_find(rest, S("/"), 0), colon;
	int64_t n;

	host  = str_slice(rest, 0, slash == SIZE_MAX ? rest.n : slash);
	colon = str_starts(host, S("[")) ? str_find(host, S("]:"), 0) : str_find(host, S(":"), 0);
	colon += colon != SIZE_MAX && str_starts(host, S("["));
	name  = str_slice(host, 0, colon == SIZE_MAX ? host.n : colon);
	*port = colon != SIZE_MAX && str_to_int(str_slice(host, colon + 1, host.n), &n) && n > 0 && n < 65536 ? (int)n : 0;
	return str_eq(name, S("localhost")) || str_starts(name, S("127.")) || str_eq(name, S("[::1]"));
}

bool site_address(struct ctx *c, struct reach_rules *rules, str *target)
{
	str  t    = *target;
	bool http = str_starts(t, S("http://"));

	if (!http && !str_starts(t, S("https://"))) {
		if (str_find(t, S("."), 0) == SIZE_MAX || str_find(t, S("://"), 0) != SIZE_MAX || str_find(t, S("/"), 0) != SIZE_MAX)
			return fault(c, E_INVALID, NULL, N_("{1} is neither a folder nor an https address."), t);
		t = STR_CAT(c->arena, S("https://"), t, S("/"));
	}
	rules->near = site_is_near(t, &rules->port);
	if (http && !rules->plain && !rules->near)
		return fault(c, E_INVALID, NULL, N_("{1} is not https. With --insecure-http it is asked all the same."), t);
	rules->plain |= rules->near && http;
	*target = str_eq(origin_of(t), t) ? STR_CAT(c->arena, t, S("/")) : t;
	return true;
}

static bool net_open(struct ctx *c, struct site *s, str target)
{
	TRY(site_address(c, &s->rules, &target));
	s->task.url      = target;
	s->means.get     = net_get;
	s->means.network = true;
	return true;
}

bool site_open(struct ctx *c, struct site *s, str target)
{
	s->reach      = front_of(c)->reach;
	s->places.max = PLACES_MAX;
	s->means      = (struct provider_means){ .with = s, .digest = digest, .progress = progress };
	if (s->reach) {
		s->means.key    = key_take;
		s->means.verify = seal_check;
	}
	if (!site_is_folder(c, target)) {
		if (!s->reach)
			return fault(c, E_UNAVAILABLE, NULL, N_("Here nothing is asked over the network."));
		return net_open(c, s, target);
	}
	while (target.n > 1 && target.p[target.n - 1] == '/')
		target.n--;
	s->folder     = target;
	s->means.get  = folder_get;
	s->means.list = folder_list;
	return with_metadata(c, s) || without_metadata(c, s);
}
