import Diagnostics

/// Makes the tree from libyaml's events, on a stack of its own, so that no document can exhaust the program's.
struct TreeBuilder {
  /// Nodes that all aliases of a document together may stand for.
  static let longestExpansion = 100_000
  /// Collections within collections.
  static let deepest = 100

  let file: SourceFile
  private(set) var diagnostics = Diagnostics()
  private(set) var root: Node?
  /// Whether nothing more is to be read.
  private(set) var isDone = false
  private var open: [Collection] = []
  private var anchors: [String: Node] = [:]
  private var expansion = 0
  private var documents = 0

  private struct Collection {
    let isMapping: Bool
    let isFlow: Bool
    let anchor: String?
    let lower: Int
    var elements: [Node] = []
    var entries: [Node.Entry] = []
    var key: Node?
  }

  init(_ file: SourceFile) { self.file = file }

  mutating func take(_ event: EventStream.Event) {
    switch event.kind {
    case .document:
      documents += 1
      guard documents > 1 else { return }
      diagnostics.report(.severalDocuments(SourceRange(file, event.lower, event.upper)))
      isDone = true
    case .endOfDocument: break
    case .endOfStream:
      if documents == 0 { diagnostics.report(.emptyDocument(SourceRange(file, file.markLength, file.markLength))) }
      isDone = true
    case .alias(let name): place(alias(name, event))
    case .scalar(let bytes, let style):
      let node = scalar(bytes, style, event)
      if let anchor = event.anchor { anchors[anchor] = node }
      place(node)
    case .sequence(let isFlow): begin(event, isMapping: false, isFlow: isFlow)
    case .mapping(let isFlow): begin(event, isMapping: true, isFlow: isFlow)
    case .endOfCollection: end(event)
    }
  }

  private mutating func begin(_ event: EventStream.Event, isMapping: Bool, isFlow: Bool) {
    guard open.count < Self.deepest else {
      tooDeep(SourceRange(file, event.lower, event.upper))
      return
    }
    _ = tag(event)
    open.append(Collection(isMapping: isMapping, isFlow: isFlow, anchor: event.anchor, lower: event.lower))
  }

  private mutating func end(_ event: EventStream.Event) {
    guard let closed = open.popLast() else { return }
    let children = closed.isMapping ? closed.entries.last.map { [$0.key, $0.value] } ?? [] : closed.elements.suffix(1)
    let last = children.map(\.range.upper).max() ?? closed.lower
    let range = SourceRange(file, closed.lower, closed.isFlow || children.isEmpty ? event.upper : last)
    let node: Node
    if closed.isMapping {
      let whole = closed.isFlow ? CommaSlip.repaired(closed.entries, in: range, &diagnostics) : closed.entries
      node = Node(.mapping(merged(distinct(whole))), at: range, isFlow: closed.isFlow)
    } else {
      let whole = closed.isFlow ? CommaSlip.repaired(closed.elements, in: range, &diagnostics) : closed.elements
      node = Node(.sequence(whole), at: range, isFlow: closed.isFlow)
    }
    if let anchor = closed.anchor { anchors[anchor] = node }
    place(node)
  }

  private mutating func place(_ node: Node) {
    guard var parent = open.popLast() else {
      if documents == 1, root == nil { root = node }
      return
    }
    if !parent.isMapping {
      parent.elements.append(node)
    } else if let key = parent.key {
      if !key.isUnknown { parent.entries.append(Node.Entry(name: key.scalar?.string ?? "", key: key, value: node)) }
      parent.key = nil
    } else if node.scalar == nil, !node.isUnknown {
      diagnostics.report(.wrongType("a key must be text, not \(node.wording)", at: node.range))
      parent.key = Node(.unknown, at: node.range)
    } else {
      parent.key = node
    }
    open.append(parent)
  }

  private mutating func tooDeep(_ range: SourceRange) {
    diagnostics.report(.tooDeep(range, limit: Self.deepest))
    root = nil
    isDone = true
  }
}

