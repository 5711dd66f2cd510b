import Glibc

/// Puts what the workers made into the order of their batches: whoever brings the batch that is next hands on it and all
/// that wait behind it.
///
/// At most `room` results wait; a worker that is further ahead than that waits itself.
///
/// `@unchecked Sendable`: every access to its state is under its mutex, which lives as long as it does at one address.
final class OrderedOutput<Item>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let room: Int
  private let handOn: (Item) -> Void
  private var waiting: [Int: Item] = [:]
  private var next = 0
  private var isHandingOn = false
  private var isClosed = false

  /// - Parameter handOn: called for one item at a time, in order, by whichever thread.
  init(room: Int, handOn: @escaping (Item) -> Void) {
    self.room = room
    self.handOn = handOn
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(changed)
    mutex.deallocate()
    changed.deallocate()
  }

  /// Brings the result of batch `number`.
  func deposit(_ item: Item, number: Int) {
    pthread_mutex_lock(mutex)
    while number > next + room && !isClosed { pthread_cond_wait(changed, mutex) }
    waiting[number] = item
    if !isHandingOn {
      isHandingOn = true
      while let item = waiting.removeValue(forKey: next), !isClosed {
        pthread_mutex_unlock(mutex)
        handOn(item)
        pthread_mutex_lock(mutex)
        next += 1
        pthread_cond_broadcast(changed)
      }
      isHandingOn = false
    }
    pthread_mutex_unlock(mutex)
  }

  /// Lets all who wait go: the run has ended early.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }
}
