/* Tests of weaknesses (CWE). */
#include "standards/csaf/csaf_rule.h"

#include "standards/cwe/cwe.h"

static void find_cwe(struct review *r, size_t i, const char *member, const char *text, str one, str two)
{
	FIND(r, text, one, two, "/vulnerabilities/%zu/cwe/%s", i, member);
}

/* The weakness under this name, in the release the caller wants or in any. */
static void check_cwe(struct review *r, const struct json *cwe, size_t i)
{
	str        id = json_get_str(cwe, S("id")), name = json_get_str(cwe, S("name"));
	struct cwe known;
	int        number;

	if (!id.p || !cwe_id_parse(id, &number)) {
		find_cwe(r, i, "id", N_("{1} is not the id of a weakness."), id, STR_NONE);
		return;
	}
	if (!r->options->cwe_release.p && cwe_release_with(number, name, STR_NONE).p)
		return;
	if (!cwe_find(r->options->cwe_release, number, &known))
		find_cwe(r, i, "id", N_("{1} is not in CWE {2}."), id, r->out->cwe_release);
	else if (!str_eq(name, known.name))
		find_cwe(r, i, "name", N_("{1} has the name {2}."), id, known.name);
}

/* One weakness of a 2.1 document: its place, its number, its release. */
struct weak {
	size_t i, j;
	str    id, name, version;
	int    number;
};
typedef void weak_fn(struct review *r, const struct weak *w);

static void find_weak(struct review *r, const struct weak *w, const char *member, const char *text, str one, str two)
{
	FIND(r, text, one, two, "/vulnerabilities/%zu/cwes/%zu%s", w->i, w->j, member);
}

static void each_weak(struct review *r, weak_fn *fn)
{
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *list = json_get(v, S("cwes"));

		for (JSON_ITEMS(x, list)) {
			struct weak w = { index_in(r->vulnerabilities, v), index_in(list, x), json_get_str(x, S("id")),
			                  json_get_str(x, S("name")), json_get_str(x, S("version")), 0 };

			if (!w.id.p || !cwe_id_parse(w.id, &w.number))
				w.number = 0;
			fn(r, &w);
		}
	}
}

/* The weakness is in the release that the document names, under this name. */
static void check_weak(struct review *r, const struct weak *w)
{
	struct cwe known;

	if (!w->number)
		find_weak(r, w, "/id", N_("{1} is not the id of a weakness."), w->id, STR_NONE);
	else if (!w->version.p || !cwe_release_known(w->version))
		find_weak(r, w, "/version", N_("There is no release {1} of CWE."), w->version, STR_NONE);
	else if (!cwe_find(w->version, w->number, &known))
		find_weak(r, w, "/id", N_("{1} is not in CWE {2}."), w->id, w->version);
	else if (!str_eq(w->name, known.name))
		find_weak(r, w, "/name", N_("{1} has the name {2}."), w->id, known.name);
}

/* meets CSAF-2.0 6.1.11, CSAF-2.1 6.1.11 */
void rule_6_1_11(struct review *r)
{
	if (r->v21) {
		each_weak(r, check_weak);
		return;
	}
	for (JSON_ITEMS(v, r->vulnerabilities)) {
		const struct json *cwe = json_get(v, S("cwe"));

		if (json_is(cwe, JSON_OBJECT))
			check_cwe(r, cwe, index_in(r->vulnerabilities, v));
	}
}

static bool known_weak(const struct weak *w, struct cwe *out)
{
	return w->number && w->version.p && cwe_find(w->version, w->number, out);
}

static void check_deprecated(struct review *r, const struct weak *w)
{
	struct cwe known;

	if (known_weak(w, &known) && known.status == CWE_DEPRECATED)
		find_weak(r, w, "", N_("{1} is deprecated in CWE {2}."), w->id, w->version);
}

/* meets CSAF-2.1 6.2.23 */
void rule_6_2_23(struct review *r)
{
	each_weak(r, check_deprecated);
}

static void check_latest(struct review *r, const struct weak *w)
{
	str latest = cwe_latest_at(str_slice(time_print(r->c->arena, r->newest), 0, 10));

	if (w->version.p && latest.p && !str_eq(w->version, latest))
		find_weak(r, w, "/version", N_("CWE {2} was the newest release when the document was revised, not {1}."),
		          w->version, latest);
}

/* meets CSAF-2.1 6.2.24 */
void rule_6_2_24(struct review *r)
{
	r->newest = newest_revision(r);
	if (r->newest != TIME_NONE)
		each_weak(r, check_latest);
}

static void check_mapping(struct review *r, const struct weak *w)
{
	struct cwe known;

	if (known_weak(w, &known) && (known.mapping == CWE_DISCOURAGED || known.mapping == CWE_PROHIBITED))
		find_weak(r, w, "", N_("CWE {2} does not allow {1} for the mapping of vulnerabilities."), w->id, w->version);
}

/* meets CSAF-2.1 6.2.25 */
void rule_6_2_25(struct review *r)
{
	each_weak(r, check_mapping);
}

static void check_with_review(struct review *r, const struct weak *w)
{
	struct cwe known;

	if (known_weak(w, &known) && known.mapping == CWE_ALLOWED_WITH_REVIEW)
		find_weak(r, w, "", N_("CWE {2} allows {1} for the mapping of vulnerabilities with review only."), w->id,
		          w->version);
}

/* meets CSAF-2.1 6.2.26 */
void rule_6_2_26(struct review *r)
{
	each_weak(r, check_with_review);
}
