import Columns

/// Functions over IP addresses.
extension Text {
  /// The number of each IPv4 address: 192.168.0.1 is 3232235521. Anything but four numbers of 0 to 255 without leading
  /// zeros fails with `.badArgument`.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* integers (int64), 0 … 2³² − 1.
  package static func ipToInt(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    let base = UnsafeRawPointer(store.base)
    return counted([x]) { row in
      let span = texts[row]
      let address = TextBytes(base + Int(span.offset), Int(span.length)).address
      guard let address, !address.isLong else { return Checked(0, true, .badArgument) }
      return Checked(Int64(truncatingIfNeeded: address.bits))
    }
  }

  /// The IPv4 address of each number. One outside 0 … 2³² − 1 fails with `.outOfRange`.
  ///
  /// - Parameter x: *n* integers.
  package static func intToIP(_ x: Column, in store: ByteStore) -> Column {
    let numbers = x.integerOperand
    return written([x], in: store) { row, writer in
      guard let bits = UInt32(exactly: numbers[row]) else { return .fault(.outOfRange) }
      guard writer.reserve(32) else { return .tooLong }
      let start = writer.count
      for shift in stride(from: UInt32(24), through: 0, by: -8) {
        _ = writer.take(NumberFormat.short(bits &>> shift & 0xFF, at: writer.base + writer.count))
        if shift > 0 { writer.append(byte: UInt8(ascii: ".")) }
      }
      return Checked(writer.span(from: start))
    }
  }

  /// 4 or 6 for the addresses of the two versions; others fail with `.badArgument`.
  ///
  /// - Parameter x: *n* texts.
  /// - Source: RFC 791 and RFC 4291, section 2.2.
  package static func ipVersion(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    let base = UnsafeRawPointer(store.base)
    return counted([x]) { row in
      let span = texts[row]
      guard let address = TextBytes(base + Int(span.offset), Int(span.length)).address else {
        return Checked(0, true, .badArgument)
      }
      return Checked(address.isLong ? 6 : 4)
    }
  }

  /// Whether an address lies in a network such as `10.0.0.0/8`; false for one of the other version. What is no address or
  /// no network fails with `.badArgument`.
  ///
  /// - Parameters: *n* texts each.
  /// - Source: RFC 4632 (CIDR).
  package static func ipIsIn(_ x: Column, _ network: Column, in store: ByteStore) -> Column {
    let (texts, networks) = (x.textOperand, network.textOperand)
    let base = UnsafeRawPointer(store.base)
    let answers = counted([x, network]) { row in
      let (span, range) = (texts[row], networks[row])
      guard let address = TextBytes(base + Int(span.offset), Int(span.length)).address,
        let network = TextBytes(base + Int(range.offset), Int(range.length)).network
      else { return Checked(0, true, .badArgument) }
      guard address.isLong == network.address.isLong else { return Checked(0) }
      let width = address.isLong ? 128 : 32
      let difference = address.bits ^ network.address.bits
      return Checked(network.prefix == 0 || difference >> UInt128(width &- network.prefix) == 0 ? 1 : 0)
    }
    var bits = decided(answers.integerOperand, Operand<UInt8>(constant: 0), count: answers.count) { value, _ in
      value == 1
    }
    if let validity = answers.validity { bits.formIntersection(validity) }
    return Column(.bool, .bits(bits), count: answers.count, states: answers.states)
  }
}

/// An address of the internet protocol: 32 bits, or 128 if it is long.
package struct IPAddress: Equatable {
  package let bits: UInt128
  package let isLong: Bool
}

extension TextBytes {
  /// The address that the text is; nil where it is none.
  var address: IPAddress? {
    if find(UInt8(ascii: ":"), from: 0) < 0 {
      return short(0..<count).map { IPAddress(bits: UInt128($0), isLong: false) }
    }
    return long().map { IPAddress(bits: $0, isLong: true) }
  }

  /// An address and how many of its first bits are the network's.
  fileprivate var network: (address: IPAddress, prefix: Int)? {
    let slash = find(UInt8(ascii: "/"), from: 0)
    guard let address = TextBytes(start, slash < 0 ? count : slash).address else { return nil }
    let width = address.isLong ? 128 : 32
    guard slash >= 0 else { return (address, width) }
    let digits = count &- slash &- 1
    guard digits > 0, digits < 4, digits == 1 || self[slash &+ 1] != UInt8(ascii: "0") else { return nil }
    var prefix = 0
    for offset in slash &+ 1..<count {
      let digit = self[offset] &- UInt8(ascii: "0")
      if digit > 9 { return nil }
      prefix = prefix &* 10 &+ Int(digit)
    }
    return prefix <= width ? (address, prefix) : nil
  }

  /// Four numbers of 0 to 255, parted by points.
  private func short(_ range: Range<Int>) -> UInt32? {
    var (bits, value, digits, points) = (UInt32(0), UInt32(0), 0, 0)
    for offset in range {
      let byte = self[offset]
      if byte == UInt8(ascii: ".") {
        guard digits > 0, points < 3 else { return nil }
        bits = bits &<< 8 | value
        (value, digits, points) = (0, 0, points &+ 1)
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10, digits == 0 || value > 0 else { return nil }
      value = value &* 10 &+ UInt32(digit)
      digits &+= 1
      if value > 255 { return nil }
    }
    return points == 3 && digits > 0 ? bits &<< 8 | value : nil
  }

  /// Eight groups of up to four hexadecimal digits, of which `::` leaves out some that are zero; the last two may be an
  /// IPv4 address.
  private func long() -> UInt128? {
    var (bits, groups, gap) = (UInt128(0), 0, -1)
    var offset = 0
    if count >= 2, self[0] == UInt8(ascii: ":"), self[1] == UInt8(ascii: ":") {
      (gap, offset) = (0, 2)
    }
    while offset < count {
      var end = offset
      var value: UInt32 = 0
      while end < count, end &- offset < 5, case let digit = Text.hexValue(self[end]), digit < 16 {
        value = value &<< 4 | UInt32(digit)
        end &+= 1
      }
      if end < count, self[end] == UInt8(ascii: ".") {
        guard groups <= 6, let tail = short(offset..<count) else { return nil }
        bits = bits << 32 | UInt128(tail)
        groups &+= 2
        break
      }
      guard end > offset, end &- offset <= 4, groups < 8 else { return nil }
      bits = bits << 16 | UInt128(value)
      groups &+= 1
      offset = end
      if offset == count { break }
      guard self[offset] == UInt8(ascii: ":"), offset &+ 1 < count else { return nil }
      offset &+= 1
      if self[offset] == UInt8(ascii: ":") {
        if gap >= 0 { return nil }
        gap = groups
        offset &+= 1
      }
    }
    if gap < 0 { return groups == 8 ? bits : nil }
    guard groups < 8 else { return nil }
    let after = UInt128(16 &* (groups &- gap))
    let low = after == 0 ? 0 : bits & ((UInt128(1) << after) &- 1)
    let high = groups == gap ? bits : bits >> after
    return (gap == 0 ? 0 : high << UInt128(16 &* (8 &- gap))) | low
  }
}
