#include "services/5-disclosure/3-publication/author/authoring.h"

#include <string.h>

#include "platform/clock.h"
#include "platform/op/tool.h"
#include "platform/text/word.h"
#include "services/5-disclosure/3-publication/author/manual.h"
#include "services/5-disclosure/3-publication/author/reading.h"
#include "standards/csaf/csaf.h"
#include "standards/csaf/csaf_skeleton.h"

/* "--name=value" or "--name value"; *i moves over what was read. */
static bool option(int argc, char **argv, int *i, const char *name, str *value)
{
	const char *word = argv[*i];
	size_t      n = strlen(name);

	if (strncmp(word, "--", 2) != 0 || strncmp(word + 2, name, n) != 0)
		return false;
	if (word[n + 2] == '=') {
		*value = str_of(word + n + 3);
		return true;
	}
	if (word[n + 2] || *i + 1 == argc)
		return false;
	*value = str_of(argv[++*i]);
	return true;
}

static int usage(struct buf *err)
{
	int status = tool_usage(err, "csaf new", &csaf_new_manual);

	for (int i = 0; i < CSAF_PROFILES; i++)
		buf_fmt(err, "  --profile=%s%s\n", csaf_profile_name((enum csaf_profile)i) + 5,
		        csaf_profile_in((enum csaf_profile)i, false) ? "" : " (2.1)");
	return status;
}

struct order { str profile, version, initial; struct csaf_skeleton s; };

static bool order_read(int argc, char **argv, struct order *r)
{
	const struct { const char *name; str *value; } options[] = {
		{ "profile", &r->profile }, { "csaf-version", &r->version }, { "initial", &r->initial },
		{ "lang", &r->s.lang }, { "publisher", &r->s.publisher }, { "namespace", &r->s.namespace_uri },
		{ "category", &r->s.category }, { "id", &r->s.id }, { "title", &r->s.title }, { "tlp", &r->s.tlp },
		{ "cve", &r->s.cve }, { "product", &r->s.product }, { "affected", &r->s.affected },
		{ "fixed", &r->s.fixed }, { "status", &r->s.status },
	};

	for (int i = 0; i < argc; i++) {
		bool known = false;

		for (size_t k = 0; k < sizeof(options) / sizeof(*options) && !known; k++)
			known = option(argc, argv, &i, options[k].name, options[k].value);
		if (!known)
			return false;
	}
	return true;
}

/* Profile, version and instant as the skeleton wants them. */
static bool order_take(struct ctx *c, struct order *r)
{
	if (!csaf_profile_parse(r->profile, &r->s.profile))
		return fault(c, E_INVALID, "profile", N_("There is no profile {1}."), utf8_check(r->profile, NULL) ? r->profile : S("?"));
	r->s.v21 = str_eq(r->version, S("2.1")) || (!r->version.p && !csaf_profile_in(r->s.profile, false));
	if (r->version.p && !r->s.v21 && !str_eq(r->version, S("2.0")))
		return fault(c, E_INVALID, "csaf-version", N_("One of 2.0, 2.1."));
	r->s.initial = TIME_NONE;
	r->s.now = clock_now() / 1000000 * 1000000;
	if (r->initial.p && (!time_parse(r->initial, &r->s.initial) || r->s.initial >= r->s.now))
		return fault(c, E_INVALID, "initial", N_("An instant of the past such as 2026-11-24T10:00:00Z is needed."));
	return true;
}

/* Where the author has something to say, to err. */
static void gaps_tell(struct ctx *c, str document, struct buf *err)
{
	const struct json *root;
	struct buf places;
	size_t n;

	buf_init(&places, c->arena, 1 << 16);
	if (!json_parse(c, document, &csaf_limits, &root) || !(n = csaf_skeleton_gaps(root, &places)))
		return;
	buf_add(err, word_fill(c, N_("Fill in what stands in square brackets, at {1} places:"), (str[]){ str_fmt(c->arena, "%zu", n) }, 1));
	buf_char(err, '\n');
	buf_add(err, buf_str(&places));
}

int csaf_new_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err)
{
	struct order r = { .s = { 0 } };

	if (!order_read(argc, argv, &r) || !r.profile.p)
		return usage(err);
	if (!order_take(c, &r) || !csaf_skeleton_print(c, &r.s, out)) {
		if (c->fault.where.n)
			buf_fmt(err, "--%.*s: ", STR_ARG(c->fault.where));
		buf_add(err, word_fault(c, &c->fault));
		buf_char(err, '\n');
		return TOOL_USAGE;
	}
	gaps_tell(c, buf_str(out), err);
	return TOOL_VALID;
}
