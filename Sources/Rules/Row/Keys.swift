import Columns
import Diagnostics
import Documents
import Expressions
import Kernels
import Plans

extension Scope {
  /// The verdict where every part of the key is present, and null elsewhere.
  mutating func knownKey(_ key: [NodeID], _ verdict: Typed) -> Typed {
    let node = graph.call(
      "of a key", [verdict.node] + key, type: .bool, canFail: false, isPure: false
    ) { call in call[0].with(states: .strict(call.arguments)) }
    return Typed(node, .bool)
  }

  /// A check of keys by those of a further input.
  mutating func keyLookup(
    _ arguments: Arguments, _ options: KeyOptions, failing: KeyLookup.Failing
  ) -> [RuleCheck]? {
    let selected = select(arguments[options.columns])
    let input = arguments[options.input]
    guard let place = relation(named: input.value, at: input.range), let key = selected else { return nil }
    let names =
      arguments[options.keys] ?? key.map { Located($0.name, at: arguments[options.columns].range(of: $0.name)) }
    guard names.count == key.count else {
      diagnostics.report(
        .keyCounts(key.count, names.count, at: arguments.range(of: options.keys), rule: options.rule))
      return nil
    }
    var asked: [NodeID] = []
    var known: [NodeID] = []
    for (column, name) in zip(key, names) {
      guard let pair = keyPart(column, name, of: input.value, place) else { continue }
      asked.append(pair.asked)
      known.append(pair.known)
    }
    guard asked.count == key.count else { return nil }
    let lookup = KeyLookup(input: place, keys: known, failing: failing)
    let fails = fact(options.rule, .membership(lookup), of: asked, type: .bool, countsCondemned: true)
    let passes = knownKey(asked, not(Typed(fails, .bool)))
    return [.row(passes: passes, columns: key, facts: "\(input.value) \(names.map(\.value).joined(separator: ","))")]
  }

  /// A part of the key on both sides, of the one type in which they are compared; nil, reported, where there is none.
  private mutating func keyPart(
    _ column: BoundColumn, _ name: Located<String>, of input: String, _ place: Int
  ) -> (asked: NodeID, known: NodeID)? {
    guard let other = self[relation: place].column(named: name.value) else {
      if !self[relation: place].isSpoiled(name.value) {
        diagnostics.report(.noSuchKey(name.value, of: input, at: name.range, known: self[relation: place].names))
      }
      return nil
    }
    // Two integers may be one and the same float.
    let areAlike = column.type.isFloat == other.type.isFloat
    guard areAlike, let type = TypeRules.common(column.type, other.type), TypeRules.converts(column.type, to: type),
      TypeRules.converts(other.type, to: type), let asked = cast(column.typed, to: type),
      let known = self[relation: place].cast(other.typed, to: type)
    else {
      diagnostics.report(.keyTypes(column, other, of: input, at: name.range))
      return nil
    }
    return (asked.node, known.node)
  }
}

/// The options that rules about the keys of a further input share.
struct KeyOptions {
  let columns: RequiredOption<ColumnSelection>
  let input: RequiredOption<Located<String>>
  let keys: OptionalOption<[Located<String>]>
  let rule: String
}

extension Diagnostic {
  fileprivate static func noSuchKey(
    _ name: String, of input: String, at range: SourceRange, known: [String]
  ) -> Diagnostic {
    let label = didYouMean(name, in: known)
    let shown = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return Diagnostic(
      "unknown-column", "input '\(input)' has no column '\(name)'", at: range, label: label,
      help: label == nil ? "its columns are \(shown)" : nil)
  }

  fileprivate static func keyCounts(_ columns: Int, _ keys: Int, at range: SourceRange, rule: String) -> Diagnostic {
    .badOption(
      "'\(rule)' has \(columns) 'columns' and \(keys) 'keys': each column is compared with the key in its place",
      at: range)
  }

  fileprivate static func keyTypes(
    _ column: BoundColumn, _ other: BoundColumn, of input: String, at range: SourceRange
  ) -> Diagnostic {
    let isText = other.type == .string && column.type != .string
    let isOurText = column.type == .string && other.type != .string
    let help =
      isText
      ? "declare it: inputs: {\(input): {columns: {\(other.name): \(column.type)}}}"
      : isOurText ? "declare '\(column.name)' as \(other.type) under the input's 'columns:'" : "cast one of the two"
    return Diagnostic(
      "type-mismatch",
      "'\(column.name)' is \(column.type), and '\(other.name)' of input '\(input)' is \(other.type): as keys, these are not "
        + "compared",
      at: range, help: help)
  }
}
