#ifndef TOOLS_MKHTML_MARKUP_NAME_H
#define TOOLS_MKHTML_MARKUP_NAME_H

/* What the names of elements and attributes mean to a template (HTML, "Elements" and "Attributes"). */

#include <stdbool.h>

/* Is the name in the list, which ends with NULL?  Without case. */
bool name_among(const char *name, const char *const *list);
/* An element without content. */
bool name_is_void(const char *element);
/* White space beside these elements is not seen. */
bool name_is_block(const char *element);
/* Not written in templates: styles, programs, frames. */
bool name_is_banned(const char *element);
/* An attribute that holds an address. */
bool name_is_address(const char *attribute);

#endif
