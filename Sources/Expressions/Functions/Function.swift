import Columns

/// A function of the expression language: what it takes and gives, its documentation, and the kernel that does it.
package struct Function: Sendable {
  package let name: String
  package let category: Category
  package let summary: String
  package let signatures: [Signature]
  package let nulls: NullRule
  /// When a row fails in it; nil when none can.
  package let errors: String?
  package let example: Example
  /// False where the result depends on the row's origin, so that it is never computed ahead.
  package let isPure: Bool
  /// Whether each call that is written gives values of its own, though the arguments are the same.
  package let isVolatile: Bool
  /// The first argument, from 0, that is computed only on the rows that need it.
  package let lazyFrom: Int

  package init(
    _ name: String, _ category: Category, _ summary: String, _ signatures: Signature..., nulls: NullRule = .strict,
    errors: String? = nil, isPure: Bool = true, isVolatile: Bool = false, lazyFrom: Int = .max,
    example: String, gives result: String
  ) {
    self.name = name
    self.category = category
    self.summary = summary
    self.signatures = signatures
    self.nulls = nulls
    self.errors = errors
    self.isPure = isPure
    self.isVolatile = isVolatile
    self.lazyFrom = lazyFrom
    self.example = Example(expression: example, result: result)
  }

  package enum Category: String, Sendable, CaseIterable {
    case conditional, number, text, pattern, coding, date, form, row, rowwise
  }

  package enum NullRule: Sendable {
    /// Null when any argument is null.
    case strict
    case custom(String)

    package var description: String {
      switch self {
      case .strict: "null when an argument is null"
      case .custom(let text): text
      }
    }
  }

  /// An expression and the canonical text of its value; run as a test.
  package struct Example: Sendable {
    package let expression: String
    package let result: String
  }
}

/// One form of a function: the types it takes, the type it gives, and its kernel.
package struct Signature: Sendable {
  package struct Parameter: Sendable {
    package let name: String
    package let accepts: TypeClass
    /// Must be known when the document is compiled.
    package let isConstant: Bool
  }

  package let parameters: [Parameter]
  /// The last parameter may be given any number of times, once at least.
  package let isVariadic: Bool
  package let result: ResultType
  package let prepare: @Sendable (Preparation) throws(ArgumentFault) -> Kernel

  /// A signature whose kernel is chosen once types and constants are known.
  package init(
    _ parameters: [Parameter], variadic: Bool = false, gives result: ResultType,
    prepare: @escaping @Sendable (Preparation) throws(ArgumentFault) -> Kernel
  ) {
    self.parameters = parameters
    isVariadic = variadic
    self.result = result
    self.prepare = prepare
  }

  /// A signature with one kernel for all.
  package static func plain(
    _ parameters: Parameter..., variadic: Bool = false, gives result: ResultType, kernel: @escaping Kernel
  ) -> Signature {
    Signature(parameters, variadic: variadic, gives: result) { _ throws(ArgumentFault) in kernel }
  }

  /// A signature whose kernel is chosen once types and constants are known.
  package static func prepared(
    _ parameters: Parameter..., variadic: Bool = false, gives result: ResultType,
    prepare: @escaping @Sendable (Preparation) throws(ArgumentFault) -> Kernel
  ) -> Signature {
    Signature(parameters, variadic: variadic, gives: result, prepare: prepare)
  }

  /// What a kernel is chosen by.
  package struct Preparation {
    /// The arguments' types after conversion.
    package let types: [DataType]
    /// The arguments' values where they are known.
    package let constants: [Constant?]
    package let result: DataType
    package let context: CompileContext
    /// The number of the call among the document's calls of volatile functions, from 0.
    package let call: Int

    package func text(_ index: Int) -> [UInt8] { constants[index]?.text ?? [] }
    package func string(_ index: Int) -> String { constants[index]?.string ?? "" }
  }

  /// How many arguments may be given.
  package func accepts(count: Int) -> Bool {
    isVariadic ? count >= parameters.count : count == parameters.count
  }

  package func parameter(_ index: Int) -> Parameter { parameters[min(index, parameters.count - 1)] }
}

extension Signature.Parameter {
  package static func value(_ name: String, _ accepts: TypeClass) -> Self {
    Self(name: name, accepts: accepts, isConstant: false)
  }

  package static func constant(_ name: String, _ accepts: TypeClass) -> Self {
    Self(name: name, accepts: accepts, isConstant: true)
  }
}

/// An argument that is of the right type and yet not valid, such as a pattern that does not compile.
package struct ArgumentFault: Error {
  package let argument: Int
  package let message: String
  /// Where in the argument's text, in bytes, if anywhere in particular.
  package let offset: Int?

  package init(argument: Int, _ message: String, offset: Int? = nil) {
    self.argument = argument
    self.message = message
    self.offset = offset
  }
}

/// What a parameter takes. Arguments that fit by an implicit conversion are converted before the call.
package enum TypeClass: Sendable, Hashable {
  case bool, string, integer, float, date, time, timestamp
  /// Any number, as it is.
  case number
  /// A decimal or an integer, as it is.
  case exact
  /// A date, timestamp or instant, as it is.
  case temporal
  /// A time, timestamp or instant, as it is.
  case clock
  /// A number, or a point in time or a time of day, as it is.
  case measurable
  /// Any type; all such arguments of a call are brought to their common type.
  case common
  /// Any type, as it is.
  case any
  /// A column that was read from the input, of which the call is given the source text.
  case cell

  package var description: String {
    switch self {
    case .bool: "bool"
    case .string: "string"
    case .integer: "int"
    case .float: "float"
    case .date: "date"
    case .time: "time"
    case .timestamp: "timestamp"
    case .number: "number"
    case .exact: "int or decimal"
    case .temporal: "date or timestamp"
    case .clock: "time or timestamp"
    case .measurable: "number, date or time"
    case .common: "T"
    case .any: "any"
    case .cell: "column"
    }
  }
}

/// The type a call gives.
package enum ResultType: Sendable {
  case fixed(DataType)
  /// The type of an argument after conversion.
  case argument(Int)
  /// Computed from the arguments' types; described for readers by the text.
  case computed(String, @Sendable ([DataType]) -> DataType)

  package func type(for arguments: [DataType]) -> DataType {
    switch self {
    case .fixed(let type): type
    case .argument(let index): arguments[index]
    case .computed(_, let compute): compute(arguments)
    }
  }
}
