import Arguments
import Databrew
import Diagnostics
import Glibc
import Plans
import Reports

/// Tells what came of a run, and how the process ends.
///
/// - Parameters:
///   - asJSON: whether the report goes to standard output as JSON.
///   - written: where the report was written to, if anywhere.
func conclude(_ outcome: Outcome, _ parsed: Parsed, asJSON: Bool, written: String? = nil) -> ExitStatus {
  switch outcome {
  case .refused(let diagnostics): return refuse(diagnostics, parsed, asJSON: asJSON)
  case .report(let report):
    let status = ExitStatus(rawValue: report.exit) ?? .error
    if asJSON, show(report.json) != .done { return .error }
    if !report.lostReader { say(report.text(colored: parsed.colors(STDERR_FILENO), written: written)) }
    return status
  }
}

/// Tells what is wrong with the documents.
func refuse(_ diagnostics: Diagnostics, _ parsed: Parsed, asJSON: Bool) -> ExitStatus {
  let colored = parsed.colors(STDERR_FILENO)
  say(diagnostics.rendered(colored: colored) + "\n" + diagnostics.summary(colored: colored) + "\n")
  if asJSON, show(diagnostics.json) != .done { return .error }
  return .usage
}

/// The processors that are there to work with.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
