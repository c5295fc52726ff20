#include "standards/csaf/provider_part.h"

#include "platform/text/csv.h"

/* Requirements 12 to 14: what a folder says that it holds. */

/* A path of a list: below the folder, forwards only. */
static bool path_sound(str path)
{
	str rest = path, part;

	if (!path.n || path.n > 1000 || path.p[0] == '/' || !utf8_check(path, NULL))
		return false;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < ' ' || strchr("\\?#:", path.p[i]))
			return false;
	while (str_cut(&rest, '/', &part))
		if (!part.n || str_eq(part, S("..")) || str_eq(part, S(".")))
			return false;
	return str_ends(path, S(".json"));
}

/* ---- index.txt ---- */

/* meets CSAF-2.0 7.1.12 */
static bool index_look(struct look *k, uint32_t place, const struct place *p)
{
	struct provider_reply r;
	str                   url = STR_CAT(k->c->arena, p->url, S("index.txt")), line;

	TRY(look_get(k, k->c, url, BYTES_LIST, &r));
	look_tried(k, REQ_INDEX);
	k->places.v[place].index = r.status == 200;
	if (r.status != 200) {
		NOTE2(k, REQ_INDEX, PROVIDER_ERROR, N_("{1} is not there: {2}."), url, look_status(k, &r));
		return true;
	}
	for (long n = 1; str_cut(&r.body, '\n', &line); n++) {
		line = str_ends(line, S("\r")) ? str_slice(line, 0, line.n - 1) : line;
		if (!line.n)
			continue;
		if (!path_sound(line))
			look_note(k, REQ_INDEX, PROVIDER_ERROR, N_("{1}, line {2}: {3} is no path of a document below the folder."), url,
			          str_fmt(k->c->arena, "%ld", n), utf8_check(line, NULL) ? utf8_cut(line, 200) : S("?"));
		else
			TRY(look_mention(k, (struct mention){ .url = look_join(k, p->url, line), .by = BY_INDEX, .place = place, .when = TIME_NONE }));
	}
	return true;
}

/* ---- changes.csv ---- */

static bool change_take(struct look *k, uint32_t place, const struct csv_row *row, str url, time_us *before)
{
	str     line = str_fmt(k->c->arena, "%lld", (long long)row->line);
	time_us when = TIME_NONE;

	if (row->n != 2) {
		NOTE2(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1}, line {2}: a line has a path and a date."), url, line);
		return true;
	}
	if (!time_parse(row->v[1], &when))
		look_note(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1}, line {2}: {3} is no date with time and zone."), url, line, utf8_cut(row->v[1], 100));
	else if (*before != TIME_NONE && when > *before)
		look_note(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1}, line {2}: {3} is newer than the line before; the newest comes first."), url,
		          line, row->v[1]);
	if (when != TIME_NONE)
		*before = when;
	if (!path_sound(row->v[0])) {
		look_note(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1}, line {2}: {3} is no path of a document below the folder."), url, line,
		          utf8_cut(row->v[0], 200));
		return true;
	}
	return look_mention(k, (struct mention){ .url = look_join(k, k->places.v[place].url, row->v[0]), .by = BY_CHANGES,
		.place = place, .when = when });
}

/* meets CSAF-2.0 7.1.13, CSAF-2.1 7.1.13: no quotes there */
static bool changes_look(struct look *k, uint32_t place, const struct place *p)
{
	struct provider_reply r;
	struct csv            csv    = { .rows.max = URLS_MAX };
	str                   url    = STR_CAT(k->c->arena, p->url, S("changes.csv"));
	time_us               before = TIME_NONE;

	TRY(look_get(k, k->c, url, BYTES_LIST, &r));
	look_tried(k, REQ_CHANGES);
	k->places.v[place].changes = r.status == 200;
	if (r.status != 200) {
		NOTE2(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1} is not there: {2}."), url, look_status(k, &r));
		return true;
	}
	if (k->v21 && str_find(r.body, S("\""), 0) != SIZE_MAX)
		NOTE1(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1} has quotes, which CSAF 2.1 wants no more."), url);
	if (!csv_parse(k->c, r.body, &csv)) {
		NOTE2(k, REQ_CHANGES, PROVIDER_ERROR, N_("{1} is no CSV (line {2})."), url, str_fmt(k->c->arena, "%ld", k->c->fault.line));
		k->c->fault = (struct fault){ 0 };
		return true;
	}
	for (size_t i = 0; i < csv.rows.n; i++)
		TRY(change_take(k, place, &csv.rows.v[i], url, &before));
	return true;
}

