import Glibc
import Storage
import Testing

@testable import Formats

/// Packed inputs and outputs against Python's gzip module and the zstd command.
@Suite struct CompressionTests {
  static let hasZstandard = access("/usr/bin/zstd", X_OK) == 0
  static let kinds: [Compression] = hasZstandard ? [.gzip, .zstandard] : [.gzip]

  /// The folder of packed files, made once.
  static let folder: String? = {
    guard let path = try? Python.temporaryFolder(),
      (try? Python.lines(of: "inputs.py", ["pack", path])) != nil
    else { return nil }
    atexit { if let path = CompressionTests.folder { Python.removeFolder(path) } }
    return path
  }()

  private func source(_ bytes: [UInt8], _ kind: Compression, block: Int = 1 << 20) throws -> any ByteSource {
    let packed = ArrayByteSource(bytes, path: "x", block: block)
    return kind == .gzip ? try GzipSource(packed) : try ZstandardSource(packed)
  }

  @Test(
    .enabled(if: hasZstandard, "the zstd command is not here: scripts/setup installs it"),
    arguments: ["one", "members", "padded", "level0", "level19", "frames"])
  func `unpacks what others packed`(_ name: String) throws {
    let folder = try #require(Self.folder)
    let expected = try contents("\(folder)/text")
    for kind in Self.kinds {
      let path = "\(folder)/\(name)\(kind.suffix)"
      guard access(path, R_OK) == 0 else { continue }
      let packed = try contents(path)
      for block in [1, 7, 65536] where block > 1 || packed.count < 1 << 19 {
        #expect(try readAll(try source(packed, kind, block: block), count: 1 << 16) == expected, "\(path) \(block)")
      }
    }
    #expect(try readAll(try InputContent(path: "\(folder)/one.gz", encoding: .utf8).look(), count: 3) == expected)
  }

  @Test(arguments: kinds) func `every beginning of a file unpacks to what it holds, or is cut short`(
    _ kind: Compression
  ) throws {
    let folder = try #require(Self.folder)
    let name = "small\(kind.suffix)"
    let packed = try contents("\(folder)/\(name)")
    let verdicts = try contents("\(folder)/\(name).verdicts").split(separator: UInt8(ascii: "\n"))
    try #require(verdicts.count == packed.count)
    #expect(throws: InputFailure.packed(path: "x", kind, .truncated)) { try readAll(source([], kind)) }
    for (index, verdict) in verdicts.enumerated() {
      for block in [1, 1 << 20] {
        let start = try source(Array(packed[...index]), kind, block: block)
        if verdict.first == UInt8(ascii: "=") {
          #expect(try readAll(start) == unhex(verdict.dropFirst()), "\(index + 1) bytes of \(name)")
        } else {
          #expect(throws: InputFailure.packed(path: "x", kind, .truncated), "\(index + 1) bytes of \(name)") {
            try readAll(start)
          }
        }
      }
    }
    #expect(verdicts.filter { $0.first != UInt8(ascii: "=") }.count > packed.count / 2)
  }

  @Test(arguments: kinds) func `no damaged byte goes unseen`(_ kind: Compression) throws {
    // zstd checks its contents only where it was asked to; this project's own packer always asks.
    let plain = Array("id,name\n1,Ada\n2,Grace\n3,Grace\n".utf8)
    let packed = try pack(plain, kind)
    var failures = 0
    for index in packed.indices {
      for bit in 0..<8 {
        var damaged = packed
        damaged[index] ^= 1 << UInt8(bit)
        do { #expect(try readAll(source(damaged, kind)) == plain, "byte \(index), bit \(bit)") } catch { failures += 1 }
      }
    }
    #expect(failures > packed.count * 4)
  }

  @Test(arguments: kinds) func `what follows the last member is refused`(_ kind: Compression) throws {
    let folder = try #require(Self.folder)
    let path = "\(folder)/followed\(kind.suffix)"
    #expect {
      try readAll(source(try contents(path), kind))
    } throws: { error in
      guard case .packed(_, kind, let fault)? = error as? InputFailure else { return false }
      return kind == .gzip ? fault == .trailing : fault != .truncated
    }
  }

  @Test(arguments: kinds) func `others unpack what was packed, however it came`(_ kind: Compression) throws {
    let folder = try Python.temporaryFolder()
    defer { Python.removeFolder(folder) }
    let text = (0..<30_000).flatMap { Array("\($0 &* 2_654_435_761 % 1_000_003),name \($0 % 17)\n".utf8) }
    var expected: [[UInt8]] = []
    var paths: [String] = []
    for (number, piece) in [1 << 20, 4096, 1, 0].enumerated() {
      let path = "\(folder)/\(number)\(kind.suffix)"
      let plain = piece == 0 ? [] : Array(text.prefix(piece == 1 ? 5000 : text.count))
      try write(try pack(plain, kind, piece: max(piece, 1)), to: path)
      expected.append(plain)
      paths.append(path)
    }
    let found = try Python.lines(of: "inputs.py", ["unpack"] + paths)
    #expect(found.map { unhex(Array($0.utf8).dropFirst()) } == expected)
  }

  @Test func `a sink counts what it takes, ends once, and takes nothing after`() throws {
    let target = MemorySink()
    let sink = try CompressedSink(.gzip, to: target)
    try Array("abc".utf8).withUnsafeBytes { try sink.write($0) }
    #expect(sink.bytesWritten == 3)
    try sink.finish()
    let count = target.bytesWritten
    try sink.finish()
    #expect(target.bytesWritten == count)
    #expect(throws: StorageFailure.self) { try Array("d".utf8).withUnsafeBytes { try sink.write($0) } }
  }

  @Test func `a kind is known by its first bytes, else by its name`() throws {
    let table: [(name: String, bytes: [UInt8], kind: Compression?)] = [
      ("a.csv", [0x1F, 0x8B, 8, 0], .gzip), ("a.csv", [0x28, 0xB5, 0x2F, 0xFD], .zstandard),
      ("a.csv", [0x5A, 0x2A, 0x4D, 0x18], .zstandard), ("a.csv", [0x1F, 0x8B, 7, 0], nil), ("a.csv", [], nil),
      ("a.csv.gz", Array("a,b\n".utf8), .gzip), ("a.csv.zst", [], .zstandard),
      ("a.gz", [0x28, 0xB5, 0x2F, 0xFD], .zstandard),
      ("a.gz.csv", Array("a,b\n".utf8), nil),
    ]
    for (name, bytes, kind) in table {
      #expect((Compression(magic: bytes) ?? Compression(name: name)) == kind, "\(name) \(bytes)")
    }
    #expect(Compression.plainName("out/a.csv.zst") == "out/a.csv" && Compression.plainName("a.csv") == "a.csv")
  }

  private func pack(_ bytes: [UInt8], _ kind: Compression, piece: Int = 1 << 20) throws -> [UInt8] {
    let target = MemorySink()
    let sink = try CompressedSink(kind, to: target)
    try bytes.withUnsafeBytes { all in
      for start in stride(from: 0, to: all.count, by: piece) {
        try sink.write(UnsafeRawBufferPointer(rebasing: all[start..<min(all.count, start + piece)]))
      }
    }
    try sink.finish()
    return target.bytes
  }
}
