import Columns

/// The postal codes of a country, by their shape.
///
/// - Source: Universal Postal Union, "Postal addressing systems"; CLDR 26, `postalCodeData.xml`.
package struct PostalCode: Sendable {
  /// For each shape: a digit of its own in place of `N`, a capital in place of `A`, all else as it is.
  private let shapes: ContiguousArray<ContiguousArray<UInt8>>

  /// - Parameter country: its ISO 3166-1 alpha-2 code, in either case. Nil for one whose codes are not known here.
  package init?(country: String) {
    let wanted = country.uppercased()
    guard let entry = Self.countries.first(where: { $0.code == wanted }) else { return nil }
    shapes = ContiguousArray(entry.shapes.split(separator: "|").map { ContiguousArray($0.utf8) })
  }

  /// The countries whose codes are known.
  package static var known: [String] { countries.map(\.code) }

  /// *n* texts in, *n* booleans out. Strict. O(bytes · shapes), one allocation.
  package func holds(_ texts: Column, _ store: ByteStore) -> Column {
    let rows = TextRows(strict: [texts])
    let spans = texts.texts
    let cells = Cells(spans.span, isConstant: texts.isConstant)
    let base = UnsafeRawPointer(store.base)
    let values = rows.bits { row in
      let span = cells[row]
      return fits(TextBytes(base + Int(span.offset), Int(span.length)))
    }
    return rows.column(.bool, values)
  }

  private func fits(_ text: TextBytes) -> Bool {
    for index in shapes.indices where shapes[index].count == text.count {
      if fits(text, index) { return true }
    }
    return false
  }

  private func fits(_ text: TextBytes, _ index: Int) -> Bool {
    for place in 0..<text.count {
      let byte = text[place]
      switch shapes[index][place] {
      case UInt8(ascii: "N"): if !byte.isDigit { return false }
      case UInt8(ascii: "A"): if !byte.isUpper { return false }
      case let other: if byte != other { return false }
      }
    }
    return true
  }

  private static let countries: [(code: String, shapes: String)] = [
    ("AR", "NNNN|ANNNNAAA"), ("AT", "NNNN"), ("AU", "NNNN"), ("BE", "NNNN"), ("BG", "NNNN"),
    ("BR", "NNNNN-NNN|NNNNNNNN"),
    ("CA", "ANA NAN|ANANAN"), ("CH", "NNNN"), ("CN", "NNNNNN"), ("CY", "NNNN"), ("CZ", "NNN NN|NNNNN"), ("DE", "NNNNN"),
    ("DK", "NNNN"), ("EE", "NNNNN"), ("ES", "NNNNN"), ("FI", "NNNNN"), ("FR", "NNNNN"),
    ("GB", "AN NAA|ANN NAA|AAN NAA|AANN NAA|ANA NAA|AANA NAA"), ("GR", "NNN NN|NNNNN"), ("HR", "NNNNN"), ("HU", "NNNN"),
    ("ID", "NNNNN"), ("IL", "NNNNN|NNNNNNN"), ("IN", "NNNNNN|NNN NNN"), ("IS", "NNN"), ("IT", "NNNNN"),
    ("JP", "NNN-NNNN|NNNNNNN"), ("KR", "NNNNN"), ("LI", "NNNN"), ("LT", "LT-NNNNN|NNNNN"), ("LU", "NNNN|L-NNNN"),
    ("LV", "LV-NNNN"), ("MX", "NNNNN"), ("MY", "NNNNN"), ("NL", "NNNN AA|NNNNAA"), ("NO", "NNNN"), ("NZ", "NNNN"),
    ("PH", "NNNN"), ("PL", "NN-NNN"), ("PT", "NNNN-NNN|NNNN"), ("RO", "NNNNNN"), ("RU", "NNNNNN"),
    ("SE", "NNN NN|NNNNN"),
    ("SG", "NNNNNN"), ("SI", "NNNN"), ("SK", "NNN NN|NNNNN"), ("TH", "NNNNN"), ("TR", "NNNNN"), ("UA", "NNNNN"),
    ("US", "NNNNN|NNNNN-NNNN"), ("VN", "NNNNNN|NNNNN"), ("ZA", "NNNN"),
  ]
}
