#ifndef RECORD_DENY_H
#define RECORD_DENY_H

/*
 * Passwords that are guessed first: words that everybody knows in English and in
 * romanised Japanese, walks over the keyboard, years, sequences, repetitions, and what stands
 * around the person (name, address, organisation), with digits and signs added or letters
 * replaced by look-alikes.  Meets ASVS 5.0 6.2.4, 6.2.11, 6.2.12.
 */

#include "base/ctx.h"

/*
 * True when so little of it is left, once such pieces are set apart, that it would be guessed.
 * own: texts about the person; their words count as known.
 */
bool deny_guessed(str password, const str *own, size_t n);
/*
 * A file of the operator with one password a line, looked up without regard to case
 * (DATA/deny.txt); it may be large and may be absent.
 */
void deny_file_set(str path);
bool deny_listed(struct ctx *c, str password) MUST_CHECK;

#endif
