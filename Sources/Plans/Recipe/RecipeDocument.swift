import Columns
import Diagnostics
import Documents
import Expressions
import Kernels

/// A recipe as it was written: every part typed and located, nothing looked up yet.
package struct RecipeDocument: Sendable {
  package let file: SourceFile
  package let name: String
  package let description: String?
  package let zone: TimeZone
  package let parameters: [ParameterDeclaration]
  /// The parameters whose declaration is wrong.
  package let spoiledParameters: [String]
  /// Without paths where it is missing or wrong.
  package let input: InputDocument
  package let furtherInputs: [FurtherInputDocument]
  /// False where `inputs:` is wrong, so that it is not known which there are.
  package let knowsInputs: Bool
  /// False for the first steps of a recipe alone.
  package internal(set) var isWhole = true
  package internal(set) var steps: [Node]
  package internal(set) var rules: Node?
  package let output: OutputDocument?
  /// Whether an output is written, be it right or wrong.
  package let namesOutput: Bool
  package let quarantine: QuarantineDocument?
  package internal(set) var gate: GateDocument?

  static let recipe = RequiredOption<String>("recipe", "The recipe's name.")
  static let description = OptionalOption<String>("description", "What it is for.")
  static let owner = OptionalOption<String>("owner", "Who answers for it.")
  static let timezone = OptionalOption<ZoneName>(
    "timezone", "Where the recipe's days begin; an IANA name. Default: UTC.")
  static let parameters = OptionalOption<OrderedMap<Node>>(
    "parameters", "Name to {type, default, description}.",
    schema: .map(of: .arguments(ParameterDeclaration.options, shorthand: ParameterDeclaration.type)))
  static let input = RequiredOption<InputDocument>("input", "Where the rows come from.")
  static let inputs = OptionalOption<OrderedMap<Node>>(
    "inputs", "Further inputs that rules compare with: name to {path, format, columns, headers, steps, on_error}.",
    schema: .map(of: .arguments(FurtherInputDocument.options, shorthand: InputDocument.path)))
  static let steps = DefaultedOption<[Node]>(
    "steps", "What is done to them, in order.", default: [],
    schema: .list(of: .reference("step")))
  static let rules = OptionalOption<Node>(
    "rules", "What they must meet: rules, a ruleset's path, or a list of paths.", schema: .reference("rules"))
  static let output = OptionalOption<OutputDocument>("output", "Where accepted rows go.")
  static let quarantine = OptionalOption<QuarantineDocument>("quarantine", "Where refused rows go.")
  static let gate = OptionalOption<GateDocument>("gate", "When the output may be published.")
  package static let options: [any OptionDeclaration] = [
    Self.recipe, Self.description, Self.owner, Self.timezone, Self.parameters, Self.input, Self.inputs, Self.steps,
    Self.rules, Self.output, Self.quarantine, Self.gate,
  ]

  /// Reads a recipe. Every fault is reported, and what is sound is kept, so that the rest can be compiled.
  package init(_ root: Node, _ file: SourceFile, load: DocumentLoader, into diagnostics: inout Diagnostics) {
    let arguments = Arguments.readSound(root, options: Self.options, owner: "a recipe", into: &diagnostics).arguments
    self.file = file
    name = arguments.value(of: Self.recipe) ?? ""
    if arguments.isGiven(Self.recipe), name.isEmpty {
      diagnostics.report(.badOption("a recipe needs a name", at: arguments.range(of: Self.recipe)))
    }
    description = arguments[Self.description]
    zone = arguments[Self.timezone]?.zone ?? .utc
    let declared = arguments[Self.parameters]?.entries ?? []
    let sound = declared.compactMap { ParameterDeclaration($0.key, $0.value, at: $0.keyRange, into: &diagnostics) }
    parameters = sound
    spoiledParameters = declared.map(\.key).filter { name in !sound.contains { $0.name == name } }
    input =
      arguments.value(of: Self.input)?.loadingColumns(by: load, into: &diagnostics)
      ?? InputDocument(
        paths: [], format: nil, columns: DeclaredColumns(spoiled: .all), matchesByName: false, range: root.range)
    // A path right below it is that of the recipe's own input.
    let isMisnamed = root["input"] == nil && root["inputs"]?["path"] != nil
    if isMisnamed, let key = root.entry("inputs")?.key { diagnostics.report(.misnamedInput(at: key.range)) }
    furtherInputs = FurtherInputDocument.readAll(
      isMisnamed ? [] : arguments[Self.inputs]?.entries ?? [], load: load, into: &diagnostics)
    knowsInputs = root["inputs"] == nil || (arguments.isGiven(Self.inputs) && !isMisnamed)
    steps = arguments[Self.steps]
    rules = arguments[Self.rules]
    output = arguments[Self.output]
    namesOutput = root["output"] != nil
    quarantine = arguments[Self.quarantine]
    gate = arguments[Self.gate]
  }
}

