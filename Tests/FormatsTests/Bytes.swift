@testable import Formats

/// All bytes of a source, asked for `count` at a time.
func readAll(_ source: any ByteSource, count: Int = 4096) throws -> [UInt8] {
  var source = source
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: count)
  while true {
    let got = try block.withUnsafeMutableBytes { raw in
      try raw.baseAddress.map { try source.read(into: $0, count: count) } ?? 0
    }
    if got == 0 { return bytes }
    bytes += block[..<got]
  }
}

/// The bytes that pairs of hexadecimal digits spell.
func unhex(_ digits: ArraySlice<UInt8>) -> [UInt8] {
  func value(_ digit: UInt8) -> UInt8 { digit > 0x39 ? digit &- 0x57 : digit &- 0x30 }
  return stride(from: digits.startIndex, to: digits.endIndex - 1, by: 2).map {
    value(digits[$0]) << 4 | value(digits[$0 + 1])
  }
}
