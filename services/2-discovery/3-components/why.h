#ifndef COMPONENTS_WHY_H
#define COMPONENTS_WHY_H

/* Why a document was not taken, as one text for the reader, with its place. */

#include "services/2-discovery/3-components/notice.h"

/* "" when there is no reason. */
str why_said(struct ctx *c, const struct notice_why *w);

#endif
