import Diagnostics
import Documents
import Expressions

/// An entry of `inputs:`: an input beside the main one, read like it, and what is done to its rows before anybody sees them.
package struct FurtherInputDocument: Sendable {
  package let name: String
  package let range: SourceRange
  package let input: InputDocument
  package let steps: [Node]
  package let onRefused: OnRefused

  /// What becomes of the run when a row cannot be read, or a step fails on it.
  package enum OnRefused: String, CaseIterable, Sendable, OptionValue { case fail, reject }

  static let steps = DefaultedOption<[Node]>(
    "steps", "What is done to its rows, in order.", default: [], schema: .list(of: .reference("step")))
  static let onError = DefaultedOption<OnRefused>(
    "on_error",
    "What becomes of a row that cannot be read, does not fit or fails in a step: 'fail' the run, or 'reject' the row, "
      + "which is then left out and counted.", default: .fail)
  package static let options: [any OptionDeclaration] = InputDocument.options + [steps, onError]

  /// Every fault is reported, and what is sound is kept.
  static func read(
    _ entry: OrderedMap<Node>.Entry, load: DocumentLoader, into diagnostics: inout Diagnostics
  ) -> FurtherInputDocument {
    let arguments = Arguments.readSound(
      entry.value, options: options, shorthand: InputDocument.path, owner: "input '\(entry.key)'", into: &diagnostics
    ).arguments
    let input = InputDocument(arguments, into: &diagnostics)
    return FurtherInputDocument(
      name: entry.key, range: entry.keyRange, input: input.loadingColumns(by: load, into: &diagnostics),
      steps: arguments[steps], onRefused: arguments[onError])
  }

  /// Reads `inputs:`.
  static func readAll(
    _ entries: [OrderedMap<Node>.Entry], load: DocumentLoader, into diagnostics: inout Diagnostics
  ) -> [FurtherInputDocument] {
    if entries.count > most {
      diagnostics.report(.badOption("at most \(most) further inputs can be read", at: entries[most].keyRange))
    }
    return entries.prefix(most).compactMap { entry in
      if entry.key.isEmpty { diagnostics.report(.badOption("an input needs a name", at: entry.keyRange)) }
      return entry.key.isEmpty ? nil : read(entry, load: load, into: &diagnostics)
    }
  }

  /// More than anybody names by hand; each may ask for all others before it is bound.
  private static let most = 100
}

/// A further input, bound to its columns.
package struct BoundInput: Sendable {
  package let name: String
  package internal(set) var program: RowProgram
  /// The columns of its files, in the order in which the program reads them.
  package let inputColumns: [String]
  package let schemas: [BoundPlan.StageSchema]
  package let onRefused: FurtherInputDocument.OnRefused
}

extension BoundPlan {
  /// How often the input is read where the keys of further inputs fit in memory, and need no pass to be compared with.
  package var leastPasses: Int {
    Set(program.facts.filter { if case .membership = $0.kind { false } else { true } }.map(\.pass)).count + 1
  }

  /// How often a further input is asked for its keys by the program of the recipe or of another input: each time it is
  /// read anew, once for each of its own passes.
  package func readings(of place: Int) -> Int {
    let programs = [program] + furtherInputs.map(\.program)
    return programs.count { $0.asked.contains(place) } * (furtherInputs[place].program.passes)
  }
}

extension RowProgram {
  /// The further inputs that its facts ask.
  package var asked: Set<Int> {
    Set(facts.compactMap { if case .membership(let membership) = $0.kind { membership.input } else { nil } })
  }
}

extension Compiler {
  /// Binds the further inputs, each after those that its own steps ask.
  ///
  /// - Parameter areKnown: false where more of them may be meant than could be read.
  mutating func bindFurtherInputs(
    _ documents: [FurtherInputDocument], _ schemas: [InputSchema], areKnown: Bool
  ) {
    scope.relations = Relations(names: documents.map(\.name), areKnown: areKnown)
    let inputs = zip(documents, schemas).map { FurtherInput(document: $0, schema: $1) }
    for input in inputs { bind(input, of: inputs, asking: []) }
  }

