import Glibc
import Storage
import Synchronization

/// Runs `body` once on each of `count` threads and returns when all are done; throws what the first of them threw.
///
/// The calling thread is one of them, so that the work is done even where no other is to be had.
func onThreads(
  _ count: Int, _ body: @escaping @Sendable () throws(StorageFailure) -> Void
) throws(StorageFailure) {
  let work = SharedWork(body)
  var threads: [pthread_t] = []
  for _ in 1..<max(1, count) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(work)
    let failed = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<SharedWork>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    if failed == 0 { threads.append(thread) } else { argument.release() }
  }
  work.run()
  for thread in threads { pthread_join(thread, nil) }
  if let failure = work.failure { throw failure }
}

private final class SharedWork: Sendable {
  private let body: @Sendable () throws(StorageFailure) -> Void
  private let first = Mutex<StorageFailure?>(nil)

  init(_ body: @escaping @Sendable () throws(StorageFailure) -> Void) { self.body = body }

  var failure: StorageFailure? { first.withLock { $0 } }

  func run() {
    do { try body() } catch { first.withLock { if $0 == nil { $0 = error } } }
  }
}
