/// A block of IP addresses, such as 10.0.0.0/8.
enum AddressBlock: NamedForm {
  static let name = "cidr"
  static let summary = "a block of IP addresses, such as 10.0.0.0/8"
  static let source = "RFC 4632 §3.1, RFC 4291 §2.3"
  static let example = "10.0.0.0/8"

  static func holds(_ text: TextBytes) -> Bool {
    let slash = text.first(UInt8(ascii: "/"))
    let digits = text.count &- slash &- 1
    guard slash > 0, 1...3 ~= digits, text.hasDigits(slash &+ 1, digits) else { return false }
    guard digits == 1 || text[slash &+ 1] != UInt8(ascii: "0") else { return false }
    let length = text.number(slash &+ 1, digits)
    let address = text.prefix(slash)
    return length <= 32 && IPv4Address.holds(address) || length <= 128 && IPv6Address.holds(address)
  }
}
