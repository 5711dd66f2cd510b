import Testing

@testable import Spill

@Suite struct KeyRecordTests {
  /// Lengths and ordinals on both sides of what the short header holds.
  @Test(arguments: [0, 1, 3, 1 << 20 - 2, 1 << 20 - 1, 1 << 20], [0, 1, 1 << 44 - 1, 1 << 44, .max, -1] as [Int64])
  func whatIsWrittenIsRead(_ count: Int, _ ordinal: Int64) throws {
    let key = (0..<UInt64(max(1, count))).map { $0 &* 0x9E37_79B9_7F4A_7C15 }
    let size = KeyRecord.size(count, ordinal)
    var memory = [UInt64](repeating: 99, count: size + 1)
    key.withUnsafeBufferPointer { key in
      memory.withUnsafeMutableBufferPointer { memory in
        guard let source = key.baseAddress, let target = memory.baseAddress else { return }
        KeyRecord.write(source, count, ordinal, to: target)
        let record = KeyRecord(UnsafePointer(target))
        #expect(record.ordinal == ordinal)
        #expect(record.count == count)
        #expect(UnsafeBufferPointer(start: record.key, count: count).elementsEqual(key.prefix(count)))
        #expect(record.end == UnsafePointer(target + size))
      }
    }
    #expect(memory[size] == 99)
  }
}
