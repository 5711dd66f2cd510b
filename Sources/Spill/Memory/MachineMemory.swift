import Glibc
import Storage

extension MemoryBudget {
  /// What a run may use unless told otherwise: a quarter of the machine's memory, or of its control group's limit where
  /// that is less, and at most 4 GiB; 256 MiB where neither is known.
  ///
  /// - Parameter root: the folder that `/proc` and `/sys` lie in.
  package static func defaultLimit(root: String = "/") -> Int {
    let machine = MachineMemory(root: root)
    guard let available = [machine.total, machine.groupLimit].compactMap(\.self).min() else { return 256 << 20 }
    return min(available / 4, 4 << 30)
  }
}

/// What the system says about memory.
struct MachineMemory {
  private let root: String

  init(root: String) { self.root = root.hasSuffix("/") ? String(root.dropLast()) : root }

  /// The machine's memory in bytes.
  var total: Int? {
    for line in lines("/proc/meminfo") where line.hasPrefix("MemTotal:") {
      let words = line.split(separator: " ")
      guard words.count >= 2, let kibibytes = Int(words[1]), kibibytes > 0 else { return nil }
      let (bytes, isOver) = kibibytes.multipliedReportingOverflow(by: 1024)
      return isOver ? nil : bytes
    }
    return nil
  }

  /// The lowest limit of the process's control group and the groups around it, version 1 or 2.
  var groupLimit: Int? {
    var limits: [Int] = []
    for line in lines("/proc/self/cgroup") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[1].isEmpty {
        limits += self.limits(of: parts[2], below: "/sys/fs/cgroup", file: "memory.max")
      } else if parts[1].split(separator: ",").contains("memory") {
        limits += self.limits(of: parts[2], below: "/sys/fs/cgroup/memory", file: "memory.limit_in_bytes")
      }
    }
    return limits.min()
  }

  /// The limits of a group and of those around it. Inside a container the path may be the host's and lead nowhere; the
  /// group's own files are then at the mount's root, which is the last place looked at.
  private func limits(of path: Substring, below mount: String, file: String) -> [Int] {
    var parts = path.split(separator: "/")
    var result: [Int] = []
    while true {
      let folder = parts.isEmpty ? mount : "\(mount)/\(parts.joined(separator: "/"))"
      if let text = lines("\(folder)/\(file)").first, let bytes = Int(text), bytes > 0 { result.append(bytes) }
      if parts.isEmpty { return result }
      parts.removeLast()
    }
  }

  private func lines(_ path: String) -> [Substring] {
    let bytes: [UInt8]
    do { bytes = try readFile(root + path) } catch { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }
}
