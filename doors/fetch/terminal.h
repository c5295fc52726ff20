#ifndef DOORS_TERMINAL_H
#define DOORS_TERMINAL_H

/* What platform/op/reach.h promises to tools on a terminal: the rules of outside.h, libcurl and gpg in this process. */

#include "platform/op/reach.h"

extern const struct reach reach_terminal;

#endif
