import Diagnostics

/// The values of declared options, as a document gives them.
package struct Arguments: Sendable {
  private struct Given: Sendable {
    let value: any OptionValue
    let keyRange: SourceRange?
    let node: Node
  }

  /// All of it.
  package let node: Node
  private var given: [String: Given] = [:]

  private init(_ node: Node) { self.node = node }

  /// Reads the options of `owner` (`step 'trim'`).
  ///
  /// A node that is no mapping is the value of `shorthand`. So is a mapping, where the shorthand's value is written as one
  /// and either it is the only option or some key is no option's. The name of an only option is therefore never written:
  /// in `set: {values: a + b}` it is a column's.
  ///
  /// - Returns: Nil where anything is wrong: a key unknown or given twice, a required one missing, a value that is none.
  ///   All of it is reported.
  package static func read(
    _ node: Node, options: [any OptionDeclaration], shorthand: (any OptionDeclaration)? = nil, owner: String,
    into diagnostics: inout Diagnostics
  ) -> Arguments? {
    let found = readSound(node, options: options, shorthand: shorthand, owner: owner, into: &diagnostics)
    return found.isComplete ? found.arguments : nil
  }

  /// As `read`, but gives what is sound besides what is wrong, so that the rest of a document can be looked at. Required
  /// options may be missing then: ask for them with `value(of:)`.
  package static func readSound(
    _ node: Node, options: [any OptionDeclaration], shorthand: (any OptionDeclaration)? = nil, owner: String,
    into diagnostics: inout Diagnostics
  ) -> (arguments: Arguments, isComplete: Bool) {
    var arguments = Arguments(node)
    if node.isUnknown { return (arguments, false) }
    if let shorthand, isShort(node, shorthand, options), !node.isNothing {
      let missing = options.filter { $0.isRequired && $0.name != shorthand.name }
      for option in missing { diagnostics.report(.missing(option, of: owner, at: node.range)) }
      var found = Diagnostics()
      guard let value = shorthand.read(node, &found) else {
        let own = node.entries?.first { $0.name == shorthand.name && $0.value.entries != nil }
        if let own { found = Diagnostics([.needlessKey(own, owner)]) }
        diagnostics.merge(found)
        return (arguments, false)
      }
      diagnostics.merge(found)
      arguments.given[shorthand.name] = Given(value: value, keyRange: nil, node: node)
      return (arguments, missing.isEmpty)
    }
    guard let entries = node.isNothing ? [] : node.entries else {
      diagnostics.report(.wrongType(expected: "the options of \(owner) as a mapping", found: node))
      return (arguments, false)
    }
    let isSound = arguments.take(entries, options, owner, &diagnostics)
    let missing = options.filter { option in
      option.isRequired && !entries.contains { $0.name == option.name || option.aliases.contains($0.name) }
    }
    // A misspelt key is answered with the right one, and not missing besides.
    let known = options.map(\.name)
    let meant = Set(entries.compactMap { known.contains($0.name) ? nil : nearest($0.name, in: known) })
    for option in missing where !meant.contains(option.name) {
      diagnostics.report(.missing(option, of: owner, at: node.range))
    }
    return (arguments, isSound && missing.isEmpty)
  }

  private static func isShort(
    _ node: Node, _ shorthand: any OptionDeclaration, _ options: [any OptionDeclaration]
  ) -> Bool {
    guard let entries = node.entries else { return true }
    guard shorthand.takesMapping else { return false }
    let names = options.flatMap { [$0.name] + $0.aliases }
    return options.count == 1 || !entries.allSatisfy { names.contains($0.name) }
  }

  private mutating func take(
    _ entries: [Node.Entry], _ options: [any OptionDeclaration], _ owner: String, _ diagnostics: inout Diagnostics
  ) -> Bool {
    var isSound = true
    var seen: [String: SourceRange] = [:]
    for entry in entries {
      let named = options.first { $0.name == entry.name } ?? options.first { $0.aliases.contains(entry.name) }
      guard let option = named else {
        let known = options.map(\.name)
        diagnostics.report(.unknownKey(entry.name, of: owner, at: entry.key.range, known: known))
        isSound = false
        continue
      }
      if let first = seen[option.name] {
        diagnostics.report(.duplicateKey(entry.name, at: entry.key.range, first: first))
        isSound = false
        continue
      }
      seen[option.name] = entry.key.range
      if let value = option.read(entry.value, &diagnostics) {
        given[option.name] = Given(value: value, keyRange: entry.key.range, node: entry.value)
      } else {
        isSound = false
      }
    }
    return isSound
  }
}

/// Values by their options.
extension Arguments {
  package subscript<Value>(option: RequiredOption<Value>) -> Value {
    guard let value = given[option.name]?.value as? Value else {
      preconditionFailure("option '\(option.name)' is not among the options that were read")
    }
    return value
  }

  package subscript<Value>(option: OptionalOption<Value>) -> Value? { given[option.name]?.value as? Value }

  /// The value of a required option in arguments that may be incomplete.
  package func value<Value>(of option: RequiredOption<Value>) -> Value? { given[option.name]?.value as? Value }

  package subscript<Value>(option: DefaultedOption<Value>) -> Value {
    given[option.name]?.value as? Value ?? option.defaultValue
  }

  package func isGiven(_ option: any OptionDeclaration) -> Bool { given[option.name] != nil }

  /// Where the option's value stands, and all of the arguments where it was left out.
  package func range(of option: any OptionDeclaration) -> SourceRange { given[option.name]?.node.range ?? node.range }

  /// Where the option's key stands; nil in the short form and where it was left out.
  package func keyRange(of option: any OptionDeclaration) -> SourceRange? { given[option.name]?.keyRange }

  /// What the option's value was read from; nil where it was left out.
  package func node(of option: any OptionDeclaration) -> Node? { given[option.name]?.node }
}

extension Diagnostic {
  /// The name of an option stands above a mapping that needs none.
  fileprivate static func needlessKey(_ entry: Node.Entry, _ owner: String) -> Diagnostic {
    Diagnostic(
      "needless-key", "\(owner) takes its mapping as it is, and '\(entry.name)' would be one of its names",
      at: entry.key.range, help: "leave out '\(entry.name):' and move what is below it one level up")
  }

  fileprivate static func missing(
    _ option: any OptionDeclaration, of owner: String, at range: SourceRange
  ) -> Diagnostic {
    .missingKey(option.name, of: owner, at: range, help: "'\(option.name)' takes \(option.valueDescription)")
  }
}
