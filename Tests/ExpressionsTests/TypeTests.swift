import Columns
import Diagnostics
import Testing

@testable import Expressions

/// The type of an expression over columns of known types, or the codes of what is said against it.
@Suite struct TypeTests {
  private static let columns: [Table.Declaration] = [
    .init("i", .int64), .init("j", .int8), .init("m", .int16), .init("d", .decimal(precision: 12, scale: 3)),
    .init("e", .decimal(precision: 5, scale: 1)), .init("w", .decimal(precision: 38, scale: 10)),
    .init("v", .decimal(precision: 38, scale: 20)), .init("f", .float64), .init("g", .float32), .init("s", .string),
    .init("t", .date), .init("ts", .timestamp), .init("tz", .timestamptz), .init("tm", .time), .init("b", .bool),
  ]

  @Test(
    "numbers",
    arguments: [
      ("i + 1", "int64"), ("j + m", "int16"), ("j + 1", "int8"), ("j + 1000", "int64"), ("i * j", "int64"),
      ("i // 2", "int64"), ("i % j", "int64"), ("i / 2", "float64"), ("d / e", "float64"), ("-j", "int8"),
      ("d + e", "decimal(13, 3)"), ("d - e", "decimal(13, 3)"), ("d * e", "decimal(17, 4)"),
      ("d + 1", "decimal(13, 3)"), ("d + 0.0001", "decimal(14, 4)"), ("d * 2", "decimal(13, 3)"),
      ("d - i", "decimal(23, 3)"), ("w + w", "decimal(38, 10)"), ("w * w", "decimal(38, 20)"),
      ("v * v", "type-mismatch"), ("d + f", "float64"), ("g + g", "float32"), ("g + f", "float64"),
      ("g + 1", "float32"), ("g + i", "float64"), ("1.5", "decimal(2, 1)"), ("0.05", "decimal(2, 2)"),
      ("1e3", "float64"), ("9223372036854775808", "decimal(19, 0)"), ("null", "null"), ("i + null", "int64"),
      ("null / 2", "float64"), ("round(d, 1)", "decimal(12, 3)"), ("floor(f)", "float64"), ("abs(j)", "int8"),
      ("100000000000000000000000000000000000000", "bad-literal"), ("mod(j, m)", "int64"),
      ("mod(d, 2)", "wrong-arguments"),
      ("sum(i)", "decimal(38, 0)"), ("sum(d)", "decimal(38, 3)"), ("sum(f)", "float64"), ("mean(d)", "float64"),
      ("count(*)", "int64"), ("count(s)", "int64"), ("max(s)", "string"), ("min(t)", "date"),
      ("variance(i)", "float64"), ("sum(s)", "wrong-arguments"), ("sum(*)", "wrong-arguments"),
      ("round(*)", "star-place"), ("i - mean(i)", "float64"),
    ])
  func numbers(expression: String, expected: String) { #expect(type(of: expression) == expected) }

  @Test(
    "meeting",
    arguments: [
      ("if(b, i, f)", "float64"), ("if(b, j, m)", "int16"), ("if(b, d, e)", "decimal(12, 3)"),
      ("if(b, d, i)", "decimal(22, 3)"), ("if(b, 1, 2.5)", "decimal(20, 1)"), ("if(b, e, 2)", "decimal(5, 1)"),
      ("if(b, t, ts)", "timestamp"), ("if(b, null, t)", "date"), ("if(b, s, 'x')", "string"),
      ("if(b, t, '2024-01-01')", "date"), ("if(b, 1, 'x')", "bad-literal"), ("if(b, t, i)", "type-mismatch"),
      ("if(b, tz, ts)", "type-mismatch"), ("if(s, 1, 2)", "wrong-arguments"), ("coalesce(i, 'x')", "bad-literal"),
      ("case when b then 1 end", "int64"), ("case when b then d when not b then 1.5 end", "decimal(12, 3)"),
      ("case i when 1 then 'a' else null end", "string"), ("case i when 'x' then 1 end", "bad-literal"),
      ("case when i then 1 end", "not-a-condition"), ("greatest(i, 2.5)", "decimal(20, 1)"),
      ("nullif(d, 0)", "decimal(12, 3)"),
      ("i = 2.5", "bool"), ("d = f", "bool"), ("t = ts", "bool"), ("t = '2024-01-01'", "bool"),
      ("t = 'x'", "bad-literal"),
      ("s = 1", "type-mismatch"), ("s = b", "type-mismatch"), ("i = '1'", "bool"), ("t = 1", "type-mismatch"),
      ("ts < tz", "type-mismatch"), ("tm > '12:00:00'", "bool"), ("b > false", "bool"),
      ("i in (1, 'x')", "bad-literal"),
      ("i between 1 and 'x'", "bad-literal"), ("i is distinct from s", "type-mismatch"),
      ("null = null", "null-comparison"),
      ("i and b", "not-a-condition"), ("not s", "not-a-condition"), ("null and b", "bool"),
      ("i is true", "not-a-condition"),
      ("s like 'a'", "bool"), ("i like 'a'", "type-mismatch"), ("s like s", "not-constant"), ("s || i", "string"),
      ("-s", "type-mismatch"), ("s + 1", "type-mismatch"), ("b + b", "type-mismatch"),
    ])
  func meeting(expression: String, expected: String) { #expect(type(of: expression) == expected) }

  @Test(
    "times",
    arguments: [
      ("t + interval '1 day'", "date"), ("t - interval '1 year 2 months'", "date"),
      ("t + interval '1 hour'", "timestamp"),
      ("interval '1 day' + t", "date"), ("interval '1 day' - t", "interval-place"),
      ("ts - interval '5 minutes'", "timestamp"),
      ("tz + interval '1 day'", "timestamptz"), ("tm + interval '1 hour'", "time"),
      ("s + interval '1 day'", "type-mismatch"),
      ("t - t", "int64"), ("ts - ts", "type-mismatch"), ("t + 1", "type-mismatch"), ("t - '2024-01-01'", "int64"),
      ("interval '1 day'", "interval-place"), ("t + interval 'soon'", "bad-literal"),
      ("date '2023-02-29'", "bad-literal"),
      ("date_trunc('month', t)", "date"), ("date_trunc('month', ts)", "timestamp"),
      ("date_trunc('dya', t)", "bad-argument"),
      ("date_trunc(s, t)", "not-constant"), ("year(s)", "wrong-arguments"), ("hour(tm)", "int64"),
      ("date_diff('day', t, ts)", "int64"), ("date_diff('day', i, i)", "bad-argument"), ("now()", "timestamptz"),
      ("current_date", "date"), ("strftime(t, '%Y')", "string"), ("strptime(s, '%Q')", "bad-argument"),
    ])
  func times(expression: String, expected: String) { #expect(type(of: expression) == expected) }

  @Test(
    "casts and calls",
    arguments: [
      ("cast(t as int)", "type-mismatch"), ("cast(b as int)", "int64"), ("cast(t as bool)", "type-mismatch"),
      ("s::decimal(6, 2)", "decimal(6, 2)"), ("i::decimal", "unknown-type"), ("i::decimal(39, 1)", "unknown-type"),
      ("i::decimal(3, 4)", "unknown-type"), ("i::itn", "unknown-type"), ("i::int(3)", "unknown-type"),
      ("try_cast(s as date)", "date"), ("tz::date", "date"), ("tm::ts", "unknown-type"),
      ("tm::timestamp", "type-mismatch"),
      ("nope", "unknown-column"), ("nope(1)", "unknown-function"), ("nope + nada", "unknown-column unknown-column"),
      ("nope(nada)", "unknown-column unknown-function"), ("${p}", "unknown-parameter"), ("round()", "wrong-arguments"),
      ("round(s)", "wrong-arguments"), ("length(i)", "wrong-arguments"), ("concat()", "wrong-arguments"),
      ("raw(i)", "string"), ("raw(i + 1)", "not-a-column"), ("regexp_matches(s, s)", "not-constant"),
      ("regexp_matches(s, '(')", "bad-argument"), ("regexp_extract(s, 'a', 1)", "bad-argument"),
      ("regexp_replace(s, 'a', '\\2')", "bad-argument"), ("is_invalid(t)", "bool"), ("s::binary", "binary"),
      ("printf('%d', s)", "bad-argument"), ("printf('%d')", "bad-argument"), ("printf('%y', i)", "bad-argument"),
      ("printf('%.2d', i)", "bad-argument"), ("printf('%5000d', i)", "bad-argument"),
      ("printf('%', i)", "bad-argument"),
      ("printf('a', i)", "bad-argument"), ("printf(s, i)", "not-constant"), ("printf('a%%')", "string"),
      ("format('{', i)", "bad-argument"), ("format('}', i)", "bad-argument"), ("format('{0} {}', i)", "bad-argument"),
      ("format('{:q}', i)", "bad-argument"), ("format('{:.1}', i)", "bad-argument"),
      ("format('{1}', i)", "bad-argument"),
      ("format('{:.2f} {}', i, s)", "string"), ("format('{:é>5}', s)", "string"), ("format('{:', s)", "bad-argument"),
      ("if(nope, 1, 'x')", "unknown-column"), ("i + s + nope", "type-mismatch unknown-column"),
    ])
  func calls(expression: String, expected: String) { #expect(type(of: expression) == expected) }

  /// The result's type, which its column has too; or the codes.
  private func type(of expression: String) -> String {
    let table = Table(Self.columns, rows: [[]])
    var scope = table.scope()
    guard let value = scope.bind(SourceText(expression, path: "e")) else {
      return scope.diagnostics.all.map(\.code).joined(separator: " ")
    }
    #expect(scope.diagnostics.all.isEmpty)
    var evaluation = Evaluation(scope.graph, over: table)
    let all = Bitmap(repeating: true, count: 1)
    #expect(evaluation.value(value.node, rows: all, living: all).type == value.type)
    return "\(value.type)"
  }
}
