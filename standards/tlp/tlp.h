#ifndef STANDARDS_TLP_TLP_H
#define STANDARDS_TLP_TLP_H

/* TLP: the Traffic Light Protocol 2.0 of FIRST, and its labels in CSAF. */

#include "base/str.h"

/* From the widest to the narrowest audience: a greater value is stricter. */
enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED, TLP_COUNT };

/*
 * "TLP:AMBER+STRICT" or "AMBER+STRICT", in any case of letters; WHITE of
 * TLP 1.0 is read as CLEAR.
 */
bool tlp_parse(str label, enum tlp *out) MUST_CHECK;
/* "TLP:AMBER+STRICT", as section 1 of the standard writes it. */
const char *tlp_label(enum tlp t);
/* "AMBER+STRICT": the label in CSAF 2.1 (3.2.2.5.2.1 there). */
const char *tlp_csaf21(enum tlp t);
/*
 * The label in CSAF 2.0: WHITE for CLEAR.  That version has no AMBER+STRICT:
 * AMBER stands there with *exact false, and tlp_csaf20_text tells the rest.
 */
const char *tlp_csaf20(enum tlp t, bool *exact);
/* For distribution.text of CSAF 2.0: "TLP v2.0: TLP:AMBER+STRICT". */
const char *tlp_csaf20_text(enum tlp t);
/* Reads such a text back; false when it has none, or an unknown label. */
bool tlp_from_text(str text, enum tlp *out) MUST_CHECK;
/* Who may see it, as a message id. */
const char *tlp_audience(enum tlp t);

#endif
