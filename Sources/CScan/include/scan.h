// Where CSV records and fields end, how records are counted, which bytes are no UTF-8, and how rows are put together.
//
// Every function may read up to 64 bytes past the bytes it is given, and uses none of them.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { BREW_NOWHERE = 0xFFFFFFFF };

/// A scan over the bytes of one batch, which can go on where it stopped: `position` bytes are done.
typedef struct {
  uint8_t delimiter, quote, escape;
  /// What ends a line: a line feed or, in files that have none, a carriage return. Called a line feed all the same.
  uint8_t feed;
  /// Nonzero when the dialect knows a quote, or an escape of its own inside quotes.
  uint8_t quotes, escapes;
  /// Nonzero where lines that begin with `comment` are a field each, whatever they hold. One byte at a time, then.
  uint8_t comments, comment;
  /// Nonzero when `position` is at the start of a record, or within a comment.
  uint8_t line_start, in_comment;
  /// Nonzero once any byte from 0x80 up, or any zero byte, has been seen.
  uint8_t saw_high, saw_nul;
  /// All ones inside quotes.
  uint64_t inside;
  /// One when the byte before `position` was: a delimiter, line end or quote; a closing quote; a CR after such a quote;
  /// an escape.
  uint64_t may_open, closed, closed_carriage, escaped;
  uint32_t position;
  /// The first place at which the grammar is broken; BREW_NOWHERE while there is none. The scan stops there.
  uint32_t suspicious;
  /// Line feeds before `position`, quoted ones too.
  uint32_t line_feeds;
  /// Positions of delimiters and line feeds outside quotes, ascending.
  uint32_t *ends, end_count, end_capacity;
  /// For each line feed among them its index there. The scan stops once `line_limit` are known; there is room for 64 more.
  uint32_t *lines, line_count, line_limit;
  /// For each quote that opened, the index in `ends` that its field's end has or would have. Only the first `open_limit` are
  /// written; `open_count` is at least `open_limit` when there were more.
  uint32_t *opens, open_count, open_limit;
} brew_scan;

/// Goes on to `end`, or until an array is full, or to the first suspicious place.
void brew_scan_run(brew_scan *scan, const uint8_t *bytes, uint32_t end);

/// Counts records only: `records` are line ends outside quotes on lines that are not blank, `record_end` follows the last
/// line end outside quotes. Stops at the first suspicious place.
typedef struct {
  brew_scan scan;
  uint64_t line_start, blank_carriage;
  uint32_t records, record_end;
} brew_count;
void brew_count_run(brew_count *count, const uint8_t *bytes, uint32_t end);

/// How many of `length` bytes equal `byte`.
size_t brew_count_byte(const uint8_t *bytes, size_t length, uint8_t byte);

/// The first byte that is zero or begins no well-formed UTF-8 sequence; `length` when there is none.
size_t brew_text_fault(const uint8_t *bytes, size_t length);

/// Names the instructions in use: 0 one byte at a time, 1 SSE2, 2 AVX2, 3 AVX-512. Lower ones can be asked for.
int brew_scan_level(void);
void brew_scan_run_at(int level, brew_scan *scan, const uint8_t *bytes, uint32_t end);

/// A text: `length` bytes from `offset`; the layout of the engine's own spans.
typedef struct {
  uint32_t offset, length;
} brew_span;
typedef struct {
  uint8_t delimiter, quote;
} brew_csv;
/// Set in the length of a cell that must stand in quotes.
enum { BREW_QUOTED = 0x80000000u };

/// Puts one column's cells for the `count` rows listed at every `columns`-th place of `cells`, nulls
/// as `null_text`, marked where `checked` finds that quotes are needed. `stride_mask` is 0 for a constant column, else all
/// ones. Returns a bound of the bytes that these cells take, the delimiters apart.
size_t brew_csv_gather(const brew_span *spans, intptr_t stride_mask, const uint64_t *validity, const uint32_t *rows,
                       size_t count, brew_span null_text, const uint8_t *bytes, const brew_csv *dialect, int checked,
                       brew_span *cells, size_t columns);

/// Writes gathered cells as records, and returns the bytes written. The output has room for the bounds, for
/// `columns` + 3 bytes a row, and for 64 more.
size_t brew_csv_write(const brew_span *cells, size_t rows, size_t columns, const uint8_t *bytes,
                      const brew_csv *dialect, uint8_t *output);

/// Where the fields of a batch's rows are: row `i` runs from `starts[i]` to `stops[i]`, its first field end is
/// `field_ends[firsts[i]]`, and it has `columns` fields.
typedef struct {
  const uint8_t *bytes;
  const uint32_t *field_ends, *starts, *firsts, *stops;
  size_t count, columns;
} brew_rows;

/// Writes one field of every row to `out` without the quotes around it, one bit a row to `validity`, and the rows on which
/// a quoted one is not empty to `quoted`, which has room for one more than all; returns their number. `quote` is 256 where no
/// field of the column is quoted.
size_t brew_csv_cells(const brew_rows *rows, size_t column, unsigned quote, int empty_is_null, brew_span *out,
                      uint64_t *validity, uint32_t *quoted);
