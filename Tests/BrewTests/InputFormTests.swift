import Glibc
import Testing
import Trials

/// One file in many forms, through the built command: each gives the rows, and refuses the records, of the plain one.
@Suite struct InputFormTests {
  struct Form: CustomStringConvertible, Sendable {
    let description: String
    /// Makes `data/form` of `data/plain.csv`; Python, in which `t` holds that file.
    let make: String
    var options = ""
    var suffix = ""
    /// How the command is started: `$brew` stands for the command and its arguments.
    var start = "$brew"
    var path = "../data/form"
  }

  static let forms = [
    Form(description: "gzip, by its first bytes", make: "gzip.compress(t[:900]) + gzip.compress(t[900:])"),
    Form(description: "gzip out", make: "t", suffix: ".gz"),
    Form(description: "utf-16", make: "t.decode().encode('utf-16')", options: "encoding: utf-16"),
    Form(description: "utf-16be", make: "t.decode().encode('utf-16-be')", options: "encoding: utf-16be"),
    Form(
      description: "utf-16le, packed", make: "gzip.compress(t.decode().encode('utf-16-le'))",
      options: "encoding: utf-16le"),
    Form(description: "latin-1", make: "t.decode().encode('latin-1')", options: "encoding: latin-1"),
    Form(description: "windows-1252", make: "t.decode().encode('cp1252')", options: "encoding: windows-1252"),
    Form(description: "carriage returns", make: "t.replace(b'\\n', b'\\r')"),
    Form(description: "carriage returns, said", make: "t.replace(b'\\n', b'\\r')", options: "line_end: cr"),
    Form(
      description: "a report's head and foot", make: "b'A \"report\\n\\n' + t + b'End'",
      options: "header_line: 3, skip_footer: 1"),
    Form(description: "skipped lines", make: "b'\"\\n' + t", options: "skip_lines: 1"),
    Form(description: "comments", make: "t.replace(b'\\n10,', b'\\n; \"it\\n10,')", options: "comment: \";\""),
    Form(description: "standard input", make: "t", start: "cat data/form | $brew", path: "'-'"),
    Form(description: "standard input, packed", make: "gzip.compress(t)", start: "$brew < data/form", path: "'-'"),
    Form(
      description: "a named pipe", make: "t", start: "mkfifo data/pipe && (cat data/form > data/pipe & $brew)",
      path: "../data/pipe"),
  ]

  /// Two passes: the mean is known before the first row is judged.
  private func recipe(_ form: Form) -> String {
    """
    recipe: forms
    input:
      path: \(form.path)
      format: {csv: {\(form.options)}}
      columns: {id: int, score: int}
    steps:
      - fill_missing: {column: score, using: mean}
    rules:
      - unique: id
    output: ../out/rows.csv\(form.suffix)
    quarantine: ../out/refused.jsonl\(form.suffix)
    """
  }

  private let plain: String = {
    let rows = (1...300).map { "\($0 == 77 ? 76 : $0),né\($0 % 9),\($0 % 10 == 0 ? "" : $0 == 55 ? "x" : "\($0)")\n" }
    return "id,name,score\n" + rows.joined()
  }()

  private func make(_ form: Form, in folder: Folder) throws {
    let script = "import gzip\nt = open('data/plain.csv', 'rb').read()\nopen('data/form', 'wb').write(\(form.make))\n"
    try folder.write(script, to: "make.py")
    #expect(try Command.run(["python3", "make.py"], in: folder.path).status == 0)
  }

  /// By hand: the scores that are there are 1...300 without the tens and 55.
  private var expected: String {
    let scores = (1...300).filter { $0 % 10 != 0 && $0 != 55 && $0 != 76 && $0 != 77 }
    let sum = (1...300).filter { $0 % 10 != 0 && $0 != 55 }.reduce(0, +)
    let mean = Int((Double(sum) / 269).rounded())
    let rows = (1...300).filter { $0 != 55 && $0 != 76 && $0 != 77 }.map {
      "\($0),né\($0 % 9),\(scores.contains($0) ? $0 : mean)\n"
    }
    return "id,name,score\n" + rows.joined()
  }

  @Test(arguments: forms) func `gives the same`(_ form: Form) throws {
    let folder = try Folder()
    for name in ["data", "recipes"] { folder.makeFolder(name) }
    try folder.write(plain, to: "data/plain.csv")
    try folder.write(recipe(form), to: "recipes/forms.yaml")
    try make(form, in: folder)
    let command = "'\(Command.binary)' apply recipes/forms.yaml"
    let start = form.start.replacing("$brew", with: command)
    let result = try Command.run(["sh", "-c", start], in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    if form.suffix == ".gz" {
      #expect(try Command.run(["sh", "-c", "gunzip out/*.gz"], in: folder.path).status == 0)
    }
    #expect(folder.text("out/rows.csv") == expected)
    let refused = try #require(folder.text("out/refused.jsonl")).split(separator: "\n").dropFirst()
    let raws = refused.map { line in
      ["76,né4,76", "76,né5,77", "55,né1,x"].first { line.contains("\"raw\":\"\($0)\"") } ?? String(line)
    }
    #expect(raws == ["55,né1,x", "76,né4,76", "76,né5,77"])
  }

  /// The short file's end is seen while the recipe compiles, the long one's in the run.
  @Test(arguments: [("t", 2 as Int32), ("t * 100", 3)])
  func `what is cut short is not published`(_ contents: String, _ status: Int32) throws {
    let folder = try Folder()
    for name in ["data", "recipes"] { folder.makeFolder(name) }
    try folder.write(plain, to: "data/plain.csv")
    let form = Form(description: "", make: "gzip.compress(\(contents))[:-9]")
    try folder.write(recipe(form), to: "recipes/forms.yaml")
    try make(form, in: folder)
    let result = try Command.brew("apply", "recipes/forms.yaml", in: folder)
    #expect(result.status == status)
    #expect(result.error.contains("data/form is no sound gzip file: it ends too early"))
    #expect(folder.allNames().allSatisfy { !$0.hasPrefix("out/") })
  }

  @Test func `counts what comes through a pipe`() throws {
    let folder = try Folder()
    try folder.write(plain, to: "plain.csv")
    let result = try Command.run(["sh", "-c", "gzip < plain.csv | '\(Command.binary)' count -"], in: folder.path)
    #expect(result.out == "300\n")
  }

  @Test(arguments: [
    ("header_line: 0", "lines are counted from 1"), ("skip_lines: -1", "a number of lines is not negative"),
    ("header_line: 2, skip_lines: 1", "'header_line' and 'skip_lines' cannot both be given"),
    ("header_line: 2, header: false", "'header_line' and 'header: false' cannot both be given"),
    ("comment: \",\"", "what begins a comment is neither delimiter nor quote"),
    ("encoding: utf-9", "did you mean 'utf-8'?"),
  ]) func `options that cannot be meant`(_ options: String, _ message: String) throws {
    let folder = try Folder()
    for name in ["data", "recipes"] { folder.makeFolder(name) }
    try folder.write(plain, to: "data/form")
    try folder.write(recipe(Form(description: "", make: "", options: options)), to: "recipes/forms.yaml")
    let result = try Command.brew("check", "recipes/forms.yaml", in: folder)
    #expect(result.status == 2)
    #expect(result.error.contains(message) || result.out.contains(message), "\(result.error)\(result.out)")
  }
}
