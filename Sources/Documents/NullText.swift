import Diagnostics

/// A text that stands for null in data. It may be empty, and means what is written: `NA`, `""`, `null`.
package struct NullText: OptionValue {
  package let text: String
  package static let valueDescription = "a text"
  package static let schema = JSONSchema.scalar

  package init(text: String) { self.text = text }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> NullText? {
    guard let scalar = node.scalar else {
      if !node.isUnknown { diagnostics.report(.wrongType(expected: valueDescription, found: node)) }
      return nil
    }
    return NullText(text: scalar.string)
  }
}
