import Columns
import Diagnostics
import Formats
import Inference

extension InferenceReport {
  /// The starter recipe, with what was found beside each column.
  package var recipe: String {
    var lines = heading + ["recipe: \(yaml(name))", "", "input:"]
    lines += paths.count == 1 ? ["  path: \(yaml(paths[0]))"] : ["  path:"] + paths.map { "    - \(yaml($0))" }
    if !formatOptions.isEmpty {
      lines.append("  format: {csv: {" + formatOptions.map { "\($0): \($1)" }.joined(separator: ", ") + "}}")
    }
    lines.append("  columns:")
    for column in columns {
      lines += column.comments.map { "    # \(printable($0))" }
      lines.append("    \(yaml(column.name)): \(column.declaration)")
    }
    let present = columns.filter { $0.missing == 0 && $0.nullCount == 0 && $0.values > 0 }.map(\.name)
    if !present.isEmpty {
      lines += ["", "rules:", "  # No value is missing in these columns."]
      lines += Self.list("  - not_null: [", present.map { yaml($0) })
    }
    lines += ["", "output:", "  path: \(yaml(output))"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// A list in brackets, in lines of at most 110 characters where its items allow.
  private static func list(_ head: String, _ items: [String]) -> [String] {
    var lines = [head]
    for (index, item) in items.enumerated() {
      let text = item + (index == items.count - 1 ? "]" : ",")
      let isFirst = lines[lines.count - 1] == head
      if !isFirst, lines[lines.count - 1].count + 1 + text.count > 110 {
        lines.append(spaces(head.count) + text)
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + text
      }
    }
    return lines
  }

  private var heading: [String] {
    let named = files.count == 1 ? printable(files[0].path) : counted(files.count, "file")
    var lines = ["# Found by 'brew infer' in \(counted(records, "record")) of \(named)."]
    let share = "A type is given where at least \(thresholdText) of a column's values are of it."
    lines.append("# \(share)")
    if replacesHeader {
      lines.append("# The header names a column twice or not at all: columns are read by their order, and named here.")
    }
    for (code, count) in malformed { lines.append("# \(counted(count, "record")) cannot be read: \(code).") }
    lines.append(
      refused == 0
        ? "# All records are accepted." : "# \(counted(refused, "record")) would go to quarantine.")
    return lines
  }

  /// How the file is spelt, as far as that is not the default.
  private var formatOptions: [(String, String)] {
    let standard = CSVDialect()
    var options: [(String, String)] = []
    func text(_ byte: UInt8) -> String { yaml(String(decoding: [byte], as: UTF8.self), quotes: true) }
    if dialect.delimiter != standard.delimiter { options.append(("delimiter", text(dialect.delimiter))) }
    if dialect.quote != standard.quote { options.append(("quote", dialect.quote.map(text) ?? "''")) }
    if let escape = dialect.escape { options.append(("escape", text(escape))) }
    if !dialect.header { options.append(("header", "false")) }
    if dialect.encoding != .utf8 { options.append(("encoding", dialect.encoding.rawValue)) }
    if dialect.skippedLines > 0 { options.append(("skip_lines", "\(dialect.skippedLines)")) }
    if dialect.skippedFooter > 0 { options.append(("skip_footer", "\(dialect.skippedFooter)")) }
    if let comment = dialect.comment { options.append(("comment", text(comment))) }
    return options
  }
}

extension ColumnFinding {
  /// `int`, or `{type: date, format: "%d/%m/%Y", nulls: ["", NA]}`
  fileprivate var declaration: String {
    guard !formats.isEmpty || !nulls.isEmpty else { return typeText }
    let name = type.isDecimal ? yaml(typeText, quotes: true) : typeText
    var parts = ["type: \(name)"]
    if !formats.isEmpty {
      let texts = formats.map { yaml($0, quotes: true) }
      parts.append("format: " + (texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"))
    }
    if !nulls.isEmpty {
      parts.append("nulls: [" + (["\"\""] + nulls.map { yaml($0.word, quotes: true) }).joined(separator: ", ") + "]")
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  private var typeText: String { type == .int64 ? "int" : type == .float64 ? "float" : type.description }

  /// What speaks for the type, in one line or more.
  fileprivate var comments: [String] {
    var lines = [type == .string ? textFacts : typedFacts]
    if !misfits.isEmpty { lines.append("not: " + misfits.map(\.quoted).joined(separator: ", ")) }
    if let ambiguity {
      lines.append(
        "all values fit \(ambiguity.formats.joined(separator: " and ")), so it stays text: choose one, as in")
      lines.append("\(yaml(name)): {type: \(ambiguity.type), format: \(yaml(ambiguity.formats[0], quotes: true))}")
    }
    return lines + notes
  }

  private var typedFacts: String {
    var facts = "\(percentText(conforming, of: values)) of \(counted(values, "value"))"
    if let range { facts += ", \(range.least) to \(range.greatest)" }
    if missing > 0 { facts += "; \(grouped(missing)) missing" }
    for (word, count) in nulls { facts += "; '\(word)' \(count == 1 ? "once" : counted(count, "time"))" }
    return facts + shownWords
  }

  private var textFacts: String {
    var facts = "text"
    if values > 0 { facts = counted(values, "value") }
    if let lengths {
      facts +=
        lengths.count == 1
        ? " of \(counted(lengths.lowerBound, "character"))"
        : " of \(lengths.lowerBound) to \(lengths.upperBound) characters"
    }
    if missing > 0 { facts += "; \(grouped(missing)) missing" }
    return words.count < values ? facts + shownWords : facts
  }

  /// As many of the words as fit on a line.
  private var shownWords: String {
    var shown: [String] = []
    var room = 90
    for word in words.map(\.quoted) {
      room -= word.count + 2
      if room < 0 { break }
      shown.append(word)
    }
    guard !shown.isEmpty else { return "" }
    return "; " + shown.joined(separator: ", ") + (shown.count < words.count ? ", …" : "")
  }
}

extension ColumnFinding.Misfit {
  /// `'absent' (12)`
  fileprivate var quoted: String { "'\(printable(text))'" + (count.map { " (\(grouped($0)))" } ?? "") }
}

/// A scalar that YAML reads back as `text`: plain where that is safe.
///
/// - Parameter quotes: always in quotes.
private func yaml(_ text: String, quotes: Bool = false) -> String {
  let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
  let isPlain =
    text.first.map { $0.isASCII && ($0.isLetter || $0 == "_" || $0 == "." || $0 == "/") } ?? false
    && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
  if isPlain, !quotes, !words.contains(text.lowercased()), text.contains(where: { $0.isLetter }) { return text }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      let isPrinted =
        scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)
        && ![0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
      let digits = String(scalar.value, radix: 16, uppercase: true)
      result += isPrinted ? String(scalar) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
  }
  return result + "\""
}
