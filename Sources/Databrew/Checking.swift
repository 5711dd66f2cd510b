import Diagnostics

/// Everything that can be said of documents without running them. What several of them share is said once.
package func check(_ paths: [String]) -> Diagnostics {
  let started = currentInstant()
  var found = Diagnostics()
  var seen: Set<JSON> = []
  for path in paths {
    var request = CompileRequest(path: path)
    request.needsInput = false
    for diagnostic in Compilation.compile(request, started: started).diagnostics.all
    where seen.insert(diagnostic.json).inserted {
      found.report(diagnostic)
    }
  }
  return found
}
