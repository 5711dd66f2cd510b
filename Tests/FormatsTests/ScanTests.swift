import CScan
import Testing

@testable import Formats

/// The vector loops against the loop that goes byte by byte.
@Suite struct ScanTests {
  struct Found: Equatable {
    var ends: [UInt32]
    var lines: [UInt32]
    var feeds: UInt32
    var suspicious: UInt32
    var position: UInt32
    var isInside: Bool
    var sawHigh: Bool
    var sawNul: Bool
  }

  private func scan(_ bytes: [UInt8], level: Int32, stops: [Int], feed: UInt8) -> Found {
    let padded = bytes + [UInt8](repeating: UInt8(ascii: "\""), count: 64)
    var ends = [UInt32](repeating: 0, count: bytes.count + 256)
    var lines = [UInt32](repeating: 0, count: bytes.count + 256)
    var scan = CSVDialect().scan
    scan.feed = feed
    ends.withUnsafeMutableBufferPointer { ends in
      lines.withUnsafeMutableBufferPointer { lines in
        scan.ends = ends.baseAddress
        scan.lines = lines.baseAddress
        scan.end_capacity = UInt32(ends.count)
        scan.line_limit = UInt32(bytes.count + 64)
        for stop in stops + [bytes.count] where scan.suspicious == UInt32.max {
          brew_scan_run_at(level, &scan, padded, UInt32(stop))
        }
      }
    }
    return Found(
      ends: Array(ends[..<Int(scan.end_count)]), lines: Array(lines[..<Int(scan.line_count)]), feeds: scan.line_feeds,
      suspicious: scan.suspicious, position: scan.position, isInside: scan.inside != 0,
      sawHigh: scan.saw_high != 0, sawNul: scan.saw_nul != 0)
  }

  @Test func `every instruction set finds the same`() {
    var dice = CSVGrammarTests.Dice(state: 7)
    let quotedField = Array("\"x,\n\"\"y\"".utf8)
    for round in 0..<600 {
      var bytes: [UInt8] = []
      while bytes.count < round {
        switch dice.next(8) {
        case 0: bytes += quotedField + [UInt8(ascii: ",")]
        case 1: bytes += Array("\"\"\r\n".utf8)
        case 2: bytes += [UInt8](repeating: UInt8(ascii: ","), count: dice.next(70))
        case 3: bytes += [UInt8(ascii: "\n")]
        case 4 where dice.next(9) == 0: bytes += [0, 0xE9, UInt8(ascii: "\"")]
        default: bytes += [UInt8](repeating: UInt8(ascii: "a"), count: dice.next(20)) + [UInt8(ascii: ",")]
        }
      }
      let stops = [bytes.count / 3, bytes.count / 2]
      let feed = UInt8(ascii: round % 4 == 0 ? "\r" : "\n")
      let expected = scan(bytes, level: 0, stops: [], feed: feed)
      for level in 1...3 as ClosedRange<Int32> {
        var found = scan(bytes, level: level, stops: stops, feed: feed)
        // A scan does not go on from a suspicious place: there its state has no meaning, and it may have seen what follows.
        if found.suspicious != .max {
          (found.isInside, found.sawHigh, found.sawNul) = (expected.isInside, expected.sawHigh, expected.sawNul)
        }
        #expect(found == expected, "round \(round) level \(level)")
      }
    }
  }

  @Test func `the first fault of a text is where the standard library says`() {
    var dice = CSVGrammarTests.Dice(state: 11)
    let pieces: [[UInt8]] = [
      Array("plain text".utf8), Array("é".utf8), Array("語".utf8), Array("🙂".utf8), Array("\u{10FFFF}\u{800}".utf8),
    ]
    let faults: [[UInt8]] = [
      [0], [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE8, 0xAA], [0xF0, 0x9F, 0x99], [0xC3],
    ]
    for round in 0..<1500 {
      var bytes: [UInt8] = []
      for _ in 0..<dice.next(40) { bytes += pieces[dice.next(pieces.count)] }
      let sound = bytes.count
      if round % 3 > 0 { bytes += faults[dice.next(faults.count)] }
      if round % 3 > 1 { for _ in 0..<dice.next(40) { bytes += pieces[dice.next(pieces.count)] } }
      let padded = bytes + [UInt8](repeating: 0x80, count: 64)
      let isSound = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
      #expect(brew_text_fault(padded, bytes.count) == (isSound ? bytes.count : sound), "\(bytes)")
    }
  }

  @Test func `bytes are counted`() {
    for length in [0, 1, 15, 16, 17, 4079, 4080, 4081, 9000] {
      let bytes = (0..<length).map { UInt8($0 % 3) }
      #expect(brew_count_byte(bytes, length, 1) == bytes.filter { $0 == 1 }.count)
    }
  }
}
