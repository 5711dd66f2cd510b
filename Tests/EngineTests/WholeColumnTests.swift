import Engine
import Formats
import Testing
import Trials

/// Steps over whole columns, against pandas and NumPy: `Tests/oracles/whole_columns.py`.
@Suite struct WholeColumnTests {
  struct Expected: CustomStringConvertible, Sendable {
    let step: String
    let column: String
    let values: [String]
    var description: String { step }
  }

  private static let parts: (table: String, trials: [Expected]) = {
    let text = readText("\(repository)/Tests/oracles/whole_columns.txt") ?? ""
    let halves = text.split(separator: "\n\n", maxSplits: 1)
    let trials = (halves.last ?? "").split(separator: "\n").compactMap { line -> Expected? in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 3 else { return nil }
      return Expected(step: fields[0], column: fields[1], values: fields[2].split(separator: " ").map(String.init))
    }
    return ("\(halves.first ?? "")\n", trials)
  }()

  @Test func areThere() {
    #expect(Self.parts.trials.count > 80)
  }

  @Test(arguments: parts.trials)
  func agreesWithPandas(_ expected: Expected) throws {
    let recipe = """
      input: {path: input.csv, columns: {id: int, x: float, n: int, d: "decimal(10, 2)", same: float, most: int}}
      steps:
        - \(expected.step)

      """
    let options = RunOptions(threads: 2, batches: BatchLimits(records: 37))
    let trial = try Trial(recipe, Self.parts.table, options: options)
    let output = try #require(trial.output, "\(trial.diagnostics)")
    let found = try Table(output)[expected.column]
    try #require(found.count == expected.values.count)
    for (row, (value, wanted)) in zip(found, expected.values).enumerated() {
      #expect(Self.isSame(value, wanted), "row \(row): \(value), and by the oracle \(wanted)")
    }
  }

  /// Equal texts, or floats that are equal but for their last digits: pandas rounds at each step.
  private static func isSame(_ found: String, _ wanted: String) -> Bool {
    if wanted == "-" { return found.isEmpty }
    if found == wanted { return true }
    guard let a = Double(found), let b = Double(wanted) else { return false }
    return a == b || (a - b).magnitude <= 1e-12 * max(a.magnitude, b.magnitude, 1) || (a.isNaN && b.isNaN)
  }
}
