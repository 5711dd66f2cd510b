import Columns

extension Temporal {
  /// Reads texts as dates, times, timestamps or instants.
  ///
  /// Spaces around a text do not count; a blank text is null. The formats are tried in order, and the whole text must fit
  /// one. Only real days and times are read: no 31 February, no 24:00, no second 60. A number in a format may be short
  /// (`1/9/2024`, as Python and DuckDB have it), but a year `%Y` has four digits and numbers that touch (`%Y%m%d`) have
  /// all of theirs. Names are English in any case; a weekday is read and not compared.
  ///
  /// Without formats the ISO forms are read: `YYYY-MM-DD`; `HH:MM[:SS[.f…]]`; for timestamps `YYYY-MM-DD` and after a
  /// space or `T` a time; for instants then also `Z`, `±hh`, `±hhmm` or `±hh:mm`. Instants without an offset are on the
  /// clock of `zone`, as in PostgreSQL; a timestamp with an offset is refused, where DuckDB drops the offset silently.
  /// Of a fraction the seventh to ninth digits must be zero. An offset that a format asks for (`%z`) is applied: dates
  /// and timestamps are then those of the clock of `zone`.
  ///
  /// - Parameters:
  ///   - texts: *n* rows of UTF-8 in `store`.
  ///   - type: date, time, timestamp or timestamptz; other types fail on each row.
  ///   - formats: for which `problem(reading:)` is nil; others read no text.
  /// - Returns: *n* rows of `type`; a text that does not fit fails (`cast`).
  /// - Complexity: O(bytes · formats); eight bytes at a time for formats with every digit at a fixed place.
  package static func read(
    _ texts: Column, as type: DataType, formats: [TemporalFormat] = [], in store: ByteStore, zone: TimeZone = .utc
  ) -> Column {
    let spans = texts.texts
    let cells = texts.isConstant ? 1 : texts.count
    guard type.isTemporal, spans.count >= cells else {
      return failed(texts.count, type, .cast, like: [texts])
    }
    var reader = TemporalTextReader(type: type, formats: formats, zone: zone)
    var states = RowStates(.strict([texts]), count: texts.count, isConstant: texts.isConstant)
    let output = ContiguousArray<Int64>(unsafeUninitializedCapacity: cells) { output, written in
      spans.withUnsafeBufferPointer { spans in
        reader.read(UnsafeBufferPointer(rebasing: spans[..<cells]), UnsafeRawPointer(store.base), into: output, &states)
      }
      written = cells
    }
    return Column(type, .integers(output), count: texts.count, isConstant: texts.isConstant, states: states.result)
  }
}

/// Reads texts one after another by the same formats.
struct TemporalTextReader {
  private let type: DataType
  private let formats: [TemporalFormat]
  private let isISO: Bool
  /// The templates of the first formats, as far as they have one.
  private let templates: ContiguousArray<DigitTemplate>
  private var cursor: ZoneCursor
  private let isUTC: Bool

  init(type: DataType, formats: [TemporalFormat], zone: TimeZone) {
    self.type = type
    self.formats = formats.filter { $0.problem(reading: type) == nil }
    isISO = formats.isEmpty
    cursor = ZoneCursor(zone)
    isUTC = zone.isUTC
    if isISO {
      switch type {
      case .date: templates = ContiguousArray([DigitTemplate.isoDate].compactMap { $0 })
      case .time: templates = ContiguousArray([DigitTemplate.isoClock].compactMap { $0 })
      default: templates = ContiguousArray([DigitTemplate.isoTimestamp, .isoDate].compactMap { $0 })
      }
    } else {
      var prefix: ContiguousArray<DigitTemplate> = []
      for format in self.formats {
        guard let template = format.template else { break }
        prefix.append(template)
      }
      templates = prefix
    }
  }

  mutating func read(
    _ spans: UnsafeBufferPointer<TextSpan>, _ base: UnsafeRawPointer,
    into output: UnsafeMutableBufferPointer<Int64>, _ states: inout RowStates
  ) {
    switch type {
    case .date:
      run(spans, base, output, &states) { form, bytes in
        let days = DigitTemplate.days(form, bytes)
        if !form.pointee.hasClock || days == Temporal.none { return days }
        return DigitTemplate.clock(form, bytes) == Temporal.none ? Temporal.none : days
      }
    case .time:
      run(spans, base, output, &states) { form, bytes in
        if form.pointee.dateLength > 0 && DigitTemplate.days(form, bytes) == Temporal.none { return Temporal.none }
        return DigitTemplate.clock(form, bytes)
      }
    default:
      // An instant on a clock that is not UTC's goes the long way from here.
      let isDirect = type == .timestamp || isUTC
      run(spans, base, output, &states) { form, bytes in
        guard isDirect else { return Temporal.none }
        let days = DigitTemplate.days(form, bytes)
        if days == Temporal.none { return Temporal.none }
        if !form.pointee.hasClock { return days &* Temporal.day }
        let clock = DigitTemplate.clock(form, bytes)
        return clock == Temporal.none ? Temporal.none : days &* Temporal.day &+ clock
      }
    }
  }

