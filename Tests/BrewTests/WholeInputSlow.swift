import Glibc
import Testing
import Trials

/// The interpreter that has DuckDB: of `make setup-dev`, or another.
private let python = getenv("BREW_PYTHON").map { String(cString: $0) } ?? "\(repository)/.deps/venv/bin/python"

/// What must know the whole input, over 300,000 rows and with 2 MiB for it, as DuckDB has it: see
/// `Tests/oracles/whole_input.py`. With memory enough the bytes are the same.
@Suite(
  .serialized,
  .enabled(if: getenv("BREW_SLOW") != nil && getenv("BREW_BINARY") != nil, "slow: set BREW_SLOW and BREW_BINARY"),
  .enabled(if: access(python, X_OK) == 0, "needs DuckDB: run `make setup-dev`"))
struct WholeInputSlow {
  private static let rows = 300_000

  @Test(arguments: ["distinct", "equal", "half", "zipf"])
  func agreesWithDuckDB(_ keys: String) throws {
    let folder = try Folder()
    let oracle = "\(repository)/Tests/oracles/whole_input.py"
    try #require(try spawn(python, [oracle, folder.path, keys, "\(Self.rows)"]) == 0)
    let names = folder.names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    try #require(names.count >= 11)
    for name in names {
      let spilled = try Self.apply(name, memory: "2M", threads: 2, folder)
      let expected = folder.read("\(name).csv")
      let spilledAgrees = folder.read("\(name).out.csv") == expected
      #expect(spilledAgrees, "\(name), spilled")
      let refused = Self.body(folder.read("\(name).out.quarantine.jsonl"))
      let inMemory = try Self.apply(name, memory: "1G", threads: 1, folder)
      let agrees = folder.read("\(name).out.csv") == expected
      #expect(agrees, "\(name), in memory")
      let refusesTheSame = Self.body(folder.read("\(name).out.quarantine.jsonl")) == refused
      #expect(refusesTheSame, "\(name)")
      #expect(spilled["reasons"] == inMemory["reasons"], "\(name)")
      #expect(spilled["rules"].list.map { $0["observed"] } == inMemory["rules"].list.map { $0["observed"] }, "\(name)")
      #expect(spilled["peak_memory"].int ?? .max < 64 << 20, "\(name)")
      #expect(inMemory["bytes_spilled"] == 0, "\(name)")
      if name.hasPrefix("unique") || name == "figures_of_keys" {
        #expect(spilled["bytes_spilled"].int ?? 0 > 1 << 20, "\(name)")
      }
    }
    let statuses = try Self.apply("figures_of_keys", memory: "2M", threads: 2, folder)["rules"].list.map {
      $0["status"]
    }
    #expect(statuses == ["pass", "pass", "pass", "pass", "warn"])
  }

  private static func apply(_ name: String, memory: String, threads: Int, _ folder: Folder) throws -> Value {
    let result = try Command.brew(
      "apply", "\(name).yaml", "--memory", memory, "--threads", "\(threads)", "--temp", folder.path, "--json",
      in: folder)
    #expect(result.status == 0, "\(name): \(result.error)")
    return try #require(result.json)
  }

  /// A quarantine without its first line, which names the run.
  private static func body(_ quarantine: [UInt8]?) -> ArraySlice<UInt8>? {
    quarantine.map { $0.drop { $0 != UInt8(ascii: "\n") } }
  }
}
