import Glibc
import Testing

@testable import Formats

/// Encodings against Python's codecs.
@Suite struct EncodingTests {
  private func decoded(_ bytes: [UInt8], _ encoding: TextEncoding, block: Int, count: Int) throws -> [UInt8] {
    try readAll(TranscodingSource(ArrayByteSource(bytes, block: block), encoding), count: count)
  }

  private func oracle(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> [UInt8] {
    let path = try Python.temporaryPath()
    defer { unlink(path) }
    try write(bytes, to: path)
    let line = try #require(try Python.lines(of: "inputs.py", ["decode", encoding.rawValue, path]).first)
    return unhex(Array(line.utf8).dropFirst())
  }

  @Test(arguments: [TextEncoding.latin1, .windows1252]) func `every byte`(_ encoding: TextEncoding) throws {
    let bytes = (0...255).map(UInt8.init) + (0...255).reversed().map(UInt8.init)
    let expected = try oracle(bytes, encoding)
    for block in [1, 7, 65536] { #expect(try decoded(bytes, encoding, block: block, count: 5) == expected) }
  }

  @Test(arguments: [TextEncoding.utf16LittleEndian, .utf16BigEndian, .utf16])
  func `every unit, pairs, and halves of pairs`(_ encoding: TextEncoding) throws {
    let isBig = encoding == .utf16BigEndian
    var dice = CSVGrammarTests.Dice(state: 16)
    var units = Array(UInt16.min ... .max)
    // The first unit is no byte order mark of the other kind.
    for _ in 0..<20_000 {
      let high = 0xD800 + UInt16(dice.next(0x400))
      let low = 0xDC00 + UInt16(dice.next(0x400))
      units += [[high, low], [high], [low], [low, high], [high, high, low], [0x41]][dice.next(6)]
    }
    var bytes = units.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] }
    if encoding == .utf16 { bytes = [0xFF, 0xFE] + bytes }
    let ends: [[UInt8]] = [[], [0x41], isBig ? [0xD8, 0] : [0, 0xD8]]
    for end in ends {
      let expected = try oracle(bytes + end, encoding)
      for block in [3, 65536] { #expect(try decoded(bytes + end, encoding, block: block, count: 70_000) == expected) }
    }
    let start = Array(bytes.prefix(6))
    let expected = try oracle(start, encoding)
    for block in 1...4 {
      for count in 1...4 { #expect(try decoded(start, encoding, block: block, count: count) == expected) }
    }
  }

  @Test func `the byte order mark decides, and must not contradict`() throws {
    let big: [UInt8] = [0xFE, 0xFF, 0, 0x61]
    let little: [UInt8] = [0xFF, 0xFE, 0x61, 0]
    let marked = Array("\u{FEFF}a".utf8)
    for bytes in [big, little] { #expect(try decoded(bytes, .utf16, block: 1, count: 9) == marked) }
    #expect(try decoded(big, .utf16BigEndian, block: 9, count: 9) == marked)
    #expect(try decoded([0, 0x61], .utf16BigEndian, block: 9, count: 9) == Array("a".utf8))
    #expect(try decoded([], .utf16, block: 9, count: 9).isEmpty)
    let none = InputFailure.noByteOrderMark(path: "memory")
    #expect(throws: none) { try decoded([0x61, 0], .utf16, block: 9, count: 9) }
    let other = InputFailure.otherByteOrder(path: "memory", said: .utf16LittleEndian, found: .utf16BigEndian)
    #expect(throws: other) { try decoded(big, .utf16LittleEndian, block: 9, count: 9) }
  }

  @Test func `a record with something that is no character is refused alone`() throws {
    let text = Array("a,b\n1,x\n2,".utf16) + [0xD800] + Array("\n3,ü\n".utf16)
    let bytes = text.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let source = TranscodingSource(ArrayByteSource(bytes), .utf16LittleEndian)
    let lines = try Transcript(source, CSVDialect()).lines
    #expect(lines.filter { $0.contains("\"invalid_utf8\"") && $0.contains("\"record\": 2,") }.count == 1)
    #expect(lines.filter { $0.contains("\"kind\": \"row\"") }.count == 2)
    let windows = TranscodingSource(ArrayByteSource(Array("a\nx".utf8) + [0x81, 10, 0xE9, 0x80, 10]), .windows1252)
    let found = try Transcript(windows, CSVDialect()).lines
    #expect(found.filter { $0.contains("\"invalid_utf8\"") }.count == 1)
    #expect(found.contains { $0.contains("c3a9e282ac") })
  }

  static let folder = Python.tests + "/../../shared/data/duckdb-csv/encodings"

  @Test(
    .enabled(if: access(folder, R_OK) == 0, "../shared/data/duckdb-csv is not here"),
    arguments: [
      ("latin1.csv", TextEncoding.latin1), ("all_latin1.csv", .latin1), ("only_latin1.csv", .latin1),
      ("utf16.csv", .utf16LittleEndian), ("all_utf16.csv", .utf16LittleEndian), ("only_utf16.csv", .utf16LittleEndian),
    ])
  func `the files that DuckDB is tested with`(_ name: String, _ encoding: TextEncoding) throws {
    let path = "\(Self.folder)/\(name)"
    let line = try #require(try Python.lines(of: "inputs.py", ["decode", encoding.rawValue, path]).first)
    #expect(try readAll(InputContent(path: path, encoding: encoding).look()) == unhex(Array(line.utf8).dropFirst()))
    let packed = "\(path).gz"
    guard access(packed, R_OK) == 0 else { return }
    #expect(try readAll(InputContent(path: packed, encoding: encoding).look()) == unhex(Array(line.utf8).dropFirst()))
  }
}
