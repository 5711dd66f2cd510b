import Columns

/// A part of a URL that can be asked for.
package enum URLPart: String, Sendable, CaseIterable {
  case scheme, authority, user, host, port, path, query, fragment
}

/// Functions over the addresses of web pages and their parameters.
extension Text {
  /// A part of each URL, as it is written there. Any text has parts; one without `//` has no authority.
  ///
  /// - Parameter x: *n* texts.
  /// - Returns: *n* texts, parts of `x`; null where a part is not there, which only `path` always is. A host in brackets
  ///   is given without them.
  /// - Source: RFC 3986, appendix B.
  package static func urlPart(_ x: Column, _ part: URLPart, in store: ByteStore) -> Column {
    let rows = TextRows(strict: [x])
    let texts = x.textOperand
    let base = UnsafeRawPointer(store.base)
    var absent = Absences(count: x.count)
    let values = rows.texts { row in
      let span = texts[row]
      let parts = URLParts(TextBytes(base + Int(span.offset), Int(span.length)))
      guard let range = parts.range(of: part) else {
        absent.insert(row)
        return .empty
      }
      return span.part(range)
    }
    return absent.applied(to: rows.column(.string, values))
  }

  /// A URL's parameters as a JSON object: each name with the list of its values, in the order of the URL. In names and
  /// values `+` is a space, and escapes are what they stand for. Fails with `.badArgument` where that is no UTF-8, with
  /// `.outOfRange` where there are more than `mostParameters`.
  ///
  /// - Parameter x: *n* texts: a URL, or its query alone.
  /// - Source: HTML, `application/x-www-form-urlencoded` parsing.
  package static func urlParameters(_ x: Column, in store: ByteStore) -> Column {
    let texts = x.textOperand
    var parameters = URLParameters()
    return written([x], in: store) { row, writer in
      if let fault = parameters.read(writer.bytes(texts[row])) { return .fault(fault) }
      parameters.write()
      guard writer.reserve(parameters.json.count) else { return .tooLong }
      let start = writer.count
      parameters.json.withUnsafeBytes { bytes in
        if let source = bytes.baseAddress { writer.appendExactly(source, bytes.count) }
      }
      return Checked(writer.span(from: start))
    }
  }

  /// The first value of a URL's parameter.
  ///
  /// - Parameter name: *n* texts.
  /// - Returns: *n* texts; null where there is no such parameter. Fails as `urlParameters` does.
  package static func urlParameter(_ x: Column, _ name: Column, in store: ByteStore) -> Column {
    let (texts, names) = (x.textOperand, name.textOperand)
    var parameters = URLParameters()
    var absent = Absences(count: x.count)
    let column = written([x, name], in: store) { row, writer in
      if let fault = parameters.read(writer.bytes(texts[row])) { return .fault(fault) }
      guard let value = parameters.value(of: writer.bytes(names[row])) else {
        absent.insert(row)
        return Checked(.empty)
      }
      guard writer.reserve(value.count) else { return .tooLong }
      let start = writer.count
      parameters.decoded.withUnsafeBytes { bytes in
        if let source = bytes.baseAddress { writer.appendExactly(source + value.lowerBound, value.count) }
      }
      return Checked(writer.span(from: start))
    }
    return absent.applied(to: column)
  }

  /// How many parameters of one URL are read.
  package static let mostParameters = 1000
}

/// Rows whose result is null though their arguments are not; costs nothing while there are none.
struct Absences {
  private var rows: Bitmap?
  private let count: Int

  init(count: Int) { self.count = count }

  @inline(never)
  mutating func insert(_ row: Int) {
    var changed = rows ?? Bitmap(repeating: false, count: count)
    rows = nil
    changed[row] = true
    rows = changed
  }

  func applied(to column: Column) -> Column {
    guard let rows else { return column }
    var states = column.states
    states.void(column.isConstant ? Bitmap(repeating: true, count: count) : rows)
    return column.with(states: states)
  }
}

/// Where the parts of a URL stand, in bytes.
private struct URLParts {
  private let text: TextBytes
  private var scheme: Range<Int>?
  private var authority: Range<Int>?
  private var path = 0..<0
  private var query: Range<Int>?
  private var fragment: Range<Int>?

  init(_ text: TextBytes) {
    self.text = text
    var end = text.count
    let hash = text.find(UInt8(ascii: "#"), from: 0)
    if hash >= 0 {
      fragment = hash + 1..<end
      end = hash
    }
    let mark = text.find(UInt8(ascii: "?"), from: 0)
    if mark >= 0, mark < end {
      query = mark + 1..<end
      end = mark
    }
    var start = 0
    let colon = text.find(UInt8(ascii: ":"), from: 0)
    if colon > 0, colon < end, Self.isScheme(text, colon) {
      scheme = 0..<colon
      start = colon + 1
    }
    if start + 2 <= end, text[start] == UInt8(ascii: "/"), text[start + 1] == UInt8(ascii: "/") {
      let slash = text.find(UInt8(ascii: "/"), from: start + 2)
      let last = slash >= 0 && slash < end ? slash : end
      authority = start + 2..<last
      start = last
    }
    path = start..<end
  }

  /// A letter, then letters, digits, `+`, `-` and `.`.
  private static func isScheme(_ text: TextBytes, _ length: Int) -> Bool {
    for offset in 0..<length {
      let byte = text[offset]
      if (byte | 0x20) &- 0x61 < 26 { continue }
      guard offset > 0, byte &- 0x30 < 10 || byte == 0x2B || byte == 0x2D || byte == 0x2E else { return false }
    }
    return true
  }

