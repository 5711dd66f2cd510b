import Diagnostics

/// An input beside the main one, as it is after its own steps.
package struct Relation: Sendable {
  package let name: String
  /// Its columns, and the graph of its own that computes them.
  package var scope: Scope

  package init(name: String, scope: Scope) {
    self.name = name
    self.scope = scope
  }
}

/// The inputs beside the main one, as far as they are bound. One that is asked for before that is taken note of, so that
/// it can be bound first.
package struct Relations: Sendable {
  package private(set) var bound: [Relation] = []
  /// The names of all of them.
  private let names: [String]
  /// False where none can be declared, and any may be meant: in a ruleset by itself.
  private let areKnown: Bool
  /// Those of which nothing can be known, as was reported.
  private var lost: Set<String> = []
  /// The first that was asked for and is not bound yet.
  package private(set) var wanted: String?

  package init(names: [String], areKnown: Bool = true) {
    self.names = names
    self.areKnown = areKnown
  }

  package mutating func add(_ relation: Relation) { bound.append(relation) }

  /// Takes note that nothing can be known of an input, so that nothing is said of its use.
  package mutating func lose(_ name: String) { lost.insert(name) }

  subscript(place: Int) -> Relation {
    get { bound[place] }
    set { bound[place] = newValue }
  }

  /// The place of an input; nil where it is not bound, which is reported where there is none of that name.
  fileprivate mutating func find(_ name: String, at range: SourceRange, _ diagnostics: inout Diagnostics) -> Int? {
    if let place = bound.firstIndex(where: { $0.name == name }) { return place }
    guard areKnown, !lost.contains(name) else { return nil }
    if names.contains(name) {
      wanted = wanted ?? name
    } else {
      diagnostics.report(.unknownInput(name, at: range, known: names))
    }
    return nil
  }
}

/// What keys are compared with: those of a further input.
package struct KeyLookup: Sendable {
  /// Which of the keys that ask fail.
  package enum Failing: Sendable { case absent, present }

  /// The input's place among those that are bound.
  package let input: Int
  /// The parts of its keys: nodes of its own graph, of the same types as the fact's columns.
  package let keys: [NodeID]
  package let failing: Failing

  package init(input: Int, keys: [NodeID], failing: Failing) {
    self.input = input
    self.keys = keys
    self.failing = failing
  }
}

extension Scope {
  /// The place of an input among those that are bound; nil, and what is wrong reported, where it is not there.
  package mutating func relation(named name: String, at range: SourceRange) -> Int? {
    relations.find(name, at: range, &diagnostics)
  }

  package subscript(relation place: Int) -> Scope {
    get { relations[place].scope }
    set { relations[place].scope = newValue }
  }
}

extension Diagnostic {
  fileprivate static func unknownInput(_ name: String, at range: SourceRange, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-input", "no further input '\(name)' is declared", at: range, label: didYouMean(name, in: known),
      help: known.isEmpty
        ? "a recipe declares them: inputs: {\(name): {path: …}}"
        : "the further inputs are " + known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : ""))
  }
}
