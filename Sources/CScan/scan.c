#include "scan.h"

#include <string.h>

#define INLINE __attribute__((always_inline)) static inline

typedef struct {
  uint64_t quote, delimiter, feed, carriage;
} masks;

// The grammar one byte at a time: for machines without vectors, and for dialects with an escape of their own.
static void scalar_scan(brew_scan *shared, const uint8_t *bytes, uint32_t end) {
  brew_scan s = *shared;
  while (s.position < end && s.line_count < s.line_limit && s.end_count + 1 < s.end_capacity) {
    uint8_t c = bytes[s.position];
    s.saw_high |= c >> 7;
    s.saw_nul |= c == 0;
    int quote = s.quotes && c == s.quote;
    int mark = c == s.delimiter || c == s.feed;
    if (s.comments) {
      s.in_comment |= s.line_start && c == s.comment;
      s.line_start = 0;
      if (s.in_comment) {
        if (c == s.feed) {
          s.lines[s.line_count++] = s.end_count;
          s.ends[s.end_count++] = s.position;
          s.in_comment = 0, s.line_start = 1, s.may_open = 1, s.line_feeds++;
        }
        s.position++;
        continue;
      }
    }
    if (s.inside) {
      if (s.escaped) s.escaped = 0;
      else if (s.escapes && c == s.escape) s.escaped = 1;
      else if (quote) s.inside = 0, s.closed = 1;
    } else if ((s.closed_carriage && c != s.feed) || (s.closed && !mark && !quote && c != '\r') ||
               (quote && !s.closed && !s.may_open)) {
      s.suspicious = s.position;
      break;
    } else if (quote) {
      s.inside = ~0ull, s.closed = 0, s.may_open = 0;
      if (s.open_count < s.open_limit) s.opens[s.open_count++] = s.end_count;
    } else {
      s.closed_carriage = s.closed && c == '\r' && !mark;
      s.closed = 0;
      s.may_open = mark;
      if (mark) {
        if (c == s.feed) s.lines[s.line_count++] = s.end_count, s.line_start = 1;
        s.ends[s.end_count++] = s.position;
      }
    }
    s.line_feeds += c == s.feed;
    s.position++;
  }
  *shared = s;
}

static void scalar_count(brew_count *c, const uint8_t *bytes, uint32_t end) {
  while (c->scan.position < end) {
    uint32_t end_at, line_at, from = c->scan.position;
    c->scan.ends = &end_at, c->scan.lines = &line_at;
    c->scan.end_count = c->scan.line_count = 0;
    c->scan.end_capacity = 2, c->scan.line_limit = 1;
    scalar_scan(&c->scan, bytes, end);
    c->scan.ends = c->scan.lines = NULL;
    if (c->scan.suspicious != BREW_NOWHERE) return;
    if (c->scan.line_count) {
      uint32_t length = end_at - c->record_end;
      c->records += !(length == 0 || (length == 1 && bytes[c->record_end] == '\r'));
      c->record_end = end_at + 1;
    } else if (c->scan.position == from) {
      return;
    }
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

INLINE void write_eights(uint32_t *out, uint32_t base, uint64_t set) {
  while (set) {
    for (int i = 0; i < 8; i++) {
      // Once `set` is empty the entry is never used: any number will do, but not an undefined one.
      out[i] = base + (uint32_t)(set ? __builtin_ctzll(set) : 0);
      set &= set - 1;
    }
    out += 8;
  }
}

// --- SSE2: on every x86-64 ---------------------------------------------------------------------------------------
typedef struct {
  __m128i quote, delimiter, feed, carriage;
  uint64_t quotes;
} sse2_vectors;
typedef struct {
  __m128i high, nul;
} sse2_seen;
INLINE sse2_vectors sse2_broadcast(const brew_scan *s) {
  return (sse2_vectors){_mm_set1_epi8((char)s->quote), _mm_set1_epi8((char)s->delimiter), _mm_set1_epi8((char)s->feed),
                        _mm_set1_epi8('\r'), s->quotes ? ~0ull : 0};
}
INLINE sse2_seen sse2_nothing(void) { return (sse2_seen){_mm_setzero_si128(), _mm_setzero_si128()}; }
INLINE masks sse2_look(const sse2_vectors *v, sse2_seen *seen, const uint8_t *p, unsigned valid) {
  masks m = {0, 0, 0, 0};
  uint64_t high = 0, nul = 0;
  for (int i = 0; i < 4; i++) {
    __m128i x = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    m.quote |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, v->quote)) << (16 * i);
    m.delimiter |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, v->delimiter)) << (16 * i);
    m.feed |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, v->feed)) << (16 * i);
    m.carriage |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, v->carriage)) << (16 * i);
    if (__builtin_expect(valid == 64, 1)) {
      seen->high = _mm_or_si128(seen->high, x);
      seen->nul = _mm_or_si128(seen->nul, _mm_cmpeq_epi8(x, _mm_setzero_si128()));
    } else {
      high |= (uint64_t)(unsigned)_mm_movemask_epi8(x) << (16 * i);
      nul |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128())) << (16 * i);
    }
  }
  if (valid < 64) {
    uint64_t keep = (1ull << valid) - 1;
    if (high & keep) seen->high = _mm_set1_epi8(-1);
    if (nul & keep) seen->nul = _mm_set1_epi8(-1);
  }
  m.quote &= v->quotes;
  return m;
}
INLINE void sse2_report(brew_scan *s, const sse2_seen *seen) {
  s->saw_high |= _mm_movemask_epi8(seen->high) != 0;
  s->saw_nul |= _mm_movemask_epi8(seen->nul) != 0;
}
INLINE uint64_t sse2_prefix(uint64_t x) {
  for (int shift = 1; shift < 64; shift <<= 1) x ^= x << shift;
  return x;
}
INLINE void sse2_write(uint32_t *out, uint32_t base, uint64_t set) { write_eights(out, base, set); }
#define NAME(x) sse2_##x
#define VECTORS sse2_vectors
#define SEEN sse2_seen
#include "kernel.inc"
#undef NAME
#undef VECTORS
#undef SEEN

