import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// Numbers must be divisible.
enum MultipleOf: Rule {
  static let name = "multiple_of"
  static let summary = "Whole numbers and decimals are multiples of a number."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let of = RequiredOption<Node>("of", "The number, such as 5 or 0.25.", schema: .scalar)
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, of, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.selectNumbers(arguments[column], for: name) else { return nil }
    let checks = selected.compactMap { column -> RuleCheck? in
      guard !column.type.isFloat else {
        let range = arguments[self.column].range(of: column.name)
        scope.diagnostics.report(
          .badOption("'\(column.name)' is \(column.type), which is not exact", at: range, help: "cast it to a decimal"))
        return nil
      }
      guard let divisor = scope.value(arguments[of], as: column.type, refusingNull: "null divides nothing") else {
        return nil
      }
      guard divisor.canonicalText.contains(where: { ("1"..."9").contains($0) }) else {
        scope.diagnostics.report(.badOption("nothing is a multiple of zero", at: arguments.range(of: of)))
        return nil
      }
      let text = "\(quotedName(column.name)) % cast('\(divisor.canonicalText)' as \(column.type)) = 0"
      return scope.bind(SourceText(text, path: "")).map {
        .row(passes: $0, columns: [column], isRequired: arguments[required], facts: divisor.canonicalText)
      }
    }
    return checks.count == selected.count ? checks : nil
  }
}
