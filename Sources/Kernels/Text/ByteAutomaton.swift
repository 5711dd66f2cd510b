/// A deterministic automaton over bytes that tells whether a text matches, two bytes a step.
///
/// Exact for UTF-8 by construction: scalars outside ASCII are sequences of bytes in it. Bytes fall into classes that the
/// pattern tells apart; a further class stands for no byte, so that a text of odd length ends in half a step. A state is
/// the place in `table` where its square of next states, by first and second class, begins.
struct ByteAutomaton: Sendable {
  /// States and classes that together need more than this go to PCRE2: places are 16 bits, and more would not stay in
  /// the processor's nearest memory.
  private static let mostCells = 1 << 16

  private let table: ContiguousArray<UInt16>
  /// The class of each byte as the second of a step, then that of each as the first, times the number of classes; then
  /// that of no byte.
  private let classes: ContiguousArray<UInt16>
  private let start: Int
  /// States from here on accept.
  private let firstAccepting: Int
  /// The state that accepts whatever follows, or a place past the table.
  private let absorbing: Int

  /// Nil for a pattern that this cannot say exactly, or not in reasonable space.
  ///
  /// - Parameter pattern: One that PCRE2 has compiled.
  init?(pattern: [UInt8], ignoringCase: Bool, wholeValue: Bool) {
    var syntax = AutomatonSyntax(pattern, ignoringCase: ignoringCase)
    guard let tree = try? syntax.parse(),
      let states = try? AutomatonBuilder.build(
        tree, isAnchoredAtStart: wholeValue || syntax.isAnchoredAtStart,
        isAnchoredAtEnd: wholeValue || syntax.isAnchoredAtEnd, mostCells: Self.mostCells)
    else { return nil }
    self.init(states)
  }

  private init(_ states: AutomatonBuilder.States) {
    let count = states.next.count
    let width = states.classCount + 1
    let square = width * width
    let absorbs = (0..<count).map { state in states.accepts[state] && states.next[state].allSatisfy { $0 == state } }
    // Places are dealt out to those that reject, then to those that accept, the one that always does last.
    let rank = { (state: Int) in state == 0 ? 0 : !states.accepts[state] ? 1 : absorbs[state] ? 3 : 2 }
    let order = (0..<count).sorted { (rank($0), $0) < (rank($1), $1) }
    var place = [Int](repeating: 0, count: count)
    for (index, state) in order.enumerated() { place[state] = index * square }
    var table = ContiguousArray<UInt16>(repeating: 0, count: count * square)
    for state in 0..<count {
      for first in 0..<width {
        let middle = first == width - 1 ? state : states.next[state][first]
        for second in 0..<width {
          let last = second == width - 1 ? middle : states.next[middle][second]
          table[place[state] + first * width + second] = UInt16(truncatingIfNeeded: place[last])
        }
      }
    }
    self.table = table
    classes = ContiguousArray(
      states.classes.map { UInt16($0) } + states.classes.map { UInt16($0) * UInt16(width) }
        + [UInt16(width - 1)])
    start = place[states.start]
    firstAccepting = order.firstIndex { states.accepts[$0] }.map { $0 * square } ?? count * square
    absorbing = order.last.flatMap { absorbs[$0] ? place[$0] : nil } ?? count * square
  }

  /// Calls `body` with what runs over texts, valid until it returns.
  @inline(__always)
  func withRunner<T>(_ body: (Runner) -> T) -> T {
    table.withUnsafeBufferPointer { table in
      classes.withUnsafeBufferPointer { classes in
        body(
          Runner(
            table: table, classes: classes, start: start, firstAccepting: firstAccepting, absorbing: absorbing))
      }
    }
  }

  /// Every index is in range: classes are below the width, and the table holds only places of whole squares.
  struct Runner {
    let table: UnsafeBufferPointer<UInt16>
    let classes: UnsafeBufferPointer<UInt16>
    let start: Int
    let firstAccepting: Int
    let absorbing: Int

    @inline(__always)
    private func step(_ state: Int, _ word: UInt64, _ shift: UInt64) -> Int {
      let a = Int(truncatingIfNeeded: word &>> shift & 0xFF)
      let b = Int(truncatingIfNeeded: word &>> (shift &+ 8) & 0xFF)
      return Int(table[state &+ Int(classes[256 &+ a]) &+ Int(classes[b])])
    }

    @inline(__always)
    func accepts(_ text: TextBytes) -> Bool {
      var state = start
      var offset = 0
      while offset &+ 8 <= text.count {
        let word = text.word(offset)
        state = step(state, word, 0)
        state = step(state, word, 16)
        state = step(state, word, 32)
        state = step(state, word, 48)
        if state == 0 || state == absorbing { return state != 0 }
        offset &+= 8
      }
      var left = text.count &- offset
      var word = text.word(offset)
      while left >= 2 {
        state = step(state, word, 0)
        word &>>= 16
        left &-= 2
      }
      if left == 1 {
        let last = Int(truncatingIfNeeded: word & 0xFF)
        state = Int(table[state &+ Int(classes[256 &+ last]) &+ Int(classes[512])])
      }
      return state >= firstAccepting
    }
  }
}
