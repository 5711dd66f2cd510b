/// Makes the table of a ``ByteAutomaton``: a tree becomes a nondeterministic automaton over bytes (Thompson), and sets
/// of its nodes become states.
struct AutomatonBuilder {
  struct TooLarge: Error {}

  private enum Node {
    case bytes(ClosedRange<UInt8>, next: Int)
    case fork(Int, Int)
    case accept
  }

  private static let mostNodes = 4000

  private var nodes: [Node] = [.accept]

  /// The states of the finished automaton. State 0 rejects whatever follows.
  struct States {
    /// The state after each state and class of bytes.
    var next: [[Int]] = []
    var accepts: [Bool] = []
    var start = 0
    /// The class of each byte value.
    var classes: [UInt8] = []
    var classCount = 0
  }

  /// - Parameters:
  ///   - isAnchoredAtStart: The text matches from its start on; otherwise from anywhere.
  ///   - isAnchoredAtEnd: To its end; otherwise whatever follows.
  ///   - mostCells: How many next states there may be, where each state has the square of the classes and one.
  static func build(
    _ tree: AutomatonTree, isAnchoredAtStart: Bool, isAnchoredAtEnd: Bool, mostCells: Int
  ) throws(TooLarge) -> States {
    var builder = AutomatonBuilder()
    let end = try isAnchoredAtEnd ? 0 : builder.absorb()
    var start = try builder.add(tree, next: end)
    if !isAnchoredAtStart {
      let loop = try builder.reserveNode()
      let body = try builder.add(.anyScalar, next: loop)
      builder.nodes[loop] = .fork(start, body)
      start = loop
    }
    return try builder.states(start, absorbing: isAnchoredAtEnd ? nil : end, mostCells: mostCells)
  }

  private mutating func reserveNode() throws(TooLarge) -> Int {
    guard nodes.count < Self.mostNodes else { throw TooLarge() }
    nodes.append(.accept)
    return nodes.count - 1
  }

  private mutating func add(_ node: Node) throws(TooLarge) -> Int {
    let index = try reserveNode()
    nodes[index] = node
    return index
  }

  /// A node that takes any bytes and accepts.
  private mutating func absorb() throws(TooLarge) -> Int {
    let loop = try reserveNode()
    let body = try add(.bytes(0...255, next: loop))
    nodes[loop] = .fork(0, body)
    return loop
  }

  /// Adds what takes the texts of `tree` and goes on at `next`.
  private mutating func add(_ tree: AutomatonTree, next: Int) throws(TooLarge) -> Int {
    switch tree {
    case .scalar(let ranges):
      var starts: [Int] = []
      for range in ranges {
        for sequence in ScalarRanges.sequences(range) {
          var node = next
          for bytes in sequence.reversed() { node = try add(.bytes(bytes, next: node)) }
          starts.append(node)
        }
      }
      return try fork(starts)
    case .sequence(let items):
      var node = next
      for item in items.reversed() { node = try add(item, next: node) }
      return node
    case .alternatives(let branches):
      var starts: [Int] = []
      for branch in branches { starts.append(try add(branch, next: next)) }
      return try fork(starts)
    case .repeated(let item, let least, let most):
      return try addRepeat(of: item, least: least, most: most, next: next)
    }
  }

  private mutating func addRepeat(
    of item: AutomatonTree, least: Int, most: Int?, next: Int
  ) throws(TooLarge) -> Int {
    var node = next
    if let most {
      for _ in least..<max(least, most) {
        let body = try add(item, next: node)
        node = try add(.fork(body, next))
      }
    } else {
      node = try reserveNode()
      nodes[node] = .fork(try add(item, next: node), next)
    }
    // Each round adds a node at least, or repeats nothing.
    for _ in 0..<least {
      let before = nodes.count
      node = try add(item, next: node)
      if nodes.count == before { break }
    }
    return node
  }

  /// A node that goes on at any of `starts`; at none of them, where there are none.
  private mutating func fork(_ starts: [Int]) throws(TooLarge) -> Int {
    guard var node = starts.last else {
      let dead = try reserveNode()
      nodes[dead] = .fork(dead, dead)
      return dead
    }
    for start in starts.dropLast().reversed() { node = try add(.fork(start, node)) }
    return node
  }

  /// The class of each byte: bytes that no node tells apart are in one.
  private func byteClasses() -> (classes: [UInt8], count: Int) {
    var begins = [Bool](repeating: false, count: 257)
    for case .bytes(let range, _) in nodes {
      begins[Int(range.lowerBound)] = true
      begins[Int(range.upperBound) + 1] = true
    }
    var classes: [UInt8] = []
    var current: UInt8 = 0
    for byte in 0..<256 {
      if byte > 0, begins[byte] { current += 1 }
      classes.append(current)
    }
    return (classes, Int(current) + 1)
  }

  /// The nodes that take a byte, or accept, and can be reached from `origins` without taking one; ascending.
  private func closure(_ origins: [Int], _ seen: inout [Int], _ round: Int) -> [Int] {
    var pending = origins
    var result: [Int] = []
    while let node = pending.popLast() {
      if seen[node] == round { continue }
      seen[node] = round
      if case .fork(let first, let second) = nodes[node] {
        pending.append(second)
        pending.append(first)
      } else {
        result.append(node)
      }
    }
    return result.sorted()
  }

  private func states(_ start: Int, absorbing: Int?, mostCells: Int) throws(TooLarge) -> States {
    var result = States()
    (result.classes, result.classCount) = byteClasses()
    let mostStates = mostCells / ((result.classCount + 1) * (result.classCount + 1))
    var samples = [UInt8](repeating: 0, count: result.classCount)
    for byte in 0..<256 { samples[Int(result.classes[byte])] = UInt8(byte) }
    var seen = [Int](repeating: -1, count: nodes.count)
    var round = 0
    var sets: [[Int]] = [[]]
    var known: [[Int]: Int] = [[]: 0]
    let absorbed = absorbing.map { closure([$0], &seen, nodes.count) }
    func state(_ origins: [Int]) -> Int {
      round += 1
      var set = closure(origins, &seen, nodes.count + round)
      // Once accepted whatever follows, nothing else matters.
      if let absorbed, set.first == 0 { set = absorbed }
      if let index = known[set] { return index }
      known[set] = sets.count
      sets.append(set)
      return sets.count - 1
    }
    result.start = state([start])
    var index = 0
    while index < sets.count {
      guard sets.count <= mostStates else { throw TooLarge() }
      result.accepts.append(sets[index].first == 0)
      var row: [Int] = []
      for sample in samples {
        var origins: [Int] = []
        for node in sets[index] {
          if case .bytes(let range, let next) = nodes[node], range.contains(sample) { origins.append(next) }
        }
        row.append(state(origins))
      }
      result.next.append(row)
      index += 1
    }
    return result
  }
}