/* ---- the listing that the server makes ---- */

enum { FOLDERS_DEEP = 3 };

static bool listing_look(struct look *k, uint32_t place, str url, int depth);

/* One href: a document, or a folder below. */
static bool href_take(struct look *k, uint32_t place, str base, str href, int depth)
{
	str url;

	for (size_t i = 0; i < href.n; i++)
		if (href.p[i] == '?' || href.p[i] == '#')
			return true;
	if (!href.n || !utf8_check(href, NULL) || str_find(href, S(".."), 0) != SIZE_MAX)
		return true;
	url = look_join(k, base, href);
	if (!str_starts(url, k->places.v[place].url) || url.n <= base.n)
		return true;
	if (str_ends(url, S("/")))
		return depth >= FOLDERS_DEEP || listing_look(k, place, url, depth + 1);
	if (!path_sound(str_slice(url, k->places.v[place].url.n, url.n)))
		return true;
	return look_mention(k, (struct mention){ .url = url, .by = BY_LISTING, .place = place, .when = TIME_NONE });
}

static bool hrefs_take(struct look *k, uint32_t place, str url, str page, int depth)
{
	size_t at = 0;

	while ((at = str_find(page, S("href="), at)) != SIZE_MAX) {
		size_t from = at + 6, to = from;
		at += 5;
		if (at >= page.n || (page.p[at] != '"' && page.p[at] != '\''))
			continue;
		while (to < page.n && page.p[to] != page.p[at])
			to++;
		TRY(href_take(k, place, url, str_slice(page, from, to), depth));
	}
	return true;
}

/* meets CSAF-2.0 7.1.14 */
static bool listing_look(struct look *k, uint32_t place, str url, int depth)
{
	struct provider_reply r;

	TRY(look_get(k, k->c, url, BYTES_LIST, &r));
	if (r.status != 200 && depth == 0 && !k->means->network) {
		look_note(k, REQ_LISTING, PROVIDER_INFO, N_("Files in a folder do not show this."), STR_NONE, STR_NONE, STR_NONE);
		return true;
	}
	look_tried(k, REQ_LISTING);
	if (r.status != 200) {
		NOTE2(k, REQ_LISTING, PROVIDER_ERROR, N_("{1} shows no listing: {2}."), url, look_status(k, &r));
		return true;
	}
	if (depth == 0)
		k->places.v[place].listing = true;
	return hrefs_take(k, place, url, r.body, depth);
}

/* ---- files ---- */

struct finding_files { struct look *k; uint32_t place; };

static bool file_take(void *to, str url)
{
	struct finding_files *f = to;

	if (!path_sound(str_slice(url, f->k->places.v[f->place].url.n, url.n)))
		return true;
	return look_mention(f->k, (struct mention){ .url = url, .by = BY_FILES, .place = f->place, .when = TIME_NONE });
}

bool look_folder(struct look *k, uint32_t place)
{
	const struct place p = k->places.v[place];

	TRY(index_look(k, place, &p));
	TRY(changes_look(k, place, &p));
	TRY(listing_look(k, place, p.url, 0));
	if (!k->means->list)
		return true;
	k->places.v[place].files = true;
	return k->means->list(k->c, k->means->with, p.url, file_take, &(struct finding_files){ k, place });
}
