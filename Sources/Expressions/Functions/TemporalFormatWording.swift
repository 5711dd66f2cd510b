import Kernels

extension TemporalFormatError {
  /// What is wrong with the format, for people.
  package var message: String {
    switch reason {
    case .empty: "the format is empty"
    case .unknownDirective(let directive): "no directive '\(directive)'; '%%' stands for a percent sign"
    case .repeatedField(let directive): "'\(directive)' gives a part that the format has already"
    case .cannotBeRead(let directive): "'\(directive)' does not say enough to be read back"
    case .missing(let directive, let type): "a \(type) cannot be read without '\(directive)'"
    case .notIn(let type, let directive): "a \(type) has no '\(directive)'"
    }
  }
}
