import Glibc

/// Whether an outcome is what an oracle wrote: `\N` is null, `\E` a failure.
///
/// - Parameter kind: how values are compared.
func agrees(_ outcome: Outcome, _ expected: Substring, kind: Substring) -> Bool {
  switch outcome {
  case .null: expected == "\\N"
  case .failed: expected == "\\E"
  case .invalid: false
  case .text(let text):
    switch kind {
    case "float": Double(text).map { same($0, Double(expected)) } ?? false
    case "near": Double(text).map { isNear($0, Double(expected)) } ?? false
    case "close": Double(text).map { isNear($0, Double(expected), 1e-12) } ?? false
    case "decimal": !expected.hasPrefix("\\") && significant(text) == expected
    // By bytes: two texts that look the same are equal to Swift.
    default: expected != "\\N" && expected != "\\E" && text.utf8.elementsEqual((unescaped(expected) ?? "").utf8)
    }
  }
}

/// The sign of a zero and the payload of a NaN apart.
private func same(_ a: Double, _ b: Double?) -> Bool { b.map { a == $0 || a.isNaN && $0.isNaN } ?? false }

/// Two libraries' values of one function, which differ in the last places.
private func isNear(_ a: Double, _ b: Double?, _ share: Double = 1e-14) -> Bool {
  same(a, b) || b.map { (a - $0).magnitude <= share * max($0.magnitude, 1e-300) } ?? false
}

/// A decimal without the zeros that its scale adds.
private func significant(_ text: String) -> String {
  guard text.contains(".") else { return text }
  var digits = Substring(text)
  while digits.hasSuffix("0") { digits.removeLast() }
  if digits.hasSuffix(".") { digits.removeLast() }
  return digits == "-0" ? "0" : String(digits)
}

/// A field of a file of expectations; nil is null.
func unescaped(_ field: Substring) -> String? {
  if field == "\\N" { return nil }
  var result = ""
  var isEscape = false
  for scalar in field.unicodeScalars {
    if isEscape {
      result.unicodeScalars.append(scalar == "t" ? "\t" : scalar == "n" ? "\n" : scalar)
      isEscape = false
    } else if scalar == "\\" {
      isEscape = true
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

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
