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
    return scope.matches(arguments[column], text, whole: whole, for: name)?.map { column, matches in
      .row(
        passes: matches, columns: [column], isRequired: arguments[required], facts: "\(text.string) \(whole)")
    }
  }
}

extension Scope {
  /// For each of some text columns whether it matches a pattern; nil, reported, where something is wrong.
  mutating func matches(
    _ selection: ColumnSelection, _ text: SourceText, whole: Bool, for owner: String
  ) -> [(column: BoundColumn, matches: Typed)]? {
    let selected = selectTexts(selection, for: owner)
    do {
      let compiled = try Pattern(text.bytes, ignoringCase: false, wholeValue: whole)
      return selected?.map { column in
        let node = graph.call(
          "matches", detail: [.text(text.bytes), .bool(whole)], [column.node], type: .bool, canFail: true
        ) { compiled.matches($0[0], in: $0.store, rows: $0.rows) }
        return (column, Typed(node, .bool))
      }
    } catch {
      diagnostics.report(.badPattern(error.message, at: text.range(error.offset, error.offset + 1)))
      return nil
    }
  }

  /// As `select`, of number columns only.
  mutating func selectNumbers(_ selection: ColumnSelection, for owner: String) -> [BoundColumn]? {
    guard let selected = select(selection) else { return nil }
    let others = selected.filter { !$0.type.isNumeric }
    for column in others {
      diagnostics.report(.notANumber(column.name, column.type, step: owner, at: selection.range(of: column.name)))
    }
    return others.isEmpty ? selected : nil
  }
}
