import Columns
import Diagnostics
import Documents
import Engine
import Expressions
import Formats
import Kernels
import Plans
import Rules
import Steps
import Storage

/// The steps and rules of the product.
package let catalogue = Catalogue(steps: steps, rules: rules)

/// What a document is compiled with besides itself.
package struct CompileRequest: Sendable {
  package var path: String
  /// Paths in place of the document's input.
  package var inputs: [String] = []
  /// `--set name=value`
  package var parameters: [(name: String, value: String)] = []
  /// `--as-of`; nil: the start of the run.
  package var asOf: String?
  /// `--until`: what comes after this step, given by number or name, is left out.
  package var until: String?
  /// Whether rows are to go to outputs, which takes a recipe.
  package var isToRun = false
  /// False for `brew check`, which goes on without the input.
  package var needsInput = true
  /// The run's identifier.
  package var run = ""

  package init(path: String) { self.path = path }
}

/// A document that was compiled: a plan if it is right, and everything that was found in it.
package struct Compilation: Sendable {
  package var diagnostics = Diagnostics()
  package var plan: BoundPlan?
  package var recipe: RecipeDocument?
  package var file: SourceFile?
  package var inputs: Inputs?
  package var context: CompileContext?
  package var parameters: [(name: String, value: String)] = []

  /// What a run needs; nil where a fault was found.
  package struct Ready: Sendable {
    package let plan: BoundPlan
    package let inputs: Inputs
    package let context: CompileContext
    package let file: SourceFile
  }

  package var ready: Ready? {
    guard let plan, let inputs, let context, let file, !diagnostics.hasErrors else { return nil }
    return Ready(plan: plan, inputs: inputs, context: context, file: file)
  }

  /// Compiles a recipe, or a ruleset against its own columns.
  package static func compile(_ request: CompileRequest, started: Int64) -> Compilation {
    var result = Compilation()
    guard let file = loadDocument(request.path, at: nil, &result.diagnostics) else { return result }
    result.file = file
    guard let root = parseYAML(file, into: &result.diagnostics) else { return result }
    if let names = root.entries?.map(\.name), !names.isEmpty, Set(names).isDisjoint(with: documentKeys) {
      result.diagnostics.report(.unknownDocument(at: root.range))
    } else if root["ruleset"] != nil, root["recipe"] == nil {
      if request.isToRun { result.diagnostics.report(.notRunnable(at: root.range)) }
      result.compile(ruleset: root, file, request, started)
    } else {
      result.compile(recipe: root, file, request, started)
    }
    return result
  }

  /// Compiles a ruleset over a file, for `brew validate`.
  package static func compile(
    rules path: String, over input: String, _ request: CompileRequest, started: Int64
  ) -> Compilation {
    var result = Compilation()
    guard let file = loadDocument(path, at: nil, &result.diagnostics) else { return result }
    result.file = file
    guard let root = parseYAML(file, into: &result.diagnostics),
      let ruleset = RulesetDocument(root, file, into: &result.diagnostics),
      let context = result.context(zone: .utc, [], request, started)
    else { return result }
    let document = InputDocument(
      paths: [], format: nil, columns: ruleset.columns, matchesByName: false, range: SourceRange(file, 0, 0))
    guard
      let inputs = Inputs.look(
        at: document, paths: [input], parameters: [:], isRequired: true, &result.diagnostics)
    else { return result }
    result.inputs = inputs
    var compiler = Compiler(catalogue: catalogue, rules: ruleReader(), context: context)
    result.plan = compiler.compile(ruleset, input: inputs.schema)
    result.diagnostics.merge(compiler.diagnostics)
    return result
  }

  private mutating func compile(recipe root: Node, _ file: SourceFile, _ request: CompileRequest, _ started: Int64) {
    guard let whole = RecipeDocument(root, file, into: &diagnostics) else { return }
    recipe = whole
    guard let document = request.until.map({ whole.ending(after: $0, &diagnostics) }) ?? whole else { return }
    guard let context = context(zone: document.zone, document.parameters, request, started) else { return }
    let texts = Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    guard
      let inputs = Inputs.look(
        at: document.input, paths: request.inputs, parameters: texts, isRequired: request.needsInput, &diagnostics)
    else { return }
    self.inputs = inputs
    var compiler = Compiler(catalogue: catalogue, rules: ruleReader(), context: context)
    let bound = compiler.compile(document, input: inputs.schema)
    diagnostics.merge(compiler.diagnostics)
    plan = diagnostics.hasErrors ? nil : bound
  }

  private mutating func compile(ruleset root: Node, _ file: SourceFile, _ request: CompileRequest, _ started: Int64) {
    guard let ruleset = RulesetDocument(root, file, into: &diagnostics),
      let context = context(zone: .utc, [], request, started)
    else { return }
    var compiler = Compiler(catalogue: catalogue, rules: ruleReader(), context: context)
    plan = compiler.compile(ruleset, input: InputSchema(names: nil, path: file.path, nulls: [[]]))
    diagnostics.merge(compiler.diagnostics)
  }

  /// The clock and the parameters; nil, reported, where one of them is wrong.
  private mutating func context(
    zone: TimeZone, _ declared: [ParameterDeclaration], _ request: CompileRequest, _ started: Int64
  ) -> CompileContext? {
    var values: [String: Constant] = [:]
    for (name, text) in request.parameters {
      guard let declaration = declared.first(where: { $0.name == name }) else {
        diagnostics.report(.undeclaredParameter(name, known: declared.map(\.name)))
        continue
      }
      guard let value = declaration.value(text) else {
        diagnostics.report(.badParameter(name, text, declaration.type))
        continue
      }
      values[name] = value
    }
    for declaration in declared where values[declaration.name] == nil {
      if let value = declaration.defaultValue {
        values[declaration.name] = value
      } else if !request.parameters.contains(where: { $0.name == declaration.name }), request.needsInput {
        diagnostics.report(.missingParameter(declaration.name, at: declaration.range))
      } else {
        values[declaration.name] = Constant(declaration.type, .null)
      }
    }
    parameters = declared.compactMap { declaration in
      values[declaration.name].map { (declaration.name, $0.canonicalText) }
    }
    var instant = started
    if let asOf = request.asOf {
      guard let given = Instant.parse(asOf, zone: zone) else {
        diagnostics.report(.badInstant(asOf))
        return nil
      }
      instant = given
    }
    guard !diagnostics.hasErrors || !request.needsInput else { return nil }
    let context = CompileContext(instant: instant, zone: zone, parameters: values, run: request.run)
    self.context = context
    return context
  }
}

