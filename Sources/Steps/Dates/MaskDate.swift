import Columns
import Documents
import Expressions
import Kernels
import Plans

/// Hides parts of dates and timestamps behind a symbol, in place; they become texts.
enum MaskDate: Step {
  static let name = "mask_date"
  static let summary = "Hide parts of dates or timestamps behind a symbol, in place; they become texts."
  static let nulls: String? = "Null stays null."
  static let details: String? = """
    A date is written as YYYY-MM-DD, a timestamp as YYYY-MM-DD HH:MM:SS.ffffff, an instant so on the clock of the \
    recipe's time zone; each digit of a hidden part is the symbol. 'millisecond' hides all that follows the second. \
    Texts are read first, by a step 'parse_date'.
    """

  static let columns = RequiredOption<ColumnSelection>("columns", "Date or timestamp columns.")
  static let parts = RequiredOption<[Part]>("parts", "The parts to hide.")
  static let symbol = DefaultedOption<String>("symbol", "One character to stand for each digit.", default: "#")
  static let options: [any OptionDeclaration] = [columns, parts, symbol]

  enum Part: String, CaseIterable, Sendable, OptionValue {
    case year, month, day, hour, minute, second, millisecond

    /// What stands before it, the directive that writes it, and its digits.
    var form: (before: String, directive: String, digits: Int) {
      switch self {
      case .year: ("", "%Y", 4)
      case .month: ("-", "%m", 2)
      case .day: ("-", "%d", 2)
      case .hour: (" ", "%H", 2)
      case .minute: (":", "%M", 2)
      case .second: (":", "%S", 2)
      case .millisecond: (".", "%f", 6)
      }
    }

    var isOfDate: Bool { [.year, .month, .day].contains(self) }
  }

  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep? {
    let hidden = arguments[parts]
    guard !hidden.isEmpty else {
      scope.report(.badOption("no part is named", at: arguments.range(of: parts)))
      return nil
    }
    guard arguments[symbol].count == 1 else {
      scope.report(.badOption("'symbol' is one character", at: arguments.range(of: symbol)))
      return nil
    }
    guard let selected = scope.select(arguments[columns]) else { return nil }
    var values: [(name: String, value: Typed)] = []
    for column in selected {
      guard [.date, .timestamp, .timestamptz].contains(column.type) else {
        let place = arguments[columns].range(of: column.name)
        scope.report(.notADate(column.name, column.type, rule: name, at: place))
        return nil
      }
      if column.type == .date, let part = hidden.first(where: { !$0.isOfDate }) {
        let message = "'\(column.name)' is a date, and has no \(part.rawValue)"
        scope.report(.badOption(message, at: arguments.range(of: parts)))
        return nil
      }
      let shown = Part.allCases.filter { column.type != .date || $0.isOfDate }
      guard let format = format(shown, hiding: hidden, behind: arguments[symbol]) else { return nil }
      values.append((column.name, scope.written(column.typed, by: format)))
    }
    return scope.replacing(values)
  }

  private static func format(_ shown: [Part], hiding hidden: [Part], behind symbol: String) -> TemporalFormat? {
    let literal = symbol == "%" ? "%%" : symbol
    let pattern = shown.map { part in
      let form = part.form
      return form.before + (hidden.contains(part) ? String(repeating: literal, count: form.digits) : form.directive)
    }
    do { return try TemporalFormat(pattern.joined()) } catch { return nil }
  }
}
