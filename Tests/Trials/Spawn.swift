import Glibc

/// Runs a program with its standard output and error thrown away; gives its exit status.
///
/// - Parameter environment: added to this process's own.
package func spawn(_ program: String, _ arguments: [String], environment: [String] = []) throws(TrialFailure) -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
  }
  var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
  let variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
  defer { (words + variables).forEach { free($0) } }
  var own = environ
  var inherited: [UnsafeMutablePointer<CChar>?] = []
  while let variable = own.pointee {
    inherited.append(variable)
    own += 1
  }
  var all = variables + inherited + [nil]
  var process: pid_t = 0
  guard posix_spawnp(&process, program, &actions, nil, &words, &all) == 0 else {
    throw TrialFailure("cannot run \(program)")
  }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 {
    guard errno == EINTR else { throw TrialFailure("cannot wait for \(program)") }
  }
  return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
}
