import Glibc
import Testing
import Trials

/// `brew infer`: what it finds is what the recipe that it writes then makes of the file.
@Suite struct InferTests {
  // MARK: Types

  /// Values of one type, and what a file of nothing else is found to have.
  static let clean: [(values: [String], type: String, formats: [String])] = [
    (["1", "20", "-3", "9223372036854775807"], "int64", []),
    (["0.10", "12.50", "-99.99"], "decimal(4, 2)", []),
    (["9223372036854775808", "1"], "decimal(19, 0)", []),
    (["12345678901234567890123456.123456789012", "0.1"], "float64", []),
    (["0.1234567890123", "3.5", "1e-7"], "float64", []),
    (["inf", "2.5", "-1e300"], "float64", []),
    (["true", "false", "true"], "bool", []), (["Y", "N", "n"], "bool", []), (["0", "1", "1"], "int64", []),
    (["2024-01-31", "1999-12-01"], "date", []),
    (["2024-01-31 09:30:00", "2024-01-31T10:00:00.5"], "timestamp", []),
    (["2024-01-31", "2024-01-31 09:30"], "timestamp", []),
    (["2024-01-31T09:30:00Z", "2024-01-31 09:30:00+02:00"], "timestamptz", []),
    (["09:30", "23:59:59.25"], "time", []),
    (["31/01/2024", "01/02/2024"], "date", ["%d/%m/%Y"]), (["01/31/2024", "02/01/2024"], "date", ["%m/%d/%Y"]),
    (["31.12.99", "1.1.00"], "date", ["%d.%m.%y"]), (["20240131", "19991231"], "date", ["%Y%m%d"]),
    (["20240131", "12345678"], "int64", []), (["5 May 2024", "31 Dec 2023"], "date", ["%d %b %Y"]),
    (["January 5, 2024", "May 31, 2024"], "date", ["%B %d, %Y"]),
    (["31/01/2024 9:30", "01/02/2024 23:59"], "timestamp", ["%d/%m/%Y %H:%M"]),
    (["01/31/2024 9:30 PM", "02/01/2024 12:00 AM"], "timestamp", ["%m/%d/%Y %I:%M %p"]),
    (["10/Oct/2000:13:55:36 -0700", "11/Oct/2000:00:00:00 +0000"], "timestamptz", ["%d/%b/%Y:%H:%M:%S %z"]),
    (["9:30 am", "12:15 PM"], "time", ["%I:%M %p"]),
    (["007", "123", "045"], "string", []), (["+4930123", "+4989456"], "string", []),
    (["A1", "B2"], "string", []), (["Ärger", "groß"], "string", []),
  ]

  /// Every value is of the type, the range is the values', and the run refuses nothing.
  @Test(arguments: clean) func cleanColumn(_ values: [String], _ type: String, _ formats: [String]) throws {
    let folder = try Folder()
    try folder.write((["value"] + values.map { "\"\($0)\"" }).joined(separator: "\n") + "\n", to: "file.csv")
    let found = try Self.infer("file.csv", in: folder)
    let column = found["columns"][0]
    #expect(column["type"].text == type)
    #expect(column["formats"].list.map(\.text) == formats)
    #expect(column["values"].int == values.count && column["conforming"].int == values.count)
    #expect(column["missing"].int == 0)
    #expect(found["quarantined"].int == 0)
    let report = try Self.apply(found, in: folder)
    #expect(report["ledger"]["accepted"].int == values.count)
  }

