#include "scan.h"

#include <string.h>

#define INLINE __attribute__((always_inline)) static inline

INLINE void bounds(const brew_rows *rows, size_t column, int is_first, int is_last, brew_span *out) {
  const uint32_t *ends = rows->field_ends + column, *firsts = rows->firsts;
  const uint32_t *starts = rows->starts, *stops = rows->stops;
  size_t count = rows->count;
  for (size_t row = 0; row < count; row++) {
    // The first field has no end before it, the last one's end may have a CR before it.
    size_t first = firsts[row];
    uint32_t begin = is_first ? starts[row] : ends[first - 1] + 1;
    uint32_t end = is_last ? stops[row] : ends[first];
    out[row] = (brew_span){begin, end - begin};
  }
}

// Takes the quotes off, and lists the rows: without a branch, for which cells are quoted cannot be guessed.
static size_t unquote(const uint8_t *bytes, size_t count, unsigned quote, brew_span *out, uint32_t *quoted) {
  size_t found = 0;
  for (size_t row = 0; row < count; row++) {
    brew_span span = out[row];
    uint32_t opens = (bytes[span.offset] == quote) & (span.length != 0);
    uint32_t length = span.length - 2 * opens;
    quoted[found] = (uint32_t)row;
    found += opens & (length != 0);
    out[row] = (brew_span){span.offset + opens, length};
  }
  return found;
}

static void mark_present(const brew_span *spans, size_t count, uint64_t *validity) {
  for (size_t row = 0; row < count; row += 64) {
    uint64_t word = 0;
    size_t bits = count - row < 64 ? count - row : 64;
    for (size_t bit = 0; bit < bits; bit++) word |= (uint64_t)(spans[row + bit].length != 0) << bit;
    *validity++ = word;
  }
}

size_t brew_csv_cells(const brew_rows *rows, size_t column, unsigned quote, int empty_is_null, brew_span *out,
                      uint64_t *validity, uint32_t *quoted) {
  int is_last = column + 1 == rows->columns;
  if (column == 0 && is_last) bounds(rows, 0, 1, 1, out);
  else if (column == 0) bounds(rows, 0, 1, 0, out);
  else if (is_last) bounds(rows, column, 0, 1, out);
  else bounds(rows, column, 0, 0, out);
  size_t found = quote < 256 ? unquote(rows->bytes, rows->count, quote, out, quoted) : 0;
  if (empty_is_null) mark_present(out, rows->count, validity);
  else memset(validity, 0xFF, (rows->count + 63) / 64 * 8);
  return found;
}
