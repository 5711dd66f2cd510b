import Columns

/// The place of a node in its graph. Children come before their parents.
package struct NodeID: Hashable, Sendable, Comparable {
  package let index: Int

  package static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// Computes a node for one batch from the columns of its children.
package typealias Kernel = @Sendable (borrowing Call) -> Column

/// What a kernel is given, once a batch.
package struct Call {
  package let arguments: [Column]
  /// The result's type, settled when the node was made.
  package let type: DataType
  /// The rows of the batch that are still asked about; costly kernels may leave the others null.
  package let rows: Bitmap
  /// Of them, those that are not condemned.
  package let living: Bitmap
  package let source: any RowSource

  package var count: Int { source.count }
  package var store: ByteStore { source.store }

  package subscript(index: Int) -> Column { arguments[index] }
}

/// Where a batch's cells come from.
package protocol RowSource: AnyObject {
  var count: Int { get }
  var store: ByteStore { get }
  /// The texts that the `index`-th of the graph's cell reads stands for, as they stand in the source, without quotes.
  func cells(_ index: Int) -> Column
  /// The path of the file that the batch was read from.
  var file: String { get }
  /// The number of the record that a row was read from, from 1 in each file.
  func recordNumber(_ row: Int) -> Int64
  /// The line, from 1, on which the record of a row begins.
  func line(_ row: Int) -> Int64
  /// The place of a row's record among all records of the input, those that could not be read included, from 0.
  func ordinal(_ row: Int) -> Int
  /// The place of the batch's first record.
  var firstOrdinal: Int { get }
  /// The `index`-th fact of the program, which an earlier pass worked out.
  func fact(_ index: Int) -> any FactValue
}

/// The reading of an input column's texts: which column, and which texts are null.
package struct CellRead: Hashable, Sendable {
  package let column: Int
  package let nulls: [[UInt8]]

  package init(column: Int, nulls: [[UInt8]]) {
    self.column = column
    self.nulls = nulls
  }
}

/// One computation: a function, its constants and its children.
package struct GraphNode: Sendable {
  package enum Operation: Sendable {
    case cell(Int)
    case constant(Constant)
    case call(Kernel)
  }

  /// The function's name as `brew plan` shows it; with `detail`, `children` and `type` it says all that the node does.
  package let name: String
  package let detail: [Constant]
  package let children: [NodeID]
  package let type: DataType
  /// Whether a row can fail here whose arguments did not.
  package let canFail: Bool
  /// Whether the value of a row depends on which other rows are living, so that it must be computed at its stage.
  package let isOrdered: Bool
  package let operation: Operation

  package var constant: Constant? { if case .constant(let value) = operation { value } else { nil } }
}

/// All computations of a pass. Equal computations are one node, so that each is done once a batch.
package struct Graph: Sendable {
  private struct Key: Hashable {
    let name: String
    let detail: [Constant]
    let children: [NodeID]
    let type: DataType
  }

  package private(set) var nodes: [GraphNode] = []
  /// What the cell nodes read, by their index.
  package private(set) var cells: [CellRead] = []
  private var cellPlaces: [CellRead: Int] = [:]
  private var interned: [Key: NodeID] = [:]
  /// The nodes over constants that fail, and so fail on every row.
  private var failing: [NodeID: FailureKind] = [:]

  package init() {}

  package subscript(id: NodeID) -> GraphNode { nodes[id.index] }

  /// The texts of an input column.
  package mutating func cell(_ read: CellRead) -> NodeID {
    let index = cellPlaces[read] ?? cells.count
    if index == cells.count {
      cells.append(read)
      cellPlaces[read] = index
    }
    return intern(
      GraphNode(
        name: "cell", detail: [.integer(Int64(index))], children: [], type: .string, canFail: false,
        isOrdered: false, operation: .cell(index)))
  }

  package mutating func constant(_ value: Constant) -> NodeID {
    intern(
      GraphNode(
        name: "constant", detail: [value], children: [], type: value.type, canFail: false, isOrdered: false,
        operation: .constant(value)))
  }

  /// A computation over `children`; folded to a constant when they are all constants and it succeeds.
  ///
  /// - Parameters:
  ///   - detail: whatever else decides what the kernel computes; two nodes of the same name, detail, children and type are one.
  ///   - isPure: false where the result depends on the row's origin.
  package mutating func call(
    _ name: String, detail: [Constant] = [], _ children: [NodeID], type: DataType, canFail: Bool, isPure: Bool = true,
    isOrdered: Bool = false, kernel: @escaping Kernel
  ) -> NodeID {
    let node = GraphNode(
      name: name, detail: detail, children: children, type: type, canFail: canFail,
      isOrdered: isOrdered, operation: .call(kernel))
    guard isPure, !isOrdered, let (value, failure) = folded(node, kernel) else { return intern(node) }
    if let value { return constant(value) }
    let id = intern(node)
    if let failure { failing[id] = failure }
    return id
  }

  /// Why a node fails on every row; nil for one that does not.
  package func constantFailure(_ id: NodeID) -> FailureKind? { failing[id] }

  /// The value of a node over constants, or why it has none; nil for other nodes.
  private func folded(_ node: GraphNode, _ kernel: Kernel) -> (value: Constant?, failure: FailureKind?)? {
    let values = node.children.compactMap { self[$0].constant }
    guard values.count == node.children.count else { return nil }
    let source = LoneRow()
    let arguments = values.map { $0.column(count: 1, in: source.store) }
    let result = kernel(
      Call(
        arguments: arguments, type: node.type, rows: Bitmap(repeating: true, count: 1),
        living: Bitmap(repeating: true, count: 1), source: source))
    return (Constant(result, in: source.store), result.failures?.kind(0))
  }

  private mutating func intern(_ node: GraphNode) -> NodeID {
    let key = Key(name: node.name, detail: node.detail, children: node.children, type: node.type)
    if let known = interned[key] { return known }
    let id = NodeID(index: nodes.count)
    nodes.append(node)
    interned[key] = id
    return id
  }

  /// The nodes that `roots` need, themselves included; nodes in `known`, and what only they need, apart.
  package func closure(of roots: some Sequence<NodeID>, stoppingAt known: Set<NodeID> = []) -> Set<NodeID> {
    var found: Set<NodeID> = []
    var waiting = Array(roots)
    while let id = waiting.popLast() {
      guard !known.contains(id), found.insert(id).inserted else { continue }
      waiting += self[id].children
    }
    return found
  }
}

/// The single row without cells over which constants are folded.
private final class LoneRow: RowSource {
  let count = 1
  let store = ByteStore(capacity: 256)
  let file = ""
  func cells(_ column: Int) -> Column { .null(.string, count: 1) }
  func recordNumber(_ row: Int) -> Int64 { 1 }
  func line(_ row: Int) -> Int64 { 1 }
  func ordinal(_ row: Int) -> Int { 0 }
  let firstOrdinal = 0
  func fact(_ index: Int) -> any FactValue { UnknownFact() }
}

/// Stands where no fact can be known.
package struct UnknownFact: FactValue {
  package init() {}

  package func column(_ call: borrowing Call) -> Column { .null(call.type, count: call.count) }
}
