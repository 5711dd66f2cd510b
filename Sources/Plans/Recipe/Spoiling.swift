import Documents
import Expressions

/// The columns that cannot be spoken of, because something about them is wrong and was reported.
package enum SpoiledColumns: Sendable {
  case none, all
  case named(Set<String>)
}

extension Scope {
  package mutating func spoil(_ columns: SpoiledColumns) {
    switch columns {
    case .none: break
    case .all: spoilAll()
    case .named(let names): spoil(names)
    }
  }

  /// Takes note of the columns that a step which is wrong would have made or changed, as far as its text tells: the keys of
  /// what it maps, and every text in it that names no column.
  ///
  /// - Parameter options: the step's; their own keys name nothing.
  mutating func spoilMade(by node: Node, options: [any OptionDeclaration]) {
    let keys = Set(options.flatMap { [$0.name] + $0.aliases })
    var waiting = [node]
    while let node = waiting.popLast() {
      if let scalar = node.scalar, !scalar.string.isEmpty, self[scalar.string] == nil { spoil([scalar.string]) }
      waiting += node.elements ?? []
      for entry in node.entries ?? [] {
        if !keys.contains(entry.name) { spoil([entry.name]) }
        waiting.append(entry.value)
      }
    }
  }
}
