import Diagnostics
import Documents

extension RecipeDocument {
  /// The recipe that ends after a step, without rules and gate; nil, reported, where there is no such step.
  ///
  /// - Parameter step: its number, 0 being the reading of the input, or what it is called, or its kind where only one step
  ///   is of that kind.
  package func ending(after step: String, _ diagnostics: inout Diagnostics) -> RecipeDocument? {
    guard let count = stepCount(to: step, &diagnostics) else { return nil }
    var part = self
    part.steps = Array(steps.prefix(count))
    part.rules = nil
    part.gate = nil
    part.isWhole = false
    return part
  }

  private func stepCount(to step: String, _ diagnostics: inout Diagnostics) -> Int? {
    if let number = Int(step), (0...steps.count).contains(number) { return number }
    let labels = steps.map { $0["name"]?.scalar?.string }
    let kinds = steps.map { $0.entries?.first { $0.name != "name" }?.name }
    if let place = labels.firstIndex(of: step) { return place + 1 }
    let places = kinds.indices.filter { kinds[$0] == step }
    if places.count == 1, let place = places.first { return place + 1 }
    diagnostics.report(
      places.isEmpty
        ? .noStep(step, known: labels.compactMap { $0 } + kinds.compactMap { $0 }, count: steps.count)
        : .manySteps(step, numbers: places.map { $0 + 1 }))
    return nil
  }
}

extension Diagnostic {
  fileprivate static func noStep(_ step: String, known: [String], count: Int) -> Diagnostic {
    Diagnostic(
      "unknown-step", "--until \(step): the recipe has no such step", at: nil,
      help: didYouMean(step, in: known) ?? "its steps are 1 to \(count); 0 is the input as it was read")
  }

  fileprivate static func manySteps(_ step: String, numbers: [Int]) -> Diagnostic {
    Diagnostic(
      "unknown-step", "--until \(step): several steps are that", at: nil,
      help: "give the number: " + numbers.map(String.init).joined(separator: ", "))
  }
}
