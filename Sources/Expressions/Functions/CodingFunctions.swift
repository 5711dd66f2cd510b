import Columns
import Kernels

/// Texts and bytes written in other alphabets, and their digests.
extension Function {
  private static func coding(
    _ name: String, _ summary: String, gives type: DataType = .string, errors: String = "the result is too long",
    example: String, _ result: String, _ kernel: @escaping @Sendable (Column, ByteStore) -> Column
  ) -> Function {
    Function(
      name, .coding, summary, .plain(.value("text", .string), gives: .fixed(type)) { kernel($0[0], $0.store) },
      errors: errors, example: example, gives: result)
  }

  package static let base64 = coding(
    "base64", "The bytes of a text or binary value in base64.", example: "base64('Zoë')", "Wm/Dqw=="
  ) { Text.base64($0, in: $1) }

  package static let fromBase64 = coding(
    "from_base64", "The bytes that a text in base64 stands for.", gives: .binary, errors: "the text is not in base64",
    example: "cast(from_base64('Wm/Dqw==') as string)", "Zoë"
  ) { Text.fromBase64($0, in: $1) }

  package static let hex = Function(
    "hex", .coding, "The bytes of a text, or a whole number, in hexadecimal digits.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.hex($0[0], in: $0.store) },
    .plain(.value("number", .integer), gives: .fixed(.string)) { Text.hexNumber($0[0], in: $0.store) },
    errors: "the result is too long", example: "hex(255)", gives: "FF")

  package static let unhex = coding(
    "unhex", "The bytes that hexadecimal digits stand for.", gives: .binary,
    errors: "the text is not in hexadecimal digits", example: "cast(unhex('5A6F') as string)", "Zo"
  ) { Text.unhex($0, in: $1) }

  package static let urlEncode = coding(
    "url_encode", "All but letters, digits and -_.~ as a percent sign and hexadecimal digits.",
    example: "url_encode('a b&c')", "a%20b%26c"
  ) { Text.urlEncode($0, in: $1) }

  package static let urlDecode = coding(
    "url_decode", "Percent signs and their hexadecimal digits as what they stand for.",
    errors: "the result is no UTF-8", example: "url_decode('a%20b%26c')", "a b&c"
  ) { Text.urlDecode($0, in: $1) }

  // MARK: Digests

  private static func digest(_ algorithm: DigestAlgorithm, _ title: String, _ result: String) -> Function {
    coding(
      algorithm.rawValue, "The \(title) digest of the text's bytes, in hexadecimal digits.",
      errors: "the machine's libcrypto does not offer \(title)", example: "\(algorithm.rawValue)('abc')", result
    ) { Text.digest($0, algorithm, in: $1) }
  }

  package static let md5 = digest(.md5, "MD5", "900150983cd24fb0d6963f7d28e17f72")
  package static let sha1 = digest(.sha1, "SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d")
  package static let sha256 = digest(
    .sha256, "SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  package static let sha512 = digest(
    .sha512, "SHA-512",
    "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")

  package static let hmac = Function(
    "hmac", .coding,
    "The digest of the text's bytes under a key, in hexadecimal digits: by 'sha256', unless another is given.",
    .plain(.value("text", .string), .value("key", .string), gives: .fixed(.string)) {
      Text.hmac($0[0], key: $0[1], .sha256, in: $0.store)
    },
    .prepared(
      .value("text", .string), .value("key", .string), .constant("algorithm", .string), gives: .fixed(.string)
    ) { info throws(ArgumentFault) in
      guard let algorithm = DigestAlgorithm(rawValue: info.string(2).lowercased()) else {
        let known = DigestAlgorithm.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw ArgumentFault(argument: 2, "no algorithm '\(info.string(2))'; there are \(known)")
      }
      return { Text.hmac($0[0], key: $0[1], algorithm, in: $0.store) }
    },
    errors: "the machine's libcrypto does not offer the algorithm",
    example: "hmac('what do ya want for nothing?', 'Jefe', 'md5')", gives: "750c783e6ab0b503eaa86e310a5db738")

  static let codings = [
    base64, fromBase64, hex, hmac, md5, sha1, sha256, sha512, unhex, urlDecode, urlEncode,
  ]
}
