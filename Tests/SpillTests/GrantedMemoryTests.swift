import Glibc
import Storage
import Testing

@testable import Spill

@Suite struct GrantedMemoryTests {
  /// Bytes asked for, and counted: whole pages of 4 KiB where it is one or more.
  @Test(arguments: [(1, 16), (16, 16), (100, 100), (4095, 4095), (4096, 4096), (4097, 8192), (1 << 20, 1 << 20)])
  func countsWhatItHolds(_ wanted: Int, _ counted: Int) throws {
    let budget = MemoryBudget(limit: 1 << 20)
    do {
      guard let memory = try GrantedMemory(bytes: wanted, of: budget) else {
        Issue.record("\(wanted) bytes were refused")
        return
      }
      #expect(memory.bytes == counted)
      #expect(budget.granted == counted)
      memset(memory.base, 0xAA, memory.bytes)
      #expect(memory.base.load(fromByteOffset: wanted - 1, as: UInt8.self) == 0xAA)
    }
    #expect(budget.granted == 0)
  }

  private static func isRefused(_ bytes: Int, _ budget: MemoryBudget) throws -> Bool {
    switch try GrantedMemory(bytes: bytes, of: budget) {
    case nil: true
    case .some: false
    }
  }

  @Test func isRefusedPastTheLimit() throws {
    let budget = MemoryBudget(limit: 8191)
    #expect(try Self.isRefused(4097, budget))
    #expect(budget.granted == 0)
    do {
      let forced = try GrantedMemory(bytes: 4097, of: budget, isForced: true)
      #expect(budget.granted == 8192)
      _ = forced
    }
    #expect(budget.granted == 0)
  }

  /// More than a process can address is an error, not the end of the process.
  @Test func whatTheSystemDoesNotHaveIsAnError() throws {
    let budget = MemoryBudget(limit: .max)
    #expect(try Self.isRefused(1 << 60, budget))
    let failure = #expect(throws: StorageFailure.self) {
      _ = try GrantedMemory(bytes: 1 << 60, of: budget, isForced: true)
    }
    #expect(failure?.message == "cannot allocate 1152921504606846976 bytes of memory: Cannot allocate memory")
    #expect(budget.granted == 0)
  }

  /// The pages of a process, as the system counts them.
  private static func residentBytes() throws -> Int {
    let words = String(decoding: try readFile("/proc/self/statm"), as: UTF8.self).split(separator: " ")
    return try #require(Int(words[1])) * 4096
  }

  /// Chunks like those of partitions, given up in the order of their making, in the middle of others that stay.
  @Test func isBackWithTheSystemAtOnce() throws {
    let budget = MemoryBudget(limit: .max)
    var chunks: [KeyChunk] = []
    for _ in 0..<2048 {
      let chunk = try #require(try KeyChunk(words: 8192, of: budget, isForced: false))
      memset(chunk.words, 1, 8 * 8192)
      chunks.append(chunk)
    }
    let held = try Self.residentBytes()
    chunks.removeSubrange(100..<2000)
    // 118 MiB went; other tests run beside this one.
    #expect(try Self.residentBytes() < held - 60 << 20)
    #expect(budget.granted == 148 * 64 << 10)
  }
}
