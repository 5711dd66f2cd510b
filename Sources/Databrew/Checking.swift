import Diagnostics

/// Everything that can be said of documents without running them. What several of them share is said once.
package func check(_ paths: [String]) -> Diagnostics {
  let started = currentInstant()
  var found = Diagnostics()
  var seen: Set<JSON> = []
  for path in paths {
    var request = CompileRequest(path: path)
    request.needsInput = false
    let compilation = Compilation.compile(request, started: started)
    // A recipe without output is right where one is given on the command line.
    let hasOutput = compilation.recipe?.output != nil
    let diagnostics =
      hasOutput ? compilation.targets(ApplyRequest(request, threads: 1)).diagnostics : compilation.diagnostics
    for diagnostic in diagnostics.all where seen.insert(diagnostic.json).inserted { found.report(diagnostic) }
  }
  return found
}

/// Everything that can be said of a run without carrying it out.
package func check(_ request: ApplyRequest) -> Diagnostics {
  Compilation.compile(request.compile, started: currentInstant()).targets(request).diagnostics
}
