import Diagnostics
import Glibc

/// Puts `text` on standard output. A reader that has gone away has had enough, which is no error.
package func show(_ text: String) -> ExitStatus {
  let code = put(Array(text.utf8), STDOUT_FILENO)
  guard code != 0, code != EPIPE else { return .done }
  say("error: cannot write standard output: \(String(cString: strerror(code)))\n")
  return .error
}

/// Puts a JSON value on standard output, indented, with a line end.
package func show(_ json: JSON) -> ExitStatus { show(json.text(indented: true) + "\n") }

/// Puts `text` on standard error, where people read it. There is nobody to tell when that fails.
package func say(_ text: String) { _ = put(Array(text.utf8), STDERR_FILENO) }

/// Writes all bytes; the system's error number where the descriptor does not take them, else 0.
private func put(_ bytes: [UInt8], _ descriptor: Int32) -> Int32 {
  var start = 0
  while start < bytes.count {
    let written = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return errno }
    start += written
  }
  return 0
}
