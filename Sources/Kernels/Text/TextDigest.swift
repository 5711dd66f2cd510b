import CCrypto
import Columns

/// The digests that texts can be given.
package enum DigestAlgorithm: String, Sendable, CaseIterable {
  case md5, sha1, sha256, sha512

  fileprivate var algorithm: Hashing.Algorithm {
    switch self {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    case .sha512: .sha512
    }
  }
}

extension Text {
  /// The digest of each text's bytes, as lower-case hexadecimal digits.
  ///
  /// A row fails with `.badArgument` only where libcrypto has no such algorithm, as in a mode that forbids MD5.
  ///
  /// - Parameter x: *n* texts.
  /// - Source: RFC 1321 (MD5), FIPS 180-4 (SHA); computed by libcrypto.
  package static func digest(_ x: Column, _ algorithm: DigestAlgorithm, in store: ByteStore) -> Column {
    let texts = x.textOperand
    let session = DigestSession(algorithm)
    return written([x], in: store) { row, writer in
      let text = writer.bytes(texts[row])
      guard let length = session.digest(text) else { return .fault(.badArgument) }
      return writer.append(hexOf: session.result, length)
    }
  }

  /// The keyed digest of each text's bytes, as lower-case hexadecimal digits.
  ///
  /// - Parameters: *n* texts each.
  /// - Source: RFC 2104 (HMAC); computed by libcrypto.
  package static func hmac(
    _ x: Column, key: Column, _ algorithm: DigestAlgorithm, in store: ByteStore
  ) -> Column {
    let (texts, keys) = (x.textOperand, key.textOperand)
    let session = KeyedDigestSession(algorithm)
    return written([x, key], in: store) { row, writer in
      let (text, key) = (writer.bytes(texts[row]), writer.bytes(keys[row]))
      guard let length = session.digest(text, key: key, keyPlace: keys[row]) else { return .fault(.badArgument) }
      return writer.append(hexOf: session.result, length)
    }
  }
}

/// What libcrypto needs to digest one text after the other: made once a call, used by one thread.
private final class DigestSession {
  private let context = EVP_MD_CTX_new()
  private let digest: OpaquePointer?
  let result = UnsafeMutableRawPointer.allocate(byteCount: Int(EVP_MAX_MD_SIZE), alignment: 8)

  init(_ algorithm: DigestAlgorithm) { digest = algorithm.algorithm.digest }

  deinit {
    EVP_MD_CTX_free(context)
    result.deallocate()
  }

  /// Leaves the digest in `result`; gives its length in bytes, nil where libcrypto fails.
  func digest(_ text: TextBytes) -> Int? {
    var length: UInt32 = 0
    guard let context, let digest, EVP_DigestInit_ex(context, digest, nil) == 1,
      EVP_DigestUpdate(context, text.start, text.count) == 1,
      EVP_DigestFinal_ex(context, result.assumingMemoryBound(to: UInt8.self), &length) == 1
    else { return nil }
    return Int(length)
  }
}

/// As ``DigestSession``, with a key.
private final class KeyedDigestSession {
  private let code: OpaquePointer?
  private let context: OpaquePointer?
  private let name: [CChar]
  private var knownKey: TextSpan?
  let result = UnsafeMutableRawPointer.allocate(byteCount: Int(EVP_MAX_MD_SIZE), alignment: 8)

  init(_ algorithm: DigestAlgorithm) {
    code = EVP_MAC_fetch(nil, "HMAC", nil)
    context = code.flatMap { EVP_MAC_CTX_new($0) }
    name = Array(algorithm.rawValue.utf8CString)
  }

  deinit {
    EVP_MAC_CTX_free(context)
    EVP_MAC_free(code)
    result.deallocate()
  }

  /// - Parameter keyPlace: where the key stands; the key of the last call is not prepared again.
  func digest(_ text: TextBytes, key: TextBytes, keyPlace: TextSpan) -> Int? {
    guard let context, keyPlace == knownKey ? restart(context) : start(context, key) else { return nil }
    knownKey = keyPlace
    var length = 0
    guard EVP_MAC_update(context, text.start.assumingMemoryBound(to: UInt8.self), text.count) == 1,
      EVP_MAC_final(context, result.assumingMemoryBound(to: UInt8.self), &length, Int(EVP_MAX_MD_SIZE)) == 1
    else { return nil }
    return length
  }

  private func restart(_ context: OpaquePointer) -> Bool { EVP_MAC_init(context, nil, 0, nil) == 1 }

  private func start(_ context: OpaquePointer, _ key: TextBytes) -> Bool {
    var name = name
    return name.withUnsafeMutableBufferPointer { name in
      var parameters = (
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0), OSSL_PARAM_construct_end()
      )
      return withUnsafePointer(to: &parameters) { pair in
        pair.withMemoryRebound(to: OSSL_PARAM.self, capacity: 2) {
          EVP_MAC_init(context, key.start.assumingMemoryBound(to: UInt8.self), key.count, $0) == 1
        }
      }
    }
  }
}

extension TextWriter {
  /// Appends bytes as lower-case hexadecimal digits.
  fileprivate mutating func append(hexOf bytes: UnsafeRawPointer, _ length: Int) -> Checked<TextSpan> {
    guard reserve(length &* 2) else { return .tooLong }
    let start = count
    for offset in 0..<length {
      let byte = bytes.load(fromByteOffset: offset, as: UInt8.self)
      append(byte: Hashing.hexDigit(byte &>> 4))
      append(byte: Hashing.hexDigit(byte & 0xF))
    }
    return Checked(span(from: start))
  }
}
