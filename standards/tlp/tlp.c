#include "standards/tlp/tlp.h"

#include "base/fault.h"

static const struct {
	const char *label, *csaf20, *text, *audience;
} rows[TLP_COUNT] = {
	[TLP_CLEAR] = { "TLP:CLEAR", "WHITE", "TLP v2.0: TLP:CLEAR",
	                N_("Everybody; there is no limit.") },
	[TLP_GREEN] = { "TLP:GREEN", "GREEN", "TLP v2.0: TLP:GREEN",
	                N_("The community of the recipients, but no public channel.") },
	[TLP_AMBER] = { "TLP:AMBER", "AMBER", "TLP v2.0: TLP:AMBER",
	                N_("The recipient's organisation and its clients who need to know.") },
	[TLP_AMBER_STRICT] = { "TLP:AMBER+STRICT", "AMBER", "TLP v2.0: TLP:AMBER+STRICT",
	                       N_("The recipient's organisation only, who need to know.") },
	[TLP_RED] = { "TLP:RED", "RED", "TLP v2.0: TLP:RED",
	              N_("The individual recipients only, nobody else.") },
};

bool tlp_parse(str label, enum tlp *out)
{
	if (label.n > 4 && str_eq_nocase(str_slice(label, 0, 4), S("TLP:")))
		label = str_slice(label, 4, label.n);
	for (int i = 0; i < TLP_COUNT; i++)
		if (str_eq_nocase(label, str_of(rows[i].label + 4))) {
			*out = (enum tlp)i;
			return true;
		}
	*out = TLP_CLEAR;
	return str_eq_nocase(label, S("WHITE"));
}

const char *tlp_label(enum tlp t)
{
	return rows[t].label;
}

const char *tlp_csaf21(enum tlp t)
{
	return rows[t].label + 4;
}

const char *tlp_csaf20(enum tlp t, bool *exact)
{
	*exact = t != TLP_AMBER_STRICT;
	return rows[t].csaf20;
}

const char *tlp_csaf20_text(enum tlp t)
{
	return rows[t].text;
}

bool tlp_from_text(str text, enum tlp *out)
{
	size_t at = str_find(text, S("TLP v2.0: TLP:"), 0), end;

	if (at == SIZE_MAX)
		return false;
	end = at += 14;
	while (end < text.n && ((text.p[end] >= 'A' && text.p[end] <= 'Z') || text.p[end] == '+'))
		end++;
	return tlp_parse(str_slice(text, at, end), out);
}

const char *tlp_audience(enum tlp t)
{
	return rows[t].audience;
}
