import Columns
import Expressions
import Kernels
import Spill
import Storage

/// Sorts all values for a figure over them, within the run's memory.
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
      switch values {
      case .narrow(let sort): return ConstantFact(value: try narrow(sort))
      case .wide(let sort): return ConstantFact(value: try wide(sort))
      }
    } catch {
      throw .storage(error)
    }
  }

  private func narrow(_ sort: ExternalSort<Int64>) throws(StorageFailure) -> Constant {
    switch figure {
    case .continuous(let share):
      let quantile = try sort.quantile(at: [share.value]).first
      if type.isTemporal { return Constant(type, quantile.map { .integer($0.instant) } ?? .null) }
      let value = type.isFloat ? quantile?.float : quantile?.value
      return value.map { .float($0) } ?? Constant(.float64, .null)
    case .discrete(let share): return constant(try sort.value(at: share))
    case .mode: return constant(try sort.modes().values.first)
    }
  }

  /// The value that a key stands for.
  private func constant(_ key: Int64?) -> Constant {
    guard let key else { return Constant(type, .null) }
    switch type.layout {
    case .bits: return Constant(type, .bool(key != 0))
    case .floats: return Constant(type, .float(SortKeys.double(key).bitPattern))
    default: return Constant(type, .integer(key))
    }
  }

  private func wide(_ sort: ExternalSort<Int128>) throws(StorageFailure) -> Constant {
    let value: Int128?
    switch figure {
    case .continuous(let share): value = try sort.quantile(at: [share.value]).first?.decimal
    case .discrete(let share): value = try sort.value(at: share)
    case .mode: value = try sort.modes().values.first
    }
    return Constant(type, value.map { .decimal($0) } ?? .null)
  }
}
