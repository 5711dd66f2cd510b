import Diagnostics

extension Diagnostics {
  /// `2 errors, 1 warning`; `no errors` where there is nothing.
  package func summary(colored: Bool) -> String {
    let paint = Paint(isOn: colored)
    let errors = all.filter { $0.severity == .error }.count
    let warnings = all.filter { $0.severity == .warning }.count
    var parts: [String] = []
    if errors > 0 { parts.append(paint.bad(counted(errors, "error"))) }
    if warnings > 0 { parts.append(paint.wary(counted(warnings, "warning"))) }
    return parts.isEmpty ? "no errors" : parts.joined(separator: ", ")
  }
}
