import Columns
import Kernels

/// Addresses of web pages and of machines.
extension Function {
  package static let urlPart = Function(
    "url_part", .coding,
    "A part of a URL: its 'scheme', 'authority', 'user', 'host', 'port', 'path', 'query' or 'fragment'.",
    .prepared(.value("url", .string), .constant("part", .string), gives: .fixed(.string)) {
      info throws(ArgumentFault) in
      guard let part = URLPart(rawValue: info.string(1).lowercased()) else {
        let known = URLPart.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        throw ArgumentFault(argument: 1, "no part '\(info.string(1))'; there are \(known)")
      }
      return { Text.urlPart($0[0], part, in: $0.store) }
    },
    nulls: .custom("null when an argument is null, or the URL has no such part"),
    example: "url_part('https://example.org:8080/a?b=1', 'host')", gives: "example.org")

  private static let unreadableParameters =
    "the parameters are no UTF-8, or more than \(Text.mostParameters)"

  package static let urlParameters = Function(
    "url_parameters", .coding, "The parameters of a URL, or of its query alone, as a JSON object of lists.",
    .plain(.value("url", .string), gives: .fixed(.string)) { Text.urlParameters($0[0], in: $0.store) },
    errors: unreadableParameters, example: "url_parameters('https://example.org/?a=1&b=x+y&a=2')",
    gives: #"{"a":["1","2"],"b":["x y"]}"#)

  package static let urlParameter = Function(
    "url_parameter", .coding, "The first value of a parameter of a URL, or of its query alone.",
    .plain(.value("url", .string), .value("name", .string), gives: .fixed(.string)) {
      Text.urlParameter($0[0], $0[1], in: $0.store)
    },
    nulls: .custom("null when an argument is null, or the URL has no such parameter"), errors: unreadableParameters,
    example: "url_parameter('https://example.org/?a=1&b=x+y', 'b')", gives: "x y")

  package static let ipToInt = Function(
    "ip_to_int", .coding, "The number of an IPv4 address.",
    .plain(.value("ip", .string), gives: .fixed(.int64)) { Text.ipToInt($0[0], in: $0.store) },
    errors: "the text is no IPv4 address", example: "ip_to_int('192.168.0.1')", gives: "3232235521")

  package static let intToIP = Function(
    "int_to_ip", .coding, "The IPv4 address of a number.",
    .plain(.value("number", .integer), gives: .fixed(.string)) { Text.intToIP($0[0], in: $0.store) },
    errors: "the number is not between 0 and 4294967295", example: "int_to_ip(3232235521)", gives: "192.168.0.1")

  package static let ipVersion = Function(
    "ip_version", .coding, "The version of an IP address: 4 or 6.",
    .plain(.value("ip", .string), gives: .fixed(.int64)) { Text.ipVersion($0[0], in: $0.store) },
    errors: "the text is no IP address", example: "ip_version('2001:db8::1')", gives: "6")

  package static let ipIsIn = Function(
    "ip_is_in", .coding, "Whether an IP address, of version 4 or 6, lies in a network.",
    .plain(.value("ip", .string), .value("network", .string), gives: .fixed(.bool)) {
      Text.ipIsIn($0[0], $0[1], in: $0.store)
    },
    errors: "the texts are no address and no network", example: "ip_is_in('10.1.2.3', '10.0.0.0/8')", gives: "true")

  static let networks = [intToIP, ipIsIn, ipToInt, ipVersion, urlParameter, urlParameters, urlPart]
}
