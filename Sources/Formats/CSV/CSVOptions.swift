import Diagnostics
import Documents

/// The options of CSV as a document writes them.
package enum CSVOptions {
  static let delimiter = DefaultedOption<SingleByte>(
    "delimiter", "What stands between fields; \"\\t\" for a tab.", default: SingleByte(byte: UInt8(ascii: ",")))
  static let quote = DefaultedOption<String>("quote", "What encloses fields; '' for none.", default: "\"")
  static let escape = OptionalOption<SingleByte>(
    "escape", "What makes the next character stand for itself inside quotes; default: a quote is written twice.")
  static let header = DefaultedOption<Bool>("header", "Whether the first record names the columns.", default: true)
  static let encoding = DefaultedOption<Encoding>("encoding", "How characters are written.", default: .utf8)
  static let nulls = DefaultedOption<[NullText]>(
    "nulls", "The texts that mean null, quoted or not.", default: [NullText(text: "")])
  static let maxRecord = DefaultedOption<ByteSize>(
    "max_record", "The longest record to believe in.", default: ByteSize(bytes: 16 << 20))
  static let nullText = DefaultedOption<NullText>("null_text", "What is written for null.", default: NullText(text: ""))

  package static let inputOptions: [any OptionDeclaration] = [
    delimiter, quote, escape, header, encoding, nulls, maxRecord,
  ]
  package static let outputOptions: [any OptionDeclaration] = [delimiter, header, nullText]

  enum Encoding: String, CaseIterable, Sendable, OptionValue { case utf8 = "utf-8" }

  /// The dialect of an input; nil, reported, where an option is wrong.
  package static func inputDialect(_ choice: FormatChoice?, _ diagnostics: inout Diagnostics) -> CSVDialect? {
    guard let node = choice?.options else { return CSVDialect() }
    guard let arguments = Arguments.read(node, options: inputOptions, owner: "format 'csv'", into: &diagnostics) else {
      return nil
    }
    let quote = Array(arguments[quote].utf8)
    guard quote.count <= 1 else {
      diagnostics.report(.invalidValue("a quote is one byte, or '' for none", at: arguments.range(of: self.quote)))
      return nil
    }
    let delimiter = arguments[delimiter].byte
    guard quote.first != delimiter, arguments[escape]?.byte != delimiter else {
      diagnostics.report(.invalidValue("delimiter, quote and escape must differ", at: node.range))
      return nil
    }
    return CSVDialect(
      delimiter: delimiter, quote: quote.first, escape: arguments[escape]?.byte, header: arguments[header],
      nulls: arguments[nulls].map { Array($0.text.utf8) }, maxRecord: arguments[maxRecord].bytes)
  }

  /// The dialect of an output; nil, reported, where an option is wrong.
  package static func outputDialect(
    _ choice: FormatChoice?, _ diagnostics: inout Diagnostics
  ) -> CSVOutputDialect? {
    guard let node = choice?.options else { return CSVOutputDialect() }
    return Arguments.read(node, options: outputOptions, owner: "format 'csv'", into: &diagnostics).map {
      CSVOutputDialect(
        delimiter: $0[delimiter].byte, nullText: Array($0[nullText].text.utf8), header: $0[header])
    }
  }
}

/// One ASCII character that can stand between fields.
package struct SingleByte: OptionValue {
  package let byte: UInt8
  package static let valueDescription = "one ASCII character"

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> SingleByte? {
    guard let text = node.scalar?.string, !node.isUnknown else {
      diagnostics.report(.wrongType(expected: valueDescription, found: node))
      return nil
    }
    let bytes = Array((text == "\\t" ? "\t" : text).utf8)
    guard bytes.count == 1, let byte = bytes.first, byte < 0x80, byte != 0, byte != 10, byte != 13 else {
      diagnostics.report(.wrongType(expected: valueDescription, found: node))
      return nil
    }
    return SingleByte(byte: byte)
  }
}
