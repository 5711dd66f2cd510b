#include "numbers.h"

#include <math.h>
#include <stdio.h>

size_t number_digits(char *target, size_t size, char conversion, int precision, double value) {
  const char *format = conversion == 'f' ? "%.*f" : conversion == 'e' ? "%.*e" : "%.*g";
  int length = snprintf(target, size, format, precision, fabs(value));
  return length < 0 ? 0 : (size_t)length < size ? (size_t)length : size - 1;
}
