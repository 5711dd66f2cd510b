extension Function {
  /// Every function, by category and in the order of its file.
  package static let all: [Function] = conditionals + numbers + texts + patterns + dates + rows

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func named(_ name: String) -> Function? { byName[name] }
}
