import Columns
import Diagnostics
import Documents
import Expressions
import Plans

/// The other side, bound and as an expression.
struct Pair {
  let value: Typed
  let columns: [BoundColumn]
  let text: String
}

/// A column's name as expressions have it, whatever is in it.
func quotedName(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }

/// What a column's values are held against: one value, or another column.
struct PairedValue {
  let value: Node?
  let other: Located<String>?
  /// The rule, for people.
  let owner: String
  let at: SourceRange

  init(value: Node?, other: Located<String>?, owner: String, at range: SourceRange) {
    self.value = value
    self.other = other
    self.owner = owner
    at = range
  }

  /// What it is for a column; nil, reported, where there is none or both, or their types do not meet.
  func typed(
    for column: BoundColumn, in scope: inout Scope
  ) -> Pair? {
    if let value, other == nil {
      guard let constant = scope.value(value, as: column.type, refusingNull: "null is equal to nothing") else {
        return nil
      }
      let text = "cast('\(constant.canonicalText.replacing("'", with: "''"))' as \(column.type))"
      return Pair(value: scope.constant(constant), columns: [], text: text)
    }
    guard let other, value == nil else {
      scope.diagnostics.report(.badOption("'\(owner)' needs either 'value' or 'other'", at: at))
      return nil
    }
    guard let found = scope.column(named: other.value) else {
      scope.reportUnknownColumn(other.value, at: other.range)
      return nil
    }
    guard column.type == found.type || column.type.isNumeric && found.type.isNumeric else {
      scope.diagnostics.report(
        .badOption("'\(column.name)' is \(column.type), and '\(found.name)' is \(found.type)", at: other.range))
      return nil
    }
    return Pair(value: found.typed, columns: [found], text: quotedName(found.name))
  }
}

/// `{absolute: 0.01, relative: 0.001}`: how far two numbers may be apart to count as equal.
struct Tolerance: OptionValue, Hashable {
  let absolute: Amount?
  let relative: Amount?

  static let absoluteOption = OptionalOption<Amount>("absolute", "The greatest difference.")
  static let relativeOption = OptionalOption<Amount>(
    "relative", "The greatest difference, as a share of the other number.")
  static let options: [any OptionDeclaration] = [absoluteOption, relativeOption]
  static let valueDescription = "{absolute, relative}"
  static let takesMapping = true
  static var schema: JSONSchema { .object(options) }

  static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Tolerance? {
    guard let arguments = Arguments.read(node, options: options, owner: "a tolerance", into: &diagnostics) else {
      return nil
    }
    let tolerance = Tolerance(absolute: arguments[absoluteOption], relative: arguments[relativeOption])
    guard tolerance.absolute != nil || tolerance.relative != nil,
      ![tolerance.absolute, tolerance.relative].contains(where: { $0?.isNegative ?? false })
    else {
      diagnostics.report(.badOption("a tolerance is 'absolute', 'relative' or both, and not negative", at: node.range))
      return nil
    }
    return tolerance
  }

  /// Whether two numbers are near enough; nil, reported, for other types.
  func allows(_ column: BoundColumn, _ other: Pair, at range: SourceRange, in scope: inout Scope) -> Typed? {
    guard column.type.isNumeric else {
      scope.diagnostics.report(.notANumber(column.name, column.type, step: "tolerance", at: range))
      return nil
    }
    let distance = "abs(\(quotedName(column.name)) - \(other.text))"
    var parts: [String] = []
    if let absolute { parts.append("\(distance) <= \(absolute.double)") }
    if let relative { parts.append("\(distance) <= \(relative.double) * abs(\(other.text))") }
    return scope.bind(SourceText(parts.joined(separator: " or "), path: ""))
  }
}