extension Diagnostic {
  fileprivate static func misnamedInput(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unknown-key", "'inputs' names further inputs, and this has a path as the recipe's own", at: range,
      label: "did you mean 'input'?")
  }
}

/// `parameters: {term: {type: string, default: 2024-fall}}`
package struct ParameterDeclaration: Sendable {
  package let name: String
  package let type: DataType
  /// Nil: it must be set.
  package let defaultValue: Constant?
  package let range: SourceRange

  static let type = RequiredOption<TypeName>("type", "Its type.")
  static let fallback = OptionalOption<Node>(
    "default", "Its value where none is set; without one it must be set.", schema: .scalar)
  static let description = OptionalOption<String>("description", "What it is for.")
  static let options: [any OptionDeclaration] = [
    Self.type, Self.fallback, Self.description,
  ]

  init?(_ name: String, _ node: Node, at range: SourceRange, into diagnostics: inout Diagnostics) {
    guard
      let arguments = Arguments.read(
        node, options: Self.options, shorthand: Self.type, owner: "parameter '\(name)'", into: &diagnostics)
    else { return nil }
    self.name = name
    self.range = range
    type = arguments[Self.type].type
    guard let written = arguments[Self.fallback] else {
      defaultValue = nil
      return
    }
    var scope = Scope(context: CompileContext(instant: 0, zone: .utc))
    guard let value = scope.value(written, as: type) else {
      diagnostics.merge(scope.diagnostics)
      return nil
    }
    defaultValue = value
  }

  /// The value of a text given with `--set`; nil where it does not fit the type.
  package func value(_ text: String) -> Constant? {
    var scope = Scope(context: CompileContext(instant: 0, zone: .utc))
    guard let cast = scope.cast(scope.constant(.text(text)), to: type) else { return nil }
    return scope.graph[cast.node].constant
  }
}

