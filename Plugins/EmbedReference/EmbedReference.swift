import Foundation
import PackagePlugin

/// Gives a target what the reference shows besides the declarations: the first case of each case file, which would not be
/// at hand where the program runs, and the folder that each step and rule stands in.
@main struct EmbedReference: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let cases = ["fixtures/steps", "fixtures/rules"].flatMap { files(below: root.appending(path: $0), "case") }
    let declarations = ["Sources/Steps", "Sources/Rules"].flatMap { files(below: root.appending(path: $0), "swift") }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedReference.swift")
    return [
      .buildCommand(
        displayName: "Embedding the first case of each step and rule",
        executable: try context.tool(named: "embed-reference").url,
        arguments: [output.path] + (cases + declarations).map(\.path),
        inputFiles: cases + declarations, outputFiles: [output])
    ]
  }

  private func files(below folder: URL, _ ending: String) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let all = (found?.allObjects as? [URL]) ?? []
    return all.filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
  }
}
