#include "standards/cvss/cvss_table.h"

/*
 * Metrics and values.  Optional metrics have Not Defined first; the order of
 * the others is that of the weights in the formulas: from the most severe on
 * for base metrics, as the standards list them for the rest.
 */

#define VALUES static const struct cvss_value
#define UNDEFINED(key) { key, N_("Not Defined"), "NOT_DEFINED" }

VALUES av2[] = {
	{ "N", N_("Network"), "NETWORK" }, { "A", N_("Adjacent Network"), "ADJACENT_NETWORK" },
	{ "L", N_("Local"), "LOCAL" },
};
VALUES ac2[] = {
	{ "L", N_("Low"), "LOW" }, { "M", N_("Medium"), "MEDIUM" }, { "H", N_("High"), "HIGH" },
};
VALUES au2[] = {
	{ "N", N_("None"), "NONE" }, { "S", N_("Single"), "SINGLE" },
	{ "M", N_("Multiple"), "MULTIPLE" },
};
VALUES impact2[] = {
	{ "C", N_("Complete"), "COMPLETE" }, { "P", N_("Partial"), "PARTIAL" },
	{ "N", N_("None"), "NONE" },
};
VALUES exploit2[] = {
	UNDEFINED("ND"), { "H", N_("High"), "HIGH" }, { "F", N_("Functional"), "FUNCTIONAL" },
	{ "POC", N_("Proof-of-Concept"), "PROOF_OF_CONCEPT" }, { "U", N_("Unproven"), "UNPROVEN" },
};
VALUES remedy2[] = {
	UNDEFINED("ND"), { "U", N_("Unavailable"), "UNAVAILABLE" },
	{ "W", N_("Workaround"), "WORKAROUND" }, { "TF", N_("Temporary Fix"), "TEMPORARY_FIX" },
	{ "OF", N_("Official Fix"), "OFFICIAL_FIX" },
};
VALUES report2[] = {
	UNDEFINED("ND"), { "C", N_("Confirmed"), "CONFIRMED" },
	{ "UR", N_("Uncorroborated"), "UNCORROBORATED" },
	{ "UC", N_("Unconfirmed"), "UNCONFIRMED" },
};
VALUES damage2[] = {
	UNDEFINED("ND"), { "N", N_("None"), "NONE" }, { "L", N_("Low"), "LOW" },
	{ "LM", N_("Low-Medium"), "LOW_MEDIUM" }, { "MH", N_("Medium-High"), "MEDIUM_HIGH" },
	{ "H", N_("High"), "HIGH" },
};
VALUES target2[] = {
	UNDEFINED("ND"), { "N", N_("None"), "NONE" }, { "L", N_("Low"), "LOW" },
	{ "M", N_("Medium"), "MEDIUM" }, { "H", N_("High"), "HIGH" },
};
VALUES need2[] = {
	UNDEFINED("ND"), { "L", N_("Low"), "LOW" }, { "M", N_("Medium"), "MEDIUM" },
	{ "H", N_("High"), "HIGH" },
};

/*
 * Lists of the base metrics of 3 and 4.0 begin with Not Defined too, for
 * their Modified twins; a base metric's list starts one later.
 */
