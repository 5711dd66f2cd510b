import Columns
import Diagnostics
import Documents
import Expressions

/// What is said of steps, rules and recipes that do not fit.
extension Diagnostic {
  package static func notText(_ column: String, _ type: DataType, step: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "type-mismatch", "'\(step)' takes text columns, and '\(column)' is \(type)", at: range)
  }

  package static func notANumber(
    _ column: String, _ type: DataType, step: String, at range: SourceRange?
  ) -> Diagnostic {
    Diagnostic(
      "type-mismatch", "'\(step)' takes number columns, and '\(column)' is \(type)", at: range,
      help: type.isText ? "cast it before: - cast: {\(column): float}" : nil)
  }

  package static func notADate(_ column: String, _ type: DataType, rule: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("type-mismatch", "'\(rule)' takes dates or timestamps, and '\(column)' is \(type)", at: range)
  }

  package static func notTextOrDate(
    _ column: String, _ type: DataType, step: String, at range: SourceRange?
  ) -> Diagnostic {
    Diagnostic("type-mismatch", "'\(step)' takes texts, dates and timestamps, and '\(column)' is \(type)", at: range)
  }

  package static func noColumnMatches(_ pattern: String, at range: SourceRange?, known: [String]) -> Diagnostic {
    Diagnostic("unknown-column", "no column's name matches \(pattern)", at: range, help: columnsHere(known))
  }

  package static func columnExists(_ name: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("column-exists", "there is a column '\(name)' already", at: range)
  }

  package static func badOption(_ message: String, at range: SourceRange?, help: String? = nil) -> Diagnostic {
    Diagnostic("bad-option", message, at: range, help: help)
  }

  /// Something is written that changes nothing.
  static func noEffect(_ message: String, at range: SourceRange?, help: String? = nil) -> Diagnostic {
    Diagnostic("no-effect", .warning, message, at: range, help: help)
  }

  package static func badPattern(_ message: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-pattern", "the pattern does not compile: \(message)", at: range)
  }

  package static func badFormat(_ message: String, at range: SourceRange?, help: String? = nil) -> Diagnostic {
    Diagnostic("bad-format", message, at: range, help: help)
  }

  package static func badValue(_ text: String, type: DataType, at range: SourceRange?) -> Diagnostic {
    Diagnostic("bad-value", "'\(text)' is no \(type)", at: range)
  }

  package static func untypedNull(_ column: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "untyped-null", "null alone does not say what type column '\(column)' is to have", at: range,
      help: "such as: cast(null as string)")
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

  static func unknownKind(
    _ name: String, what: Entry.What, at range: SourceRange, in catalogue: Catalogue
  ) -> Diagnostic {
    let kinds = what.kinds(in: catalogue)
    let near = didYouMean(name, in: kinds) ?? kinds.first { $0.hasPrefix("\(name)_") }.map { "did you mean '\($0)'?" }
    let help: String
    if what.other.kinds(in: catalogue).contains(name) {
      help =
        what == .step
        ? "'\(name)' is a rule: it goes under 'rules:', or into a step 'validate'"
        : "'\(name)' is a step: it goes under 'steps:'"
    } else if Function.named(name) != nil {
      help = "'\(name)' is a function: - \(what == .step ? "set: {column: \(name)(…)}" : "expect: \(name)(…)")"
    } else {
      help = "'brew \(what)s' lists them all"
    }
    return Diagnostic("unknown-\(what)", "no \(what) '\(name)'", at: range, label: near, help: help)
  }

  static func duplicateName(_ name: String, what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("duplicate-name", "another \(what) is named '\(name)' already", at: range)
  }

  static func foreignModifier(_ name: String, rule: String, isRowRule: Bool, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "foreign-modifier",
      isRowRule
        ? "'\(name)' goes with rules about all rows together, and '\(rule)' judges each row"
        : "'\(name)' counts rows that fail, and '\(rule)' judges all rows together", at: range)
  }

  /// An option of a step or rule that stands beside it.
  static func strayOption(_ name: String, of kind: String, what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "stray-option", "'\(name)' is an option of '\(kind)' and stands beside it", at: range,
      help: "indent it below '\(kind):', or write: - \(kind): {\(name): …}")
  }

  /// Two columns of a schema are read from the same column of the input.
  static func sourceTaken(_ source: String, by first: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "duplicate-column", "column '\(source)' of the input is read as '\(first)' already", at: range,
      help: "to have it twice, use a step: - copy: {from: \(first), to: …}")
  }

  static func nameTaken(_ name: String, source: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "duplicate-column", "'\(source)' is to be read as '\(name)', and the input has a column of that name", at: range)
  }

  static func badDecimal(at range: SourceRange) -> Diagnostic {
    Diagnostic("unknown-type", "a decimal has 1 to 38 digits, and no more than those after the point", at: range)
  }

  static func twoKinds(_ first: String, _ second: String, what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "two-kinds", "'\(second)' stands beside '\(first)': each \(what) is an element of its own", at: range,
      help: "begin a new line with '- \(second):'")
  }

  static func whenChangesShape(_ step: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "when-changes-shape", "'\(step)' changes which columns there are, which cannot be done for some rows only",
      at: range,
      help: "- set: {column: if(condition, new, old)} gives a column another value in some rows")
  }

  static func whenChangesType(_ column: String, from: DataType, to: DataType, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "when-changes-type",
      "with 'when', column '\(column)' would be \(to) in some rows and \(from) in others", at: range,
      help: "give the values another name, or cast them to \(from)")
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

  /// - Parameter range: the step that takes the last column away.
  static func noColumnLeft(at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      "no-columns", "no column is left after this step, so there is nothing to write", at: range,
      help: "keep one at least, such as: - select: [id]")
  }

  static func columnsOnTrust(_ names: [String], at range: SourceRange?) -> Diagnostic {
    let shown = names.prefix(10).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 10 ? ", …" : "")
    return Diagnostic(
      "columns-on-trust", .warning, "the input is not at hand: these columns are taken on trust: \(shown)", at: range)
  }
}
