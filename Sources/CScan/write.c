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

#define INLINE __attribute__((always_inline)) static inline

#if defined(__x86_64__)
#include <immintrin.h>
INLINE __m128i sse2_every(uint8_t byte) { return _mm_set1_epi8((char)byte); }
INLINE uint64_t sse2_marked(const uint8_t *p, __m128i a, __m128i b, __m128i c, __m128i d) {
  __m128i x = _mm_loadu_si128((const __m128i *)p);
  return (uint32_t)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, a), _mm_cmpeq_epi8(x, b)),
                                                  _mm_or_si128(_mm_cmpeq_epi8(x, c), _mm_cmpeq_epi8(x, d))));
}
#define NAME(x) sse2_##x
#define WIDTH 16
#define MARKS __m128i
#include "gather.inc"
#undef NAME
#undef WIDTH
#undef MARKS

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)
INLINE __m256i avx2_every(uint8_t byte) { return _mm256_set1_epi8((char)byte); }
INLINE uint64_t avx2_marked(const uint8_t *p, __m256i a, __m256i b, __m256i c, __m256i d) {
  __m256i x = _mm256_loadu_si256((const __m256i *)p);
  return (uint32_t)_mm256_movemask_epi8(
      _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(x, a), _mm256_cmpeq_epi8(x, b)),
                      _mm256_or_si256(_mm256_cmpeq_epi8(x, c), _mm256_cmpeq_epi8(x, d))));
}
#define NAME(x) avx2_##x
#define WIDTH 32
#define MARKS __m256i
#include "gather.inc"
#undef NAME
#undef WIDTH
#undef MARKS
#pragma clang attribute pop
#else
INLINE uint8_t scalar_every(uint8_t byte) { return byte; }
INLINE uint64_t scalar_marked(const uint8_t *p, uint8_t a, uint8_t b, uint8_t c, uint8_t d) {
  uint64_t found = 0;
  for (unsigned i = 0; i < 16; i++) found |= (uint64_t)(p[i] == a || p[i] == b || p[i] == c || p[i] == d) << i;
  return found;
}
#define NAME(x) scalar_##x
#define WIDTH 16
#define MARKS uint8_t
#include "gather.inc"
#endif

size_t brew_csv_gather(const brew_span *spans, intptr_t stride_mask, const uint64_t *validity, const uint32_t *rows,
                       size_t count, brew_span null_text, const uint8_t *bytes, const brew_csv *dialect, int checked,
                       brew_span *cells, size_t columns) {
  size_t mask = (size_t)stride_mask;
#if defined(__x86_64__)
  if (brew_scan_level() >= 2)
    return avx2_gather(spans, mask, validity, rows, count, null_text, bytes, dialect, checked, cells, columns);
  return sse2_gather(spans, mask, validity, rows, count, null_text, bytes, dialect, checked, cells, columns);
#else
  return scalar_gather(spans, mask, validity, rows, count, null_text, bytes, dialect, checked, cells, columns);
#endif
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
