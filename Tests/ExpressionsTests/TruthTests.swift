import Columns
import Testing

@testable import Expressions

/// Logic over the states of a value: `T`rue, `F`alse, `N`ull, `I`nvalid, and `X` for failed.
@Suite struct TruthTests {
  /// Each table has a row for each state of `p` and, in it, a letter for each state of `q`.
  @Test(
    "of two",
    arguments: [
      ("p and q", "TFNIX FFFFF NFNIX IFIIX XFXXX"),
      ("p or q", "TTTTT TFNIX TNNIX TIIIX TXXXX"),
      ("p = q", "TFNIX FTNIX NNNIX IIIIX XXXXX"),
      ("p <> q", "FTNIX TFNIX NNNIX IIIIX XXXXX"),
      ("p is distinct from q", "FTTTX TFTTX TTFFX TTFFX XXXXX"),
      ("p is not distinct from q", "TFFFX FTFFX FFTTX FFTTX XXXXX"),
      ("coalesce(p, q)", "TTTTT FFFFF TFNIX TFIIX XXXXX"),
      ("nullif(p, q)", "NTTTX FNFFX NNNNX IIIIX XXXXX"),
      ("if(p, q, true)", "TFNIX TTTTT TTTTT TTTTT XXXXX"),
      ("if(p, true, q)", "TTTTT TFNIX TFNIX TFNIX XXXXX"),
      ("case when p then q end", "TFNIX NNNNN NNNNN NNNNN XXXXX"),
      ("case when p then true when q then false end", "TTTTT FNNNX FNNNX FNNNX XXXXX"),
      ("case p when q then true else false end", "TFFFX FTFFX FFFFX FFFFX XXXXX"),
      ("p in (true, q)", "TTTTT FTNIX NNNIX IIIIX XXXXX"),
      ("not (p and q)", "FTNIX TTTTT NTNIX ITIIX XTXXX"),
    ])
  func pairs(expression: String, expected: String) throws {
    #expect(try letters(expression, over: Self.pairs).chunked(5) == expected)
  }

  @Test(
    "of one",
    arguments: [
      ("not p", "FTNIX"), ("p is null", "FFTTX"), ("p is not null", "TTFFX"), ("p is true", "TFFFX"),
      ("p is not true", "FTTTX"), ("p is false", "FTFFX"), ("p is not false", "TFTTX"), ("is_invalid(p)", "FFFTX"),
      ("p in (true)", "TFNIX"),
      ("p and true", "TFNIX"), ("p and false", "FFFFF"), ("p or true", "TTTTT"), ("p and null", "NFNIX"),
      ("p or null", "TNNIX"), ("try_cast(p as int) = 1", "TFNIX"),
      ("p::string = 'true'", "TFNIX"),
    ])
  func single(expression: String, expected: String) throws {
    #expect(try letters(expression, over: Self.states.map { [$0] }) == expected)
  }

  /// De Morgan's laws and their like hold state for state.
  @Test(
    "laws",
    arguments: [
      ("not (p and q)", "not p or not q"), ("not (p or q)", "not p and not q"), ("p and q", "q and p"),
      ("p or q", "q or p"), ("not not p", "p"), ("p <> q", "not (p = q)"), ("p is not true", "not (p is true)"),
      ("p in (q)", "p = q"), ("p between q and q", "p >= q and p <= q"),
      ("if(p, q, true)", "case when p then q else true end"),
      ("coalesce(p, q)", "case when p is not null then p else q end"),
    ])
  func laws(left: String, right: String) throws {
    guard left != "coalesce(p, q)" else {
      // An invalid first value is not forgotten by `coalesce`; for all other states the two are one.
      let sound = Self.pairs.filter { $0[0] != Table.invalid }
      return #expect(try letters(left, over: sound) == letters(right, over: sound))
    }
    #expect(try letters(left, over: Self.pairs) == letters(right, over: Self.pairs))
  }

  private static let states: [String?] = ["true", "false", nil, Table.invalid, Table.failed]
  private static let pairs = states.flatMap { p in states.map { q in [p, q] } }

  private func letters(_ expression: String, over rows: [[String?]]) throws -> String {
    let table = Table([.init("p", .bool), .init("q", .bool)], rows: rows)
    return try table.evaluate(expression).get().map { outcome in
      switch outcome {
      case .text("true"): "T"
      case .text("false"): "F"
      case .null: "N"
      case .invalid: "I"
      case .failed(.patternLimit): "X"
      default: "?"
      }
    }.joined()
  }
}

extension String {
  /// The text cut into words of `width` letters.
  fileprivate func chunked(_ width: Int) -> String {
    enumerated().map { $0 > 0 && $0 % width == 0 ? " \($1)" : "\($1)" }.joined()
  }
}
