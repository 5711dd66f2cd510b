import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// The columns that a document declares, or the path of the file that does.
package struct DeclaredColumns: Sendable, OptionValue {
  package private(set) var sound: [ColumnDeclaration] = []
  /// The columns whose declaration is wrong.
  package private(set) var spoiled = SpoiledColumns.none
  /// Where they are declared, until it is loaded.
  private var file: Located<PathText>?

  package static let valueDescription = "a mapping of column to type, or the path of a file with one"
  package static let schema = JSONSchema.anyOf([.map(of: .reference("column")), .text])

  package init(_ sound: [ColumnDeclaration] = []) { self.sound = sound }

  init(spoiled: SpoiledColumns) { self.spoiled = spoiled }

  /// Faulty declarations are reported, and named apart.
  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> DeclaredColumns? {
    guard node.scalar != nil, !node.isNothing else { return declared(in: node, &diagnostics) }
    var columns = DeclaredColumns(spoiled: .all)
    columns.file = Located<PathText>.read(node, &diagnostics)
    return columns
  }

  private static func declared(in node: Node, _ diagnostics: inout Diagnostics) -> DeclaredColumns {
    guard let entries = node.entries else { return refuse(node, &diagnostics) ?? DeclaredColumns(spoiled: .all) }
    let sound = entries.compactMap { entry in ColumnDeclaration.read(entry, into: &diagnostics) }
    ColumnDeclaration.reportCollisions(sound, into: &diagnostics)
    let names = Set(entries.map(\.name)).subtracting(sound.map(\.name))
    var columns = DeclaredColumns(sound)
    if !names.isEmpty { columns.spoiled = .named(names) }
    return columns
  }

  /// The columns of the file that is named, if one is: the declarations, alone or under the one key `columns`.
  func loaded(by load: DocumentLoader, into diagnostics: inout Diagnostics) -> DeclaredColumns {
    guard let path = file else { return self }
    guard let file = load(path, &diagnostics), let root = parseYAML(file, into: &diagnostics) else {
      return DeclaredColumns(spoiled: .all)
    }
    guard let entries = root.entries, entries.count == 1, let only = entries.first, only.name == "columns",
      only.value.entries != nil
    else { return Self.declared(in: root, &diagnostics) }
    return Self.declared(in: only.value, &diagnostics)
  }
}

extension ColumnDeclaration {
  package static let options: [any OptionDeclaration] = [
    Self.type, Self.precision, Self.scale, Self.format, Self.nulls, Self.from, Self.optional, Self.onError,
    Self.description, Self.tags,
  ]

  /// Two columns may not be read from the same one.
  fileprivate static func reportCollisions(_ declared: [ColumnDeclaration], into diagnostics: inout Diagnostics) {
    for (index, column) in declared.enumerated() {
      guard let first = declared[..<index].first(where: { $0.source == column.source }) else { continue }
      diagnostics.report(.sourceTaken(column.source, by: first.name, at: column.range))
    }
  }

  fileprivate static func read(_ entry: Node.Entry, into diagnostics: inout Diagnostics) -> ColumnDeclaration? {
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
      if let problem = format.problem(reading: type) {
        diagnostics.report(problem)
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
