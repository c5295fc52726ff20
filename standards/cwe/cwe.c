#include "standards/cwe/cwe.h"

#include "base/buf.h"
#include "standards/cwe/cwe_span.h"

enum { ID_MAX = 9999999 };

bool cwe_id_parse(str text, int *id)
{
	str digits = str_slice(text, 4, text.n);
	int64_t n;

	if (!str_starts(text, S("CWE-")) || digits.n == 0 || digits.n > 7 ||
	    digits.p[0] < '1' || digits.p[0] > '9' || !str_to_int(digits, &n) || n > ID_MAX)
		return false;
	*id = (int)n;
	return true;
}

str cwe_id_print(struct arena *a, int id)
{
	return str_fmt(a, "CWE-%d", id);
}

static int release_find(str version)
{
	for (size_t i = cwe_release_count; i-- > 0;)
		if (str_eq(version, cwe_releases[i].version))
			return (int)i;
	return -1;
}

str cwe_latest(void)
{
	return cwe_releases[cwe_release_count - 1].version;
}

str cwe_latest_date(void)
{
	return cwe_releases[cwe_release_count - 1].date;
}

bool cwe_release_known(str version)
{
	return release_find(version) >= 0;
}

str cwe_release_date(str version)
{
	int at = release_find(version);

	return at < 0 ? STR_NONE : cwe_releases[at].date;
}

str cwe_latest_at(str date)
{
	for (size_t i = cwe_release_count; i > 0; i--)
		if (str_cmp(cwe_releases[i - 1].date, date) <= 0)
			return cwe_releases[i - 1].version;
	return STR_NONE;
}

/* The first span of an id, or of the next higher one. */
static size_t span_from(int id)
{
	size_t low = 0, high = cwe_span_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (cwe_spans[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct cwe weakness_of(const struct cwe_span *s)
{
	return (struct cwe){ s->id, s->name, s->status, s->mapping };
}

bool cwe_find(str version, int id, struct cwe *out)
{
	int release = release_find(str_is_none(version) ? cwe_latest() : version);

	if (release < 0)
		return false;
	for (size_t i = span_from(id); i < cwe_span_count && cwe_spans[i].id == id; i++)
		if (cwe_spans[i].first <= release && release <= cwe_spans[i].last) {
			*out = weakness_of(&cwe_spans[i]);
			return true;
		}
	return false;
}

str cwe_release_with(int id, str name, str date)
{
	int found = -1;

	for (size_t i = span_from(id); i < cwe_span_count && cwe_spans[i].id == id; i++) {
		int release = cwe_spans[i].last;

		if (!str_eq(cwe_spans[i].name, name))
			continue;
		while (!str_is_none(date) && release >= cwe_spans[i].first &&
		       str_cmp(cwe_releases[release].date, date) > 0)
			release--;
		if (release >= cwe_spans[i].first && release > found)
			found = release;
	}
	return found < 0 ? STR_NONE : cwe_releases[found].version;
}

str cwe_release_first(int id, str name)
{
	int found = -1;

	for (size_t i = span_from(id); i < cwe_span_count && cwe_spans[i].id == id; i++)
		if (str_eq(cwe_spans[i].name, name) && (found < 0 || cwe_spans[i].first < found))
			found = cwe_spans[i].first;
	return found < 0 ? STR_NONE : cwe_releases[found].version;
}

static bool word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Does a word of the name start with the query? */
static bool name_has(str name, str query)
{
	for (size_t i = 0; i + query.n <= name.n; i++)
		if ((i == 0 || !word_char(name.p[i - 1])) &&
		    str_eq_nocase(str_slice(name, i, i + query.n), query))
			return true;
	return false;
}

static bool id_has(struct ctx *c, int id, str query)
{
	str text = cwe_id_print(c->arena, id), digits = str_slice(text, 4, text.n);

	return str_starts(digits, query) ||
	       (query.n > 4 && query.n <= text.n &&
	        str_eq_nocase(str_slice(text, 0, query.n), query));
}

bool cwe_search(struct ctx *c, str query, size_t max, struct cwe_list *out)
{
	int  latest = (int)cwe_release_count - 1;
	bool by_id[2] = { true, false };

	*out  = (struct cwe_list){ .max = max };
	query = str_trim(query);
	if (query.n == 0 || query.n > 100)
		return true;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < cwe_span_count && out->n < max; i++) {
			const struct cwe_span *s = &cwe_spans[i];

			if (s->last != latest || s->status == CWE_DEPRECATED ||
			    id_has(c, s->id, query) != by_id[pass] ||
			    (!by_id[pass] && !name_has(s->name, query)))
				continue;
			if (!list_push(c->arena, out, weakness_of(s)))
				return fault(c, E_LIMIT, "query", N_("There are too many."));
		}
	return true;
}

const char *cwe_status_name(enum cwe_status s)
{
	static const char *const names[] = {
		N_("Draft"), N_("Incomplete"), N_("Usable"), N_("Stable"), N_("Deprecated"),
	};

	return names[s];
}

const char *cwe_mapping_name(enum cwe_mapping m)
{
	static const char *const names[] = {
		N_("Not stated"), N_("Allowed"), N_("Allowed with review"), N_("Discouraged"),
		N_("Prohibited"),
	};

	return names[m];
}
