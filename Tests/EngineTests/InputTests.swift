import Databrew
import Engine
import Formats
import Plans
import Testing
import Trials

/// Spellings of input and output, end to end.
@Suite struct InputTests {
  struct Spelling: CustomStringConvertible, Sendable {
    let description: String
    let recipe: String
    let input: String
    let output: String?
    var refused: [String] = []
  }

  static let spellings = [
    Spelling(description: "an empty file", recipe: "", input: "", output: ""),
    Spelling(
      description: "an empty file, its columns declared",
      recipe: "input: {path: input.csv, columns: {a: int, b: {type: date, from: day}}}\nsteps:\n  - set: {c: a + 1}\n",
      input: "", output: "a,b,c\n"),
    Spelling(
      description: "blank lines alone", recipe: "input: {path: input.csv, columns: {a: int}}\n", input: "\n\r\n\n",
      output: "a\n"),
    Spelling(description: "a header alone", recipe: "", input: "a,b\n", output: "a,b\n"),
    Spelling(description: "a header without a line end", recipe: "", input: "a,b", output: "a,b\n"),
    Spelling(description: "no line end at the end", recipe: "", input: "a,b\n1,2\n3,4", output: "a,b\n1,2\n3,4\n"),
    Spelling(description: "CRLF", recipe: "", input: "a,b\r\n1,2\r\n3,4\r\n", output: "a,b\n1,2\n3,4\n"),
    Spelling(
      description: "a byte order mark", recipe: "steps:\n  - rename: {a: x}\n", input: "\u{FEFF}a,b\n1,2\n",
      output: "x,b\n1,2\n"),
    Spelling(description: "blank lines", recipe: "", input: "\na,b\n\n1,2\n\n\n3,4\n\n", output: "a,b\n1,2\n3,4\n"),
    Spelling(
      description: "no header, named by the declaration",
      recipe: "input: {path: input.csv, format: {csv: {header: false}}, columns: {n: int, t: string}}\n",
      input: "1,x\ny,z\n", output: "n,t\n1,x\n", refused: ["2: cast n \"y\""]),
    Spelling(
      description: "no header and more fields than names",
      recipe: "input: {path: input.csv, format: {csv: {header: false}}, columns: {n: int}}\n",
      input: "1,x,y\n2,z\n", output: "n,column_2,column_3\n1,x,y\n", refused: ["2: ragged"]),
    Spelling(
      description: "semicolons", recipe: "input: {path: input.csv, format: {csv: {delimiter: \";\"}}}\n",
      input: "a;b\n1,5;\"x;y\"\n", output: "a,b\n\"1,5\",x;y\n"),
    Spelling(
      description: "tabs", recipe: "input: {path: input.csv, format: {csv: {delimiter: \"\\t\"}}}\n",
      input: "a\tb\n1\t\"x\ty\"\n", output: "a,b\n1,x\ty\n"),
    Spelling(
      description: "no quote", recipe: "input: {path: input.csv, format: {csv: {quote: ''}}}\n",
      input: "a,b\n\"1,2\"\n", output: "a,b\n\"\"\"1\",\"2\"\"\"\n"),
    Spelling(
      description: "another quote", recipe: "input: {path: input.csv, format: {csv: {quote: \"'\"}}}\n",
      input: "a,b\n'1,2','it''s \"x\"'\n", output: "a,b\n\"1,2\",\"it's \"\"x\"\"\"\n"),
    Spelling(
      description: "an escape", recipe: "input: {path: input.csv, format: {csv: {escape: \"\\\\\"}}}\n",
      input: "a,b\n\"x\\\"y\",\"c\\\\d\"\n", output: "a,b\n\"x\"\"y\",c\\d\n"),
    Spelling(
      description: "nulls of the input, and of a column in their place",
      recipe: """
        input:
          path: input.csv
          format: {csv: {nulls: ["", NA]}}
          columns: {n: int, m: {type: int, nulls: ["-"]}}
        steps:
          - set: {nn: n is null, mn: m is null, tn: t is null}

        """,
      input: "n,m,t\nNA,-,NA\n,1,\n3,NA,x\n",
      output: "n,m,t,nn,mn,tn\n,,,true,true,true\n,1,,true,false,true\n", refused: ["3: cast m \"NA\""]),
    Spelling(
      description: "quoted null tokens are null too",
      recipe: "input: {path: input.csv, columns: {n: int}}\nsteps:\n  - set: {t: t is null}\n",
      input: "n,t\n\"\",\"\"\n1,x\n",
      output: "n,t\n,true\n1,false\n"),
    Spelling(
      description: "a column under another name, and one the input lacks",
      recipe: """
        input:
          path: input.csv
          columns: {n: {type: int, from: Number}, m: {type: int, optional: true}}
        rules:
          - not_null: n

        """, input: "Number\n7\n", output: "n,m\n7,\n"),
    Spelling(
      description: "null text, which the same text is told from by quotes; delimiter and no header on the way out",
      recipe: "output: {path: output.csv, format: {csv: {delimiter: \";\", null_text: NA, header: false}}}\n",
      input: "a,b\n1,\n,x;y\n\"NA\",\"p,q\"\n", output: "1;NA\nNA;\"x;y\"\n\"NA\";p,q\n"),
    Spelling(
      description: "a record longer than any may be",
      recipe: "input: {path: input.csv, format: {csv: {max_record: 20}}}\n",
      input: "a,b\n1,2\n\(String(repeating: "x", count: 40)),3\n4,5\n", output: "a,b\n1,2\n4,5\n",
      refused: ["2: too_long"]),
    Spelling(
      description: "malformed records of every kind", recipe: "",
      input: "a,b\n1,2\n1,2,3\nx\"y,2\n4,\u{0}\n\"open,5\n6,7\n\"ok\nline\",8\n9,\"z\n",
      output: "a,b\n1,2\n6,7\n\"ok\nline\",8\n",
      refused: ["2: ragged", "3: stray_quote", "4: nul_byte", "5: stray_quote", "8: unclosed_quote"]),
  ]

