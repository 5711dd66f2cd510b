import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// A transformation of rows, as a recipe names it. A step is words and a binding; the expressions it binds to do the work.
package protocol Step: SendableMetatype {
  /// The key in a recipe: a verb in snake_case.
  static var name: String { get }
  /// One line.
  static var summary: String { get }
  /// Every option, declared once: the reader, the help and the reference are made of them.
  static var options: [any OptionDeclaration] { get }
  /// What becomes of nulls, for people; nil where there is nothing to say.
  static var nulls: String? { get }
  /// What else there is to know, in whole sentences: odd values, whose definitions hold; nil where there is nothing.
  static var details: String? { get }
  /// The option that stands for all when the step's argument is no mapping of options.
  static var shorthand: (any OptionDeclaration)? { get }
  /// Whether it changes which columns there are, so that it cannot be done for some rows only.
  static var changesShape: Bool { get }
  /// Says what the step is for the columns that reach it. Faults are reported to the scope; nil when there was one.
  static func bind(_ arguments: Arguments, in scope: inout StepScope) -> BoundStep?
}

extension Step {
  package static var shorthand: (any OptionDeclaration)? { nil }
  package static var nulls: String? { nil }
  package static var details: String? { nil }
  package static var changesShape: Bool { false }
}

/// What a step is.
package enum BoundStep: Sendable {
  /// The columns that leave it; those not listed in `changed` pass through, under whatever name.
  case project([BoundColumn], changed: Set<String>, failing: FailingValues = FailingValues())
  /// Rows for which the condition is true stay.
  case keep(Typed)
  /// Rows for which the condition is true go.
  case remove(Typed)
  /// Rows for which the condition is true go to quarantine, for a reason that speaks of some columns and, where `kept`
  /// is given, names the row that was kept instead.
  case reject(Typed, code: ReasonCode, columns: [BoundColumn], kept: Typed? = nil)
  /// Rows that fail a rule are condemned here.
  case judge(RuleReader.Found)
}

/// What is said of the rows on which a changed column cannot be computed.
package struct FailingValues: Sendable {
  package let code: ReasonCode
  /// By changed column, what holds the value that was at fault, to be shown with the reason.
  package let sources: [String: NodeID]

  package init(_ code: ReasonCode = .expression, sources: [String: NodeID] = [:]) {
    self.code = code
    self.sources = sources
  }
}

/// What a step is bound in: the columns that reach it, its place, and the building of expressions.
package struct StepScope {
  package var scope: Scope
  /// Reads rules, for steps that judge.
  let rules: RuleReader
  /// Where the step stands, for texts that are not in any document.
  package let range: SourceRange

  package var columns: [BoundColumn] { scope.columns }

  package mutating func report(_ diagnostic: Diagnostic) { scope.diagnostics.report(diagnostic) }

  /// The columns that a selection names, in the order named; unknown ones are reported. Nil when one was.
  package mutating func select(_ selection: ColumnSelection) -> [BoundColumn]? {
    scope.select(selection)
  }

  /// A call of a function over columns and constants.
  package mutating func call(_ function: Function, _ arguments: Typed...) -> Typed? {
    scope.call(function, arguments)
  }

  /// All columns, with some of them computed anew. Names that are not there yet come last.
  package func replacing(
    _ replacements: [(name: String, value: Typed)], failing: FailingValues = FailingValues()
  ) -> BoundStep {
    var result = columns
    for (name, value) in replacements {
      let column = BoundColumn(name, value.node, value.type, cell: value.cell, tags: value.tags)
      if let position = scope.position(of: name) {
        result[position] = column
      } else if let position = result.firstIndex(where: { $0.name == name }) {
        result[position] = column
      } else {
        result.append(column)
      }
    }
    return .project(result, changed: Set(replacements.map(\.name)), failing: failing)
  }

  /// The rules written under a key, for steps that judge.
  package mutating func readRules(_ node: Node) -> RuleReader.Found {
    rules.read(node, in: &scope)
  }
}

extension BoundColumn {
  /// The column as a value for expressions.
  package var typed: Typed { Typed(node, type, tags: tags, cell: cell) }

  package func renamed(_ name: String) -> BoundColumn {
    var copy = self
    copy.name = name
    return copy
  }
}

extension Scope {
  /// The columns that a selection names, each once, where it is named first; nil, reported, when it names one that is not
  /// there. A pattern that none matches is reported too, unless not all columns are known: then it gives none.
  package mutating func select(_ selection: ColumnSelection) -> [BoundColumn]? {
    var result: [BoundColumn] = []
    var sound = true
    for item in selection.items {
      switch item {
      case .name(let name, let range):
        if let column = column(named: name) {
          if !result.contains(where: { $0.name == name }) { result.append(column) }
        } else {
          reportUnknownColumn(name, at: range)
          sound = false
        }
      case .pattern(let pattern, let text, let range):
        let matching = columns.filter { pattern.isFound(in: $0.name) }
        if matching.isEmpty, knowsAllColumns || hasSpoiled(where: pattern.isFound) {
          if !hasSpoiled(where: pattern.isFound) { diagnostics.report(.noColumnMatches(text, at: range, known: names)) }
          sound = false
        }
        result += matching.filter { match in !result.contains { $0.name == match.name } }
      }
    }
    return sound ? result : nil
  }
}

extension Pattern {
  /// Whether a part of a name matches.
  fileprivate func isFound(in name: String) -> Bool {
    let store = ByteStore(capacity: 256)
    let column = Constant.text(name).column(count: 1, in: store)
    return matches(column, in: store, rows: nil).bits[0]
  }
}
