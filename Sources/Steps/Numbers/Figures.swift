import Columns
import Documents
import Expressions
import Kernels
import Plans

extension StepScope {
  /// The numeric column that is meant; nil, reported, where there is none.
  mutating func number(_ name: Located<String>, for step: String) -> BoundColumn? {
    guard let column = column(name) else { return nil }
    guard column.type.isNumeric else {
      report(.notANumber(column.name, column.type, step: step, at: name.range))
      return nil
    }
    return column
  }

  /// A computation that no row can fail in.
  mutating func computed(
    _ name: String, detail: [Constant] = [], _ arguments: [Typed], as type: DataType = .float64, canFail: Bool = false,
    kernel: @escaping Kernel
  ) -> Typed {
    let node = scope.graph.call(
      name, detail: detail, arguments.map(\.node), type: type, canFail: canFail, kernel: kernel)
    return Typed(node, type, tags: arguments.reduce(into: Set()) { $0.formUnion($1.tags) })
  }

  /// A number as `float64`.
  mutating func float(_ value: Typed) -> Typed { scope.cast(value, to: .float64) ?? value }

  /// The values that figures are made of: without NaN and infinities.
  mutating func finite(_ value: Typed) -> Typed {
    guard value.type.isFloat else { return value }
    return computed("finite", [value], as: value.type) { Spread.finite($0[0]) }
  }

  /// The values without those of the rows for which a condition is true.
  mutating func voided(_ value: Typed, where condition: Typed) -> Typed {
    computed("void", [value, condition], as: value.type) { call in
      var states = call[0].states
      states.void(call[1].bits)
      return call[0].with(states: states)
    }
  }

  /// A figure over the values of all rows that reach the step.
  mutating func figure(_ name: String, of value: Typed) -> Typed? {
    AggregateFunction.named(name).map { scope.aggregate($0, of: value) }
  }

  /// The exact quantile of the values of all rows that reach the step, as SQL's `percentile_cont`.
  mutating func quantile(of value: Typed, at share: Double) -> Typed? {
    QuantileShare(.float(share)).map { scope.aggregate(.quantileContinuous, of: value, share: $0) }
  }

  /// Numbers less `offset`, in units of `unit`, put on `low … high`.
  mutating func scaled(_ value: Typed, offset: Typed, unit: Typed, onto low: Double, _ high: Double) -> Typed {
    computed("scale", detail: [.float(low), .float(high)], [value, offset, unit]) {
      Spread.scaled($0[0], offset: $0[1], unit: $0[2], onto: low, high)
    }
  }
}
