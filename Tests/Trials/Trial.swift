import Databrew
import Diagnostics
import Engine
import Formats
import Glibc
import Plans

/// A recipe run in a folder of its own, and what it left there.
package struct Trial {
  package let outcome: Outcome
  /// Nil where nothing was published.
  package let output: [UInt8]?
  /// The quarantine as it was written; nil where there is none.
  package let quarantine: [UInt8]?
  /// Records that could not be read, beside a quarantine in CSV.
  package let unreadable: [UInt8]?
  package let names: [String]
  package let path: String

  /// The clock of all trials.
  package static let clock = "2024-12-20T12:00:00Z"

  /// - Parameters:
  ///   - recipe: a recipe, of which `recipe:`, `input:` and `output:` are added where they are missing.
  ///   - files: the input as `input.csv`, and whatever else the recipe names.
  package init(
    _ recipe: String, files: [(name: String, bytes: [UInt8])], options: RunOptions = RunOptions(threads: 1),
    keep: Bool = false
  ) throws(TrialFailure) {
    let folder = try Folder()
    for file in files { try folder.write(file.bytes, to: file.name) }
    try folder.write(Self.completed(recipe), to: "recipe.yaml")
    var compile = CompileRequest(path: folder["recipe.yaml"])
    compile.asOf = Self.clock
    var request = ApplyRequest(compile, threads: options.threads)
    request.options = options
    request.keep = keep
    outcome = apply(request, progress: options.progress)
    output = folder.read("output.csv")
    quarantine = folder.read("output.quarantine.jsonl") ?? folder.read("output.quarantine.csv")
    unreadable = folder.read("output.quarantine.unreadable.jsonl")
    names = folder.names
    path = folder.path
  }

  package init(
    _ recipe: String, _ input: String, options: RunOptions = RunOptions(threads: 1)
  ) throws(TrialFailure) {
    try self.init(recipe, files: [("input.csv", Array(input.utf8))], options: options)
  }

  /// A recipe with `recipe:`, `input:` and `output:` where they are missing.
  package static func completed(_ recipe: String) -> String {
    let given = recipe.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    var text = recipe.hasSuffix("\n") || recipe.isEmpty ? recipe : recipe + "\n"
    for (key, value) in [("recipe", "trial"), ("input", "input.csv"), ("output", "output.csv")]
    where !given.contains(Substring(key)) {
      text += "\(key): \(value)\n"
    }
    return text
  }

  package var report: RunReport? { if case .report(let report) = outcome { report } else { nil } }

  /// What was found in the documents, as people read it, paths from the trial's folder.
  package var diagnostics: String {
    let all = if case .refused(let refused) = outcome { refused } else { report?.diagnostics ?? Diagnostics() }
    return all.rendered().replacing(path + "/", with: "")
  }

  package var outputText: String? { output.map { String(decoding: $0, as: UTF8.self) } }

  /// The refused rows, without the key that stands before them.
  package var refused: [Value] { Value.lines(quarantine ?? []).map { Array($0.dropFirst()) } ?? [] }

  /// The quarantine without its first line, which holds the run's identifier.
  package var quarantineBody: [UInt8] {
    guard let quarantine, let end = quarantine.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
    return Array(quarantine[(end + 1)...])
  }

  /// Each refused row in short: `3: cast minutes "x", in status "y"`.
  package var reasons: [String] {
    let isOne = Set(refused.map { $0["source"]["input"] }).count < 2
    return refused.map { row in
      let source = row["source"]
      let place = (isOne ? "" : "file \(source["input"].int ?? 0), ") + "\(source["record"].int ?? 0): "
      let reasons = row["reasons"].list.map { reason in
        [
          reason["code"].text, reason["column"].text, reason["value"] == .null ? nil : "\(reason["value"])",
          reason["kept"]["record"].int.map { "kept \($0)" },
        ].compactMap { $0 }.joined(separator: " ")
      }
      return place + reasons.joined(separator: ", ")
    }
  }
}
