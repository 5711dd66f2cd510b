import Columns
import Kernels
import Testing

/// A form says of a text exactly what the readers of declared columns make of it.
@Suite struct FormTests {
  /// What a column of a type makes of one text.
  private static func state(_ text: String, _ type: DataType, _ formats: [TemporalFormat] = []) -> ValueState {
    let store = ByteStore(capacity: 256)
    guard let span = store.append(text) else { return .failed }
    let column = Column(.string, .texts([span]), count: 1)
    let read =
      type.isTemporal
      ? Temporal.read(column, as: type, formats: formats, in: store) : Casting.cast(column, to: type, in: store)
    return read.state(0)
  }

  private static let kinds: [(type: DataType, form: CellForm)] = [
    (.bool, .bool), (.int64, .integer), (.float64, .number), (.date, .date), (.timestamp, .timestamp),
    (.timestamptz, .timestamptz), (.time, .time),
  ]

  private static let written = [
    "0", "1", "-0", "7", "007", "-007", "+5", "12345678", "20240131", "20241331", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "12345678901234567890123456789012345678",
    "123456789012345678901234567890123456789", "1.5", "1.50", ".5", "5.", "0.5", "00.5", "-0.25", "+1.5",
    "123456.123456789", "0.1234567890", "0.12345678901", "1e3", "1E-3", "1e400", "inf", "-Infinity", "nan", "NaN",
    "true", "False", "T", "y", "NO", "yes", "on", " 5 ", "\t5", "5\t", " 2024-01-31 ", "\t2024-01-31", " ", "\t",
    "  \t ",
    "2024-01-31", "2024-02-30", "2024-1-5", "24-01-31", "31/01/2024", "01/31/2024", "1/2/2024", "31.01.2024",
    "31.1.24", "2024/01/31", "31-Jan-2024", "5 January 2024", "January 5, 2024", "May 5, 2024", "5 May 2024",
    "Mon, 05 Feb 2024", "2024-01-31 09:30", "2024-01-31 09:30:15", "2024-01-31T09:30:15", "2024-01-31T09:30:15Z",
    "2024-01-31 09:30:15.123", "2024-01-31 09:30:15.1234567", "2024-01-31 09:30:15+02", "2024-01-31 09:30:15 +0200",
    "2024-01-31T09:30:15.5-05:00", "2024-01-31 25:00:00", "31/01/2024 09:30", "01/31/2024 9:30 PM", "09:30", "9:30",
    "09:30:15", "09:30:15.25", "9:30 am", "9:30:15PM", "24:00", "10/Oct/2000:13:55:36 -0700",
    "Tue, 14 Nov 2023 22:13:20 +0000", "20240131T093015", "20240131T093015Z", "alice@example.org", "10 42", "87,5",
    "ä", "—", "1,234", "$5", "50%", "2024-W05-1", "2024-031", "1970-01-01", "0001-01-01", "9999-12-31", "0000-01-01",
  ]

  /// The texts above with a byte changed, taken out or doubled.
  private static let mutated: [String] = {
    var random = UInt64(42)
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    let bytes = Array("0123456789-+./: TZaeEAPMpm,\t".utf8)
    return (0..<4000).map { _ in
      var text = Array(written[next(written.count)].utf8)
      let place = next(text.count)
      switch next(4) {
      case 0: text[place] = bytes[next(bytes.count)]
      case 1: if text.count > 1 { text.remove(at: place) }
      case 2: text.insert(text[place], at: place)
      default: text.insert(bytes[next(bytes.count)], at: place)
      }
      return String(decoding: text, as: UTF8.self)
    }
  }()

  @Test func saysWhatTheTypesRead() {
    let scanner = FormScanner()
    for text in Self.written + Self.mutated {
      let form = scanner.form(Array(text.utf8))
      for (type, kind) in Self.kinds {
        let state = Self.state(text, type)
        #expect(form.contains(kind) == (state == .present), "'\(text)' as \(type): \(state)")
        let isNull = form.contains(.blank) && !(type.isTemporal && form.contains(.tabbed))
        #expect(isNull == (state == .null), "'\(text)' as \(type): \(state)")
      }
    }
  }

  @Test func countsThePlacesThatDecimalsNeed() {
    let scanner = FormScanner()
    var read = 0
    for text in Self.written + Self.mutated where !text.contains(where: { "eE".contains($0) }) && text.count < 28 {
      let form = scanner.form(Array(text.utf8))
      for scale in 0...9 {
        let isPresent = Self.state(text, .decimal(precision: 38, scale: scale)) == .present
        #expect(((form.places ?? .max) <= scale) == isPresent, "'\(text)' with \(scale) places")
        read += isPresent ? 1 : 0
      }
    }
    #expect(read > 1000)
  }

  @Test func saysWhichFormatsReadIt() {
    let scanner = FormScanner()
    let formats = Set(TemporalForms.groups.flatMap(\.formats)).compactMap { format in
      (try? TemporalFormat(format.pattern)).map { (known: format, pattern: $0) }
    }
    #expect(formats.count > 100)
    var read: Set<KnownFormat> = []
    for text in Self.written + Self.mutated.prefix(400) {
      let found = Set(scanner.form(Array(text.utf8)).formats.map(\.format))
      for (format, pattern) in formats {
        let isPresent = Self.state(text, format.type, [pattern]) == .present
        // A date that is ISO 8601's is looked for in no other order, since it fits none.
        #expect(found.contains(format) == isPresent, "'\(text)' by \(format.pattern)")
        if isPresent { read.insert(format) }
      }
    }
    #expect(read.count > 20)
  }

  /// Texts counted in parts, in any order, are counted as a whole.
  @Test(arguments: [1, 2, 3, 7]) func partsMerge(_ parts: Int) {
    let texts = Array((Self.written + Self.mutated.prefix(300)).enumerated())
    func tally(_ chosen: [(offset: Int, element: String)]) -> FormTally {
      var tally = FormTally()
      let scanner = FormScanner()
      for (ordinal, text) in chosen {
        let store = ByteStore(capacity: 256)
        guard let span = store.append(text) else { continue }
        tally.add(Column(.string, .texts([span]), count: 1), in: store, firstOrdinal: ordinal, scanner)
      }
      return tally
    }
    func told(_ tally: FormTally) -> [String] {
      let groups = tally.groups.map { group in
        let samples = group.samples.samples.map { sample in
          "\(sample.bytes) \(sample.ordinal) \(group.samples.isClosed ? 0 : sample.count)"
        }
        return "\(group.form.bits) \(group.count) \(group.samples.isClosed) \(samples)"
      }
      let times = tally.times.map { "\($0.group) \($0.bit) \($0.range)" }
      let numbers = tally.numbers
      return groups.sorted() + times.sorted() + [
        "\(tally.nullWords) \(tally.empties) \(String(describing: tally.lengths))",
        "\(numbers.least.text) \(numbers.greatest.text) \(String(describing: numbers.integers)) \(numbers.fractions)",
      ]
    }
    var merged = FormTally()
    for part in (0..<parts).reversed() { merged.merge(tally(texts.filter { $0.offset % parts == part })) }
    #expect(told(merged) == told(tally(texts)))
  }
}
