import Columns
import Expressions
import Kernels
import Spill
import Storage

/// Sorts all values for a figure over them, within the run's memory; texts apart, which ``GroupFigureCollector`` sorts.
final class OrderCollector: FactCollector {
  private enum Values {
    case narrow(ExternalSort<Int64>)
    case wide(ExternalSort<Int128>)
  }

  private let figure: OrderFigure
  private let type: DataType
  private let values: Values

  init(_ figure: OrderFigure, of type: DataType, _ resources: RunResources) throws(StorageFailure) {
    self.figure = figure
    self.type = type
    let folder = try resources.temporaryFolder()
    values =
      type.isDecimal
      ? .wide(ExternalSort(budget: resources.memory, folder: folder))
      : .narrow(ExternalSort(budget: resources.memory, folder: folder))
  }

  func add(_ columns: [Column], rows: Bitmap, from cells: BatchCells) throws(RunEnd) {
    guard let column = columns.first else { return }
    do throws(StorageFailure) {
      switch values {
      case .narrow(let sort): try sort.add(SortKeys.narrow(column, rows: rows))
      case .wide(let sort): try sort.add(SortKeys.wide(column, rows: rows))
      }
    } catch {
      throw .storage(error)
    }
  }

  func finish(threads: Int) throws(RunEnd) -> any FactValue {
    do throws(StorageFailure) {
      let value =
        switch values {
        case .narrow(let sort): try answer(sort, constant)
        case .wide(let sort): try answer(sort) { Constant(type, .decimal($0)) }
        }
      return ConstantFact(value: value ?? Constant(figure.resultType(of: type), .null))
    } catch {
      throw .storage(error)
    }
  }

  private func answer<Key: SortKey>(
    _ sort: ExternalSort<Key>, _ constant: (Key) -> Constant
  ) throws(StorageFailure) -> Constant? {
    switch figure {
    case .continuous(let share):
      guard let found = try sort.quantile(at: [share.value]).first else { return nil }
      return figure.between(constant(found.lower), constant(found.upper), fraction: found.fraction)
    case .discrete(let share): return try sort.value(at: share).map(constant)
    case .mode: return try sort.modes().values.first.map(constant)
    }
  }

  /// The value that a key stands for.
  private func constant(_ key: Int64) -> Constant {
    switch type.layout {
    case .bits: Constant(type, .bool(key != 0))
    case .floats: Constant(type, .float(SortKeys.double(key).bitPattern))
    default: Constant(type, .integer(key))
    }
  }
}

extension OrderFigure {
  /// The type of the figure over values of a type.
  func resultType(of type: DataType) -> DataType {
    if case .continuous = self, type.isInteger || type.isFloat { return .float64 }
    return type
  }

  /// What lies between two values; nil between values that nothing lies between.
  func between(_ lower: Constant, _ upper: Constant, fraction: Double) -> Constant? {
    switch (lower.value, upper.value) {
    case (.integer(let low), .integer(let high)):
      let quantile = Quantile(lower: low, upper: high, fraction: fraction)
      return lower.type.isTemporal ? Constant(lower.type, .integer(quantile.instant)) : .float(quantile.value)
    case (.float(let low), .float(let high)):
      let keys = (SortKeys.key(Double(bitPattern: low)), SortKeys.key(Double(bitPattern: high)))
      return .float(Quantile(lower: keys.0, upper: keys.1, fraction: fraction).float)
    case (.decimal(let low), .decimal(let high)):
      return Constant(lower.type, .decimal(Quantile(lower: low, upper: high, fraction: fraction).decimal))
    default: return nil
    }
  }
}
