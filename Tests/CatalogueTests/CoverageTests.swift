import Databrew
import Diagnostics
import Documents
import Expressions
import Plans
import Testing
import Trials

/// Every action of the reference product and every rule of its peers is done by something that is here, or is listed, with
/// the name of the work it belongs to, in `Fixtures/later.tsv`.
///
/// `Fixtures/catalogue.tsv` and `Fixtures/rules.tsv` say in shorthand what does each: a step with its options and words
/// (`fill_missing: {columns, using: mean}`), functions (`lower(s)`), a command.
@Suite struct CoverageTests {
  private static func rows(_ name: String) throws -> [[Substring]] {
    let text = try #require(readText("\(repository)/Tests/CatalogueTests/Fixtures/\(name)"))
    let lines = text.split(separator: "\n").dropFirst()
    return lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
  }

  @Test func everyRowIsHereOrListed() throws {
    let actions = try Self.rows("catalogue.tsv").map { Need.ofAction(String($0[3])) }
    let rules = try Self.rows("rules.tsv").map { Need.ofRule(String($0[1]), String($0[2])) }
    #expect(actions.count == 216 && rules.count == 61)
    #expect((actions + rules).allSatisfy { !$0.isEmpty }, "a row that asks for nothing")
    let missing = Set((actions + rules).joined().filter { !$0.isMet }.map(\.description))
    let listed = try Self.rows("later.tsv")
    #expect(listed.allSatisfy { $0.count == 2 && !$0[1].isEmpty }, "what, and the work it belongs to")
    let later = Set(listed.map { String($0[0]) })
    #expect(later.count == listed.count, "each once")
    let unlisted = missing.subtracting(later).sorted()
    #expect(unlisted == [], "neither here nor in later.tsv")
    // Work that is under way may be here already.
    let done = Set(listed.filter { $0[1] != "row work" }.map { String($0[0]) }).subtracting(missing).sorted()
    #expect(done == [], "here, or asked for by no row: take it out of later.tsv")
  }
}

/// Something that a row of the tables asks for.
private enum Need: CustomStringConvertible {
  case step(String, option: String?, word: String?)
  case rule(String, option: String?, word: String?)
  case function(String)
  case command(String)
  /// Operators alone.
  case expression(String)

  var description: String {
    switch self {
    case .step(let name, let option, let word): ["step", name, option, word].compactMap { $0 }.joined(separator: " ")
    case .rule(let name, let option, let word): ["rule", name, option, word].compactMap { $0 }.joined(separator: " ")
    case .function(let name): "function \(name)"
    case .command(let name): "command \(name)"
    case .expression(let text): text
    }
  }

  var isMet: Bool {
    switch self {
    case .step(let name, let option, let word):
      catalogue.step(name).map { Self.has($0.options, option, word) } ?? false
    case .rule(let name, let option, let word):
      catalogue.rule(name).map { Self.has($0.options, option, word) } ?? false
    case .function(let name): Self.isFunction(name)
    case .command(let name): (readText("\(repository)/Sources/brew/Brew.swift") ?? "").contains(Self.type(name))
    case .expression(let text): Self.isExpression(text)
    }
  }

  private static func isFunction(_ name: String) -> Bool {
    Function.named(name) != nil || AggregateFunction.named(name) != nil
  }

  private static func isExpression(_ text: String) -> Bool {
    var diagnostics = Diagnostics()
    let whole = SourceText(text.replacing("…", with: "x then y"), path: "catalogue.tsv")
    return parseExpression(whole, into: &diagnostics) != nil && !diagnostics.hasErrors
  }

  private static func type(_ command: String) -> String {
    command == "plan" ? "ShowPlan.self" : command.prefix(1).uppercased() + command.dropFirst() + ".self"
  }

  private static func has(_ options: [any OptionDeclaration], _ name: String?, _ word: String?) -> Bool {
    guard let name else { return true }
    guard let option = options.first(where: { $0.name == name || $0.aliases.contains(name) }) else { return false }
    // Where any text will do, any word does.
    guard let word, let words = option.words else { return true }
    return words.contains(word)
  }
}

extension OptionDeclaration {
  /// The words it takes; nil where it takes more than words.
  fileprivate var words: Set<String>? {
    var words: Set<String> = []
    var waiting = [schema.json]
    while let json = waiting.popLast() {
      switch json {
      case .object(let members):
        if members.contains(where: { $0.key == "$ref" || $0.key == "pattern" }) { return nil }
        for member in members {
          if member.key == "enum", case .array(let values) = member.value {
            for case .string(let word) in values { words.insert(word) }
          } else {
            waiting.append(member.value)
          }
        }
      case .array(let values): waiting += values
      default: break
      }
    }
    return words.isEmpty ? nil : words
  }
}

