import CCrypto

/// Digests for identifiers and fingerprints.
package enum Hashing {
  /// The SHA-256 of the parts, one after the other.
  ///
  /// - Returns: 32 bytes; none only where libcrypto itself fails, for want of memory.
  package static func sha256(_ parts: [UnsafeRawBufferPointer]) -> [UInt8] {
    guard let context = EVP_MD_CTX_new() else { return [] }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestInit_ex(context, Algorithm.sha256.digest, nil) == 1 else { return [] }
    for part in parts {
      guard EVP_DigestUpdate(context, part.baseAddress, part.count) == 1 else { return [] }
    }
    var result = [UInt8](repeating: 0, count: 32)
    let finished = result.withUnsafeMutableBufferPointer { EVP_DigestFinal_ex(context, $0.baseAddress, nil) }
    return finished == 1 ? result : []
  }

  /// Appends bytes as lower-case hexadecimal digits, two each.
  package static func appendHex(_ bytes: [UInt8], to output: inout [UInt8]) {
    for byte in bytes {
      output.append(hexDigit(byte >> 4))
      output.append(hexDigit(byte & 0xF))
    }
  }

  /// Bytes as lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 2)
    appendHex(bytes, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// An algorithm, looked up once: libcrypto takes longer to find it than to hash a record.
  ///
  /// `@unchecked Sendable`: an `EVP_MD` is never written after it was fetched, and libcrypto shares it between threads.
  final class Algorithm: @unchecked Sendable {
    static let md5 = Algorithm("MD5")
    static let sha1 = Algorithm("SHA1")
    static let sha256 = Algorithm("SHA256")
    static let sha512 = Algorithm("SHA512")
    let digest: OpaquePointer?

    private init(_ name: String) { digest = EVP_MD_fetch(nil, name, nil) }

    deinit { EVP_MD_free(digest) }
  }
}
