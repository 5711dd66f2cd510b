/// How the bytes of a file are packed.
package enum Compression: String, CaseIterable, Hashable, Sendable {
  case gzip
  case zstandard = "zstd"

  /// What the name of such a file ends in.
  package var suffix: String {
    switch self {
    case .gzip: ".gz"
    case .zstandard: ".zst"
    }
  }

  /// What a file of this name is taken for.
  package init?(name: String) {
    guard let found = Self.allCases.first(where: { name.hasSuffix($0.suffix) }) else { return nil }
    self = found
  }

  /// What bytes begin with that are packed so: RFC 1952, 2.3.1; RFC 8878, 3.1.1 and 3.1.2 (skippable frames).
  package init?(magic: some Collection<UInt8>) {
    let start = Array(magic.prefix(4))
    if start.starts(with: [0x1F, 0x8B, 0x08]) {
      self = .gzip
    } else if start == [0x28, 0xB5, 0x2F, 0xFD] || (start.dropFirst() == [0x2A, 0x4D, 0x18] && start[0] >> 4 == 5) {
      self = .zstandard
    } else {
      return nil
    }
  }

  /// A name without the ending that says how its bytes are packed.
  package static func plainName(_ name: String) -> String {
    Compression(name: name).map { String(name.dropLast($0.suffix.count)) } ?? name
  }
}

extension Compression {
  /// Why packed bytes could not be unpacked.
  package enum Fault: Hashable, Sendable {
    /// The input ends within a member or frame.
    case truncated
    /// The bytes are not what a packer writes, or not what their checksum says; in the library's words, where it has any.
    case corrupt(String)
    /// After the last member comes something else.
    case trailing
    case noMemory

    /// In words that follow the file's name.
    package var description: String {
      switch self {
      case .truncated: "it ends too early"
      case .corrupt(let words): words.isEmpty ? "its bytes are damaged" : "its bytes are damaged (\(words))"
      case .trailing: "other bytes follow its end"
      case .noMemory: "there is no memory to unpack it"
      }
    }
  }
}
