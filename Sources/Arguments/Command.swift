/// A subcommand: what it takes, declared once, and what it does. Parser, help and completions are derived.
///
/// ```swift
/// enum Plan: Command {
///   static let name = "plan"
///   static let summary = "Show the typed plan of a recipe."
///
///   static let recipe = Operand("RECIPE", "The recipe.", .path)
///   static let format = DefaultedOption("format", "How to show it.", .choice(PlanFormat.self), default: .text)
///   static let operands: [any OperandDeclaration] = [recipe]
///   static let options: [any OptionDeclaration] = [format]
///
///   static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
///     let path = try parsed[recipe]
///     …
///   }
/// }
/// ```
package protocol Command: SendableMetatype {
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }
  /// Paragraphs below the summary in the help; lines are filled anew.
  static var discussion: [String] { get }
  static var operands: [any OperandDeclaration] { get }
  static var options: [any OptionDeclaration] { get }

  /// Does the work.
  ///
  /// - Throws: what is wrong with the command line beyond single values, such as options that exclude each other.
  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus
}

extension Command {
  package static var discussion: [String] { [] }
  package static var operands: [any OperandDeclaration] { [] }
  package static var options: [any OptionDeclaration] { [] }
}
