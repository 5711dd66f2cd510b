/// Sorts the words of a command line into a command's options and operands.
///
/// Options are `--name value`, `--name=value` or `-n value`, anywhere; after `--` all is operands; `-` is one.
struct LineReader {
  private let options: [OptionShape]
  private let operands: [OperandShape]
  private var parsed: Parsed
  private var words: [String] = []

  init(program: Program, command: any Command.Type) {
    options = (command.options + CommonOptions.all).map(\.shape)
    operands = command.operands.map(\.shape)
    parsed = Parsed(program: program)
  }

  /// - Throws: the first thing that is wrong. `--help` anywhere before it excuses what is missing.
  mutating func read(_ line: ArraySlice<String>) throws(UsageError) -> Parsed {
    var rest = line
    while let word = rest.popFirst() {
      if word == "--" {
        words += rest
        break
      }
      if word.hasPrefix("-"), word != "-" {
        try readOption(word, &rest)
      } else {
        words.append(word)
      }
    }
    if !parsed.has(CommonOptions.help.shape) { try assignOperands() }
    return parsed
  }

  private mutating func readOption(_ word: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
    let equal = word.hasPrefix("--") ? word.firstIndex(of: "=") : nil
    let written = String(word[..<(equal ?? word.endIndex)])
    let given = equal.map { String(word[word.index(after: $0)...]) }
    guard let option = options.first(where: { $0.isWritten(written) }) else {
      throw .unknownOption(written, known: options.map { "--\($0.name)" })
    }
    if parsed.has(option), !option.isRepeatable, option.value != nil { throw .givenTwice(option: written) }
    guard let shape = option.value else {
      if let given { throw .unexpectedValue(option: written, value: given) }
      return parsed.add(option, nil)
    }
    guard let value = given ?? nextValue(&rest) else {
      throw .missingValue(option: written, placeholder: shape.placeholder)
    }
    if let fault = shape.fault(value) { throw .badValue(place: written, value: value, fault) }
    parsed.add(option, value)
  }

  /// The next word, unless it is an option: a value that looks like one is written `--name=value`.
  private func nextValue(_ rest: inout ArraySlice<String>) -> String? {
    guard let next = rest.first, !next.hasPrefix("--") else { return nil }
    return rest.popFirst()
  }

  private mutating func assignOperands() throws(UsageError) {
    var rest = words[...]
    for operand in operands {
      if rest.isEmpty, operand.isRequired { throw .missingOperand(operand.name) }
      repeat {
        guard let word = rest.popFirst() else { break }
        if let fault = operand.value.fault(word) { throw .badValue(place: operand.name, value: word, fault) }
        parsed.add(operand, word)
      } while operand.isRepeatable
    }
    if let extra = rest.first { throw .extraOperand(extra) }
  }
}

extension OptionShape {
  fileprivate func isWritten(_ word: String) -> Bool {
    word == "--\(name)" || short.map { word == "-\($0)" } ?? false
  }
}