// --- AVX2 and carry-less multiplication --------------------------------------------------------------------------
#pragma clang attribute push(__attribute__((target("avx2,pclmul,bmi,bmi2,popcnt,lzcnt"))), apply_to = function)
typedef struct {
  __m256i quote, delimiter, feed, carriage;
  uint64_t quotes;
} avx2_vectors;
typedef struct {
  __m256i high, nul;
} avx2_seen;
INLINE avx2_vectors avx2_broadcast(const brew_scan *s) {
  return (avx2_vectors){_mm256_set1_epi8((char)s->quote), _mm256_set1_epi8((char)s->delimiter),
                        _mm256_set1_epi8((char)s->feed), _mm256_set1_epi8('\r'), s->quotes ? ~0ull : 0};
}
INLINE avx2_seen avx2_nothing(void) { return (avx2_seen){_mm256_setzero_si256(), _mm256_setzero_si256()}; }
INLINE uint64_t avx2_equal(__m256i a, __m256i b, __m256i c) {
  return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, c)) |
         (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, c)) << 32;
}
INLINE masks avx2_look(const avx2_vectors *v, avx2_seen *seen, const uint8_t *p, unsigned valid) {
  __m256i a = _mm256_loadu_si256((const __m256i *)p), b = _mm256_loadu_si256((const __m256i *)(p + 32));
  if (__builtin_expect(valid == 64, 1)) {
    __m256i zero = _mm256_setzero_si256();
    seen->high = _mm256_or_si256(seen->high, _mm256_or_si256(a, b));
    seen->nul = _mm256_or_si256(seen->nul, _mm256_or_si256(_mm256_cmpeq_epi8(a, zero), _mm256_cmpeq_epi8(b, zero)));
  } else {
    uint64_t keep = (1ull << valid) - 1;
    uint64_t high = (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
    if (high & keep) seen->high = _mm256_set1_epi8(-1);
    if (avx2_equal(a, b, _mm256_setzero_si256()) & keep) seen->nul = _mm256_set1_epi8(-1);
  }
  return (masks){avx2_equal(a, b, v->quote) & v->quotes, avx2_equal(a, b, v->delimiter), avx2_equal(a, b, v->feed),
                 avx2_equal(a, b, v->carriage)};
}
INLINE void avx2_report(brew_scan *s, const avx2_seen *seen) {
  s->saw_high |= _mm256_movemask_epi8(seen->high) != 0;
  s->saw_nul |= _mm256_movemask_epi8(seen->nul) != 0;
}
INLINE uint64_t avx2_prefix(uint64_t x) {
  return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)x), _mm_set1_epi8(-1), 0));
}
INLINE void avx2_write(uint32_t *out, uint32_t base, uint64_t set) {
  while (set) {
    for (int i = 0; i < 8; i++) {
      out[i] = base + (uint32_t)_tzcnt_u64(set);
      set = _blsr_u64(set);
    }
    out += 8;
  }
}
#define NAME(x) avx2_##x
#define VECTORS avx2_vectors
#define SEEN avx2_seen
#include "kernel.inc"
#undef NAME
#undef VECTORS
#undef SEEN
#pragma clang attribute pop

// --- AVX-512 with VBMI2, which packs the positions of set bits in one instruction ---------------------------------
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,pclmul,bmi,bmi2,popcnt,lzcnt"))), \
    apply_to = function)
