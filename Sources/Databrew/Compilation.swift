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
  /// The further inputs that could be had, by their names.
  private var furtherInputs: [String: Inputs] = [:]
  package var context: CompileContext?
  package var parameters: [(name: String, value: String)] = []
  /// The parameters whose value is not known.
  private var lostParameters: [String] = []

  /// What a run needs; nil where a fault was found.
  package struct Ready: Sendable {
    package let plan: BoundPlan
    package let inputs: Inputs
    /// In the order of the plan's.
    package let furtherInputs: [Inputs]
    package let context: CompileContext
    package let file: SourceFile
  }

  package var ready: Ready? {
    guard let plan, let inputs, let context, let file, !diagnostics.hasErrors else { return nil }
    let further = plan.furtherInputs.compactMap { furtherInputs[$0.name] }
    guard further.count == plan.furtherInputs.count else { return nil }
    return Ready(plan: plan, inputs: inputs, furtherInputs: further, context: context, file: file)
  }

  /// Everything that rows are read from.
  var allFiles: [InputFile] { (inputs?.files ?? []) + furtherInputs.values.flatMap(\.files) }

  /// The files of a further input; empty where they are not at hand.
  func files(of input: BoundInput) -> [InputFile] { furtherInputs[input.name]?.files ?? [] }

  /// Compiles a recipe, or a ruleset against its own columns.
  package static func compile(_ request: CompileRequest, started: Int64) -> Compilation {
    var result = Compilation()
    result.compile(request, started)
    result.diagnostics = result.diagnostics.inOrderOfPosition
    return result
  }

  private mutating func compile(_ request: CompileRequest, _ started: Int64) {
    guard let file = loadDocument(request.path, at: nil, &diagnostics) else { return }
    self.file = file
    guard let root = parseYAML(file, into: &diagnostics) else { return }
    if root.isUnknown { return }
    let names = root.entries.map { $0.map(\.name) } ?? []
    if Set(names).isDisjoint(with: documentKeys) {
      diagnostics.report(.unknownDocument(at: root.range))
    } else if root["ruleset"] != nil, root["recipe"] == nil {
      guard !request.isToRun else {
        diagnostics.report(.notRunnable(at: root.range))
        return
      }
      compile(ruleset: root, file, request, started)
    } else {
      compile(recipe: root, file, request, started)
    }
  }

  /// Compiles a ruleset over a file, or a recipe's steps and rules, for `brew validate`.
  package static func compile(
    rules path: String, over input: String, _ request: CompileRequest, started: Int64
  ) -> Compilation {
    var result = Compilation()
    result.compile(rules: path, over: input, request, started)
    result.diagnostics = result.diagnostics.inOrderOfPosition
    return result
  }

  private mutating func compile(rules path: String, over input: String, _ request: CompileRequest, _ started: Int64) {
    guard let file = loadDocument(path, at: nil, &diagnostics) else { return }
    self.file = file
    guard let root = parseYAML(file, into: &diagnostics) else { return }
    if root["recipe"] != nil {
      var request = request
      request.inputs = [input]
      return compile(recipe: root, file, request, started, mode: .validate)
    }
    let ruleset = RulesetDocument(root, file, load: loadNamedDocument, into: &diagnostics)
    let document = InputDocument(
      paths: [], format: nil, columns: ruleset.columns, matchesByName: false, range: SourceRange(file, 0, 0))
    inputs = look(at: document, [input], isRequired: true)
    let schema = schema(of: inputs)
    bind(context(ruleset.name, zone: .utc, [], request, started)) { $0.compile(ruleset, input: schema) }
  }

  private mutating func compile(
    recipe root: Node, _ file: SourceFile, _ request: CompileRequest, _ started: Int64, mode: RunMode = .apply
  ) {
    let whole = RecipeDocument(root, file, load: loadNamedDocument, into: &diagnostics)
    recipe = whole
    guard let document = request.until.map({ whole.ending(after: $0, &diagnostics) }) ?? whole else { return }
    let context = context(
      document.name, zone: document.zone, document.parameters, spoiled: document.spoiledParameters, request, started)
    inputs = look(at: document.input, request.inputs, isRequired: request.needsInput)
    let schema = schema(of: inputs)
    let further = document.furtherInputs.map { input in
      furtherInputs[input.name] = lookBeside(input, request)
      return self.schema(of: furtherInputs[input.name])
    }
    bind(context) { $0.compile(document, input: schema, further: further, mode: mode) }
  }

  /// The files of a further input; nil where they cannot be had, which was reported.
  private mutating func lookBeside(_ further: FurtherInputDocument, _ request: CompileRequest) -> Inputs? {
    let input = further.input
    if let path = input.paths.first(where: { $0.value.text.string == "-" }),
      allFiles.contains(where: { $0.path == "-" })
    {
      diagnostics.report(.sharedInput(at: path.range))
      return nil
    }
    return look(at: input, [], isRequired: request.needsInput)
  }

  private mutating func compile(ruleset root: Node, _ file: SourceFile, _ request: CompileRequest, _ started: Int64) {
    let ruleset = RulesetDocument(root, file, load: loadNamedDocument, into: &diagnostics)
    bind(context(ruleset.name, zone: .utc, [], request, started)) {
      $0.compile(ruleset, input: InputSchema(names: nil, path: file.path, nulls: [[]]))
    }
  }

  /// What is known of an input.
  private func schema(of inputs: Inputs?) -> InputSchema {
    inputs?.schema ?? InputSchema(names: nil, path: "", nulls: [[]], isLost: diagnostics.hasErrors)
  }

  private mutating func bind(_ context: CompileContext, _ body: (inout Compiler) -> BoundPlan?) {
    var compiler = Compiler(
      catalogue: catalogue, rules: RuleReader(catalogue: catalogue, load: loadNamedDocument), context: context)
    let bound = body(&compiler)
    diagnostics.merge(compiler.diagnostics)
    plan = diagnostics.hasErrors ? nil : bound
  }

  /// The input's files; nil where they cannot be had, which was reported. The document is compiled without them then.
  private mutating func look(at document: InputDocument, _ paths: [String], isRequired: Bool) -> Inputs? {
    let texts = Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let isKnown = !document.paths.contains { path in lostParameters.contains { path.value.names($0) } }
    guard !paths.isEmpty || (isKnown && !document.paths.isEmpty) else { return nil }
    var found = Diagnostics()
    let inputs = Inputs.look(at: document, paths: paths, parameters: texts, isRequired: isRequired, &found)
    diagnostics.merge(found)
    return inputs
  }

  /// The clock and the parameters. One that is wrong, which is reported, is a null that says nothing of its type.
  private mutating func context(
    _ document: String, zone: TimeZone, _ declared: [ParameterDeclaration], spoiled: [String] = [],
    _ request: CompileRequest, _ started: Int64
  ) -> CompileContext {
    var values: [String: Constant] = [:]
    lostParameters = spoiled
    for (name, text) in request.parameters {
      guard let declaration = declared.first(where: { $0.name == name }) else {
        if !spoiled.contains(name) { diagnostics.report(.undeclaredParameter(name, known: declared.map(\.name))) }
        continue
      }
      guard let value = declaration.value(text) else {
        diagnostics.report(.badParameter(name, text, declaration.type))
        lostParameters.append(name)
        continue
      }
      values[name] = value
    }
    for declaration in declared where values[declaration.name] == nil {
      let name = declaration.name
      values[name] = declaration.defaultValue ?? Constant(declaration.type, .null)
      guard declaration.defaultValue == nil, !lostParameters.contains(name) else { continue }
      lostParameters.append(name)
      if request.needsInput { diagnostics.report(.missingParameter(name, at: declaration.range)) }
    }
    parameters = declared.compactMap { declaration in
      values[declaration.name].map { (declaration.name, $0.canonicalText) }
    }
    for name in spoiled { values[name] = Constant(.null, .null) }
    let context = CompileContext(
      instant: instant(request, zone) ?? started, zone: zone, parameters: values, run: request.run,
      document: document)
    self.context = context
    return context
  }

  /// The clock that was asked for; nil without one, and, reported, where it is no time.
  private mutating func instant(_ request: CompileRequest, _ zone: TimeZone) -> Int64? {
    guard let text = request.asOf else { return nil }
    if let instant = Instant.parse(text, zone: zone) { return instant }
    diagnostics.report(.badInstant(text))
    return nil
  }
}

/// A document without any of these is none of ours.
private let documentKeys = Set((RecipeDocument.options + RulesetDocument.options).map(\.name))

/// Reads a document that another names; nil, reported, where it cannot be read.
@Sendable
private func loadNamedDocument(_ path: Located<PathText>, _ diagnostics: inout Diagnostics) -> SourceFile? {
  guard let resolved = path.value.resolved([:], &diagnostics) else { return nil }
  return loadDocument(resolved, at: path.range, &diagnostics)
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

  fileprivate static func sharedInput(at range: SourceRange) -> Diagnostic {
    Diagnostic("bad-path", "standard input is read by another input, and can be read only once", at: range)
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
