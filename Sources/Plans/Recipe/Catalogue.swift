/// The steps and rules that documents may name.
package struct Catalogue: Sendable {
  package let steps: [any Step.Type]
  package let rules: [any Rule.Type]

  package init(steps: [any Step.Type], rules: [any Rule.Type]) {
    self.steps = steps
    self.rules = rules
  }

  package func step(_ name: String) -> (any Step.Type)? { steps.first { $0.name == name } }
  package func rule(_ name: String) -> (any Rule.Type)? { rules.first { $0.name == name } }
}
