import Columns
import Testing

@testable import Expressions

/// The examples of the reference: each gives what it says.
@Suite struct ExampleTests {
  /// Examples speak of one column, `x`, that was read as a number.
  private let table = Table([.init("x", .int64)], rows: [["12"]])

  @Test("example", arguments: Function.all.map(\.name))
  func example(name: String) throws {
    let function = try #require(Function.named(name))
    #expect(try table.evaluate(function.example.expression).get() == [.text(function.example.result)])
    #expect(function.example.expression.contains(name))
  }

  /// The reference is complete, and no function hides another or an aggregate.
  @Test func names() {
    let names = Function.all.map(\.name) + AggregateFunction.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Function.all.allSatisfy { !$0.summary.isEmpty && !$0.signatures.isEmpty })
  }

  /// What the row says of itself, against the table it was put in.
  @Test(
    "origin",
    arguments: [
      ("source_file()", ["in/a.csv", "in/a.csv"]), ("source_line()", ["2", "3"]), ("record_number()", ["1", "2"]),
      ("raw(x)", ["007", "1"]), ("raw(x) || '=' || x", ["007=7", "1=1"]), ("run_id()", ["run-1", "run-1"]),
      ("now()", ["2024-12-20 10:30:00Z", "2024-12-20 10:30:00Z"]), ("current_date", ["2024-12-20", "2024-12-20"]),
    ])
  func origin(expression: String, expected: [String]) throws {
    let table = Table([.init("x", .int64)], rows: [["007"], ["1"]])
    #expect(try table.evaluate(expression).get() == expected.map(Outcome.text))
  }
}
