#include "scan.h"

#include <string.h>

// Short copies go 32 bytes at a time, past the end: both sides have the slack for it.
static inline uint8_t *copy(uint8_t *to, const uint8_t *from, size_t length) {
  memcpy(to, from, 32);
  if (__builtin_expect(length > 32, 0)) memcpy(to + 32, from + 32, length - 32);
  return to + length;
}

static uint8_t *copy_quoted(uint8_t *to, const uint8_t *from, size_t length, uint8_t quote) {
  *to++ = quote;
  for (size_t i = 0; i < length; i++) {
    if (from[i] == quote) *to++ = quote;
    *to++ = from[i];
  }
  *to++ = quote;
  return to;
}

#if defined(__x86_64__)
#include <immintrin.h>
typedef __m128i marks16;
static inline marks16 every(uint8_t byte) { return _mm_set1_epi8((char)byte); }
static inline unsigned marked(const uint8_t *p, marks16 a, marks16 b, marks16 c, marks16 d) {
  __m128i x = _mm_loadu_si128((const __m128i *)p);
  return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, a), _mm_cmpeq_epi8(x, b)),
                                                  _mm_or_si128(_mm_cmpeq_epi8(x, c), _mm_cmpeq_epi8(x, d))));
}
#else
typedef uint8_t marks16;
static inline marks16 every(uint8_t byte) { return byte; }
static inline unsigned marked(const uint8_t *p, marks16 a, marks16 b, marks16 c, marks16 d) {
  unsigned found = 0;
  for (unsigned i = 0; i < 16; i++) found |= (unsigned)(p[i] == a || p[i] == b || p[i] == c || p[i] == d) << i;
  return found;
}
#endif

size_t brew_csv_gather(const brew_span *spans, intptr_t stride_mask, const uint64_t *validity, const uint32_t *rows,
                       size_t count, brew_span null_text, const uint8_t *bytes, const brew_csv *dialect, int checked,
                       brew_span *cells, size_t columns) {
  marks16 a = every(dialect->delimiter), b = every(dialect->quote), c = every('\n'), d = every('\r');
  size_t total = 0;
  for (size_t i = 0; i < count; i++) {
    size_t row = rows[i];
    if (validity && !(validity[row >> 6] >> (row & 63) & 1)) {
      cells[i * columns] = null_text;
      total += null_text.length;
      continue;
    }
    brew_span span = spans[row & (size_t)stride_mask];
    size_t length = span.length;
    total += length;
    if (checked) {
      const uint8_t *p = bytes + span.offset;
      unsigned found = marked(p, a, b, c, d) & (length < 16 ? (1u << length) - 1 : 0xFFFF);
      for (size_t at = 16; __builtin_expect(at < length, 0) && !found; at += 16)
        found = marked(p + at, a, b, c, d) & (length - at < 16 ? (1u << (length - at)) - 1 : 0xFFFF);
      if (!found && null_text.length && length == null_text.length)
        found = memcmp(p, bytes + null_text.offset, length) == 0;
      if (__builtin_expect(found != 0, 0)) {
        span.length |= BREW_QUOTED;
        total += length + 2;
      }
    }
    cells[i * columns] = span;
  }
  return total;
}

size_t brew_csv_write(const brew_span *cells, size_t rows, size_t columns, const uint8_t *bytes,
                      const brew_csv *dialect, uint8_t *output) {
  uint8_t *to = output;
  uint8_t quote = dialect->quote, delimiter = dialect->delimiter;
  for (size_t row = 0; row < rows; row++) {
    uint8_t *line = to;
    for (size_t column = 0; column < columns; column++) {
      brew_span span = *cells++;
      const uint8_t *from = bytes + span.offset;
      if (__builtin_expect(span.length & BREW_QUOTED, 0))
        to = copy_quoted(to, from, span.length & ~BREW_QUOTED, quote);
      else
        to = copy(to, from, span.length);
      *to++ = delimiter;
    }
    if (columns == 1 && to == line + 1) {
      // A lone empty field would be a blank line, which is no record.
      to[-1] = quote;
      *to++ = quote;
      *to++ = '\n';
    } else {
      to[-1] = '\n';
    }
  }
  return (size_t)(to - output);
}