/// A document without any of these is none of ours.
private let documentKeys = Set((RecipeDocument.options + RulesetDocument.options).map(\.name))

private func ruleReader() -> RuleReader {
  RuleReader(catalogue: catalogue) { path, diagnostics in
    guard let resolved = path.value.resolved([:], &diagnostics) else { return nil }
    return loadDocument(resolved, at: path.range, &diagnostics)
  }
}

/// Reads a document; nil, reported at the place that named it, where it cannot be read.
private func loadDocument(_ path: String, at range: SourceRange?, _ diagnostics: inout Diagnostics) -> SourceFile? {
  do throws(StorageFailure) {
    return SourceFile(path: path, bytes: try readFile(path))
  } catch {
    diagnostics.report(Diagnostic("no-document", error.message, at: range))
    return nil
  }
}

extension Diagnostic {
  fileprivate static func unknownDocument(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unknown-document", "this is neither a recipe nor a ruleset",
      at: SourceRange(range.file, range.lower, range.lower),
      help: "a recipe has the key 'recipe', a ruleset the key 'ruleset'")
  }

  fileprivate static func notRunnable(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "not-a-recipe", "a ruleset says nothing of input and output",
      at: SourceRange(range.file, range.lower, range.lower),
      help: "'brew validate INPUT --rules \(range.file.path)' judges a file by it")
  }

  fileprivate static func undeclaredParameter(_ name: String, known: [String]) -> Diagnostic {
    Diagnostic(
      "unknown-parameter", "--set \(name): no parameter '\(name)' is declared", at: nil,
      help: didYouMean(name, in: known))
  }

  fileprivate static func badParameter(_ name: String, _ text: String, _ type: DataType) -> Diagnostic {
    Diagnostic("bad-value", "--set \(name): '\(text)' is no \(type)", at: nil)
  }

  fileprivate static func badInstant(_ text: String) -> Diagnostic {
    Diagnostic(
      "bad-value", "--as-of: '\(text)' is no point in time", at: nil,
      help: "such as 2025-12-31 or 2025-12-31T08:00:00Z")
  }
}