  /// A column of a hundred values, some of them others: type, values that do not conform, texts that mean null, and what is
  /// said of it.
  static let dirty: [(values: [String], type: String, misfits: Int, nulls: [String], note: String)] = [
    (some(96, "5", "6") + some(4, "x"), "int64", 4, [], ""),
    (some(94, "5", "6") + some(6, "x"), "string", 0, [], "94.0% of the values could be read as int64"),
    (some(60, "5") + some(30, "NA") + some(5, "-") + some(5, ""), "int64", 0, ["NA", "-"], ""),
    (some(97, "NA", "n/a") + some(3, "2024-01-31"), "date", 0, ["NA", "n/a"], ""),
    (some(90, "red", "blue") + some(10, "NA"), "string", 0, [], "'NA' stands 10 times"),
    (some(99, "10042") + some(1, "10042.5"), "int64", 1, [], ""),
    (some(90, "10") + some(10, "10.5"), "decimal(3, 1)", 0, [], ""),
    (some(99, "10.25") + some(1, "10.255"), "decimal(4, 2)", 1, [], ""),
    (some(99, "123") + some(1, "012"), "string", 0, [], "1 value with a zero or a plus before digits, such as '012'"),
    (some(98, "31/01/2024") + some(2, "01/31/2024"), "date", 2, [], "2 values fit only %m/%d/%Y"),
    (some(50, "31/01/2024") + some(50, "2024-01-31"), "date", 0, [], ""),
    (some(97, " 5", "6 ") + some(3, "   "), "int64", 0, [], "nothing but spaces in 3 cells"),
    (some(100, "N"), "string", 0, [], ""), (some(100, ""), "string", 0, [], "no value at all"),
    (some(99, "2.5") + some(1, "nan"), "decimal(2, 1)", 0, ["nan"], ""),
  ]

  @Test(arguments: dirty) func dirtyColumn(
    _ values: [String], _ type: String, _ misfits: Int, _ nulls: [String], _ note: String
  ) throws {
    let folder = try Folder()
    try folder.write((["value"] + values.map { "\"\($0)\"" }).joined(separator: "\n") + "\n", to: "file.csv")
    let found = try Self.infer("file.csv", in: folder)
    let column = found["columns"][0]
    #expect(column["type"].text == type)
    #expect((column["values"].int ?? 0) - (column["conforming"].int ?? 0) == misfits)
    #expect(column["nulls"].list.map { $0["value"].text } == nulls)
    #expect(note.isEmpty || column["notes"].list.contains { $0.text?.contains(note) ?? false }, "\(column["notes"])")
    let report = try Self.apply(found, in: folder)
    #expect(report["ledger"]["quarantined"].int == misfits)
  }

  /// No order of day and month is taken where the values do not tell.
  @Test func ambiguousDays() throws {
    let folder = try Folder()
    try folder.write("day\n01/02/2024\n03/04/2024\n12/12/2023\n", to: "file.csv")
    let column = try Self.infer("file.csv", in: folder)["columns"][0]
    #expect(column["type"].text == "string")
    #expect(column["ambiguous"].list.map(\.text) == ["%d/%m/%Y", "%m/%d/%Y"])
    let recipe = try Command.brew("infer", "file.csv", in: folder).out
    #expect(recipe.contains("    # day: {type: date, format: \"%d/%m/%Y\"}\n    day: string\n"))
  }

  @Test func thresholdIsChosen() throws {
    let folder = try Folder()
    try folder.write("a\n" + String(repeating: "1\n", count: 9) + "x\n", to: "file.csv")
    #expect(try Self.infer("file.csv", in: folder)["columns"][0]["type"].text == "string")
    #expect(try Self.infer("file.csv", "--conform", "90%", in: folder)["columns"][0]["type"].text == "int64")
    #expect(try Self.infer("file.csv", "--conform", "90.1%", in: folder)["columns"][0]["type"].text == "string")
  }

  // MARK: What a recipe then does

  /// The counts that are announced are those of the run, column by column.
  @Test(arguments: ["2024-09", "2024-10", "2024-11"]) func announcesWhatApplyFinds(_ month: String) throws {
    try Self.check("\(Command.package)/fixtures/attendance/\(month).csv")
  }

  static let data = "\(Command.package)/../shared/data"

