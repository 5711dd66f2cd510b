import Glibc

/// Counts what the release program asks of the allocator, by a shim that is preloaded into it.
package struct AllocationCounter {
  private let folder: Folder
  private let binary: String

  /// The release program that is measured; nil where BREW_BINARY does not name one.
  package static var binary: String? { getenv("BREW_BINARY").map { String(cString: $0) } }

  package init() throws(TrialFailure) {
    guard let binary = Self.binary else { throw TrialFailure("BREW_BINARY names no program") }
    self.binary = binary
    folder = try Folder()
    let source = "\(repository)/Tests/oracles/allocations.c"
    guard try spawn("clang", ["-O2", "-shared", "-fPIC", source, "-o", folder["allocations.so"]]) == 0 else {
      throw TrialFailure("clang does not compile \(source)")
    }
  }

  /// How often memory is asked for while a recipe is applied by one thread.
  ///
  /// - Parameter files: `input.csv`, and what else the recipe names.
  package func count(_ recipe: String, files: [(name: String, bytes: [UInt8])]) throws(TrialFailure) -> Int {
    let folder = try Folder()
    try folder.write(recipe, to: "recipe.yaml")
    for file in files { try folder.write(file.bytes, to: file.name) }
    let status = try spawn(
      binary, ["apply", folder["recipe.yaml"], "--threads", "1", "--as-of", Trial.clock],
      environment: ["LD_PRELOAD=\(self.folder["allocations.so"])", "ALLOCATIONS=\(folder["count.txt"])"])
    // 1: it ran, and a gate did not hold.
    guard status == 0 || status == 1 else { throw TrialFailure("brew apply ends with \(status)") }
    let text = folder.read("count.txt").map { String(decoding: $0.dropLast(), as: UTF8.self) } ?? ""
    guard let count = Int(text) else { throw TrialFailure("the shim wrote '\(text)'") }
    return count
  }

  /// How often memory is asked for in a batch of many rows and in one of few: of `full` rows, as many as a batch takes, and
  /// of the fewer that fit where each is a KiB.
  ///
  /// - Parameter input: an input of so many rows, each of so many bytes, line end included.
  package func perBatch(
    _ recipe: String, more: [(name: String, bytes: [UInt8])] = [], input: (_ rows: Int, _ bytes: Int) -> [UInt8]
  ) throws(TrialFailure) -> (many: Int, few: Int) {
    var result: [Int] = []
    // A batch has 8,192 records or 512 KiB: of these rows 8,192, and of those 512. Ten batches more, of each.
    for (rows, bytes) in [(8192, 64), (512, 1024)] {
      let ten = try count(recipe, files: [("input.csv", input(10 * rows, bytes))] + more)
      result.append(try (count(recipe, files: [("input.csv", input(20 * rows, bytes))] + more) - ten) / 10)
    }
    return (result[0], result[1])
  }
}
