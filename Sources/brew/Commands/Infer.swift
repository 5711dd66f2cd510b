import Arguments
import Databrew
import Diagnostics
import Engine
import Formats
import Glibc
import Inference
import Reports

/// `brew infer INPUT...`.
enum Infer: Command {
  static let name = "infer"
  static let summary = "Find the columns and types of a file from all of its records, and write a starter recipe."
  static let discussion = [
    "How the file is spelt is found from its beginning, as far as it is not said. A column has a type where at least "
      + "--conform of its values are of it; the other values put their records into quarantine, and the recipe says how "
      + "many. Paths in the recipe start from where it is written: without --output, from the working folder."
  ]

  static let inputs = Operands("INPUT", "A file, or a glob; several have the same columns.", .path)
  static let output = Option("output", "Writes the recipe to a file; default: standard output.", .path)
  static let recipeName = Option("name", "The recipe's name; default: after the file.", .text("NAME"))
  static let conform = DefaultedOption(
    "conform", "The share of a column's values that must be of its type.", .share, default: Threshold.standard,
    shown: "95%")
  static let delimiter = Option("delimiter", "What stands between fields; '\\t' for a tab.", .byte)
  static let quote = Option("quote", "What encloses fields; '' for none.", .optionalByte)
  static let escape = Option("escape", "What makes the next character stand for itself inside quotes.", .byte)
  static let header = Option("header", "Whether the first record names the columns.", .choice(Answer.self))
  static let encoding = Option("encoding", "How characters are written.", .choice(TextEncoding.self))
  static let skipLines = Option("skip-lines", "Lines at the start to leave out.", .integer(0...Int.max))
  static let skipFooter = Option("skip-footer", "Lines at the end to leave out.", .integer(0...Int.max))
  static let comment = Option("comment", "Lines that begin with this character are left out.", .byte)
  static let threads = Option("threads", "Workers; default: one for each processor.", .integer(1...1024))
  static let temp = Option("temp", "The folder for what can be read only once; default: /tmp.", .folder)
  static let limit = Option("limit", "Reads at most so many records.", .integer(0...Int.max))
  static let json = Flag("json", "Writes everything that was found, the recipe too, as JSON.")
  static let operands: [any OperandDeclaration] = [inputs]
  static let options: [any OptionDeclaration] = [
    output, recipeName, conform, delimiter, quote, escape, header, encoding, skipLines, skipFooter, comment, threads,
    temp, limit, json,
  ]

  enum Answer: String, CaseIterable, Sendable { case yes, no }

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    var request = InferRequest(paths: parsed[inputs], threads: parsed[threads] ?? processorCount())
    request.threshold = parsed[conform]
    request.name = parsed[recipeName]
    request.output = parsed[output].flatMap { $0 == "-" ? nil : $0 }
    request.options.limit = parsed[limit]
    request.options.resources = RunResources(temporary: parsed[temp] ?? "/tmp")
    request.hints.delimiter = parsed[delimiter]
    request.hints.quote = parsed[quote]
    request.hints.escape = parsed[escape]
    request.hints.header = parsed[header].map { $0 == .yes }
    request.hints.encoding = parsed[encoding]
    request.hints.skippedLines = parsed[skipLines]
    request.hints.skippedFooter = parsed[skipFooter] ?? 0
    request.hints.comment = parsed[comment]
    let found = request
    switch watched(showsProgress: isWatched(), { infer(found, progress: $0) }) {
    case .found(let report):
      if parsed[json] { return show(report.json) }
      return request.output == nil ? show(report.recipe) : .done
    case .refused(let diagnostics):
      return refuse(diagnostics, parsed, asJSON: parsed[json])
    case .failed(let message):
      say("error: " + printable(message) + "\n")
      return .error
    case .interrupted:
      say("interrupted\n")
      return .interrupted
    }
  }
}

extension ValueForm<UInt8> {
  /// One ASCII character that can stand between fields; `\t` for a tab.
  fileprivate static let byte = ValueForm("C") { text in
    let bytes = Array((text == "\\t" ? "\t" : text).utf8)
    guard bytes.count == 1, bytes[0] < 0x80, ![0, 10, 13].contains(bytes[0]) else {
      return .failure(.other(expected: "one ASCII character"))
    }
    return .success(bytes[0])
  }
}

extension ValueForm<UInt8?> {
  /// The same, or nothing.
  fileprivate static let optionalByte = ValueForm("C") { text in
    let bytes = Array(text.utf8)
    guard bytes.count <= 1, bytes.allSatisfy({ $0 < 0x80 && ![0, 10, 13].contains($0) }) else {
      return .failure(.other(expected: "one ASCII character, or ''"))
    }
    return .success(bytes.first)
  }
}

extension ValueForm<Threshold> {
  /// A share of at least 0.01%: `95%`, `99.5%`.
  fileprivate static let share = ValueForm("SHARE") { text in
    let digits = text.hasSuffix("%") ? text.dropLast() : ""
    guard let percent = Double(digits), percent >= 0.01, percent <= 100,
      digits.allSatisfy({ "0123456789.".contains($0) })
    else { return .failure(.other(expected: "a share such as 95% or 99.5%")) }
    return .success(Threshold(basisPoints: Int((percent * 100).rounded())))
  }
}
