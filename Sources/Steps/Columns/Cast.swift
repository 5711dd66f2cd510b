import Documents
import Expressions
import Plans

/// Turns columns into other types.
enum Cast: Step {
  static let name = "cast"
  static let summary = "Turn columns into other types; a value that does not fit condemns its row."
  static let nulls: String? = "stays null"

  static let types = RequiredOption<OrderedMap<TypeName>>("types", "Column to type.")
  static let options: [any OptionDeclaration] = [types]
  static let shorthand: (any OptionDeclaration)? = types

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    var replacements: [(name: String, value: Typed)] = []
    var sources: [String: NodeID] = [:]
    var sound = scope.isFilled(arguments[types], arguments, what: "column")
    for entry in arguments[types].entries {
      guard let column = scope.column(Located(entry.key, at: entry.keyRange)) else {
        sound = false
        continue
      }
      guard let value = scope.scope.cast(column.typed, to: entry.value.type) else {
        scope.report(.noCast(from: column.type, to: entry.value.type, at: entry.value.range))
        sound = false
        continue
      }
      let cell = value.cell ?? column.cell
      sources[entry.key] = column.node
      replacements.append((entry.key, Typed(value.node, value.type, tags: value.tags, cell: cell)))
    }
    return sound ? scope.replacing(replacements, failing: FailingValues(.cast, sources: sources)) : nil
  }
}
