import Diagnostics

/// What is wrong with a command line, as facts.
package enum UsageError: Error, Equatable, Sendable {
  case unknownCommand(String, known: [String])
  case unknownOption(String, known: [String])
  case missingValue(option: String, placeholder: String)
  case unexpectedValue(option: String, value: String)
  case givenTwice(option: String)
  /// `place` is the option or operand as it is written.
  case badValue(place: String, value: String, ValueFault)
  case missingOperand(String)
  case extraOperand(String)
  /// Two options, as they are written, of which only one can be given.
  case exclusive(String, String)
  /// One option, as it is written, that makes no sense without another.
  case needs(String, other: String)

  /// `error: …` and `help: …` lines, each with its line end.
  ///
  /// - Parameter command: the words before the operands, such as `brew apply`, whose help is offered where there is
  ///   nothing better to say.
  package func rendered(command: String, colored: Bool = false) -> String {
    let error = colored ? "\u{1B}[1;31merror:\u{1B}[0m" : "error:"
    let bold = colored ? "\u{1B}[1mhelp:\u{1B}[0m" : "help:"
    return "\(error) \(printable(message))\n\(bold) \(printable(advice ?? "see '\(command) --help'"))\n"
  }

  private var message: String {
    switch self {
    case .unknownCommand(let name, _): "unknown command '\(name)'"
    case .unknownOption(let name, _): "unknown option '\(name)'"
    case .missingValue(let option, let placeholder): "option '\(option)' needs a value: \(option) \(placeholder)"
    case .unexpectedValue(let option, let value): "option '\(option)' takes no value, but '\(value)' was given"
    case .givenTwice(let option): "option '\(option)' is given twice"
    case .badValue(let place, let value, let fault): "'\(value)' is no value for '\(place)': expected \(fault.expected)"
    case .missingOperand(let name): "\(name) is missing"
    case .extraOperand(let text): "'\(text)' is one argument too many"
    case .exclusive(let one, let other): "'\(one)' and '\(other)' exclude each other"
    case .needs(let one, let other): "'\(one)' needs '\(other)' beside it"
    }
  }

  private var advice: String? {
    switch self {
    case .unknownCommand(let name, let known), .unknownOption(let name, let known): didYouMean(name, in: known)
    case .badValue(_, let value, .notChoice(let words)): didYouMean(value, in: words)
    default: nil
    }
  }
}

extension ValueFault {
  fileprivate var expected: String {
    switch self {
    case .empty: "a text that is not empty"
    case .notInteger: "a whole number"
    case .outside(let range):
      range.upperBound == .max
        ? "a whole number, at least \(range.lowerBound)"
        : "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .notSize: "a size such as 256M (K, M, G, T)"
    case .notChoice(let words): alternatives(words)
    case .notAssignment: "NAME=VALUE"
    case .other(let expected): expected
    }
  }
}

/// `a, b or c`.
func alternatives(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.joined() }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
