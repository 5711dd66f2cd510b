import Testing

@testable import Arguments

@Suite struct ParsingTests {
  @Test func everyKindOfOption() throws {
    let parsed = try #require(
      apply(
        "-o", "out.csv", "r.yaml", "--temp=/t", "--threads", "7", "--limit=0", "--memory", "256M", "--set", "a=1",
        "--set=b=x=y", "--as-of", "", "--json", "--color=always", "in.csv", "-", "--", "--odd"))
    #expect(try parsed[Apply.recipe] == "r.yaml")
    #expect(parsed[Apply.inputs] == ["in.csv", "-", "--odd"])
    #expect(parsed[Apply.output] == "out.csv")
    #expect(parsed[Apply.temp] == "/t")
    #expect(parsed[Apply.threads] == 7)
    #expect(parsed[Apply.limit] == 0)
    #expect(parsed[Apply.memory] == 256 << 20)
    #expect(parsed[Apply.set] == [Assignment(name: "a", value: "1"), Assignment(name: "b", value: "x=y")])
    #expect(parsed[Apply.asOf]?.isEmpty == true)
    #expect(parsed[Apply.json])
    #expect(parsed.colors(1))
  }

  @Test func nothingGiven() throws {
    let parsed = try #require(apply("r.yaml"))
    #expect(parsed[Apply.inputs] == [])
    #expect(parsed[Apply.output] == nil)
    #expect(parsed[Apply.threads] == 2)
    #expect(parsed[Apply.set] == [])
    #expect(!parsed[Apply.json])
    guard case .run(_, let plan) = sample.request(["plan", "r", "--format", "dot"]) else {
      Issue.record("refused")
      return
    }
    #expect(plan[Plan.format] == .dot)
    #expect(throws: UsageError.missingOperand("NAME")) { try plan[Operand("NAME", "", .path)] }
  }

  @Test(
    "sizes",
    arguments: [
      ("1", 1), ("1K", 1024), ("2kb", 2048), ("3MiB", 3 << 20), ("4g", 4 << 30), ("1T", 1 << 40), ("0", nil), ("", nil),
      ("M", nil), ("1.5G", nil), ("-1", nil), ("1X", nil), ("1i", nil), ("9999999999T", nil), ("٣M", nil),
      ("99999999999999999999", nil),
    ])
  func sizes(text: String, bytes: Int?) { #expect(ValueForm<Int>.size.value(text) == bytes) }

  @Test(
    "integers",
    arguments: [
      ("1", 1), ("1024", 1024), ("007", 7), ("0", nil), ("1025", nil), ("-1", nil), ("+1", nil), ("", nil), ("-", nil),
      ("1.0", nil), ("99999999999999999999", nil),
    ])
  func integers(text: String, value: Int?) { #expect(ValueForm<Int>.integer(1...1024).value(text) == value) }

  @Test(
    "refuses",
    arguments: [
      ("aply", "error: unknown command 'aply'\nhelp: did you mean 'apply'?\n"),
      ("zzz", "error: unknown command 'zzz'\nhelp: see 'brew --help'\n"),
      ("--hlp", "error: unknown option '--hlp'\nhelp: did you mean '--help'?\n"),
      ("apply r --trheads 2", "error: unknown option '--trheads'\nhelp: did you mean '--threads'?\n"),
      ("apply r --trheads=2", "error: unknown option '--trheads'\nhelp: did you mean '--threads'?\n"),
      ("apply r -x", "error: unknown option '-x'\nhelp: see 'brew apply --help'\n"),
      ("apply r -ofile", "error: unknown option '-ofile'\nhelp: see 'brew apply --help'\n"),
      ("apply", "error: RECIPE is missing\nhelp: see 'brew apply --help'\n"),
      ("plan r s", "error: 's' is one argument too many\nhelp: see 'brew plan --help'\n"),
      ("version -", "error: '-' is one argument too many\nhelp: see 'brew version --help'\n"),
      ("apply r --temp", "error: option '--temp' needs a value: --temp DIR\nhelp: see 'brew apply --help'\n"),
      ("apply r --temp --json", "error: option '--temp' needs a value: --temp DIR\nhelp: see 'brew apply --help'\n"),
      (
        "apply r --json=yes",
        "error: option '--json' takes no value, but 'yes' was given\nhelp: see 'brew apply --help'\n"
      ),
      ("apply r -o a --output b", "error: option '--output' is given twice\nhelp: see 'brew apply --help'\n"),
      (
        "apply r --threads 0",
        "error: '0' is no value for '--threads': expected a whole number from 1 to 1024\n"
          + "help: see 'brew apply --help'\n"
      ),
      (
        "apply r --threads two",
        "error: 'two' is no value for '--threads': expected a whole number\nhelp: see 'brew apply --help'\n"
      ),
      (
        "apply r --limit -5",
        "error: '-5' is no value for '--limit': expected a whole number, at least 0\nhelp: see 'brew apply --help'\n"
      ),
      (
        "apply r --memory lots",
        "error: 'lots' is no value for '--memory': expected a size such as 256M (K, M, G, T)\n"
          + "help: see 'brew apply --help'\n"
      ),
      (
        "apply r --set a",
        "error: 'a' is no value for '--set': expected NAME=VALUE\nhelp: see 'brew apply --help'\n"
      ),
      (
        "apply r --output=",
        "error: '' is no value for '--output': expected a text that is not empty\nhelp: see 'brew apply --help'\n"
      ),
      (
        "plan r --format jsn",
        "error: 'jsn' is no value for '--format': expected text, json, dot or mermaid\nhelp: did you mean 'json'?\n"
      ),
      (
        "plan r --color blue",
        "error: 'blue' is no value for '--color': expected auto, always or never\nhelp: see 'brew plan --help'\n"
      ),
      (
        "completions csh",
        "error: 'csh' is no value for 'SHELL': expected bash, zsh or fish\nhelp: did you mean 'zsh'?\n"
      ),
      ("plan \u{1B}[2J x", "error: 'x' is one argument too many\nhelp: see 'brew plan --help'\n"),
      ("plan x \u{1B}[2J", "error: '\u{FFFD}[2J' is one argument too many\nhelp: see 'brew plan --help'\n"),
    ])
  func refuses(line: String, expected: String) {
    guard case .refuse(let error, let command) = sample.request(words(line)) else {
      Issue.record("accepted")
      return
    }
    #expect(error.rendered(command: command) == expected)
  }

  @Test func facts() {
    let error = UsageError.needs("--keep", other: "--output")
    #expect(error.rendered(command: "brew apply").hasPrefix("error: '--keep' needs '--output' beside it\n"))
    #expect(error.rendered(command: "b", colored: true).hasPrefix("\u{1B}[1;31merror:\u{1B}[0m "))
    #expect(
      UsageError.exclusive("--json", "--output -").rendered(command: "b")
        == "error: '--json' and '--output -' exclude each other\nhelp: see 'b --help'\n")
  }

  @Test("help", arguments: ["apply --help", "apply -h", "apply r s --json -h", "apply --help r"])
  func helpComesFirst(line: String) {
    guard case .show(let text) = sample.request(words(line)) else {
      Issue.record("no help")
      return
    }
    #expect(text == sample.help(Apply.self))
  }

  @Test(
    "whole program",
    arguments: [
      ("version", Arguments.ExitStatus.interrupted), ("--version", .interrupted), ("apply r", .failed),
      ("plan r", .done),
    ])
  func runs(line: String, status: Arguments.ExitStatus) { #expect(sample.run(words(line)) == status) }

  private func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  private func apply(_ words: String...) -> Parsed? {
    guard case .run(let command, let parsed) = sample.request(["apply"] + words), command.name == "apply" else {
      return nil
    }
    return parsed
  }
}
