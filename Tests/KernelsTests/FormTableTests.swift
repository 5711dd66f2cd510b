import Columns
import Kernels
import Testing

/// Named forms against python-stdnum, Python's library and the examples of the standards: `Tests/oracles/forms.py`.
@Suite struct FormTableTests {
  struct Line: Sendable {
    let form: String
    let holds: Bool
    let bytes: [UInt8]
    let shown: String
  }

  static let lines: [Line] = oracleLines("forms.txt").compactMap { line in
    let cells = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    guard cells.count == 4 else { return nil }
    let digits = Array(cells[2])
    let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
    return Line(form: cells[0], holds: cells[1] == "yes", bytes: bytes, shown: cells[3])
  }

  static let forms = TextForm.all.map(\.name)

  @Test(arguments: forms) func judgesAsItsStandard(_ name: String) throws {
    let form = try #require(TextForm.named(name))
    let lines = Self.lines.filter { $0.form == name }
    try #require(Set(lines.map(\.holds)).count == 2, "no texts of both kinds")
    let store = ByteStore(capacity: 1 << 16)
    let spans = lines.compactMap { line in line.bytes.withUnsafeBytes { store.append($0) } }
    let found = form.holds(Column(.string, .texts(ContiguousArray(spans)), count: spans.count), store)
    for (row, line) in lines.enumerated() { #expect(found.bits[row] == line.holds, "\(line.shown)") }
    #expect(found.validity == nil)
  }

  @Test func everyLineIsOfAForm() {
    #expect(Self.lines.count > 1500)
    #expect(Set(Self.lines.map(\.form)) == Set(Self.forms))
  }

  /// Nulls stay null, and a constant is judged once.
  @Test(arguments: forms) func keepsNulls(_ name: String) throws {
    let form = try #require(TextForm.named(name))
    let store = ByteStore(capacity: 256)
    let span = try #require(store.append(form.example))
    var validity = Bitmap(repeating: true, count: 3)
    validity[1] = false
    let texts = Column(.string, .texts([span, .empty, span]), count: 3, states: States(validity: validity))
    let found = form.holds(texts, store)
    #expect((0..<3).map { found.state($0) } == [.present, .null, .present])
    #expect(found.bits[0] && found.bits[2])
    let constant = form.holds(Column(.string, .texts([span]), count: 5, isConstant: true), store)
    #expect((0..<5).allSatisfy { constant.bits[$0] })
  }

  /// What is no UTF-8, or ends in the middle of something, is of no form and read no further than it goes.
  @Test(arguments: forms) func takesAnyBytes(_ name: String) throws {
    let form = try #require(TextForm.named(name))
    let example = Array(form.example.utf8)
    let store = ByteStore(capacity: 1 << 16)
    var spans: ContiguousArray<TextSpan> = []
    for length in 0...example.count {
      for byte in [0x00, 0x2F, 0x3A, 0x80, 0xFF] as [UInt8] {
        let bytes = Array(example.prefix(length)) + [byte]
        if let span = bytes.withUnsafeBytes({ store.append($0) }) { spans.append(span) }
      }
    }
    let found = form.holds(Column(.string, .texts(spans), count: spans.count), store)
    for (row, span) in spans.enumerated() where store.bytes(span).contains(where: { $0 >= 0x80 }) {
      // The characters of a DOI's name are any.
      #expect(!found.bits[row] || name == "doi", "\(Array(store.bytes(span)))")
    }
  }

  @Test(arguments: [
    ("US", "12345-6789", true), ("us", "12345", true), ("US", "1234", false), ("GB", "SW1A 1AA", true),
    ("GB", "SW1A1AA", false), ("CA", "K1A 0B1", true), ("NL", "1012 AB", true), ("NL", "1012 ab", false),
    ("DE", "10117", true), ("DE", "1011", false), ("JP", "100-0001", true), ("BR", "01310-100", true),
    ("PL", "00-950", true), ("SE", "114 55", true), ("IN", "110001", true),
  ]) func postalCodes(_ country: String, _ text: String, _ holds: Bool) throws {
    let codes = try #require(PostalCode(country: country))
    let store = ByteStore(capacity: 256)
    let span = try #require(store.append(text))
    #expect(codes.holds(Column(.string, .texts([span]), count: 1), store).bits[0] == holds)
  }

  @Test func postalCodesOfOtherCountriesAreNotKnown() { #expect(PostalCode(country: "XX") == nil) }
}
