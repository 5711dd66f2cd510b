import Diagnostics

/// How many rows may fail: a number of them (`10`) or a share of those that were judged (`0.5%`).
package struct Share: OptionValue, Hashable {
  package let amount: Amount

  /// Nil for a negative amount, a share above 100% and a number that is not whole.
  package init?(_ amount: Amount) {
    guard !amount.isNegative, amount.isShare ? amount.compare(count: 1, of: 1) >= 0 : amount.whole != nil else {
      return nil
    }
    self.amount = amount
  }

  package static var valueDescription: String { "a number of rows or a share such as 2%" }
  package static var schema: JSONSchema {
    .anyOf([.number.atLeast(0), .text(matching: #"^\+?[0-9.]+([eE][-+]?[0-9]+)? *%$"#)])
  }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Share? {
    guard let amount = Amount.read(node, &diagnostics) else { return nil }
    if let share = Share(amount) { return share }
    let percent = amount.double * 100
    let isFraction = !amount.isShare && !amount.isNegative && amount.double < 1
    let digits = percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
    let help = isFraction ? "a share is written with a percent sign: \(digits)%" : nil
    let message = "'\(amount)' is neither a number of rows nor a share up to 100%"
    diagnostics.report(.invalidValue(message, at: node.range, help: help))
    return nil
  }

  /// How many rows that is of `total`, a share rounded to the nearest, halves up; never more than `total`.
  package func rows(of total: Int) -> Int {
    guard amount.isShare else { return min(amount.whole ?? total, total) }
    let divisor = Amount.power(amount.scale)
    // 10^18 × 2^63 is below 2^127.
    let product = Int128(amount.units) &* Int128(total)
    return Int(clamping: product / divisor + (product % divisor * 2 >= divisor ? 1 : 0))
  }

  /// Whether `failing` rows, of `total` that were judged, are more than this. Compared exactly, never rounded.
  package func exceeds(failing: Int, of total: Int) -> Bool { amount.compare(count: failing, of: total) > 0 }
}

extension Share: CustomStringConvertible {
  package var description: String { amount.description }
}

/// A positive number of bytes: `4096`, `1e6`, `256M`, `1.5 GiB`. `K M G T` and `KiB MiB …` are powers of 1024,
/// `KB MB …` powers of 1000.
package struct ByteSize: OptionValue, Hashable {
  package let bytes: Int

  package init(bytes: Int) { self.bytes = bytes }

  /// Nil for other text, a size that is no whole number of bytes, 0, and one past 64 bits.
  package init?(_ text: String) {
    let unit = text.drop { !$0.isLetter || ($0 == "e" || $0 == "E") }.lowercased()
    var number = text.dropLast(unit.count)
    while number.last == " " { number = number.dropLast() }
    guard let factor = Self.factors[unit], let amount = Amount(String(number)), !amount.isShare else { return nil }
    let (product, overflow) = Int128(amount.units).multipliedReportingOverflow(by: factor)
    let divisor = Amount.power(amount.scale)
    guard !overflow, product > 0, product % divisor == 0 else { return nil }
    guard let bytes = Int(exactly: product / divisor) else { return nil }
    self.bytes = bytes
  }

  private static let factors: [String: Int128] = {
    var factors: [String: Int128] = ["": 1, "b": 1]
    var binary: Int128 = 1
    var decimal: Int128 = 1
    for letter in ["k", "m", "g", "t", "p"] {
      binary *= 1024
      decimal *= 1000
      factors[letter] = binary
      factors[letter + "ib"] = binary
      factors[letter + "b"] = decimal
    }
    return factors
  }()

  package static var valueDescription: String { "a size such as 256M or 4 GiB" }
  package static var schema: JSONSchema {
    .anyOf([.number.atLeast(1), .text(matching: #"^[0-9.]+([eE][-+]?[0-9]+)? *[kKmMgGtTpP]?([iI]?[bB])?$"#)])
  }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> ByteSize? {
    node.scalar.flatMap { ByteSize($0.string) } ?? refuse(node, &diagnostics)
  }
}

/// A length of time: `7 days`, `36 hours`, `1 day 12 hours`, `1.5h`. Months and years differ in length and are none.
package struct Duration: OptionValue, Hashable {
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Nil for other text, a negative length, one finer than microseconds and one past 64 bits.
  package init?(_ text: String) {
    var total: Int128 = 0
    var rest = text[...].drop { $0 == " " }
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
      rest = rest.dropFirst(number.count).drop { $0 == " " }
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count).drop { $0 == " " }
      guard let amount = Amount(String(number)), let length = Self.units[unit.lowercased()] else { return nil }
      let product = Int128(amount.units) * length
      let divisor = Amount.power(amount.scale)
      guard product % divisor == 0 else { return nil }
      total += product / divisor
      guard total <= Int128(Int64.max) else { return nil }
    }
    microseconds = Int64(total)
  }

  private static let units: [String: Int128] = {
    let words: [([String], Int128)] = [
      (["us", "microsecond", "microseconds"], 1),
      (["ms", "millisecond", "milliseconds"], 1_000),
      (["s", "sec", "second", "seconds"], 1_000_000),
      (["min", "minute", "minutes"], 60_000_000),
      (["h", "hour", "hours"], 3_600_000_000),
      (["d", "day", "days"], 86_400_000_000),
      (["w", "week", "weeks"], 604_800_000_000),
    ]
    var units: [String: Int128] = [:]
    for (names, length) in words {
      for name in names { units[name] = length }
    }
    return units
  }()

  package static var valueDescription: String { "a length of time such as 7 days or 36 hours" }
  package static var schema: JSONSchema { .text(matching: #"^( *[0-9.]+ *[A-Za-z]+ *)+$"#) }

  package static func read(_ node: Node, _ diagnostics: inout Diagnostics) -> Duration? {
    if let duration = node.scalar.flatMap({ Duration($0.string) }) { return duration }
    let text = node.scalar?.string.lowercased() ?? ""
    let isVague = text.contains("month") || text.contains("year")
    return refuse(node, &diagnostics, help: isVague ? "months and years differ in length: say it in days" : nil)
  }
}
