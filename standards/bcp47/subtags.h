#ifndef STANDARDS_BCP47_SUBTAGS_H
#define STANDARDS_BCP47_SUBTAGS_H

/* The text of data/subtags.txt, taken into the program by language.c. */
extern const char subtags_begin[] __attribute__((visibility("hidden")));
extern const char subtags_end[] __attribute__((visibility("hidden")));

#endif
