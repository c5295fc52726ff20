#ifndef STANDARDS_CVSS_TABLE_H
#define STANDARDS_CVSS_TABLE_H

/* Places of the metrics in cvss_metrics(), for the formulas. */

#include "standards/cvss/cvss.h"

enum cvss_metric_2 {
	M2_AV, M2_AC, M2_AU, M2_C, M2_I, M2_A,
	M2_E, M2_RL, M2_RC,
	M2_CDP, M2_TD, M2_CR, M2_IR, M2_AR,
	M2_COUNT
};

enum cvss_metric_3 {
	M3_AV, M3_AC, M3_PR, M3_UI, M3_S, M3_C, M3_I, M3_A,
	M3_E, M3_RL, M3_RC,
	M3_CR, M3_IR, M3_AR, M3_MAV, M3_MAC, M3_MPR, M3_MUI, M3_MS, M3_MC, M3_MI, M3_MA,
	M3_COUNT
};

enum cvss_metric_4 {
	M4_AV, M4_AC, M4_AT, M4_PR, M4_UI, M4_VC, M4_VI, M4_VA, M4_SC, M4_SI, M4_SA,
	M4_E,
	M4_CR, M4_IR, M4_AR,
	M4_MAV, M4_MAC, M4_MAT, M4_MPR, M4_MUI, M4_MVC, M4_MVI, M4_MVA, M4_MSC, M4_MSI, M4_MSA,
	M4_S, M4_AU, M4_R, M4_V, M4_RE, M4_U,
	M4_COUNT
};

/* The formulas of one version; cvss_scores chooses. */
struct cvss_score cvss2_scores(const struct cvss *v);
struct cvss_score cvss3_scores(const struct cvss *v);
struct cvss_score cvss4_scores(const struct cvss *v);

/* Is any metric of the group given (other than Not Defined)? */
bool cvss_defines(const struct cvss *v, enum cvss_group group);

#endif
