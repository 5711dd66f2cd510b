import Columns
import Kernels

/// Texts written in another way, and how much texts are alike.
extension Function {
  private static func shape(
    _ name: String, _ summary: String, example: String, gives result: String,
    _ kernel: @escaping @Sendable (Column, ByteStore) -> Column
  ) -> Function {
    Function(
      name, .text, summary, .plain(.value("text", .string), gives: .fixed(.string)) { kernel($0[0], $0.store) },
      errors: "the result is too long", example: example, gives: result)
  }

  package static let initcap = shape(
    "initcap", "The first letter of each word in upper case, the others in lower case.",
    example: "initcap('anna-maria o''neil')", gives: "Anna-Maria O'neil"
  ) { Text.initcap($0, in: $1) }

  package static let removeSymbols = shape(
    "remove_symbols", "The text without anything but letters, digits and white space.",
    example: "remove_symbols('(030) 12-34')", gives: "030 1234"
  ) { Text.removeSymbols($0, in: $1) }

  package static let removeWhitespace = shape(
    "remove_whitespace", "The text without any white space.", example: "remove_whitespace(' a b ')", gives: "ab"
  ) { Text.removeWhitespace($0, in: $1) }

  package static let stripAccents = shape(
    "strip_accents", "The text without accents and other marks on its letters.", example: "strip_accents('Zoë à Łódź')",
    gives: "Zoe a Łodz"
  ) { Text.stripAccents($0, in: $1) }

  package static let soundex = shape(
    "soundex", "The Soundex code of an English name: a letter and three digits; empty without a letter.",
    example: "soundex('Robert')", gives: "R163"
  ) { Text.soundex($0, in: $1) }

  package static let translate = Function(
    "translate", .text, "Characters replaced one by one, or left out where the new ones are fewer.",
    .plain(.value("text", .string), .value("old", .string), .value("new", .string), gives: .fixed(.string)) {
      Text.translate($0[0], from: $0[1], to: $0[2], in: $0.store)
    },
    errors: "the result is too long", example: "translate('1.234,5', ',.', '.')", gives: "1234.5")

  package static let normalize = Function(
    "normalize", .text, "The text in a Unicode normal form: 'nfc', unless 'nfd', 'nfkc' or 'nfkd' is given.",
    .plain(.value("text", .string), gives: .fixed(.string)) { Text.normalize($0[0], as: .nfc, in: $0.store) },
    .prepared(.value("text", .string), .constant("form", .string), gives: .fixed(.string)) {
      info throws(ArgumentFault) in
      guard let form = NormalForm(rawValue: info.string(1).lowercased()) else {
        let known = NormalForm.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw ArgumentFault(argument: 1, "no form '\(info.string(1))'; there are \(known)")
      }
      return { Text.normalize($0[0], as: form, in: $0.store) }
    },
    errors: "the result is too long", example: "normalize('ﬁve', 'nfkc')", gives: "five")

  // MARK: Likeness

  private static func distance(
    _ name: String, _ summary: String, gives type: DataType = .int64, errors: String, example: String,
    _ result: String, _ kernel: @escaping @Sendable (Column, Column, ByteStore) -> Column
  ) -> Function {
    Function(
      name, .text, summary,
      .plain(.value("text", .string), .value("other", .string), gives: .fixed(type)) { kernel($0[0], $0[1], $0.store) },
      errors: errors, example: example, gives: result)
  }

  private static let tooLong = "a text has more than \(Text.longestCompared) characters"

  package static let levenshtein = distance(
    "levenshtein", "How many characters must be put in, left out or replaced to make one text the other.",
    errors: tooLong, example: "levenshtein('kitten', 'sitting')", "3"
  ) { Text.levenshtein($0, $1, in: $2) }

  package static let damerauLevenshtein = distance(
    "damerau_levenshtein", "As levenshtein, with two characters that change places as one step.", errors: tooLong,
    example: "damerau_levenshtein('Marhta', 'Martha')", "1"
  ) { Text.damerauLevenshtein($0, $1, in: $2) }

  package static let hamming = distance(
    "hamming", "How many places hold other characters in texts of one length.", errors: "the lengths differ",
    example: "hamming('karolin', 'kathrin')", "3"
  ) { Text.hamming($0, $1, in: $2) }

  package static let jaroSimilarity = distance(
    "jaro_similarity", "How much two texts are alike, from 0 to 1: characters that both have at about the same place.",
    gives: .float64, errors: tooLong, example: "round(jaro_similarity('MARTHA', 'MARHTA'), 4)", "0.9444"
  ) { Text.jaro($0, $1, in: $2) }

  package static let jaroWinklerSimilarity = distance(
    "jaro_winkler_similarity", "As jaro_similarity, with equal characters at the start counting for more.",
    gives: .float64, errors: tooLong, example: "round(jaro_winkler_similarity('MARTHA', 'MARHTA'), 4)", "0.9611"
  ) { Text.jaroWinkler($0, $1, in: $2) }

  static let textShapes = [
    damerauLevenshtein, hamming, initcap, jaroSimilarity, jaroWinklerSimilarity, levenshtein, normalize, removeSymbols,
    removeWhitespace, soundex, stripAccents, translate,
  ]
}
