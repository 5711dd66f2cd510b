import Documents
import Expressions
import Plans

/// Takes white space off both ends of texts.
enum Trim: Step {
  static let name = "trim"
  static let summary = "Take white space, or other characters, off both ends of texts."
  static let nulls: String? = "stays null"

  static let columns = RequiredOption<ColumnSelection>("columns", "Text columns.")
  static let characters = OptionalOption<String>("characters", "The characters to take off instead of white space.")
  static let options: [any OptionDeclaration] = [columns, characters]
  static let shorthand: (any OptionDeclaration)? = columns

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    if arguments[characters] == "" {
      scope.report(.badOption("there are no characters to take off", at: arguments.range(of: Self.characters)))
      return nil
    }
    let characters = arguments[characters].map { scope.scope.constant(.text($0)) }
    return scope.replacingTexts(arguments[columns], for: name) { scope, column in
      if let characters { scope.call(.trim, column, characters) } else { scope.call(.trim, column) }
    }
  }
}
