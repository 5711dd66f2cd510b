import Expressions
import Plans
import Reports

/// What the product's code says of its steps, rules and functions.
package enum Reference {
  package static var steps: [ReferencePage] {
    catalogue.steps.map { step in
      let key = "steps/\(step.name)"
      return ReferencePage(step, category: embeddedFolder(key), cases: embeddedExample(key))
    }
  }

  package static var rules: [ReferencePage] {
    catalogue.rules.map { rule in
      let key = "rules/\(rule.name)"
      return ReferencePage(rule, category: embeddedFolder(key), cases: embeddedExample(key))
    }
  }

  package static var functions: [ReferencePage] {
    Function.all.map { ReferencePage($0) } + AggregateFunction.all.map { ReferencePage($0) }
  }
}
