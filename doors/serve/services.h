#ifndef DOORS_SERVICES_H
#define DOORS_SERVICES_H

/* Every service of the house, found by tools/mkops; ends with NULL. */

#include "platform/op/op.h"

extern const struct service *const services[];

#endif