/// Scalars and aliases.
extension TreeBuilder {
  private mutating func scalar(_ bytes: [UInt8], _ style: Node.Scalar.Style, _ event: EventStream.Event) -> Node {
    var lower = event.lower
    if event.anchor != nil || event.tag != nil { lower = skipProperties(lower, event.upper) }
    let text = ScalarOrigins.text(bytes, style: style, in: file, lower, event.upper)
    let isBlock = style == .literal || style == .folded
    let upper = isBlock ? max(lower, text.end) : event.upper
    let range = SourceRange(file, lower, upper)
    guard let tag = tag(event) else { return Node(.unknown, at: range) }
    return Node(.scalar(Node.Scalar(text: text, style: style, tag: tag)), at: range)
  }

  /// Past `&anchor` and `!tag`, which libyaml counts to a scalar.
  private func skipProperties(_ lower: Int, _ upper: Int) -> Int {
    let marks: [UInt8] = [UInt8(ascii: "&"), UInt8(ascii: "!")]
    var at = lower
    while at < upper, marks.contains(file.bytes[at]) {
      while at < upper, file.bytes[at] > 0x20 { at += 1 }
      while at < upper, file.bytes[at] <= 0x20 || file.bytes[at] == UInt8(ascii: "#") {
        let isComment = file.bytes[at] == UInt8(ascii: "#")
        at += 1
        while isComment, at < upper, file.bytes[at] != UInt8(ascii: "\n") { at += 1 }
      }
    }
    return at
  }

  /// The tag, `.some(nil)` without one; nil where it is unknown, which is reported.
  private mutating func tag(_ event: EventStream.Event) -> Node.Tag?? {
    guard let text = event.tag, text != "!" else { return .some(event.tag == nil ? nil : .str) }
    let prefix = "tag:yaml.org,2002:"
    if text.hasPrefix(prefix), let tag = Node.Tag(rawValue: String(text.dropFirst(prefix.count))) { return .some(tag) }
    if case .scalar = event.kind {
      diagnostics.report(.unknownTag(text, at: SourceRange(file, event.lower, event.upper), isScalar: true))
      return nil
    }
    let written = file.bytes[event.lower..<event.upper].prefix { $0 > 0x20 }
    diagnostics.report(.unknownTag(text, at: SourceRange(file, event.lower, written.endIndex), isScalar: false))
    return nil
  }

  private mutating func alias(_ name: String, _ event: EventStream.Event) -> Node {
    let range = SourceRange(file, event.lower, event.upper)
    let unknown = Node(.unknown, at: range)
    if open.contains(where: { $0.anchor == name }) {
      diagnostics.report(.cyclicAlias(name, at: range))
      return unknown
    }
    guard let node = anchors[name] else {
      diagnostics.report(.unknownAnchor(name, at: range, known: anchors.count < 100 ? anchors.keys.sorted() : []))
      return unknown
    }
    let (sum, overflow) = expansion.addingReportingOverflow(node.weight)
    expansion = sum
    if overflow || sum > Self.longestExpansion {
      diagnostics.report(.aliasBomb(name, at: range, limit: Self.longestExpansion))
      root = nil
      isDone = true
      return unknown
    }
    if open.count + node.height > Self.deepest { tooDeep(range) }
    return node
  }
}

/// Keys that repeat, and `<<`.
extension TreeBuilder {
  private mutating func distinct(_ entries: [Node.Entry]) -> [Node.Entry] {
    var first: [String: Node] = [:]
    return entries.filter { entry in
      if let earlier = first[entry.name] {
        diagnostics.report(.duplicateKey(entry.name, at: entry.key.range, first: earlier.range))
        return false
      }
      first[entry.name] = entry.key
      return true
    }
  }

  /// The entries with what `<<` brings in its place; keys written here win, then the earlier of several mappings.
  private mutating func merged(_ entries: [Node.Entry]) -> [Node.Entry] {
    guard let merge = entries.firstIndex(where: { $0.name == "<<" && $0.key.scalar?.style == .plain }) else {
      return entries
    }
    let value = entries[merge].value
    var names = Set(entries.map(\.name))
    var brought: [Node.Entry] = []
    for source in value.elements ?? [value] where !source.isUnknown {
      guard let further = source.entries else {
        let message = "'<<' takes a mapping or a list of mappings, not \(source.wording)"
        diagnostics.report(.wrongType(message, at: source.range))
        continue
      }
      for entry in further where names.insert(entry.name).inserted { brought.append(entry) }
    }
    return entries[..<merge] + brought + entries[(merge + 1)...]
  }
}