  func range(of part: URLPart) -> Range<Int>? {
    switch part {
    case .scheme: scheme
    case .authority: authority
    case .path: path
    case .query: query
    case .fragment: fragment
    case .user: authority.flatMap { user($0) }
    case .host: authority.map { host($0) }
    case .port: authority.flatMap { port($0) }
    }
  }

  private func last(_ byte: UInt8, in range: Range<Int>) -> Int? { range.last { text[$0] == byte } }

  private func user(_ authority: Range<Int>) -> Range<Int>? {
    last(UInt8(ascii: "@"), in: authority).map { authority.lowerBound..<$0 }
  }

  private func place(_ authority: Range<Int>) -> Range<Int> {
    let start = last(UInt8(ascii: "@"), in: authority).map { $0 + 1 } ?? authority.lowerBound
    return start..<authority.upperBound
  }

  private func host(_ authority: Range<Int>) -> Range<Int> {
    let place = place(authority)
    if let open = place.first, text[open] == UInt8(ascii: "["), let close = last(UInt8(ascii: "]"), in: place) {
      return open + 1..<close
    }
    return place.lowerBound..<(last(UInt8(ascii: ":"), in: place) ?? place.upperBound)
  }

  private func port(_ authority: Range<Int>) -> Range<Int>? {
    let place = place(authority)
    let bracket = last(UInt8(ascii: "]"), in: place) ?? place.lowerBound
    guard let colon = last(UInt8(ascii: ":"), in: place), colon >= bracket, colon + 1 < place.upperBound else {
      return nil
    }
    return colon + 1..<place.upperBound
  }
}

/// The parameters of one URL; used for one after the other, so that its memory is asked for once.
private struct URLParameters {
  /// The bytes of names and values, escapes replaced.
  private(set) var decoded: [UInt8] = []
  private var pairs: [(name: Range<Int>, value: Range<Int>)] = []
  private(set) var json: [UInt8] = []

  /// Reads a URL; why it failed, if it did.
  mutating func read(_ text: TextBytes) -> FailureKind? {
    decoded.removeAll(keepingCapacity: true)
    pairs.removeAll(keepingCapacity: true)
    let query = Self.query(of: text)
    var start = query.lowerBound
    while start < query.upperBound {
      let mark = text.find(UInt8(ascii: "&"), from: start)
      let end = mark >= 0 && mark < query.upperBound ? mark : query.upperBound
      if end > start {
        guard pairs.count < Text.mostParameters else { return .outOfRange }
        let equals = text.find(UInt8(ascii: "="), from: start)
        let nameEnd = equals >= 0 && equals < end ? equals : end
        let name = decode(text, start..<nameEnd)
        pairs.append((name, decode(text, min(nameEnd + 1, end)..<end)))
      }
      start = end + 1
    }
    // Eight zeros after the end let them be read in words.
    let length = decoded.count
    decoded.append(contentsOf: repeatElement(0, count: 8))
    let isText = decoded.withUnsafeBytes { bytes in
      bytes.baseAddress.map { TextBytes($0, length).isUTF8 } ?? true
    }
    return isText ? nil : .badArgument
  }

  /// What follows `?` and comes before `#`; all of a text that has neither `?` nor `://`.
  private static func query(of text: TextBytes) -> Range<Int> {
    let hash = text.find(UInt8(ascii: "#"), from: 0)
    let end = hash >= 0 ? hash : text.count
    let mark = text.find(UInt8(ascii: "?"), from: 0)
    if mark >= 0, mark < end { return mark + 1..<end }
    let colon = text.find(UInt8(ascii: ":"), from: 0)
    let isAddress =
      colon >= 0 && colon + 2 < end && text[colon + 1] == UInt8(ascii: "/") && text[colon + 2] == UInt8(ascii: "/")
    return isAddress ? end..<end : 0..<end
  }

  private mutating func decode(_ text: TextBytes, _ range: Range<Int>) -> Range<Int> {
    let start = decoded.count
    let part = TextBytes(text.start, range.upperBound)
    var offset = range.lowerBound
    while offset < range.upperBound {
      let (byte, length) = part.percentDecoded(at: offset, isForm: true)
      decoded.append(byte)
      offset += length
    }
    return start..<decoded.count
  }

  func value(of name: TextBytes) -> Range<Int>? {
    let wanted = UnsafeRawBufferPointer(start: name.start, count: name.count)
    return pairs.first { decoded[$0.name].elementsEqual(wanted) }?.value
  }

  mutating func write() {
    json.removeAll(keepingCapacity: true)
    json.append(UInt8(ascii: "{"))
    for (index, pair) in pairs.enumerated() {
      let name = decoded[pair.name]
      if pairs[..<index].contains(where: { decoded[$0.name].elementsEqual(name) }) { continue }
      if index > 0 { json.append(UInt8(ascii: ",")) }
      quote(pair.name)
      json.append(UInt8(ascii: ":"))
      var mark = UInt8(ascii: "[")
      for other in pairs[index...] where decoded[other.name].elementsEqual(name) {
        json.append(mark)
        quote(other.value)
        mark = UInt8(ascii: ",")
      }
      json.append(UInt8(ascii: "]"))
    }
    json.append(UInt8(ascii: "}"))
  }

  private mutating func quote(_ range: Range<Int>) {
    json.append(UInt8(ascii: "\""))
    decoded.withUnsafeBytes { Text.appendJSON(UnsafeRawBufferPointer(rebasing: $0[range]), to: &json) }
    json.append(UInt8(ascii: "\""))
  }
}
