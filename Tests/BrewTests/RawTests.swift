import Testing
import Trials

/// `raw` in the quarantine, of records that are no text or longer than what is kept of them.
@Suite struct RawTests {
  struct Example: Sendable, CustomStringConvertible {
    let description: String
    let record: [UInt8]
    let code: String
    /// How many of its first bytes `raw` holds.
    let kept: Int
    let encoding: String
  }

  static let mebibyte = 1 << 20
  static let examples = [
    Example(
      description: "a byte that is no UTF-8", record: Array("2,caf".utf8) + [0xE9], code: "invalid_utf8", kept: 6,
      encoding: "base64"),
    Example(
      description: "past max_record, and within what is kept", record: Array("2,".utf8) + letters(70_000),
      code: "too_long", kept: 70_002, encoding: "utf-8"),
    Example(
      description: "longer than what is kept", record: Array("2,".utf8) + letters(3 * mebibyte / 2), code: "too_long",
      kept: mebibyte, encoding: "utf-8"),
    Example(
      description: "cut within a character",
      record: Array("22,".utf8) + Array(String(repeating: "é", count: 600_000).utf8),
      code: "too_long", kept: mebibyte, encoding: "base64"),
  ]

  static func letters(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) } }

  @Test(arguments: examples, ["jsonl", "csv"])
  func raw(_ example: Example, _ format: String) throws {
    let folder = try Folder()
    let recipe = """
      recipe: raw
      input: {path: input.csv, format: {csv: {max_record: 64 KiB}}}
      output: output.csv
      quarantine: {path: refused.\(format), format: \(format)}

      """
    try folder.write(recipe, to: "recipe.yaml")
    try folder.write(Array("id,text\n1,a\n".utf8) + example.record + Array("\n3,c\n".utf8), to: "input.csv")
    let result = try Command.brew("apply", "recipe.yaml", in: folder)
    #expect(result.status == 0, "\(result.error)")
    #expect(folder.text("output.csv") == "id,text\n1,a\n3,c\n")
    if format == "csv" { #expect(folder.text("refused.csv") == "id,text,reasons\n") }
    let lines = Value.lines(folder.read(format == "csv" ? "refused.unreadable.jsonl" : "refused.jsonl") ?? [])
    let rows = try #require(lines).dropFirst()
    let row = try #require(rows.first)
    #expect(rows.count == 1)
    #expect(row["reasons"].list.map { $0["code"].text } == [example.code])
    #expect(row["source"]["length"].int == example.record.count)
    #expect(row["source"]["offset"] == 12)
    #expect(row["raw_encoding"].text == example.encoding)
    // It is there only where it is true.
    #expect(row["raw_truncated"] == (example.kept < example.record.count ? true : nil))
    #expect(row.names.contains("raw_truncated") == (example.kept < example.record.count))
    let text = try #require(row["raw"].text)
    let bytes = example.encoding == "base64" ? try decoded(text, in: folder) : Array(text.utf8)
    #expect(bytes.elementsEqual(example.record.prefix(example.kept)))
  }

  /// By coreutils, which knows nothing of what wrote it.
  private func decoded(_ text: String, in folder: Folder) throws -> [UInt8] {
    try folder.write(text, to: "raw.base64")
    let result = try Command.run(["sh", "-c", "base64 -d raw.base64 >raw.bytes"], in: folder.path)
    try #require(result.status == 0)
    return try #require(folder.read("raw.bytes"))
  }
}
