/// Diagnostics as text for people: the place, the line, and carets under what is meant.
///
/// ```
/// recipes/attendance.yaml:14:18: error[unknown-column]: no column 'minuts' at this step
///    14 |   - set: {ratio: minuts / 50.0}
///       |                  ^^^^^^ did you mean 'minutes'?
/// ```
///
/// Control characters of the document are shown as U+FFFD, tabs are kept, and a very long line is cut around the place.
extension Diagnostic {
  /// The text, without a final line end; in ANSI colours where `colored`.
  package func rendered(colored: Bool = false) -> String {
    let paint = Paint(isOn: colored)
    let place = range.map { "\($0.file.path):\($0.start.line):\($0.start.column): " } ?? ""
    let kind = paint.severity(severity, "\(severity.rawValue)[\(code)]:")
    var lines = [paint.bold(printable(place)) + kind + " " + paint.bold(printable(message))]
    let number = range.map { String($0.start.line) } ?? ""
    let gutter = max(5, number.count)
    if let range {
      let excerpt = Excerpt(range)
      let padding = String(repeating: " ", count: gutter - number.count)
      lines.append(paint.faint("\(padding)\(number) |") + (excerpt.line.isEmpty ? "" : " \(excerpt.line)"))
      let carets = [excerpt.carets, label.map(printable)].compactMap { $0 }.joined(separator: " ")
      lines.append(
        paint.faint(String(repeating: " ", count: gutter) + " |") + " " + excerpt.padding
          + paint.severity(severity, carets))
    } else if let label {
      lines.append(String(repeating: " ", count: gutter + 1) + printable(label))
    }
    let indent = String(repeating: " ", count: gutter + 1)
    for (index, line) in (help ?? "").split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where help != nil {
      lines.append(indent + (index == 0 ? paint.bold("help:") : "     ") + " " + printable(String(line)))
    }
    return lines.joined(separator: "\n")
  }

  /// The fields `code severity message file line column end_line end_column help`; lines and columns from 1, columns in
  /// Unicode scalars, the end being the place after the last character; null where no document is to blame. `help`
  /// holds the words beside the caret too.
  package var json: JSON {
    let start = range?.start
    let end = range?.end
    let words = [label, help].compactMap { $0 }
    return [
      "code": .string(code), "severity": .string(severity.rawValue), "message": .string(message),
      "file": .optional(range?.file.path), "line": .optional(start?.line), "column": .optional(start?.column),
      "end_line": .optional(end?.line), "end_column": .optional(end?.column),
      "help": words.isEmpty ? nil : .string(words.joined(separator: "\n")),
    ]
  }
}

extension Diagnostics {
  /// Each diagnostic's text, one below the other; empty where there is none.
  package func rendered(colored: Bool = false) -> String {
    all.map { $0.rendered(colored: colored) + "\n" }.joined()
  }

  package var json: JSON { .array(all.map(\.json)) }
}

/// The first line of a range, as it is shown, and what stands under it.
private struct Excerpt {
  private static let longest = 200
  private static let before = 60

  let line: String
  let padding: String
  let carets: String

  init(_ range: SourceRange) {
    let file = range.file
    let bounds = file.lineBounds(file.lineIndex(of: range.lower))
    let all = Array(printable(file.text(bounds.lowerBound, bounds.upperBound)).unicodeScalars)
    let column = file.text(bounds.lowerBound, range.lower).unicodeScalars.count
    let marked = file.text(max(range.lower, bounds.lowerBound), min(range.upper, bounds.upperBound))
    let width = marked.unicodeScalars.count
    let first = all.count > Self.longest ? max(0, min(column, all.count) - Self.before) : 0
    let last = min(all.count, first + Self.longest)
    let shown = all[first..<last]
    let head = first > 0 ? "…" : ""
    line = head + Excerpt.string(shown) + (last < all.count ? "…" : "")
    let blanks = shown.prefix(max(0, column - first)).map { $0 == "\t" ? $0 : " " }
    let beyond = max(0, min(column - all.count, 1))
    padding = Excerpt.string((first > 0 ? [" "] : []) + blanks) + String(repeating: " ", count: beyond)
    carets = String(repeating: "^", count: max(1, min(width, last - column)))
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
