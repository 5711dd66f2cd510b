#include "scan.h"

#include <string.h>

#define INLINE __attribute__((always_inline)) static inline

// Unicode, table 3-7: the length of the well-formed sequence at `p`, 0 when there is none or the byte is zero.
static size_t sequence(const uint8_t *p, size_t left) {
  uint8_t a = p[0];
  if (a < 0x80) return a != 0;
  if (a < 0xC2 || a > 0xF4) return 0;
  uint8_t low = a == 0xE0 ? 0xA0 : a == 0xF0 ? 0x90 : 0x80, high = a == 0xED ? 0x9F : a == 0xF4 ? 0x8F : 0xBF;
  size_t length = a < 0xE0 ? 2 : a < 0xF0 ? 3 : 4;
  if (left < length || p[1] < low || p[1] > high) return 0;
  for (size_t i = 2; i < length; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  return length;
}

static size_t scalar_fault(const uint8_t *bytes, size_t length) {
  size_t i = 0;
  while (i < length) {
    uint64_t word;
    memcpy(&word, bytes + i, 8);
    uint64_t ones = 0x0101010101010101ull, highs = ones << 7;
    if (i + 8 <= length && ((word | ((word - ones) & ~word)) & highs) == 0) {
      i += 8;
      continue;
    }
    size_t step = sequence(bytes + i, length - i);
    if (step == 0) return i;
    i += step;
  }
  return length;
}

#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)

// J. Keiser, D. Lemire, "Validating UTF-8 in less than one instruction per byte", 2020: three table look-ups by nibbles
// flag every ill-formed pair of bytes; what needs a third or fourth byte is checked by saturating subtraction.
enum {
  TOO_SHORT = 1 << 0, TOO_LONG = 1 << 1, OVERLONG_3 = 1 << 2, TOO_LARGE = 1 << 3, SURROGATE = 1 << 4,
  OVERLONG_2 = 1 << 5, TOO_LARGE_1000 = 1 << 6, OVERLONG_4 = 1 << 6, TWO_CONTS = 1 << 7,
  CARRY = TOO_SHORT | TOO_LONG | TWO_CONTS,
};

INLINE __m256i nibbles(const uint8_t table[16], __m256i index) {
  return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)table)), index);
}

INLINE __m256i before(__m256i now, __m256i previous, const int distance) {
  __m256i joined = _mm256_permute2x128_si256(previous, now, 0x21);
  switch (distance) {
    case 1: return _mm256_alignr_epi8(now, joined, 15);
    case 2: return _mm256_alignr_epi8(now, joined, 14);
    default: return _mm256_alignr_epi8(now, joined, 13);
  }
}

typedef struct {
  __m256i error, previous, incomplete;
} utf8_state;

INLINE void check(utf8_state *s, __m256i now) {
  static const uint8_t first_high[16] = {
      TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
      TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS, TOO_SHORT | OVERLONG_2, TOO_SHORT,
      TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4};
  static const uint8_t first_low[16] = {
      CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4, CARRY | OVERLONG_2, CARRY, CARRY, CARRY | TOO_LARGE,
      CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000 | SURROGATE, CARRY | TOO_LARGE | TOO_LARGE_1000,
      CARRY | TOO_LARGE | TOO_LARGE_1000};
  static const uint8_t second_high[16] = {
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
      TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
      TOO_LONG | OVERLONG_2 | TWO_CONTS | OVERLONG_3 | TOO_LARGE,
      TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE,
      TOO_LONG | OVERLONG_2 | TWO_CONTS | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT};
  const __m256i low = _mm256_set1_epi8(0x0F);
  __m256i back1 = before(now, s->previous, 1);
  __m256i special = _mm256_and_si256(
      _mm256_and_si256(nibbles(first_high, _mm256_and_si256(_mm256_srli_epi16(back1, 4), low)),
                       nibbles(first_low, _mm256_and_si256(back1, low))),
      nibbles(second_high, _mm256_and_si256(_mm256_srli_epi16(now, 4), low)));
  __m256i third = _mm256_subs_epu8(before(now, s->previous, 2), _mm256_set1_epi8((char)(0xE0 - 0x80)));
  __m256i fourth = _mm256_subs_epu8(before(now, s->previous, 3), _mm256_set1_epi8((char)(0xF0 - 0x80)));
  __m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)0x80));
  s->error = _mm256_or_si256(s->error, _mm256_xor_si256(must, special));
  const __m256i most = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                        -1, -1, -1, -1, -1, -1, -1, -1, -1, (char)(0xF0 - 1), (char)(0xE0 - 1),
                                        (char)(0xC0 - 1));
  s->incomplete = _mm256_subs_epu8(now, most);
  s->previous = now;
}

INLINE void check64(utf8_state *s, const uint8_t *p) {
  __m256i a = _mm256_loadu_si256((const __m256i *)p), b = _mm256_loadu_si256((const __m256i *)(p + 32));
  __m256i zero = _mm256_setzero_si256();
  s->error = _mm256_or_si256(s->error, _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), zero));
  if (__builtin_expect(_mm256_movemask_epi8(_mm256_or_si256(a, b)) == 0, 1)) {
    s->error = _mm256_or_si256(s->error, s->incomplete);
    s->previous = b, s->incomplete = zero;
    return;
  }
  check(s, a);
  check(s, b);
}

static int avx2_sound(const uint8_t *bytes, size_t length) {
  utf8_state s = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256()};
  size_t i = 0;
  for (; i + 64 <= length; i += 64) check64(&s, bytes + i);
  if (i < length) {
    uint8_t tail[64];
    memset(tail, ' ', 64);
    memcpy(tail, bytes + i, length - i);
    check64(&s, tail);
  }
  s.error = _mm256_or_si256(s.error, s.incomplete);
  return _mm256_testz_si256(s.error, s.error);
}
#pragma clang attribute pop
#endif

size_t brew_text_fault(const uint8_t *bytes, size_t length) {
#if defined(__x86_64__)
  if (brew_scan_level() >= 2 && avx2_sound(bytes, length)) return length;
#endif
  return scalar_fault(bytes, length);
}
