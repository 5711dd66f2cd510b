import Glibc
import Synchronization

/// Runs `body` once on each of `count` threads and returns when all are done; throws what the first of them threw.
///
/// Where fewer threads are to be had, fewer run it; where none is, the calling one does, so that the work is done.
package func onThreads<Failure: Error>(
  _ count: Int, _ body: @escaping @Sendable () throws(Failure) -> Void
) throws(Failure) {
  let first = First<Failure>()
  let work = Work { do throws(Failure) { try body() } catch { first.keep(error) } }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  // Expressions nest; a page of stack that is not touched costs nothing.
  pthread_attr_setstacksize(&attributes, 64 << 20)
  var threads: [pthread_t] = []
  for _ in 0..<max(1, count) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(work)
    let failed = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, argument.toOpaque())
    if failed == 0 { threads.append(thread) } else { argument.release() }
  }
  pthread_attr_destroy(&attributes)
  if threads.isEmpty { work.body() }
  for thread in threads { pthread_join(thread, nil) }
  if let failure = first.failure { throw failure }
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// The first failure of several threads.
private final class First<Failure: Error>: Sendable {
  private let kept = Mutex<Failure?>(nil)

  var failure: Failure? { kept.withLock { $0 } }

  func keep(_ failure: Failure) { kept.withLock { if $0 == nil { $0 = failure } } }
}
