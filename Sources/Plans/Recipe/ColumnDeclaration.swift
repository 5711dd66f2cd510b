import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

extension ColumnDeclaration {
  private static let options: [any OptionDeclaration] = [
    Self.type, Self.precision, Self.scale, Self.format, Self.nulls, Self.from, Self.optional, Self.onError,
    Self.description, Self.tags,
  ]

  /// Reads `columns:`; faulty declarations are reported, and named apart.
  package static func readAll(
    _ arguments: Arguments, _ option: OptionalOption<Node>, into diagnostics: inout Diagnostics
  ) -> (sound: [ColumnDeclaration], spoiled: SpoiledColumns) {
    guard let node = arguments[option] else { return ([], .none) }
    guard let entries = node.entries else {
      diagnostics.report(.wrongType(expected: "a mapping of column to type", found: node))
      return ([], .all)
    }
    let sound = entries.compactMap { entry in read(entry, into: &diagnostics) }
    reportCollisions(sound, into: &diagnostics)
    let names = Set(entries.map(\.name)).subtracting(sound.map(\.name))
    return (sound, names.isEmpty ? .none : .named(names))
  }

  /// Two columns may not be read from the same one.
  private static func reportCollisions(_ declared: [ColumnDeclaration], into diagnostics: inout Diagnostics) {
    for (index, column) in declared.enumerated() {
      guard let first = declared[..<index].first(where: { $0.source == column.source }) else { continue }
      diagnostics.report(.sourceTaken(column.source, by: first.name, at: column.range))
    }
  }

  private static func read(_ entry: Node.Entry, into diagnostics: inout Diagnostics) -> ColumnDeclaration? {
    guard
      let arguments = Arguments.read(
        entry.value, options: Self.options, shorthand: Self.type, owner: owner(entry), into: &diagnostics)
    else { return nil }
    guard let type = declaredType(entry, arguments, into: &diagnostics) else { return nil }
    let formats = arguments[format]
    if !formats.isEmpty, !type.isTemporal {
      diagnostics.report(
        .badOption("a format is for dates and times, and '\(entry.name)' is \(type)", at: arguments.range(of: format)))
    }
    for format in formats where type.isTemporal {
      if let problem = format.format.problem(reading: type) {
        let hint = format.text.contains("%") ? nil : "parts are written with a percent sign, such as %d/%m/%Y"
        diagnostics.report(.badFormat(problem.message, at: format.range, help: hint))
      } else if type != .time, !format.format.namesDay {
        let message = "a \(type) cannot be read without a day"
        diagnostics.report(
          .badFormat(message, at: format.range, help: "read it as a string, and as a date by a step 'set'"))
      }
    }
    return ColumnDeclaration(
      name: entry.name, type: type, formats: formats.map(\.format), formatTexts: formats.map(\.text),
      nulls: arguments[Self.nulls]?.map(\.text), source: arguments[Self.from] ?? entry.name,
      isOptional: arguments[Self.optional], onError: arguments[Self.onError], tags: Set(arguments[Self.tags]),
      range: entry.key.range)
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
    let given = [precision, scale].filter { arguments.isGiven($0) }
    guard let first = given.first else { return resolveType(syntax, in: text, into: &diagnostics) }
    guard syntax.name == "decimal", syntax.arguments.isEmpty else {
      let place = arguments.keyRange(of: first) ?? entry.value.range
      diagnostics.report(.badOption("'\(first.name)' goes with 'type: decimal', and this is \(text.string)", at: place))
      return nil
    }
    guard let digits = arguments[precision] else {
      diagnostics.report(
        .missingKey("precision", of: owner(entry), at: arguments.range(of: scale), help: "or: type: decimal(6, 2)"))
      return nil
    }
    guard let type = DataType(name: "decimal", arguments: [digits, arguments[scale] ?? 0]) else {
      diagnostics.report(.badDecimal(at: arguments.range(of: given.last ?? first)))
      return nil
    }
    return type
  }

  private static func owner(_ entry: Node.Entry) -> String { "column '\(entry.name)'" }
}
