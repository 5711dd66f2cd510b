import Documents
import Plans

/// Copies a column under another name.
enum Copy: Step {
  static let name = "copy"
  static let summary = "Copy a column under another name."
  static let nulls: String? = "stays null"

  static let from = RequiredOption<Located<String>>("from", "The column to copy.")
  static let to = RequiredOption<Located<String>>("to", "The copy's name; it is put at the end.")
  static let options: [any OptionDeclaration] = [from, to]
  static let changesShape = true

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let source = arguments[from]
    let target = arguments[to]
    guard let column = scope.column(source) else { return nil }
    guard scope.canMake(target) else { return nil }
    return .project(scope.columns + [column.renamed(target.value)], changed: [])
  }
}
