// Code units are bytes: the functions are then `pcre2_…_8`.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
