import Columns

extension Temporal {
  /// The canonical texts of dates (`YYYY-MM-DD`), times (`HH:MM:SS[.ffffff]`), timestamps (`YYYY-MM-DD
  /// HH:MM:SS[.ffffff]`) and instants (UTC, with `Z`), written to the end of `store`. A fraction has six digits or
  /// is not there.
  ///
  /// - Returns: *n* spans, or one for a constant column; empty where the value is not present, for columns of other
  ///   types, and when the store has no room for *n* texts (see `text(of:in:)`, which makes that a failure).
  /// - Complexity: O(*n*).
  package static func texts(_ column: Column, in store: ByteStore) -> ContiguousArray<TextSpan> {
    canonical(column, in: store) ?? ContiguousArray(repeating: .empty, count: column.isConstant ? 1 : column.count)
  }

  /// The canonical texts as a column of strings; rows fail (`tooLong`) when the store has no room for *n* texts.
  package static func text(of column: Column, in store: ByteStore) -> Column {
    guard let spans = canonical(column, in: store) else {
      return failed(column.count, .string, .tooLong, like: [column])
    }
    return Column(.string, .texts(spans), count: column.count, isConstant: column.isConstant, states: column.states)
  }

  private static func canonical(_ column: Column, in store: ByteStore) -> ContiguousArray<TextSpan>? {
    switch column.type {
    case .date: write(column, width: 10, in: store) { CanonicalText.date($1, to: $0) }
    case .time: write(column, width: 15, in: store) { CanonicalText.clock($1, to: $0) }
    case .timestamp: write(column, width: 26, in: store) { CanonicalText.timestamp($1, to: $0) }
    case .timestamptz:
      write(column, width: 27, in: store) { bytes, value in
        let length = CanonicalText.timestamp(value, to: bytes)
        bytes.storeBytes(of: UInt8(ascii: "Z"), toByteOffset: length, as: UInt8.self)
        return length &+ 1
      }
    default: nil
    }
  }

  /// Writes each value by `body`, which gives the length, at most `width`; up to 16 bytes past the end may be written.
  @inline(__always)
  static func write(
    _ column: Column, width: Int, in store: ByteStore, _ body: (UnsafeMutableRawPointer, Int64) -> Int
  ) -> ContiguousArray<TextSpan>? {
    let input = column.integers
    let cells = column.isConstant ? 1 : column.count
    let (room, overflow) = width.multipliedReportingOverflow(by: cells)
    guard !overflow, room <= ByteStore.limit, input.count >= cells, store.reserve(room) else { return nil }
    // A constant's one value counts as present: whether it is depends on the row.
    let validity = column.isConstant ? nil : column.validity
    var end = store.count
    let base = store.base
    let result = ContiguousArray<TextSpan>(unsafeUninitializedCapacity: cells) { output, written in
      input.withUnsafeBufferPointer { input in
        // Made once and changed: its initialiser is a call into another module.
        var span = TextSpan.empty
        for row in 0..<cells {
          if let validity, !validity[row] {
            output[row] = .empty
          } else {
            let length = body(base + end, input[row])
            span.offset = UInt32(truncatingIfNeeded: end)
            span.length = UInt32(truncatingIfNeeded: length)
            output[row] = span
            end &+= length
          }
        }
      }
      written = cells
    }
    store.advance(by: end - store.count)
    return result
  }

  /// Writes dates, times, timestamps or instants by a format, with English names.
  ///
  /// `%z` is `±hhmm`, `%Z` the zone's abbreviation, `%f` six digits, `%p` `AM` or `PM`.
  ///
  /// - Parameters:
  ///   - column: *n* rows of any temporal type.
  ///   - format: one for which `problem(writing:)` of the type is nil; with others each row fails (`badArgument`).
  ///   - zone: on whose clock instants are written.
  /// - Returns: *n* strings in `store`; rows fail (`tooLong`) when it has no room for *n* texts of the longest form.
  /// - Complexity: O(*n* · items of the format).
  package static func strftime(
    _ column: Column, _ format: TemporalFormat, in store: ByteStore, zone: TimeZone = .utc
  ) -> Column {
    guard format.problem(writing: column.type) == nil else {
      return failed(column.count, .string, .badArgument, like: [column])
    }
    let writer = FormatWriter(format, zone: zone)
    var cursor = ZoneCursor(zone)
    let spans: ContiguousArray<TextSpan>? =
      switch column.type {
      case .date:
        write(column, width: writer.width, in: store) { writer.write($1, 0, instant: 0, offset: 0, to: $0) }
      case .time:
        write(column, width: writer.width, in: store) {
          writer.write(0, floorRemainder($1, day), instant: 0, offset: 0, to: $0)
        }
      default:
        write(column, width: writer.width, in: store) { bytes, instant in
          let local = column.type == .timestamptz ? cursor.local(instant) : instant
          let offset = (local &- instant) / second
          return writer.write(
            floorDivision(local, day), floorRemainder(local, day), instant: instant, offset: offset, to: bytes)
        }
      }
    guard let spans else { return failed(column.count, .string, .tooLong, like: [column]) }
    return Column(.string, .texts(spans), count: column.count, isConstant: column.isConstant, states: column.states)
  }
}

