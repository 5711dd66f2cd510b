import Columns

/// How far texts are apart, or how much they are alike, counted in scalars.
extension Text {
  /// A text of more scalars than this is not compared, but fails with `.outOfRange`: the time grows with the product of
  /// two lengths.
  package static let longestCompared = 2048

  /// How many scalars must be put in, left out or replaced to make one text the other.
  ///
  /// - Parameters: *n* texts each.
  /// - Returns: *n* integers (int64).
  /// - Complexity: O(the product of the lengths in scalars), common starts and ends apart.
  /// - Source: V. Levenshtein, 1966; two rows of R. Wagner and M. Fischer's table, 1974.
  package static func levenshtein(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    measured(a, b, store) { $0.levenshtein() }
  }

  /// As `levenshtein`, with two neighbours that change places as one step, between which others may be put in or left out.
  ///
  /// - Source: F. Damerau, 1964; R. Lowrance and R. Wagner, 1975, which is DuckDB's `damerau_levenshtein`.
  package static func damerauLevenshtein(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    measured(a, b, store) { $0.damerauLevenshtein() }
  }

  /// How many places hold other scalars in texts of one length. Unequal lengths fail with `.badArgument`.
  package static func hamming(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    let pair = TextPair(a, b, store)
    var scalars = ScalarPair()
    return counted([a, b]) { row in
      scalars.read(pair[row].0, pair[row].1)
      guard scalars.a.count == scalars.b.count else { return Checked(0, true, .badArgument) }
      return Checked(Int64(scalars.differences))
    }
  }

  /// How much two texts are alike, 0 to 1: by the scalars that both have at about the same place, and their order.
  ///
  /// - Returns: *n* doubles; 1 for two empty texts.
  /// - Source: M. Jaro, Advances in record linkage methodology, 1989.
  package static func jaro(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    compared(a, b, store) { $0.jaro() }
  }

  /// As `jaro`, with up to four equal scalars at the start counting for more.
  ///
  /// - Source: W. Winkler, String comparator metrics, 1990, with a scaling factor of 0.1 from a similarity of 0.7 on.
  package static func jaroWinkler(_ a: Column, _ b: Column, in store: ByteStore) -> Column {
    compared(a, b, store) { $0.jaroWinkler() }
  }

  @inline(__always)
  private static func measured(
    _ a: Column, _ b: Column, _ store: ByteStore, _ distance: (inout ScalarPair) -> Int
  ) -> Column {
    let pair = TextPair(a, b, store)
    var scalars = ScalarPair()
    return counted([a, b]) { row in
      scalars.read(pair[row].0, pair[row].1)
      guard scalars.isComparable else { return Checked(0, true, .outOfRange) }
      return Checked(Int64(distance(&scalars)))
    }
  }

  private static func compared(
    _ a: Column, _ b: Column, _ store: ByteStore, _ likeness: (inout ScalarPair) -> Double
  ) -> Column {
    let pair = TextPair(a, b, store)
    var scalars = ScalarPair()
    let rows = Operand(
      ContiguousArray(0..<Int64(a.count)), of: Column(.int64, .integers([]), count: a.count), zero: 0)
    let unit = Operand<UInt8>(constant: 0)
    let states = States.strict([a, b])
    return combined(
      .float64, rows, unit, count: a.count, states: states, zero: 0, into: Values.floats
    ) { row, _ in
      let row = Int(row)
      // Under a row that is not present stands the empty text.
      scalars.read(pair[row].0, pair[row].1)
      guard scalars.isComparable else { return Checked(0, true, .outOfRange) }
      return Checked(likeness(&scalars))
    }
  }
}

/// The texts of two columns, by row.
private struct TextPair {
  private let a: Operand<TextSpan>
  private let b: Operand<TextSpan>
  private let base: UnsafeRawPointer

  init(_ a: Column, _ b: Column, _ store: ByteStore) {
    self.a = a.textOperand
    self.b = b.textOperand
    base = UnsafeRawPointer(store.base)
  }

  subscript(row: Int) -> (TextBytes, TextBytes) {
    let (x, y) = (a[row], b[row])
    return (TextBytes(base + Int(x.offset), Int(x.length)), TextBytes(base + Int(y.offset), Int(y.length)))
  }
}

/// The scalars of two texts, and the tables that comparing them needs: used for one pair after the other, so that their
/// memory is asked for once.
private struct ScalarPair {
  private(set) var a: ContiguousArray<UInt32> = []
  private(set) var b: ContiguousArray<UInt32> = []
  private var table: ContiguousArray<Int> = []
  private var taken: ContiguousArray<Bool> = []
  private var order: ContiguousArray<UInt32> = []
  /// For each place of `b`, the last row in which its scalar stood.
  private var rows: ContiguousArray<Int> = []

