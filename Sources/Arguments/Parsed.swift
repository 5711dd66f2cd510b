import Glibc

/// What a command line said to one command, fetched by the very constants that declared it. Every value was checked
/// when the line was parsed.
package struct Parsed: Sendable {
  package let program: Program
  /// By option name, in the order given; a flag that was given has none.
  private var options: [String: [String]] = [:]
  private var operands: [String: [String]] = [:]

  init(program: Program) { self.program = program }

  mutating func add(_ option: OptionShape, _ value: String?) {
    options[option.name, default: []] += value.map { [$0] } ?? []
  }

  mutating func add(_ operand: OperandShape, _ value: String) { operands[operand.name, default: []].append(value) }

  func has(_ option: OptionShape) -> Bool { options[option.name] != nil }

  func has(_ operand: OperandShape) -> Bool { operands[operand.name] != nil }

  package subscript(flag: Flag) -> Bool { has(flag.shape) }

  package subscript<Value>(option: Option<Value>) -> Value? {
    options[option.shape.name]?.last.flatMap(option.form.value)
  }

  package subscript<Value>(option: DefaultedOption<Value>) -> Value {
    options[option.shape.name]?.last.flatMap(option.form.value) ?? option.defaultValue
  }

  package subscript<Value>(option: RepeatedOption<Value>) -> [Value] {
    options[option.shape.name, default: []].compactMap(option.form.value)
  }

  package subscript<Value>(operand: Operand<Value>) -> Value {
    get throws(UsageError) {
      guard let value = operands[operand.shape.name]?.first.flatMap(operand.form.value) else {
        throw .missingOperand(operand.shape.name)
      }
      return value
    }
  }

  package subscript<Value>(operand: OptionalOperand<Value>) -> Value? {
    operands[operand.shape.name]?.first.flatMap(operand.form.value)
  }

  package subscript<Value>(operand: Operands<Value>) -> [Value] {
    operands[operand.shape.name, default: []].compactMap(operand.form.value)
  }

  /// Whether text written to `descriptor` is to be coloured: `--color`, then `NO_COLOR`, then whether it is a terminal.
  package func colors(_ descriptor: Int32) -> Bool { self[CommonOptions.color].isOn(descriptor) }
}

package enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never

  func isOn(_ descriptor: Int32) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: isatty(descriptor) == 1 && !isSet("NO_COLOR") && !isDumb
    }
  }

  private func isSet(_ variable: String) -> Bool { getenv(variable).map { $0.pointee != 0 } ?? false }

  private var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? false }
}

/// Options that every command takes.
package enum CommonOptions {
  package static let color = DefaultedOption(
    "color", "Whether to colour what people read.", .choice(ColorChoice.self), default: .auto)
  package static let help = Flag("help", short: "h", "Show this help.")
  static let all: [any OptionDeclaration] = [color, help]
}
