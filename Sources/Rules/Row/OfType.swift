import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Texts must be readable as a type.
enum OfType: Rule {
  static let name = "type"
  static let summary = "Texts can be read as a type."

  static let column = RequiredOption<ColumnSelection>("column", "The column, or several; one rule each.")
  static let type = RequiredOption<TypeName>("is", "The type.")
  static let required = DefaultedOption<Bool>("required", "Whether a null fails.", default: false)
  static let options: [any OptionDeclaration] = [column, type, required]

  static func bind(_ arguments: Arguments, in scope: inout Scope) -> [RuleCheck]? {
    let wanted = arguments[type]
    guard let selected = scope.select(arguments[column]) else { return nil }
    return selected.compactMap { column in
      guard let read = scope.cast(column.typed, to: wanted.type) else {
        scope.diagnostics.report(.noCast(from: column.type, to: wanted.type, at: wanted.range))
        return nil
      }
      let node = scope.graph.call("can read", [column.node, read.node], type: .bool, canFail: false) { call in
        let fits = call[1].failures?.rows.inverted ?? Bitmap(repeating: true, count: call.count)
        // A null, or a column that failed itself, is not judged.
        return Column(.bool, .bits(fits), count: call.count, states: call[0].states)
      }
      return .row(
        passes: Typed(node, .bool), columns: [column], isRequired: arguments[required], facts: "\(wanted.type)")
    }
  }
}
