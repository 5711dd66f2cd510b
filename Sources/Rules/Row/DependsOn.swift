import Documents
import Expressions
import Plans

/// Where one value is present, others must be.
enum DependsOn: Rule {
  static let name = "depends_on"
  static let summary = "Where a value is present, those of other columns are too."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let requires = RequiredOption<ColumnSelection>("requires", "The columns that it needs.")
  static let options: [any OptionDeclaration] = [column, requires]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    guard let selected = scope.select(arguments[column]), let needed = scope.select(arguments[requires]) else {
      return nil
    }
    return selected.compactMap { column in
      let others = needed.filter { $0.name != column.name }
      let present = scope.isPresent(column.typed)
      guard let complete = scope.all(others.map { scope.isPresent($0.typed) }),
        let broken = scope.all([present, scope.not(complete)])
      else {
        scope.diagnostics.report(
          .badOption("'\(column.name)' needs another column than itself", at: arguments[requires].range))
        return nil
      }
      return .row(
        passes: scope.not(broken), columns: [column] + others, facts: others.map(\.name).joined(separator: ","))
    }
  }
}