VALUES av3[] = {
	UNDEFINED("X"), { "N", N_("Network"), "NETWORK" },
	{ "A", N_("Adjacent Network"), "ADJACENT_NETWORK" },
	{ "L", N_("Local"), "LOCAL" }, { "P", N_("Physical"), "PHYSICAL" },
};
VALUES av4[] = {
	UNDEFINED("X"), { "N", N_("Network"), "NETWORK" }, { "A", N_("Adjacent"), "ADJACENT" },
	{ "L", N_("Local"), "LOCAL" }, { "P", N_("Physical"), "PHYSICAL" },
};
VALUES ac[] = { UNDEFINED("X"), { "L", N_("Low"), "LOW" }, { "H", N_("High"), "HIGH" } };
VALUES at[] = { UNDEFINED("X"), { "N", N_("None"), "NONE" }, { "P", N_("Present"), "PRESENT" } };
VALUES pr[] = {
	UNDEFINED("X"), { "N", N_("None"), "NONE" }, { "L", N_("Low"), "LOW" },
	{ "H", N_("High"), "HIGH" },
};
VALUES ui3[] = { UNDEFINED("X"), { "N", N_("None"), "NONE" }, { "R", N_("Required"), "REQUIRED" } };
VALUES ui4[] = {
	UNDEFINED("X"), { "N", N_("None"), "NONE" }, { "P", N_("Passive"), "PASSIVE" },
	{ "A", N_("Active"), "ACTIVE" },
};
VALUES scope[] = {
	UNDEFINED("X"), { "U", N_("Unchanged"), "UNCHANGED" }, { "C", N_("Changed"), "CHANGED" },
};
VALUES impact[] = {
	UNDEFINED("X"), { "H", N_("High"), "HIGH" }, { "L", N_("Low"), "LOW" },
	{ "N", N_("None"), "NONE" },
};
VALUES subsequent[] = {
	UNDEFINED("X"), { "H", N_("High"), "HIGH" }, { "L", N_("Low"), "LOW" },
	{ "N", N_("Negligible"), "NEGLIGIBLE" },
};
VALUES safety[] = {
	UNDEFINED("X"), { "S", N_("Safety"), "SAFETY" }, { "H", N_("High"), "HIGH" },
	{ "L", N_("Low"), "LOW" }, { "N", N_("Negligible"), "NEGLIGIBLE" },
};
VALUES exploit3[] = {
	UNDEFINED("X"), { "H", N_("High"), "HIGH" }, { "F", N_("Functional"), "FUNCTIONAL" },
	{ "P", N_("Proof-of-Concept"), "PROOF_OF_CONCEPT" }, { "U", N_("Unproven"), "UNPROVEN" },
};
VALUES remedy3[] = {
	UNDEFINED("X"), { "U", N_("Unavailable"), "UNAVAILABLE" },
	{ "W", N_("Workaround"), "WORKAROUND" }, { "T", N_("Temporary Fix"), "TEMPORARY_FIX" },
	{ "O", N_("Official Fix"), "OFFICIAL_FIX" },
};
VALUES report3[] = {
	UNDEFINED("X"), { "C", N_("Confirmed"), "CONFIRMED" },
	{ "R", N_("Reasonable"), "REASONABLE" }, { "U", N_("Unknown"), "UNKNOWN" },
};
VALUES need[] = {
	UNDEFINED("X"), { "H", N_("High"), "HIGH" }, { "M", N_("Medium"), "MEDIUM" },
	{ "L", N_("Low"), "LOW" },
};
VALUES exploit4[] = {
	UNDEFINED("X"), { "A", N_("Attacked"), "ATTACKED" },
	{ "P", N_("Proof-of-Concept"), "PROOF_OF_CONCEPT" }, { "U", N_("Unreported"), "UNREPORTED" },
};
VALUES hurt[] = {
	UNDEFINED("X"), { "N", N_("Negligible"), "NEGLIGIBLE" }, { "P", N_("Present"), "PRESENT" },
};
VALUES automatic[] = { UNDEFINED("X"), { "N", N_("No"), "NO" }, { "Y", N_("Yes"), "YES" } };
VALUES recovery[] = {
	UNDEFINED("X"), { "A", N_("Automatic"), "AUTOMATIC" }, { "U", N_("User"), "USER" },
	{ "I", N_("Irrecoverable"), "IRRECOVERABLE" },
};
VALUES density[] = {
	UNDEFINED("X"), { "D", N_("Diffuse"), "DIFFUSE" },
	{ "C", N_("Concentrated"), "CONCENTRATED" },
};
VALUES effort[] = {
	UNDEFINED("X"), { "L", N_("Low"), "LOW" }, { "M", N_("Moderate"), "MODERATE" },
	{ "H", N_("High"), "HIGH" },
};
VALUES urgency[] = {
	UNDEFINED("X"), { "Clear", N_("Clear"), "CLEAR" }, { "Green", N_("Green"), "GREEN" },
	{ "Amber", N_("Amber"), "AMBER" }, { "Red", N_("Red"), "RED" },
};

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))
#define WHOLE(key, name, property, list) \
	{ key, name, property, CVSS_BASE, true, list, COUNT(list) }
