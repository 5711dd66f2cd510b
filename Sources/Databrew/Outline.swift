import Diagnostics
import Plans
import Reports

/// Compiles a document and looks at its inputs, for people who want to see the plan before, or instead of, the run.
package func outline(_ request: ApplyRequest) -> Result<PlanOutline, Diagnostics> {
  let compilation = Compilation.compile(request.compile, started: currentInstant())
  var diagnostics = compilation.diagnostics
  guard let plan = compilation.plan, let context = compilation.context, let file = compilation.file else {
    return .failure(diagnostics)
  }
  var outline = PlanOutline(plan: plan, file: file.path, asOf: context.instant)
  outline.parameters = compilation.parameters
  outline.inputs = compilation.inputs?.files.map { .init(path: $0.path, bytes: $0.info.size) } ?? []
  outline.furtherInputs = plan.furtherInputs.map { input in
    .init(input: input, files: compilation.files(of: input).map { .init(path: $0.path, bytes: $0.info.size) })
  }
  if let recipe = compilation.recipe, recipe.output != nil || request.compile.needsInput {
    guard let targets = Targets(recipe, request, compilation, &diagnostics), !diagnostics.hasErrors else {
      return .failure(diagnostics)
    }
    outline.output = targets.output
    outline.quarantine = targets.quarantine
  }
  outline.diagnostics = diagnostics
  return .success(outline)
}