  @inline(__always)
  private mutating func run(
    _ spans: UnsafeBufferPointer<TextSpan>, _ base: UnsafeRawPointer,
    _ output: UnsafeMutableBufferPointer<Int64>, _ states: inout RowStates,
    _ fixed: (UnsafePointer<DigitTemplate>, UnsafeRawPointer) -> Int64
  ) {
    let templates = templates
    templates.withUnsafeBufferPointer { templates in
      guard let first = templates.baseAddress else {
        for row in spans.indices { output[row] = slow(spans[row], base, row, &states) }
        return
      }
      let end = first + templates.count
      for row in spans.indices {
        let span = spans[row]
        let bytes = base + Int(span.offset)
        var value = Temporal.none
        var form = first
        while form != end {
          if form.pointee.length == Int(span.length) {
            value = fixed(form, bytes)
            if value != Temporal.none { break }
          }
          form += 1
        }
        if value == Temporal.none { value = slow(span, base, row, &states) }
        output[row] = value
      }
    }
  }

  @inline(never)
  private mutating func slow(
    _ span: TextSpan, _ base: UnsafeRawPointer, _ row: Int, _ states: inout RowStates
  ) -> Int64 {
    let bytes = UnsafeRawBufferPointer(start: base + Int(span.offset), count: Int(span.length))
    var (start, end) = (0, bytes.count)
    while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    if start == end {
      states.void(row)
      return 0
    }
    if let value = value(of: UnsafeRawBufferPointer(rebasing: bytes[start..<end])) { return value }
    states.fail(row, .cast)
    return 0
  }

  /// The value of one text without spaces around it; nil where it does not fit. Eight bytes past it may be read.
  mutating func value(of text: UnsafeRawBufferPointer) -> Int64? {
    if let start = text.baseAddress, let value = day(start, text.count) ?? isoStamp(start, text.count) { return value }
    if isISO {
      var reader = FormatReader(text)
      if let value = reader.iso(date: type != .time, clock: type != .date).flatMap({ value(of: $0) }) { return value }
    }
    for format in formats {
      var reader = FormatReader(text)
      if let value = reader.matches(format.items).flatMap({ value(of: $0) }) { return value }
    }
    return nil
  }

  /// A date in one of the forms of fixed length.
  private func day(_ start: UnsafeRawPointer, _ length: Int) -> Int64? {
    guard type == .date else { return nil }
    return templates.withUnsafeBufferPointer { templates in
      guard var form = templates.baseAddress else { return nil }
      for _ in templates.indices {
        if form.pointee.length == length, !form.pointee.hasClock {
          let days = DigitTemplate.days(form, start)
          if days != Temporal.none { return days }
        }
        form += 1
      }
      return nil
    }
  }

  /// A timestamp or instant in ISO form with seconds, a fraction or none, and `Z` or nothing; nil for all other texts.
  @inline(__always)
  private mutating func isoStamp(_ bytes: UnsafeRawPointer, _ length: Int) -> Int64? {
    guard isISO, length >= 19, type == .timestamp || type == .timestamptz else { return nil }
    let local = templates.withUnsafeBufferPointer { templates -> Int64? in
      guard let form = templates.baseAddress, form.pointee.length == 19 else { return nil }
      let days = DigitTemplate.days(form, bytes)
      let clock = DigitTemplate.clock(form, bytes)
      return days == Temporal.none || clock == Temporal.none ? nil : days &* Temporal.day &+ clock
    }
    guard var value = local else { return nil }
    let isZulu = type == .timestamptz && (bytes + (length &- 1)).load(as: UInt8.self) == UInt8(ascii: "Z")
    let end = isZulu ? length &- 1 : length
    if end > 19 {
      guard 21...26 ~= end, (bytes + 19).load(as: UInt8.self) == UInt8(ascii: ".") else { return nil }
      var fraction: Int64 = 0
      for place in 20..<26 {
        let digit = place < end ? (bytes + place).load(as: UInt8.self) &- 48 : 0
        guard digit < 10 else { return nil }
        fraction = fraction &* 10 &+ Int64(digit)
      }
      value &+= fraction
    }
    if type == .timestamptz && !isZulu { value = cursor.instant(forLocal: value) }
    return Temporal.checkedMicroseconds(value) == Temporal.none ? nil : value
  }

  /// The value of the type; nil when there is no such day, time or instant.
  private mutating func value(of written: WrittenTime) -> Int64? {
    guard let clock = written.clock else { return nil }
    if type == .time { return clock }
    guard let days = written.days else { return nil }
    var value = days * Temporal.day + clock
    if let offset = written.offset {
      guard !isISO || type == .timestamptz else { return nil }
      value -= offset * Temporal.second
      if type != .timestamptz { value = cursor.local(value) }
    } else if type == .timestamptz {
      value = cursor.instant(forLocal: value)
    }
    guard Temporal.checkedMicroseconds(value) != Temporal.none else { return nil }
    return type == .date ? Temporal.floorDivision(value, Temporal.day) : value
  }
}
