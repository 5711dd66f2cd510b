import Glibc
import Storage
import Testing

@testable import Spill

@Suite struct MemoryBudgetTests {
  @Test func grantsUpToTheLimit() {
    let budget = MemoryBudget(limit: 100)
    #expect(budget.grant(60))
    #expect(!budget.grant(41))
    #expect(budget.grant(40))
    #expect(!budget.grant(1))
    budget.release(50)
    #expect(budget.granted == 50)
    #expect(!budget.grant(.max))
    #expect(!budget.grant(-1))
    #expect(budget.peak == 100)
  }

  @Test func threadsTogetherNeverPassTheLimit() {
    let budget = MemoryBudget(limit: 1000)
    onThreads(4) {
      for _ in 0..<20_000 where budget.grant(300) { budget.release(300) }
    }
    #expect(budget.granted == 0)
    #expect((300...900).contains(budget.peak))
  }

  /// Folders as a machine shows them, and a quarter of the least of its limits, 4 GiB at most.
  @Test(arguments: [
    (["proc/meminfo": "MemTotal:        8000000 kB\nMemFree: 1 kB\n"], 8_000_000 * 1024 / 4),
    (["proc/meminfo": "MemTotal:       64000000 kB\n"], 4 << 30),
    ([:], 256 << 20),
    (["proc/meminfo": "nonsense"], 256 << 20),
    (["proc/meminfo": "MemTotal: 99999999999999999 kB\n"], 256 << 20),
    (
      [
        "proc/meminfo": "MemTotal:        8000000 kB\n", "proc/self/cgroup": "0::/a/b\n",
        "sys/fs/cgroup/a/b/memory.max": "max\n", "sys/fs/cgroup/a/memory.max": "1073741824\n",
      ], 256 << 20
    ),
    // In a container: the path is the host's.
    (
      [
        "proc/meminfo": "MemTotal:        8000000 kB\n", "proc/self/cgroup": "0::/docker/0123\n",
        "sys/fs/cgroup/memory.max": "536870912\n",
      ], 128 << 20
    ),
    (
      [
        "proc/meminfo": "MemTotal:        8000000 kB\n",
        "proc/self/cgroup": "9:name=systemd:/\n4:cpu,memory:/x\n0::/\n",
        "sys/fs/cgroup/memory/x/memory.limit_in_bytes": "268435456\n",
        "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
      ], 64 << 20
    ),
  ])
  func theDefaultIsAQuarterOfWhatThereIs(_ files: [String: String], _ expected: Int) throws {
    let root = try Scratch()
    for (name, text) in files { try root.write(name, text) }
    #expect(MemoryBudget.defaultLimit(root: root.path) == expected)
  }
}
