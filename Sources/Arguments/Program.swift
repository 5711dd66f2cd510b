import Glibc

/// The whole command: its subcommands, and the way from a command line to one of them.
package struct Program: Sendable {
  package let name: String
  /// Names under which it may be installed too.
  package let aliases: [String]
  package let summary: String
  package let commands: [any Command.Type]

  /// `help` and `completions` come by themselves, last.
  package init(_ name: String, aliases: [String] = [], _ summary: String, commands: [any Command.Type]) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.commands = commands + [Completions.self, Help.self]
  }

  package func command(_ name: String) -> (any Command.Type)? { commands.first { $0.name == name } }

  /// What a command line asks for.
  package enum Request: Sendable {
    case run(any Command.Type, Parsed)
    /// Text for standard output.
    case show(String)
    /// `command` is what the user was about to call, as in `brew apply`.
    case refuse(UsageError, command: String)
  }

  /// Reads a command line, without the program's own name. Touches nothing.
  package func request(_ arguments: [String]) -> Request {
    guard let first = arguments.first else { return .show(overview) }
    switch first {
    case "-h", "--help": return .show(overview)
    case "--version" where command("version") != nil: return request(["version"] + arguments.dropFirst())
    default: break
    }
    let known = commands.map { $0.name }
    guard let command = command(first) else {
      let isOption = first.hasPrefix("-") && first != "-"
      let error: UsageError =
        isOption ? .unknownOption(first, known: ["--help", "--version"]) : .unknownCommand(first, known: known)
      return .refuse(error, command: name)
    }
    var reader = LineReader(program: self, command: command)
    do {
      let parsed = try reader.read(arguments.dropFirst())
      return parsed[CommonOptions.help] ? .show(help(command)) : .run(command, parsed)
    } catch {
      return .refuse(error, command: "\(name) \(command.name)")
    }
  }

  /// Reads a command line and does what it asks for.
  package func run(_ arguments: [String]) -> ExitStatus {
    switch request(arguments) {
    case .show(let text):
      return show(text)
    case .refuse(let error, let command):
      return refuse(error, command, colored: ColorChoice.auto.isOn(STDERR_FILENO))
    case .run(let command, let parsed):
      do {
        return try command.run(parsed)
      } catch {
        return refuse(error, "\(name) \(command.name)", colored: parsed.colors(STDERR_FILENO))
      }
    }
  }

  private func refuse(_ error: UsageError, _ command: String, colored: Bool) -> ExitStatus {
    say(error.rendered(command: command, colored: colored))
    return .usage
  }
}
