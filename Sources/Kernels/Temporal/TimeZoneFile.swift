import Glibc

/// The system's compiled time zones: where they are, and how their bytes are read.
///
/// - Source: RFC 9636.
enum TimeZoneFile {
  static let folder = "/usr/share/zoneinfo/"
  /// No zone's file is near this long.
  static let limit = 1 << 20

  /// The bytes of a zone's file; nil for a name that is no plain path below the folder, or that is not there.
  static func bytes(of name: String) -> [UInt8]? {
    isPlain(name) ? contents(of: name) : nil
  }

  /// The database in one text, which names all zones; nil where the system has none.
  static func index() -> [UInt8]? { contents(of: "tzdata.zi") }

  private static func contents(of name: String) -> [UInt8]? {
    let file = open(folder + name, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while result.count <= limit {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count == 0 { return result }
      guard count > 0 else { return nil }
      result.append(contentsOf: buffer[..<count])
    }
    return nil
  }

  /// Letters, digits, `+`, `-`, `_` in parts divided by `/`; so neither `..` nor an absolute path.
  private static func isPlain(_ name: String) -> Bool {
    guard 1...128 ~= name.utf8.count else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }
  }
}

extension TimeZone {
  /// Reads a TZif file of version 1 or later; nil when it is not one, is cut short, contradicts itself, or counts leap
  /// seconds (the `right/` zones), which no column's time does.
  init?(_ name: String, tzif bytes: [UInt8]) {
    guard let old = TZifBlock(bytes, at: 0, timeSize: 4) else { return nil }
    var block = old
    var rule: TimeZoneRule?
    if old.version > 0 {
      guard let new = TZifBlock(bytes, at: old.end, timeSize: 8) else { return nil }
      block = new
      let footer = bytes[new.end...]
      guard footer.first == 10, let close = footer.dropFirst().firstIndex(of: 10) else { return nil }
      let text = footer[(new.end + 1)..<close]
      if !text.isEmpty {
        guard let parsed = TimeZoneRule(Array(text)) else { return nil }
        rule = parsed
      }
    }
    guard block.leapCount == 0, let table = block.table(bytes) else { return nil }
    self.init(name: name, table: table, rule: rule)
  }

  private init(name: String, table: [Stretch], rule: TimeZoneRule?) {
    var table = table
    var cycleStart: Int64?
    if let rule, rule.daylight != nil, let last = table.last {
      let lastYear = last.start < -62_135_596_800 ? 1 : Self.year(ofSecond: last.start)
      for year in lastYear...(lastYear + 403) {
        table += rule.stretches(ofYear: year).filter { $0.start > last.start }
      }
      cycleStart = Civil.uncheckedDays(lastYear + 2, 1, 1) * 86_400
    }
    self.init(
      name: name, starts: ContiguousArray(table.map(\.start)), offsets: ContiguousArray(table.map(\.offset)),
      abbreviations: ContiguousArray(table.map(\.abbreviation)), cycleStart: cycleStart)
  }

  private static func year(ofSecond second: Int64) -> Int {
    Civil.packed(Temporal.floorDivision(second, 86_400)).year
  }
}

/// From when which offset holds.
struct Stretch {
  var start: Int64
  var offset: Int64
  var abbreviation: String
}

/// One of the data blocks of a TZif file.
private struct TZifBlock {
  let version: UInt8
  let leapCount: Int
  let end: Int
  private let timeSize: Int
  private let timeCount: Int
  private let typeCount: Int
  private let charCount: Int
  private let timesAt: Int

  init?(_ bytes: [UInt8], at start: Int, timeSize: Int) {
    guard bytes.count - start >= 44, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
    version = bytes[start + 4]
    let counts = (0..<6).map { Int(Self.integer(bytes, at: start + 20 + 4 * $0, size: 4)) }
    guard counts.allSatisfy({ 0...bytes.count ~= $0 }), counts[4] > 0, counts[4] <= 256 else { return nil }
    self.timeSize = timeSize
    leapCount = counts[2]
    timeCount = counts[3]
    typeCount = counts[4]
    charCount = counts[5]
    timesAt = start + 44
    end =
      timesAt + timeCount * (timeSize + 1) + typeCount * 6 + charCount + leapCount * (timeSize + 4) + counts[1]
      + counts[0]
    guard end <= bytes.count else { return nil }
  }

  /// A big-endian integer of 4 or 8 bytes, which must be there.
  private static func integer(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in bytes[start..<start + size] { value = value << 8 | UInt64(byte) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }

  func table(_ bytes: [UInt8]) -> [Stretch]? {
    let indicesAt = timesAt + timeCount * timeSize
    let typesAt = indicesAt + timeCount
    let charsAt = typesAt + typeCount * 6
    var kinds: [Stretch] = []
    for index in 0..<typeCount {
      let at = typesAt + index * 6
      let offset = Self.integer(bytes, at: at, size: 4)
      guard abs(offset) <= 26 * 3600, Int(bytes[at + 5]) < charCount else { return nil }
      let name = bytes[(charsAt + Int(bytes[at + 5]))..<(charsAt + charCount)].prefix { $0 != 0 }
      kinds.append(Stretch(start: .min, offset: offset, abbreviation: String(decoding: name, as: UTF8.self)))
    }
    var result = [kinds[0]]
    for index in 0..<timeCount {
      let kind = Int(bytes[indicesAt + index])
      let start = Self.integer(bytes, at: timesAt + index * timeSize, size: timeSize)
      guard kind < typeCount, index == 0 || start > result[index].start else { return nil }
      result.append(Stretch(start: start, offset: kinds[kind].offset, abbreviation: kinds[kind].abbreviation))
    }
    return result
  }
}
