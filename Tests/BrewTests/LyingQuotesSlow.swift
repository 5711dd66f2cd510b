import Glibc
import Testing
import Trials

/// The program on files in which every line holds one quote that lies: its work grows as the bytes do, not as their square.
@Suite(.enabled(if: getenv("BREW_SLOW") != nil && getenv("BREW_BINARY") != nil, "slow: set BREW_SLOW and BREW_BINARY"))
struct LyingQuotesSlow {
  static let lines = ["a line, with one \" quote of no meaning\n", "\"a quoted beginning of a line, and no end\n"]

  @Test(arguments: lines, ["count", "apply"])
  func takeLinearTime(_ line: String, _ command: String) throws {
    let small = try seconds(command, line, bytes: 8 << 20)
    let large = try seconds(command, line, bytes: 64 << 20)
    // Eight times as much; sixty-four, were each line to look through what follows it.
    #expect(large < 16 * max(small, 0.02), "\(small) s for 8 MiB and \(large) s for 64 MiB")
  }

  /// Processor time of the program, which does not count what others do meanwhile.
  private func seconds(_ command: String, _ line: String, bytes: Int) throws -> Double {
    let folder = try Folder()
    let lines = bytes / line.utf8.count
    let file = try #require(fopen(folder["input.csv"], "wb"))
    fputs("a,b\n", file)
    for _ in 0..<lines { fputs(line, file) }
    try #require(fclose(file) == 0)
    try folder.write("recipe: quotes\ninput: input.csv\noutput: output.csv\n", to: "recipe.yaml")
    let words = command == "count" ? ["count", "input.csv"] : ["apply", "recipe.yaml", "--report", "report.json"]
    let timed = ["bash", "-c", "TIMEFORMAT=%U; time \"$@\"", "bash", Command.binary] + words
    let result = try Command.run(timed, in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    if command == "count" {
      #expect(result.out.contains("\(lines)"))
    } else {
      let ledger = try #require(Value(folder.read("report.json") ?? []))["ledger"]
      #expect([ledger["read"].int, ledger["accepted"].int, ledger["quarantined"].int] == [lines, 0, lines])
    }
    return try #require(result.error.split(separator: "\n").last.flatMap { Double($0) })
  }
}
