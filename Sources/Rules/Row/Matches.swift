import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Texts must match a regular expression.
enum Matches: Rule {
  static let name = "matches"
  static let summary = "Texts match a regular expression, as a whole unless 'anywhere'."

  static let column = RequiredOption<ColumnSelection>("column", "The text column, or several; one rule each.")
  static let pattern = RequiredOption<PatternText>("pattern", "A regular expression (PCRE2).")
  static let anywhere = DefaultedOption<Bool>("anywhere", "Whether a part of the text is enough.", default: false)
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, pattern, anywhere, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let text = arguments[pattern].text
    let whole = !arguments[anywhere]
    let selected = scope.selectTexts(arguments[column], for: name)
    do {
      let compiled = try Pattern(text.bytes, ignoringCase: false, wholeValue: whole)
      return selected?.map { column in
        let node = scope.graph.call(
          "matches", detail: [.text(text.bytes), .bool(whole)], [column.node], type: .bool, canFail: true
        ) { compiled.matches($0[0], in: $0.store, rows: $0.rows) }
        return .row(
          passes: Typed(node, .bool), columns: [column], isRequired: arguments[required],
          facts: "\(text.string) \(whole)")
      }
    } catch {
      scope.diagnostics.report(.badPattern(error.message, at: text.range(error.offset, error.offset + 1)))
      return nil
    }
  }
}
