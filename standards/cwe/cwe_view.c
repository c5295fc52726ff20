#include "standards/cwe/cwe_view.h"

#include "standards/finding/embed.h"

EMBED(cwe_views_text, "standards/cwe/data/views.txt");

/* The next line of this kind from *from on: what follows "KIND<tab>". */
static bool line_next(size_t *from, str kind, str *out)
{
	str all = EMBEDDED_STR(cwe_views_text), rest = str_slice(all, *from, all.n), line, head;

	while (str_cut(&rest, '\n', &line)) {
		*from = all.n - rest.n;
		*out  = line;
		if (str_cut(out, '\t', &head) && str_eq(head, kind))
			return true;
	}
	return false;
}

str cwe_view_release(void)
{
	size_t from = 0;
	str    line, version = STR_NONE;

	if (line_next(&from, S("release"), &line))
		(void)str_cut(&line, '\t', &version);
	return version;
}

bool cwe_view_each(size_t *from, struct cwe_view *out)
{
	str     line, id;
	int64_t n;

	if (!line_next(from, S("view"), &line) || !str_cut(&line, '\t', &id) || !str_to_int(id, &n) ||
	    !str_cut(&line, '\t', &out->name))
		return false;
	out->id      = (int)n;
	out->members = line;
	return true;
}

bool cwe_view_find(int id, struct cwe_view *out)
{
	size_t from = 0;

	while (cwe_view_each(&from, out))
		if (out->id == id)
			return true;
	return false;
}

bool cwe_view_next(str *rest, int *weakness)
{
	str     one;
	int64_t n;

	while (str_cut(rest, ' ', &one))
		if (str_to_int(one, &n)) {
			*weakness = (int)n;
			return true;
		}
	return false;
}

bool cwe_view_has(const struct cwe_view *v, int weakness)
{
	str rest = v->members;
	int one;

	while (cwe_view_next(&rest, &one))
		if (one == weakness)
			return true;
	return false;
}

str cwe_view_parents(int view, int weakness)
{
	size_t  from = 0;
	str     line, in, of;
	int64_t v, w;

	while (line_next(&from, S("up"), &line))
		if (str_cut(&line, '\t', &in) && str_cut(&line, '\t', &of) && str_to_int(in, &v) && str_to_int(of, &w) &&
		    v == view && w == weakness)
			return line;
	return S("");
}