  @Test(
    .enabled(if: !folderNames(data).isEmpty, "no real data: \(data) is not there"),
    arguments: [
      "attendance/attendance_2013_03.csv", "nycflights13/airports.csv", "nycflights13/planes.csv",
      "nycflights13/weather.csv", "oulad/studentInfo_AAA_excel_mangled.csv", "raha-toy/dirty.csv",
      "vega/birdstrikes.csv", "uci_student/student-por.csv", "duckdb-csv/auto/test_fallback.csv",
      "duckdb-csv/auto/titlebasicsdebug.tsv", "duckdb-csv/auto/duplicate_header_columns.csv",
      "duckdb-csv/auto/empty_header.csv", "duckdb-csv/rejects/frankstein/nightmare.csv",
      "duckdb-csv/rejects/incorrect_columns/many_columns.csv", "duckdb-csv/encodings/utf16.csv.gz",
      "duckdb-csv/encodings/all_latin1.csv", "csv-spectrum/csvs/newlines_crlf.csv",
    ])
  func announcesWhatApplyFindsInRealData(_ name: String) throws { try Self.check("\(Self.data)/\(name)") }

  /// Types are DuckDB's (`Tests/oracles/infer.py`), but for what is known and meant: numbers with a point are exact; words
  /// for null and a few values of another type leave a column its type; eight digits may be a day, and `Y` and `N` truth.
  @Test(.enabled(if: !folderNames(data).isEmpty, "no real data: \(data) is not there"))
  func agreesWithDuckDB() throws {
    let lines = try #require(readText("\(Command.package)/Tests/oracles/infer.txt")).split(separator: "\n")
    let folder = try Folder()
    var columns: [Value] = []
    var (file, same) = ("", 0)
    for line in lines {
      let cells = line.split(separator: "\t").map(String.init)
      if cells[0] != file {
        file = cells[0]
        columns = try Self.infer("\(Self.data)/\(file)", in: folder)["columns"].list
      }
      let column = try #require(columns.first { $0["name"].text == cells[1] }, "\(line)")
      let type = column["type"].text ?? ""
      let isMixed = column["values"] != column["conforming"] || !column["nulls"].list.isEmpty
      let isMeant =
        switch (cells[2], type) {
        case ("DOUBLE", _) where type.hasPrefix("decimal"): true
        case ("VARCHAR", _) where isMixed: type != "string"
        case ("BIGINT", "date"): column["formats"].list.map(\.text) == ["%Y%m%d"]
        case ("VARCHAR", "bool"): true
        default: Self.types[type] == cells[2]
        }
      #expect(isMeant, "\(line): \(type)")
      same += Self.types[type] == cells[2] ? 1 : 0
    }
    #expect(same > 200)
  }

  private static let types = [
    "int64": "BIGINT", "string": "VARCHAR", "float64": "DOUBLE", "date": "DATE", "timestamp": "TIMESTAMP",
    "bool": "BOOLEAN", "time": "TIME", "timestamptz": "TIMESTAMP WITH TIME ZONE",
  ]

  private static func check(_ path: String) throws {
    let folder = try Folder()
    let found = try infer(path, in: folder)
    let report = try apply(found, in: folder)
    #expect(report["ledger"]["read"].int == found["records"].int)
    #expect(report["ledger"]["quarantined"].int == found["quarantined"].int)
    var counted: [String: Int] = [:]
    for reason in report["reasons"].list where reason["code"].text == "cast" {
      counted[reason["column"].text ?? ""] = reason["rows"].int
    }
    var announced: [String: Int] = [:]
    for column in found["columns"].list {
      let misfits = (column["values"].int ?? 0) - (column["conforming"].int ?? 0)
      if misfits > 0 { announced[column["name"].text ?? ""] = misfits }
    }
    #expect(counted == announced)
    let alone = try Command.brew("infer", path, "--threads", "1", in: folder)
    let together = try Command.brew("infer", path, "--threads", "4", in: folder)
    #expect(alone.out == together.out && alone.out == found["recipe"].text)
  }

  private static func infer(_ path: String, _ options: String..., in folder: Folder) throws -> Value {
    let result = try Command.run([Command.binary, "infer", path, "--json"] + options, in: folder.path)
    #expect(result.status == 0, "\(result.error)")
    return try #require(result.json)
  }