/// `output: {path: …, format: …}`
package struct OutputDocument: Sendable, OptionValue {
  package let path: Located<PathText>
  package let format: Node?

  static let path = RequiredOption<Located<PathText>>("path", "The file to write, or '-' for standard output.")
  static let format = OptionalOption<Node>(
    "format", "'csv', or {csv: {delimiter, header, nulls …}}.", schema: .reference("output_format"))
  static let options: [any OptionDeclaration] = [
    Self.path, Self.format,
  ]

  package static let valueDescription = "a path, or {path, format}"
  package static var schema: JSONSchema { .arguments(options, shorthand: path) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> OutputDocument? {
    Arguments.read(node, options: Self.options, shorthand: Self.path, owner: "output", into: &diagnostics).map {
      OutputDocument(path: $0[Self.path], format: $0[Self.format])
    }
  }
}

/// `quarantine: {path: …, format: …, values: …, stop_at: …}`
package struct QuarantineDocument: Sendable, OptionValue {
  package enum ValuesKept: String, CaseIterable, Sendable, OptionValue { case failed, all, none }

  package let path: Located<PathText>?
  package let format: Node?
  package let values: ValuesKept
  package let stopAt: StopAt?

  package struct StopAt: Sendable, OptionValue {
    package let rows: Int?
    package let share: Share?
    package let after: Int

    static let rows = OptionalOption<Int>("rows", "The run stops when more rows than this are in quarantine.")
    static let share = OptionalOption<Share>("share", "The run stops when more than this share of the rows is.")
    static let after = DefaultedOption<Int>("after", "Records to read before the share counts.", default: 1000)
    static let options: [any OptionDeclaration] = [
      Self.rows, Self.share, Self.after,
    ]
    package static let valueDescription = "{rows, share, after}"
    package static var schema: JSONSchema { .object(options) }

    package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> StopAt? {
      guard let arguments = Arguments.read(node, options: Self.options, owner: "stop_at", into: &diagnostics) else {
        return nil
      }
      guard arguments[rows] != nil || arguments[share] != nil else {
        diagnostics.report(.badOption("'stop_at' needs 'rows', 'share' or both", at: node.range))
        return nil
      }
      for (option, value) in [(rows as any OptionDeclaration, arguments[rows] ?? 0), (after, arguments[after])]
      where value < 0 {
        diagnostics.report(
          .badOption("'\(option.name)' is a number of rows, 0 or more", at: arguments.range(of: option)))
        return nil
      }
      return StopAt(rows: arguments[rows], share: arguments[share], after: arguments[after])
    }
  }

  static let path = OptionalOption<Located<PathText>>(
    "path", "The file to write. Default: beside the output, as NAME.quarantine.jsonl.")
  static let format = OptionalOption<Node>(
    "format", "'jsonl', or 'csv', or {csv: {source: true}}.", schema: .reference("quarantine_format"))
  static let values = DefaultedOption<ValuesKept>(
    "values", "Which columns' values are kept beside the raw record.", default: .failed)
  static let stopAt = OptionalOption<StopAt>("stop_at", "Ends a hopeless run.")
  static let options: [any OptionDeclaration] = [
    Self.path, Self.format, Self.values, Self.stopAt,
  ]

  package static let valueDescription = "a path, or {path, format, values, stop_at}"
  package static var schema: JSONSchema { .arguments(options, shorthand: path) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> QuarantineDocument? {
    Arguments.read(node, options: Self.options, shorthand: Self.path, owner: "quarantine", into: &diagnostics).map {
      QuarantineDocument(path: $0[Self.path], format: $0[Self.format], values: $0[Self.values], stopAt: $0[Self.stopAt])
    }
  }
}

/// `gate: {quarantined: {at_most: 2%}, rows: {at_least: 1}}`
package struct GateDocument: Sendable, OptionValue {
  /// The gate's conditions, in the order written.
  package let conditions: [Condition]

  package enum Figure: String, Sendable, CaseIterable {
    /// Accepted rows.
    case rows
    /// Quarantined rows, as a number or as a share of the records read.
    case quarantined
  }

  package struct Condition: Sendable {
    package let figure: Figure
    package let bounds: Bounds
  }

  static let rows = OptionalOption<Bounds>("rows", "Bounds on the number of accepted rows.")
  static let quarantined = OptionalOption<Bounds>(
    "quarantined", "Bounds on the number, or the share of all records, of quarantined rows.")
  static let options: [any OptionDeclaration] = [
    Self.quarantined, Self.rows,
  ]

  package static let valueDescription = "{quarantined, rows}"
  package static var schema: JSONSchema { .object(options) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> GateDocument? {
    Arguments.read(node, options: Self.options, owner: "gate", into: &diagnostics).map { arguments in
      let conditions: [(Figure, Bounds?)] = [
        (.quarantined, arguments[Self.quarantined]), (.rows, arguments[Self.rows]),
      ]
      if conditions.allSatisfy({ $0.1 == nil }) {
        diagnostics.report(.badOption("the gate asks nothing", at: node.range))
      }
      for (option, bounds) in [(Self.quarantined, arguments[Self.quarantined]), (Self.rows, arguments[Self.rows])] {
        _ = bounds?.suit(.countOrShare, at: arguments.range(of: option), into: &diagnostics)
      }
      return GateDocument(
        conditions: conditions.compactMap { figure, bounds in
          bounds.map { Condition(figure: figure, bounds: $0) }
        })
    }
  }
}
