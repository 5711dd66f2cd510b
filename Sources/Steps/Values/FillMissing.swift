import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

/// Fills null, empty and blank values. Invalid values are not missing and stay.
enum FillMissing: Step {
  static let name = "fill_missing"
  static let summary = "Fill null, empty and blank values; invalid ones stay."

  static let columns = RequiredOption<ColumnSelection>("columns", "The columns to fill.")
  static let with = RequiredOption<Node>("with", "The value to fill with, or null.")
  static let options: [any OptionDeclaration] = [columns, with]

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    guard let selected = scope.select(arguments[columns]) else { return nil }
    var replacements: [(name: String, value: Typed)] = []
    for column in selected {
      guard let fill = scope.value(arguments[with], as: column.type) else { continue }
      replacements.append((column.name, filled(column, fill, &scope)))
    }
    return replacements.count == selected.count ? scope.replacing(replacements) : nil
  }

  private static func filled(_ column: BoundColumn, _ fill: Constant, _ scope: inout StepScope) -> Typed {
    let value = scope.scope.constant(fill)
    let node = scope.scope.graph.call(
      "fill_missing", [column.node, value.node], type: column.type, canFail: false
    ) { call in
      var missing = Logic.isNull(call[0]).bits
      if let invalid = call[0].invalid { missing.subtract(invalid) }
      if call.type.isText { missing.formUnion(Text.isBlank(call[0], in: call.store).bits) }
      guard !missing.isEmpty else { return call[0] }
      let condition = Column(.bool, .bits(missing), count: call.count)
      return Conditional.choose([(condition: condition, result: call[1])], otherwise: call[0], as: call.type)
    }
    return Typed(node, column.type, tags: column.tags, cell: column.cell)
  }
}
