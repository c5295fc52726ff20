#ifndef DISCLOSURE_MANUAL_H
#define DISCLOSURE_MANUAL_H

/* What the tools of this service take and answer, for `psirt help` and for a wrong call. */

#include "platform/op/op.h"

extern const struct tool_manual csaf_check_manual, csaf_convert_manual, csaf_reprint_manual, csaf_diff_manual, csaf_new_manual,
	csaf_render_manual, csaf_fetch_manual, provider_check_manual, cvss_manual, cve_check_manual, cve_draft_manual, cve_diff_manual,
	osv_check_manual, vex_check_manual, vex_convert_manual, kev_check_manual, epss_check_manual, ssvc_check_manual, ssvc_manual, cwe_manual,
	securitytxt_check_manual;

#endif
