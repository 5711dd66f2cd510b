import Formats
import Synchronization

/// The workers' turns at the reader: each takes the next batch and its number.
///
/// `@unchecked Sendable`: the reader and the counts are touched under the mutex only.
final class ReaderTurns: @unchecked Sendable {
  struct Turn: Sendable {
    let number: Int
    let file: InputFile
    /// The place of the batch's first record among all records of the input, from 0.
    let firstOrdinal: Int
  }

  private let reader: BatchReader
  private let progress: RunProgress
  private let mutex = Mutex(())
  private var next = 0

  init(_ reader: BatchReader, _ progress: RunProgress) {
    self.reader = reader
    self.progress = progress
  }

  /// Fills a worker's batch with the next records; nil at the end of the input or of the run.
  func take(_ batch: RecordBatch, _ ends: EndOnce) -> Turn? {
    mutex.withLock { _ in
      if progress.isCancelled { ends.end(.interrupted) }
      guard !ends.hasEnded else { return nil }
      do throws(InputFailure) {
        let firstOrdinal = reader.records
        guard let file = try reader.next(into: batch) else { return nil }
        progress.records.store(reader.records, ordering: .relaxed)
        progress.bytes.add(batch.sourceBytes, ordering: .relaxed)
        defer { next += 1 }
        return Turn(number: next, file: file, firstOrdinal: firstOrdinal)
      } catch {
        ends.end(.input(error))
        return nil
      }
    }
  }
}

/// Whether and why a run has ended early; the first reason counts.
final class EndOnce: Sendable {
  private let first = Mutex<RunEnd?>(nil)
  private let isSet = Atomic<Bool>(false)

  var hasEnded: Bool { isSet.load(ordering: .acquiring) }
  var reason: RunEnd? { first.withLock { $0 } }

  func end(_ end: RunEnd) {
    first.withLock { if $0 == nil { $0 = end } }
    isSet.store(true, ordering: .releasing)
  }
}
