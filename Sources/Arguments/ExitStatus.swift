/// What the process tells its caller.
package enum ExitStatus: Int32, Sendable {
  /// Done; the gate, where there is one, was passed.
  case done = 0
  /// The data failed, or the run was stopped.
  case failed = 1
  /// The command line or a document is wrong.
  case usage = 2
  /// The run could not be carried out.
  case error = 3
  case interrupted = 130
}
