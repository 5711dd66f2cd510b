/// `brew completions bash`.
enum Completions: Command {
  static let name = "completions"
  static let summary = "Print the completions for a shell."
  static let discussion = [
    "bash: source <(brew completions bash); zsh: write it to a file '_brew' in a folder of $fpath; fish: write it to "
      + "~/.config/fish/completions/brew.fish."
  ]

  static let shell = Operand("SHELL", "The shell.", .choice(Shell.self))
  static let operands: [any OperandDeclaration] = [shell]

  static func run(_ parsed: Parsed) throws(UsageError) -> ExitStatus {
    show(parsed.program.completions(for: try parsed[shell]))
  }
}

package enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

extension Program {
  /// A script that makes `shell` complete commands, options, and the values of which there is a list or a path.
  package func completions(for shell: Shell) -> String {
    switch shell {
    case .bash: bashCompletions
    case .zsh: zshCompletions
    case .fish: fishCompletions
    }
  }

  private var names: [String] { [name] + aliases }

  /// The words of which a value is one; empty where there is no list.
  private func words(_ value: ValueShape) -> String {
    (value.completion == .command ? commands.map { $0.name } : value.choices).joined(separator: " ")
  }

  // MARK: - bash

  private var bashCompletions: String {
    """
    _\(name)() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
      COMPREPLY=()
      if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "\(commands.map { $0.name }.joined(separator: " "))" -- "$current"))
        return
      fi
      case "${COMP_WORDS[1]}" in
    \(commands.map(bashCase).joined())  esac
    }
    complete -o filenames -F _\(name) \(names.joined(separator: " "))

    """
  }

  private func bashCase(_ command: any Command.Type) -> String {
    let options = Self.options(command)
    let values = options.compactMap { option in
      option.value.map { "        \(option.spellings.joined(separator: "|"))) \(bashReply($0)); return ;;\n" }
    }
    let spellings =
      #"COMPREPLY=($(compgen -W "\#(options.flatMap(\.spellings).joined(separator: " "))" -- "$current"))"#
    let operand = command.operands.first { $0.shape.value.canComplete }.map { bashReply($0.shape.value) }
    let reply = operand.map {
      "if [[ $current == -* ]]; then\n        \(spellings)\n      else\n        \($0)\n      fi"
    }
    return """
          \(command.name))
            case "$previous" in
      \(values.joined())      esac
            \(reply ?? spellings) ;;

      """
  }

  private func bashReply(_ value: ValueShape) -> String {
    switch value.completion {
    case .path: #"COMPREPLY=($(compgen -f -- "$current"))"#
    case .folder: #"COMPREPLY=($(compgen -d -- "$current"))"#
    case .nothing, .command: #"COMPREPLY=($(compgen -W "\#(words(value))" -- "$current"))"#
    }
  }

  // MARK: - zsh

  private var zshCompletions: String {
    let cases = commands.map { command in
      let options = Self.options(command).flatMap { option in
        option.spellings.map { spelling in
          let again = option.isRepeatable ? "*" : ""
          let value = option.value.map { ":\(Self.zshWord(option.name)):\(zshAction($0))" } ?? ""
          return Self.quoted("\(again)\(spelling)[\(Self.zshWord(option.summary))]\(value)")
        }
      }
      let operands = command.operands.map { operand in
        let prefix = operand.shape.isRepeatable ? "*:" : operand.shape.isRequired ? ":" : "::"
        return Self.quoted("\(prefix)\(Self.zshWord(operand.shape.name)):\(zshAction(operand.shape.value))")
      }
      let arguments = (options + operands).joined(separator: " \\\n        ")
      return "    \(command.name))\n      _arguments \\\n        \(arguments) ;;\n"
    }
    let list = commands.map { "    " + Self.quoted("\($0.name):\(Self.zshWord($0.summary))") + "\n" }
    return """
      #compdef \(names.joined(separator: " "))
      _\(name)() {
        local -a commands=(
      \(list.joined())  )
        if ((CURRENT == 2)); then
          _describe command commands
          return
        fi
        local command=$words[2]
        shift words
        ((CURRENT--))
        case $command in
      \(cases.joined())  esac
      }
      if [[ $funcstack[1] == _\(name) ]]; then
        _\(name) "$@"
      else
        compdef _\(name) \(names.joined(separator: " "))
      fi

      """
  }

  private func zshAction(_ value: ValueShape) -> String {
    switch value.completion {
    case .path: "_files"
    case .folder: "_files -/"
    case .nothing, .command: words(value).isEmpty ? " " : "(\(words(value)))"
    }
  }

  private static func zshWord(_ text: String) -> String {
    String(text.flatMap { "[]:\\".contains($0) ? ["\\", $0] : [$0] })
  }

  // MARK: - fish

  private var fishCompletions: String {
    var lines = ["complete -c \(name) -f"]
    for command in commands {
      lines.append("complete -c \(name) -n __fish_use_subcommand -a \(command.name) -d \(Self.quoted(command.summary))")
      let condition = "complete -c \(name) -n '__fish_seen_subcommand_from \(command.name)'"
      for option in Self.options(command) {
        let short = option.short.map { " -s \($0)" } ?? ""
        let value = option.value.map { " -r" + fishValue($0) } ?? ""
        lines.append("\(condition)\(short) -l \(option.name)\(value) -d \(Self.quoted(option.summary))")
      }
      if let operand = command.operands.first(where: { $0.shape.value.canComplete }) {
        lines.append(condition + fishValue(operand.shape.value))
      }
    }
    lines += aliases.map { "complete -c \($0) -w \(name)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func fishValue(_ value: ValueShape) -> String {
    switch value.completion {
    case .path: " -F"
    case .folder: " -a '(__fish_complete_directories)'"
    case .nothing, .command: words(value).isEmpty ? "" : " -a \(Self.quoted(words(value)))"
    }
  }

  // MARK: - All

  private static func options(_ command: any Command.Type) -> [OptionShape] {
    (command.options + CommonOptions.all).map(\.shape)
  }

  /// In single quotes, for all three shells.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}

extension OptionShape {
  fileprivate var spellings: [String] { ["--\(name)"] + (short.map { ["-\($0)"] } ?? []) }
}

extension ValueShape {
  fileprivate var canComplete: Bool { completion != .nothing || !choices.isEmpty }
}