  mutating func read(_ x: TextBytes, _ y: TextBytes) {
    Self.read(x, into: &a)
    Self.read(y, into: &b)
  }

  private static func read(_ text: TextBytes, into scalars: inout ContiguousArray<UInt32>) {
    scalars.removeAll(keepingCapacity: true)
    var offset = 0
    while offset < text.count, scalars.count <= Text.longestCompared {
      let (value, length) = text.scalar(at: offset)
      scalars.append(value)
      offset &+= length
    }
  }

  var isComparable: Bool { a.count <= Text.longestCompared && b.count <= Text.longestCompared }

  var differences: Int {
    var total = 0
    for index in 0..<min(a.count, b.count) where a[index] != b[index] { total &+= 1 }
    return total
  }

  /// How many scalars both begin with.
  private func commonStart(_ most: Int) -> Int {
    var length = 0
    while length < most, a[length] == b[length] { length &+= 1 }
    return length
  }

  mutating func levenshtein() -> Int {
    let start = commonStart(min(a.count, b.count))
    var (endA, endB) = (a.count, b.count)
    while endA > start, endB > start, a[endA &- 1] == b[endB &- 1] {
      endA &-= 1
      endB &-= 1
    }
    if endA == start || endB == start { return max(endA, endB) &- start }
    table.removeAll(keepingCapacity: true)
    for cost in 0...(endB &- start) { table.append(cost) }
    for row in start..<endA {
      var diagonal = table[0]
      table[0] = row &- start &+ 1
      for column in start..<endB {
        let place = column &- start &+ 1
        let above = table[place]
        let replaced = diagonal &+ (a[row] == b[column] ? 0 : 1)
        table[place] = min(replaced, min(above, table[place &- 1]) &+ 1)
        diagonal = above
      }
    }
    return table[endB &- start]
  }

  /// The whole table is kept: a swap may reach back to any row.
  mutating func damerauLevenshtein() -> Int {
    let (height, columns) = (a.count, b.count)
    let width = columns &+ 2
    let far = height &+ columns
    table.removeAll(keepingCapacity: true)
    table.append(contentsOf: repeatElement(far, count: (height &+ 2) &* width))
    for row in 0...height { table[(row &+ 1) &* width &+ 1] = row }
    for column in 0...columns { table[width &+ column &+ 1] = column }
    rows.removeAll(keepingCapacity: true)
    rows.append(contentsOf: repeatElement(0, count: columns))
    for row in 1..<(height &+ 1) {
      var lastColumn = 0
      for column in 1..<(columns &+ 1) {
        let (lastRow, match) = (rows[column &- 1], lastColumn)
        let isEqual = a[row &- 1] == b[column &- 1]
        if isEqual { lastColumn = column }
        let here = (row &+ 1) &* width &+ column &+ 1
        let replaced = table[here &- width &- 1] &+ (isEqual ? 0 : 1)
        let moved = min(table[here &- 1], table[here &- width]) &+ 1
        let swapped =
          table[lastRow &* width &+ match] &+ (row &- lastRow &- 1) &+ 1 &+ (column &- match &- 1)
        table[here] = min(replaced, min(moved, swapped))
      }
      for place in 0..<columns where b[place] == a[row &- 1] { rows[place] = row }
    }
    return table[(height &+ 1) &* width &+ columns &+ 1]
  }

  mutating func jaro() -> Double {
    if a.isEmpty || b.isEmpty { return a.count == b.count ? 1 : 0 }
    let reach = max(max(a.count, b.count) / 2 &- 1, 0)
    taken.removeAll(keepingCapacity: true)
    taken.append(contentsOf: repeatElement(false, count: b.count))
    order.removeAll(keepingCapacity: true)
    for (place, value) in a.enumerated() {
      let upper = min(place &+ reach &+ 1, b.count)
      var other = max(place &- reach, 0)
      while other < upper {
        if !taken[other], b[other] == value {
          taken[other] = true
          order.append(value)
          break
        }
        other &+= 1
      }
    }
    if order.isEmpty { return 0 }
    var (matched, unordered) = (0, 0)
    for (place, value) in b.enumerated() where taken[place] {
      if order[matched] != value { unordered &+= 1 }
      matched &+= 1
    }
    let count = Double(matched)
    let swaps = Double(unordered / 2)
    return (count / Double(a.count) + count / Double(b.count) + (count - swaps) / count) / 3
  }

  mutating func jaroWinkler() -> Double {
    let likeness = jaro()
    guard likeness > 0.7 else { return likeness }
    let start = Double(commonStart(min(4, a.count, b.count)))
    return likeness + start * 0.1 * (1 - likeness)
  }
}
