import Engine
import Formats
import Glibc
import Testing
import Trials

/// A quote that lies costs its own line, however much follows.
enum StrayQuote {
  /// - Parameter field: what stands in the second field of line 10.
  static func check(rows: Int, field: String, code: String) throws {
    let folder = try Folder()
    let file = try #require(fopen(folder["input.csv"], "wb"))
    fputs("id,name,note\n", file)
    for row in 1...rows { fputs("\(row),\(row == 9 ? field : "name \(row)"),x\n", file) }
    try #require(fclose(file) == 0)
    let trial = try Trial("input: {path: \"\(folder["input.csv"])\"}\n", files: [])
    #expect(trial.report?.ledger.read == rows)
    #expect(trial.report?.ledger.accepted == rows - 1)
    #expect(trial.reasons == ["9: \(code)"])
    #expect(trial.refused.first?["source"]["line"].int == 10)
    #expect(trial.refused.first?["raw"] == .text("9,\(field),x"))
    #expect(trial.output?.count { $0 == UInt8(ascii: "\n") } == rows)
  }
}

@Suite struct StrayQuoteTests {
  @Test(arguments: [("a\"b", "stray_quote"), ("\"a\"b", "stray_quote"), ("\"open", "unclosed_quote")])
  func onLineTenOfThousands(_ field: String, _ code: String) throws {
    try StrayQuote.check(rows: 5000, field: field, code: code)
  }
}

@Suite(.enabled(if: getenv("BREW_SLOW") != nil, "slow: set BREW_SLOW"))
struct StrayQuoteSlow {
  /// What an open quote would take in is more than a record may have: 16 MiB.
  @Test(arguments: [("a\"b", "stray_quote"), ("\"open", "too_long")])
  func onLineTenOfAMillion(_ field: String, _ code: String) throws {
    try StrayQuote.check(rows: 1_000_000, field: field, code: code)
  }
}
