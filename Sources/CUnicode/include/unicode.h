#ifndef UNICODE_H
#define UNICODE_H

#include <stdint.h>

/* The version of Unicode that the tables are from. */
const char *unicode_version(void);

/* The canonical combining class of a scalar, 0 to 254; 0 for what is none. */
uint8_t unicode_combining_class(uint32_t scalar);

/* How many scalars a scalar is decomposed into, in full, and where they stand; 0 where it is its own decomposition, as for
   Hangul syllables, which are computed. At most 18. */
uint32_t unicode_decomposition(uint32_t scalar, int compatible, const uint32_t **parts);

/* The scalar that two are composed to; 0 where there is none. Hangul is computed elsewhere. */
uint32_t unicode_composition(uint32_t first, uint32_t second);

#endif
