import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// `input: {path: …, format: …, columns: …}`
package struct InputDocument: Sendable, OptionValue {
  package let paths: [Located<PathText>]
  package let format: Node?
  package private(set) var columns: DeclaredColumns
  /// Whether files of one input may have their columns in another order.
  package let matchesByName: Bool
  package let range: SourceRange

  package enum Headers: String, CaseIterable, Sendable, OptionValue {
    case same
    case byName = "by_name"
  }

  static let path = RequiredOption<[Located<PathText>]>("path", "A path, a glob, a list of them.")
  static let format = OptionalOption<Node>(
    "format", "'csv', or {csv: {delimiter, header, encoding, nulls …}}.", schema: .reference("input_format"))
  static let columns = OptionalOption<DeclaredColumns>(
    "columns", "The declared schema, name to type, or the path of a file with one; other columns are strings.")
  static let headers = DefaultedOption<Headers>(
    "headers", "'same': all files have the same header; 'by_name': in any order.", default: .same)
  static let options: [any OptionDeclaration] = [
    Self.path, Self.format, Self.columns, Self.headers,
  ]

  package static let valueDescription = "a path, or {path, format, columns, headers}"
  package static var schema: JSONSchema { .arguments(options, shorthand: path) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> InputDocument? {
    let arguments = Arguments.readSound(
      node, options: Self.options, shorthand: Self.path, owner: "input", into: &diagnostics
    ).arguments
    return InputDocument(arguments, into: &diagnostics)
  }

  /// What is sound of it. A list of paths that is empty is reported.
  init(_ arguments: Arguments, into diagnostics: inout Diagnostics) {
    let paths = arguments.value(of: Self.path)
    if let paths, paths.isEmpty {
      diagnostics.report(.badOption("no path is given", at: arguments.range(of: Self.path)))
    }
    self.init(
      paths: paths ?? [], format: arguments[Self.format], columns: arguments[Self.columns] ?? DeclaredColumns(),
      matchesByName: arguments[Self.headers] == .byName, range: arguments.node.range)
  }

  package init(
    paths: [Located<PathText>], format: Node?, columns: DeclaredColumns, matchesByName: Bool, range: SourceRange
  ) {
    self.paths = paths
    self.format = format
    self.columns = columns
    self.matchesByName = matchesByName
    self.range = range
  }

  /// The document with the columns of the file that it names, if it does.
  func loadingColumns(by load: DocumentLoader, into diagnostics: inout Diagnostics) -> InputDocument {
    var copy = self
    copy.columns = columns.loaded(by: load, into: &diagnostics)
    return copy
  }
}

/// A column of a declared schema: `minutes: {type: int, nulls: ["", "-"]}`.
package struct ColumnDeclaration: Sendable {
  package let name: String
  package let type: DataType
  /// Tried in order; empty: the type's own forms.
  package let formats: [TemporalFormat]
  package let formatTexts: [String]
  /// The texts that mean null, in place of the input's; nil: the input's.
  package let nulls: [String]?
  /// The name in the source, where it is another.
  package let source: String
  package let isOptional: Bool
  package let onError: OnError
  package let tags: Set<String>
  package let range: SourceRange

  static let type = DefaultedOption<String>(
    "type", "Its type, such as int, date or decimal(6, 2).", default: "string", schema: TypeName.schema)
  static let precision = OptionalOption<Int>("precision", "Digits of a decimal, where 'type' is just 'decimal'.")
  static let scale = OptionalOption<Int>("scale", "Of them, those after the point.")
  static let format = DefaultedOption<[TemporalFormatText]>(
    "format", "How dates and times are written; tried in order.", default: [])
  static let nulls = OptionalOption<[NullText]>("nulls", "The texts that mean null here.")
  static let from = OptionalOption<String>("from", "The column's name in the source.")
  static let optional = DefaultedOption<Bool>("optional", "Null where the input lacks the column.", default: false)
  static let onError = DefaultedOption<OnError>(
    "on_error", "What becomes of a value that does not fit: 'reject' its row, keep it as 'invalid', or 'fail' the run.",
    default: .reject)
  static let description = OptionalOption<String>("description", "What it holds.")
  static let tags = DefaultedOption<[String]>("tags", "Labels, such as pii.", default: [])
}

/// What becomes of a value that cannot be computed.
package enum OnError: String, CaseIterable, Sendable, OptionValue { case reject, invalid, fail }
