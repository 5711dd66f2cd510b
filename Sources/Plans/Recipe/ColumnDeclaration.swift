import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

extension ColumnDeclaration {
  private static let options: [any OptionDeclaration] = [
    Self.type, Self.of, Self.scale, Self.format, Self.nulls, Self.from, Self.optional, Self.onError, Self.description,
    Self.tags,
  ]

  /// Reads `columns:`; faulty declarations are reported and left out. Nil where it is no mapping.
  package static func readAll(_ node: Node, into diagnostics: inout Diagnostics) -> [ColumnDeclaration]? {
    guard let entries = node.entries else {
      diagnostics.report(.wrongType(expected: "a mapping of column to type", found: node))
      return nil
    }
    return entries.compactMap { entry in read(entry, into: &diagnostics) }
  }

  private static func read(_ entry: Node.Entry, into diagnostics: inout Diagnostics) -> ColumnDeclaration? {
    let owner = "column '\(entry.name)'"
    guard
      let arguments = Arguments.read(
        entry.value, options: Self.options, shorthand: Self.type, owner: owner, into: &diagnostics)
    else { return nil }
    guard let type = declaredType(entry, arguments, into: &diagnostics) else { return nil }
    let formats = arguments[Self.format]
    if !formats.isEmpty, !type.isTemporal {
      diagnostics.report(.badOption("a format is for dates and times, not for \(type)", at: entry.value.range))
    }
    for format in formats {
      if let problem = format.format.problem(reading: type) {
        diagnostics.report(.badFormat(problem.message, at: format.range))
      }
    }
    return ColumnDeclaration(
      name: entry.name, type: type, formats: formats.map(\.format), formatTexts: formats.map(\.text),
      nulls: arguments[Self.nulls]?.map(\.text), source: arguments[Self.from] ?? entry.name,
      isOptional: arguments[Self.optional],
      onError: arguments[Self.onError], tags: Set(arguments[Self.tags]), range: entry.key.range)
  }

  /// `decimal(6, 2)`, or `decimal` with `precision` and `scale` beside it.
  private static func declaredType(
    _ entry: Node.Entry, _ arguments: Arguments, into diagnostics: inout Diagnostics
  ) -> DataType? {
    let place = arguments.node(of: Self.type) ?? entry.value
    guard place.scalar != nil else { return .string }
    guard let text = place.text(as: .type, &diagnostics), let syntax = parseType(text, into: &diagnostics) else {
      return nil
    }
    guard let precision = arguments[Self.of] else { return resolveType(syntax, in: text, into: &diagnostics) }
    guard syntax.name == "decimal", syntax.arguments.isEmpty else {
      diagnostics.report(.badOption("'precision' and 'scale' go with 'type: decimal'", at: entry.value.range))
      return nil
    }
    guard let type = DataType(name: "decimal", arguments: [precision, arguments[Self.scale] ?? 0]) else {
      diagnostics.report(
        .badOption("a decimal has 1 to 38 digits, and no more than those after the point", at: entry.value.range))
      return nil
    }
    return type
  }
}
