import Synchronization

/// Numbers 0, 1, 2 … for whichever thread asks.
final class Turns: Sendable {
  private let next = Atomic<Int>(0)

  /// The next number below `limit`.
  func take(_ limit: Int) -> Int? {
    let turn = next.add(1, ordering: .relaxed).oldValue
    return turn < limit ? turn : nil
  }
}
