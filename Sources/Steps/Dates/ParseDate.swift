import Columns
import Documents
import Expressions
import Plans

/// Reads texts as dates, times or timestamps, in place.
enum ParseDate: Step {
  static let name = "parse_date"
  static let summary = "Read texts as dates, times or timestamps, in place."
  static let nulls: String? = "Null and blank texts become null."
  static let details: String? = """
    The formats are tried in order, and the whole text must fit one, spaces around it apart; a text that fits none \
    condemns its row. Only real days and times are read. A part that the format does not ask for is the first: \
    '%m/%Y' gives the first of the month.
    """

  static let columns = RequiredOption<ColumnSelection>("columns", "Text columns.")
  static let format = DefaultedOption<[TemporalFormatText]>(
    "format", "Formats such as '%d/%m/%Y', tried in order; default: ISO 8601's, such as '2024-09-01'.", default: [])
  static let type = DefaultedOption<Kind>("type", "What they become.", default: .date)
  static let options: [any OptionDeclaration] = [columns, format, type]
  static let shorthand: (any OptionDeclaration)? = columns

  enum Kind: String, CaseIterable, Sendable, OptionValue {
    case date, time, timestamp, timestamptz

    var type: DataType {
      switch self {
      case .date: .date
      case .time: .time
      case .timestamp: .timestamp
      case .timestamptz: .timestamptz
      }
    }
  }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let (type, formats) = (arguments[type].type, arguments[format])
    let canRead = scope.canRead(type, by: formats)
    guard let selected = scope.scope.selectTexts(arguments[columns], for: name), canRead else { return nil }
    let values = selected.map { column in
      let value = scope.parsed(column.typed, as: type, by: formats)
      // The cell goes with it, so that `raw(x)` is still the text that was read.
      return (name: column.name, value: Typed(value.node, type, tags: value.tags, cell: column.cell))
    }
    let sources = Dictionary(selected.map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
    return scope.replacing(values, failing: FailingValues(.cast, sources: sources))
  }
}