#define BASE(key, name, property, list) \
	{ key, name, property, CVSS_BASE, true, (list) + 1, COUNT(list) - 1 }
#define THREAT(key, name, property, list) \
	{ key, name, property, CVSS_THREAT, false, list, COUNT(list) }
#define SITE(key, name, property, list) \
	{ key, name, property, CVSS_ENVIRONMENTAL, false, list, COUNT(list) }
#define EXTRA(key, name, property, list) \
	{ key, name, property, CVSS_SUPPLEMENTAL, false, list, COUNT(list) }

/* meets CVSS-2.0 2.4 */
static const struct cvss_metric metrics2[M2_COUNT] = {
	WHOLE("AV", N_("Access Vector"), "accessVector", av2),
	WHOLE("AC", N_("Access Complexity"), "accessComplexity", ac2),
	WHOLE("Au", N_("Authentication"), "authentication", au2),
	WHOLE("C", N_("Confidentiality Impact"), "confidentialityImpact", impact2),
	WHOLE("I", N_("Integrity Impact"), "integrityImpact", impact2),
	WHOLE("A", N_("Availability Impact"), "availabilityImpact", impact2),
	THREAT("E", N_("Exploitability"), "exploitability", exploit2),
	THREAT("RL", N_("Remediation Level"), "remediationLevel", remedy2),
	THREAT("RC", N_("Report Confidence"), "reportConfidence", report2),
	SITE("CDP", N_("Collateral Damage Potential"), "collateralDamagePotential", damage2),
	SITE("TD", N_("Target Distribution"), "targetDistribution", target2),
	SITE("CR", N_("Confidentiality Requirement"), "confidentialityRequirement", need2),
	SITE("IR", N_("Integrity Requirement"), "integrityRequirement", need2),
	SITE("AR", N_("Availability Requirement"), "availabilityRequirement", need2),
};

/* meets CVSS-3.1 6, CVSS-3.0 6 */
static const struct cvss_metric metrics3[M3_COUNT] = {
	BASE("AV", N_("Attack Vector"), "attackVector", av3),
	BASE("AC", N_("Attack Complexity"), "attackComplexity", ac),
	BASE("PR", N_("Privileges Required"), "privilegesRequired", pr),
	BASE("UI", N_("User Interaction"), "userInteraction", ui3),
	BASE("S", N_("Scope"), "scope", scope),
	BASE("C", N_("Confidentiality Impact"), "confidentialityImpact", impact),
	BASE("I", N_("Integrity Impact"), "integrityImpact", impact),
	BASE("A", N_("Availability Impact"), "availabilityImpact", impact),
	THREAT("E", N_("Exploit Code Maturity"), "exploitCodeMaturity", exploit3),
	THREAT("RL", N_("Remediation Level"), "remediationLevel", remedy3),
	THREAT("RC", N_("Report Confidence"), "reportConfidence", report3),
	SITE("CR", N_("Confidentiality Requirement"), "confidentialityRequirement", need),
	SITE("IR", N_("Integrity Requirement"), "integrityRequirement", need),
	SITE("AR", N_("Availability Requirement"), "availabilityRequirement", need),
	SITE("MAV", N_("Modified Attack Vector"), "modifiedAttackVector", av3),
	SITE("MAC", N_("Modified Attack Complexity"), "modifiedAttackComplexity", ac),
	SITE("MPR", N_("Modified Privileges Required"), "modifiedPrivilegesRequired", pr),
	SITE("MUI", N_("Modified User Interaction"), "modifiedUserInteraction", ui3),
	SITE("MS", N_("Modified Scope"), "modifiedScope", scope),
	SITE("MC", N_("Modified Confidentiality Impact"), "modifiedConfidentialityImpact", impact),
	SITE("MI", N_("Modified Integrity Impact"), "modifiedIntegrityImpact", impact),
	SITE("MA", N_("Modified Availability Impact"), "modifiedAvailabilityImpact", impact),
};

