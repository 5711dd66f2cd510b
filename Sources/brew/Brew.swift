import Arguments
import Glibc

@main
struct Brew {
  static let program = Program(
    "brew", aliases: ["databrew"], "Declarative data quality and recipes for files.",
    commands: [
      Apply.self, Check.self, ShowPlan.self, Validate.self, Infer.self, Count.self, Steps.self, Rules.self,
      Functions.self, ShowSchema.self, Version.self,
    ])

  static func main() {
    // A reader that goes away is told apart where it is written to, and ends nothing on the spot.
    signal(SIGPIPE, SIG_IGN)
    // A file past the limit on its size is an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