/// Writes canonical texts; each function gives the length, and may write up to 8 bytes past it.
enum CanonicalText {
  /// Four numbers below 100, one in each 16 bits, as eight digits.
  @inline(__always)
  static func digits(_ lanes: UInt64) -> UInt64 {
    // n · 103 >> 10 is n / 10 for n below 179; 256 n − 2559 (n / 10) puts the tens before the ones.
    let tens = ((lanes &* 103) &>> 10) & 0x000f_000f_000f_000f
    return ((lanes &<< 8) &- tens &* 2559) | 0x3030_3030_3030_3030
  }

  @inline(__always)
  static func date(_ days: Int64, to bytes: UnsafeMutableRawPointer) -> Int {
    let date = Civil.packed(days)
    let year = UInt64(truncatingIfNeeded: date.year)
    let century = UInt64(Civil.hundreds(UInt32(truncatingIfNeeded: date.year)))
    let day = UInt64(truncatingIfNeeded: date.day)
    let text = digits(
      century | (year &- century &* 100) &<< 16 | UInt64(truncatingIfNeeded: date.month) &<< 32 | day &<< 48)
    // YYYYMMDD to YYYY-MM- and DD.
    let head = text & 0xffff_ffff | 0x2d00_002d_0000_0000 | (text &>> 32 & 0xffff) &<< 40
    bytes.storeBytes(of: head.littleEndian, as: UInt64.self)
    bytes.storeBytes(
      of: UInt16(truncatingIfNeeded: text &>> 48).littleEndian, toByteOffset: 8, as: UInt16.self)
    return 10
  }

  @inline(__always)
  static func clock(_ value: Int64, to bytes: UnsafeMutableRawPointer) -> Int {
    let micros = UInt64(truncatingIfNeeded: Temporal.floorRemainder(value, Temporal.day))
    let seconds = micros / 1_000_000
    let (hour, minute) = (seconds / 3600, seconds / 60 % 60)
    let text = digits(hour | minute &<< 16 | (seconds % 60) &<< 32)
    // HHMMSS to HH:MM:SS.
    let clock =
      text & 0xffff | 0x0000_3a00_003a_0000 | (text &>> 16 & 0xffff) &<< 24 | (text &>> 32 & 0xffff) &<< 48
    bytes.storeBytes(of: clock.littleEndian, as: UInt64.self)
    let fraction = micros &- seconds &* 1_000_000
    return fraction == 0 ? 8 : 8 &+ Self.fraction(fraction, to: bytes + 8)
  }

  /// `.ffffff`.
  @inline(never)
  private static func fraction(_ micros: UInt64, to bytes: UnsafeMutableRawPointer) -> Int {
    bytes.storeBytes(of: UInt8(ascii: "."), as: UInt8.self)
    bytes.storeBytes(of: sixDigits(micros).littleEndian, toByteOffset: 1, as: UInt64.self)
    return 7
  }

  @inline(__always)
  static func sixDigits(_ micros: UInt64) -> UInt64 {
    digits(micros / 10_000 | (micros / 100 % 100) &<< 16 | (micros % 100) &<< 32)
  }

  @inline(__always)
  static func timestamp(_ value: Int64, to bytes: UnsafeMutableRawPointer) -> Int {
    let days = Temporal.floorDivision(value, Temporal.day)
    _ = date(days, to: bytes)
    bytes.storeBytes(of: UInt8(ascii: " "), toByteOffset: 10, as: UInt8.self)
    return 11 &+ clock(value &- days &* Temporal.day, to: bytes + 11)
  }
}