/* meets CVSS-4.0 7 */
static const struct cvss_metric metrics4[M4_COUNT] = {
	BASE("AV", N_("Attack Vector"), "attackVector", av4),
	BASE("AC", N_("Attack Complexity"), "attackComplexity", ac),
	BASE("AT", N_("Attack Requirements"), "attackRequirements", at),
	BASE("PR", N_("Privileges Required"), "privilegesRequired", pr),
	BASE("UI", N_("User Interaction"), "userInteraction", ui4),
	BASE("VC", N_("Vulnerable System Confidentiality Impact"), "vulnConfidentialityImpact",
	     impact),
	BASE("VI", N_("Vulnerable System Integrity Impact"), "vulnIntegrityImpact", impact),
	BASE("VA", N_("Vulnerable System Availability Impact"), "vulnAvailabilityImpact", impact),
	BASE("SC", N_("Subsequent System Confidentiality Impact"), "subConfidentialityImpact",
	     impact),
	BASE("SI", N_("Subsequent System Integrity Impact"), "subIntegrityImpact", impact),
	BASE("SA", N_("Subsequent System Availability Impact"), "subAvailabilityImpact", impact),
	THREAT("E", N_("Exploit Maturity"), "exploitMaturity", exploit4),
	SITE("CR", N_("Confidentiality Requirement"), "confidentialityRequirement", need),
	SITE("IR", N_("Integrity Requirement"), "integrityRequirement", need),
	SITE("AR", N_("Availability Requirement"), "availabilityRequirement", need),
	SITE("MAV", N_("Modified Attack Vector"), "modifiedAttackVector", av4),
	SITE("MAC", N_("Modified Attack Complexity"), "modifiedAttackComplexity", ac),
	SITE("MAT", N_("Modified Attack Requirements"), "modifiedAttackRequirements", at),
	SITE("MPR", N_("Modified Privileges Required"), "modifiedPrivilegesRequired", pr),
	SITE("MUI", N_("Modified User Interaction"), "modifiedUserInteraction", ui4),
	SITE("MVC", N_("Modified Vulnerable System Confidentiality Impact"),
	     "modifiedVulnConfidentialityImpact", impact),
	SITE("MVI", N_("Modified Vulnerable System Integrity Impact"),
	     "modifiedVulnIntegrityImpact", impact),
	SITE("MVA", N_("Modified Vulnerable System Availability Impact"),
	     "modifiedVulnAvailabilityImpact", impact),
	SITE("MSC", N_("Modified Subsequent System Confidentiality Impact"),
	     "modifiedSubConfidentialityImpact", subsequent),
	SITE("MSI", N_("Modified Subsequent System Integrity Impact"),
	     "modifiedSubIntegrityImpact", safety),
	SITE("MSA", N_("Modified Subsequent System Availability Impact"),
	     "modifiedSubAvailabilityImpact", safety),
	EXTRA("S", N_("Safety"), "Safety", hurt),
	EXTRA("AU", N_("Automatable"), "Automatable", automatic),
	EXTRA("R", N_("Recovery"), "Recovery", recovery),
	EXTRA("V", N_("Value Density"), "valueDensity", density),
	EXTRA("RE", N_("Vulnerability Response Effort"), "vulnerabilityResponseEffort", effort),
	EXTRA("U", N_("Provider Urgency"), "providerUrgency", urgency),
};

const struct cvss_metric *cvss_metrics(enum cvss_version version, size_t *n)
{
	switch (version) {
	case CVSS_2:
		*n = M2_COUNT;
		return metrics2;
	case CVSS_30:
	case CVSS_31:
		*n = M3_COUNT;
		return metrics3;
	case CVSS_40:
	case CVSS_VERSIONS:
	default:
		*n = M4_COUNT;
		return metrics4;
	}
}
