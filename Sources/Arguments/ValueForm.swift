/// How a value is written on the command line.
package struct ValueForm<Value: Sendable>: Sendable {
  let shape: ValueShape
  let read: @Sendable (String) -> Result<Value, ValueFault>

  package init(
    _ placeholder: String, choices: [String] = [], completion: ValueShape.Completion = .nothing,
    read: @escaping @Sendable (String) -> Result<Value, ValueFault>
  ) {
    self.read = read
    shape = ValueShape(placeholder: placeholder, choices: choices, completion: completion) { text in
      if case .failure(let fault) = read(text) { fault } else { nil }
    }
  }

  func value(_ text: String) -> Value? {
    if case .success(let value) = read(text) { value } else { nil }
  }

  /// The same values under another placeholder.
  package func named(_ placeholder: String) -> ValueForm {
    ValueForm(placeholder, choices: shape.choices, completion: shape.completion, read: read)
  }
}

/// What parser, help and completions know of a ``ValueForm``, whatever its values are.
package struct ValueShape: Sendable {
  package enum Completion: Sendable { case nothing, path, folder, command }

  let placeholder: String
  let choices: [String]
  let completion: Completion
  let fault: @Sendable (String) -> ValueFault?
}

/// Why a text is no value of its form.
package enum ValueFault: Error, Equatable, Sendable {
  case empty
  case notInteger
  case outside(ClosedRange<Int>)
  case notSize
  case notChoice([String])
  case notAssignment
  /// `expected` ends the sentence "expected …".
  case other(expected: String)
}

extension ValueForm<String> {
  /// Any text, the empty one too.
  package static func text(_ placeholder: String) -> ValueForm { ValueForm(placeholder) { .success($0) } }

  /// A file's path; `-` is for the command to read.
  package static let path = ValueForm("PATH", completion: .path) { $0.isEmpty ? .failure(.empty) : .success($0) }

  package static let folder = ValueForm("DIR", completion: .folder) { $0.isEmpty ? .failure(.empty) : .success($0) }
}

extension ValueForm<Int> {
  package static func integer(_ range: ClosedRange<Int>) -> ValueForm {
    ValueForm("N") { text in
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return .failure(.notInteger) }
      guard let value = Int(text), range.contains(value) else { return .failure(.outside(range)) }
      return .success(value)
    }
  }

  /// Bytes, such as `256M`: a whole number and, in powers of 1024, `K`, `M`, `G` or `T` (`MB` and `MiB` alike).
  package static let size = ValueForm("SIZE") { text in
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    var unit = text.dropFirst(digits.count).lowercased()
    if unit.hasSuffix("b") { unit.removeLast() }
    if unit.hasSuffix("i"), unit.count == 2 { unit.removeLast() }
    guard let number = Int(digits), let power = ["", "k", "m", "g", "t"].firstIndex(of: unit) else {
      return .failure(.notSize)
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << (10 * power))
    return overflow || bytes == 0 ? .failure(.notSize) : .success(bytes)
  }
}

/// A name and what it is set to: `term=2024-fall`.
package struct Assignment: Hashable, Sendable {
  package let name: String
  package let value: String
}

extension ValueForm<Assignment> {
  /// The value may be empty and may hold `=`.
  package static let assignment = ValueForm("NAME=VALUE") { text in
    guard let equal = text.firstIndex(of: "="), equal > text.startIndex else { return .failure(.notAssignment) }
    return .success(Assignment(name: String(text[..<equal]), value: String(text[text.index(after: equal)...])))
  }
}

extension ValueForm where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the words that are the type's raw values.
  package static func choice(_ type: Value.Type) -> ValueForm {
    let words = type.allCases.map(\.rawValue)
    return ValueForm(words.joined(separator: "|"), choices: words) { text in
      Value(rawValue: text).map { .success($0) } ?? .failure(.notChoice(words))
    }
  }
}
