import Columns

/// The values of a graph's nodes over one batch: each node is computed at most once, when first asked for.
///
/// One evaluation serves a worker for all its batches; nothing in it depends on the number of rows but the columns.
package struct Evaluation: ~Copyable {
  private let graph: Graph
  private var results: [Column?]
  private let source: any RowSource
  /// How often each node was computed, over all batches.
  package private(set) var computations: [Int]

  package init(_ graph: Graph, over source: any RowSource) {
    self.graph = graph
    self.source = source
    results = Array(repeating: nil, count: graph.nodes.count)
    computations = Array(repeating: 0, count: graph.nodes.count)
  }

  /// Where the batch's texts stand.
  package var store: ByteStore { source.store }

  /// Forgets the values of the last batch: the source holds another one.
  package mutating func startBatch() {
    for index in results.indices { results[index] = nil }
  }

  /// The column of a node. Rows outside `rows` may hold anything safe.
  ///
  /// The first to ask decides for which rows a node is computed, so `rows` may only shrink during a batch.
  ///
  /// - Parameter living: of the rows, those that are not condemned.
  package mutating func value(_ id: NodeID, rows: borrowing Bitmap, living: borrowing Bitmap) -> Column {
    if let known = results[id.index] { return known }
    let node = graph[id]
    let column =
      switch node.operation {
      case .cell(let index): source.cells(index)
      case .constant(let constant): constant.column(count: source.count, in: source.store)
      case .call(let kernel): call(node, kernel, rows: rows, living: living)
      }
    results[id.index] = column
    computations[id.index] += 1
    return column
  }

  private mutating func call(_ node: GraphNode, _ kernel: Kernel, rows: borrowing Bitmap, living: borrowing Bitmap)
    -> Column
  {
    var arguments: [Column] = []
    arguments.reserveCapacity(node.children.count)
    for child in node.children { arguments.append(value(child, rows: rows, living: living)) }
    return kernel(
      Call(arguments: arguments, type: node.type, rows: copy rows, living: copy living, source: source))
  }
}
