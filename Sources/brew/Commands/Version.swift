import Arguments
import Databrew

/// `brew version`.
enum Version: Command {
  static let name = "version"
  static let summary = "Show the version."

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus { show("brew \(version)\n") }
}