typedef struct {
  __m512i quote, delimiter, feed, carriage, counting;
  uint64_t quotes;
} avx512_vectors;
typedef struct {
  uint64_t high, nul;
} avx512_seen;
INLINE avx512_vectors avx512_broadcast(const brew_scan *s) {
  return (avx512_vectors){_mm512_set1_epi8((char)s->quote), _mm512_set1_epi8((char)s->delimiter),
                          _mm512_set1_epi8((char)s->feed),   _mm512_set1_epi8('\r'),
                          _mm512_setzero_si512(),           s->quotes ? ~0ull : 0};
}
INLINE avx512_seen avx512_nothing(void) { return (avx512_seen){0, 0}; }
INLINE masks avx512_look(const avx512_vectors *v, avx512_seen *seen, const uint8_t *p, unsigned valid) {
  __m512i x = _mm512_loadu_si512(p);
  uint64_t keep = valid < 64 ? (1ull << valid) - 1 : ~0ull;
  seen->high |= _mm512_movepi8_mask(x) & keep;
  seen->nul |= _mm512_testn_epi8_mask(x, x) & keep;
  return (masks){_mm512_cmpeq_epi8_mask(x, v->quote) & v->quotes, _mm512_cmpeq_epi8_mask(x, v->delimiter),
                 _mm512_cmpeq_epi8_mask(x, v->feed), _mm512_cmpeq_epi8_mask(x, v->carriage)};
}
INLINE void avx512_report(brew_scan *s, const avx512_seen *seen) {
  s->saw_high |= seen->high != 0;
  s->saw_nul |= seen->nul != 0;
}
INLINE uint64_t avx512_prefix(uint64_t x) {
  return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)x), _mm_set1_epi8(-1), 0));
}
INLINE void avx512_write(uint32_t *out, uint32_t base, uint64_t set) {
  static const uint8_t order[64] __attribute__((aligned(64))) = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  __m512i packed = _mm512_maskz_compress_epi8(set, _mm512_load_si512(order));
  __m512i start = _mm512_set1_epi32((int)base);
  _mm512_storeu_si512(out, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
  int count = __builtin_popcountll(set);
  if (__builtin_expect(count > 16, 0)) {
    __m128i second = _mm512_extracti32x4_epi32(packed, 1);
    _mm512_storeu_si512(out + 16, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(second)));
    if (count > 32) {
      __m128i third = _mm512_extracti32x4_epi32(packed, 2), fourth = _mm512_extracti32x4_epi32(packed, 3);
      _mm512_storeu_si512(out + 32, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(third)));
      _mm512_storeu_si512(out + 48, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(fourth)));
    }
  }
}
#define NAME(x) avx512_##x
#define VECTORS avx512_vectors
#define SEEN avx512_seen
#include "kernel.inc"
#undef NAME
#undef VECTORS
#undef SEEN
#pragma clang attribute pop

static int detect(void) {
  __builtin_cpu_init();
  int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
             __builtin_cpu_supports("lzcnt");
  if (!avx2) return 1;
  int avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
  return avx512 ? 3 : 2;
}
#else
static int detect(void) { return 0; }
#endif

int brew_scan_level(void) {
  static int known = -1;  // every thread that races here finds the same answer
  int level = __atomic_load_n(&known, __ATOMIC_RELAXED);
  if (level < 0) {
    level = detect();
    __atomic_store_n(&known, level, __ATOMIC_RELAXED);
  }
  return level;
}

void brew_scan_run_at(int level, brew_scan *scan, const uint8_t *bytes, uint32_t end) {
  if (level > brew_scan_level()) level = brew_scan_level();
  if (scan->escapes || scan->comments) level = 0;
  switch (level) {
#if defined(__x86_64__)
    case 3: avx512_scan(scan, bytes, end); return;
    case 2: avx2_scan(scan, bytes, end); return;
    case 1: sse2_scan(scan, bytes, end); return;
#endif
    default: scalar_scan(scan, bytes, end);
  }
}

void brew_scan_run(brew_scan *scan, const uint8_t *bytes, uint32_t end) {
  brew_scan_run_at(brew_scan_level(), scan, bytes, end);
}

void brew_count_run(brew_count *count, const uint8_t *bytes, uint32_t end) {
  int level = count->scan.escapes ? 0 : brew_scan_level();
  switch (level) {
#if defined(__x86_64__)
    case 3: avx512_count(count, bytes, end); return;
    case 2: avx2_count(count, bytes, end); return;
    case 1: sse2_count(count, bytes, end); return;
#endif
    default: scalar_count(count, bytes, end);
  }
}

size_t brew_count_byte(const uint8_t *bytes, size_t length, uint8_t byte) {
  size_t total = 0, i = 0;
  while (i < length) {
    // At most 255 rounds, so that a byte each can hold the count; the compiler makes vectors of it.
    size_t stop = length - i < 255 * 16 ? length : i + 255 * 16;
    uint8_t lanes[16] = {0};
    for (; i + 16 <= stop; i += 16)
      for (int lane = 0; lane < 16; lane++) lanes[lane] += bytes[i + lane] == byte;
    for (int lane = 0; lane < 16; lane++) total += lanes[lane];
    for (; i < stop; i++) total += bytes[i] == byte;
  }
  return total;
}
