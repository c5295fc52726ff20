#ifndef DOORS_BUILD_H
#define DOORS_BUILD_H

/*
 * Which program this is: the first 12 hexadecimal digits of the SHA-256 of its
 * file.  A server that was started before an upgrade has another.  Read once,
 * at the first call; "unknown" when the file cannot be read.
 */
const char *program_build(void);

#endif
