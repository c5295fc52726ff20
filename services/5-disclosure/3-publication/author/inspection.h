#ifndef DISCLOSURE_INSPECTION_H
#define DISCLOSURE_INSPECTION_H

/*
 * The tools for documents of other formats: no actor, no database.
 *	psirt cve check [--json] FILE|FOLDER…|-
 *	psirt osv check, psirt vex check, psirt kev check, psirt epss check, psirt ssvc check: the same
 *	psirt cve diff [--json] FILE FILE
 * Exit: 0 all valid (no difference), 1 one is not, 2 usage, 3 a file cannot be
 * read.  A folder stands for its files that end in .json, those below it too.  Of CVE and
 * OSV a file may hold a record on each line (JSON Lines), as psirt csaf convert writes them.
 */

#include "platform/op/op.h"

int cve_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
int cve_diff_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
int osv_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/* OpenVEX and CycloneDX. */
int vex_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
int epss_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
int kev_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
int ssvc_check_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt cwe [--json] [--view=N] CWE-ID…|WORD…|-, psirt cwe [--json] --view=N|--views: weaknesses
 * by id or by words of their names, with what is above them and the views that hold them.
 * Exit: 0, 1 there is none, 2 usage, 3 unreadable.
 */
int cwe_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt csaf convert [--to=2.0|2.1|osv|cve] [--json] … FILE|-: CSAF 2.0, CVRF and CVE
 * records into CSAF, CSAF into OSV records and CVE containers (with --org=UUID whole
 * records), one for each vulnerability, of several each on a line.  The result goes to out,
 * what was changed, guessed or dropped to err; with --json all of it to out, in one line.
 * Exit: 0, 1 not convertible, or the result is not valid, 2 usage, 3 unreadable.
 */
int csaf_convert_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt vex convert --to=openvex|cyclonedx|csaf [--author=NAME] [--site=URL] FILE|-
 * The document goes to out, what it does not carry over to err.
 * Exit: 0, 1 not convertible, 2 usage, 3 unreadable.
 */
int vex_convert_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt cve draft CVE-… FILE|-: the CNA container (the body of a request to CVE
 * Services) that a CSAF document gives for a CVE; what is not carried over goes to err.
 */
int cve_draft_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);
/*
 * psirt ssvc [--json] TABLE [VECTOR…|-]: the decision of each vector, or, without
 * one, the points and values of the table.  TABLE: supplier, deployer,
 * coordinator-triage, coordinator-publish, cisa, or NAMESPACE:KEY[:VERSION].
 */
int ssvc_run(struct ctx *c, int argc, char **argv, struct buf *out, struct buf *err);

#endif
