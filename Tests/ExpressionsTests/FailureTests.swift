import Columns
import Testing

@testable import Expressions

/// Which failures reach the row, and of which kind they are. `k` is 0, `n` is null, `s` is 'x'.
@Suite struct FailureTests {
  private let table = Table(
    [.init("k", .int64), .init("n", .int64), .init("s", .string), .init("j", .int8)],
    rows: [["0", nil, "x", "-128"]])

  @Test(
    "not reached",
    arguments: [
      ("case when k = 0 then 5 else 1 // k end", "5"), ("if(k = 0, 5, 1 // k)", "5"), ("coalesce(5, 1 // k)", "5"),
      ("coalesce(n, 5, 1 // k)", "5"), ("k <> 0 and 1 // k = 1", "false"), ("k = 0 or 1 // k = 1", "true"),
      ("1 // k = 1 and k <> 0", "false"), ("1 // k = 1 or k = 0", "true"), ("if(true, 5, 1 // 0)", "5"),
      ("case k when 0 then 'zero' when 1 // k then 'one' end", "zero"), ("coalesce(5, 1 // 0)", "5"),
      ("case when k = 0 then 'a' when 1 // k = 1 then 'b' else 'c' end", "a"), ("false and 1 // 0 = 1", "false"),
      ("if(k = 0, s, cast(1 // k as string))", "x"), ("5 between 6 and 1 // k", "false"), ("5 in (5, 1 // k)", "true"),
      ("if(try_cast(s as int) is null, 5, cast(s as int))", "5"), ("coalesce(try_cast(s as int), 5)", "5"),
    ])
  func notReached(expression: String, expected: String) throws {
    #expect(try table.evaluate(expression).get() == [.text(expected)])
  }

  @Test(
    "reached",
    arguments: [
      "case when k = 0 then 1 // k end", "case when 1 // k = 1 then 1 else 0 end", "coalesce(n, 1 // k)",
      "k = 0 and 1 // k = 1", "k <> 0 or 1 // k = 1", "n > 0 and 1 // k = 1", "1 // k is null", "not (1 // k = 1)",
      "greatest(1, 1 // k)", "least(n, 1 // k)", "concat(s, cast(1 // k as string))", "nullif(5, 1 // k)",
      "concat_ws('-', s, (1 // k)::string)", "1 // k in (1, 2)", "5 in (6, 1 // k)", "5 between 4 and 1 // k",
      "is_invalid(1 // k)", "1 // k is distinct from 1", "(1 // k = 1) is true", "try_cast(1 // k as string)",
      "try_cast(1 // k as int8)", "if(1 // k = 1, 5, 5)", "case 1 // k when 1 then 2 else 3 end", "-(1 // k)",
      "5 % k", "5 / k", "mod(5, k)", "k / k", "5.5 / k", "1e0 / k",
    ])
  func reached(expression: String) throws {
    #expect(try table.evaluate(expression).get() == [.failed(.divisionByZero)])
  }

  @Test(
    "kinds",
    arguments: [
      ("9223372036854775807 + (k + 1)", FailureKind.overflow), ("k - 9223372036854775807 - 2", .overflow),
      ("(k + 4611686018427387904) * 2", .overflow), ("-j", .overflow), ("abs(j)", .overflow), ("j - 1", .overflow),
      ("j // -1", .overflow), ("cast(s as int)", .cast), ("s::date", .cast), ("cast(k + 200 as int8)", .cast),
      ("cast(k + 1000 as decimal(3, 0))", .cast), ("strptime(s, '%Y')", .cast),
      ("99999999999999999999999999999999999999 + k + 1", .overflow),
      ("cast(k + 1e18 as decimal(38, 19)) * 10.0", .overflow), ("cast(k + 9e18 as int64) * 2", .overflow),
    ])
  func kinds(expression: String, expected: FailureKind) throws {
    #expect(try table.evaluate(expression).get() == [.failed(expected)])
  }
}
