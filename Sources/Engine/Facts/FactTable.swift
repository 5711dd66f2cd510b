import Expressions
import Storage

/// A fact of which a part lies in a file, and may turn out not to be readable after all.
protocol FallibleFact: FactValue {
  /// Why a part could not be read; what was said of it instead is no answer.
  var failure: StorageFailure? { get }
}

/// The facts that are known so far, by their place in the program.
struct FactTable: Sendable {
  private var values: [(any FactValue)?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  /// Fails where a fact turned out not to be readable; to be asked before anything is published.
  func check() throws(RunEnd) {
    for case let fact as any FallibleFact in values {
      if let failure = fact.failure { throw .storage(failure) }
    }
  }

  func isKnown(_ index: Int) -> Bool { values[index] != nil }

  subscript(index: Int) -> any FactValue {
    get { values[index] ?? UnknownFact() }
    set { values[index] = newValue }
  }
}
