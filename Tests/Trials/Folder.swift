import Glibc

/// A folder of one test, gone with it.
package final class Folder: Sendable {
  package let path: String

  package init() throws(TrialFailure) {
    var template = Array("/tmp/brew-trial-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TrialFailure("no temporary folder: errno \(errno)") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { removeAll(path) }

  package subscript(name: String) -> String { "\(path)/\(name)" }

  package func write(_ bytes: [UInt8], to name: String) throws(TrialFailure) {
    try writeFile(bytes, to: self[name])
  }

  package func write(_ text: String, to name: String) throws(TrialFailure) { try write(Array(text.utf8), to: name) }

  /// Nil where there is no such file.
  package func read(_ name: String) -> [UInt8]? { readBytes(self[name]) }

  /// The names of the files in it, sorted.
  package var names: [String] { folderNames(path) }
}

/// Removes a file, or a folder with all that is in it; links are not followed.
private func removeAll(_ path: String) {
  var info = stat()
  guard lstat(path, &info) == 0 else { return }
  if info.st_mode & S_IFMT == S_IFDIR { for name in folderNames(path) { removeAll("\(path)/\(name)") } }
  remove(path)
}

/// Why a test could not be carried out.
package struct TrialFailure: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

package func writeFile(_ bytes: [UInt8], to path: String) throws(TrialFailure) {
  guard let file = fopen(path, "wb") else { throw TrialFailure("cannot write \(path)") }
  let written = fwrite(bytes, 1, bytes.count, file)
  guard fclose(file) == 0, written == bytes.count else { throw TrialFailure("cannot write \(path)") }
}

/// Nil where there is no such file.
package func readBytes(_ path: String) -> [UInt8]? {
  guard let file = fopen(path, "rb") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let got = fread(&block, 1, block.count, file)
    if got == 0 { return bytes }
    bytes += block[..<got]
  }
}

package func readText(_ path: String) -> String? { readBytes(path).map { String(decoding: $0, as: UTF8.self) } }

/// The names in a folder, sorted; empty where there is none.
package func folderNames(_ path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}

/// The repository, by the place of this file in it.
package let repository = String(
  #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/"))
