import Diagnostics
import Documents
import Testing

private func read<Value: OptionValue>(_ text: String, as type: Value.Type) -> (value: Value?, codes: [String]) {
  var (node, diagnostics) = parsed("k: " + text + "\n")
  let value = node?["k"].flatMap { Value.read($0, &diagnostics) }
  return (value, diagnostics.all.map(\.code))
}

/// Expected by Python: `Fraction(failing, total) > Fraction(percent) / 100`.
private let shares: [(String, failing: Int, total: Int, exceeds: Bool)] = [
  ("2%", 2, 100, false), ("2%", 3, 100, true), ("0.5%", 5, 1000, false), ("0.5%", 6, 1000, true), ("0", 0, 10, false),
  ("0", 1, 10, true), ("10", 10, 10, false), ("10", 11, 20, true), ("2%", 0, 0, false), ("100%", 7, 7, false),
  ("33.333333333333333%", 1, 3, true), ("33.333333333333334%", 1, 3, false), ("0.1%", 1, 1000, false),
  ("50%", 4_611_686_018_427_387_904, Int.max, true), ("50%", 4_611_686_018_427_387_903, Int.max, false),
  ("1e-13%", 9223, Int.max, false), ("1e-13%", 9224, Int.max, true), ("2 %", 3, 100, true),
  ("0.000000000000001%", Int.max, Int.max, true),
]

@Test(arguments: shares)
func share(text: String, failing: Int, total: Int, exceeds: Bool) throws {
  #expect(try #require(read(text, as: Share.self).value).exceeds(failing: failing, of: total) == exceeds)
}

@Test(arguments: [
  "-1", "1.5", "0.05", "101%", "-1%", "x", "%", "1e99", "1e-9223372036854775808", "[1]", "''", "1.0000000000000001%",
])
func noShare(text: String) {
  let found = read(text, as: Share.self)
  #expect(found.value == nil)
  #expect(found.codes.count == 1)
}

@Test(arguments: [
  ("2%", "2%"), ("0.50%", "0.5%"), ("10", "10"), ("1e3", "1000"), ("+0.000", "0"), ("0.001%", "0.001%"),
  ("200e-1%", "20%"),
])
func amountAsText(text: String, shown: String) {
  #expect(Amount(text)?.description == shown)
}

private let sizes: [(String, Int?)] = [
  ("4096", 4096), ("1e6", 1_000_000), ("256M", 268_435_456), ("4 GiB", 4_294_967_296), ("1.5G", 1_610_612_736),
  ("1MB", 1_000_000), ("64k", 65536), ("7B", 7), ("0.5", nil), ("0", nil), ("-1", nil), ("8E", nil), ("9000000P", nil),
  ("M", nil), ("4 GiBs", nil), ("10%", nil), ("", nil),
]

@Test(arguments: sizes)
func byteSize(text: String, bytes: Int?) {
  #expect(read(text, as: ByteSize.self).value?.bytes == bytes)
}

private let lengths: [(String, Int64?)] = [
  ("7 days", 604_800_000_000), ("36 hours", 129_600_000_000), ("1 day 12 hours", 129_600_000_000),
  ("1.5h", 5_400_000_000),
  ("90min", 5_400_000_000), ("250 ms", 250_000), ("0 s", 0), ("1 Week", 604_800_000_000), ("2 months", nil), ("7", nil),
  ("-1 day", nil), ("days", nil), ("0.1 us", nil), ("999999999999999999 weeks", nil), ("1 day,", nil), ("", nil),
]

@Test(arguments: lengths)
func duration(text: String, microseconds: Int64?) {
  #expect(read(text, as: Duration.self).value?.microseconds == microseconds)
}

private let bounds: [(String, count: Int, total: Int, admits: Bool)] = [
  ("{at_least: 1}", 0, 9, false), ("{at_least: 1}", 1, 9, true), ("{at_most: 2%}", 2, 100, true),
  ("{at_most: 2%}", 3, 100, false), ("{is: 3}", 3, 9, true), ("3", 4, 9, false), ("{between: [2, 4]}", 4, 9, true),
  ("{between: [2, 4]}", 5, 9, false), ("{between: [50%, 90%]}", 1, 2, true), ("{at_least: 2, at_most: 3}", 1, 9, false),
  ("{at_least: 95%}", 0, 0, true),
]

@Test(arguments: bounds)
func bound(text: String, count: Int, total: Int, admits: Bool) throws {
  let bounds = try #require(read(text, as: Bounds.self).value)
  #expect(bounds.admits(count: count, of: total) == admits)
  if !bounds.isShare { #expect(bounds.admits(Double(count)) == admits) }
}

@Test(arguments: [
  ("{}", "missing-key"), ("{between: [1]}", "invalid-value"), ("{is: 1, at_most: 2}", "invalid-value"),
  ("{at_least: 3, at_most: 2}", "invalid-value"), ("{at_least: 3, at_most: 20%}", "invalid-value"),
  ("{at_leest: 3}", "unknown-key"), ("{at_least: x}", "wrong-type"), ("[1, 2]", "wrong-type"),
])
func noBound(text: String, code: String) {
  #expect(read(text, as: Bounds.self).codes == [code])
}

@Test func boundsOfMeasures() throws {
  let bounds = try #require(read("{between: [-2.5, 90]}", as: Bounds.self).value)
  #expect([-2.5, 90, 0].allSatisfy(bounds.admits))
  #expect(![-2.51, 90.01, .nan, .infinity].contains(where: bounds.admits))
  #expect(bounds.description == "between -2.5 and 90")
}
