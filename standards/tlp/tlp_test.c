#include "base/test.h"

#include "standards/tlp/tlp.h"

TEST(labels_of_both_editions_are_read)
{
	enum tlp t;

	for (int i = 0; i < TLP_COUNT; i++) {
		check(tlp_parse(str_of(tlp_label((enum tlp)i)), &t) && (int)t == i);
		check(tlp_parse(str_of(tlp_csaf21((enum tlp)i)), &t) && (int)t == i);
		check(tlp_from_text(str_of(tlp_csaf20_text((enum tlp)i)), &t) && (int)t == i);
	}
	check(tlp_parse(S("TLP:WHITE"), &t) && t == TLP_CLEAR);
	check(tlp_parse(S("tlp:amber+strict"), &t) && t == TLP_AMBER_STRICT);
	check(TLP_CLEAR < TLP_GREEN && TLP_AMBER < TLP_AMBER_STRICT && TLP_AMBER_STRICT < TLP_RED);
}

TEST(other_labels_are_refused)
{
	enum tlp t;

	check(!tlp_parse(S(""), &t));
	check(!tlp_parse(STR_NONE, &t));
	check(!tlp_parse(S("TLP:"), &t));
	check(!tlp_parse(S("TLP: RED"), &t));
	check(!tlp_parse(S("TLP:AMBER STRICT"), &t));
	check(!tlp_parse(S("\xff"), &t));
	check(!tlp_parse(S("RED\0"), &t));
	check(!tlp_from_text(S("TLP v2.0: TLP:BLUE"), &t));
	check(!tlp_from_text(S("TLP v2.0: TLP:"), &t));
}

TEST(csaf_2_0_has_no_amber_strict_and_says_white)
{
	bool exact;

	check_str(str_of(tlp_csaf20(TLP_CLEAR, &exact)), S("WHITE"));
	check(exact);
	check_str(str_of(tlp_csaf20(TLP_AMBER_STRICT, &exact)), S("AMBER"));
	check(!exact);
}
