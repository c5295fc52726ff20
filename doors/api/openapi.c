#include "doors/api/openapi.h"

__asm__(".section .rodata\n.global openapi_at, openapi_end\nopenapi_at:\n"
        ".incbin \"docs/reference/openapi.json\"\nopenapi_end:\n.byte 0\n.previous\n");

str openapi_text(void)
{
	return (str){ openapi_at, (size_t)(openapi_end - openapi_at) };
}
