import Columns
import Documents
import Expressions
import Plans

/// Writes dates in another form, in place; they become texts.
enum FormatDate: Step {
  static let name = "format_date"
  static let summary = "Write dates in another form, in place: of texts, dates or timestamps it makes texts."
  static let nulls: String? = "Null stays null; a blank text becomes null."
  static let details: String? = """
    A text is read by the first format of 'from' that fits, as a timestamp; one that fits none condemns its row. Names \
    of days and months are English. An instant is written on the clock of the recipe's time zone.
    """

  static let columns = RequiredOption<ColumnSelection>("columns", "Text, date or timestamp columns.")
  static let from = DefaultedOption<[TemporalFormatText]>(
    "from", "Formats of texts, tried in order; default: ISO 8601's, such as '2024-09-01'.", default: [])
  static let to = RequiredOption<TemporalFormatText>("to", "The format to write, such as '%d %B %Y'.")
  static let options: [any OptionDeclaration] = [columns, from, to]

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let (formats, target) = (arguments[from], arguments[to])
    var sound = scope.canRead(.timestamp, by: formats)
    guard let selected = scope.select(arguments[columns]) else { return nil }
    var values: [(name: String, value: Typed)] = []
    for column in selected {
      let type: DataType = column.type.isText ? .timestamp : column.type
      guard [.date, .timestamp, .timestamptz].contains(type) else {
        let place = arguments[columns].range(of: column.name)
        scope.report(.notTextOrDate(column.name, column.type, step: name, at: place))
        sound = false
        continue
      }
      if let problem = target.problem(writing: type) {
        scope.report(problem)
        return nil
      }
      let value = column.type.isText ? scope.parsed(column.typed, as: type, by: formats) : column.typed
      values.append((column.name, scope.written(value, by: target.format)))
    }
    if sound, !formats.isEmpty, !selected.contains(where: { $0.type.isText }) {
      scope.report(.badOption("'from' is for texts, and no column here is one", at: arguments.range(of: from)))
      return nil
    }
    let sources = Dictionary(selected.map { ($0.name, $0.node) }, uniquingKeysWith: { first, _ in first })
    return sound ? scope.replacing(values, failing: FailingValues(.cast, sources: sources)) : nil
  }
}
