import Diagnostics

/// Limits on a number that was measured: `{at_least, at_most, is, between}`, each a number or a share.
package struct Bounds: OptionValue, Hashable {
  package let atLeast: Amount?
  package let atMost: Amount?

  package static let atLeast = OptionalOption<Amount>("at_least", "The smallest value that will do.")
  package static let atMost = OptionalOption<Amount>("at_most", "The largest value that will do.")
  package static let exactly = OptionalOption<Amount>("is", "The only value that will do.")
  package static let between = OptionalOption<[Amount]>("between", "The smallest and the largest value that will do.")

  /// For whatever takes bounds beside options of its own.
  package static let options: [any OptionDeclaration] = [atLeast, atMost, exactly, between]

  /// Bounds that both limits, or the one that is given, make.
  package init(atLeast: Amount?, atMost: Amount?) {
    self.atLeast = atLeast
    self.atMost = atMost
  }

  /// The bounds among `arguments` that were read with ``options``; nil where none is given, or they contradict one another,
  /// which is reported.
  package static func read(_ arguments: Arguments, into diagnostics: inout Diagnostics) -> Bounds? {
    let range = arguments.node.range
    let pair = arguments[between]
    if let pair, pair.count != 2 {
      let place = arguments.range(of: between)
      diagnostics.report(.invalidValue("'between' takes two values, not \(pair.count)", at: place))
      return nil
    }
    let forms = [arguments[exactly] != nil, pair != nil, arguments[atLeast] != nil || arguments[atMost] != nil]
    guard forms.contains(true) else {
      diagnostics.report(
        .missingKey("at_least", of: "a bound", at: range, help: "or 'at_most', 'is', 'between'"))
      return nil
    }
    guard forms.filter({ $0 }).count == 1 else {
      diagnostics.report(.invalidValue("'is', 'between' and 'at_least' with 'at_most' exclude one another", at: range))
      return nil
    }
    let low = arguments[exactly] ?? pair?.first ?? arguments[atLeast]
    let high = arguments[exactly] ?? pair?.last ?? arguments[atMost]
    if let low, let high, low.isShare != high.isShare {
      diagnostics.report(.invalidValue("\(low) and \(high) cannot be compared: one is a share", at: range))
      return nil
    }
    if let low, let high, high.compare(low) > 0 {
      diagnostics.report(
        .invalidValue(
          "nothing is at least \(low) and at most \(high)", at: range, help: "the smaller bound comes first"))
      return nil
    }
    return Bounds(atLeast: low, atMost: high)
  }

  /// Where the bounds are written among other options.
  package static func range(in arguments: Arguments) -> SourceRange {
    options.first { arguments.isGiven($0) }.map { arguments.range(of: $0) } ?? arguments.node.range
  }

  package static var valueDescription: String { "a number, or bounds such as {at_least: 1}" }
  package static var schema: JSONSchema { .reference("bounds") }

  static var definition: JSONSchema {
    let asked = options.map { JSON.object([.init("required", .array([.string($0.name)]))]) }
    return .anyOf([Amount.schema, .object(options).with("anyOf", .array(asked))])
  }
  package static var takesMapping: Bool { true }

  /// A number alone is the only value that will do.
  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Bounds? {
    if node.scalar != nil, !node.isNothing {
      return Amount.read(node, &diagnostics).map { Bounds(atLeast: $0, atMost: $0) }
    }
    guard let arguments = Arguments.read(node, options: options, owner: "a bound", into: &diagnostics) else {
      return nil
    }
    return read(arguments, into: &diagnostics)
  }

  /// What the bounds are on.
  package enum Figure: Sendable {
    /// A number of rows.
    case count
    /// A part of all.
    case share
    /// Either, as the bound is written.
    case countOrShare
  }

  /// Reports bounds that can never, or must always, be met by such a figure; true where there are none.
  package func suit(_ figure: Figure, at range: SourceRange, into diagnostics: inout Diagnostics) -> Bool {
    for amount in [atLeast, atMost] {
      guard let amount else { continue }
      if figure == .share, !amount.isShare {
        let meant = amount.double <= 1 ? amount.double * 100 : amount.double
        let example = meant == meant.rounded() ? "\(Int(meant))%" : "\(meant)%"
        diagnostics.report(
          .invalidValue(
            "a share is bounded, and \(amount) is a number", at: range, help: "for a share write \(example)"))
        return false
      }
      if figure == .count, amount.isShare {
        diagnostics.report(.invalidValue("a number of rows is bounded, and \(amount) is a share", at: range))
        return false
      }
      if amount.isNegative || (!amount.isShare && amount.whole == nil) {
        diagnostics.report(.invalidValue("\(amount) is no number of rows", at: range))
        return false
      }
      if amount.isShare, amount.compare(count: 1, of: 1) < 0 {
        diagnostics.report(.invalidValue("\(amount) is more than all: a share is 100% at most", at: range))
        return false
      }
    }
    return true
  }

  /// Whether `count`, of `total`, keeps the bounds, exactly.
  package func admits(count: Int, of total: Int) -> Bool {
    if let atLeast, atLeast.compare(count: count, of: total) < 0 { return false }
    if let atMost, atMost.compare(count: count, of: total) > 0 { return false }
    return true
  }

  /// Whether a measured `value` keeps the bounds; NaN keeps none.
  package func admits(_ value: Double) -> Bool {
    if value.isNaN { return false }
    if let atLeast, value < atLeast.double { return false }
    if let atMost, value > atMost.double { return false }
    return true
  }

  /// Whether a limit is a share.
  package var isShare: Bool { (atLeast ?? atMost)?.isShare ?? false }
}

extension Bounds: CustomStringConvertible {
  /// The bounds as people say them: `at least 1`, `between 50 and 90`.
  package var description: String {
    switch (atLeast, atMost) {
    case (let low?, let high?) where low == high: "exactly \(low)"
    case (let low?, let high?): "between \(low) and \(high)"
    case (let low?, nil): "at least \(low)"
    case (nil, let high?): "at most \(high)"
    case (nil, nil): "anything"
    }
  }
}
