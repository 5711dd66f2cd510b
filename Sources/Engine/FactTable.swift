import Expressions

/// The facts that are known so far, by their place in the program.
struct FactTable: Sendable {
  private var values: [(any FactValue)?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  subscript(index: Int) -> any FactValue {
    get { values[index] ?? UnknownFact() }
    set { values[index] = newValue }
  }
}