  struct FurtherInput {
    let document: FurtherInputDocument
    let schema: InputSchema
  }

  /// - Parameter asking: the inputs that wait for this one, the first of them first.
  private mutating func bind(_ input: FurtherInput, of inputs: [FurtherInput], asking: [String]) {
    let document = input.document
    guard !furtherInputs.contains(where: { $0.name == document.name }) else { return }
    let path = asking + [document.name]
    while true {
      var part = Compiler(catalogue: catalogue, rules: rules, context: scope.context)
      part.scope.relations = scope.relations
      let bound = part.bindRows(of: document, input.schema)
      guard let name = part.scope.relations.wanted, let wanted = inputs.first(where: { $0.document.name == name })
      else { return take(part, bound) }
      if let start = path.firstIndex(of: name) {
        scope.diagnostics.report(.inputCycle(path[start...] + [name], at: document.range))
        scope.relations.lose(name)
      } else {
        bind(wanted, of: inputs, asking: path)
      }
    }
  }

  /// Takes over what a compiler of a further input found.
  private mutating func take(_ part: Compiler, _ bound: BoundInput) {
    var part = part
    scope.diagnostics.merge(part.diagnostics)
    part.scope.diagnostics = Diagnostics()
    scope.relations = part.scope.relations
    part.scope.relations = Relations(names: [])
    scope.relations.add(Relation(name: bound.name, scope: part.scope))
    furtherInputs.append(bound)
  }

  /// The further inputs with all that was asked of them.
  func finishedInputs() -> [BoundInput] {
    zip(furtherInputs, scope.relations.bound).map { input, relation in
      var input = input
      input.program.graph = relation.scope.graph
      return input
    }
  }

  /// An input that nobody asks is not read.
  mutating func warnOfIdleInputs(_ documents: [FurtherInputDocument]) {
    guard !scope.diagnostics.hasErrors else { return }
    var asked = program.asked
    var waiting = Array(asked)
    while let place = waiting.popLast() {
      let more = furtherInputs[place].program.asked.subtracting(asked)
      asked.formUnion(more)
      waiting += more
    }
    for (place, input) in furtherInputs.enumerated() where !asked.contains(place) {
      guard let document = documents.first(where: { $0.name == input.name }) else { continue }
      scope.diagnostics.report(
        .noEffect("no rule asks for input '\(input.name)', which is not read", at: document.range))
    }
  }

  /// Binds an input and its own steps.
  private mutating func bindRows(of document: FurtherInputDocument, _ schema: InputSchema) -> BoundInput {
    scope.spoil(document.input.columns.spoiled)
    let names = bindInput(document.input.columns.sound, schema, at: document.range)
    for (index, node) in document.steps.enumerated() { bindStep(node, index: index + 1) }
    if !scope.trusted.isEmpty, !schema.isLost {
      scope.diagnostics.report(.columnsOnTrust(scope.trusted, at: document.range))
    }
    if !refusesOnly { scope.diagnostics.report(.unheardRules(document.name, at: document.range)) }
    return BoundInput(
      name: document.name, program: program, inputColumns: names, schemas: schemas, onRefused: document.onRefused)
  }
}

extension Diagnostic {
  fileprivate static func inputCycle(_ names: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "input-cycle", "input '\(names.first ?? "")' cannot be had before itself", at: range,
      help: "the steps of these ask one for the other: " + names.joined(separator: " asks "))
  }

  fileprivate static func unheardRules(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unheard-rules", "a verdict on rules of input '\(name)' would go unheard", at: range,
      help: "the steps of a further input may judge rows one by one, without tolerances, severity 'warn' or a gate;\n"
        + "for more, give it a recipe of its own")
  }
}
