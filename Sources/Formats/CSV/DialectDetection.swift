import Columns
import Kernels

/// What is known of a file's spelling before it is looked at; nil is to be found.
package struct DialectHints: Sendable {
  package var delimiter: UInt8?
  /// A quote, or none.
  package var quote: UInt8??
  package var escape: UInt8?
  package var header: Bool?
  package var encoding: TextEncoding?
  package var skippedLines: Int?
  package var skippedFooter = 0
  package var comment: UInt8?

  package init() {}
}

/// Finds out how a delimited text is spelt, from its beginning.
///
/// Every delimiter is tried with the reader that will read the file, and the one by which the most records have one number of
/// fields, more than one, is taken; where none is good, lines at the beginning are left out until one is. The result
/// depends on the sample and the hints only.
package struct DialectDetection {
  /// Bytes that are looked at.
  package static let sampleSize = 256 << 10
  private static let delimiters = Array(",;\t|".utf8)
  private static let mostSkippedLines = 20

  private let sample: [UInt8]
  private let hints: DialectHints
  private var dialect = CSVDialect()

  /// - Parameters:
  ///   - sample: the first bytes of the file, unpacked.
  ///   - isWhole: whether that is all of it.
  package static func detect(_ sample: [UInt8], isWhole: Bool, _ hints: DialectHints) -> CSVDialect {
    let encoding = hints.encoding ?? Self.encoding(of: sample)
    let text = encoding == .utf8 ? sample : decoded(sample, encoding)
    var detection = DialectDetection(isWhole ? text : wholeLines(text), hints)
    detection.dialect.encoding = encoding
    return detection.run()
  }

  private init(_ sample: [UInt8], _ hints: DialectHints) {
    self.sample = sample
    self.hints = hints
    dialect.lineEnd = .auto
    dialect.comment = hints.comment
    dialect.skippedFooter = hints.skippedFooter
    if let quote = hints.quote { dialect.quote = quote }
    dialect.escape = hints.escape
    dialect.header = false
  }

  // MARK: Encoding

  /// By the byte order mark; else by what the bytes can be.
  private static func encoding(of sample: [UInt8]) -> TextEncoding {
    if sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) { return .utf16 }
    let zeros = (0..<2).map { parity in
      stride(from: parity, to: sample.count, by: 2).reduce(0) { $0 + (sample[$1] == 0 ? 1 : 0) }
    }
    if zeros[0] + zeros[1] > sample.count / 4 { return zeros[0] > zeros[1] ? .utf16BigEndian : .utf16LittleEndian }
    if sample.starts(with: [0xEF, 0xBB, 0xBF]) || isUTF8(sample) { return .utf8 }
    // Five bytes have no character in Windows-1252.
    let unassigned: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
    return sample.contains(where: unassigned.contains) ? .latin1 : .windows1252
  }

  /// Whether the bytes are UTF-8, or would be but for fewer faults than characters that are not ASCII: other encodings
  /// hardly ever make one of these by chance.
  private static func isUTF8(_ sample: [UInt8]) -> Bool {
    var decoder = UTF8()
    var iterator = sample.makeIterator()
    var read = 0
    var (wide, faults) = (0, 0)
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        read += UTF8.width(scalar)
        if !scalar.isASCII { wide += 1 }
      case .emptyInput: return faults == 0 || faults < wide
      case .error:
        // The sample's end may cut a character.
        if sample.count - read >= 4 { faults += 1 }
      }
    }
  }

  private static func decoded(_ sample: [UInt8], _ encoding: TextEncoding) -> [UInt8] {
    let source = TranscodingSource(ArrayByteSource(sample), encoding)
    let looked = try? ReplayedSource.look(at: source, limit: 3 * sampleSize) { _, _ in false }
    return looked?.seen ?? sample
  }

  private static func wholeLines(_ sample: [UInt8]) -> [UInt8] {
    let feed = sample.lastIndex(of: UInt8(ascii: "\n")) ?? sample.lastIndex(of: UInt8(ascii: "\r"))
    return feed.map { Array(sample[...$0]) } ?? sample
  }

  // MARK: Fields

  private mutating func run() -> CSVDialect {
    if hints.quote == nil { dialect.quote = quote() }
    if hints.escape == nil, dialect.quote != nil, sample.firstRange(of: [UInt8](#"\""#.utf8)) != nil {
      let other = withEscape
      if other.bestFit(skipping: 0).share > bestFit(skipping: 0).share { self = other }
    }
    let (delimiter, skipped) = shape()
    dialect.delimiter = delimiter
    dialect.skippedLines = skipped
    if hints.comment == nil, hints.skippedLines == nil, skipped > 0, firstLines(skipped).allSatisfy({ $0.first == 35 })
    {
      dialect.comment = UInt8(ascii: "#")
      dialect.skippedLines = 0
    }
    dialect.header = hints.header ?? HeaderGuess(records(dialect)).hasHeader
    return dialect
  }

  private var withEscape: DialectDetection {
    var other = self
    other.dialect.escape = UInt8(ascii: "\\")
    return other
  }

  /// A single quote where fields begin and end with it and there are no double ones.
  private func quote() -> UInt8 {
    let (double, single) = (UInt8(ascii: "\""), UInt8(ascii: "'"))
    guard !sample.contains(double), sample.contains(single) else { return double }
    var (opening, closing, other) = (0, 0, 0)
    let ends = Set(Self.delimiters + Array("\r\n".utf8))
    for index in sample.indices where sample[index] == single {
      let opens = index == 0 || ends.contains(sample[index - 1])
      let closes = index == sample.count - 1 || ends.contains(sample[index + 1])
      if opens { opening += 1 } else if closes { closing += 1 } else { other += 1 }
    }
    return opening > 0 && opening == closing && other <= opening / 10 ? single : double
  }

  private struct Fit {
    var delimiter = UInt8(ascii: ",")
    var fields = 0
    /// Records that have so many, of 1,000.
    var share = 0
  }

  /// The delimiter, and how many lines to leave out before the first record.
  private func shape() -> (delimiter: UInt8, skipped: Int) {
    let first = hints.skippedLines ?? 0
    let whole = bestFit(skipping: first)
    if whole.fields > 1, whole.share >= 900 { return (whole.delimiter, first) }
    if hints.skippedLines == nil {
      for lines in 1...Self.mostSkippedLines {
        let fit = bestFit(skipping: lines)
        if fit.fields > 1, fit.share >= 950 { return (fit.delimiter, lines) }
      }
    }
    // One column: by a delimiter that it does not hold.
    let single = delimiters.first { fit($0, skipping: first).share == 1000 }
    return (single ?? whole.delimiter, first)
  }

  private var delimiters: [UInt8] { hints.delimiter.map { [$0] } ?? Self.delimiters.filter { $0 != dialect.quote } }

  private func bestFit(skipping lines: Int) -> Fit {
    var best = Fit(delimiter: delimiters.first ?? UInt8(ascii: ","))
    for delimiter in delimiters {
      let fit = fit(delimiter, skipping: lines)
      // A hundredth more or less decides nothing against more fields.
      let isBetter =
        fit.fields > 1 && (fit.share > best.share + 10 || fit.share + 10 >= best.share && fit.fields > best.fields)
      if isBetter || (best.fields <= 1 && fit.fields > 1 && fit.share > 500) { best = fit }
    }
    return best
  }

  private func fit(_ delimiter: UInt8, skipping lines: Int) -> Fit {
    var trial = dialect
    trial.delimiter = delimiter
    trial.skippedLines = lines
    var (sound, all, fields) = (0, 0, 0)
    let batch = RecordBatch()
    do throws(InputFailure) {
      let reader = try CSVReader(ArrayByteSource(sample), trial)
      while try reader.next(into: batch) {
        sound += batch.rows
        all += batch.records
        fields = batch.fieldCount
      }
    } catch {
      return Fit(delimiter: delimiter)
    }
    return Fit(delimiter: delimiter, fields: fields, share: all == 0 ? 0 : sound * 1000 / all)
  }

  private func firstLines(_ count: Int) -> [ArraySlice<UInt8>] {
    Array(sample.split(separator: UInt8(ascii: "\n"), maxSplits: count, omittingEmptySubsequences: false).prefix(count))
  }

  // MARK: Header

  /// The first records as texts.
  private func records(_ dialect: CSVDialect) -> [[[UInt8]]] {
    let batch = RecordBatch()
    do throws(InputFailure) {
      let reader = try CSVReader(ArrayByteSource(sample), dialect, limits: BatchLimits(records: HeaderGuess.records))
      guard try reader.next(into: batch) else { return [] }
    } catch {
      return []
    }
    let columns = (0..<batch.fieldCount).map { batch.cells($0, nulls: NullTokens([])).texts }
    return (0..<batch.rows).map { row in columns.map { Array(batch.store.bytes($0[row])) } }
  }
}
