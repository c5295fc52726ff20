#include "base/fault.h"

static const struct {
	const char *name;
	int         http, exit;
	bool        retry;
	const char *title;
} faults[] = {
#define FAULT(code, http, exit, retry, title) { #code, http, exit, retry, title },
#include "base/faults.def"
#undef FAULT
};

const char *fault_name(enum fault_code code)
{
	return faults[code].name;
}

const char *fault_title(enum fault_code code)
{
	return faults[code].title;
}

int fault_http(enum fault_code code)
{
	return faults[code].http;
}

int fault_exit(enum fault_code code)
{
	return faults[code].exit;
}

bool fault_retryable(enum fault_code code)
{
	return faults[code].retry;
}
