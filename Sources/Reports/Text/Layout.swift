/// How wide the text for people is.
let pageWidth = 80

/// The columns that a text takes in a terminal.
func displayWidth(_ text: String) -> Int { text.reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

extension Character {
  /// Whether terminals give it two columns: the scripts of East Asia, and pictures.
  fileprivate var isWide: Bool {
    guard let scalar = unicodeScalars.first else { return false }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}

func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

/// `text` cut to a width, with an ellipsis where something is left out: at its end, or at its beginning.
func cut(_ text: String, to width: Int, keepsEnd: Bool = false) -> String {
  guard displayWidth(text) > width, width > 0 else { return text }
  var kept: [Character] = []
  var used = 1
  for character in keepsEnd ? Array(text.reversed()) : Array(text) {
    used += character.isWide ? 2 : 1
    if used > width { break }
    kept.append(character)
  }
  return keepsEnd ? "…" + String(kept.reversed()) : String(kept) + "…"
}

/// `text` in lines of at most 80 columns, the first begun by `head`, the others indented as far.
func filled(_ head: String, _ text: String) -> [String] {
  let indent = displayWidth(head)
  var lines: [String] = []
  var line = head
  var used = indent
  for word in text.split(separator: " ") {
    let width = displayWidth(String(word))
    if used > indent, used + 1 + width > pageWidth {
      lines.append(line)
      line = spaces(indent)
      used = indent
    }
    line += (used > indent ? " " : "") + word
    used += (used > indent ? 1 : 0) + width
  }
  return lines + [line]
}

/// Items with commas between them, in lines as `filled` makes them; no line is broken inside an item.
func filled(_ head: String, items: [String]) -> [String] {
  let bound = items.map { $0.split(separator: " ").joined(separator: "\u{A0}") }
  return filled(head, bound.joined(separator: ", ")).map { line in
    String(line.map { $0 == "\u{A0}" ? " " : $0 })
  }
}

/// `1,234,567`
package func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var result = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
    result.append(digit)
  }
  return result
}

/// `1 row`, `2 rows`
package func counted(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

/// A size in bytes as people say it, in powers of 1000: `731 kB`.
package func sizeText(_ bytes: Int) -> String {
  if bytes < 1000 { return counted(bytes, "byte") }
  var value = Double(bytes)
  for unit in ["kB", "MB", "GB", "TB"] {
    value /= 1000
    if value < 999.5 || unit == "TB" { return "\(threeDigits(value)) \(unit)" }
  }
  return "\(bytes)"
}

/// A time as people say it: `0.042 s`, `3.1 s`, `2 min 5 s`.
package func durationText(microseconds: Int64) -> String {
  let seconds = Double(max(0, microseconds)) / 1_000_000
  if seconds < 1 { return "\(fixed(seconds, digits: 3)) s" }
  if seconds < 60 { return "\(threeDigits(seconds)) s" }
  let whole = Int(seconds.rounded())
  return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole % 3600 / 60) min"
}

/// `1.23`, `12.3`, `123`
private func threeDigits(_ value: Double) -> String { fixed(value, digits: value < 9.995 ? 2 : value < 99.95 ? 1 : 0) }

/// A number that is not negative, rounded to so many digits after the point.
private func fixed(_ value: Double, digits: Int) -> String {
  let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
  guard let scaled = Int(exactly: (value * scale).rounded()) else { return "\(value)" }
  let (whole, rest) = scaled.quotientAndRemainder(dividingBy: Int(scale))
  guard digits > 0 else { return grouped(whole) }
  let fraction = String(rest)
  return grouped(whole) + "." + String(repeating: "0", count: digits - fraction.count) + fraction
}
