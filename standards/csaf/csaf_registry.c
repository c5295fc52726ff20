/*
 * Every test of CSAF in the order of the standard.  A test of 2.1 that is new
 * or differs gets its own line with the versions it belongs to.
 */
#include "standards/csaf/csaf_rule.h"

#define RULE(kind, number, function, title) \
	{ number, CSAF_ ## kind, CSAF_20 | CSAF_21, title, function, 0 }
#define RULE_20(kind, number, function, title) { number, CSAF_ ## kind, CSAF_20, title, function, 0 }
#define RULE_21(kind, number, function, title) { number, CSAF_ ## kind, CSAF_21, title, function, 0 }
#define RULE_WITH(kind, number, function, title, needs) \
	{ number, CSAF_ ## kind, CSAF_20 | CSAF_21, title, function, needs }
#define RULE_21_WITH(kind, number, function, title, needs) \
	{ number, CSAF_ ## kind, CSAF_21, title, function, needs }

const struct rule csaf_rules[] = {
	RULE(ERROR, "6.1.1", rule_6_1_1, N_("Missing Definition of Product ID")),
	RULE(ERROR, "6.1.2", rule_6_1_2, N_("Multiple Definition of Product ID")),
	RULE(ERROR, "6.1.3", rule_6_1_3, N_("Circular Definition of Product ID")),
	RULE(ERROR, "6.1.4", rule_6_1_4, N_("Missing Definition of Product Group ID")),
	RULE(ERROR, "6.1.5", rule_6_1_5, N_("Multiple Definition of Product Group ID")),
	RULE(ERROR, "6.1.6", rule_6_1_6, N_("Contradicting Product Status")),
	RULE(ERROR, "6.1.7", rule_6_1_7, N_("Multiple Scores with same Version per Product")),
	RULE(ERROR, "6.1.8", rule_6_1_8, N_("Invalid CVSS")),
	RULE(ERROR, "6.1.9", rule_6_1_9, N_("Invalid CVSS computation")),
	RULE(ERROR, "6.1.10", rule_6_1_10, N_("Inconsistent CVSS")),
	RULE(ERROR, "6.1.11", rule_6_1_11, N_("CWE")),
	RULE(ERROR, "6.1.12", rule_6_1_12, N_("Language")),
	RULE(ERROR, "6.1.13", rule_6_1_13, N_("PURL")),
	RULE(ERROR, "6.1.14", rule_6_1_14, N_("Sorted Revision History")),
	RULE(ERROR, "6.1.15", rule_6_1_15, N_("Translator")),
	RULE(ERROR, "6.1.16", rule_6_1_16, N_("Latest Document Version")),
	RULE(ERROR, "6.1.17", rule_6_1_17, N_("Document Status Draft")),
	RULE(ERROR, "6.1.18", rule_6_1_18, N_("Released Revision History")),
	RULE(ERROR, "6.1.19", rule_6_1_19, N_("Revision History Entries for Pre-release Versions")),
	RULE(ERROR, "6.1.20", rule_6_1_20, N_("Non-draft Document Version")),
	RULE(ERROR, "6.1.21", rule_6_1_21, N_("Missing Item in Revision History")),
	RULE(ERROR, "6.1.22", rule_6_1_22, N_("Multiple Definition in Revision History")),
	RULE(ERROR, "6.1.23", rule_6_1_23, N_("Multiple Use of Same CVE")),
	RULE(ERROR, "6.1.24", rule_6_1_24, N_("Multiple Definition in Involvements")),
	RULE(ERROR, "6.1.25", rule_6_1_25, N_("Multiple Use of Same Hash Algorithm")),
	RULE(ERROR, "6.1.26", rule_6_1_26, N_("Prohibited Document Category Name")),
	RULE(ERROR, "6.1.27.1", rule_6_1_27_1, N_("Document Notes")),
	RULE(ERROR, "6.1.27.2", rule_6_1_27_2, N_("Document References")),
	RULE(ERROR, "6.1.27.3", rule_6_1_27_3, N_("Vulnerabilities")),
	RULE(ERROR, "6.1.27.4", rule_6_1_27_4, N_("Product Tree")),
	RULE(ERROR, "6.1.27.5", rule_6_1_27_5, N_("Vulnerability Notes")),
	RULE(ERROR, "6.1.27.6", rule_6_1_27_6, N_("Product Status")),
	RULE(ERROR, "6.1.27.7", rule_6_1_27_7, N_("VEX Product Status")),
	RULE(ERROR, "6.1.27.8", rule_6_1_27_8, N_("Vulnerability ID")),
	RULE(ERROR, "6.1.27.9", rule_6_1_27_9, N_("Impact Statement")),
	RULE(ERROR, "6.1.27.10", rule_6_1_27_10, N_("Action Statement")),
	RULE(ERROR, "6.1.27.11", rule_6_1_27_11, N_("Vulnerabilities")),
	RULE_21(ERROR, "6.1.27.12", rule_6_1_27_12, N_("Affected Products")),
	RULE_21(ERROR, "6.1.27.14", rule_6_1_27_14, N_("Document Notes")),
	RULE_21(ERROR, "6.1.27.15", rule_6_1_27_15, N_("Product Tree")),
	RULE_21(ERROR, "6.1.27.16", rule_6_1_27_16, N_("Revision History")),
	RULE_21(ERROR, "6.1.27.17", rule_6_1_27_17, N_("Reasoning for Withdrawal")),
	RULE_21(ERROR, "6.1.27.18", rule_6_1_27_18, N_("Reasoning for Supersession")),
	RULE_21(ERROR, "6.1.27.19", rule_6_1_27_19, N_("Reference to Superseding Document")),
	RULE(ERROR, "6.1.28", rule_6_1_28, N_("Translation")),
	RULE(ERROR, "6.1.29", rule_6_1_29, N_("Remediation without Product Reference")),
	RULE(ERROR, "6.1.30", rule_6_1_30, N_("Mixed Integer and Semantic Versioning")),
	RULE(ERROR, "6.1.31", rule_6_1_31, N_("Version Range in Product Version")),
	RULE(ERROR, "6.1.32", rule_6_1_32, N_("Flag without Product Reference")),
	RULE(ERROR, "6.1.33", rule_6_1_33, N_("Multiple Flags with VEX Justification Codes per Product")),
	RULE_21(ERROR, "6.1.34", rule_6_1_34, N_("Branches Recursion Depth")),
	RULE_21(ERROR, "6.1.35", rule_6_1_35, N_("Contradicting Remediations")),
	RULE_21(ERROR, "6.1.36", rule_6_1_36, N_("Contradicting Product Status Remediation Combination")),
	RULE_21(ERROR, "6.1.37", rule_6_1_37, N_("Date and Time")),
	RULE_21(ERROR, "6.1.38", rule_6_1_38, N_("Non-Public Sharing Group with Max UUID")),
	RULE_21(ERROR, "6.1.39", rule_6_1_39, N_("Public Sharing Group with No Max UUID")),
	RULE_21(ERROR, "6.1.40", rule_6_1_40, N_("Invalid Sharing Group Name")),
	RULE_21(ERROR, "6.1.41", rule_6_1_41, N_("Missing Sharing Group Name")),
	RULE_21(ERROR, "6.1.42", rule_6_1_42, N_("PURL Qualifiers")),
	RULE_21(ERROR, "6.1.45", rule_6_1_45, N_("Inconsistent Disclosure Date")),
	RULE_21(ERROR, "6.1.49", rule_6_1_49, N_("Inconsistent SSVC Timestamp")),
	RULE_21(ERROR, "6.1.51", rule_6_1_51, N_("Inconsistent EPSS Timestamp")),
	RULE_21(ERROR, "6.1.52", rule_6_1_52, N_("Inconsistent First Known Exploitation Dates")),
	RULE_21(ERROR, "6.1.53", rule_6_1_53, N_("Inconsistent Exploitation Date")),
	RULE_21(ERROR, "6.1.56", rule_6_1_56, N_("Use of CVSS and Qualitative Severity Rating")),
	RULE_21(ERROR, "6.1.57", rule_6_1_57, N_("Stacked Branch Categories")),
	RULE_21(ERROR, "6.1.58", rule_6_1_58, N_("Use of product_version in one Path with product_version_range")),
	RULE(WARNING, "6.2.1", rule_6_2_1, N_("Unused Definition of Product ID")),
	RULE(WARNING, "6.2.2", rule_6_2_2, N_("Missing Remediation")),
	RULE_20(WARNING, "6.2.3", rule_6_2_3, N_("Missing Score")),
	RULE_21(WARNING, "6.2.3", rule_6_2_3, N_("Missing Metric")),
	RULE(WARNING, "6.2.4", rule_6_2_4, N_("Build Metadata in Revision History")),
	RULE(WARNING, "6.2.5", rule_6_2_5, N_("Older Initial Release Date than Revision History")),
	RULE(WARNING, "6.2.6", rule_6_2_6, N_("Older Current Release Date than Revision History")),
	RULE(WARNING, "6.2.7", rule_6_2_7, N_("Missing Date in Involvements")),
	RULE(WARNING, "6.2.8", rule_6_2_8, N_("Use of MD5 as the only Hash Algorithm")),
	RULE(WARNING, "6.2.9", rule_6_2_9, N_("Use of SHA-1 as the only Hash Algorithm")),
	RULE_20(WARNING, "6.2.10", rule_6_2_10, N_("Missing TLP label")),
	RULE(WARNING, "6.2.11", rule_6_2_11, N_("Missing Canonical URL")),
	RULE(WARNING, "6.2.12", rule_6_2_12, N_("Missing Document Language")),
	RULE(WARNING, "6.2.13", rule_6_2_13, N_("Sorting")),
	RULE(WARNING, "6.2.14", rule_6_2_14, N_("Use of Private Language")),
	RULE(WARNING, "6.2.15", rule_6_2_15, N_("Use of Default Language")),
	RULE(WARNING, "6.2.16", rule_6_2_16, N_("Missing Product Identification Helper")),
	RULE(WARNING, "6.2.17", rule_6_2_17, N_("CVE in field IDs")),
	RULE(WARNING, "6.2.18", rule_6_2_18, N_("Product Version Range without vers")),
	RULE(WARNING, "6.2.19", rule_6_2_19, N_("CVSS for Fixed Products")),
	RULE(WARNING, "6.2.20", rule_6_2_20, N_("Additional Properties")),
	RULE_21(WARNING, "6.2.21", rule_6_2_21, N_("Same Timestamps in Revision History")),
	RULE_21(WARNING, "6.2.22", rule_6_2_22, N_("Document Tracking ID in Title")),
	RULE_21(WARNING, "6.2.23", rule_6_2_23, N_("Usage of Deprecated CWE")),
	RULE_21(WARNING, "6.2.24", rule_6_2_24, N_("Usage of Non-Latest CWE Version")),
	RULE_21(WARNING, "6.2.25", rule_6_2_25, N_("Usage of CWE Not Allowed for Vulnerability Mapping")),
	RULE_21(WARNING, "6.2.26", rule_6_2_26, N_("Usage of CWE Allowed with Review for Vulnerability Mapping")),
	RULE_21(WARNING, "6.2.27", rule_6_2_27, N_("Discouraged Product Status Remediation Combination")),
	RULE_21(WARNING, "6.2.28", rule_6_2_28, N_("Usage of Max UUID")),
	RULE_21(WARNING, "6.2.29", rule_6_2_29, N_("Usage of Nil UUID")),
	RULE_21(WARNING, "6.2.30", rule_6_2_30, N_("Usage of Sharing Group on TLP:CLEAR")),
	RULE_21_WITH(WARNING, "6.2.33", rule_6_2_33, N_("Disclosure Date Newer than Revision History"), NEEDS_NOW),
	RULE_21(WARNING, "6.2.38", rule_6_2_38, N_("Usage of Deprecated Profile")),
	RULE_21(WARNING, "6.2.39.2", rule_6_2_39_2, N_("Language Specific Reasoning for Withdrawal")),
	RULE_21(WARNING, "6.2.39.3", rule_6_2_39_3, N_("Language Specific Reasoning for Supersession")),
	RULE_21(WARNING, "6.2.39.4", rule_6_2_39_4, N_("Language Specific Superseding Document")),
	RULE_21(WARNING, "6.2.39.5", rule_6_2_39_5, N_("Extension in Superseded or Withdrawn Document")),
	RULE_21(WARNING, "6.2.41", rule_6_2_41, N_("Old EPSS Timestamp")),
	RULE_21(WARNING, "6.2.48", rule_6_2_48, N_("Misuse at Vendor Name")),
	RULE(INFO, "6.3.1", rule_6_3_1, N_("Use of CVSS v2 as the only Scoring System")),
	RULE(INFO, "6.3.2", rule_6_3_2, N_("Use of CVSS v3.0")),
	RULE(INFO, "6.3.3", rule_6_3_3, N_("Missing CVE")),
	RULE(INFO, "6.3.4", rule_6_3_4, N_("Missing CWE")),
	RULE(INFO, "6.3.5", rule_6_3_5, N_("Use of Short Hash")),
	RULE_WITH(INFO, "6.3.6", rule_6_3_6, N_("Use of non-self referencing URLs Failing to Resolve"), NEEDS_URL),
	RULE_WITH(INFO, "6.3.7", rule_6_3_7, N_("Use of self referencing URLs Failing to Resolve"), NEEDS_URL),
	RULE_WITH(INFO, "6.3.8", rule_6_3_8, N_("Spell check"), NEEDS_SPELL),
	RULE(INFO, "6.3.9", rule_6_3_9, N_("Branch Categories")),
	RULE(INFO, "6.3.10", rule_6_3_10, N_("Usage of Product Version Range")),
	RULE(INFO, "6.3.11", rule_6_3_11, N_("Usage of V as Version Indicator")),
	RULE_21(INFO, "6.3.22", rule_6_3_22, N_("Nested Product Path")),
};

const size_t csaf_rule_count = sizeof(csaf_rules) / sizeof(*csaf_rules);

size_t csaf_tests(void)
{
	return csaf_rule_count;
}

struct csaf_test csaf_test(size_t i)
{
	const struct rule *r = &csaf_rules[i];

	return (struct csaf_test){ r->id, r->class, r->versions, r->title };
}
