#ifndef COMPONENTS_MONITORING_H
#define COMPONENTS_MONITORING_H

/* FIRST 2.3: monitoring the components of our products. */

#include "platform/op/op.h"

extern const struct service components_service;

#endif
