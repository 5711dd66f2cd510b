import Columns
import Diagnostics
import Documents

/// What is said of steps, rules and recipes that do not fit.
extension Diagnostic {
  package static func notText(_ column: String, _ type: DataType, step: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "type-mismatch", "'\(step)' takes text columns, and '\(column)' is \(type)", at: range)
  }

  package static func notADate(_ column: String, _ type: DataType, rule: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("type-mismatch", "'\(rule)' takes dates or timestamps, and '\(column)' is \(type)", at: range)
  }

  package static func noColumnMatches(_ pattern: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("unknown-column", "no column's name matches \(pattern)", at: range)
  }

  package static func columnExists(_ name: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("column-exists", "there is a column '\(name)' already", at: range)
  }

  package static func badOption(_ message: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-option", message, at: range)
  }

  package static func badPattern(_ message: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-pattern", "the pattern does not compile: \(message)", at: range)
  }

  package static func badFormat(_ message: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-format", message, at: range)
  }

  package static func badValue(_ text: String, type: DataType, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-value", "'\(text)' is no \(type)", at: range)
  }

  package static func unknownZone(_ name: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("unknown-zone", "no time zone '\(name)'", at: range, help: "names are IANA's, such as Europe/Berlin")
  }

  static func notAnEntry(
    _ text: String, what: String, at range: SourceRange, hint: String?, known: [String]
  ) -> Diagnostic {
    Diagnostic(
      "wrong-type", "a \(what) is written as a key with its arguments, and this is the text '\(text)'", at: range,
      label: hint.map { "write '\($0)'" } ?? nearest(text, in: known).map { "did you mean '\($0): …'?" })
  }

  static func noKind(what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("missing-key", "no \(what) is named here", at: range, help: "'brew \(what)s' lists them all")
  }

  static func unknownKind(_ name: String, what: String, at range: SourceRange, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-\(what)", "no \(what) '\(name)'", at: range,
      label: nearest(name, in: known).map { "did you mean '\($0)'?" }, help: "'brew \(what)s' lists them all")
  }

  static func twoKinds(_ first: String, _ second: String, what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "two-kinds", "'\(second)' stands beside '\(first)': each \(what) is an element of its own", at: range,
      help: "begin a new line with '- \(second):'")
  }

  static func whenChangesShape(_ step: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "when-changes-shape", "'\(step)' changes the columns, which cannot be done for some rows only", at: range)
  }

  static func whenChangesType(_ column: String, from: DataType, to: DataType, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "when-changes-type",
      "with 'when', column '\(column)' would be \(to) in some rows and \(from) in others", at: range)
  }

  static func missingColumn(_ name: String, at range: SourceRange?, known: [String], path: String) -> Diagnostic {
    Diagnostic(
      "missing-column", "the input has no column '\(name)'", at: range,
      label: nearest(name, in: known).map { "did you mean '\($0)'?" },
      help: "\(path) has: " + known.prefix(20).joined(separator: ", ") + (known.count > 20 ? ", …" : ""))
  }

  static func duplicateHeader(_ name: String, path: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("duplicate-column", "\(path) has two columns named '\(name)'", at: range)
  }

  package static func missingParameter(_ name: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "missing-parameter", "parameter '\(name)' has no default and was not set", at: range,
      help: "set it: --set \(name)=…")
  }

  static func launders(step: String, column: String, rule: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "launders", .warning,
      "'\(step)' makes null of the values that '\(rule)' on '\(column)' would have refused", at: range,
      help: "write 'others: keep', or 'required: true' beside the rule")
  }

  static func noColumnLeft() -> Diagnostic {
    Diagnostic("no-columns", "the steps leave no column, so there is nothing to write", at: nil)
  }

  static func columnsOnTrust(_ names: [String], at range: SourceRange?) -> Diagnostic {
    let shown = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 10 ? ", …" : "")
    return Diagnostic(
      "columns-on-trust", .warning, "the input is not at hand: these columns are taken on trust: \(shown)", at: range)
  }
}
