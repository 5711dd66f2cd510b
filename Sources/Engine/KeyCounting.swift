import Columns
import Expressions
import Kernels
import Measures
import Plans
import Spill
import Storage

/// Counts the keys that dataset rules judge, as the rows come, from all workers at once; exact, within the run's memory.
///
/// Rules about the same rows and the same columns share one count.
final class KeyCounting: Sendable {
  /// For each dataset rule the count that it judges; nil for a rule that is not about keys.
  private let places: [Int?]
  private let counts: [KeyPartitions]
  private let encoder: KeyEncoder

  init(_ rules: [DatasetRule], _ options: RunOptions) throws(StorageFailure) {
    var known: [KeySource: Int] = [:]
    var places: [Int?] = []
    var counts: [KeyPartitions] = []
    for rule in rules {
      guard case .keys = rule.measure else {
        places.append(nil)
        continue
      }
      let source = KeySource(columns: rule.columns, when: rule.when, isOverAccepted: rule.isOverAccepted)
      if known[source] == nil {
        known[source] = counts.count
        counts.append(
          KeyPartitions(
            budget: options.resources.memory, folder: try options.resources.temporaryFolder(), hasher: options.hasher))
      }
      places.append(known[source])
    }
    self.places = places
    self.counts = counts
    encoder = KeyEncoder(hasher: options.hasher)
  }

  private struct KeySource: Hashable {
    let columns: [NodeID]
    let when: NodeID?
    let isOverAccepted: Bool
  }

  /// Adds the keys of some rows of a batch, unless an earlier rule has added them.
  ///
  /// - Parameter rule: the place of the dataset rule.
  func add(_ columns: [Column], rows: Bitmap, in store: ByteStore, for rule: Int) throws(StorageFailure) {
    guard let place = places[rule], places.firstIndex(of: place) == rule else { return }
    var keys = EncodedKeys()
    encoder.encode(columns, in: store, rows: rows, from: 0, into: &keys)
    try counts[place].add(keys)
  }

  /// What each dataset rule about keys judges, once all rows were added; nil for other rules.
  func values(of rules: [DatasetRule], threads: Int) throws(StorageFailure) -> [MeasuredValue?] {
    var found: [KeyCounts] = []
    for count in counts { found.append(try count.counts(threads: threads)) }
    return zip(rules, places).map { rule, place in
      guard case .keys(let figure) = rule.measure, let place else { return nil }
      return figure.value(rows: found[place].rows, distinct: found[place].distinct, single: found[place].single)
    }
  }
}