extension Need {
  /// The needs of ``step `merge: {columns, into}`; function `concat_ws(sep, a, b)` ``.
  static func ofAction(_ cell: String) -> [Need] {
    let parts = cell.split(separator: "`", omittingEmptySubsequences: false)
    return stride(from: 1, to: parts.count, by: 2).flatMap { index -> [Need] in
      let body = parts[index]
      if body.hasPrefix("brew ") { return [.command(String(body.split(separator: " ")[1]))] }
      let name = String(body.prefix { $0.isLetter || $0 == "_" })
      if parts[index - 1].hasSuffix("step ") || body.dropFirst(name.count).hasPrefix(": {") {
        return ofStep(name, body.dropFirst(name.count + 2))
      }
      if name == body { return [catalogue.step(name) == nil ? .function(name) : .step(name, option: nil, word: nil)] }
      let called = body.matches(of: /([a-z_]+)\(/).map { Need.function(String($0.output.1)) }
      return called.isEmpty ? [.expression(String(body))] : called
    }
  }

  private static func ofStep(_ name: String, _ arguments: Substring) -> [Need] {
    guard let step = catalogue.step(name) else { return [.step(name, option: nil, word: nil)] }
    // A mapping of names that the author chooses.
    if step.shorthand?.takesMapping == true, step.options.count == 1 { return [.step(name, option: nil, word: nil)] }
    guard arguments.hasPrefix("{") else { return [.step(name, option: nil, word: nil)] }
    let list = options(arguments.dropFirst().dropLast(), among: step.options)
    return [.step(name, option: nil, word: nil)] + list.map { .step(name, option: $0.name, word: $0.word) }
  }

  /// The needs of `unique, unique_ratio` with the arguments `columns, at_least`.
  static func ofRule(_ names: String, _ arguments: String) -> [Need] {
    names.split(separator: ", ").map(String.init).flatMap { name -> [Need] in
      guard let rule = catalogue.rule(name) else { return [.rule(name, option: nil, word: nil)] }
      // Words for a whole argument, such as `SQL boolean`.
      let isPhrase = arguments == "…" || arguments.hasPrefix("SQL ")
      let list = isPhrase ? [] : options(arguments[...], among: rule.options)
      return [.rule(name, option: nil, word: nil)] + list.map { .rule(name, option: $0.name, word: $0.word) }
    }
  }

  /// `columns, using: mean or sum, is: email url, exclusive (min, max)` as options and their words.
  private static func options(
    _ text: Substring, among known: [any OptionDeclaration]
  ) -> [(name: String, word: String?)] {
    var found: [(name: String, word: String?)] = []
    var last: (any OptionDeclaration)?
    var isListingWords = false
    for piece in pieces(text) where piece != "…" {
      let parts = piece.split(separator: ": ", maxSplits: 1)
      // Of `null or a value` the second is no name.
      let names = parts[0].split(separator: " or ").filter { !$0.contains(/^[a-z_]+ [^(]/) }
        .map { String($0.prefix { $0.isLetter || $0 == "_" }) }.filter { !$0.isEmpty }
      let isKnown = known.contains { option in names.contains { option.name == $0 || option.aliases.contains($0) } }
      if parts.count == 1, !isKnown, let option = last, let words = option.words,
        isListingWords || !words.isDisjoint(with: names)
      {
        isListingWords = true
        found += names.map { (option.name, $0) }
        continue
      }
      isListingWords = false
      last = known.first { option in names.contains { option.name == $0 || option.aliases.contains($0) } }
      found += names.map { ($0, nil) }
      guard parts.count == 2, let option = last else { continue }
      found += words(parts[1]).map { (option.name, $0) }
    }
    return found
  }

  /// `all or ends`, `email url date(…)`; none of a number, a list, a text.
  private static func words(_ text: Substring) -> [String] {
    guard text.first?.isLetter == true else { return [] }
    return text.split(separator: " ").filter { $0 != "or" }.map { String($0.prefix { $0 != "(" }) }
  }

  /// What stands between commas that are not in brackets.
  private static func pieces(_ text: Substring) -> [Substring] {
    var depth = 0
    return text.split { character in
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      return character == "," && depth == 0
    }.map { $0.drop { $0 == " " } }
  }
}
