import Arguments
import Glibc

@main
struct Brew {
  static let program = Program(
    "brew", aliases: ["databrew"], "Declarative data quality and recipes for files.", commands: [Apply.self])

  static func main() {
    exit(program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
