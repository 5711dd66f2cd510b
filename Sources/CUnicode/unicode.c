#include "unicode.h"
#include "tables.h"

const char *unicode_version(void) { return UNICODE_VERSION; }

#define PAGE(table, scalar)                                                                                             \
  ((scalar) >> 7 < table##_count ? table##_pages[(uint32_t)table##_index[(scalar) >> 7] << 7 | ((scalar)&127)] : 0)

uint8_t unicode_combining_class(uint32_t scalar) { return PAGE(classes, scalar); }

uint32_t unicode_decomposition(uint32_t scalar, int compatible, const uint32_t **parts) {
  uint32_t place = compatible ? PAGE(compatible, scalar) : PAGE(canonical, scalar);
  *parts = pool + place + 1;
  return pool[place];
}

uint32_t unicode_composition(uint32_t first, uint32_t second) {
  uint32_t low = 0, high = composite_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (firsts[middle] < first || (firsts[middle] == first && seconds[middle] < second))
      low = middle + 1;
    else
      high = middle;
  }
  return low < composite_count && firsts[low] == first && seconds[low] == second ? composites[low] : 0;
}
