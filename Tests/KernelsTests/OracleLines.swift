import Glibc

/// The lines of a file that an oracle wrote; none where it is not there.
func oracleLines(_ name: String) -> [String] {
  let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
  guard let file = fopen("/\(folder)/oracles/\(name)", "r") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while case let got = fread(&block, 1, block.count, file), got > 0 { bytes += block[..<got] }
  return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
}
