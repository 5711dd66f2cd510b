import Diagnostics
import Testing

private let names: [(String, [String], String?)] = [
  ("minuts", ["minutes", "minimum"], "minutes"), ("Status", ["stats", "status"], "status"),
  ("recieved", ["received", "relieved"], "received"), ("STATUS", ["status", "Status"], "Status"),
  ("id", ["ids", "is"], "ids"), ("ab", ["ba", "xy"], nil), ("NO", ["no"], "no"), ("x", [], nil),
  ("fill-missing", ["fill_missing"], "fill_missing"), ("größe", ["grösse", "grobe"], "grösse"),
  ("campus", ["course", "minutes"], nil), ("", ["a"], nil),
]

@Test(arguments: names)
func nearestName(name: String, known: [String], expected: String?) {
  #expect(nearest(name, in: known) == expected)
}
