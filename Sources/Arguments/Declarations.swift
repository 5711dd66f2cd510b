/// An option as parser, help and completions see it.
package struct OptionShape: Sendable {
  /// Without the dashes.
  let name: String
  let short: Character?
  let summary: String
  /// Nil for a flag.
  let value: ValueShape?
  let isRepeatable: Bool
  let defaultText: String?
}

package protocol OptionDeclaration: Sendable {
  var shape: OptionShape { get }
}

/// `--json`.
package struct Flag: OptionDeclaration {
  package let shape: OptionShape

  package init(_ name: String, short: Character? = nil, _ summary: String) {
    shape = OptionShape(
      name: name, short: short, summary: summary, value: nil, isRepeatable: false, defaultText: nil)
  }
}

/// `--limit N`: nil where it was not given.
package struct Option<Value: Sendable>: OptionDeclaration {
  package let shape: OptionShape
  let form: ValueForm<Value>

  package init(_ name: String, short: Character? = nil, _ summary: String, _ form: ValueForm<Value>) {
    self.form = form
    shape = OptionShape(
      name: name, short: short, summary: summary, value: form.shape, isRepeatable: false, defaultText: nil)
  }
}

/// `--format text`: `default` where it was not given.
package struct DefaultedOption<Value: Sendable>: OptionDeclaration {
  package let shape: OptionShape
  let form: ValueForm<Value>
  let defaultValue: Value

  /// - Parameter shown: the default as people write it; nil to say nothing of it.
  package init(
    _ name: String, short: Character? = nil, _ summary: String, _ form: ValueForm<Value>, default value: Value,
    shown: String?
  ) {
    self.form = form
    defaultValue = value
    shape = OptionShape(
      name: name, short: short, summary: summary, value: form.shape, isRepeatable: false, defaultText: shown)
  }
}

extension DefaultedOption where Value: RawRepresentable, Value.RawValue == String {
  package init(
    _ name: String, short: Character? = nil, _ summary: String, _ form: ValueForm<Value>, default value: Value
  ) {
    self.init(name, short: short, summary, form, default: value, shown: value.rawValue)
  }
}

/// `--set k=v --set l=w`: all of them, in their order.
package struct RepeatedOption<Value: Sendable>: OptionDeclaration {
  package let shape: OptionShape
  let form: ValueForm<Value>

  package init(_ name: String, short: Character? = nil, _ summary: String, _ form: ValueForm<Value>) {
    self.form = form
    shape = OptionShape(
      name: name, short: short, summary: summary, value: form.shape, isRepeatable: true, defaultText: nil)
  }
}

/// An operand, what stands on the command line without dashes, as parser, help and completions see it.
package struct OperandShape: Sendable {
  /// In capitals; unique within a command.
  let name: String
  let summary: String
  let value: ValueShape
  let isRequired: Bool
  let isRepeatable: Bool
}

package protocol OperandDeclaration: Sendable {
  var shape: OperandShape { get }
}

/// `RECIPE`.
package struct Operand<Value: Sendable>: OperandDeclaration {
  package let shape: OperandShape
  let form: ValueForm<Value>

  package init(_ name: String, _ summary: String, _ form: ValueForm<Value>) {
    self.form = form
    shape = OperandShape(name: name, summary: summary, value: form.shape, isRequired: true, isRepeatable: false)
  }
}

/// `[NAME]`; after all required ones.
package struct OptionalOperand<Value: Sendable>: OperandDeclaration {
  package let shape: OperandShape
  let form: ValueForm<Value>

  package init(_ name: String, _ summary: String, _ form: ValueForm<Value>) {
    self.form = form
    shape = OperandShape(name: name, summary: summary, value: form.shape, isRequired: false, isRepeatable: false)
  }
}

/// `FILE…`, or `[FILE…]` where none is fine; the last operand of its command.
package struct Operands<Value: Sendable>: OperandDeclaration {
  package let shape: OperandShape
  let form: ValueForm<Value>

  package init(_ name: String, _ summary: String, _ form: ValueForm<Value>, isRequired: Bool = true) {
    self.form = form
    shape = OperandShape(
      name: name, summary: summary, value: form.shape, isRequired: isRequired, isRepeatable: true)
  }
}
