import Glibc
import Synchronization

@testable import Storage

/// A file system in which something goes wrong at the n-th call.
///
/// A process that ends is shown by its trace: its descriptors are closed, its locks are gone, and no later call has an
/// effect. Flushes are counted, not made.
final class Faults: Sendable {
  enum Kind: Sendable, Hashable {
    case none
    /// The call fails, once.
    case fails(Int32)
    /// The call fails, and so does each later one.
    case allFail(Int32)
    /// The disk is full: the call and each later one that needs room fails.
    case isFull
    case endsBefore
    case endsAfter
    /// A write is done by half before the process ends.
    case endsWithin
  }

  private struct State {
    var calls: [String] = []
    var descriptors: [Int32: String] = [:]
    var hasEnded = false
  }

  private let at: Int
  private let kind: Kind
  private let state = Mutex(State())

  init(at: Int = 0, _ kind: Kind = .none) {
    self.at = at
    self.kind = kind
  }

  /// All calls so far: what was called, and on which file.
  var calls: [String] { state.withLock { $0.calls } }
  /// Files that are open still.
  var open: [String] { state.withLock { $0.descriptors.values.sorted() } }
  var wasReached: Bool { calls.count >= at }

  /// The process ends now.
  func end() {
    state.withLock { state in
      state.hasEnded = true
      for descriptor in state.descriptors.keys {
        // A child that another test is just starting may have a copy of the descriptor.
        flock(descriptor, LOCK_UN)
        close(descriptor)
      }
      state.descriptors = [:]
    }
  }

  private func call(
    _ name: String, _ path: String, needsRoom: Bool = false, half: () -> Void = {}, _ real: () -> Int
  ) -> Int {
    let (number, hasEnded) = state.withLock { state in
      if !state.hasEnded { state.calls.append("\(name) \(path)") }
      return (state.calls.count, state.hasEnded)
    }
    if hasEnded { return Int(-EIO) }
    switch kind {
    case .fails(let code) where number == at: return Int(-code)
    case .allFail(let code) where number >= at && name != "close": return Int(-code)
    case .isFull where number >= at && needsRoom: return Int(-ENOSPC)
    case .endsBefore where number == at: end()
    case .endsWithin where number == at:
      half()
      end()
    case .endsAfter where number == at:
      _ = real()
      end()
    default: return real()
    }
    return Int(-EIO)
  }

  private func name(_ descriptor: Int32) -> String { state.withLock { $0.descriptors[descriptor] ?? "?" } }

  var fileSystem: FileSystem {
    let system = FileSystem.system
    var faulty = system
    faulty.open = { [self] path, flags, mode in
      call(flags & O_CREAT != 0 ? "create" : "open", path, needsRoom: flags & O_CREAT != 0) {
        let descriptor = system.open(path, flags, mode)
        if descriptor >= 0 { state.withLock { $0.descriptors[Int32(descriptor)] = path } }
        return descriptor
      }
    }
    faulty.write = { [self] descriptor, bytes in
      let half = { _ = system.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / 2))) }
      return call("write", name(descriptor), needsRoom: true, half: half) { system.write(descriptor, bytes) }
    }
    faulty.close = { [self] descriptor in
      call("close", name(descriptor)) {
        state.withLock { _ = $0.descriptors.removeValue(forKey: descriptor) }
        return system.close(descriptor)
      }
    }
    faulty.flush = { [self] descriptor in call("flush", name(descriptor)) { 0 } }
    faulty.lock = { [self] descriptor in call("lock", name(descriptor)) { system.lock(descriptor) } }
    faulty.truncate = { [self] descriptor in call("truncate", name(descriptor)) { system.truncate(descriptor) } }
    faulty.setMode = { [self] descriptor, mode in
      call("mode", name(descriptor)) { system.setMode(descriptor, mode) }
    }
    faulty.setOwner = { [self] descriptor, user, group in
      call("owner", name(descriptor)) { system.setOwner(descriptor, user, group) }
    }
    faulty.link = { [self] path, second in call("link", second, needsRoom: true) { system.link(path, second) } }
    faulty.rename = { [self] path, target in call("rename", "\(path) \(target)") { system.rename(path, target) } }
    faulty.remove = { [self] path in call("remove", path) { system.remove(path) } }
    faulty.makeFolder = { [self] path in call("folder", path, needsRoom: true) { system.makeFolder(path) } }
    faulty.removeFolder = { [self] path in call("nofolder", path) { system.removeFolder(path) } }
    return faulty
  }
}
