#ifndef NUMBERS_H
#define NUMBERS_H

#include <stddef.h>

/* Writes |value| to `target`, which has room for `size` bytes, as C's printf does with the conversion 'f', 'e' or 'g' and a
   number of digits: the exact value, rounded half to even. Gives the length, without a NUL; a value that is longer is cut. */
size_t number_digits(char *target, size_t size, char conversion, int precision, double value);

#endif
