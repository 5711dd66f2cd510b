import Columns
import Diagnostics
import Testing

@testable import Expressions

/// What the graph makes of expressions: constants are computed ahead, equal expressions are one node.
@Suite struct GraphTests {
  private static let columns: [Table.Declaration] = [
    .init("i", .int64), .init("s", .string), .init("t", .date), .init("ts", .timestamp), .init("b", .bool),
  ]

  @Test(
    "folds",
    arguments: [
      ("1 + 2 * 3", "7"), ("'a' || 'b' || 'c'", "abc"), ("round(2.345, 2) = 2.35", "true"), ("1 / 4", "0.25"),
      ("date '2024-02-28' + interval '2 days'", "2024-03-01"), ("upper(concat('a', null, 'b'))", "AB"),
      ("case when 1 = 2 then 'x' else 'y' end", "y"), ("cast('12' as int) + 1", "13"), ("current_date", "2024-12-20"),
      ("current_date - date '2024-12-01'", "19"), ("not (true and null is null)", "false"), ("2 in (1, 2)", "true"),
      ("strftime(date '2024-09-01', '%d.%m.')", "01.09."), ("${limit} * 2", "84"), ("1 between 0 and 2", "true"),
      ("'abc' like 'a%'", "true"), ("run_id()", "run-1"),
    ])
  func folds(expression: String, expected: String) throws {
    let (graph, nodes) = try bound([expression])
    let value = try #require(graph[nodes[0]].constant)
    #expect(value.canonicalText == expected)
  }

  /// What would fail on every row is refused, unless nothing reaches it.
  @Test("refuses failures", arguments: ["1 // 0", "cast('x' as int)", "9223372036854775807 + 1", "1 + 1 % 0"])
  func refusesFailures(expression: String) {
    let table = Table(Self.columns, rows: [[nil]])
    #expect(table.evaluate(expression) == .failure(Refusal(codes: ["constant-fails"])))
    #expect(table.evaluate("coalesce(5, \(expression))") == .success([.text("5")]))
  }

  @Test("depends on the row", arguments: ["source_line()", "record_number()", "source_file()", "mean(1)", "i * 0"])
  func impure(expression: String) throws {
    let (graph, nodes) = try bound([expression])
    #expect(graph[nodes[0]].constant == nil)
  }

  @Test(
    "one node",
    arguments: [
      ("i + 1", " ( i )+1"), ("i + 1", "i + (3 - 2)"), ("i = 1", "i=1"), ("i in (1, 2)", "i in (1,2)"),
      ("i is not null", "not (i is null)"), ("i not between 1 and 2", "not (i >= 1 and i <= 2)"),
      ("cast(i as int8)", "i::int8"), ("s not like 'a%'", "not (s like 'a%')"), ("lower(s)", "LOWER(s)"),
      ("regexp_matches(s, 'a+')", "regexp_matches(s, 'a' || '+')"),
      ("date_trunc('day', ts)", "date_trunc( 'day', ts )"),
      ("case when b then 1 else 2 end", "CASE WHEN b THEN 1 ELSE 2 END"),
      ("t + interval '1 day'", "t + interval '1 days'"),
      ("s is not distinct from 'a'", "not (s is distinct from 'a')"), ("\"s\" || `s`", "s || s"), ("i <> 1", "i != 1"),
    ])
  func interned(a: String, b: String) throws {
    let (_, nodes) = try bound([a, b])
    #expect(nodes[0] == nodes[1])
  }

  @Test(
    "two nodes",
    arguments: [
      ("i + 1", "i - 1"), ("i + 1", "1 + i"), ("b is true", "b is not true"), ("b is true", "b is false"),
      ("s like 'a%'", "s ilike 'a%'"), ("s like 'a!%'", "s like 'a!%' escape '!'"), ("i::int8", "i::int16"),
      ("i::int8", "try_cast(i as int8)"), ("t + interval '1 day'", "t - interval '1 day'"), ("0e0", "-0e0"),
      ("t + interval '1 month'", "t + interval '1 day'"), ("1", "1.0"),
      ("date_trunc('day', ts)", "date_trunc('month', ts)"), ("regexp_matches(s, 'a')", "regexp_matches(s, 'b')"),
      ("case when b then i end", "case when b then i else 0 end"), ("year(t)", "year(ts)"), ("'1'", "1"),
      ("regexp_extract(s, '(a)b', 0)", "regexp_extract(s, '(a)b', 1)"), ("round(i)", "round(i, 0)"),
      ("case when b then 1 when true then i end", "case when b then 1 else i end"),
    ])
  func apart(a: String, b: String) throws {
    let (_, nodes) = try bound([a, b])
    #expect(nodes[0] != nodes[1])
  }

  /// A node that many expressions share is computed once in each batch, and one that nobody asks is never computed.
  @Test func computedOnce() throws {
    let expressions = [
      "length(trim(s)) > 3", "length(trim(s)) * i", "case when length(trim(s)) > 3 then trim(s) else s end",
      "trim(s) in ('a', 'b') or length(trim(s)) > 3",
    ]
    let (graph, nodes) = try bound(expressions + ["upper(s)"])
    let asked = nodes.dropLast()
    let reached = Set(graph.closure(of: asked).map(\.index))
    let table = Table(Self.columns, rows: [["1", " abcd "], ["2", nil], ["3", "a"]])
    var evaluation = Evaluation(graph, over: table)
    let all = Bitmap(repeating: true, count: table.count)
    for batch in 1...3 {
      evaluation.startBatch()
      for _ in 0..<2 { for node in asked { _ = evaluation.value(node, rows: all, living: all) } }
      let counts = graph.nodes.indices.map { reached.contains($0) ? batch : 0 }
      #expect(evaluation.computations == counts)
    }
    #expect(graph.nodes.filter { $0.name == "trim" }.count == 1)
    #expect(graph.nodes.filter { $0.name == "length" }.count == 1)
  }

  /// The nodes of expressions bound one after the other in one scope.
  private func bound(_ expressions: [String]) throws -> (graph: Graph, nodes: [NodeID]) {
    var scope = Table.scope(Self.columns, parameters: ["limit": .integer(42)])
    var nodes: [NodeID] = []
    for expression in expressions {
      let value = scope.bind(SourceText(expression, path: "e"))
      nodes.append(try #require(value, "\(expression)").node)
    }
    return (scope.graph, nodes)
  }
}
