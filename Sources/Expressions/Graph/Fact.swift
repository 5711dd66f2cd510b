import Columns
import Kernels
import Measures

/// Something that must be known of the whole input before a row can be judged, such as which keys occur twice.
///
/// Facts are worked out by passes over the input before the ordinary run: a pass works out all facts whose own
/// expressions need only facts of earlier passes.
package struct Fact: Sendable {
  package enum Kind: Sendable {
    /// For each row, whether its key occurs on another row too; of each group of copies, one may be spared. A key with a
    /// part that is not present is none, unless such parts are to be equal to each other.
    case duplicates(spared: SparedCopy, nullsAreEqual: Bool)
    /// For each row whose key an earlier row has, or a later one, where the first row with that key stands, or the last: the
    /// number of its input and of its record, as ``RecordPlace`` packs them. Parts of a key that are not present are equal to
    /// each other.
    case keptRow(keepsLast: Bool)
    /// For each batch, the last value that is present before it, or the first after it.
    case edge(Neighbours.Direction)
    /// For each row, whether its value, the first column, is not related as it should be to the value that is present
    /// before it in its group, by the other columns. Parts of a group's key that are not present are equal to each other.
    case groupOrder(Comparison.Operator)
    /// For each batch, how many rows come before it.
    case rowsBefore
    /// The largest of the smallest values, as many as are wanted of the number of rows; null where that is none. Values are
    /// integers, dates or times.
    case smallest(wanted: @Sendable (Int) -> Int)
    /// For each row, whether its key is among those of another input and ought not to be, or the other way about.
    case membership(KeyLookup)
    /// A figure over all rows, or over those of each group.
    case aggregate(any GroupMeasure)
    /// A figure over the values, of a type, in their order, of all rows or of those of each group.
    case order(OrderFigure, of: DataType)
  }

  package let kind: Kind
  /// The key or the argument, after what the rows are grouped by.
  package let columns: [NodeID]
  /// How many of the columns the rows are grouped by.
  package let groupColumns: Int
  /// Only rows for which this is true count.
  package let condition: NodeID?
  /// Rows count that reach this stage: it, and those after it, have not been done.
  package let stage: Int
  /// Whether condemned rows count as well, as far as the columns are sound.
  package let countsCondemned: Bool
  /// The pass, from 0, that works it out.
  package let pass: Int
}

extension Scope {
  /// The node of what lies beyond the batch: the nearest value of a column that is present before its first row, or after
  /// its last.
  package mutating func edge(of column: Typed, _ direction: Neighbours.Direction, countsCondemned: Bool) -> NodeID {
    fact("edge", .edge(direction), of: [column.node], type: column.type, countsCondemned: countsCondemned)
  }
}

extension Scope {
  /// The node of how many rows that reach this point come before each.
  package mutating func rowsBefore() -> Typed {
    let base = fact("rows before", .rowsBefore, of: [], type: .int64, countsCondemned: false)
    let node = graph.call(
      "place", [base], type: .int64, canFail: false, isPure: false, isOrdered: true
    ) { call in Neighbours.places(of: call.living, from: call[0]) }
    return Typed(node, .int64)
  }

  /// The node of an integer for each row that looks random: a bijection of the row's place in the input, so that no two
  /// rows have the same, and the same whenever the same input is read with the same seed.
  package mutating func shuffledPlace(seed: Int64) -> Typed {
    let node = graph.call(
      "shuffled place", detail: [.integer(seed)], [], type: .int64, canFail: false, isPure: false
    ) { call in
      let keys = (0..<call.count).map { Permutation.shuffled(UInt64(bitPattern: Int64(call.source.ordinal($0))), seed) }
      return Column(.int64, .integers(ContiguousArray(keys)), count: call.count)
    }
    return Typed(node, .int64)
  }
}

/// Where a record stands: its input's number and its own, from 1, in one integer.
package struct RecordPlace: Sendable, Hashable {
  package let input: Int
  package let record: Int

  private static let recordBits = 40

  package init(input: Int, record: Int) {
    self.input = input
    self.record = record
  }

  package init(packed: Int64) {
    input = Int(packed >> Self.recordBits)
    record = Int(packed & (1 << Self.recordBits - 1))
  }

  /// Right for inputs of up to a million million records.
  package var packed: Int64 { Int64(input) << Self.recordBits | Int64(record) & (1 << Self.recordBits - 1) }
}

/// Which row of a group of copies is not counted as one.
package enum SparedCopy: String, Sendable, CaseIterable { case none, first, last }

/// A fact that was worked out: gives the column that an expression sees.
package protocol FactValue: Sendable {
  func column(_ call: borrowing Call) -> Column
}

extension Scope {
  /// The node of a fact over the rows that reach this point.
  ///
  /// - Parameters:
  ///   - columns: the key or the argument.
  ///   - groups: for figures, what the rows are grouped by.
  package mutating func fact(
    _ name: String, _ kind: Fact.Kind, of columns: [NodeID], by groups: [NodeID] = [], type: DataType,
    countsCondemned: Bool
  ) -> NodeID {
    let (index, pass) = addFact(name, kind, of: columns, by: groups, countsCondemned: countsCondemned)
    // A figure is looked up by its group: its argument is asked in the fact's own pass only.
    let node = graph.call(
      name, detail: [.integer(Int64(index))], kind.isFigure ? groups : columns, type: type, canFail: false,
      isPure: false
    ) { call in call.source.fact(index).column(call) }
    factPasses[node] = pass
    return node
  }

  /// The place of a fact and the pass that works it out. A figure that is known already is the same fact.
  private mutating func addFact(
    _ name: String, _ kind: Fact.Kind, of columns: [NodeID], by groups: [NodeID], countsCondemned: Bool
  ) -> (index: Int, pass: Int) {
    let key = FigureKey(
      name: name, kind, columns: columns, groups: groups, condition: condition, stage: stageCount,
      countsCondemned: countsCondemned)
    if let key, let known = figures[key] { return (known, facts[known].pass) }
    let asked = groups + columns + (condition.map { [$0] } ?? []) + (countsCondemned && !dropsRows ? [] : stageNodes)
    let pass = graph.closure(of: asked).compactMap { factPasses[$0] }.max().map { $0 + 1 } ?? 0
    let index = facts.count
    if let key { figures[key] = index }
    facts.append(
      Fact(
        kind: kind, columns: groups + columns, groupColumns: groups.count, condition: condition, stage: stageCount,
        countsCondemned: countsCondemned,
        pass: pass))
    return (index, pass)
  }
}

extension Fact.Kind {
  /// Whether it is a value for all rows, or for those of a group.
  fileprivate var isFigure: Bool {
    switch self {
    case .aggregate, .order: true
    case .duplicates, .edge, .keptRow, .groupOrder, .rowsBefore, .smallest, .membership: false
    }
  }
}

/// What makes two figures the same.
struct FigureKey: Hashable {
  private let name: String
  private let order: OrderFigure?
  private let columns: [NodeID]
  private let groups: [NodeID]
  private let condition: NodeID?
  private let stage: Int
  private let countsCondemned: Bool

  /// Nil for a fact that is no figure.
  ///
  /// - Parameter name: tells figures that are added up apart.
  init?(
    name: String, _ kind: Fact.Kind, columns: [NodeID], groups: [NodeID], condition: NodeID?, stage: Int,
    countsCondemned: Bool
  ) {
    guard kind.isFigure else { return nil }
    self.name = name
    if case .order(let figure, _) = kind { order = figure } else { order = nil }
    self.columns = columns
    self.groups = groups
    self.condition = condition
    self.stage = stage
    self.countsCondemned = countsCondemned
  }
}
