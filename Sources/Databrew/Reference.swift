import Expressions
import Reports

/// What the product's code says of its steps, rules and functions.
package enum Reference {
  package static var steps: [ReferencePage] { catalogue.steps.map { ReferencePage($0) } }
  package static var rules: [ReferencePage] { catalogue.rules.map { ReferencePage($0) } }
  package static var functions: [ReferencePage] { Function.all.map { ReferencePage($0) } }
}