  @Test(arguments: spellings, [8192, 1])
  func isRead(_ spelling: Spelling, _ records: Int) throws {
    let options = RunOptions(threads: 2, batches: BatchLimits(records: records))
    let trial = try Trial(spelling.recipe, spelling.input, options: options)
    #expect(trial.outputText == spelling.output, "\(trial.diagnostics)\(trial.report?.problem ?? "")")
    #expect(trial.reasons == spelling.refused)
  }

  @Test func takesBytesThatAreNoText() throws {
    let trial = try Trial("", files: [("input.csv", Array("a,b\n1,".utf8) + [0xFF, 0x0A] + Array("2,é\n".utf8))])
    #expect(trial.outputText == "a,b\n2,é\n")
    #expect(trial.reasons == ["1: invalid_utf8"])
    #expect(trial.refused.first?["raw"] == .text("MSz/"), "base64 of 31 2C FF")
    #expect(trial.refused.first?["raw_encoding"] == .text("base64"))
  }

  @Test func takesTenThousandColumns() throws {
    let names = (1...10_000).map { "c\($0)" }
    let input = names.joined(separator: ",") + "\n" + names.map { "v\($0)" }.joined(separator: ",") + "\n1,2\n"
    let trial = try Trial("steps:\n  - upper: c1\n".replacing("upper", with: "lower_case"), input)
    let table = try Table(try #require(trial.output))
    #expect(table.header == names)
    #expect(table.rows == [names.map { "v\($0)" }])
    #expect(trial.reasons == ["2: ragged"])
  }

  static let files: [(name: String, bytes: [UInt8])] = [
    ("a.csv", Array("id,n,t\n1,10,x\n2,y,z\n".utf8)), ("b.csv", Array("t,id,n\nu,3,30\nv,w,40\n".utf8)),
    ("c.csv", []), ("d.csv", Array("n,t,id\r\n50,\"p,q\",5\r\n".utf8)),
  ]

  @Test func matchesPermutedColumnsByName() throws {
    let recipe = """
      input: {path: "[abcd].csv", headers: by_name, columns: {id: int, n: int}}
      steps:
        - set: {m: n + 1}

      """
    let trial = try Trial(recipe, files: Self.files)
    #expect(trial.outputText == "id,n,t,m\n1,10,x,11\n3,30,u,31\n5,50,\"p,q\",51\n")
    #expect(trial.reasons == ["file 1, 2: cast n \"y\"", "file 2, 2: cast id \"w\""])
    #expect(trial.report?.inputs.map(\.rows) == [2, 2, 0, 1])
  }

  @Test func refusesHeadersThatDiffer() throws {
    let trial = try Trial("input: {path: \"[ab].csv\"}\n", files: Self.files)
    #expect(trial.report == nil)
    #expect(trial.diagnostics.contains("b.csv"))
    let names: [(name: String, bytes: [UInt8])] = [("a.csv", Array("a,b\n".utf8)), ("b.csv", Array("a,c\n".utf8))]
    let other = try Trial("input: {path: \"[ab].csv\", headers: by_name}\n", files: names)
    #expect(other.report == nil)
  }
}
