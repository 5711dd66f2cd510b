import Columns
import Kernels

/// The smallest or the largest value of a column. NaN sorts last; -0 is 0, whichever comes first; texts by their bytes.
package struct Extreme: Measure {
  private let type: DataType
  private let isLargest: Bool
  private var best: Constant?

  package init(_ type: DataType, largest: Bool) {
    self.type = type
    isLargest = largest
  }

  package mutating func add(_ columns: [Column], rows: Bitmap, in store: ByteStore) {
    guard let column = columns.first,
      let row = Reductions.extremeRow(column, rows: rows, largest: isLargest, in: store),
      let value = Constant(column.gather([row]), in: store)
    else { return }
    take(value)
  }

  package mutating func merge(_ other: Extreme) {
    if let value = other.best { take(value) }
  }

  private mutating func take(_ value: Constant) {
    guard let known = best else { return best = value }
    if isLargest ? precedes(known, value) : precedes(value, known) { best = value }
  }

  private func precedes(_ a: Constant, _ b: Constant) -> Bool {
    switch (a.value, b.value) {
    case (.bool(let x), .bool(let y)): !x && y
    case (.integer(let x), .integer(let y)): x < y
    case (.float(let x), .float(let y)): Reductions.sortsBefore(Double(bitPattern: x), Double(bitPattern: y))
    case (.decimal(let x), .decimal(let y)): x < y
    case (.text(let x), .text(let y)): x.lexicographicallyPrecedes(y)
    default: false
    }
  }

  package var value: MeasuredValue {
    guard let best else { return .value(Constant(type, .null)) }
    return .value(best.value == Constant.float(-0.0).value ? Constant(type, Constant.float(0).value) : best)
  }
}

extension Extreme: GroupMeasure {
  package var bytes: Int { MemoryLayout<Extreme>.stride + (type.layout == .texts ? 64 : 0) }

  package static func add(
    _ columns: [Column], rows: Bitmap, groups: ContiguousArray<Int32>, to measures: inout ContiguousArray<Extreme>,
    in store: ByteStore
  ) {
    guard let column = columns.first else { return }
    let chosen = column.validity.map { rows.intersection($0) } ?? rows
    let type = column.type
    let mask = column.isConstant ? 0 : -1
    switch column.values {
    case .bits(let bits): chosen.forEachSet { measures[Int(groups[$0])].take(Constant(type, .bool(bits[$0]))) }
    case .integers(let values):
      chosen.forEachSet { measures[Int(groups[$0])].take(Constant(type, .integer(values[$0 & mask]))) }
    case .floats(let values):
      chosen.forEachSet {
        measures[Int(groups[$0])].take(Constant(type, .float(values[$0 & mask].bitPattern)))
      }
    case .decimals(let values):
      chosen.forEachSet { measures[Int(groups[$0])].take(Constant(type, .decimal(values[$0 & mask]))) }
    case .texts(let spans):
      chosen.forEachSet { measures[Int(groups[$0])].take(store.bytes(spans[$0 & mask]), of: type) }
    }
  }

  /// As `take`, and copies the text only where it is the best so far.
  private mutating func take(_ text: UnsafeRawBufferPointer, of type: DataType) {
    if case .text(let known)? = best?.value {
      let isBetter = isLargest ? known.lexicographicallyPrecedes(text) : text.lexicographicallyPrecedes(known)
      guard isBetter else { return }
    }
    best = Constant(type, .text(Array(text)))
  }
}