  /// Runs the recipe that was found; its report.
  private static func apply(_ found: Value, in folder: Folder) throws -> Value {
    try folder.write(found["recipe"].text ?? "", to: "found.yaml")
    let checked = try Command.brew("check", "found.yaml", in: folder)
    #expect(checked.status == 0, "\(checked.error)")
    let result = try Command.brew("apply", "found.yaml", "--report", "report.json", in: folder)
    #expect(result.status == 0, "\(result.error)")
    return try #require(folder.read("report.json").flatMap { Value($0) })
  }

  // MARK: How files are spelt

  /// A file, and what is found of it: delimiter, quote, header, encoding, lines left out, comment, names.
  static let spelt: [(bytes: [UInt8], dialect: String, names: [String])] = [
    (Array("a,b\n1,x\n".utf8), #", " header"#, ["a", "b"]),
    (Array("1,x\n2,y\n".utf8), #", ""#, ["column_1", "column_2"]),
    (Array("a;b\n1,5;x\n2,5;y\n".utf8), #"; " header"#, ["a", "b"]),
    (Array("a\tb\n1\tx, y\n".utf8), "\t \" header", ["a", "b"]),
    (Array("a|b\n'1|2'|x\n".utf8), "| ' header", ["a", "b"]),
    (Array("a,b\n\"say \\\"hi\\\", all\",x\n1,2\n".utf8), #", " \ header"#, ["a", "b"]),
    (Array("Report of May\n\na,b\n1,x\n2,y\n".utf8), #", " header skip 1"#, ["a", "b"]),
    (Array("# made by hand\n# twice\na,b\n1,x\n".utf8), #", " header comment #"#, ["a", "b"]),
    (Array("country,2019,2020\nChad,5,6\nPeru,7,8\n".utf8), #", " header"#, ["country", "2019", "2020"]),
    (Array("a,a,\n1,2,3\n".utf8), #", " skip 1"#, ["a", "a_2", "column_3"]),
    (Array("one\nx, y\nz\n".utf8), #"; " header"#, ["one"]),
    (
      Array("n\u{E9}\u{E8},b\n".unicodeScalars.map { UInt8($0.value) }) + Array("1,2\n".utf8),
      #", " header windows-1252"#, ["néè", "b"]
    ),
    (
      [0xFF, 0xFE] + "a,b\n1,é\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, #", " header utf-16"#,
      ["a", "b"]
    ),
    ("a,b\n1,x\n".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }, #", " header utf-16be"#, ["a", "b"]),
    ([0xEF, 0xBB, 0xBF] + Array("a,b\n1,".utf8) + [0xE9, 10], #", " header"#, ["a", "b"]),
    (Array("a,b\r1,x\r2,y\r".utf8), #", " header"#, ["a", "b"]),
  ]

  @Test(arguments: spelt) func spelling(_ bytes: [UInt8], _ dialect: String, _ names: [String]) throws {
    let folder = try Folder()
    try folder.write(bytes, to: "file.csv")
    let found = try Self.infer("file.csv", in: folder)
    let spelt = found["dialect"]
    var words = [spelt["delimiter"].text ?? "none", spelt["quote"].text ?? "none"]
    if let escape = spelt["escape"].text { words.append(escape) }
    if spelt["header"].bool == true { words.append("header") }
    if let encoding = spelt["encoding"].text, encoding != "utf-8" { words.append(encoding) }
    if let lines = spelt["skip_lines"].int, lines > 0 { words.append("skip \(lines)") }
    if let comment = spelt["comment"].text { words.append("comment \(comment)") }
    #expect(words.joined(separator: " ") == dialect)
    #expect(found["columns"].list.map { $0["name"].text } == names)
    _ = try Self.apply(found, in: folder)
  }

  @Test func whatIsSaidIsNotLookedFor() throws {
    let folder = try Folder()
    try folder.write("x~'1,5'\ny~2\n-- end\n", to: "file.csv")
    let found = try Self.infer(
      "file.csv", "--delimiter", "~", "--quote", "'", "--header", "no", "--skip-footer", "1", "--encoding", "latin-1",
      in: folder)
    #expect(found["columns"].list.map { $0["name"].text } == ["column_1", "column_2"])
    #expect(found["records"].int == 2)
    #expect(found["dialect"]["encoding"].text == "latin-1")
    #expect(try Self.apply(found, in: folder)["ledger"]["accepted"].int == 2)
  }

  // MARK: Files

  @Test func severalFilesAreOneInput() throws {
    let folder = try Folder()
    try folder.write("a\n1\n", to: "1.csv")
    try folder.write("a\n2.5\n", to: "2.csv")
    let found = try Self.infer("*.csv", in: folder)
    #expect(found["columns"][0]["type"].text == "decimal(2, 1)")
    #expect(found["files"].list.map { $0["records"].int } == [1, 1])
    try folder.write("b\n1\n", to: "2.csv")
    let result = try Command.brew("infer", "1.csv", "2.csv", in: folder)
    #expect(result.status == 2 && result.error.contains("error[headers-differ]: the header of 2.csv"))
  }

  /// Paths start from the recipe's place, wherever that is.
  @Test(arguments: ["found.yaml", "recipes/found.yaml", "./recipes/deep/found.yaml"])
  func recipeIsWritten(_ place: String) throws {
    let folder = try Folder()
    folder.makeFolder("recipes")
    folder.makeFolder("recipes/deep")
    folder.makeFolder("data")
    try folder.write("a,b\n1,x\n", to: "data/file.csv")
    let result = try Command.brew("infer", "data/file.csv", "--output", place, in: folder)
    #expect(result.status == 0 && result.out.isEmpty, "\(result.error)")
    #expect(try Command.brew("apply", place, in: folder).status == 0)
  }

  @Test func standardInputIsRead() throws {
    let folder = try Folder()
    try folder.write("a,b\nx,1\n5,2\n" + String(repeating: "7,z\n", count: 40), to: "file.csv")
    let piped = try Command.run(
      ["sh", "-c", "cat file.csv | \(Command.binary) infer - --conform 90% --json"], in: folder.path)
    let found = try Self.infer("file.csv", "--conform", "90%", in: folder)
    #expect(try #require(piped.json)["columns"] == found["columns"])
    #expect(piped.json?["quarantined"] == found["quarantined"])
  }

  @Test(arguments: [
    ("empty.csv", [], 2, "empty.csv has no columns: it is empty"), ("none.csv", [], 2, "no file 'none.csv'"),
    ("file.csv", ["--conform", "0%"], 2, "a share such as 95% or 99.5%"),
    ("file.csv", ["--delimiter", "ab"], 2, "one ASCII character"),
    ("file.csv", ["--output", "file.csv/found.yaml"], 3, "file.csv"),
  ]) func faultsAreTold(_ path: String, _ options: [String], _ status: Int32, _ message: String) throws {
    let folder = try Folder()
    try folder.write("", to: "empty.csv")
    try folder.write("a\n1\n", to: "file.csv")
    let result = try Command.run([Command.binary, "infer", path] + options, in: folder.path)
    #expect(result.status == status)
    #expect(result.error.contains(message), "\(result.error)")
    #expect(result.out.isEmpty)
  }

  /// Names and texts that would be something else in YAML.
  @Test func oddNamesAreQuoted() throws {
    let names = ["no", "a: b", "#1", "q\"uote", "back\\slash", "two\nlines", "{x}", "- y", "ünï", "'", "~", "1"]
    let folder = try Folder()
    let header = names.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
    try folder.write(header + "\n" + names.map { _ in "v" }.joined(separator: ",") + "\n", to: "a file: 1.csv")
    let found = try Self.infer("a file: 1.csv", "--header", "yes", in: folder)
    #expect(found["columns"].list.map { $0["name"].text } == names)
    #expect(try Self.apply(found, in: folder)["ledger"]["accepted"].int == 1)
  }
}

/// So many texts, of these in turn.
private func some(_ count: Int, _ texts: String...) -> [String] { (0..<count).map { texts[$0 % texts.count] } }
