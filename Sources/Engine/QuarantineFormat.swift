import Documents
import Formats
import Plans

/// How refused rows are written.
package enum QuarantineFormat: Sendable, Hashable {
  /// The full record of each row.
  case jsonLines(QuarantineDocument.ValuesKept)
  /// The raw record and the names of the rules, with `withSource` also where it stood.
  case csv(withSource: Bool)
  case none

  package static let source = DefaultedOption<Bool>(
    "source", "Whether columns say where each record stood.", default: false)
  package static let csvOptions: [any OptionDeclaration] = [source]
}
