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
  static let encoding = DefaultedOption<TextEncoding>("encoding", "How characters are written.", default: .utf8)
  static let lineEnd = DefaultedOption<CSVDialect.LineEnd>(
    "line_end", "'cr' where carriage returns alone end lines; 'auto': where the first 64 KiB have no line feed.",
    default: .auto)
  static let headerLine = OptionalOption<Int>("header_line", "The number of the line that the header is on, from 1.")
  static let skipLines = DefaultedOption<Int>("skip_lines", "Lines at the start to leave out.", default: 0)
  static let skipFooter = DefaultedOption<Int>("skip_footer", "Lines at the end to leave out.", default: 0)
  static let comment = OptionalOption<SingleByte>("comment", "Lines that begin with this character are left out.")
  static let nulls = DefaultedOption<[NullText]>(
    "nulls", "The texts that mean null, quoted or not.", default: [NullText(text: "")])
  static let maxRecord = DefaultedOption<ByteSize>(
    "max_record", "The longest record to believe in.", default: ByteSize(bytes: 16 << 20))
  static let nullText = DefaultedOption<NullText>("null_text", "What is written for null.", default: NullText(text: ""))

  package static let inputOptions: [any OptionDeclaration] = [
    delimiter, quote, escape, header, encoding, nulls, maxRecord, lineEnd, headerLine, skipLines, skipFooter, comment,
  ]
  package static let outputOptions: [any OptionDeclaration] = [delimiter, header, nullText]

  /// The dialect of an input; nil, reported, where an option is wrong.
  package static func inputDialect(_ choice: FormatChoice?, _ diagnostics: inout Diagnostics) -> CSVDialect? {
    var dialect = CSVDialect()
    dialect.lineEnd = .auto
    guard let node = choice?.options else { return dialect }
    guard let arguments = Arguments.read(node, options: inputOptions, owner: "format 'csv'", into: &diagnostics) else {
      return nil
    }
    let quote = Array(arguments[quote].utf8)
    guard quote.count <= 1 else {
      diagnostics.report(.invalidValue("a quote is one byte, or '' for none", at: arguments.range(of: self.quote)))
      return nil
    }
    let delimiter = arguments[delimiter].byte
    let mark = arguments[comment]?.byte
    guard quote.first != delimiter, arguments[escape]?.byte != delimiter else {
      diagnostics.report(.invalidValue("delimiter, quote and escape must differ", at: node.range))
      return nil
    }
    guard mark == nil || (mark != delimiter && mark != quote.first) else {
      diagnostics.report(
        .invalidValue("what begins a comment is neither delimiter nor quote", at: arguments.range(of: comment)))
      return nil
    }
    guard let skipped = skippedLines(arguments, &diagnostics) else { return nil }
    dialect = CSVDialect(
      delimiter: delimiter, quote: quote.first, escape: arguments[escape]?.byte, header: arguments[header],
      nulls: arguments[nulls].map { Array($0.text.utf8) }, maxRecord: arguments[maxRecord].bytes)
    dialect.encoding = arguments[encoding]
    dialect.lineEnd = arguments[lineEnd]
    dialect.skippedLines = skipped
    dialect.skippedFooter = arguments[skipFooter]
    dialect.comment = mark
    return dialect
  }

  /// How many lines stand before the first record; nil, reported, where the options that say so are wrong.
  private static func skippedLines(_ arguments: Arguments, _ diagnostics: inout Diagnostics) -> Int? {
    for option in [skipLines, skipFooter] where arguments[option] < 0 {
      diagnostics.report(.invalidValue("a number of lines is not negative", at: arguments.range(of: option)))
      return nil
    }
    guard let line = arguments[headerLine] else { return arguments[skipLines] }
    let range = arguments.range(of: headerLine)
    guard line >= 1 else {
      diagnostics.report(.invalidValue("lines are counted from 1", at: range))
      return nil
    }
    guard arguments[header], arguments[skipLines] == 0 else {
      let other = arguments[header] ? "skip_lines" : "header: false"
      diagnostics.report(.invalidValue("'header_line' and '\(other)' cannot both be given", at: range))
      return nil
    }
    return line - 1
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

extension CSVDialect.LineEnd: OptionValue {}

/// One ASCII character that can stand between fields.
package struct SingleByte: OptionValue {
  package let byte: UInt8
  package static let valueDescription = "one ASCII character"
  package static let schema = JSONSchema.text(matching: #"^([\x01-\x7F]|\\t)$"#)

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
