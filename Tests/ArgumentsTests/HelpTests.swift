import Glibc
import Testing

@testable import Arguments

/// Help and completions, compared whole with `Fixtures`; `BREW_RECORD=1` rewrites those, and fails.
@Suite struct HelpTests {
  @Test(
    "pages",
    arguments: [
      ("overview.txt", sample.overview), ("apply.txt", sample.help(Apply.self)), ("plan.txt", sample.help(Plan.self)),
      ("completions.txt", sample.help(Completions.self)), ("brew.bash", sample.completions(for: .bash)),
      ("brew.zsh", sample.completions(for: .zsh)), ("brew.fish", sample.completions(for: .fish)),
    ])
  func pages(name: String, text: String) throws {
    if getenv("BREW_RECORD") != nil {
      let file = try #require(fopen(path(name), "w"))
      #expect(fputs(text, file) >= 0)
      fclose(file)
      Issue.record("recorded: read the difference")
    }
    #expect(text == (try contents(path(name))))
  }

  @Test func helpFitsEightyColumns() {
    for page in [sample.overview] + sample.commands.map({ sample.help($0) }) {
      for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
  }

  @Test func helpNamesEverything() {
    for command in sample.commands {
      let page = sample.help(command)
      for option in command.options { #expect(page.contains("--\(option.shape.name)")) }
      for operand in command.operands { #expect(page.contains(operand.shape.name)) }
      #expect(sample.overview.contains(command.summary))
    }
  }

  /// What bash itself offers for an unfinished line.
  @Test(
    "bash",
    arguments: [
      ("brew a", "apply"), ("brew ", "apply plan version completions help"), ("brew apply --th", "--threads"),
      ("brew plan r --format ", "text json dot mermaid"), ("brew plan r --format m", "mermaid"),
      ("brew completions ", "bash zsh fish"), ("brew apply --color n", "never"),
      ("brew help pl", "plan"), ("brew version ", "--color --help -h"), ("brew apply --limit ", ""),
      ("brew plan --out", ""),
    ])
  func bash(line: String, offered: String) throws {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "' '")
    let script = """
      . '\(path("brew.bash"))'; COMP_WORDS=('\(words)'); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _brew; \
      printf '%s' "${COMPREPLY[*]}"
      """
    let quoted = script.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
    let pipe = try #require(popen("bash -c '\(quoted)'", "r"))
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = fread(&buffer, 1, buffer.count, pipe)
    #expect(pclose(pipe) == 0)
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == offered)
  }

  private func path(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Fixtures/" + name
  }

  private func contents(_ path: String) throws -> String {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    return String(decoding: buffer[..<fread(&buffer, 1, buffer.count, file)], as: UTF8.self)
  }
}
