import Columns

/// How often each form occurs among the cells of a column, with examples and ranges.
///
/// Tallies of parts of a column, merged in any order, are that of the whole: what is kept of texts goes by where they
/// occur first. Memory is bounded: by the forms there are, and ``sampleLimit`` texts of at most ``sampleLength`` bytes each.
package struct FormTally: Sendable {
  package static let sampleLimit = 16
  package static let sampleLength = 64

  /// Texts of one form.
  package struct Group: Sendable {
    package let form: CellForm
    package fileprivate(set) var count = 0
    package fileprivate(set) var samples = TextSamples()

    fileprivate init(_ form: CellForm) { self.form = form }
  }

  package private(set) var groups: [Group] = []
  /// Cells without any byte.
  package private(set) var empties = 0
  /// How often each of ``NullWords/all`` occurs; such cells are in no group.
  package private(set) var nullWords: [Int]
  package private(set) var numbers = NumberExtent()
  package private(set) var times: [TimeExtent] = []
  /// Characters (Unicode scalars) of the texts that are not empty.
  package private(set) var lengths: ClosedRange<Int>?
  private var last = 0

  package init() { nullWords = Array(repeating: 0, count: NullWords.all.count) }

  /// Adds the cells of a batch.
  ///
  /// - Parameters:
  ///   - texts: *n* texts of `store`; those that are null count as empty.
  ///   - firstOrdinal: where the batch's first row stands in the input.
  package mutating func add(_ texts: Column, in store: ByteStore, firstOrdinal: Int, _ scanner: FormScanner) {
    let spans = texts.texts
    let base = UnsafeRawPointer(store.base)
    for row in spans.indices {
      let span = spans[row]
      if span.length == 0 {
        empties &+= 1
      } else {
        add(base + Int(span.offset), Int(span.length), ordinal: firstOrdinal &+ row, scanner)
      }
    }
  }

  @inline(__always)
  private mutating func add(_ start: UnsafeRawPointer, _ length: Int, ordinal: Int, _ scanner: FormScanner) {
    let form = scanner.reader.form(start, length) { bit, group, value in
      note(bit: bit, group: group, value)
    }
    if !form.contains(.plain) {
      if let word = scanner.nullWords.index(start, length) {
        nullWords[word] &+= 1
        return
      }
      noteLength(Self.characters(start, length))
    } else {
      noteLength(length)
    }
    if form.contains(.number) { note(number: form, scanner.reader, start, length, ordinal) }
    let place = place(of: form)
    groups[place].count &+= 1
    if !groups[place].samples.isClosed { groups[place].samples.add(start, length, ordinal: ordinal) }
  }

  @inline(__always)
  private mutating func place(of form: CellForm) -> Int {
    if last < groups.count, groups[last].form == form { return last }
    return otherPlace(of: form)
  }

  @inline(never)
  private mutating func otherPlace(of form: CellForm) -> Int {
    last = groups.firstIndex { $0.form == form } ?? groups.count
    if last == groups.count { groups.append(Group(form)) }
    return last
  }

  @inline(__always)
  private mutating func noteLength(_ length: Int) {
    guard let known = lengths else {
      lengths = length...length
      return
    }
    if length < known.lowerBound { lengths = length...known.upperBound }
    if length > known.upperBound { lengths = known.lowerBound...length }
  }

  private static func characters(_ start: UnsafeRawPointer, _ length: Int) -> Int {
    var count = 0
    for byte in UnsafeRawBufferPointer(start: start, count: length) where byte & 0xC0 != 0x80 { count &+= 1 }
    return count
  }

  @inline(__always)
  private mutating func note(
    number form: CellForm, _ reader: FormReader, _ start: UnsafeRawPointer, _ length: Int, _ ordinal: Int
  ) {
    if form.contains(.integer) { numbers.note(integer: reader.integer) }
    if form.contains(.plain) { numbers.note(whole: reader.whole, fraction: reader.fraction) }
    let value = reader.number
    if value < numbers.least.value || value > numbers.greatest.value {
      numbers.note(value, TextSamples.kept(start, length), ordinal)
    }
  }

  private mutating func note(bit: Int, group: Int, _ value: Int64) {
    if let place = times.firstIndex(where: { $0.bit == bit && $0.group == group }) {
      times[place].note(value)
    } else {
      times.append(TimeExtent(group: group, bit: bit, range: value...value))
    }
  }

  /// Adds what another part of the column has.
  package mutating func merge(_ other: FormTally) {
    for group in other.groups {
      let place = otherPlace(of: group.form)
      groups[place].count += group.count
      groups[place].samples.merge(group.samples)
    }
    empties += other.empties
    for index in nullWords.indices { nullWords[index] += other.nullWords[index] }
    numbers.merge(other.numbers)
    for extent in other.times {
      note(bit: extent.bit, group: extent.group, extent.range.lowerBound)
      note(bit: extent.bit, group: extent.group, extent.range.upperBound)
    }
    if let range = other.lengths {
      noteLength(range.lowerBound)
      noteLength(range.upperBound)
    }
  }
}

/// What a worker needs to find forms. One thread at a time uses it.
package final class FormScanner {
  fileprivate var reader = FormReader()
  fileprivate let nullWords = NullWords()

  package init() {}

  /// The form of one text.
  package func form(_ text: [UInt8]) -> CellForm {
    guard !text.isEmpty else { return .blank }
    let padded = text + [UInt8](repeating: 0, count: ByteStore.slack)
    return padded.withUnsafeBytes { bytes in
      bytes.baseAddress.map { reader.form($0, text.count) { _, _, _ in } } ?? .text
    }
  }
}
