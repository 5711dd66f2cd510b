import Diagnostics
import Documents
import Plans

/// Gives columns other names.
enum Rename: Step {
  static let name = "rename"
  static let summary = "Give columns other names; all at once, so that names can be swapped."

  static let names = RequiredOption<OrderedMap<Located<String>>>("names", "Old name to new name.")
  static let options: [any OptionDeclaration] = [names]
  static let shorthand: (any OptionDeclaration)? = names
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    var sound = scope.isFilled(arguments[names], arguments, what: "column")
    for entry in arguments[names].entries { _ = scope.scope.column(named: entry.key) }
    var columns = scope.columns
    for entry in arguments[names].entries {
      guard let position = scope.scope.position(of: entry.key) else {
        scope.scope.reportUnknownColumn(entry.key, at: entry.keyRange)
        sound = false
        continue
      }
      columns[position] = columns[position].renamed(entry.value.value)
    }
    for entry in arguments[names].entries where entry.value.value.isEmpty {
      scope.report(.badOption("a column needs a name", at: entry.value.range))
      sound = false
    }
    guard sound else { return nil }
    for entry in arguments[names].entries where columns.count(where: { $0.name == entry.value.value }) > 1 {
      scope.report(.columnExists(entry.value.value, at: entry.value.range))
      sound = false
    }
    return sound ? .project(columns, changed: []) : nil
  }
}
